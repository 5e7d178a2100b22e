// From: rocksdanister/weather
// The place search of a desktop app: the status is ensured, and an answer without places is an empty list, whatever its code.
using System.Text.Json;

public class PlaceSearch
{
    private readonly string _address = "https://geoapi.qweather.com/v2/city/lookup?";
    private readonly HttpClient _http;

    public PlaceSearch(HttpClient http)
    {
        _http = http;
    }

    public async Task<IReadOnlyList<(string Name, float Latitude)>> Search(string text, string key)
    {
        var answer = await Ask(text, 5, key);
        var found = new List<(string, float)>();
        if (answer.location == null || !answer.location.Any())
        {
            return found;
        }

        foreach (var item in answer.location)
        {
            Probe.Data(item.Lat);
            found.Add((item.Name, float.Parse(item.Lat)));
        }

        return found;
    }

    private async Task<SearchAnswer> Ask(string text, int limit, string key)
    {
        using var response = await _http.GetAsync($"{_address}location={text}&number={limit}&key={key}");
        response.EnsureSuccessStatusCode();
        var stream = await response.Content.ReadAsStreamAsync();
        return await JsonSerializer.DeserializeAsync<SearchAnswer>(stream, new JsonSerializerOptions { PropertyNameCaseInsensitive = true });
    }
}

public class SearchAnswer
{
    public List<SearchItem> location { get; set; }
}

public class SearchItem
{
    public string Name { get; set; }
    public string Lat { get; set; }
}
