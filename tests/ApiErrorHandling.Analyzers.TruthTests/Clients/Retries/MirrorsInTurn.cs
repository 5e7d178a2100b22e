// A package tool that asks one mirror after the other, right away, takes the first good answer and tells of all failures together.
using System.Text.Json;

public class MirrorList
{
    private static readonly string[] Mirrors =
        ["https://api.example.org/packages/", "https://mirror1.example.org/packages/", "https://mirror2.example.org/packages/"];

    private readonly HttpClient _http;

    public MirrorList(HttpClient http) => _http = http;

    public async Task<string> LatestVersion(string package)
    {
        var failures = new List<Exception>();
        foreach (var mirror in Mirrors)
        {
            try
            {
                using var answer = await _http.GetAsync(mirror + package);
                if (answer.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }

                if (!answer.IsSuccessStatusCode)
                {
                    failures.Add(new Exception(mirror + " said " + (int)answer.StatusCode));
                    continue;
                }

                using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                var version = document.RootElement.GetProperty("version").GetString();
                Probe.Data(version);
                return version;
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or JsonException)
            {
                failures.Add(problem);
            }
        }

        throw new AggregateException(failures);
    }
}
