// An air monitor on a newer path: it reads the title of the problem, tells used-up requests from other refusals, and gives up on both.
using System.Net.Http.Json;

public class AirMonitor
{
    private readonly HttpClient _http;

    public AirMonitor(HttpClient http) => _http = http;

    public string Advice { get; private set; }

    public async Task<double?> Level(string latitude, string longitude, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://devapi.qweather.com/airquality/v1/current/{latitude}/{longitude}");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await _http.SendAsync(request);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                var air = await response.Content.ReadFromJsonAsync<AirBody>();
                var aqi = air.Indexes[0].Aqi;
                Probe.Data(aqi);
                return aqi;
            case HttpStatusCode.NotFound:
                Advice = "the path is wrong";
                return null;
            case HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden:
                var problem = await response.Content.ReadFromJsonAsync<ProblemBody>();
                var title = problem?.Error?.Title ?? "";
                Advice = title.StartsWith("over", StringComparison.OrdinalIgnoreCase) || title.Contains("credit", StringComparison.OrdinalIgnoreCase)
                    ? "not before the next day"
                    : "refused";
                return null;
            default:
                Advice = "status " + (int)response.StatusCode;
                return null;
        }
    }
}

public class AirBody
{
    public List<AirValue> Indexes { get; set; }
}

public class AirValue
{
    public double Aqi { get; set; }
}

public class ProblemBody
{
    public ProblemPart Error { get; set; }
}

public class ProblemPart
{
    public string Title { get; set; }
}
