// A cost saver that stops servers in a batch: when a part of them failed it stops only those again, other codes end it by exception.
// Body: {"code":0,"message":"","detail":{"ins-1":{"code":0},"ins-2":{"code":5100}}}
using System.Text.Json.Nodes;

public class CostSaver
{
    private static readonly HttpClient Http = new();

    public async Task<int> StopAll(List<string> servers)
    {
        var done = 0;
        var left = servers;
        for (var round = 0; round < 3 && left.Count > 0; round++)
        {
            var ids = string.Join("&", left.Select((server, i) => $"instanceIds.{i}={server}"));
            var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            var answer = JsonNode.Parse(await Http.GetStringAsync(
                $"https://cvm.api.qcloud.com/v2/index.php?Action=StopInstances&Nonce={Random.Shared.Next()}&Timestamp={now}&Signature=s&{ids}"));
            var code = (int)answer["code"];
            if (code != 0 && code != 5400)
            {
                throw new InvalidOperationException((string)answer["message"]);
            }

            var failed = new List<string>();
            foreach (var (id, state) in answer["detail"].AsObject())
            {
                Probe.Data(id);
                if ((int)state["code"] == 0)
                {
                    done++;
                }
                else
                {
                    failed.Add(id);
                }
            }

            left = failed;
        }

        return done;
    }
}
