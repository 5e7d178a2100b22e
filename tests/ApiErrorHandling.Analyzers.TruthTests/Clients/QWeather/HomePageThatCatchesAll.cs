// From: lukamagic75/PPH
// The home page of an app: the service ensures the status and returns null on any exception, and the page never asks for the code.
// Body: {"code":"200","daily":[{"fxDate":"2026-01-01","tempMax":"3"}]}
using System.Text.Json;

public class WeatherSource
{
    private static readonly HttpClient Http = new HttpClient();

    public async Task<WeekReply> Week(string place, string key)
    {
        try
        {
            using (var response = await Http.GetAsync($"https://api.qweather.com/v7/weather/7d?location={place}&key={key}"))
            {
                response.EnsureSuccessStatusCode();
                var json = await response.Content.ReadAsStringAsync();
                Console.WriteLine("got " + json);
                return JsonSerializer.Deserialize<WeekReply>(json, new JsonSerializerOptions { PropertyNameCaseInsensitive = true });
            }
        }
        catch (Exception e)
        {
            Console.WriteLine("week: " + e.Message);
            return null;
        }
    }
}

public class HomePage
{
    private readonly WeatherSource _source = new();

    public List<string> Lines { get; } = new();

    public async Task Show(string place, string key)
    {
        var week = await _source.Week(place, key);
        if (week == null)
        {
            return;
        }

        foreach (var day in week.Daily)
        {
            Probe.Data(day.TempMax);
            Lines.Add(day.FxDate + " " + day.TempMax);
        }
    }
}

public class WeekReply
{
    public string Code { get; set; }
    public List<WeekDay> Daily { get; set; }
}

public class WeekDay
{
    public string FxDate { get; set; }
    public string TempMax { get; set; }
}
