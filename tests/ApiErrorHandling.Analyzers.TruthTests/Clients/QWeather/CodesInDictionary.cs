// A bot with a dictionary of what the codes mean: a code it knows becomes the text of its reply, one it does not know is taken for data.
using Newtonsoft.Json.Linq;

public class SunriseBot
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["204"] = "I have nothing for that place.",
        ["400"] = "I do not understand that.",
        ["401"] = "My key does not work.",
        ["402"] = "I have asked too much this month.",
        ["404"] = "I do not know that place.",
        ["429"] = "Slowly, please.",
    };

    private readonly HttpClient _http = new();

    public async Task<string> Reply(string place, string key)
    {
        JObject body;
        try
        {
            body = JObject.Parse(await _http.GetStringAsync($"https://devapi.qweather.com/v7/astronomy/sun?location={place}&date=20260101&key={key}"));
        }
        catch (HttpRequestException)
        {
            return "Nobody answers.";
        }

        if (Texts.TryGetValue((string)body["code"] ?? "", out var text))
        {
            return text;
        }

        var sunrise = (string)body["sunrise"];
        Probe.Data(sunrise);
        return "The sun rises at " + sunrise;
    }
}
