// A music library that jumps back to its request: throttling waits as long as asked and costs nothing, listed failures cost a try.
using Newtonsoft.Json.Linq;

public class MusicLibrary
{
    private static readonly HttpStatusCode[] Repeatable =
        [HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable];

    private readonly HttpClient _http;
    private readonly Func<TimeSpan, CancellationToken, Task> _sleep = Task.Delay;

    public MusicLibrary(HttpClient http) => _http = http;

    public async Task<string> Artist(string id, CancellationToken cancel)
    {
        var left = 3;
    again:
        cancel.ThrowIfCancellationRequested();
        var response = await _http.GetAsync("https://music.example.org/v1/artists/" + id, cancel).ConfigureAwait(false);
        if (Wait(response) is { } asked)
        {
            await _sleep(asked, cancel).ConfigureAwait(false);
            goto again;
        }

        if (Repeatable.Contains(response.StatusCode) && left-- > 0)
        {
            await _sleep(TimeSpan.FromMilliseconds(50), cancel).ConfigureAwait(false);
            goto again;
        }

        var text = await response.Content.ReadAsStringAsync(cancel);
        if ((int)response.StatusCode is < 200 or >= 300)
        {
            throw new MusicException(response.StatusCode);
        }

        var name = (string)JObject.Parse(text)["name"];
        Probe.Data(name);
        return name;
    }

    private static TimeSpan? Wait(HttpResponseMessage response)
    {
        if (response.StatusCode != (HttpStatusCode)429)
        {
            return null;
        }

        if (response.Headers.TryGetValues("Retry-After", out var values) && int.TryParse(values.First(), out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        throw new MusicException(response.StatusCode);
    }
}

public class MusicException(HttpStatusCode status) : Exception("The music service said " + (int)status)
{
}
