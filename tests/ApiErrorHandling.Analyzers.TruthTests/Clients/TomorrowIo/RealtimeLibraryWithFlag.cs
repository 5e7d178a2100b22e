// From: algedabra/ClimaCellCore
// A small library whose answer object says by a flag whether there is an observation; the caller looks at the flag.
// Body: {"data":{"time":"2026-01-01T00:00:00Z","values":{"temperature":3.5,"humidity":81.0}}}
using Newtonsoft.Json;

public class RealtimeLibrary(string key)
{
    private readonly HttpClient _client = new();

    public async Task<RealtimeResult> Observe(string place)
    {
        var reply = await _client.GetAsync($"https://api.tomorrow.io/v4/weather/realtime?location={place}&apikey={key}").ConfigureAwait(false);
        var text = reply.Content?.ReadAsStringAsync();
        var result = new RealtimeResult { Succeeded = reply.IsSuccessStatusCode, Reason = reply.ReasonPhrase };
        if (!result.Succeeded)
        {
            return result;
        }

        try
        {
            result.Observation = JsonConvert.DeserializeObject<Observation>(await text.ConfigureAwait(false));
        }
        catch (JsonException e)
        {
            result.Observation = null;
            result.Succeeded = false;
            result.Reason = "Not understood: " + (e.InnerException?.Message ?? e.Message);
        }

        reply.Headers.TryGetValues("X-RateLimit-Remaining-Hour", out var left);
        result.LeftThisHour = int.TryParse(left?.FirstOrDefault(), out var count) ? count : null;
        return result;
    }

    public async Task<double?> Temperature(string place)
    {
        var result = await Observe(place);
        if (result.Succeeded && result.Observation != null)
        {
            var degrees = result.Observation.Data.Values.Temperature;
            Probe.Data(degrees);
            return degrees;
        }

        Console.Error.WriteLine(result.Reason);
        return null;
    }
}

public class RealtimeResult
{
    public bool Succeeded { get; set; }
    public string Reason { get; set; }
    public int? LeftThisHour { get; set; }
    public Observation Observation { get; set; }
}

public class Observation
{
    public ObservedData Data { get; set; }
}

public class ObservedData
{
    public string Time { get; set; }
    public ObservedValues Values { get; set; }
}

public class ObservedValues
{
    public double Temperature { get; set; }
    public double Humidity { get; set; }
}
