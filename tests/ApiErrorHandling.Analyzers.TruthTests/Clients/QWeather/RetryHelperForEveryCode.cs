// A boat app with a helper that runs any question three times, one second apart, as long as it throws; a wrong key throws like an outage.
using System.Text.Json;

public class TideTable
{
    private readonly HttpClient _http = new();

    public Task<string> HighTide(string port, string key) => Again(3, async () =>
    {
        using var response = await _http.GetAsync($"https://devapi.qweather.com/v7/ocean/tide?location={port}&date=20260101&key={key}");
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var code = json.RootElement.GetProperty("code").GetString();
        if (code != "200")
        {
            throw new InvalidDataException("tide: " + code);
        }

        var height = json.RootElement.GetProperty("tideTable")[0].GetProperty("height").GetString();
        Probe.Data(height);
        return height;
    });

    private static async Task<string> Again(int times, Func<Task<string>> question)
    {
        for (var left = times; ; left--)
        {
            try
            {
                return await question();
            }
            catch (Exception) when (left > 1)
            {
                await Task.Delay(1000);
            }
        }
    }
}
