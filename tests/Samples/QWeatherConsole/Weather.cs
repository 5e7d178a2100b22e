using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace QWeatherConsole;

public static class Weather
{
    private const string Api = "https://devapi.qweather.com";

    private static readonly string Key = Environment.GetEnvironmentVariable("QWEATHER_KEY") ?? "";

    private static readonly HttpClient Http = new(new HttpClientHandler
    {
        AutomaticDecompression = DecompressionMethods.GZip,
    });

    private static readonly HttpClient Raw = new();

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static async Task<City?> FindCityAsync(string name)
    {
        var response = await Http.GetAsync(
            $"https://geoapi.qweather.com/v2/city/lookup?location={Uri.EscapeDataString(name)}&key={Key}");
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        var answer = await response.Content.ReadFromJsonAsync<CityResponse>();
        if (answer?.Code != "200")
        {
            return null;
        }

        return answer.Location[0];
    }

    public static async Task PrintNowAsync(string location)
    {
        var json = await Http.GetStringAsync($"{Api}/v7/weather/now?location={location}&key={Key}");
        using var doc = JsonDocument.Parse(json);
        var now = doc.RootElement.GetProperty("now"); // expect AEH1001
        var text = now.GetProperty("text").GetString();
        var temp = now.GetProperty("temp").GetString();
        Console.WriteLine($"now: {text}, {temp} °C");
    }

    public static async Task PrintForecastAsync(string location)
    {
        var response = await Http.GetAsync($"{Api}/v7/weather/3d?location={location}&key={Key}");
        var json = await response.Content.ReadAsStringAsync(); // expect AEH1002
        var forecast = JsonSerializer.Deserialize<ForecastResponse>(json, Web);
        foreach (var day in forecast!.Daily) // expect AEH1001
        {
            Console.WriteLine($"{day.FxDate}: {day.TextDay}, {day.TempMin} to {day.TempMax} °C");
        }
    }

    public static async Task PrintHoursAsync(string location)
    {
        await using var stream = await Raw.GetStreamAsync($"{Api}/v7/weather/24h?location={location}&key={Key}");
        await using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        var answer = await JsonSerializer.DeserializeAsync<HoursResponse>(gzip, Web);
        if (answer == null || answer.Hourly == null || answer.Hourly.Count == 0) // expect AEH1001
        {
            Console.WriteLine("No hourly data for this place.");
            return;
        }

        foreach (var hour in answer.Hourly.Take(6))
        {
            Console.WriteLine($"{hour.FxTime:HH:mm} {hour.Text}, {hour.Temp} °C");
        }
    }

    public static async Task PrintWarningsAsync(string location)
    {
        var url = $"{Api}/v7/warning/now?location={location}&key={Key}";
        var answer = await Http.GetFromJsonAsync<WarningResponse>(url);
        switch (answer?.Code)
        {
            case "200":
                answer.Warning.ForEach(w => Console.WriteLine($"warning: {w.Title}"));
                break;
            case "204":
                Console.WriteLine("No warnings here.");
                break;
            default:
                Console.Error.WriteLine($"Warnings: QWeather answered {answer?.Code}.");
                break;
        }
    }

    public static async Task PrintIndicesAsync(string location)
    {
        using var response = await Http.GetAsync($"{Api}/v7/indices/1d?type=1,2&location={location}&key={Key}");
        response.EnsureSuccessStatusCode();
        var answer = (await response.Content.ReadFromJsonAsync<IndicesResponse>())!;
        if (answer.Code == "401" || answer.Code == "402")
        {
            Console.Error.WriteLine("Check your QWeather key and its quota.");
            return;
        }

        Console.WriteLine(string.Join(", ", answer.Daily.Select(i => $"{i.Name}: {i.Category}"))); // expect AEH1001
    }

    public static async Task PrintAirAsync(string lat, string lon)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Api}/airquality/v1/current/{lat}/{lon}");
        request.Headers.Add("X-QW-Api-Key", Key);
        using var response = await Http.SendAsync(request);
        var air = await response.Content.ReadFromJsonAsync<AirResponse>(); // expect AEH1002
        Console.WriteLine($"air: {air!.Indexes[0].AqiDisplay} ({air.Indexes[0].Category})");
    }

    public static async Task PrintAlertsAsync(string lat, string lon)
    {
        using var response = await Http.GetAsync($"{Api}/weatheralert/v1/current/{lat}/{lon}?key={Key}");
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            Console.Error.WriteLine("Alerts: wrong path.");
            return;
        }

        if (!response.IsSuccessStatusCode)
        {
            var problem = await response.Content.ReadFromJsonAsync<ProblemResponse>();
            Console.Error.WriteLine($"Alerts: {(int)response.StatusCode} {problem?.Error.Title}");
            return;
        }

        var answer = await response.Content.ReadFromJsonAsync<AlertResponse>();
        foreach (var alert in answer!.Alerts)
        {
            Console.WriteLine($"alert: {alert.Headline} ({alert.Severity})");
        }
    }
}
