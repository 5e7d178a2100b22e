// A station display that knows both ways of failing: throttling and outages are waited for, longer each time, all else is thrown at once.
using System.Net.Http.Json;

public class StationDisplay(HttpClient http)
{
    private const int Attempts = 4;

    public async Task<string> Humidity(string place, string key, CancellationToken token)
    {
        var pause = TimeSpan.FromSeconds(2);
        for (var attempt = 1; ; attempt++)
        {
            using var response = await http.GetAsync($"https://devapi.qweather.com/v7/weather/now?location={place}&key={key}", token);
            string failure;
            if (response.IsSuccessStatusCode)
            {
                var reply = await response.Content.ReadFromJsonAsync<StationReply>(token);
                if (reply!.Code == "200")
                {
                    Probe.Data(reply.Now.Humidity);
                    return reply.Now.Humidity;
                }

                failure = reply.Code;
            }
            else
            {
                failure = ((int)response.StatusCode).ToString();
            }

            if (failure is not ("429" or "500") || attempt == Attempts)
            {
                throw new InvalidOperationException("No humidity: " + failure);
            }

            await Task.Delay(pause + TimeSpan.FromMilliseconds(Random.Shared.Next(1000)), token);
            pause *= 2;
        }
    }
}

public class StationReply
{
    public string Code { get; set; }
    public StationNow Now { get; set; }
}

public class StationNow
{
    public string Humidity { get; set; }
}
