using ApiErrorHandling.Analyzers.Tests.Rules.Retries;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>What is set for all clients of a process; programs that do it cannot be run beside others.</summary>
public class ProcessWideTests
{
    [Theory]
    [InlineData("HttpClient.DefaultProxy = new WebProxy(hosts[n], 80);")]
    [InlineData("WebRequest.DefaultWebProxy = new WebProxy(hosts[n], 80);")]
    public Task Another_proxy_for_all(string way) => RetryCase.Check(
        "async Task<string> Run(string[] hosts) { var n = 0; while (n < hosts.Length) { " + way + " n++; var r = await client.GetAsync(\"https://files.example/list\"); if (r.IsSuccessStatusCode) return r.ReasonPhrase; } return null; }");
}
