using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>Which ways back to a request are retries, by AEH2001: pages, items, mirrors, polls and renewals are none.</summary>
public class WhatIsARetryTests
{
    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) { var r = await {|AEH2001:client.GetAsync(url)|}; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); await Task.Delay(1000); } return null;")]
    [InlineData("foreach (var seconds in new[] { 1, 2, 4 }) { try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (HttpRequestException) { await Task.Delay(seconds * 1000); } } return null;")]
    [InlineData("var n = 0; while (n < 3) { try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (Exception) { n++; } await Task.Delay(1000); } return null;")]
    [InlineData("var n = 0; HttpResponseMessage r; do { await Task.Delay(1000); r = await {|AEH2001:client.GetAsync(url)|}; } while (!r.IsSuccessStatusCode && ++n < 3); r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();")]
    [InlineData("var n = 0; again: try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (HttpRequestException) { if (++n > 3) throw; } await Task.Delay(1000); goto again;")]
    [InlineData("string text = null; var n = 0; while (text == null && n < 3) { n++; try { text = await {|AEH2001:client.GetStringAsync(url)|}; } catch (HttpRequestException) { await Task.Delay(1000); } } return text;")]
    [InlineData("var ok = false; string text = null; for (var i = 0; !ok && i < 3; i++) { var r = await {|AEH2001:client.GetAsync(url)|}; ok = r.IsSuccessStatusCode; if (ok) text = await r.Content.ReadAsStringAsync(); else await Task.Delay(1000); } return text;")]
    [InlineData("for (var i = 0; i < 3; i++) { using var m = new HttpRequestMessage(HttpMethod.Get, url); m.Headers.Add(\"X-App\", \"1\"); var r = await {|AEH2001:client.SendAsync(m)|}; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { var address = $\"{url}?q={Uri.EscapeDataString(\"a b\")}\"; try { return await {|AEH2001:client.GetStringAsync(address)|}; } catch (HttpRequestException) { await Task.Delay(1000); } } return null;")]
    // a deny list of one
    [InlineData("for (var i = 0; i < 3; i++) { var r = await {|AEH2001:client.GetAsync(url)|}; if (r.StatusCode == HttpStatusCode.NotFound) return null; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); await Task.Delay(1000); } return null;")]
    // the page is asked for again, as long as it fails
    [InlineData("var all = \"\"; for (var page = 1; page < 9;) { var r = await {|AEH2001:client.GetAsync(url + page)|}; if (!r.IsSuccessStatusCode) { await Task.Delay(1000, token); continue; } all += await r.Content.ReadAsStringAsync(); page++; } return all;")]
    public Task Retries(string body) => RetryCase.CheckBody(body);

    [Theory]
    // pages
    [InlineData("var all = \"\"; for (var page = 1; page < 9; page++) { var r = await client.GetAsync(url + page); if (!r.IsSuccessStatusCode) continue; all += await r.Content.ReadAsStringAsync(); } return all;")]
    [InlineData("var all = \"\"; var next = url; while (next != null) { var r = await client.GetAsync(next); if (!r.IsSuccessStatusCode) break; var text = await r.Content.ReadAsStringAsync(); next = JsonDocument.Parse(text).RootElement.GetProperty(\"next\").GetString(); all += text; } return all;")]
    // items
    [InlineData("foreach (var item in new[] { \"a\", \"b\" }) { var r = await client.GetAsync(url + item); if (!r.IsSuccessStatusCode) Console.WriteLine(item); } return null;")]
    [InlineData("var queue = new Queue<string>(); while (queue.Count > 0) { var item = queue.Dequeue(); var r = await client.GetAsync(url + item); if (!r.IsSuccessStatusCode) Console.WriteLine(item); } return null;")]
    [InlineData("var queue = new ConcurrentQueue<string>(); while (queue.TryDequeue(out var item)) { var r = await client.GetAsync(url + item); if (!r.IsSuccessStatusCode) Console.WriteLine(item); } return null;")]
    [InlineData("string line; var reader = new StringReader(url); while ((line = reader.ReadLine()) != null) { var r = await client.GetAsync(line); if (!r.IsSuccessStatusCode) Console.WriteLine(line); } return null;")]
    // mirrors
    [InlineData("foreach (var mirror in new[] { \"https://a.example/\", \"https://b.example/\" }) { try { return await client.GetStringAsync(mirror + url); } catch (HttpRequestException) { } } return null;")]
    [InlineData("var mirrors = new[] { \"https://a.example/\", \"https://b.example/\" }; for (var i = 0; i < 2; i++) { try { return await client.GetStringAsync(mirrors[i]); } catch (HttpRequestException) { } } return null;")]
    [InlineData("try { return await client.GetStringAsync(url); } catch (HttpRequestException) { return await client.GetStringAsync(\"https://other.example/\"); }")]
    // redirects by hand
    [InlineData("var at = url; for (var i = 0; i < 9; i++) { var r = await client.GetAsync(at); if (r.Headers.Location is { } location) { at = location.ToString(); continue; } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } return null;")]
    // a poll
    [InlineData("while (true) { var r = await client.GetAsync(url); r.EnsureSuccessStatusCode(); var text = await r.Content.ReadAsStringAsync(); if (text.Contains(\"done\")) return text; await Task.Delay(1000, token); }")]
    // the request is mended
    [InlineData("for (var size = 100; size > 0; size /= 2) { var r = await client.PostAsync(url, new StringContent(new string('a', size))); if (r.StatusCode != HttpStatusCode.RequestEntityTooLarge) { r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } } return null;")]
    // what passes
    [InlineData("for (var i = 0; i < 3; i++) { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if ((int)r.StatusCode < 500 && r.StatusCode != (HttpStatusCode)429) r.EnsureSuccessStatusCode(); await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return await client.GetStringAsync(url); } catch (HttpRequestException e) when (e.StatusCode is null or >= HttpStatusCode.InternalServerError) { await Task.Delay(1000); } } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return await client.GetStringAsync(url); } catch (TaskCanceledException) { await Task.Delay(1000); } } return null;")]
    // nobody knows what that looks at
    [InlineData("for (var i = 0; i < 3; i++) { var r = await client.GetAsync(url); if (!ShouldRetry(r)) { r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } await Task.Delay(1000); } return null; bool ShouldRetry(object o) => o.ToString().Length > 1;")]
    public Task No_retries(string body) => RetryCase.CheckBody(body);

    [Theory]
    // 401 again, with the same token
    [InlineData("for (var i = 0; i < 3; i++) { var r = await {|AEH2001:client.GetAsync(url)|}; if (r.StatusCode != HttpStatusCode.Unauthorized) { r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } await Task.Delay(1000); } return null;")]
    // written anew, and no other
    [InlineData("for (var i = 0; i < 3; i++) { client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(\"Basic\", Convert.ToBase64String(Encoding.UTF8.GetBytes(\"me:secret\"))); var r = await {|AEH2001:client.GetAsync(url)|}; if (r.StatusCode != HttpStatusCode.Unauthorized) { r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } await Task.Delay(1000); } return null;")]
    public Task Refused_credentials_are_sent_again(string body) => RetryCase.CheckBody(body);

    [Theory]
    [InlineData("for (var i = 0; i < 2; i++) { client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(\"Bearer\", await Token()); var r = await client.GetAsync(url); if (r.StatusCode != HttpStatusCode.Unauthorized) { r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } } return null;")]
    [InlineData("for (var i = 0; i < 2; i++) { var r = await client.GetAsync(url); if (r.StatusCode != HttpStatusCode.Unauthorized) { r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } await Renew(); } return null;")]
    [InlineData("var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.Unauthorized) { await Renew(); r = await client.GetAsync(url); } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();")]
    public Task Credentials_are_renewed(string body) => RetryCase.Check(
        "async Task<string> Run(string url) {" + body + """
        }

        async Task<string> Token() => await client.GetStringAsync("https://login.example/");

        async Task Renew()
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token());
        }
        """);

    [Theory]
    [InlineData("async Task<string> Run(string url, int left) { try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (HttpRequestException) when (left > 0) { await Task.Delay(1000); return await Run(url, left - 1); } }")]
    [InlineData("async Task<string> Run(string url, int left = 3) { var r = await {|AEH2001:client.GetAsync(url)|}; if (!r.IsSuccessStatusCode) { if (left == 0) return null; await Task.Delay(1000); return await Run(url, --left); } return await r.Content.ReadAsStringAsync(); }")]
    // by a function that it is given
    [InlineData("Task<string> Run(string url) => Again(() => {|AEH2001:client.GetStringAsync(url)|}); async Task<T> Again<T>(Func<Task<T>> action) { for (var n = 0; ; n++) { try { return await action(); } catch (Exception) when (n < 3) { await Task.Delay(1000); } } }")]
    [InlineData("Task<string> Run(string url) => Again(async () => { var r = await {|AEH2001:client.GetAsync(url)|}; r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }, 3); async Task<string> Again(Func<Task<string>> action, int times) { while (true) { try { return await action(); } catch { if (--times == 0) throw; } Thread.Sleep(500); } }")]
    // one helper away
    [InlineData("async Task<string> Run(string url) { for (var i = 0; i < 3; i++) { try { return await {|AEH2001:Get(url)|}; } catch (HttpRequestException) { await Task.Delay(1000); } } return null; } async Task<string> Get(string url) { var r = await client.GetAsync(url); r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }")]
    [InlineData("async Task<string> Run(string url) { for (var i = 0; i < 3; i++) { try { return await {|AEH2001:Get(url)|}; } catch (Failed) { await Task.Delay(1000); } } return null; } async Task<string> Get(string url) { var r = await client.GetAsync(url); if (!r.IsSuccessStatusCode) throw new Failed(r.StatusCode); return await r.Content.ReadAsStringAsync(); }")]
    public Task Across_methods(string members) => RetryCase.Check(members);

    [Theory]
    [InlineData("async Task<string> Run(string url) { for (var i = 0; i < 3; i++) { try { return await Get(url); } catch (Failed e) when ((int)e.Status >= 500) { await Task.Delay(1000); } } return null; } async Task<string> Get(string url) { var r = await client.GetAsync(url); if (!r.IsSuccessStatusCode) throw new Failed(r.StatusCode); return await r.Content.ReadAsStringAsync(); }")]
    [InlineData("async Task<string> Walk(string url) { var r = await client.GetAsync(url); if (!r.IsSuccessStatusCode) return await Walk(url + \"/index\"); return await r.Content.ReadAsStringAsync(); }")]
    [InlineData("Task<string> Run(string url) => Again(() => client.GetStringAsync(url)); async Task<T> Again<T>(Func<Task<T>> action) { for (var n = 0; ; n++) { try { return await action(); } catch (HttpRequestException e) when (n < 3 && e.StatusCode is null or >= (HttpStatusCode)500) { await Task.Delay(1000); } } }")]
    // mirrors by a helper
    [InlineData("Task<string> Run(string path) => OverMirrors(mirror => client.GetStringAsync(mirror + path)); async Task<string> OverMirrors(Func<string, Task<string>> get) { foreach (var mirror in new[] { \"https://a.example/\", \"https://b.example/\" }) { try { return await get(mirror); } catch (HttpRequestException) { } } return null; }")]
    // mended by a flag
    [InlineData("async Task<string> Run(string url, bool ranged) { var m = new HttpRequestMessage(HttpMethod.Get, url); if (ranged) { m.Headers.Range = new RangeHeaderValue(0, 0); } var r = await client.SendAsync(m); if (!r.IsSuccessStatusCode && ranged) return await Run(url, false); r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }")]
    // of two things of one name
    [InlineData("async Task<string> Run() { try { var at = \"https://a.example/\"; return await Get(at); } catch (HttpRequestException) { var at = \"https://b.example/\"; return await Get(at); } } async Task<string> Get(string url) { var r = await client.GetAsync(url); r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }")]
    // asked for twice, whatever comes
    [InlineData("async Task<string> Run(string url) { var first = await Get(url); var second = await Get(url); return first ?? second; } async Task<string> Get(string url) { var r = await client.GetAsync(url); return r.IsSuccessStatusCode ? await r.Content.ReadAsStringAsync() : null; }")]
    public Task Across_methods_right(string members) => RetryCase.Check(members);

    // an extension that writes down what was caught decides nothing; one that is given the answer may
    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) { try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (Exception e) { job.Warning($\"{i}: {e.Message}\"); job.Error(e); await Task.Delay(1000); } } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); r.Error(\"again\"); await Task.Delay(1000); } return null;")]
    public Task Extensions_that_write(string body) => RetryCase.Check(
        "async Task<string> Run(string url, IJob job) {" + body + "}",
        """
        interface IJob { void Add(string line); }

        static class JobExtensions
        {
            public static void Warning(this IJob job, string text) => job.Add(text);
            public static void Error(this IJob job, Exception e) { job.Warning(e.Message); job.Add(e.ToString()); }
            public static void Error(this HttpResponseMessage r, string text) { Console.WriteLine(text); r.EnsureSuccessStatusCode(); }
        }
        """);

    // so does a function that is kept under such a name
    [Theory]
    [InlineData("Action<string> log", "log(e.Message);", true)]
    [InlineData("Action<string> debug", "debug?.Invoke(e.ToString());", true)]
    [InlineData("Action<Exception> onError", "onError(e);", false)]
    [InlineData("Func<string, bool> log", "if (!log(e.Message)) throw;", false)]
    public Task Functions_that_write(string parameter, string told, bool isWrong) => RetryCase.Check(
        $"async Task<string> Run(string url, {parameter}) {{ for (var i = 0; i < 3; i++) {{ try {{ return await "
        + (isWrong ? "{|AEH2001:client.GetStringAsync(url)|}" : "client.GetStringAsync(url)")
        + $"; }} catch (Exception e) {{ {told} await Task.Delay(1000); }} }} return null; }}");

    // of a package that is missing
    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) { var r = await {|AEH2001:client.GetAsync(Addresses.Of(url))|}; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { var r = await {|AEH2001:client.PostAsync(url, new Serialised(url), token)|}; r.EnsureSuccessStatusCode(); return null; } catch (Exception) { Log.Warn(url); await Task.Delay(1000); } } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { new WebClient().DownloadFile(Addresses.Of(url), url); return null; } catch (WebException e) when (e.Response == null) { await Task.Delay(1000); } } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { return await {|AEH2001:Get(Addresses.Of(url), 1)|}; } catch (HttpRequestException) { await Task.Delay(1000); } } return null;")]
    [InlineData("var list = new List<string>(); foreach (var node in Html.Nodes(url)) list.Add(node.Text(\"x\")); foreach (var one in list) for (var i = 0; i < 3; i++) { try { return await {|AEH2001:client.GetStringAsync(one)|}; } catch (HttpRequestException) { await Task.Delay(1000); } } return null;")]
    // which of the two is not told
    [InlineData("for (var i = 0; i < 3; i++) { try { return await Get(Addresses.Of(url)); } catch (HttpRequestException) { await Task.Delay(1000); } } return null;")]
    public Task Arguments_that_do_not_bind(string body) => RetryCase.CheckBroken(
        "async Task<string> Run(string url, CancellationToken token) {" + body + """
        }

        async Task<string> Get(string url) => await client.GetStringAsync(url);

        async Task<string> Get(Uri url) => await client.GetStringAsync(url);

        async Task<string> Get(string url, int round) => await client.GetStringAsync(url);
        """);

    [Fact]
    public Task A_handler_that_sends_again() => RetryCase.Check(
        """
        class Handler : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
            {
                HttpResponseMessage response = null;
                for (var i = 0; i < 3; i++)
                {
                    response = await {|AEH2001:base.SendAsync(request, token)|};
                    if (response.IsSuccessStatusCode) break;
                    await Task.Delay(1000, token);
                }

                return response;
            }
        }
        """);
}
