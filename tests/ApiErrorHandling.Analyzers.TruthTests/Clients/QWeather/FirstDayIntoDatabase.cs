// From: fangyuan-neko/WeatherforecastApi
// A service that stores the first day of the forecast: no status, no code, the first element as if it were always there.
using Newtonsoft.Json;

public class DailyImport
{
    private readonly List<DayRow> _rows = new();

    public async Task<DayRow> Import()
    {
        HttpClient client = new() { BaseAddress = new Uri("https://devapi.qweather.com") };
        var result = await client.GetAsync("/v7/weather/3d?location=101010100&key=abc");
        var text = await result.Content.ReadAsStringAsync();
        var parsed = JsonConvert.DeserializeObject<DayReply>(text);
        Console.WriteLine($"storing {parsed.daily[0].fxDate}");
        return Add(parsed.daily[0]);
    }

    private DayRow Add(DayRow row)
    {
        Probe.Data(row.fxDate);
        _rows.Add(row);
        return row;
    }
}

public class DayReply
{
    public List<DayRow> daily { get; set; }
}

public class DayRow
{
    public string fxDate { get; set; }
    public string tempMin { get; set; }
}
