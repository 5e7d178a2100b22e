// From: SaboZhang/WallPoster
// A wallpaper program that asks the same again at once when the first time threw, and shows an icon only if the code is right.
using Newtonsoft.Json;

public class WallpaperWeather
{
    private static readonly HttpClient Http = new();

    public string Icon { get; private set; }

    public void Load(string place, string key)
    {
        var address = $"https://devapi.qweather.com/v7/weather/now?location={place}&key={key}";
        WallpaperReply reply = null;
        try
        {
            reply = JsonConvert.DeserializeObject<WallpaperReply>(Get(address));
        }
        catch (Exception)
        {
            reply = JsonConvert.DeserializeObject<WallpaperReply>(Get(address));
        }

        if (reply.code == "200")
        {
            Probe.Data(reply.now.icon);
            Icon = reply.now.icon;
        }
    }

    private static string Get(string address)
    {
        return Http.GetStringAsync(address).Result;
    }
}

public class WallpaperReply
{
    public string code { get; set; }
    public WallpaperNow now { get; set; }
}

public class WallpaperNow
{
    public string icon { get; set; }
}
