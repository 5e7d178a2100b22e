// From: nilaoda/BBDown
// A downloader's sign-in that asks every second, for ever and without a look at the status, whether the picture was scanned.
// Body: {"data":{"url":"https://api.example.org/done?session=1","key":"k"}}
using System.Text.Json;

public class PictureSignIn
{
    private readonly HttpClient _http = new();

    public async Task SignIn()
    {
        try
        {
            var start = await Text("https://api.example.org/qr/generate");
            var key = JsonDocument.Parse(start).RootElement.GetProperty("data").GetProperty("key").ToString();
            Probe.Data(key);
            while (true)
            {
                await Task.Delay(1000);
                var state = JsonDocument.Parse(await Text("https://api.example.org/qr/poll?key=" + key)).RootElement;
                if (!state.TryGetProperty("data", out var data))
                {
                    // not scanned yet
                    continue;
                }

                var url = data.GetProperty("url").ToString();
                Probe.Data(url);
                Console.WriteLine("Signed in: " + url);
                break;
            }
        }
        catch (Exception problem)
        {
            Console.WriteLine(problem.Message);
        }
    }

    private async Task<string> Text(string url)
    {
        var answer = await _http.GetAsync(url);
        return await answer.Content.ReadAsStringAsync();
    }
}
