// A watch face that asks the older host when the new one throws, and shows dashes when both do.
using Newtonsoft.Json.Linq;

public class WatchFace
{
    private static readonly string[] Hosts = ["https://api.tomorrow.io/v4", "https://api.climacell.co/v4"];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public async Task<string> Wind(string at, string key)
    {
        foreach (var host in Hosts)
        {
            try
            {
                var text = await _http.GetStringAsync($"{host}/weather/realtime?location={at}&apikey={key}");
                var speed = (double)JObject.Parse(text)["data"]["values"]["windSpeed"];
                Probe.Data(speed);
                return speed.ToString("0.0") + " m/s";
            }
            catch (HttpRequestException e)
            {
                Console.WriteLine($"{host} failed: {e.StatusCode}");
            }
        }

        return "--";
    }
}
