// From: NuGet/NuGetGallery
// A package catalog reader: throws on a bad status, and a predicate decides whether that was transient, wrong parameters included.
using System.Text.Json;

public class CatalogReader
{
    private static readonly HttpClient Client = new();

    public async Task<int> PageCount(Uri index, CancellationToken token)
    {
        var text = await Fetch(index, token);
        var count = JsonDocument.Parse(text).RootElement.GetProperty("count").GetInt32();
        Probe.Data(count);
        return count;
    }

    private static async Task<string> Fetch(Uri address, CancellationToken token)
    {
        var pause = TimeSpan.FromSeconds(1);
        var failures = 0;
        while (true)
        {
            HttpResponseMessage response = null;
            try
            {
                response = await Client.GetAsync(address, token);
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStringAsync(token);
            }
            catch (Exception e)
            {
                response?.Dispose();
                if (!IsTransient(e, response) || ++failures > 3)
                {
                    throw;
                }

                await Task.Delay(pause, token);
                pause = pause + pause;
            }
        }
    }

    private static bool IsTransient(Exception e, HttpResponseMessage response)
    {
        if (!(e is HttpRequestException || e is OperationCanceledException))
        {
            return false;
        }

        return response == null
            || ((int)response.StatusCode >= 500
                && response.StatusCode != HttpStatusCode.NotImplemented
                && response.StatusCode != HttpStatusCode.HttpVersionNotSupported)
            || response.StatusCode == HttpStatusCode.BadRequest;
    }
}
