using ApiErrorHandling.Analyzers.Tests.Rules.Retries;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>
/// An end that a method makes which has nothing to do with requests. The flow takes it that such a method throws nothing, so
/// that a run of the program would disagree.
/// </summary>
public class RetryBoundsTests
{
    [Theory]
    [InlineData("if (--left < 0) throw new InvalidOperationException();", true)]
    [InlineData("--left;", false)]
    public Task Throws_after_so_many(string spend, bool ends) => RetryCase.Check(
        "int left = 5; void Spend() { " + spend + " } async Task<string> Run(string url) { " + (ends ? "while" : "{|AEH2003:while|}")
        + " (true) { var r = await client.GetAsync(url); if ((int)r.StatusCode < 500) return r.ReasonPhrase; Spend(); await Task.Delay(1000); } }");
}
