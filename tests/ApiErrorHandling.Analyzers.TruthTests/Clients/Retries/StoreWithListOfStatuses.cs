// From: JosefNemec/PlayniteExtensions
// A shop reader whose retry settings hold a list of statuses; a filter compares them and the thread sleeps for five seconds.
using Newtonsoft.Json;

public class ShopReader
{
    private readonly HttpClient _web = new();

    public string OwnerOf(string game) =>
        Get<ShopGame>("https://api.example.org/games/" + game, new RetrySettings(2, 5, 429, 502, 503))?.Owner;

    public int CountOf(string user)
    {
        var games = Get<ShopGames>("https://api.example.org/users/" + user + "/games");
        Probe.Data(games.Count);
        return games.Count;
    }

    private T Get<T>(string url, RetrySettings settings = null)
        where T : class
    {
        settings ??= new RetrySettings(0, 5);
        var round = 0;
        while (true)
        {
            try
            {
                var text = _web.GetStringAsync(url).Result;
                return JsonConvert.DeserializeObject<ShopRoot<T>>(text)?.Response;
            }
            catch (AggregateException all) when (all.InnerException is HttpRequestException { StatusCode: { } status }
                && settings.Most > round
                && settings.Includes(status))
            {
                Thread.Sleep(1_000 * settings.Seconds);
                round++;
            }
        }
    }
}

public class RetrySettings(int most, int seconds, params int[] statuses)
{
    public int Most { get; } = most;

    public int Seconds { get; } = seconds;

    public bool Includes(HttpStatusCode status) => statuses.Length == 0 || statuses.Contains((int)status);
}

public class ShopRoot<T>
{
    public T Response { get; set; }
}

public class ShopGame
{
    public string Owner { get; set; }
}

public class ShopGames
{
    public int Count { get; set; }
}
