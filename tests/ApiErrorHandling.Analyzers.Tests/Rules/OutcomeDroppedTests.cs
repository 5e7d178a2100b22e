using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>AEH1010: which requests are dropped without a look at their outcome, and which are not.</summary>
public class OutcomeDroppedTests
{
    [Theory]
    [InlineData("await {|AEH1010:client.DeleteAsync(url)|};")]
    [InlineData("await {|AEH1010:client.PostAsync(url, null)|}.ConfigureAwait(false);")]
    [InlineData("var response = await {|AEH1010:client.DeleteAsync(url)|};")]
    [InlineData("using var response = await {|AEH1010:client.DeleteAsync(url)|}; logger.LogInformation(\"{Status}\", response.StatusCode);")]
    [InlineData("var response = await {|AEH1010:client.DeleteAsync(url)|}; Console.WriteLine($\"{(int)response.StatusCode} {response.ReasonPhrase}\");")]
    [InlineData("{|AEH1010:client.PostAsync(url, null)|}.Wait();")]
    [InlineData("var response = {|AEH1010:client.PutAsync(url, null)|}.Result; response.Dispose();")]
    [InlineData("{|AEH1010:client.Send(new HttpRequestMessage(HttpMethod.Delete, url))|}.Dispose();")]
    [InlineData("try { await {|AEH1010:client.DeleteAsync(url)|}; } catch (HttpRequestException e) { Console.WriteLine(e.Message); }")]
    [InlineData("button.Click += async (s, e) => await {|AEH1010:client.PostAsync(url, null)|};")]
    [InlineData("await {|AEH1010:Send(url)|};")]
    [InlineData("await {|AEH1010:SendTwice(url)|};")]
    [InlineData("await {|AEH1010:Tencent(\"https://cvm.api.qcloud.com/v2/index.php\")|};")]
    [InlineData("var answer = await {|AEH1010:client.GetFromJsonAsync<Answer>(\"https://cvm.api.qcloud.com/v2/index.php\")|};")]
    public Task Is_dropped(string body) => Check(body);

    [Theory]
    [InlineData("_ = await client.DeleteAsync(url);")]
    [InlineData("(await client.DeleteAsync(url)).EnsureSuccessStatusCode();")]
    [InlineData("var response = await client.DeleteAsync(url); if (!response.IsSuccessStatusCode) Console.WriteLine(\"failed\");")]
    [InlineData("var response = await client.DeleteAsync(url); Console.WriteLine(response.IsSuccessStatusCode ? \"ok\" : \"failed\");")]
    [InlineData("var response = await client.DeleteAsync(url); last = response.StatusCode;")]
    [InlineData("last2 = await client.DeleteAsync(url);")]
    [InlineData("var response = await client.DeleteAsync(url); Console.WriteLine(await response.Content.ReadAsStringAsync());")]
    [InlineData("var response = await client.GetAsync(url); Console.WriteLine(response.Headers.Location);")]
    [InlineData("await client.GetStringAsync(url);")]
    [InlineData("client.DeleteAsync(url);")]
    [InlineData("var task = client.DeleteAsync(url); Console.WriteLine(\"sent\");")]
    [InlineData("await Task.WhenAll(client.DeleteAsync(url), client.DeleteAsync(url));")]
    [InlineData("var all = new List<HttpResponseMessage>(); all.Add(await client.DeleteAsync(url));")]
    [InlineData("Assert.Ok(await client.DeleteAsync(url));")]
    [InlineData("await SendChecked(url);")]
    [InlineData("await TrySend(url);")]
    [InlineData("var answer = await client.GetFromJsonAsync<Answer>(\"https://cvm.api.qcloud.com/v2/index.php\"); if (answer!.code != 0) throw new Exception();")]
    [InlineData("foreach (var u in new[] { url }) { var r = await client.DeleteAsync(u); if (r.StatusCode != HttpStatusCode.OK) break; }")]
    public Task Is_looked_at(string body) => Check(body);

    [Fact]
    public Task The_caller_gets_it() => Check("", """
        Task<HttpResponseMessage> One(string url) => client.DeleteAsync(url);
        async Task<HttpResponseMessage> Two(string url) { var r = await client.DeleteAsync(url); return r; }
        async Task<bool> Three(string url) => (await client.DeleteAsync(url)).IsSuccessStatusCode;
        async Task<(int, HttpResponseMessage)> Four(string url) => (1, await client.DeleteAsync(url));
        """);

    [Fact]
    public Task A_handler_that_throws_is_the_check() => Check("await client.DeleteAsync(url);", """
        sealed class Checking : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage m, CancellationToken c)
            {
                var r = await base.SendAsync(m, c);
                if (!r.IsSuccessStatusCode) throw new InvalidOperationException();
                return r;
            }
        }
        """);

    private static Task Check(string body, string members = "") => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        $$"""
        using System.Net.Http.Json;
        using Microsoft.Extensions.Logging;

        class Answer { public int code { get; set; } }
        class Button { public event EventHandler? Click; void Raise() => Click?.Invoke(this, EventArgs.Empty); }

        class Program
        {
            readonly HttpClient client = new();
            readonly Button button = new();
            HttpStatusCode last;
            HttpResponseMessage? last2;

            async Task Run(string url, ILogger logger)
            {
                await Task.Yield();
                {{body}}
            }

            async Task<HttpResponseMessage> Send(string url) => await client.DeleteAsync(url);
            Task<HttpResponseMessage> SendTwice(string url) => Send(url + "/twice");
            async Task<Answer?> Tencent(string url) => await client.GetFromJsonAsync<Answer>(url);

            async Task<HttpResponseMessage> SendChecked(string url)
            {
                var response = await client.DeleteAsync(url);
                response.EnsureSuccessStatusCode();
                return response;
            }

            async Task<bool> TrySend(string url)
            {
                var response = await client.DeleteAsync(url);
                if (response.IsSuccessStatusCode) return true;
                Console.WriteLine("failed");
                return false;
            }

            {{members.ReplaceLineEndings("\n    ")}}
        }

        static class Assert { public static void Ok(HttpResponseMessage r) { if (!r.IsSuccessStatusCode) throw new Exception(); } }

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }
            public static class LoggerExtensions
            {
                public static void LogInformation(this ILogger logger, string message, params object[] args) { }
            }
        }
        """);
}
