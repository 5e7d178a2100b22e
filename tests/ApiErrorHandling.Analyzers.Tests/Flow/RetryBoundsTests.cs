using ApiErrorHandling.Analyzers.Tests.Rules.Retries;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>What ends a loop around a helper that retries itself, and which of its ends lead back.</summary>
public class RetryBoundsTests
{
    // the helper's last attempt returns what came, so that it returns nothing after an exception alone
    [Theory]
    [InlineData("response == null", "while", "if (n == 4) return r;")]
    [InlineData("response == null || response.StatusCode == HttpStatusCode.ServiceUnavailable", "{|AEH2003:while|}", "if (n == 4) return r;")]
    [InlineData("response == null || response.StatusCode == HttpStatusCode.ServiceUnavailable", "{|AEH2003:while|}", "if (n >= 4) return r;")]
    public Task The_last_attempt_of_a_helper(string condition, string loop, string last) => RetryCase.Check(
        "async Task<HttpResponseMessage> Once(string url) { Exception last = null; for (var n = 0; n < 5; n++) { try { var r = await {|AEH2001:client.GetAsync(url)|}; "
        + "if (r.StatusCode == HttpStatusCode.OK) return r; " + last + " r.Dispose(); await Task.Delay(1000); } catch (HttpRequestException e) { last = e; await Task.Delay(1000); } } "
        + "if (last != null) throw last; return null; } "
        + "async Task<string> Run(string url) { var response = await Once(url); " + loop + " (" + condition + ") { await Task.Delay(1000); response = await Once(url); } return response.ReasonPhrase; }");
}
