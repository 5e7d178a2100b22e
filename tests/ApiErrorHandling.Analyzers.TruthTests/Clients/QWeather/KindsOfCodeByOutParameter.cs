// A harvest planner that sorts codes into kinds; no data is an empty plan, throttling is asked again once by goto; codes it has not heard of are fine.
using System.Text.Json;

public class HarvestPlanner
{
    private static readonly HttpClient Http = new();

    private enum Kind
    {
        Fine,
        Empty,
        Refused,
        Wait,
    }

    public string Plan(string field, string key)
    {
        var again = false;
    ask:
        Console.WriteLine("asking for " + field);
        var text = Http.GetStringAsync($"https://devapi.qweather.com/v7/grid-weather/3d?location={field}&key={key}").GetAwaiter().GetResult();
        var root = JsonDocument.Parse(text).RootElement;
        Classify(root, out var kind);
        if (kind == Kind.Wait && !again)
        {
            again = true;
            Thread.Sleep(TimeSpan.FromMinutes(1));
            goto ask;
        }

        if (kind is Kind.Refused or Kind.Wait)
        {
            return "not today";
        }

        if (kind == Kind.Empty)
        {
            return "";
        }

        var rain = root.GetProperty("daily")[0].GetProperty("precip").GetString();
        Probe.Data(rain);
        return rain == "0.0" ? "harvest" : "wait";
    }

    private static void Classify(JsonElement root, out Kind kind)
    {
        kind = root.GetProperty("code").GetString() switch
        {
            "204" => Kind.Empty,
            "401" or "402" or "403" => Kind.Refused,
            "429" => Kind.Wait,
            _ => Kind.Fine,
        };
    }
}
