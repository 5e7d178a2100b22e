// A backup script that signs its address once, and sends the very same up to three times as long as the code is not zero.
using System.Text.Json;

public class SnapshotScript
{
    private readonly HttpClient _http = new();

    public async Task<string> Take(string disk)
    {
        var address = "https://snapshot.api.qcloud.com/v2/index.php?Action=CreateSnapshot&storageId=" + disk
            + "&Nonce=" + Random.Shared.Next(1, 65535) + "&Timestamp=" + DateTimeOffset.UtcNow.ToUnixTimeSeconds() + "&Signature=s";
        var tries = 3;
        do
        {
            using var json = JsonDocument.Parse(await _http.GetStringAsync(address));
            if (json.RootElement.GetProperty("code").GetInt32() == 0)
            {
                var id = json.RootElement.GetProperty("snapshotId").GetString();
                Probe.Data(id);
                return id;
            }

            await Task.Delay(5000);
        }
        while (--tries > 0);

        throw new TimeoutException("no snapshot of " + disk);
    }
}
