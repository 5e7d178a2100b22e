// From: Flow-Launcher/Flow.Launcher
// A launcher that loads its list of plugins from the first mirror that has one; unchanged keeps the list at hand, any other status is a failure.
using System.Net.Http.Json;

public class PluginList
{
    private static readonly HttpClient Http = new();
    private string _tag = "";
    private List<ListedPlugin> _plugins = [];

    public async Task<int> Refresh(CancellationToken token)
    {
        foreach (var mirror in new[] { "https://plugins.example.org/list.json", "https://mirror.example.net/list.json" })
        {
            if (await Load(mirror, token))
            {
                return _plugins.Count;
            }
        }

        return -1;
    }

    private async Task<bool> Load(string address, CancellationToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", _tag);
        try
        {
            using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                _plugins = await response.Content.ReadFromJsonAsync<List<ListedPlugin>>(token).ConfigureAwait(false) ?? [];
                _tag = response.Headers.ETag?.Tag ?? "";
                Probe.Data(_plugins);
                return true;
            }
            else if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return true;
            }
            else
            {
                Console.WriteLine($"{address} said {response.StatusCode}");
                return false;
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return false;
        }
        catch (TaskCanceledException)
        {
            Console.WriteLine("timed out");
            return false;
        }
        catch (Exception e) when (e is HttpRequestException)
        {
            Console.WriteLine("no connection");
            return false;
        }
    }
}

public record ListedPlugin(string Id, string Name, string Version);
