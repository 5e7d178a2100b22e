// A comic downloader that pages through a list until the server says 404, told by an exception filter; other failures are thrown on.
// Body: {"titles":["one","two"]}
using System.Text.Json.Nodes;

public class ComicList
{
    private readonly HttpClient _http = new();

    public async Task<int> CountTitles(string series)
    {
        var total = 0;
        for (var page = 1; page <= 3; page++)
        {
            var titles = await Page(series, page);
            if (titles == null)
            {
                break;
            }

            total += titles.Count;
        }

        return total;
    }

    private async Task<JsonArray> Page(string series, int page)
    {
        try
        {
            var json = await _http.GetStringAsync($"https://comics.example.org/api/{series}?page={page}");
            var titles = JsonNode.Parse(json)?["titles"]?.AsArray();
            if (titles != null)
            {
                Probe.Data(titles);
            }

            return titles;
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
