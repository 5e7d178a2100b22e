// From: rocksdanister/lively
// A gallery client that clones its message before sending, so that after 401 it can renew the token and call itself with the clone.
// Body: {"data":{"name":"n","token":"t"}}
using System.Net.Http.Headers;
using Newtonsoft.Json;

public class GalleryClient
{
    private readonly HttpClient _http;
    private string _token = "first";

    public GalleryClient(HttpClient http) => _http = http;

    public async Task<string> Profile()
    {
        var profile = await Ask<GalleryProfile>(new HttpRequestMessage(HttpMethod.Get, "https://api.example.org/gallery/profile"));
        Probe.Data(profile.Data.Name);
        return profile.Data.Name;
    }

    private async Task<GalleryAnswer<T>> Ask<T>(HttpRequestMessage message)
    {
        var raw = await Send(message, false);
        if (raw.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new UnauthorizedAccessException("log in again");
        }

        var answer = JsonConvert.DeserializeObject<GalleryAnswer<T>>(await raw.Content.ReadAsStringAsync());
        answer ??= new();
        if (answer.Errors != null)
        {
            throw new GalleryException(string.Join(", ", answer.Errors));
        }

        answer.Status = (int)raw.StatusCode;
        return answer;
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage message, bool isSecond)
    {
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        var clone = new HttpRequestMessage(message.Method, message.RequestUri);
        var answer = await _http.SendAsync(message);
        if (!isSecond && answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            await Renew();
            return await Send(clone, true);
        }

        clone.Dispose();
        return answer;
    }

    private async Task Renew()
    {
        var answer = await _http.PostAsync("https://api.example.org/gallery/refresh", null);
        var renewed = JsonConvert.DeserializeObject<GalleryAnswer<GalleryToken>>(await answer.Content.ReadAsStringAsync());
        if (renewed.Errors != null)
        {
            throw new GalleryException("no new token");
        }

        Probe.Data(renewed.Data.Token);
        _token = renewed.Data.Token;
    }
}

public class GalleryAnswer<T>
{
    public T Data { get; set; }
    public List<string> Errors { get; set; }
    [JsonIgnore]
    public int Status { get; set; }
}

public class GalleryProfile
{
    public string Name { get; set; }
}

public class GalleryToken
{
    public string Token { get; set; }
}

public class GalleryException(string text) : Exception(text)
{
}
