// A meter reader that asks again after a failure, and reports a recovery where the answer came at last.
using System.Text.Json;

public class MeterReader(HttpClient http)
{
    public int Recoveries { get; private set; }

    public async Task<string> Read(string meter, CancellationToken token)
    {
        var hasFailed = false;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var response = await http.GetAsync("https://api.example.org/meters/" + meter, token);
            if (!response.IsSuccessStatusCode)
            {
                hasFailed = true;
                await Task.Delay(500 << attempt, token);
                continue;
            }

            if (hasFailed)
            {
                Recoveries++;
            }

            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(token));
            var value = json.RootElement.GetProperty("value").GetString();
            Probe.Data(value);
            return value;
        }

        return null;
    }
}
