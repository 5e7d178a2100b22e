// A weather service that obeys Retry-After in both forms for 429 until a deadline by the clock, and throws for every other failure.
// Body: {"timelines":{"daily":[{"values":{"temperatureMax":3.5}}]}}
using System.Net.Http.Json;
using System.Text.Json.Nodes;

public class PoliteWeather(HttpClient http)
{
    public async Task<double> Highest(string key, CancellationToken cancel)
    {
        var deadline = DateTime.UtcNow.AddMinutes(2);
        while (true)
        {
            using var answer = await http.GetAsync("https://api.tomorrow.io/v4/weather/forecast?location=turku&apikey=" + key, cancel);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.OK:
                    var root = await answer.Content.ReadFromJsonAsync<JsonObject>(cancel);
                    var highest = root["timelines"]["daily"][0]["values"]["temperatureMax"].GetValue<double>();
                    Probe.Data(highest);
                    return highest;
                case HttpStatusCode.TooManyRequests:
                    var wait = answer.Headers.RetryAfter switch
                    {
                        { Delta: { } seconds } => seconds,
                        { Date: { } date } => date - DateTimeOffset.UtcNow,
                        _ => TimeSpan.FromSeconds(60),
                    };
                    if (wait < TimeSpan.Zero || DateTime.UtcNow + wait > deadline)
                    {
                        throw new TimeoutException("throttled for too long");
                    }

                    await Task.Delay(wait, cancel);
                    continue;
                default:
                    throw new HttpRequestException("weather refused", null, answer.StatusCode);
            }
        }
    }
}
