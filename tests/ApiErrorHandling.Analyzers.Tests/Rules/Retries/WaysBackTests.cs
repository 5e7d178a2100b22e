using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>Ways back that are no plain loop, and what the request is made of on them.</summary>
public class WaysBackTests
{
    [Theory]
    [InlineData("again: try { return await {|AEH2003:client.GetStringAsync(url)|}; } catch (HttpRequestException e) when (e.StatusCode is null) { await Task.Delay(1000); goto again; }")]
    [InlineData("again: var once = false; var r = await {|AEH2003:client.GetAsync(url)|}; if (r.StatusCode == HttpStatusCode.TooManyRequests && !once) { once = true; await Task.Delay(1000); goto again; } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();")]
    // counted for the log alone
    [InlineData("var n = 0; again: var r = await {|AEH2003:client.GetAsync(url)|}; if (r.StatusCode == HttpStatusCode.TooManyRequests) { n++; Console.WriteLine(n); await Task.Delay(1000); goto again; } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();")]
    [InlineData("var n = 0; while (n < 9) { n++; again: try { return await {|AEH2003:client.GetStringAsync(url)|}; } catch (TaskCanceledException) { await Task.Delay(1000); goto again; } } return null;")]
    public Task Jumps_back_without_end(string body) => RetryCase.CheckBody(body);

    [Theory]
    [InlineData("var n = 0; again: try { return await client.GetStringAsync(url); } catch (TaskCanceledException) { if (n++ < 3) { await Task.Delay(1000); goto again; } throw; }")]
    [InlineData("var n = 0; again: try { return await client.GetStringAsync(url); } catch (TaskCanceledException) { if (++n > 3) throw; await Task.Delay(1000); } goto again;")]
    [InlineData("var n = 0; again: try { return await client.GetStringAsync(url); } catch (TaskCanceledException) when (n++ < 3) { await Task.Delay(1000); goto again; }")]
    [InlineData("var n = 0; again: if (n++ > 3) return null; try { return await client.GetStringAsync(url); } catch (TaskCanceledException) { await Task.Delay(1000); goto again; }")]
    [InlineData("again: try { return await client.GetStringAsync(url); } catch (TaskCanceledException) { await Task.Delay(1000, token); goto again; }")]
    [InlineData("var once = false; again: var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests && !once) { once = true; await Task.Delay(1000); goto again; } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();")]
    [InlineData("var may = true; while (true) { var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests && may) { may = false; await Task.Delay(1000); continue; } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }")]
    public Task Jumps_back_with_an_end(string body) => RetryCase.CheckBody(body);

    [Fact]
    public Task Jumps_back_after_success() => RetryCase.CheckBody(
        "again: var r = await {|AEH3001:client.GetAsync(url)|}; if (r.IsSuccessStatusCode) goto again; return r.ReasonPhrase;");

    // the same place in the list once more
    [Theory]
    [InlineData("{|AEH2003:{|AEH3001:for|}|} (var i = 0; i < urls.Count; i++) { try { Console.WriteLine(await {|AEH2001:client.GetStringAsync(urls[i])|}); } catch (Exception) { i--; } }")]
    [InlineData("{|AEH2003:for|} (var i = 0; i < urls.Count; i++) { var r = await client.GetAsync(urls[i]); if (r.StatusCode == HttpStatusCode.TooManyRequests) { await Task.Delay(1000); i--; continue; } Console.WriteLine(r.StatusCode); }")]
    [InlineData("var n = 0; for (var i = 0; i < urls.Count; i++) { try { Console.WriteLine(await {|AEH2001:client.GetStringAsync(urls[i])|}); n = 0; } catch (Exception) { if (n++ < 3) { await Task.Delay(1000); i--; } } }")]
    [InlineData("var n = 0; for (var i = 0; i < urls.Count; i++) { try { Console.WriteLine(await {|AEH2001:client.GetStringAsync(urls[i])|}); n = 0; } catch (Exception) { i--; if (++n > 3) throw; await Task.Delay(1000); } }")]
    // another one
    [InlineData("for (var i = 0; i < urls.Count; i++) { try { Console.WriteLine(await client.GetStringAsync(urls[i])); } catch (Exception) { urls.RemoveAt(i); i--; } }")]
    [InlineData("for (var i = urls.Count - 1; i >= 0; i--) { try { Console.WriteLine(await client.GetStringAsync(urls[i])); } catch (Exception) { } }")]
    public Task Steps_back(string loop) => RetryCase.Check("async Task Run(List<string> urls) { " + loop + " }");

    [Theory]
    // put together in the same way each time
    [InlineData("var at = \"https://a.example/\" + url; at += \"?q=1\"; return await {|AEH2001:client.GetStringAsync(at)|};")]
    [InlineData("string at; if (isNew) at = \"https://a.example/\" + url; else at = \"https://b.example/\" + url; return await {|AEH2001:client.GetStringAsync(at)|};")]
    [InlineData("var at = url; foreach (var part in parts) at += part; return await {|AEH2001:client.GetStringAsync(at)|};")]
    [InlineData("last = url; if (isNew) last += \"/\"; return await {|AEH2001:client.GetStringAsync(last)|};")]
    // as the round says
    [InlineData("string at; if (n == 0) at = url; else at = \"https://b.example/\" + url; return await client.GetStringAsync(at);")]
    [InlineData("var at = url; if (isPlain) at += \"?plain\"; isPlain = false; return await client.GetStringAsync(at);")]
    [InlineData("last = url + isPlain; isPlain = false; return await client.GetStringAsync(last);")]
    [InlineData("last += \"/\"; return await client.GetStringAsync(last);")]
    [InlineData("var at = url + n; at += \"/\"; return await client.GetStringAsync(at);")]
    public Task Addresses_made_in_the_attempt(string attempt) => RetryCase.Check(
        "async Task<string> Run(string url, bool isNew, string[] parts) { var isPlain = true; var last = url; for (var n = 0; n < 3; n++) { try { " + attempt
        + " } catch (Exception) { await Task.Delay(1000); } } return last + isPlain; }");

    // a message can be sent but once
    [Theory]
    [InlineData("q = await Copy(q).ConfigureAwait(false);")]
    [InlineData("q = await Copy(q);")]
    [InlineData("q = await Copy(kept);")]
    public Task Copies_of_a_message(string copy) => RetryCase.Check(
        "async Task<string> Run(string url) { var q = new HttpRequestMessage(HttpMethod.Get, url); var kept = await Copy(q); return await Send(q, kept); } "
        + "async Task<string> Send(HttpRequestMessage q, HttpRequestMessage kept) { for (var n = 0; n < 3; n++) { try { var r = await {|AEH2001:client.SendAsync(q)|}; r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } catch (HttpRequestException) { await Task.Delay(1000); "
        + copy + " } } return null; } "
        + "static async Task<HttpRequestMessage> Copy(HttpRequestMessage q) { await Task.Yield(); return new HttpRequestMessage(q.Method, q.RequestUri); }");

    // what comes out of a call is no part of what it asks for
    [Fact]
    public Task Tells_by_an_out_argument() => RetryCase.Check(
        "async Task<string> Run(string url) { {|AEH3001:for|} (var n = 0; n < 3; n++) { if (Try(url, out var status)) return \"\" + status; } return null; } "
        + "bool Try(string url, out HttpStatusCode status) { var r = client.GetAsync(url).Result; status = r.StatusCode; return r.IsSuccessStatusCode; }");

    // the same for each item, with cookies of its own
    [Theory]
    [InlineData("for (var i = 0; i < urls.Length; i++) { try { await Page(urls[i], await Key()); } catch (Exception e) { Console.WriteLine(e); } }")]
    [InlineData("foreach (var url in urls) { try { await Page(url, await Key()); } catch (Exception e) { Console.WriteLine(e); } }")]
    public Task The_same_for_each_item(string loop) => RetryCase.Check(
        "async Task Run(string[] urls) { " + loop + " } "
        + "async Task<string> Key() { using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() }; using var http = new HttpClient(handler); return (await http.GetAsync(\"https://files.example/start\")).ReasonPhrase; } "
        + "async Task Page(string url, string key) { using var handler = new HttpClientHandler(); handler.CookieContainer = new CookieContainer(); handler.CookieContainer.Add(new Uri(url), new Cookie(\"key\", key)); using var http = new HttpClient(handler); Console.WriteLine(await http.GetStringAsync(url)); }");

    // drawn by lot each time
    [Fact]
    public Task Answers_by_lot() => RetryCase.Check(
        "async Task<string> Run(string url) { HttpResponseMessage r; var n = 0; do { r = await client.PostAsync(url, new StringContent(RandomText())); n++; } while (!r.IsSuccessStatusCode && n < 3); return r.ReasonPhrase; } static string RandomText() => Guid.NewGuid().ToString();");

    // what stood in the way is taken away first
    [Fact]
    public Task Cause_taken_away() => RetryCase.Check(
        "async Task<string> Run(string url) { for (var n = 0; n < 3; n++) { var r = await client.PostAsync(url, new StringContent(\"a\")); if (r.StatusCode == HttpStatusCode.UnprocessableEntity) { (await client.DeleteAsync(url + \"/block\")).EnsureSuccessStatusCode(); continue; } r.EnsureSuccessStatusCode(); return r.ReasonPhrase; } return null; }");

    // told in the same words that this or that failed
    [Fact]
    public Task Tells_of_a_failure_twice() => RetryCase.Check(
        "async Task Run(string url) { try { var text = await client.GetStringAsync(url); if (text == \"no\") { await Tell(\"failed\"); return; } await Tell(\"well\"); } catch (Exception) { await Tell(\"failed\"); } } "
        + "async Task Tell(string text) => (await client.PostAsync(\"https://chat.example/say\", new StringContent(text))).EnsureSuccessStatusCode();");

    // which of two ended first says nothing of how
    [Theory]
    [InlineData("var ended = await Task.WhenAny(sending, Task.Delay(9000)); if (ended != sending) throw new TimeoutException(); var r = await sending;")]
    [InlineData("if (await Task.WhenAny(sending, Task.Delay(9000)) != sending) throw new TimeoutException(); var r = await sending;")]
    public Task Ends_before_a_delay(string rest) => RetryCase.CheckBody(
        "for (var n = 0; n < 3; n++) { try { var sending = {|AEH2001:client.GetAsync(url)|}; " + rest
        + " r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } catch (HttpRequestException) { await Task.Delay(1000); } } return null;");

    // a redirect is followed by hand: another address
    [Theory]
    [InlineData("url = \"https://files.example/list\"; for (var n = 0; n < 5; n++) { try { again: var q = (HttpWebRequest)WebRequest.Create(url); var r = (HttpWebResponse){|AEH2001:q.GetResponse()|}; var next = r.Headers.Get(\"Location\"); if (next != null) { url = next; goto again; } return new StreamReader(r.GetResponseStream()).ReadToEnd(); } catch (Exception) { await Task.Delay(1000); } } return null;")]
    [InlineData("again: var r = await client.GetAsync(url); if (r.Headers.Location != null) { url = r.Headers.Location.ToString(); goto again; } r.EnsureSuccessStatusCode(); return r.ReasonPhrase;")]
    [InlineData("while (true) { var r = await client.GetAsync(url); if (r.Headers.Location == null) return r.ReasonPhrase; url = r.Headers.Location.ToString(); }")]
    // the next page, and the same page once more
    [InlineData("{|AEH2003:while|} (url != null) { try { var page = await {|AEH2001:client.GetFromJsonAsync<Page>(url)|}; url = page.next; } catch (HttpRequestException) { await Task.Delay(1000); } } return null;")]
    [InlineData("while (url != null) { var page = await client.GetFromJsonAsync<Page>(url); url = page.next; } return null;")]
    public Task Another_address_out_of_the_answer(string body) => RetryCase.Check(
        "async Task<string> Run(string url) { " + body + " }", "class Page { public string next { get; set; } }");

    // by another proxy, to another server
    [Theory]
    [InlineData("foreach (var p in hosts) { try { using var web = new WebClient(); web.Proxy = new WebProxy(p, 80); return web.DownloadString(\"https://files.example/list\"); } catch (Exception) { } } return null;")]
    [InlineData("foreach (var p in hosts) { try { using var web = new WebClient { Proxy = new WebProxy(p, 80) }; return web.DownloadString(\"https://files.example/list\"); } catch (Exception) { } } return null;")]
    [InlineData("foreach (var p in hosts) { try { using var http = new HttpClient(new HttpClientHandler { Proxy = new WebProxy(p, 80) }); return await http.GetStringAsync(\"https://files.example/list\"); } catch (Exception) { } } return null;")]
    [InlineData("foreach (var p in hosts) { try { var handler = new HttpClientHandler { Proxy = new WebProxy(p, 80) }; using var http = new HttpClient(handler); return await http.GetStringAsync(\"https://files.example/list\"); } catch (Exception) { } } return null;")]
    [InlineData("foreach (var p in hosts) { try { using var web = new Patient(); web.Proxy = new WebProxy(p, 80); return web.DownloadString(\"https://files.example/list\"); } catch (Exception) { } } return null;")]
    [InlineData("foreach (var p in hosts) { try { using var http = new HttpClient { BaseAddress = new Uri(p) }; return await http.GetStringAsync(\"list\"); } catch (Exception) { } } return null;")]
    // of a client made anew, and waited for longer
    [InlineData("for (var n = 1; n < 4; n++) { try { using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(90 * n) }; return await {|AEH2001:http.GetStringAsync(\"https://files.example/list\")|}; } catch (Exception) { await Task.Delay(1000); } } return null;")]
    [InlineData("for (var n = 1; n < 4; n++) { try { using var handler = Handler(); using var http = new HttpClient(handler); return await {|AEH2001:http.GetStringAsync(\"https://files.example/list\")|}; } catch (Exception) { await Task.Delay(1000); } } return null;")]
    public Task Another_way_to_send(string body) => RetryCase.Check(
        "async Task<string> Run(string[] hosts) { " + body + " } int made; HttpClientHandler Handler() { made++; return new HttpClientHandler { MaxConnectionsPerServer = made }; }",
        "class Patient : WebClient { protected override WebRequest GetWebRequest(Uri address) { var request = base.GetWebRequest(address); request.Timeout = 90_000; return request; } }");

    // one after the other of a list, by calling itself
    [Theory]
    [InlineData("if (next == urls.Count) return; var url = urls[next]; next++; try { await client.GetStringAsync(url); } catch (Exception) { } await Run();")]
    [InlineData("if (next == urls.Count) return; next++; try { await client.GetStringAsync(urls[next - 1]); } catch (Exception) { await Run(); }")]
    [InlineData("try { await {|AEH2001:client.GetStringAsync(urls[next])|}; } catch (Exception) { await {|AEH2003:{|AEH3001:Run()|}|}; }")]
    public Task Items_by_recursion(string body) => RetryCase.Check("int next; readonly List<string> urls = new(); async Task Run() { " + body + " }");

    // two methods that call one another
    [Theory]
    [InlineData("try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (Exception) { return await {|AEH2003:{|AEH3001:Again(url)|}|}; }", "return await Run(url, 0);")]
    [InlineData("try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (Exception) { return await {|AEH2003:Again(url)|}; }", "await Task.Delay(1000); return await Run(url, 0);")]
    [InlineData("try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (Exception) { if (n > 3) throw; return await {|AEH3001:Again(url, n)|}; }", "return await Run(url, n + 1);")]
    [InlineData("try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (Exception) { return await {|AEH2003:Again(url)|}; }", "Thread.Sleep(1000); return await Run(url, 0);")]
    // under a condition of the other, or for something else
    [InlineData("try { return await client.GetStringAsync(url); } catch (Exception) { return await Again(url, n); }", "if (n > 3) return null; await Task.Delay(1000); return await Run(url, n + 1);")]
    [InlineData("try { return await client.GetStringAsync(url); } catch (Exception) { return await Again(url); }", "return await Run(url + \"/\", 0);")]
    [InlineData("try { return await client.GetStringAsync(url); } catch (Exception) { return await Again(\"https://b.example/\" + n, n); }", "return await Run(url, n + 1);")]
    public Task Called_back(string body, string again) => RetryCase.Check(
        "async Task<string> Run(string url, int n) { " + body + " }\nasync Task<string> Again(string url, int n = 0) { " + again + " }");

    // the same, where what comes out of the two in the end is not computed exactly
    [Theory]
    [InlineData("var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { return await {|AEH2003:Again(url)|}; } r.EnsureSuccessStatusCode(); return r.ReasonPhrase;", "Thread.Sleep(1000); return await Run(url, 0);")]
    [InlineData("try { return await client.GetStringAsync(url); } catch (Exception) { return await Again(url, n); }", "if (n < 3) { await Task.Delay(1000); return await Run(url, n + 1); } throw new InvalidOperationException();")]
    public Task Called_back_with_inexact_ends(string body, string again) => Called_back(body, again);

    [Fact]
    public Task Handed_over_by_reference() => RetryCase.Check(
        """
        void Run()
        {
            const string url = "https://files.example/list";
            for (var n = 0; n < 3; n++)
            {
                var request = (HttpWebRequest)WebRequest.Create(url);
                Prepare(ref request);
                try
                {
                    using ({|AEH2001:request.GetResponse()|}) return;
                }
                catch (WebException)
                {
                    Thread.Sleep(1000);
                }
            }
        }

        static void Prepare(ref HttpWebRequest request) => request.Timeout = 90_000;
        """);
}
