// A greenhouse control with out parameters: it knows wrong parameters, wrong keys and throttling, and takes all else for data.
using System.Text.Json;

public class Greenhouse
{
    private readonly HttpClient _http = new();

    public bool Vent(string location, string key)
    {
        if (!TryHumidity(location, key, out var humidity, out var problem))
        {
            Console.WriteLine(problem);
            return false;
        }

        return humidity > 80;
    }

    private bool TryHumidity(string location, string key, out double humidity, out string problem)
    {
        humidity = double.NaN;
        using var response = _http.GetAsync($"https://api.tomorrow.io/v4/weather/realtime?location={location}&apikey={key}").GetAwaiter().GetResult();
        problem = (int)response.StatusCode switch
        {
            400 => "the location is not understood",
            401 => "the key is wrong",
            429 => "asked too often",
            _ => null,
        };
        if (problem != null)
        {
            return false;
        }

        using var json = JsonDocument.Parse(response.Content.ReadAsStringAsync().Result);
        humidity = json.RootElement.GetProperty("data").GetProperty("values").GetProperty("humidity").GetDouble();
        Probe.Data(humidity);
        return true;
    }
}
