// A feed that gathers the places found, takes the id of the first, asks for the weather there, and trusts both answers.
using System.Text.Json.Nodes;

public class WeatherFeed
{
    private readonly HttpClient _http = new();

    public async Task<string> Title(string city, string key)
    {
        var found = await Json($"https://geoapi.qweather.com/v2/city/lookup?location={city}&key={key}");
        var ids = new List<string>();
        foreach (var place in found["location"].AsArray())
        {
            ids.Add((string)place["id"]);
        }

        Probe.Data(ids[0]);
        var weather = await Json($"https://devapi.qweather.com/v7/weather/now?key={key}&location={ids[0]}");
        var text = (string)weather["now"]["text"];
        Probe.Data(text);
        return city + ": " + text;
    }

    private async Task<JsonNode> Json(string address)
    {
        var response = await _http.GetAsync(address);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException("status " + (int)response.StatusCode);
        }

        return JsonNode.Parse(await response.Content.ReadAsStringAsync());
    }
}
