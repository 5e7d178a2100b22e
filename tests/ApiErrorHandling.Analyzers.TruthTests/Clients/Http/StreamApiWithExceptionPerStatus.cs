// From: TwitchLib/TwitchLib.Api
// A library for a streaming site: a failed request goes to a handler that throws, one exception type for each known status.
using Newtonsoft.Json;

public class StreamApi
{
    private readonly HttpClient _http = new();

    public async Task<int> Viewers(string user)
    {
        var reply = await Request("https://streams.example.org/helix/streams?user=" + user, HttpMethod.Get);
        var streams = JsonConvert.DeserializeObject<Streams>(reply.Value);
        var count = streams.Data[0].ViewerCount;
        Probe.Data(count);
        return count;
    }

    private async Task<KeyValuePair<int, string>> Request(string address, HttpMethod method)
    {
        var request = new HttpRequestMessage { RequestUri = new Uri(address), Method = method };
        var response = await _http.SendAsync(request).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return new KeyValuePair<int, string>((int)response.StatusCode, await response.Content.ReadAsStringAsync().ConfigureAwait(false));
        }

        await Fail(response);
        return new KeyValuePair<int, string>(0, null);
    }

    private static async Task Fail(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var error = JsonConvert.DeserializeObject<StreamError>(text);
        var words = $"{error?.Error} - {error?.Message}";
        switch (response.StatusCode)
        {
            case HttpStatusCode.BadRequest:
                throw new ArgumentException(words);
            case HttpStatusCode.Unauthorized:
                throw new UnauthorizedAccessException(words);
            case HttpStatusCode.NotFound:
                throw new KeyNotFoundException(words);
            case (HttpStatusCode)429:
                response.Headers.TryGetValues("Ratelimit-Reset", out var reset);
                throw new TimeoutException(words + " until " + reset?.FirstOrDefault());
            case HttpStatusCode.BadGateway:
            case HttpStatusCode.InternalServerError:
                throw new IOException(words);
            default:
                throw new HttpRequestException(words);
        }
    }
}

public class StreamError
{
    public string Error { get; set; }
    public string Message { get; set; }
}

public class Streams
{
    public List<LiveStream> Data { get; set; }
}

public class LiveStream
{
    [JsonProperty("viewer_count")]
    public int ViewerCount { get; set; }
}
