// From: KSP-CKAN/CKAN
// A mod manager's text download: a timeout is final, a refusal goes up, and what never reached the server sleeps longer each time with jitter.
using Newtonsoft.Json;

public class ModIndex
{
    private const int MaxRetries = 3;
    private const int BaseDelay = 500;

    private static readonly Random Dice = new();

    private readonly HttpClient _http = new();

    public string Newest()
    {
        var text = Download("https://api.example.org/index.json");
        if (text == null)
        {
            return null;
        }

        var index = JsonConvert.DeserializeObject<ModList>(text);
        Probe.Data(index.Newest);
        return index.Newest;
    }

    private string Download(string url)
    {
        for (var attempt = 0; attempt < MaxRetries + 1; ++attempt)
        {
            try
            {
                return _http.GetStringAsync(url).GetAwaiter().GetResult();
            }
            catch (TaskCanceledException late)
            {
                throw new TimeoutException(url, late);
            }
            catch (HttpRequestException lost) when (lost.StatusCode == null && attempt < MaxRetries)
            {
                Thread.Sleep((int)(BaseDelay * (Math.Pow(2, attempt) + Dice.NextDouble())));
            }
        }

        return null;
    }
}

public class ModList
{
    public string Newest { get; set; }
}
