// A running app that asks the paid host first and the free one if that does not answer with 200 in status and code; then it gives up.
using System.Text.Json;

public class RunnersApp
{
    private readonly HttpClient _http;

    public RunnersApp(HttpClient http) => _http = http;

    public async Task<string> FeelsLike(string place, string key)
    {
        foreach (var host in new[] { "https://api.qweather.com", "https://devapi.qweather.com" })
        {
            using var response = await _http.GetAsync($"{host}/v7/weather/now?location={place}&key={key}");
            if (response.StatusCode != HttpStatusCode.OK)
            {
                Console.WriteLine(host + ": " + (int)response.StatusCode);
                continue;
            }

            using var json = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
            if (!json.RootElement.TryGetProperty("code", out var code) || !code.ValueEquals("200"))
            {
                continue;
            }

            var degrees = json.RootElement.GetProperty("now").GetProperty("feelsLike").GetString();
            Probe.Data(degrees);
            return degrees;
        }

        throw new InvalidOperationException("no host answers for " + place);
    }
}
