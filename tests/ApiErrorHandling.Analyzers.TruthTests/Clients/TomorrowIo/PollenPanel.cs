// From: roughleaf/IndoorClimateDesktop
// A panel of a desktop program: it writes the status into a text that nobody reads, and goes straight for the deepest values.
// Body: {"data":{"timelines":[{"startTime":"2026-01-01T00:00:00Z","intervals":[{"values":{"particulateMatter25":4.5,"grassIndex":1}}]}]}}
using System.Text.Json;

public class PollenPanel
{
    public async Task<(double Dust, double Grass)> Load(string key, string location)
    {
        using (var http = new HttpClient())
        {
            const string fields = "&fields=particulateMatter25&fields=grassIndex";
            var address = "https://data.climacell.co/v4/timelines?location=" + location + fields + "&timesteps=current&apikey=" + key;
            HttpResponseMessage answer = await http.GetAsync(address);
            string json = await answer.Content.ReadAsStringAsync();
            string status = answer.StatusCode.ToString();
            var relaxed = new JsonSerializerOptions { PropertyNameCaseInsensitive = true };
            var parsed = JsonSerializer.Deserialize<TimelinesAnswer>(json, relaxed);
            var dust = parsed.Data.Timelines[0].Intervals[0].Values.ParticulateMatter25;
            var grass = parsed.Data.Timelines[0].Intervals[0].Values.GrassIndex;
            Probe.Data(dust);
            Probe.Data(grass);
            return (dust, grass);
        }
    }
}

public class TimelinesAnswer
{
    public TimelinesData Data { get; set; }
}

public class TimelinesData
{
    public List<Timeline> Timelines { get; set; }
}

public class Timeline
{
    public string StartTime { get; set; }
    public List<Interval> Intervals { get; set; }
}

public class Interval
{
    public AirValues Values { get; set; }
}

public class AirValues
{
    public double ParticulateMatter25 { get; set; }
    public double GrassIndex { get; set; }
}
