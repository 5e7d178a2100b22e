using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>Whether it is the failure of a request that leads back to it, and what happens on the way.</summary>
public class WhatLeadsBackTests
{
    // the status is looked at nowhere: what throws does so after success, too
    [Theory]
    [InlineData("using var r = await client.GetAsync(url); using var s = await {|AEH1002:r.Content.ReadAsStreamAsync()|}; if (!s.CanRead) throw new InvalidOperationException(); var m = new MemoryStream(); await s.CopyToAsync(m); return m.Length;")]
    [InlineData("using var r = await {|AEH1010:client.GetAsync(url)|}; if (url.Length > 9) throw new InvalidOperationException(); return url.Length;")]
    // it is
    [InlineData("using var r = await {|AEH2001:client.GetAsync(url)|}; r.EnsureSuccessStatusCode(); using var s = await r.Content.ReadAsStreamAsync(); if (!s.CanRead) throw new InvalidOperationException(); return s.Length;")]
    [InlineData("using var r = await {|AEH2001:client.GetAsync(url)|}; if (!r.IsSuccessStatusCode) throw new InvalidOperationException(); return r.Version.Major;")]
    public Task Exceptions(string attempt) => RetryCase.Check(
        "async Task<long> Run(string url) { for (var n = 0; n < 3; n++) { try { " + attempt + " } catch (Exception) { await Task.Delay(1000); } } return 0; }");

    // the first request may fail, it is the second that leads back
    [Theory]
    [InlineData("var n = -1L; try { n = (await Size(url)) ?? -1; } catch (Exception e) { Console.WriteLine(e); } try { using var r = await client.GetAsync(url + \"?n=\" + n); if ((int)r.StatusCode < 500) return; } catch (TaskCanceledException) { Console.WriteLine(n); } await Task.Delay(1000);")]
    [InlineData("try { await {|AEH1010:client.PutAsync(url, null)|}; } catch (HttpRequestException e) { Console.WriteLine(e); } var r = await client.GetAsync(url); if ((int)r.StatusCode < 500) return; await Task.Delay(1000);")]
    // both do
    [InlineData("try { var n = await {|AEH2001:Size(url)|}; using var r = await client.GetAsync(url + \"?n=\" + n); if ((int)r.StatusCode < 500) return; } catch (Exception) { } await Task.Delay(1000);")]
    public Task Of_two_requests(string attempt) => RetryCase.Check(
        "async Task Run(string url) { for (var k = 0; k < 3; k++) { " + attempt + " } } async Task<long?> Size(string url) { var r = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url)); r.EnsureSuccessStatusCode(); return r.Content.Headers.ContentLength; }");

    // a part of a range of 5xx is meant for those that pass, a status that is named is meant
    [Theory]
    [InlineData("(int)r.StatusCode >= 500 && (int)r.StatusCode <= 504", "client.GetAsync(url)")]
    [InlineData("(int)r.StatusCode is 500 or 501 or 503", "{|AEH2001:client.GetAsync(url)|}")]
    [InlineData("r.StatusCode == HttpStatusCode.NotImplemented", "{|AEH2001:client.GetAsync(url)|}")]
    public Task Ranges(string condition, string call) => RetryCase.Check(
        "async Task<string> Run(string url) { for (var n = 0; n < 3; n++) { var r = await " + call + "; if (" + condition + ") { await Task.Delay(1000); continue; } return r.ReasonPhrase; } return null; }");

    // a helper waits until something is true, whatever stands in the way
    [Theory]
    [InlineData("WaitUntilTrue", "client.GetStringAsync(url)")]
    [InlineData("Repeat", "{|AEH2001:client.GetStringAsync(url)|}")]
    [InlineData("WaitAndRetry", "{|AEH2001:client.GetStringAsync(url)|}")]
    public Task Helpers_that_wait_until(string name, string call) => RetryCase.Check(
        "Task Run(string url) => " + name + "(TimeSpan.FromMinutes(1), async () => Verify.Equal(3, (await " + call + ").Length)); "
        + "static async Task " + name + "(TimeSpan most, Func<Task> check) { var watch = Stopwatch.StartNew(); while (watch.Elapsed < most) { try { await check(); return; } catch (Exception) { } await Task.Delay(1000); } }",
        "static class Verify { public static void Equal(int x, int y) { if (x != y) throw new InvalidOperationException(); } }");

    // how it goes is decided anew in each round
    [Theory]
    [InlineData("way++;", "while", "client.SendAsync(message)")]
    [InlineData("n++;", "{|AEH3001:while|}", "{|AEH2001:client.SendAsync(message)|}")]
    public Task Ways_that_are_chosen(string step, string loop, string call) => RetryCase.Check(
        "async Task<string> Run(string url) { var n = 0; var way = Way.New; " + loop + " (way != Way.None && n < 5) { var message = new HttpRequestMessage(HttpMethod.Get, url); switch (way) { case Way.New: message.Version = HttpVersion.Version20; break; case Way.Old: message.Version = HttpVersion.Version11; break; } using var r = await " + call + "; if (r.IsSuccessStatusCode) return r.ReasonPhrase; " + step + " } return null; }",
        "enum Way { New, Old, None }");

    // a text that the helper reads is set to something else, a number that it counts is not
    [Theory]
    [InlineData("Place.Name = \"main\";", "Place.Get()")]
    [InlineData("Place.Calls = 0;", "{|AEH2001:Place.Get()|}")]
    public Task What_the_helper_reads(string set, string call) => RetryCase.Check(
        "async Task<string> Run() { try { return await " + call + "; } catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound) { " + set + " return await Place.Get(); } }",
        "static class Place { static readonly HttpClient client = new(); public static string Name { get; set; } = \"beta\"; public static int Calls { get; set; } public static Task<string> Get() { Calls++; return client.GetStringAsync(\"https://host.example/\" + Name); } }");

    // one more attempt with what was made anew needs no wait
    [Theory]
    [InlineData("await Renew();", "client.GetAsync(url)")]
    [InlineData("Console.WriteLine(url);", "{|AEH3001:client.GetAsync(url)|}")]
    public Task One_more_attempt(string between, string call) => RetryCase.Check(
        "async Task<HttpResponseMessage> Run(string url) { try { return await client.GetAsync(url); } catch (HttpRequestException) { " + between + " return await " + call + "; } } "
        + "async Task Renew() { client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(\"Bearer\", await client.GetStringAsync(\"https://login.example/\")); }");

    // the type is compared, of one that is thrown for the status and of one that derives from what is asked for
    [Theory]
    [InlineData("if (e.GetType() == typeof(RefusedException)) { throw; } await Task.Delay(1000);", "client.GetAsync(url)")]
    [InlineData("if (e.GetType() != typeof(RefusedException)) { await Task.Delay(1000); continue; } throw;", "client.GetAsync(url)")]
    [InlineData("if (e.GetType() == typeof(RefusedException)) { n++; } await Task.Delay(1000);", "{|AEH2001:client.GetAsync(url)|}")]
    [InlineData("if (e.GetType() == typeof(InvalidOperationException)) { throw; } await Task.Delay(1000);", "{|AEH2001:client.GetAsync(url)|}")]
    [InlineData("if (e.GetType() == typeof(TimeoutException)) { throw; } await Task.Delay(1000);", "{|AEH2001:client.GetAsync(url)|}")]
    public Task The_type_of_a_failure(string handler, string call) => RetryCase.Check(
        "async Task<string> Run(string url) { for (var n = 0; n < 3; n++) { try { var r = await " + call + "; if (!r.IsSuccessStatusCode) throw new RefusedException(); return r.ReasonPhrase; } catch (Exception e) { " + handler + " } } return null; }",
        "class RefusedException : InvalidOperationException { }");

    // a method that calls itself waits before it sends
    [Theory]
    [InlineData("if (n > 0) await Task.Delay(1000); var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.ServiceUnavailable && n < 5) return await Run(url, n + 1); r.EnsureSuccessStatusCode(); return r.ReasonPhrase;")]
    [InlineData("await Pause(n); var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.ServiceUnavailable && n < 5) return await Run(url, n + 1); r.EnsureSuccessStatusCode(); return r.ReasonPhrase;")]
    [InlineData("var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.ServiceUnavailable && n < 5) return await {|AEH3001:Run(url, n + 1)|}; r.EnsureSuccessStatusCode(); await Task.Delay(1000); return r.ReasonPhrase;")]
    public Task Waits_at_the_entry(string body) => RetryCase.Check(
        "async Task<string> Run(string url, int n = 0) { " + body + " } static Task Pause(int n) => Task.Delay(n * 100);");

    // somebody is asked, and takes a while
    [Theory]
    [InlineData("Console.WriteLine(e.Message); if (Console.ReadLine() != \"y\") throw;")]
    [InlineData("Console.WriteLine(e.Message); Console.ReadKey();")]
    [InlineData("if (!MessageBox.Show(e.Message)) throw;")]
    [InlineData("if (!Ask(e.Message)) throw;")]
    public Task Questions(string question) => RetryCase.Check(
        "async Task<string> Run(string url) { for (var n = 0; n < 3; n++) { try { return await client.GetStringAsync(url); } catch (TaskCanceledException e) { " + question + " } } return null; } static bool Ask(string text) { Console.Write(text); return Console.ReadLine() == \"y\"; }",
        "static class MessageBox { public static bool Show(string text) { throw new NotImplementedException(); } }");

    // a person decides, whatever failed
    [Theory]
    [InlineData("if (Console.ReadLine() != \"y\") throw;")]
    [InlineData("if (!MessageBox.Show(e.Message)) throw;")]
    [InlineData("if (!Ask(e.Message)) throw;")]
    public Task Answers(string question) => RetryCase.Check(
        "async Task<string> Run(string url) { for (var n = 0; n < 3; n++) { try { return await client.GetStringAsync(url); } catch (HttpRequestException e) { " + question + " } } return null; } static bool Ask(string text) { Console.Write(text); return Console.ReadLine() == \"y\"; }",
        "static class MessageBox { public static bool Show(string text) { throw new NotImplementedException(); } }");

    // the second attempt asks for something else, and there is no third
    [Fact]
    public Task What_stands_in_the_place_of_nothing() => RetryCase.Check(
        "async Task<string> Run(string url) { var lower = default(string); again: try { return await client.GetStringAsync(lower ?? url); } catch (Exception) { if (lower != null) throw; lower = url.ToLower(); goto again; } }");

    // what a failure asks for goes with the next attempt; what is made before each is the same
    [Theory]
    [InlineData("string key = null; while (true)", "", "key = ask();", "client.GetAsync(url + key)")]
    [InlineData("string key = null; for (var n = 0; n < 3; n++)", "key = ask();", "", "{|AEH2001:client.GetAsync(url + key)|}")]
    public Task What_the_first_went_without(string loop, string before, string after, string call) => RetryCase.Check(
        "async Task<string> Run(string url, Func<string> ask) { " + loop + " { " + before + " var r = await " + call + "; if (r.StatusCode == HttpStatusCode.Forbidden) { " + after + " await Task.Delay(1000); continue; } return r.ReasonPhrase; } " + (loop.Contains("for") ? "return null; " : "") + "}");

    // what is started on the same machine, or asked for until somebody has agreed
    [Theory]
    [InlineData("Run", "client.GetStringAsync(\"http://localhost:5000/cars\")")]
    [InlineData("PollForToken", "client.GetStringAsync(url)")]
    [InlineData("Shopping", "{|AEH2001:client.GetStringAsync(url)|}")]
    [InlineData("Run", "{|AEH2001:client.GetStringAsync(\"https://shopping.example/cars\")|}")]
    public Task What_is_waited_for(string name, string request) => RetryCase.Check(
        "async Task<string> " + name + "(string url) { for (var n = 0; n < 20; n++) { try { return await " + request + "; } catch (HttpRequestException) { await Task.Delay(20000); } } return null; }");

    // what is asked about a status that there is none of cannot be read
    [Theory]
    [InlineData("ShouldRetry(0, n)", "client.GetAsync(url)")]
    [InlineData("MayGoOn(n)", "{|AEH2001:client.GetAsync(url)|}")]
    public Task Predicates(string predicate, string request) => RetryCase.Check(
        "static int[] Known() => new[] { 500, 503 }; public int[] Statuses { get; set; } = Known(); async Task<string> Run(string url) { for (var n = 0; ; n++) { try { using var r = await " + request + "; r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } "
        + "catch (Exception) { if (!" + predicate + ") throw; await Task.Delay(1000); } } } "
        + "bool ShouldRetry(int statusCode, int n) => n < 3 && Statuses.Contains(statusCode); bool MayGoOn(int n) => n < 3 && Statuses != null;");

    // what is sent the second time carries other cookies
    [Theory]
    [InlineData("var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.Forbidden) { jar.Add(new Cookie(\"c\", \"1\", \"/\", \"files.example\")); r = await client.GetAsync(url); } return await r.Content.ReadAsStringAsync();")]
    [InlineData("var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.Forbidden) { Solve(); r = await client.GetAsync(url); } return await r.Content.ReadAsStringAsync();")]
    public Task Cookies(string body) => RetryCase.Check(
        "readonly CookieContainer jar = new(); async Task<string> Run(string url) { " + body.Replace("return await r.Content.ReadAsStringAsync();", "r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();") + " } void Solve() => jar.Add(new Cookie(\"c\", \"1\", \"/\", \"files.example\"));");

    // each attempt carries the same
    [Theory]
    [InlineData("jar.Add(new Cookie(\"c\", \"1\", \"/\", \"files.example\"));")]
    [InlineData("Solve();")]
    public Task Cookies_of_each_attempt(string add) => RetryCase.Check(
        "readonly CookieContainer jar = new(); async Task<string> Run(string url) { for (var n = 0; n < 3; n++) { try { " + add + " return await {|AEH2001:client.GetStringAsync(url)|}; } catch (HttpRequestException) { await Task.Delay(1000); } } return null; } void Solve() => jar.Add(new Cookie(\"c\", \"1\", \"/\", \"files.example\"));");

    // what is permanent is listed, if not all of it
    [Theory]
    [InlineData("HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound", "client.GetAsync(url)")]
    [InlineData("HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden", "{|AEH2001:client.GetAsync(url)|}")]
    public async Task Lists(string permanent, string request)
    {
        await RetryCase.Check(
            "static readonly HttpStatusCode[] Permanent = { " + permanent + " }; async Task<string> Run(string url) { for (var n = 0; n < 3; n++) { using var r = await "
            + request + "; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if (Permanent.Contains(r.StatusCode)) break; await Task.Delay(1000); } return null; }");

        // the counter of what is left is told apart from one that counts what was
        await RetryCase.Check(
            "static readonly HttpStatusCode[] Permanent = { " + permanent + " }; async Task<string> Run(string url, int retries = 3) { var left = retries + 1; var tries = 0; var random = new Random(); "
            + "while (true) { left--; HttpResponseMessage r = null; var delay = TimeSpan.FromSeconds((retries - left) * random.Next(1, 7)); tries++; try { using (var m = new HttpRequestMessage(HttpMethod.Get, url)) { r = await "
            + request.Replace("GetAsync(url)", "SendAsync(m)", StringComparison.Ordinal) + "; if (Permanent.Contains(r.StatusCode)) left = 0; r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } } "
            + "catch (Exception e) when (e is HttpRequestException || e is TaskCanceledException) { if (left <= 0) throw; Console.WriteLine(tries); await Task.Delay(delay); } } }");
    }

    // the last round is told by a number that is kept in a local
    [Fact]
    public Task The_last_round() => RetryCase.Check(
        "async Task<string> Run(string url) { string text = null; async Task Get(int n) { if (n > 0) Console.WriteLine(n); text = await {|AEH2001:client.GetStringAsync(url)|}; } "
        + "var attempts = 6; var more = 2500; for (var i = 0; i < attempts; i++) { if (i == attempts - 1) await Get(more); "
        + "else { try { await Get(more); break; } catch (Exception) { more += 2500; await Task.Delay(more); } } } return text; }");

    // what the address was made of before the first attempt may change
    [Theory]
    [InlineData("var url = Address();", "{|AEH2001:client.GetAsync(url)|}")]
    [InlineData("", "client.GetAsync(Address())")]
    public Task What_was_read_before(string before, string request) => RetryCase.Check(
        "string last = \"\"; string Address() => \"https://files.example/\" + last; void Note(string text) { last = text; Console.WriteLine(text); } "
        + "async Task<string> Run() { " + before + " for (var n = 0; n < 3; n++) { using var r = await " + request
        + "; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); Note(r.ReasonPhrase); await Task.Delay(1000); } return null; }");

    // one or the other, however much else differs meanwhile
    [Fact]
    public Task Under_opposite_conditions() => RetryCase.Check(
        "async Task<string> Run(string url, bool isFull) { "
        + string.Concat("abcd".Select(c => $"var {c} = url.Contains(\"{c}\"); if ({c}) Console.WriteLine({c}); "))
        + "string text = null; lock (client) { if (isFull) { try { text = client.GetStringAsync(url).Result; } catch (AggregateException e) { Console.WriteLine(e.Message); } } } "
        + "if (!isFull) text = await client.GetStringAsync(url); return text + a + b + c + d; }");

    // the helper's last attempt returns what came, so that it returns nothing after an exception alone
    [Theory]
    [InlineData("response == null", "while", "if (n == 1) return r;")]
    [InlineData("response == null || response.StatusCode == HttpStatusCode.ServiceUnavailable", "{|AEH2003:while|}", "if (n == 1) return r;")]
    [InlineData("response == null || response.StatusCode == HttpStatusCode.ServiceUnavailable", "{|AEH2003:while|}", "if (n >= 1) return r;")]
    public Task The_last_attempt_of_a_helper(string condition, string loop, string last) => RetryCase.Check(
        "async Task<HttpResponseMessage> Once(string url) { Exception last = null; for (var n = 0; n < 2; n++) { try { var r = await {|AEH2001:client.GetAsync(url)|}; "
        + "if (r.StatusCode == HttpStatusCode.OK) return r; " + last + " r.Dispose(); await Task.Delay(1000); } catch (HttpRequestException e) { last = e; await Task.Delay(1000); } } "
        + "if (last != null) throw last; return null; } "
        + "async Task<string> Run(string url) { var response = await Once(url); " + loop + " (" + condition + ") { await Task.Delay(1000); response = await Once(url); } return response.ReasonPhrase; }");

    // a part of the address is fetched anew
    [Fact]
    public Task Fetched_anew() => RetryCase.Check(
        "string build = \"1\"; async Task<string> Run(string route, bool isFirst = true) { var r = await client.GetAsync(\"https://files.example/\" + build + route); if (r.StatusCode == HttpStatusCode.Forbidden && isFirst) { await Task.Delay(1000); await Refresh(); return await Run(route, isFirst: false); } r.EnsureSuccessStatusCode(); return r.ReasonPhrase; } async Task Refresh() => build = await client.GetStringAsync(\"https://files.example/\");");

    // asked until it runs, whoever asks
    [Theory]
    [InlineData("IsRunning")]
    [InlineData("Ping")]
    public Task Waiting_by_a_helper(string name) => RetryCase.Check(
        $"async Task Run(string url) {{ for (var n = 0; n < 9 && !await {name}(url); n++) await Task.Delay(1000); }} async Task<bool> {name}(string url) {{ try {{ var r = await client.GetAsync(url); return r.StatusCode == HttpStatusCode.OK; }} catch (Exception) {{ return false; }} }}");
}
