// An alarm clock that asks up to four times whatever the failure is, always three seconds apart.
using System.Text.Json;

public class AlarmClock
{
    private static readonly HttpClient Client = new();

    public async Task<int> RainChance(string city, string key)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var response = await Client.GetAsync($"https://api.tomorrow.io/v4/weather/forecast?location={city}&timesteps=1h&apikey={key}");
            if (response.IsSuccessStatusCode)
            {
                using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                var first = json.RootElement.GetProperty("timelines").GetProperty("hourly")[0];
                var chance = first.GetProperty("values").GetProperty("precipitationProbability").GetInt32();
                Probe.Data(chance);
                return chance;
            }

            if (attempt == 4)
            {
                throw new InvalidOperationException($"No forecast for {city}: {(int)response.StatusCode}");
            }

            await Task.Delay(TimeSpan.FromSeconds(3));
        }
    }
}
