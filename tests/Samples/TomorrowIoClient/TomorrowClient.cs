using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TomorrowIoClient;

public class TomorrowClient
{
    private readonly HttpClient _http;
    private readonly string _key;

    public TomorrowClient(HttpClient http, string key)
    {
        _http = http;
        _http.BaseAddress = new Uri("https://api.tomorrow.io/v4/");
        _http.DefaultRequestHeaders.Add("Accept", "application/json");
        _key = key;
    }

    public async Task<double> GetTemperatureAsync(string location, CancellationToken token = default)
    {
        var response = await _http.GetAsync($"weather/realtime?location={location}&apikey={_key}", token);
        var realtime = await response.Content.ReadFromJsonAsync<RealtimeResponse>(token); // expect AEH1002
        return realtime!.Data.Values.Temperature;
    }

    public async Task<IReadOnlyList<string>> GetHoursAsync(string location, CancellationToken token = default)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"weather/forecast?location={location}&timesteps=1h&apikey={_key}");
        using var response = await _http.SendAsync(request, token);
        using var doc = JsonDocument.Parse(await response.Content.ReadAsStringAsync(token)); // expect AEH1002

        var lines = new List<string>();
        foreach (var hour in doc.RootElement.GetProperty("timelines").GetProperty("hourly").EnumerateArray())
        {
            var time = hour.GetProperty("time").GetDateTimeOffset();
            var temperature = hour.GetProperty("values").GetProperty("temperature").GetDouble();
            lines.Add($"{time:HH:mm} {temperature:0} °C");
        }

        return lines;
    }

    public async Task<DateTimeOffset> GetWarmestDayAsync(string location, CancellationToken token = default)
    {
        var response = await _http.GetAsync($"weather/forecast?location={location}&timesteps=1d&apikey={_key}", token);
        response.EnsureSuccessStatusCode();

        var forecast = await response.Content.ReadFromJsonAsync<ForecastResponse>(token);
        return forecast!.Timelines.Daily.MaxBy(d => d.Values.TemperatureMax)!.Time;
    }

    public async Task<int> GetHistoryAsync(string location, DateTimeOffset from, CancellationToken token = default)
    {
        var body = new { location, startTime = from, fields = new[] { "temperature" }, timesteps = new[] { "1h" } };
        var response = await _http.PostAsJsonAsync($"historical?apikey={_key}", body, token);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            throw new TomorrowException("The plan's limit is reached.", 429001, CorrelationIdOf(response));
        }

        var history = await response.Content.ReadFromJsonAsync<HistoryResponse>(token); // expect AEH1002
        return history!.Data.Timelines.Count;
    }

    public async Task<IReadOnlyList<string>> GetAlertsAsync(string location, CancellationToken token = default)
    {
        var response = await _http.GetAsync($"events?location={location}&insights=fires&apikey={_key}", token);
        var json = await response.Content.ReadAsStringAsync(token);
        if (!response.IsSuccessStatusCode)
        {
            var error = JsonSerializer.Deserialize<ErrorResponse>(json, JsonSerializerOptions.Web)!;
            throw new TomorrowException(error.Message, error.Code, CorrelationIdOf(response));
        }

        using var doc = JsonDocument.Parse(json);
        return [.. doc.RootElement.GetProperty("data").GetProperty("events").EnumerateArray()
            .Select(e => e.GetProperty("eventValues").GetProperty("title").GetString() ?? "")];
    }

    public async Task<JsonElement> GetMapTileInfoAsync(int zoom, int x, int y, CancellationToken token = default) =>
        await _http.GetFromJsonAsync<JsonElement>($"map/tile/{zoom}/{x}/{y}/temperature/now.json?apikey={_key}", token);

    private static string? CorrelationIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Correlation-ID", out var values) ? values.FirstOrDefault() : null;
}
