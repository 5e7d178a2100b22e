// From: webprofusion/certify
// A provider of DNS zones that reads full pages until a short one, with a second's pause between them; a refused page throws.
// Body: {"zones":["zone"]}
using Newtonsoft.Json.Linq;

public class ZoneProvider
{
    private const int Size = 2;

    private readonly HttpClient _http;

    public ZoneProvider(HttpClient http) => _http = http;

    public async Task<List<string>> Zones()
    {
        var zones = new List<string>();
        var page = 1;
        while (true)
        {
            var batch = await Batch(page);
            zones.AddRange(batch);
            page++;
            if (batch.Count < Size)
            {
                break;
            }

            await Task.Delay(1000);
        }

        return zones;
    }

    public async Task<(bool Success, string Message)> Remove(string zone)
    {
        try
        {
            var zones = await Zones();
            if (!zones.Contains(zone))
            {
                return (true, "nothing to remove");
            }

            var answer = await _http.DeleteAsync("https://api.example.org/zones/" + zone);
            if (!answer.IsSuccessStatusCode)
            {
                return (false, "refused: " + answer.ReasonPhrase);
            }

            return (true, "removed");
        }
        catch (Exception problem)
        {
            return (false, problem.Message);
        }
    }

    private async Task<List<string>> Batch(int page)
    {
        var answer = await _http.GetAsync($"https://api.example.org/zones?page={page}&size={Size}");
        if (!answer.IsSuccessStatusCode)
        {
            throw new Exception("zones refused: " + answer.StatusCode);
        }

        var names = JObject.Parse(await answer.Content.ReadAsStringAsync())["zones"].Select(z => (string)z).ToList();
        Probe.Data(names.Count);
        return names;
    }
}
