// From: soxtoby/SlackNet
// A team chat library: throttling is an exception of its own with the time to wait, which the caller's loop catches; the rest is thrown.
using System.Net.Http.Json;

public class TeamChat
{
    private readonly Func<HttpClient> _makeClient;

    public TeamChat(HttpClient http) => _makeClient = () => http;

    public async Task<List<string>> Members(string channel, CancellationToken token)
    {
        do
        {
            try
            {
                var page = await Execute<MemberPage>(() => new HttpRequestMessage(HttpMethod.Get, "https://team.example.org/api/members?channel=" + channel), token);
                if (page == null)
                {
                    return [];
                }

                Probe.Data(page.Members);
                return page.Members;
            }
            catch (TooFastException e)
            {
                await Task.Delay(e.Wait ?? TimeSpan.FromSeconds(1), token);
            }
        }
        while (true);
    }

    private async Task<T> Execute<T>(Func<HttpRequestMessage> make, CancellationToken token)
        where T : class
    {
        HttpResponseMessage response;
        try
        {
            response = await _makeClient().SendAsync(make(), token).ConfigureAwait(false);
            Console.WriteLine("Answered " + response.StatusCode);
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e.Message);
            throw;
        }

        if ((int)response.StatusCode == 429)
        {
            throw new TooFastException(response.Headers.RetryAfter?.Delta);
        }

        response.EnsureSuccessStatusCode();
        return response.Content.Headers.ContentType?.MediaType == "application/json"
            ? await response.Content.ReadFromJsonAsync<T>(token).ConfigureAwait(false)
            : default;
    }
}

public class TooFastException(TimeSpan? wait) : Exception
{
    public TimeSpan? Wait { get; } = wait;
}

public class MemberPage
{
    public List<string> Members { get; set; }
}
