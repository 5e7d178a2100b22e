// From: cnsmallant/sparrow.qweather
// A package whose extension method gets any answer as text, turns empty parts into null, and parses; for the air it asks a newer path.
using System.Net.Http.Headers;
using System.Text.Json;

public static class AirPathExtensions
{
    public static async Task<T> GetAnswerAsync<T>(this HttpClient http, string path, string token)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var json = await http.GetStringAsync("https://devapi.qweather.com" + path);
        json = json.Replace("[]", "null").Replace("{}", "null");
        return JsonSerializer.Deserialize<T>(json);
    }
}

public class AirService
{
    public Task<AirNow> Current(HttpClient http, string token) => http.GetAnswerAsync<AirNow>("/airquality/v1/current/39.90/116.40", token);

    public async Task<string> Category(HttpClient http, string token)
    {
        var air = await Current(http, token);
        var category = air.indexes[0].category;
        Probe.Data(category);
        return category;
    }
}

public class AirNow
{
    public List<AirIndex> indexes { get; set; }
}

public class AirIndex
{
    public string category { get; set; }
}
