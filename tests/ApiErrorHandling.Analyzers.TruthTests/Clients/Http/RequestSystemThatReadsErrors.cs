// From: Ombi-app/Ombi
// A media request system: listed statuses are tried once more, then the body is read whether or not the request succeeded.
using Newtonsoft.Json;

public class MediaRequests
{
    private static readonly List<HttpStatusCode> Again = [HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable];
    private readonly HttpClient _client;

    public MediaRequests(HttpClient client)
    {
        _client = client;
    }

    public async Task<string> MovieTitle(int id, bool retry, CancellationToken token)
    {
        var movie = await Execute<Movie>("https://movies.example.org/3/movie/" + id, retry, token);
        var title = movie.Title;
        Probe.Data(title);
        return title;
    }

    private async Task<T> Execute<T>(string address, bool retry, CancellationToken token)
    {
        using (var message = new HttpRequestMessage(HttpMethod.Get, address))
        {
            var response = await _client.SendAsync(message, token);
            if (!response.IsSuccessStatusCode)
            {
                Console.WriteLine($"{address} answered {response.StatusCode}: {response.ReasonPhrase}");
                if (retry && Again.Contains(response.StatusCode))
                {
                    await Task.Delay(TimeSpan.FromSeconds(10), token);
                    using var second = new HttpRequestMessage(HttpMethod.Get, address);
                    response = await _client.SendAsync(second, token);
                }
            }

            if (!response.IsSuccessStatusCode)
            {
                var failed = await response.Content.ReadAsStringAsync(token);
                return JsonConvert.DeserializeObject<T>(failed);
            }

            var text = await response.Content.ReadAsStringAsync(token);
            return JsonConvert.DeserializeObject<T>(text);
        }
    }
}

public class Movie
{
    public int Id { get; set; }
    public string Title { get; set; }
}
