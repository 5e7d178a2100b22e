// A garden controller whose envelopes say themselves whether they are fine or empty; the last days' rain is zero where there is no data.
using System.Net.Http.Json;
using System.Text.Json.Serialization;

public abstract record Reply([property: JsonPropertyName("code")] string Code)
{
    [JsonIgnore]
    public bool IsFine => Code is "200";

    [JsonIgnore]
    public bool IsEmpty => Code is "204";
}

public record RainReply(string Code, [property: JsonPropertyName("minutely")] List<RainMinute> Minutes) : Reply(Code);

public record RainMinute([property: JsonPropertyName("precip")] string Amount);

public class GardenController
{
    private readonly HttpClient _http = new();

    public async Task<bool> Water(string garden, string key)
    {
        var rain = await Sum(garden, key);
        return rain < 1;
    }

    private async Task<double> Sum(string garden, string key)
    {
        var reply = await _http.GetFromJsonAsync<RainReply>($"https://devapi.qweather.com/v7/minutely/5m?location={garden}&key={key}");
        if (reply is { IsEmpty: true })
        {
            return 0;
        }

        if (!reply.IsFine)
        {
            throw new InvalidOperationException("rain: " + reply.Code);
        }

        double sum = 0;
        foreach (var minute in reply.Minutes)
        {
            Probe.Data(minute.Amount);
            sum += double.Parse(minute.Amount);
        }

        return sum;
    }
}
