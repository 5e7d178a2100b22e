using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>What a way back is that successes take, too: a poll, or a retry of answers that something is wrong with.</summary>
public class SuccessThatComesBackTests
{
    [Theory]
    // other answers of the 2xx class come back with the failures
    [InlineData("for (var i = 0; i < 3; i++) { var r = await {|AEH2001:client.GetAsync(url)|}; if (r.StatusCode == HttpStatusCode.OK) return await r.Content.ReadAsStringAsync(); await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { var r = await {|AEH2001:client.GetAsync(url)|}; switch (r.StatusCode) { case HttpStatusCode.OK: case HttpStatusCode.PartialContent: return await r.Content.ReadAsStringAsync(); } await Task.Delay(1000); } return null;")]
    [InlineData("var r = await client.GetAsync(url); for (var i = 0; r.StatusCode != HttpStatusCode.OK && i < 3; i++) { await Task.Delay(1000); r = await {|AEH2001:client.GetAsync(url)|}; } r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();")]
    [InlineData("{|AEH2003:while|} (true) { var r = await {|AEH2001:client.GetAsync(url)|}; if (r.StatusCode == HttpStatusCode.OK) return await r.Content.ReadAsStringAsync(); await Task.Delay(1000); }")]
    [InlineData("{|AEH3001:for|} (var i = 0; i < 3; i++) { var r = await {|AEH2001:client.GetAsync(url)|}; if ((int)r.StatusCode == 200) return await r.Content.ReadAsStringAsync(); } return null;")]
    // what was thrown for it
    [InlineData("for (var i = 0; i < 3; i++) { try { return await {|AEH2001:client.GetFromJsonAsync<string>(url)|} ?? throw new InvalidDataException(); } catch (Exception) { await Task.Delay(1000); } } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { var text = await {|AEH2001:client.GetStringAsync(url)|}; if (!text.StartsWith('{')) throw new InvalidDataException(); return text; } catch { await Task.Delay(1000); } } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { var now = await {|AEH2001:client.GetFromJsonAsync<Now>(url)|}; return now.temp ?? throw new KeyNotFoundException(); } catch (Exception e) when (i < 2) { Console.WriteLine(e); } await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { var text = await Get(); if (text != null) return text; await Task.Delay(1000); } return null; async Task<string> Get() { try { var text = await {|AEH2001:client.GetStringAsync(url)|}; if (text.Contains(\"busy\")) throw new InvalidDataException(); return text; } catch (Exception) { return null; } }")]
    // a body with nothing in it
    [InlineData("for (var i = 0; i < 3; i++) { try { var text = await {|AEH2001:client.GetStringAsync(url)|}; if (!string.IsNullOrEmpty(text)) return text; } catch (Exception) { } await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { var text = await {|AEH2001:client.GetStringAsync(url)|}; var isFilled = !string.IsNullOrWhiteSpace(text); if (isFilled) return text; } catch (Exception) { } await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { var data = await {|AEH2001:client.GetByteArrayAsync(url)|}; if (data.Length > 0) return Encoding.UTF8.GetString(data); } catch (Exception) { } await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { var now = await {|AEH2001:client.GetFromJsonAsync<Now>(url)|}; if (now is not null) return now.temp; } catch (Exception) { } await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { try { var text = await {|AEH2001:client.GetStringAsync(url)|}; if (text is not (null or \"\")) return text; } catch (Exception) { } await Task.Delay(1000); } return null;")]
    [InlineData("string text = null; for (var i = 0; i < 3 && IsNothing(text); i++) { try { text = await {|AEH2001:client.GetStringAsync(url)|}; } catch (Exception) { await Task.Delay(1000); } } return text; static bool IsNothing(string s) => string.IsNullOrEmpty(s);")]
    // attempts that are counted, for an answer that something is wrong with
    [InlineData("for (var attempt = 0; attempt < 3; attempt++) { try { var text = await {|AEH2001:client.GetStringAsync(url)|}; if (text.StartsWith('{')) return text; } catch (HttpRequestException e) { Console.WriteLine(e); } await Task.Delay(1000); } return null;")]
    [InlineData("var retries = 2; do { try { var r = await {|AEH2001:client.GetAsync(url)|}; var code = (int)r.StatusCode; var text = await r.Content.ReadAsStringAsync(); if (code != 200) Console.WriteLine(code); else if (text.StartsWith('{')) return text; } catch (Exception e) { Console.WriteLine(e); } retries--; await Task.Delay(250); } while (retries >= 0); return null;")]
    public Task Retries(string body) => RetryCase.CheckBody(body);

    [Theory]
    // a job that is asked for until it is done
    [InlineData("while (true) { try { var text = await client.GetStringAsync(url); if (text.Contains(\"done\")) return text; } catch (Exception e) { Console.WriteLine(e); } await Task.Delay(1000); }")]
    [InlineData("while (true) { var now = await client.GetFromJsonAsync<Now>(url); if (now?.temp != null) return now.temp; await Task.Delay(1000); }")]
    [InlineData("for (var i = 0; i < 9; i++) { var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.Created) return url; await Task.Delay(1000); } return null;")]
    [InlineData("for (var attempt = 0; attempt < 3; attempt++) { try { var text = await client.GetStringAsync(url); var isReady = text.Contains(\"done\"); if (isReady) return text; } catch (HttpRequestException e) { Console.WriteLine(e); } await Task.Delay(1000); } return null;")]
    [InlineData("for (var attempt = 0; attempt < 3; attempt++) { try { var now = await client.GetFromJsonAsync<Now>(url); var pending = now.temp == \"later\"; if (!pending) return now.temp; } catch (HttpRequestException e) { Console.WriteLine(e); } await Task.Delay(1000); } return null;")]
    // whoever is told to come again is not failing
    [InlineData("HttpResponseMessage r; do { await Task.Delay(1000); r = await client.GetAsync(url); } while (r.StatusCode == HttpStatusCode.Accepted); r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();")]
    [InlineData("while (true) { var r = await client.GetAsync(url); r.EnsureSuccessStatusCode(); if (r.StatusCode != HttpStatusCode.NoContent) return await r.Content.ReadAsStringAsync(); await Task.Delay(1000); }")]
    [InlineData("while (true) { try { var r = await client.GetAsync(url); r.EnsureSuccessStatusCode(); var text = await r.Content.ReadAsStringAsync(); return text.Length > 2 ? text : throw new TimeoutException(); } catch (TimeoutException) { await Task.Delay(1000); } }")]
    // something else went wrong, and not each time
    [InlineData("while (true) { var text = await client.GetStringAsync(url); try { File.WriteAllText(\"file\", JsonSerializer.Deserialize<Now>(text).temp); } catch (JsonException) { } await Task.Delay(1000); }")]
    // only what passes comes back with it
    [InlineData("for (var i = 0; i < 3; i++) { try { var text = await client.GetStringAsync(url); if (text != \"\") return text; } catch (HttpRequestException e) when (e.StatusCode is null or >= HttpStatusCode.InternalServerError) { } await Task.Delay(1000); } return null;")]
    [InlineData("for (var i = 0; i < 3; i++) { var r = await client.GetAsync(url); if (r.StatusCode == HttpStatusCode.OK) return await r.Content.ReadAsStringAsync(); if ((int)r.StatusCode is >= 300 and < 500) throw new Failed(r.StatusCode); await Task.Delay(1000); } return null;")]
    public Task Polls_and_right_retries(string body) => RetryCase.CheckBody(body);

    // it waits at times, as long as something says
    [Theory]
    [InlineData("while (true) { Console.WriteLine(await client.GetStringAsync(url)); var left = (int)(until - DateTime.Now).TotalMilliseconds; if (left > 0) Thread.Sleep(left); }")]
    [InlineData("{|AEH3001:while|} (true) { Console.WriteLine(await client.GetStringAsync(url)); }")]
    public Task Polls_that_wait_at_times(string loop) => RetryCase.Check("DateTime until; async Task Run(string url) { " + loop + " }");

    [Theory]
    [InlineData("{|AEH3001:for|} (var i = 0; i < 3 && !r.IsSuccessStatusCode; i++) r = await {|AEH2001:client.GetAsync(url)|};")]
    [InlineData("if (!r.IsSuccessStatusCode) r = await {|AEH3001:client.GetAsync(url)|};", "{|AEH2001:client.GetAsync(url)|}")]
    public Task One_report_for_one_retry(string again, string first = "client.GetAsync(url)") => RetryCase.CheckBody(
        "var r = await " + first + "; " + again + " r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();");
}
