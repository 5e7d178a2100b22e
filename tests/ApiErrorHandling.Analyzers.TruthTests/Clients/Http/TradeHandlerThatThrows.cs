// From: Sidekick-Poe/Sidekick
// A price checker whose delegating handler follows a redirect itself, and throws for every other bad status, so that its callers need no check.
using System.Net.Http.Json;

public class PriceChecker
{
    private readonly HttpClient _http = new(new TradeHandler { InnerHandler = new HttpClientHandler { AllowAutoRedirect = false } });

    public async Task<int> Count(string league)
    {
        var response = await _http.GetAsync("https://trade.example.org/api/search/" + league);
        var result = await response.Content.ReadFromJsonAsync<TradeResult>();
        Probe.Data(result!.Total);
        return result.Total;
    }

    private sealed class TradeHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Redirect or HttpStatusCode.TemporaryRedirect
                && response.Headers.Location is { } there)
            {
                request.RequestUri = there;
                response = await base.SendAsync(request, cancellationToken);
            }

            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                throw new TradeException("Slower, please.");
            }

            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                throw new TradeException("Log in first.");
            }

            return response.IsSuccessStatusCode ? response : throw new TradeException("The trade site failed.");
        }
    }
}

public class TradeException(string message) : Exception(message)
{
}

public record TradeResult(string Id, int Total);
