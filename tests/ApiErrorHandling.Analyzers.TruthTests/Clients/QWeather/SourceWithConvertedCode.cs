// From: Yu-Core/YourWeather
// One of several sources of a weather app: it makes a number of the code, and returns null for all that is not 200.
using System.Net.Http.Json;

public class ConvertingSource
{
    private const string Key = "0123456789";

    public async Task<(List<Hour> Hours, Lives Lives)> Load(string lon, string lat)
    {
        using HttpClient http = new();
        var lives = await Now(lon, lat, http);
        var hours = await Hours(lon, lat, http);
        return (hours, lives);
    }

    private async Task<List<Hour>> Hours(string lon, string lat, HttpClient http)
    {
        HoursReply reply = null;
        try
        {
            reply = await http.GetFromJsonAsync<HoursReply>($"https://devapi.qweather.com/v7/weather/24h?location={lon},{lat}&key={Key}");
        }
        catch (Exception)
        {
            throw;
        }

        if (reply is null)
        {
            return null;
        }

        bool failed = Convert.ToInt16(reply.code) != 200;
        if (failed)
        {
            return null;
        }

        var all = new List<Hour>();
        foreach (var hour in reply?.hourly ?? default!)
        {
            Probe.Data(hour.temp);
            all.Add(new Hour { temp = hour.temp });
        }

        return all;
    }

    private async Task<Lives> Now(string lon, string lat, HttpClient http)
    {
        var reply = await http.GetFromJsonAsync<LivesReply>($"https://devapi.qweather.com/v7/weather/now?location={lon},{lat}&key={Key}");
        if (reply is null)
        {
            return null;
        }

        if (Convert.ToInt16(reply.code) != 200)
        {
            return null;
        }

        Probe.Data(reply.now.text);
        return reply?.now;
    }
}

public class HoursReply
{
    public string code { get; set; }
    public List<Hour> hourly { get; set; }
}

public class Hour
{
    public string temp { get; set; }
}

public class LivesReply
{
    public string code { get; set; }
    public Lives now { get; set; }
}

public class Lives
{
    public string text { get; set; }
}
