// A list of servers that is asked for again only when that may help, each time with a new nonce and timestamp, and longer pauses.
using System.Net.Http.Json;

public class ServerList(HttpClient http)
{
    public async Task<int> Count(string secretId)
    {
        for (var attempt = 0; ; attempt++)
        {
            var nonce = Random.Shared.Next(1, int.MaxValue);
            var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            var address = $"https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&Region=gz&Nonce={nonce}&Timestamp={now}&SecretId={secretId}&Signature=s";
            using var response = await http.GetAsync(address);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<ServersAnswer>();
            switch (answer.Code)
            {
                case 0:
                    Probe.Data(answer.TotalCount);
                    return answer.TotalCount;
                case 4400 or 5100 or 6000 or 6200 when attempt < 4:
                    await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)) + TimeSpan.FromMilliseconds(Random.Shared.Next(500)));
                    break;
                case 4200 or 4500 when attempt < 2:
                    break;
                default:
                    throw new InvalidOperationException(answer.Code + ": " + answer.Message);
            }
        }
    }
}

public class ServersAnswer
{
    public int Code { get; set; }
    public string Message { get; set; }
    public int TotalCount { get; set; }
}
