// From: NuGet/NuGetGallery
// A query service that remembers the last status and sends again, by an exception filter, what failed without one or with 5xx.
using System.Text;
using Newtonsoft.Json.Linq;

public class GraphQueries
{
    private readonly HttpClient _http;

    public GraphQueries(HttpClient http)
    {
        _http = http;
    }

    public async Task<int> CountOfAdvisories(string query, CancellationToken cancel)
    {
        var text = await Ask(query, cancel);
        var root = JObject.Parse(text);
        if (root["errors"] is JArray { Count: > 0 })
        {
            throw new InvalidOperationException("The answer tells of errors.");
        }

        var total = (int)root["data"]["total"];
        Probe.Data(total);
        return total;
    }

    private async Task<string> Ask(string query, CancellationToken cancel)
    {
        const int most = 5;
        var tries = 0;
        HttpStatusCode? seen = null;
        while (true)
        {
            try
            {
                tries++;
                seen = null;
                using var question = Question(query);
                using var answer = await _http.SendAsync(question, cancel);
                seen = answer.StatusCode;
                answer.EnsureSuccessStatusCode();
                return await answer.Content.ReadAsStringAsync();
            }
            catch (Exception) when (!cancel.IsCancellationRequested
                && tries < most
                && (!seen.HasValue || seen >= HttpStatusCode.InternalServerError))
            {
                await Task.Delay(TimeSpan.FromSeconds(2), cancel);
            }
        }
    }

    private static HttpRequestMessage Question(string query)
    {
        var message = new HttpRequestMessage
        {
            Method = HttpMethod.Post,
            RequestUri = new Uri("https://api.example.org/graph"),
            Content = new StringContent(query, Encoding.UTF8, "application/json"),
        };
        message.Headers.UserAgent.TryParseAdd("advisories/1.0");
        return message;
    }
}
