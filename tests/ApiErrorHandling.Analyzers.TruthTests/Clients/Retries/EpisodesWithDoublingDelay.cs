// From: Ombi-app/Ombi
// A media sync that pages through episodes; every page goes through a helper that waits two and four seconds after transport failures.
// Body: {"items":["e1","e2","e3"],"total":4}
using System.Net.Http.Json;

public class EpisodeSync(HttpClient http)
{
    public async Task<int> Sync(string library)
    {
        var done = 0;
        var page = await WithRetry(() => Page(library, 0));
        while (page.Items.Count > 0 && done < page.Total)
        {
            foreach (var item in page.Items)
            {
                Probe.Data(item);
                done++;
            }

            if (done < page.Total)
            {
                var start = done;
                page = await WithRetry(() => Page(library, start));
            }
        }

        return done;
    }

    private async Task<EpisodePage> Page(string library, int start)
    {
        var answer = await http.GetAsync($"https://api.example.org/libraries/{library}/episodes?start={start}");
        return await answer.Content.ReadFromJsonAsync<EpisodePage>();
    }

    private static async Task<T> WithRetry<T>(Func<Task<T>> call, int most = 3)
    {
        for (var attempt = 1; attempt <= most; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception problem) when (problem is TaskCanceledException or HttpRequestException)
            {
                if (attempt >= most)
                {
                    throw;
                }

                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)));
            }
        }

        throw new InvalidOperationException("never comes here");
    }
}

public class EpisodePage
{
    public List<string> Items { get; set; }
    public int Total { get; set; }
}
