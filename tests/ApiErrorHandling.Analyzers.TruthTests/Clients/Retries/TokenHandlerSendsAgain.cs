// From: LykosAI/StabilityMatrix
// A handler that renews the token after 401 and 403 and hands the same message down once more; the client above wants a success.
using System.Net.Http.Headers;
using System.Text.Json;

public class TokenHandler : DelegatingHandler
{
    private int _generation;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        Sign(request);
        var answer = await base.SendAsync(request, cancel).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            && request.Headers.Authorization is { Scheme: "Bearer" })
        {
            _generation++;
            Sign(request);
            answer = await base.SendAsync(request, cancel).ConfigureAwait(false);
        }

        return answer;
    }

    private void Sign(HttpRequestMessage request)
    {
        if (request.Headers.Authorization is { Scheme: "Bearer" })
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "token" + _generation);
        }
    }
}

public class ModelAccount
{
    private readonly HttpClient _http = new(new TokenHandler { InnerHandler = new HttpClientHandler() });

    public async Task<string> Tier(CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.org/v1/me");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "");
        using var answer = await _http.SendAsync(message, cancel);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel));
        var tier = document.RootElement.GetProperty("tier").GetString();
        Probe.Data(tier);
        return tier;
    }
}
