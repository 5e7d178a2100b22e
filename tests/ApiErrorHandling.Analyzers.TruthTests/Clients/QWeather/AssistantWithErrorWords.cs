// From: howtion0/catnipmcp
// An assistant's tool: it looks a city up and then its weather, and turns every failure, of the status or of the code, into a word of its own.
using System.Net.Http.Json;

public class WeatherTool(HttpClient http)
{
    public async Task<ToolAnswer> Ask(string city, string key, CancellationToken token)
    {
        try
        {
            var place = await FindPlace(city, key, token);
            var weather = await Get<NowReply>("https://devapi.qweather.com/v7/weather/now?location=" + place.Id, key, token);
            CheckCode(weather.Code, "weather");
            if (weather.Now is null || !decimal.TryParse(weather.Now.Temp, out var degrees))
            {
                return new ToolAnswer("INCOMPLETE", 0);
            }

            Probe.Data(degrees);
            return new ToolAnswer(null, degrees);
        }
        catch (ToolException e)
        {
            return new ToolAnswer(e.Word, 0);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return new ToolAnswer("SLOW", 0);
        }
        catch (HttpRequestException)
        {
            return new ToolAnswer("UNREACHABLE", 0);
        }
    }

    private async Task<Place> FindPlace(string city, string key, CancellationToken token)
    {
        var reply = await Get<PlaceReply>("https://geoapi.qweather.com/v2/city/lookup?number=1&location=" + Uri.EscapeDataString(city), key, token);
        CheckCode(reply.Code, "city");
        var place = reply.Location?.FirstOrDefault() ?? throw new ToolException("NO_SUCH_CITY");
        Probe.Data(place.Id);
        return place;
    }

    private static void CheckCode(string code, string what)
    {
        if (code is "401" or "403")
        {
            throw new ToolException("BAD_KEY");
        }

        if (code != "200")
        {
            throw new ToolException(what + " failed: " + code);
        }
    }

    private async Task<T> Get<T>(string address, string key, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("X-QW-Api-Key", key);
        using var response = await http.SendAsync(request, token);
        if (!response.IsSuccessStatusCode)
        {
            throw new ToolException((int)response.StatusCode is 401 or 403 ? "BAD_KEY" : "STATUS " + (int)response.StatusCode);
        }

        return await response.Content.ReadFromJsonAsync<T>(token) ?? throw new ToolException("EMPTY");
    }
}

public record ToolAnswer(string Error, decimal Degrees);

public class ToolException(string word) : Exception(word)
{
    public string Word => word;
}

public record PlaceReply(string Code, List<Place> Location);

public record Place(string Id, string Name);

public record NowReply(string Code, NowPart Now);

public record NowPart(string Temp, string Text);
