// A nightly import that waits only for throttling and outages, as long as the server asks, longer each time otherwise.
// Body: {"data":{"timelines":[{"intervals":[{"values":{"temperature":3.5}}]}]}}
using System.Net.Http.Json;
using System.Text.Json.Nodes;

public class HistoryImport
{
    private readonly HttpClient _http;

    public HistoryImport(HttpClient http) => _http = http;

    public async Task<List<double>> Import(string station, CancellationToken token)
    {
        var pause = TimeSpan.FromSeconds(2);
        var attempts = 0;
        while (true)
        {
            var query = JsonContent.Create(new { location = station, fields = new[] { "temperature" }, timesteps = new[] { "1d" } });
            using var response = await _http.PostAsync("https://api.tomorrow.io/v4/historical", query, token);
            if (response.IsSuccessStatusCode)
            {
                var tree = JsonNode.Parse(await response.Content.ReadAsStringAsync(token));
                return Degrees(tree["data"]["timelines"][0]["intervals"].AsArray());
            }

            var status = (int)response.StatusCode;
            attempts++;
            if (status is not (429 or 500 or 503) || attempts >= 5)
            {
                throw new InvalidOperationException("The import ended with status " + status);
            }

            await Task.Delay(response.Headers.RetryAfter?.Delta ?? pause + TimeSpan.FromMilliseconds(Random.Shared.Next(500)), token);
            pause *= 2;
        }
    }

    private static List<double> Degrees(JsonArray intervals)
    {
        var all = new List<double>();
        foreach (var interval in intervals)
        {
            var degrees = interval["values"]["temperature"].GetValue<double>();
            Probe.Data(degrees);
            all.Add(degrees);
        }

        return all;
    }
}
