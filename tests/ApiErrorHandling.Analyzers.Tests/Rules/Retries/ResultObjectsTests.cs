using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>What an attempt or a strategy tells by an object, a text or an exception of its own.</summary>
public class ResultObjectsTests
{
    [Theory]
    [InlineData("if (n > 2) return new Verdict(false); return new Verdict(Passes(r));", true)]
    [InlineData("if (n > 2) return new Verdict(false); var again = r == null || Passes(r); return new Verdict(again);", true)]
    [InlineData("if (n <= 2 && Passes(r)) return new Verdict(true); return new Verdict(false);", true)]
    [InlineData("return new Verdict(n <= 2 && (int)r.StatusCode >= 500);", false)]
    [InlineData("if (n > 2 || (int)r.StatusCode < 500) return new Verdict(false); return new Verdict(true);", false)]
    public Task Verdicts(string verdict, bool isReported) => RetryCase.Check(
        "async Task<string> Run(string url) { var n = 0; while (true) { var r = await " + (isReported ? "{|AEH2001:client.GetAsync(url)|}" : "client.GetAsync(url)")
            + "; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); var verdict = Judge(r, n); if (!verdict.GoesOn) return null; await Task.Delay(1000); n++; } } "
            + "static Verdict Judge(HttpResponseMessage r, int n) { " + verdict + " } "
            + "static bool Passes(HttpResponseMessage r) => (int)r.StatusCode >= 500 || r.StatusCode == HttpStatusCode.NotFound || r.StatusCode == HttpStatusCode.Gone;",
        "class Verdict { public Verdict(bool again) { GoesOn = again; } public bool GoesOn { get; } }");

    // null, or what went wrong
    [Theory]
    [InlineData("return e.Message;")]
    [InlineData("return e.ToString();")]
    public Task Words(string told) => RetryCase.Check(
        "async Task<bool> Run(string url) { var n = 0; while (true) { var error = await {|AEH2001:Try(url)|}; if (error is null) return true; if (++n == 3) return false; await Task.Delay(1000); } } "
        + "async Task<string> Try(string url) { try { Console.WriteLine(await client.GetStringAsync(url)); return null; } catch (Exception e) { " + told + " } }");

    // the exception is made elsewhere, with what it says of waiting
    [Theory]
    [InlineData("if (wait is not null) made.Data[\"wait\"] = wait;")]
    [InlineData("if (wait.HasValue) made.Data[\"wait\"] = wait.Value;")]
    public Task Made_with_a_wait(string kept) => RetryCase.Check(
        "async Task<string> Run(string url) { var n = 0; while (true) { try { var r = await {|AEH2001:client.GetAsync(url)|}; if (!r.IsSuccessStatusCode) throw Failure(r.StatusCode, await r.Content.ReadAsStringAsync(), WaitOf(r)); return r.ReasonPhrase; } "
        + "catch (Exception e) { if (++n >= 3) throw; await Task.Delay(e.Data[\"wait\"] as TimeSpan? ?? TimeSpan.FromSeconds(1)); } } } "
        + "static HttpRequestException Failure(HttpStatusCode status, string text, TimeSpan? wait) { var made = new HttpRequestException(text, null, status); " + kept + " return made; } "
        + "static TimeSpan? WaitOf(HttpResponseMessage r) { if (r.Headers.RetryAfter?.Delta is { } told) return told; return null; }");

    // around another of its kind
    [Fact]
    public Task Decorators() => RetryCase.Check(
        "async Task<string> Run(string url) => await new Patient(new Slow(new Direct())).Get(url);",
        """
        interface IPages { Task<string> Get(string url); }
        class Direct : IPages { readonly HttpClient client = new(); public async Task<string> Get(string url) { var r = await client.GetAsync(url); return r.IsSuccessStatusCode ? await r.Content.ReadAsStringAsync() : throw new Failed(r.StatusCode); } }
        class Slow : IPages { readonly IPages inner; public Slow(IPages inner) { this.inner = inner; } public async Task<string> Get(string url) { await Task.Delay(100); return await inner.Get(url); } }
        class Patient : IPages
        {
            readonly IPages inner;
            public Patient(IPages inner) { this.inner = inner; }
            public async Task<string> Get(string url)
            {
                for (var n = 0; n < 3; n++)
                {
                    try { return await {|AEH2001:inner.Get(url)|}; }
                    catch (Failed) { await Task.Delay(1000); }
                }

                return null;
            }
        }
        """);

    // one place, two requests
    [Fact]
    public Task Of_an_interface() => RetryCase.Check(
        "readonly IPages pages = new Direct(); async Task<string> Run(string url) { for (var n = 0; n < 3; n++) { try { return await {|AEH2001:pages.Get(url)|}; } catch (Exception) { await Task.Delay(1000); } } return null; }",
        """
        interface IPages { Task<string> Get(string url); }
        class Direct : IPages { readonly HttpClient client = new(); public Task<string> Get(string url) => client.GetStringAsync(url); }
        class Upper : IPages { readonly HttpClient client = new(); public async Task<string> Get(string url) => (await client.GetStringAsync(url)).ToUpperInvariant(); }
        """);

    // what cannot be read is taken at its name
    [Theory]
    [InlineData("Unauthorized")]
    [InlineData("NotFound")]
    public Task Taken_at_its_name(string name) => RetryCase.Check(
        "async Task<string> Run(string url) { var n = 0; while (true) { try { var r = await client.GetAsync(url); var text = await r.Content.ReadAsStringAsync(); if (!r.IsSuccessStatusCode) { if (text.Contains(\"come again\")) throw new " + name
        + "(); r.EnsureSuccessStatusCode(); } return text; } catch (" + name + ") when (n++ < 2) { await Forget(); } } } async Task Forget() { key = await client.GetStringAsync(\"https://files.example/key\"); client.DefaultRequestHeaders.Add(\"Key\", key); } string key;",
        "class " + name + " : Exception { }");

    // an exception of the project that tells what it is worth
    [Theory]
    [InlineData("e.IsTransient && n < 4", "client.GetAsync(url)")]
    [InlineData("e is { IsTransient: true } && n < 4", "client.GetAsync(url)")]
    [InlineData("!e.IsTransient && n < 4", "{|AEH2001:client.GetAsync(url)|}")]
    public Task Exceptions_that_tell(string filter, string call) => RetryCase.Check(
        "async Task<string> Run(string url) { for (var n = 1; ; n++) { try { using var r = await " + call + "; if (!r.IsSuccessStatusCode) throw new ApiException(r.StatusCode); return r.ReasonPhrase; } catch (ApiException e) when (" + filter + ") { await Task.Delay(1000 << n); } } }",
        "class ApiException : Exception { public HttpStatusCode Status { get; } public bool IsTransient => (int)Status >= 500 || Status == HttpStatusCode.TooManyRequests; public ApiException(HttpStatusCode status) { Status = status; } }");
}
