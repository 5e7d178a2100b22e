// From: djdjz7/SeewoHelper
// A panel on a classroom screen: an envelope with a payload that is looked at only if it is there, and hidden when anything throws.
// Body: {"code":"200","now":{"aqi":"46","category":"good"}}
using System.Text.Json;

public static class ClassroomWeather
{
    private static readonly HttpClient Http = new() { BaseAddress = new Uri("https://devapi.qweather.com/v7/") };

    public static async Task<Envelope<Air>> GetAir(string key, string place)
    {
        try
        {
            var text = await (await Http.GetAsync($"air/now?key={key}&location={place}")).EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            return JsonSerializer.Deserialize<Envelope<Air>>(text.Trim());
        }
        catch
        {
            return null;
        }
    }
}

public class ClassroomPanel
{
    public string Label { get; private set; } = "";
    public double Slider { get; private set; }
    public bool Visible { get; private set; }

    public async Task Refresh(string key, string place)
    {
        if (string.IsNullOrEmpty(place))
        {
            return;
        }

        try
        {
            var air = (await ClassroomWeather.GetAir(key, place))?.now;
            if (air is not null)
            {
                Probe.Data(air.aqi);
                Label = "AQI " + air.aqi;
                Slider = double.Parse(air.aqi);
            }

            Visible = true;
        }
        catch
        {
            Visible = false;
        }
    }
}

public class Envelope<T>
{
    public string code { get; set; }
    public T now { get; set; }
}

public class Air
{
    public string aqi { get; set; }
    public string category { get; set; }
}
