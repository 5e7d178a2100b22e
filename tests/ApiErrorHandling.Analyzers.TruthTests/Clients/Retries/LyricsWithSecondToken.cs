// From: WXRIW/Lyricify-Lyrics-Helper
// A lyrics search: 401 and 403 renew the token, unchecked, and ask again; 400 and 404 find nothing, and all else must be a success.
// Body: {"tracks":[{"name":"t"}],"accessToken":"a"}
using Newtonsoft.Json.Linq;

public class LyricsSearch
{
    private readonly HttpClient _http;
    private string _token = "old";

    public LyricsSearch(HttpClient http)
    {
        _http = http;
    }

    public async Task<List<string>> Find(string song)
    {
        var url = "https://api.example.org/search?q=" + WebUtility.UrlEncode(song);
        var answer = await Send(url).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized || answer.StatusCode == HttpStatusCode.Forbidden)
        {
            await RenewToken().ConfigureAwait(false);
            answer = await Send(url).ConfigureAwait(false);
            text = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
        }

        if (answer.StatusCode == HttpStatusCode.NotFound || answer.StatusCode == HttpStatusCode.BadRequest)
        {
            return new List<string>();
        }

        answer.EnsureSuccessStatusCode();
        var names = JObject.Parse(text)["tracks"].Select(t => (string)t["name"]).ToList();
        Probe.Data(names.Count);
        return names;
    }

    private Task<HttpResponseMessage> Send(string url)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _token);
        return _http.SendAsync(message);
    }

    private async Task RenewToken()
    {
        var answer = await _http.GetAsync("https://api.example.org/token");
        var token = (string)JObject.Parse(await answer.Content.ReadAsStringAsync())["accessToken"];
        if (string.IsNullOrEmpty(token))
        {
            throw new UnauthorizedAccessException("no token");
        }

        Probe.Data(token);
        _token = token;
    }
}
