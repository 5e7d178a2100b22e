// From: Flow-Launcher/Flow.Launcher
// A launcher that loads its list of plugins from the first mirror that has one; unchanged keeps the list at hand, other statuses are null.
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
            var plugins = await Load(mirror, token);
            if (plugins is not null)
            {
                return plugins.Count;
            }
        }

        return -1;
    }

    private async Task<List<ListedPlugin>> Load(string address, CancellationToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", _tag);
        try
        {
            using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                _plugins = await response.Content.ReadFromJsonAsync<List<ListedPlugin>>(token).ConfigureAwait(false);
                _tag = response.Headers.ETag?.Tag ?? "";
                Probe.Data(_plugins);
                return _plugins;
            }
            else if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return _plugins;
            }
            else
            {
                Console.WriteLine($"{address} said {response.StatusCode}");
                return null;
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return null;
        }
        catch (TaskCanceledException)
        {
            Console.WriteLine("timed out");
            return null;
        }
        catch (Exception e) when (e is HttpRequestException)
        {
            Console.WriteLine("no connection");
            return null;
        }
    }
}

public record ListedPlugin(string Id, string Name, string Version);
