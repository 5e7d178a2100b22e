// From: DGP-Studio/Snap.Hutao
// A player showcase that asks a forwarder first and the origin then; statuses become messages in the answer object.
// Body: {"player":{"nickname":"Ann","level":60}}
using System.Net.Http.Json;

public class ShowcaseClient(HttpClient http)
{
    public async ValueTask<string> Nickname(int uid, CancellationToken token)
    {
        var showcase = await TryGet($"https://forward.example.org/enka/{uid}", true, token)
            ?? await TryGet($"https://showcase.example.org/api/uid/{uid}", false, token);
        if (showcase is null)
        {
            return "unavailable";
        }

        if (showcase is { Player: null })
        {
            return showcase.Problem ?? "empty";
        }

        Probe.Data(showcase.Player.Nickname);
        return showcase.Player.Nickname;
    }

    private async ValueTask<Showcase> TryGet(string address, bool isForwarder, CancellationToken token)
    {
        try
        {
            using (var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false))
            {
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadFromJsonAsync<Showcase>(token).ConfigureAwait(false);
                }

                if (isForwarder && (await response.Content.ReadAsStringAsync(token)).Contains("nginx", StringComparison.OrdinalIgnoreCase))
                {
                    return null;
                }

                return new Showcase
                {
                    Problem = response.StatusCode switch
                    {
                        HttpStatusCode.BadRequest => "not a player number",
                        HttpStatusCode.NotFound => "no such player",
                        HttpStatusCode.FailedDependency => "in maintenance",
                        HttpStatusCode.TooManyRequests => "too many requests",
                        HttpStatusCode.InternalServerError => "server error",
                        HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => "down",
                        _ => "unknown status",
                    },
                };
            }
        }
        catch (Exception)
        {
            return null;
        }
    }
}

public class Showcase
{
    public string Problem { get; set; }
    public ShowcasePlayer Player { get; set; }
}

public class ShowcasePlayer
{
    public string Nickname { get; set; }
    public int Level { get; set; }
}
