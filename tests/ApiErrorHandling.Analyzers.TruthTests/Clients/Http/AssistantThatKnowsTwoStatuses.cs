// From: nadeko-bot/nadekobot
// A chat bot that hands a prompt to a service: throttled and not allowed are looked at, every other failure is read as an answer.
using System.Net.Http.Json;

public class PromptService
{
    private readonly HttpClient _http = new();

    public async Task<string> Ask(string user, string prompt)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://assistant.example.org/commands/find")
        {
            Content = JsonContent.Create(new { query = prompt }),
        };
        request.Headers.TryAddWithoutValidation("x-user", user);
        using var reply = await _http.SendAsync(request);
        if (reply.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return PromptOutcome.Throttled.ToString();
        }
        else if (reply.StatusCode == HttpStatusCode.Unauthorized)
        {
            return PromptOutcome.NotAllowed.ToString();
        }

        var found = await reply.Content.ReadFromJsonAsync<FoundCommand>();
        if (found is null)
        {
            return PromptOutcome.Nothing.ToString();
        }

        var line = found.Name + " " + string.Join(' ', found.Arguments.Values);
        Probe.Data(line);
        return line;
    }

    private enum PromptOutcome
    {
        Throttled,
        NotAllowed,
        Nothing,
    }
}

public class FoundCommand
{
    public string Name { get; set; }
    public Dictionary<string, string> Arguments { get; set; }
}
