// A console tool that trusts whatever comes.
using System.Net.Http.Json;

public class Forecast
{
    private static readonly HttpClient Http = new();

    public async Task<string> Tomorrow(string city)
    {
        var answer = await Http.GetFromJsonAsync<DailyAnswer>("https://devapi.qweather.com/v7/weather/3d?location=" + city);
        var day = answer.Daily[1];
        Probe.Data(day.TextDay);
        return day.TextDay;
    }
}

public class DailyAnswer
{
    public string Code { get; set; }
    public List<Day> Daily { get; set; }
}

public class Day
{
    public string FxDate { get; set; }
    public string TextDay { get; set; }
}
