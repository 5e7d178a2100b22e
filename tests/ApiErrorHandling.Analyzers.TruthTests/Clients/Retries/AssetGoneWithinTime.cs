// From: Squidex/squidex
// A content client that polls, for as long as a cancellation source lives, until an asset gives 404, or until a list holds what is sought.
// Body: {"items":[{"id":"id","name":"n"}]}
using System.Text.Json;

public class AssetWatcher(HttpClient http)
{
    public async Task<bool> IsGone(string id)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            while (!limit.IsCancellationRequested)
            {
                try
                {
                    await Read("https://api.example.org/assets/" + id, limit.Token);
                }
                catch (AssetException problem) when (problem.Status == 404)
                {
                    return true;
                }

                await Task.Delay(200, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }

        return false;
    }

    public async Task<string> Find(string id)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
            while (!limit.IsCancellationRequested)
            {
                var list = await Read("https://api.example.org/assets", limit.Token);
                var hit = list.Items.FirstOrDefault(a => a.Id == id);
                if (hit != null)
                {
                    Probe.Data(hit.Name);
                    return hit.Name;
                }

                await Task.Delay(200, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }

        return null;
    }

    private async Task<AssetList> Read(string url, CancellationToken cancel)
    {
        using var answer = await http.GetAsync(url, cancel);
        if ((int)answer.StatusCode is < 200 or > 299)
        {
            throw new AssetException((int)answer.StatusCode);
        }

        var text = await answer.Content.ReadAsStringAsync(cancel);
        return JsonSerializer.Deserialize<AssetList>(text, JsonSerializerOptions.Web);
    }
}

public class AssetList
{
    public List<Asset> Items { get; set; }
}

public class Asset
{
    public string Id { get; set; }
    public string Name { get; set; }
}

public class AssetException(int status) : Exception("status " + status)
{
    public int Status { get; } = status;
}
