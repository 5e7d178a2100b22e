using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>AEH3001, AEH2003 and AEH2002: whether a retry waits, whether it ends, and what it repeats.</summary>
public class WaitsAndBoundsTests
{
    private const string Passing = "if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if ((int)r.StatusCode < 500) r.EnsureSuccessStatusCode();";

    [Theory]
    [InlineData("await Task.Delay(1000);")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(1), token);")]
    [InlineData("await Task.Delay(1000, token).ConfigureAwait(false);")]
    [InlineData("Task.Delay(1000).Wait();")]
    [InlineData("Task.Delay(1000).GetAwaiter().GetResult();")]
    [InlineData("var pause = Task.Delay(1000); await pause;")]
    [InlineData("Thread.Sleep(1000);")]
    [InlineData("token.WaitHandle.WaitOne(1000);")]
    [InlineData("await Pause(i);")]
    [InlineData("Pause(i).Wait();")]
    [InlineData("await Task.Delay((i + 1) * 1000);")]
    [InlineData("Thread.CurrentThread.Join(1000);")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, i)));")]
    public Task Waits(string wait) => RetryCase.Check(Loop("for (var i = 0; i < 3; i++)", Passing + wait));

    // the helper waits by a function that it keeps
    [Theory]
    [InlineData("s => Task.Delay(TimeSpan.FromSeconds(s))", "client.GetAsync(url)", "for")]
    [InlineData("s => Task.CompletedTask", "client.GetAsync(url)", "{|AEH3001:for|}")]
    public Task Waits_by_functions_of_helpers(string function, string request, string loop) => RetryCase.Check(
        "enum Growth { Linear, Exponential } Growth growth = (Growth)Environment.ProcessorCount; Func<double, Task> Backoff = " + function + "; "
        + "async Task<string> Run(string url) { " + loop + " (var n = 0; n < 5; n++) { if (n != 0) await Again(n); using var r = await " + request
        + "; if ((int)r.StatusCode < 500) { r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } } return null; } "
        + "async Task Again(int n) { if (growth == Growth.Linear) await Backoff(2); if (growth == Growth.Exponential) await Backoff(Math.Pow(2, n)); }");

    [Theory]
    [InlineData("")]
    [InlineData("Task.Delay(1000);")]
    [InlineData("_ = Task.Delay(1000);")]
    [InlineData("await Task.Delay(0);")]
    [InlineData("await Task.Delay(TimeSpan.Zero);")]
    [InlineData("await Task.Yield();")]
    // the first time
    [InlineData("await Task.Delay(i * 1000);")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(i));")]
    [InlineData("Action pause = () => Thread.Sleep(1000);")]
    [InlineData("if (r.StatusCode == HttpStatusCode.ServiceUnavailable) await Task.Delay(1000);")]
    [InlineData("Console.WriteLine(i);")]
    public Task Does_not_wait(string wait) => RetryCase.Check(Loop("{|AEH3001:for|} (var i = 0; i < 3; i++)", Passing + wait));

    [Theory]
    [InlineData("if (i > 0) await Task.Delay(1000);")]
    [InlineData("await Task.Delay(1000 * i);")]
    public Task Waits_at_the_head(string wait) => RetryCase.Check(Loop("for (var i = 0; i < 3; i++)", Passing, wait));

    [Fact]
    public Task Waits_in_finally() => RetryCase.CheckBody(
        "for (var i = 0; i < 3; i++) { try { var r = await client.GetAsync(url); " + Passing + " } finally { await Task.Delay(1000); } } return null;");

    // how long is no matter of whether
    [Theory]
    [InlineData("await Task.Delay(r.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(2));", true)]
    [InlineData("var asked = r.Headers.RetryAfter?.Date - DateTimeOffset.UtcNow; await Task.Delay(asked ?? TimeSpan.FromSeconds(2));", true)]
    [InlineData("if (r.Headers.RetryAfter == null) break; await Task.Delay(2000);", false)]
    [InlineData("if (r.Headers.RetryAfter?.Delta is not { } asked) break; await Task.Delay(asked);", false)]
    public Task Asks_for_retry_after(string wait, bool isReported) => RetryCase.CheckBody(
        "for (var i = 0; i < 3; i++) { var r = await " + (isReported ? "{|AEH2001:client.GetAsync(url)|}" : "client.GetAsync(url)")
            + "; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); " + wait + " } return null;");

    // a server that starts is asked at once, then less and less often
    [Theory]
    [InlineData("http://localhost:8080/hello", "for")]
    [InlineData("https://files.example/hello", "{|AEH3001:for|}")]
    public Task Begins_without_a_wait(string address, string loop) => RetryCase.CheckBody(
        loop + " (var n = 0; n < 9; n++) { var r = await client.GetAsync(\"" + address + "\"); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if ((int)r.StatusCode < 500) r.EnsureSuccessStatusCode(); await Task.Delay(100 * n); } return null;");

    // thrown after the last attempt only, which the filter lets go
    [Fact]
    public Task A_wait_for_the_last_attempt_alone() => RetryCase.CheckBody(
        """
        var n = 0;
        {|AEH3001:while|} (true)
        {
            n++;
            try
            {
                using var r = await client.GetAsync(url);
                if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync();
                if ((int)r.StatusCode < 500 || n >= 5) r.EnsureSuccessStatusCode();
            }
            catch (HttpRequestException e) when (n < 5 && e.StatusCode is null or >= HttpStatusCode.InternalServerError)
            {
                await Task.Delay(1000);
            }
        }
        """);

    [Fact]
    public Task A_connection_that_fails() => RetryCase.CheckBody(
        "{|AEH3001:for|} (var i = 0; i < 3; i++) { try { var r = await client.GetAsync(url); r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } catch (TaskCanceledException) { } } return null;");

    // by a function that is kept in a member
    [Theory]
    [InlineData("Action<int> Rest { get; set; } = ms => Thread.Sleep(ms);", "Rest(1000);", true)]
    [InlineData("Action<int> rest; Client() { rest = ms => Task.Delay(ms).Wait(); }", "rest(1000);", true)]
    [InlineData("Func<int, Task> rest = ms => Task.Delay(ms);", "await rest(1000);", true)]
    [InlineData("readonly Func<int, Task> delay; Client(Func<int, Task> delay) => this.delay = delay;", "await delay(1000);", true)]
    [InlineData("readonly Action<int> sleeper; Client(Action<int> sleeper) => this.sleeper = sleeper;", "sleeper?.Invoke(1000);", true)]
    // nobody waits for the task
    [InlineData("Action<int> Sleep { get; set; } = ms => Task.Delay(ms);", "Sleep(1000);", false)]
    [InlineData("Action<int> Sleep { get; set; } Client() { Sleep = ms => Task.Delay(ms); }", "Sleep(1000);", false)]
    [InlineData("Action<int> round; Client(Action<int> round) => this.round = round;", "round(i);", false)]
    public Task Waits_by_a_function(string member, string wait, bool waits) => RetryCase.Check(
        Loop((waits ? "for" : "{|AEH3001:for|}") + " (var i = 0; i < 3; i++)", Passing + wait) + "\n" + member);

    // an answer without a token is asked for again at once; who has to wait is whoever came too often
    [Theory]
    [InlineData("{|AEH3001:do|}", "0", "await Task.Delay(wait);", "")]
    [InlineData("do", "1000", "await Task.Delay(wait);", "")]
    [InlineData("do", "0", "", "await Task.Delay(wait);")]
    public Task Waits_for_failures_where_success_can_come_round(string head, string first, string onFailure, string always) => RetryCase.CheckBody(
        $$"""
        string text = null;
        var (n, wait) = (0, {{first}});
        {{head}}
        {
            var r = await client.GetAsync(url);
            if (r.StatusCode == HttpStatusCode.OK) text = JsonSerializer.Deserialize<Dictionary<string, string>>(await r.Content.ReadAsStringAsync())["token"];
            else if (r.StatusCode == HttpStatusCode.TooManyRequests) { {{onFailure}} }
            else throw new Failed(r.StatusCode);
            {{always}}
            wait += 2000;
        }
        while (++n < 5 && string.IsNullOrEmpty(text));
        return text;
        """);

    [Theory]
    [InlineData("while (true)")]
    [InlineData("for (;;)")]
    [InlineData("for (var i = 0; ; i++)")]
    public Task Has_no_end(string head) => RetryCase.Check(Loop("{|AEH2003:" + head.Split(' ')[0] + "|}" + head[head.IndexOf(' ')..], Passing + "await Task.Delay(1000);"));

    [Theory]
    [InlineData("while (true)", "await Task.Delay(1000, token);")]
    [InlineData("while (!token.IsCancellationRequested)", "await Task.Delay(1000);")]
    [InlineData("while (true)", "token.ThrowIfCancellationRequested(); await Task.Delay(1000);")]
    [InlineData("var n = 0; while (n++ < 3)", "await Task.Delay(1000);")]
    [InlineData("var n = 0; while (true)", "if (++n > 3) throw new Failed(r.StatusCode); await Task.Delay(1000);")]
    [InlineData("var n = 0; while (true)", "if (n == 3) break; n++; await Task.Delay(1000);")]
    [InlineData("var watch = Stopwatch.StartNew(); while (watch.Elapsed < TimeSpan.FromMinutes(1))", "await Task.Delay(1000);")]
    [InlineData("var end = DateTime.UtcNow.AddMinutes(1); while (true)", "if (DateTime.UtcNow > end) throw new Failed(r.StatusCode); await Task.Delay(1000);")]
    [InlineData("var n = 3; while (true)", "if (r.StatusCode == HttpStatusCode.TooManyRequests && n > 0) { await Task.Delay(1000); n--; continue; } throw new Failed(r.StatusCode);")]
    [InlineData("while (!stopped)", "await Task.Delay(1000);")]
    [InlineData("foreach (var wait in new[] { 1, 2, 4 })", "await Task.Delay(wait * 1000);")]
    public Task Has_an_end(string head, string rest) => RetryCase.Check(Loop(head, Passing + rest) + " bool stopped;");

    // what ends it is asked where the answer is judged, or counts by itself
    [Theory]
    [InlineData("var again = r.StatusCode == HttpStatusCode.TooManyRequests ? n++ < 5 : (int)r.StatusCode >= 500 && n++ < 3; if (!again) return r.ReasonPhrase;")]
    [InlineData("switch (r.StatusCode) { case HttpStatusCode.TooManyRequests when n++ < 5: break; case HttpStatusCode.ServiceUnavailable when n++ < 3: break; default: return r.ReasonPhrase; }")]
    [InlineData("var wait = r.StatusCode switch { HttpStatusCode.TooManyRequests when ++n < 5 => 1000, HttpStatusCode.ServiceUnavailable when ++n < 3 => 500, _ => 0 }; if (wait == 0) return r.ReasonPhrase;")]
    [InlineData("if (!May(r, ref n)) return r.ReasonPhrase;")]
    [InlineData("if (!MayAgain(r)) return r.ReasonPhrase;")]
    [InlineData("bool Done() => n++ > 5; if ((int)r.StatusCode < 500 || Done()) return r.ReasonPhrase;")]
    // what is stepped, or thrown, is something else
    [InlineData("if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if (!Passes(r)) r.EnsureSuccessStatusCode();", false)]
    [InlineData(Passing + "Count();", false)]
    [InlineData(Passing + "Check(url);", false)]
    public Task Is_counted_elsewhere(string judged, bool ends = true) => RetryCase.Check(
        "int left = new Random(1).Next(2, 5); static bool May(HttpResponseMessage r, ref int n) => (int)r.StatusCode >= 500 && n++ < 5; bool MayAgain(HttpResponseMessage r) => (int)r.StatusCode >= 500 && left-- > 0; "
        + "void Count() => left++; static void Check(string url) { if (url.Length > 99) throw new ArgumentException(url); } "
        + "static bool Passes(HttpResponseMessage r) { var bits = 0; bits++; return (int)r.StatusCode >= 500 && bits > 0; } "
        + "async Task<string> Run(string url) { var n = 0; " + (ends ? "while" : "{|AEH2003:while|}") + " (true) { var r = await client.GetAsync(url); " + judged + " await Task.Delay(1000); } }");

    // some failures are counted, others are not
    [Theory]
    [InlineData("var tries = 0; {|AEH2003:do|} { await Task.Delay(1000 * (tries + 1)); using var r = await client.GetAsync(url, CancellationToken.None); if (r.IsSuccessStatusCode) return \"\"; if ((int)r.StatusCode < 500 && (int)r.StatusCode != 429) return null; if (r.StatusCode == HttpStatusCode.TooManyRequests) continue; tries++; } while (tries < 5); return null;")]
    [InlineData("var left = 3; {|AEH2003:while|} (true) { try { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { await Task.Delay(5000); continue; } return r.ReasonPhrase; } catch (HttpRequestException) { if (left == 0) throw; left--; await Task.Delay(1000); } }")]
    [InlineData("var tries = 0; {|AEH2003:while|} (tries < 5) { using var r = await client.GetAsync(url); switch (r.StatusCode) { case HttpStatusCode.ServiceUnavailable: tries += 1; await Task.Delay(1000); break; case HttpStatusCode.TooManyRequests: await Task.Delay(1000); break; default: return r.ReasonPhrase; } } return null;")]
    [InlineData("var end = DateTime.UtcNow.AddMinutes(1); {|AEH2003:while|} (true) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500 || DateTime.UtcNow > end) { r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } await Task.Delay(1000); }")]
    [InlineData("var tries = 0; {|AEH2003:while|} (tries < 5) { try { return await client.GetStringAsync(url); } catch (TaskCanceledException) { tries++; } catch (HttpRequestException e) when (e.StatusCode >= HttpStatusCode.InternalServerError) { } await Task.Delay(1000); } return null;")]
    [InlineData("var tries = 0; {|AEH2003:while|} (tries < 5) { using var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if (r.StatusCode == HttpStatusCode.ServiceUnavailable) tries++; else if (r.StatusCode != HttpStatusCode.TooManyRequests) r.EnsureSuccessStatusCode(); await Task.Delay(1000); } return null;")]
    // a counter that is asked before each attempt, stepped for each, or stepped in the next round
    [InlineData("var tries = 0; while (true) { if (tries++ > 5) return null; using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; await Task.Delay(1000); }")]
    [InlineData("var tries = 0; while (tries < 5) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { tries++; await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; tries = tries + 1; await Task.Delay(1000); } return null;")]
    [InlineData("var again = false; for (var n = 0; n < 5;) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests && !again) { again = true; await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; n++; await Task.Delay(1000); } return null;")]
    [InlineData("for (var n = 0; n < 5; n++) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; await Task.Delay(1000); } return null;")]
    // by a method, a token, a field, a local that somebody else sets
    [InlineData("while (true) { token.ThrowIfCancellationRequested(); using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; await Task.Delay(1000); }")]
    [InlineData("while (count < 5) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { Failed(); await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; count++; await Task.Delay(1000); } return null;")]
    [InlineData("var tries = 0; while (tries < 5) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { Next(ref tries); await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; tries++; await Task.Delay(1000); } return null;")]
    [InlineData("var tries = 0; void Next() => tries++; while (tries < 5) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { Next(); await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; tries++; await Task.Delay(1000); } return null;")]
    [InlineData("for (var tries = 0; tries < 5; tries++) { try { using var r = await client.GetAsync(url); if ((int)r.StatusCode < 500) return r.ReasonPhrase; } catch (HttpRequestException) { } finally { await Task.Delay(1000); } } return null;")]
    [InlineData("var (tries, wait) = (0, 1); while (tries < 5) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { (tries, wait) = (tries + 1, wait * 2); await Task.Delay(wait); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; tries++; await Task.Delay(1000); } return null;")]
    // by a counter that is stepped back first, a loop around it, a flag
    [InlineData("var limited = 0; for (var i = 0; i < 3; i++) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { i--; if (++limited > 10) return null; await Task.Delay(1000); continue; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; await Task.Delay(1000); } return null;")]
    [InlineData("for (var round = 0; round < 3; round++) { var n = 0; while (true) { using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { await Task.Delay(1000); break; } if ((int)r.StatusCode < 500) return r.ReasonPhrase; if (++n > 5) return null; await Task.Delay(1000); } } return null;")]
    [InlineData("var (n, limited) = (0, 0); while (true) { var stop = false; using var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.TooManyRequests) { if (++limited > 10) stop = true; } else if ((int)r.StatusCode >= 500) { if (++n > 5) return null; } else return r.ReasonPhrase; if (stop) break; await Task.Delay(1000); } return null;")]
    public Task Counts_some_failures(string body) => RetryCase.Check(
        "int count; void Failed() => count++; static void Next(ref int tries) => tries++; async Task<string> Run(string url, CancellationToken token) { " + body + " }");

    [Theory]
    [InlineData("async Task<string> Run(string url) { try { return await {|AEH2001:client.GetStringAsync(url)|}; } catch (HttpRequestException) { await Task.Delay(1000); return await {|AEH2003:Run(url)|}; } }")]
    // the count that is handed on is the one that came
    [InlineData("async Task<string> Run(string url, int left) { var r = await client.GetAsync(url); if ((int)r.StatusCode >= 500 && left > 0) { await Task.Delay(1000); return await {|AEH2003:Run(url, left--)|}; } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }")]
    // renewed for ever
    [InlineData("async Task<string> Run(string url) { var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.Unauthorized) { await Renew(); return await {|AEH2003:Run(url)|}; } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } async Task Renew() { client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(\"Bearer\", await client.GetStringAsync(\"https://login.example/\")); }")]
    public Task Calls_itself_without_end(string members) => RetryCase.Check(members);

    [Theory]
    [InlineData("async Task<string> Run(string url, bool again = true) { var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.Unauthorized && again) { await Renew(); return await Run(url, false); } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } async Task Renew() { client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(\"Bearer\", await client.GetStringAsync(\"https://login.example/\")); }")]
    [InlineData("async Task<string> Run(string url, int n) { var r = await client.GetAsync(url); if ((int)r.StatusCode >= 500) { if (n > 3) throw new Failed(r.StatusCode); await Task.Delay(1000); return await Run(url, n + 1); } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }")]
    [InlineData("async Task<string> Run(string url, int left) { var r = await client.GetAsync(url); if ((int)r.StatusCode >= 500 && left > 0) { await Task.Delay(1000); return await Run(url, --left); } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }")]
    [InlineData("async Task<string> Run(string url, int left) { var r = await client.GetAsync(url); left--; if ((int)r.StatusCode >= 500 && left > 0) { await Task.Delay(1000); return await Run(url, left); } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }")]
    public Task Calls_itself_with_an_end(string members) => RetryCase.Check(members);

    [Theory]
    // v1 codes under HTTP 200
    [InlineData("https://devapi.qweather.com/v7/weather/now", "var w = await {|AEH2001:{|AEH2002:client.GetFromJsonAsync<Weather>(url)|}|}; if (w.code == \"200\") return w.now.temp; await Task.Delay(1000);")]
    [InlineData("https://devapi.qweather.com/v7/weather/now", "var w = await client.GetFromJsonAsync<Weather>(url); if (w.code == \"200\") return w.now.temp; if (w.code is not (\"429\" or \"500\")) throw new InvalidOperationException(w.code); await Task.Delay(1000);")]
    [InlineData("https://devapi.qweather.com/v7/weather/now", "var w = await {|AEH2002:client.GetFromJsonAsync<Weather>(url)|}; if (w.code == \"200\") return w.now.temp; if (w.code is not (\"402\" or \"429\" or \"500\")) throw new InvalidOperationException(w.code); await Task.Delay(1000);")]
    [InlineData("https://devapi.qweather.com/v7/air/now", "var w = await {|AEH2002:client.GetFromJsonAsync<Weather>(url)|}; if (w.code == \"200\") return w.now.temp; if (w.code != \"402\" && w.code != \"429\" && w.code != \"500\") throw new InvalidOperationException(w.code); await Task.Delay(1000);")]
    [InlineData("https://api.tomorrow.io/v4/timelines", "var r = await {|AEH2002:client.GetAsync(url)|}; if (r.StatusCode != HttpStatusCode.PaymentRequired && r.StatusCode != HttpStatusCode.TooManyRequests) { r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); } await Task.Delay(1000);")]
    // only the titles tell a busy minute from a used-up day
    [InlineData("https://devapi.qweather.com/airquality/v1/current/1/2", "var r = await {|AEH2002:client.GetAsync(url)|}; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if (r.StatusCode != (HttpStatusCode)429) r.EnsureSuccessStatusCode(); await Task.Delay(1000);")]
    [InlineData("https://api.tomorrow.io/v4/weather/realtime", "var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); if (r.StatusCode != (HttpStatusCode)429) r.EnsureSuccessStatusCode(); await Task.Delay(1000);")]
    [InlineData("https://api.tomorrow.io/v4/weather/realtime", "var r = await {|AEH2001:{|AEH2002:client.GetAsync(url)|}|}; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); await Task.Delay(1000);")]
    [InlineData("https://cvm.api.qcloud.com/v2/index.php", "var w = await client.GetFromJsonAsync<Receipt>(url); if (w.code == 0) return w.requestId; if (w.code is not (4400 or 5100 or 6000 or 6200)) throw new InvalidOperationException(); await Task.Delay(1000);")]
    [InlineData("https://cvm.api.qcloud.com/v2/index.php", "var w = await {|AEH2001:client.GetFromJsonAsync<Receipt>(url)|}; if (w.code == 0) return w.requestId; if (w.code == 5300 || w.code == 5400) throw new InvalidOperationException(); await Task.Delay(1000);")]
    public Task Contracts(string address, string code) => RetryCase.Check(
        $$"""
        async Task<string> Run()
        {
            const string url = "{{address}}";
            for (var i = 0; i < 3; i++)
            {
                {{code}}
            }

            return null;
        }
        """);

    private static string Loop(string head, string behind, string before = "") =>
        $$"""
        async Task<string> Run(string url, CancellationToken token)
        {
            {{head}}
            {
                {{before}}
                var r = await client.GetAsync(url);
                {{behind}}
            }

            return null;
        }

        static async Task Pause(int round)
        {
            Console.WriteLine(round);
            await Task.Delay(1000 << round);
        }
        """;

    // whether success is asked for again cannot be read
    [Theory]
    [InlineData("var s = await client.GetStringAsync(url); if (s.Contains(\"x\")) return s;")]
    [InlineData("var r = await client.GetAsync(url); check.See(r); r.EnsureSuccessStatusCode(); var s = await r.Content.ReadAsStringAsync(); if (s.Length > 3) return s;")]
    public Task Polls_that_are_guessed(string body) => RetryCase.Check(
        "readonly ICheck check = null; async Task<string> Run(string url) { while (true) { " + body + " } }",
        "interface ICheck { void See(HttpResponseMessage response); }");
}
