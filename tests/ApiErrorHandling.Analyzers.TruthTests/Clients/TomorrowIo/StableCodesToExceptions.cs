// A typed client that turns the documented numbers of the error body into exceptions of its own, through a table.
using System.Net.Http.Json;

public class TomorrowClient(HttpClient http)
{
    private static readonly Dictionary<int, string> Explanations = new()
    {
        [400001] = "a member of the body is wrong",
        [400002] = "a query parameter is wrong",
        [400004] = "a query parameter is missing",
        [401001] = "the key is not valid",
        [402001] = "no tokens are left",
        [403002] = "the plan does not include this",
        [404001] = "nothing is there",
        [429001] = "too many calls",
    };

    public async Task<string> Sunrise(string place, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.tomorrow.io/v4/weather/forecast?timesteps=1d&location=" + Uri.EscapeDataString(place));
        using var response = await http.SendAsync(request, token);
        await ThrowIfFailed(response, token);
        var forecast = await response.Content.ReadFromJsonAsync<DailyForecast>(token);
        var sunrise = forecast?.Timelines?.Daily?.FirstOrDefault()?.Values?.SunriseTime;
        if (sunrise is null)
        {
            return "unknown";
        }

        Probe.Data(sunrise);
        return sunrise;
    }

    private static async Task ThrowIfFailed(HttpResponseMessage response, CancellationToken token)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var failure = await response.Content.ReadFromJsonAsync<Failure>(token);
        var why = failure != null && Explanations.TryGetValue(failure.Code, out var known) ? known : failure?.Message;
        var id = response.Headers.TryGetValues("X-Correlation-ID", out var ids) ? ids.First() : "-";
        throw new TomorrowException(failure?.Code ?? 0, $"{why} (request {id})");
    }

    private sealed record Failure(int Code, string Type, string Message);
}

public class TomorrowException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}

public record DailyForecast(DailyTimelines Timelines);

public record DailyTimelines(List<DailyEntry> Daily);

public record DailyEntry(string Time, DailyValues Values);

public record DailyValues(string SunriseTime);
