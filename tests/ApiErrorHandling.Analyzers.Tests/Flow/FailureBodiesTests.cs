using ApiErrorHandling.Analyzers.Tests.Rules.Retries;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Bodies of failures that older clients throw.</summary>
public class FailureBodiesTests
{
    // the body of the failure is read on the way
    [Fact]
    public Task Reads_what_came_with_the_failure() => RetryCase.Check(
        "string Run(string url) { for (var n = 0; n < 3; n++) { try { return {|AEH2001:Get(url)|}; } catch (Exception) { Thread.Sleep(1000); } } return null; } "
        + "static string Get(string url) { var q = (HttpWebRequest)WebRequest.Create(url); try { using (var answer = q.GetResponse()) return new StreamReader(answer.GetResponseStream()).ReadToEnd(); } "
        + "catch (WebException e) { using (var stream = e.Response.GetResponseStream()) { Console.WriteLine(new StreamReader(stream).ReadToEnd()); } throw; } }");
}
