using ApiErrorHandling.Analyzers.Tests.Rules.Retries;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>
/// Ends that lie where a run of the program cannot follow, or would disagree: the flow takes it that a method which has nothing
/// to do with requests throws nothing.
/// </summary>
public class RetryBoundsTests
{
    [Theory]
    [InlineData("if (--left < 0) throw new InvalidOperationException();", true)]
    [InlineData("--left;", false)]
    [InlineData("cache ??= string.Empty; if (cache.Length > 9) throw new InvalidOperationException();", false)]
    public Task Throws_after_so_many(string spend, bool ends) => RetryCase.Check(
        "int left = 5; string cache; void Spend() { " + spend + " } async Task<string> Run(string url) { " + (ends ? "while" : "{|AEH2003:while|}")
        + " (true) { var r = await client.GetAsync(url); if ((int)r.StatusCode < 500) return r.ReasonPhrase; Spend(); await Task.Delay(1000); } }");

    // what it does with the number is not seen
    [Theory]
    [InlineData("Judge.May(r, ref n)", true)]
    [InlineData("Judge.Passes(r)", false)]
    public Task Is_asked_in_another_project(string question, bool ends) => RetryCase.CheckWith(
        """
        public static class Judge
        {
            public static bool May(System.Net.Http.HttpResponseMessage r, ref int n) => (int)r.StatusCode >= 500 && n++ < 5;
            public static bool Passes(System.Net.Http.HttpResponseMessage r) { var n = 0; n++; return (int)r.StatusCode >= 500 && n > 0; }
        }
        """,
        "async Task<string> Run(string url) { var n = 0; " + (ends ? "while" : "{|AEH2003:while|}") + " (true) { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode || !" + question + ") return r.ReasonPhrase; await Task.Delay(1000); } }");

    // some failures are counted: the others are named
    [Theory]
    [InlineData(
        "using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.ServiceUnavailable) tries++; else if (r.StatusCode != HttpStatusCode.TooManyRequests) return r.ReasonPhrase;",
        "the retries of 429 of HTTP, as it does those of other failures")]
    [InlineData(
        "using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.ServiceUnavailable) tries++; else if (r.IsSuccessStatusCode) return r.ReasonPhrase;",
        "the retries of failures of HTTP such as 400, 401, 403, 404, 429, 500, as it does those of others")]
    [InlineData(
        "try { using var r = await client.GetAsync(url); if ((int)r.StatusCode < 500) return r.ReasonPhrase; tries++; } catch (TaskCanceledException) { }",
        "the retries of requests that got no answer, as it does those of other failures")]
    public Task Names_what_has_no_end(string attempt, string message) => RetryCase.CheckMessage(
        "async Task<string> Run(string url) { var tries = 0; {|#0:while|} (tries < 5) { " + attempt + " await Task.Delay(1000); } return null; }",
        Analyzers.Rules.RuleIds.UnboundedRetry,
        "No number of attempts, deadline or cancellation ends " + message);
}
