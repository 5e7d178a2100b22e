// From: JustArchiNET/ArchiSteamFarm
// A bot's browser: client errors leave the loop, server errors and unreadable bodies go round again, null means all was in vain.
// Body: {"Name":"n"}
using System.Text.Json;

public class BotBrowser
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public async Task<string> Release(string tag, CancellationToken cancel)
    {
        var found = await Get<ReleaseInfo>(new Uri("https://api.example.org/releases/" + tag), 3, 300, cancel);
        if (found == null)
        {
            return null;
        }

        Probe.Data(found.Name);
        return found.Name;
    }

    private async Task<T> Get<T>(Uri address, byte tries, int pause, CancellationToken cancel)
        where T : class
    {
        for (byte i = 0; i < tries; i++)
        {
            if (i > 0 && pause > 0)
            {
                await Task.Delay(pause, cancel).ConfigureAwait(false);
            }

            HttpResponseMessage answer;
            try
            {
                answer = await _http.GetAsync(address, cancel).ConfigureAwait(false);
            }
            catch (Exception) when (!cancel.IsCancellationRequested)
            {
                continue;
            }

            using (answer)
            {
                if (IsKind(answer.StatusCode, 3) || IsKind(answer.StatusCode, 4))
                {
                    break;
                }

                if (IsKind(answer.StatusCode, 5))
                {
                    continue;
                }

                T made;
                try
                {
                    made = JsonSerializer.Deserialize<T>(await answer.Content.ReadAsStringAsync(cancel));
                }
                catch (OperationCanceledException) when (cancel.IsCancellationRequested)
                {
                    throw;
                }
                catch (Exception problem)
                {
                    Console.WriteLine(problem);
                    continue;
                }

                if (made is null)
                {
                    continue;
                }

                return made;
            }
        }

        return null;
    }

    private static bool IsKind(HttpStatusCode status, int hundreds) => (int)status / 100 == hundreds;
}

public class ReleaseInfo
{
    public string Name { get; set; }
}
