// A launcher that polls until a server runs; a code that is not zero counts as not yet, so that a wrong signature is asked for to the end.
using Newtonsoft.Json.Linq;

public class ServerLauncher
{
    private readonly HttpClient _http = new();

    public async Task<bool> WaitFor(string server, CancellationToken token)
    {
        for (var round = 0; round < 10; round++)
        {
            var state = await State(server, token);
            if (state == 2)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromSeconds(3), token);
        }

        return false;
    }

    private async Task<int?> State(string server, CancellationToken token)
    {
        using var response = await _http.GetAsync($"https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&instanceIds.0={server}&Nonce={Random.Shared.Next()}&Timestamp={DateTimeOffset.UtcNow.ToUnixTimeSeconds()}&Signature=s", token);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        var json = JObject.Parse(await response.Content.ReadAsStringAsync(token));
        if ((string)json["code"] != "0")
        {
            return null;
        }

        var status = (int)json["instanceSet"][0]["status"];
        Probe.Data(status);
        return status;
    }
}
