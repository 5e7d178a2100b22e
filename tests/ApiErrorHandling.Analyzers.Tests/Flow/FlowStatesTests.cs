using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>The states that reach marked places, for every construct of the language that the flow goes through.</summary>
public class FlowStatesTests
{
    private const string Send = "var response = await client.GetAsync(url);\n";

    private const string Read =
        "var weather = await client.GetFromJsonAsync<Weather>(\"https://devapi.qweather.com/v7/weather/now\");\n";

    [Theory]
    [InlineData(Send + """
        Mark("sent");
        if (response.IsSuccessStatusCode) { Mark("then"); }
        else { Mark("else"); }
        Mark("after");
        """,
        "sent: r1=answers",
        "then: r1=ok",
        "else: r1=failed",
        "after: r1=answers")]
    [InlineData(Send + """
        if ((int)response.StatusCode >= 500) { Mark("5xx"); return null; }
        else if (response.StatusCode == HttpStatusCode.NotFound) Mark("404");
        Mark("rest");
        """,
        "5xx: r1=5xx other",
        "404: r1=404",
        "rest: r1=2xx 304 4xx other unreadable")]
    [InlineData(Send + """
        if (!(response.StatusCode != HttpStatusCode.OK)) Mark("ok");
        """,
        "ok: r1=200 unreadable")]
    [InlineData(Send + """
        if (flag) Mark("then: flag"); else Mark("else: flag");
        if (other) { if (other) Mark("again"); else Mark("never"); }
        """,
        "then: r1=answers; flag=true",
        "else: r1=answers; flag=false",
        "again: r1=answers",
        "never: unreachable")]
    public void If(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData(Send + """
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK: Mark("200"); break;
            case HttpStatusCode.Unauthorized: case HttpStatusCode.Forbidden: Mark("auth"); break;
            case var status when (int)status == 429: Mark("429"); break;
            default: Mark("default"); return null;
        }
        Mark("after");
        """,
        "200: r1=200 unreadable",
        "auth: r1=401 403",
        "429: r1=429",
        "default: r1=2xx-200 304 4xx-401-403-429 5xx other",
        "after: r1=200 401 403 429 unreadable")]
    [InlineData(Send + """
        var kind = (int)response.StatusCode switch { < 300 => "ok", 404 => "none", >= 500 and < 600 => "retry", _ => "fail" };
        if (kind == "ok") Mark("ok");
        if (kind == "none") Mark("none");
        if (kind == "retry") Mark("retry");
        if (kind == "fail") Mark("fail");
        """,
        "ok: r1=ok",
        "none: r1=404",
        "retry: r1=5xx other",
        "fail: r1=304 4xx-404 other")]
    [InlineData(Read + """
        switch (weather.Code)
        {
            case "200": Mark("ok"); break;
            case "204": Mark("none"); goto default;
            case "402": case "429": throw new Exception();
            default: Mark("rest"); break;
        }
        """,
        "ok: r1=200",
        "none: r1=204",
        "rest: r1=codes-200-402-429")]
    [InlineData(Send + """
        var value = response.StatusCode switch
        {
            HttpStatusCode.OK => 1,
            HttpStatusCode.NotFound => 0,
            _ => throw new Exception(),
        };
        Mark("after: value");
        """,
        "after: r1=200 unreadable; value=1 | r1=404; value=0")]
    public void Switch(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData(Send + """
        if (response is { IsSuccessStatusCode: true, Content: var content }) Mark("then"); else Mark("else");
        """,
        "then: r1=ok",
        "else: r1=failed")]
    [InlineData(Send + """
        if (response is { StatusCode: HttpStatusCode.OK or HttpStatusCode.Created }) Mark("then"); else Mark("else");
        """,
        "then: r1=200 201 unreadable",
        "else: r1=2xx-200-201 304 4xx 5xx other")]
    [InlineData(Send + """
        if ((int)response.StatusCode is >= 200 and < 300) Mark("then"); else Mark("else");
        """,
        "then: r1=ok",
        "else: r1=failed")]
    [InlineData(Send + """
        if ((int)response.StatusCode is not (>= 400 and <= 499)) Mark("then"); else Mark("else");
        """,
        "then: r1=2xx 304 5xx other unreadable",
        "else: r1=4xx other")]
    [InlineData(Send + """
        if (response is not { StatusCode: HttpStatusCode.OK }) { Mark("not"); return null; }
        Mark("ok");
        """,
        "not: r1=2xx-200 304 4xx 5xx other",
        "ok: r1=200 unreadable")]
    [InlineData(Send + """
        if (response is { StatusCode: var status } && status == HttpStatusCode.NotFound) Mark("404");
        """,
        "404: r1=404")]
    [InlineData(Send + """
        if (response is { StatusCode: HttpStatusCode.NotFound } missing) Mark("404: missing");
        """,
        "404: r1=404; missing=response r1")]
    [InlineData(Send + """
        if ((response.StatusCode, flag) is (HttpStatusCode.NotFound, true)) Mark("a"); else Mark("b");
        """,
        "a: r1=404",
        "b: r1=answers")]
    [InlineData(Send + """
        if (new[] { 1, 2 } is [1, ..]) Mark("a"); else Mark("b");
        """,
        "a: r1=answers",
        "b: r1=answers")]
    [InlineData(Read + """
        if (weather is { Code: "200" }) Mark("then");
        if (weather?.Code is "200") Mark("access");
        if (weather is null) return null;
        if (weather.Code is not "200") Mark("not");
        """,
        "then: r1=200",
        "access: r1=200",
        "not: r1=codes-200")]
    [InlineData(Read + """
        if (weather is not { Code: "200", Now: { } now }) return null;
        Mark("after");
        """,
        "after: r1=200")]
    [InlineData(Send + """
        object boxed = response.StatusCode;
        if (boxed is HttpStatusCode.NotFound) Mark("404");
        if (boxed is HttpStatusCode s and >= HttpStatusCode.InternalServerError) Mark("5xx");
        """,
        "404: r1=404",
        "5xx: r1=5xx other")]
    public void Patterns(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData("""
        HttpResponseMessage response = null;
        var n = 0;
        while (n < 3)
        {
            response = await client.GetAsync(url);
            if (response.IsSuccessStatusCode) break;
            Mark("again");
            n++;
        }
        Mark("after: response");
        """,
        "again: r1=failed",
        "after: r1=failed; response=response r1 | r1=ok; response=response r1")]
    [InlineData("""
        HttpResponseMessage response;
        do { response = await client.GetAsync(url); }
        while (response.StatusCode == HttpStatusCode.ServiceUnavailable);
        Mark("after");
        """,
        "after: r1=2xx 304 4xx 5xx-503 other unreadable")]
    [InlineData("""
        var ok = false;
        for (var i = 0; i < 5 && !ok; i++)
        {
            var response = await client.GetAsync(url);
            ok = response.IsSuccessStatusCode;
        }
        if (ok) Mark("ok"); else Mark("failed");
        """,
        "ok: r1=ok",
        "failed: r1=failed")]
    [InlineData("""
        foreach (var address in new[] { url, url + "2" })
        {
            var response = await client.GetAsync(address);
            if (!response.IsSuccessStatusCode) { Mark("bad"); continue; }
            Mark("good");
        }
        Mark("after");
        """,
        "bad: r1=failed",
        "good: r1=ok",
        "after: r1=answers")]
    [InlineData("""
        again:
        var response = await client.GetAsync(url);
        if ((int)response.StatusCode == 429) goto again;
        Mark("after");
        """,
        "after: r1=2xx 304 4xx-429 5xx other unreadable")]
    [InlineData("""
        var n = 0;
        while (flag) { n++; Mark("in: n"); }
        Mark("after: n");
        """,
        "in: n=1 | n=2–",
        "after: n=0")]
    [InlineData("""
        var n = 0;
        while (n < 1) { n++; Mark("in: n"); }
        Mark("after: n");
        """,
        "in: n=1",
        "after: n=1")]
    [InlineData("""
        var n = 0;
        while (flag)
        {
            n++;
            if (n >= 5) break;
            Mark("in: n");
        }
        Mark("after: n");
        """,
        "in: n=1 | n=2–4",
        "after: n=0 | n=5–6")]
    [InlineData("""
        while (true)
        {
            var response = await client.GetAsync(url);
            if (response.IsSuccessStatusCode) { Mark("ok"); return null; }
            if (response.StatusCode == HttpStatusCode.NotFound) break;
        }
        Mark("after");
        """,
        "ok: r1=ok",
        "after: r1=404")]
    [InlineData("""
        foreach (var address in new[] { url })
        {
            foreach (var page in new[] { 1, 2 })
            {
                var response = await client.GetAsync(address + page);
                if (!response.IsSuccessStatusCode) goto done;
                Mark("page");
            }
        }
        Mark("all");
        done:
        Mark("done");
        """,
        "page: r1=ok",
        "all: r1=ok",
        "done: r1=failed | r1=ok")]
    public void Loops(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData("""
        using (var response = await client.GetAsync(url)) { response.EnsureSuccessStatusCode(); Mark("in"); }
        Mark("after");
        """,
        "in: r1=ok",
        "after: r1=ok")]
    [InlineData("""
        using var response = await client.GetAsync(url);
        if (!response.IsSuccessStatusCode) return null;
        Mark("after");
        """,
        "after: r1=ok")]
    [InlineData("""
        await using var stream = await client.GetStreamAsync(url);
        Mark("after");
        """,
        "after: r1=ok")]
    [InlineData("""
        lock (client) { if (flag) return null; }
        Mark("after: flag");
        """,
        "after: flag=false")]
    public void Using(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData("""
        HttpResponseMessage response = null;
        try { response = await client.GetAsync(url); Mark("sent"); }
        catch (HttpRequestException) { Mark("failed"); }
        catch (TaskCanceledException) { Mark("late"); }
        Mark("after: response");
        if (response == null) Mark("null"); else Mark("there");
        """,
        "sent: r1=answers",
        "failed: r1=transport",
        "late: r1=timeout",
        "after: r1=answers; response=response r1 | r1=timeout transport; response=null",
        "null: r1=timeout transport",
        "there: r1=answers")]
    [InlineData("""
        try { await client.GetStringAsync(url); Mark("read"); }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound) { Mark("404"); }
        catch (HttpRequestException e) when ((int?)e.StatusCode >= 500) { Mark("5xx"); }
        catch (HttpRequestException e) when (e.StatusCode is null) { Mark("none"); }
        catch (HttpRequestException) { Mark("rest"); }
        """,
        "read: r1=ok",
        "404: r1=404",
        "5xx: r1=5xx other",
        "none: r1=transport",
        "rest: r1=304 4xx-404 other")]
    [InlineData("""
        try { await client.GetStringAsync(url); }
        catch (Exception e) when (e is HttpRequestException { StatusCode: HttpStatusCode.NotFound }) { Mark("404"); }
        catch (Exception e) when (e is TaskCanceledException or HttpRequestException { StatusCode: null }) { Mark("none"); }
        """,
        "404: r1=404",
        "none: r1=timeout | r1=transport")]
    [InlineData("""
        try { await client.GetStringAsync(url); }
        catch (Exception e) when (flag) { Mark("caught: flag"); return null; }
        catch (HttpRequestException) { Mark("rest: flag"); }
        Mark("after");
        """,
        "caught: r1=304 4xx 5xx other transport; flag=true | r1=timeout; flag=true",
        "rest: r1=304 4xx 5xx other transport; flag=false",
        "after: r1=304 4xx 5xx other transport | r1=ok")]
    [InlineData("""
        try { var response = await client.GetAsync(url); response.EnsureSuccessStatusCode(); Mark("ok"); }
        catch (HttpRequestException) { Mark("catch"); }
        """,
        "ok: r1=ok",
        "catch: r1=304 4xx 5xx other transport")]
    [InlineData("""
        for (var i = 0; i < 3; i++)
        {
            try { var response = await client.GetAsync(url); response.EnsureSuccessStatusCode(); Mark("ok"); return null; }
            catch (HttpRequestException) { Mark("retry"); }
        }
        Mark("given up");
        """,
        "ok: r1=ok",
        "retry: r1=304 4xx 5xx other transport",
        "given up: r1=304 4xx 5xx other transport")]
    [InlineData("""
        try { throw new InvalidOperationException(); }
        catch (ArgumentException) { Mark("argument"); }
        catch (SystemException) { Mark("system"); }
        catch { Mark("any"); }
        """,
        "argument: unreachable",
        "system: nothing",
        "any: unreachable")]
    [InlineData("""
        try { await client.GetStringAsync(url); }
        catch (Exception e) when (e is IOException || e is HttpRequestException) { Mark("request"); }
        catch (Exception e) { if (e is FormatException) Mark("never"); if (e is OperationCanceledException) Mark("late"); }
        """,
        "request: r1=304 4xx 5xx other transport",
        "never: unreachable",
        "late: r1=timeout")]
    [InlineData("""
        try { if (flag) throw new InvalidOperationException(); Mark("body: flag"); }
        catch { Mark("any: flag"); }
        """,
        "body: flag=false",
        "any: flag=true")]
    public void Catches(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData("""
        try
        {
            var response = await client.GetAsync(url);
            if (!response.IsSuccessStatusCode) return null;
            Mark("body");
        }
        finally { Mark("finally"); }
        Mark("after");
        """,
        "body: r1=ok",
        "finally: r1=failed | r1=ok | r1=timeout | r1=transport",
        "after: r1=ok")]
    [InlineData("""
        try
        {
            try { await client.GetStringAsync(url); }
            finally { Mark("inner"); }
            Mark("between");
        }
        catch (HttpRequestException) { Mark("catch"); }
        finally { Mark("outer"); }
        Mark("after");
        """,
        "inner: r1=304 4xx 5xx other transport | r1=ok | r1=timeout",
        "between: r1=ok",
        "catch: r1=304 4xx 5xx other transport",
        "outer: r1=304 4xx 5xx other transport | r1=ok | r1=timeout",
        "after: r1=2xx 304 4xx 5xx other transport unreadable")]
    [InlineData("""
        var done = false;
        try { if (flag) return null; }
        finally
        {
            try { if (other) throw new Exception(); }
            catch { Mark("inner catch: flag other"); }
            finally { done = true; }
        }
        Mark("after: done flag");
        """,
        "inner catch: flag=false; other=true | flag=true; other=true",
        "after: done=true; flag=false")]
    [InlineData("""
        while (true)
        {
            try
            {
                try { if (flag) break; }
                finally { throw new InvalidOperationException(); }
            }
            catch (InvalidOperationException) { Mark("caught"); }
        }
        Mark("after");
        """,
        "caught: nothing",
        "after: unreachable")]
    [InlineData("""
        while (true)
        {
            try
            {
                var response = await client.GetAsync(url);
                if (response.IsSuccessStatusCode) break;
                if (response.StatusCode == HttpStatusCode.NotFound) continue;
                Mark("rest");
                return null;
            }
            finally { Mark("finally"); }
        }
        Mark("after");
        """,
        "rest: r1=304 4xx-404 5xx other",
        "finally: r1=304 4xx-404 5xx other | r1=404 | r1=ok | r1=timeout | r1=transport",
        "after: r1=ok")]
    public void Finally(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData("""
        try
        {
            try { await client.GetStringAsync(url); }
            catch (HttpRequestException e)
            {
                if (e.StatusCode == HttpStatusCode.NotFound) return null;
                throw;
            }
        }
        catch (HttpRequestException) { Mark("outer"); }
        catch (Exception) { Mark("other"); }
        Mark("after");
        """,
        "outer: r1=304 4xx-404 5xx other transport",
        "other: r1=timeout",
        "after: r1=2xx 304 4xx-404 5xx other timeout transport unreadable")]
    [InlineData("""
        try
        {
            try { await client.GetStringAsync(url); }
            catch (HttpRequestException e) { throw e; }
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound) { Mark("404"); }
        """,
        "404: r1=404")]
    [InlineData("""
        try
        {
            try { await client.GetStringAsync(url); }
            catch (HttpRequestException e) { throw new InvalidOperationException("no", e); }
        }
        catch (HttpRequestException) { Mark("bare"); }
        catch (InvalidOperationException) { Mark("wrapped"); }
        """,
        "bare: unreachable",
        "wrapped: r1=304 4xx 5xx other transport")]
    [InlineData("""
        try
        {
            try { await client.GetStringAsync(url); }
            finally { if (flag) throw new InvalidOperationException(); }
            Mark("body: flag");
        }
        catch (InvalidOperationException) { Mark("replaced: flag"); }
        """,
        "body: r1=ok; flag=false",
        "replaced: r1=all; flag=true")]
    public void Rethrow(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData("""
        try { var response = client.GetAsync(url).Result; Mark("sent"); }
        catch (HttpRequestException) { Mark("http"); }
        catch (AggregateException) { Mark("aggregate"); }
        """,
        "sent: r1=answers",
        "http: unreachable",
        "aggregate: r1=timeout | r1=transport")]
    [InlineData("""
        try { var response = client.GetAsync(url).GetAwaiter().GetResult(); Mark("sent"); }
        catch (HttpRequestException) { Mark("http"); }
        catch (AggregateException) { Mark("aggregate"); }
        catch (OperationCanceledException) { Mark("late"); }
        """,
        "sent: r1=answers",
        "http: r1=transport",
        "aggregate: unreachable",
        "late: r1=timeout")]
    [InlineData("""
        var task = client.GetStringAsync(url);
        try { task.Wait(); Mark("read"); }
        catch (AggregateException) { Mark("aggregate"); }
        """,
        "read: r1=ok",
        "aggregate: r1=304 4xx 5xx other transport | r1=timeout")]
    [InlineData("""
        var task = client.GetAsync(url);
        try { Mark("before"); var response = await task.ConfigureAwait(false); Mark("sent"); }
        catch (HttpRequestException) { Mark("catch"); }
        """,
        "before: r1=all",
        "sent: r1=answers",
        "catch: r1=transport")]
    [InlineData("""
        Task<HttpResponseMessage> task = null;
        try { task = client.GetAsync(url); Mark("called"); }
        catch (HttpRequestException) { Mark("at call"); }
        try { await task; }
        catch (HttpRequestException) { Mark("at await"); }
        """,
        "called: r1=all",
        "at call: unreachable",
        "at await: r1=transport")]
    [InlineData("""
        Task<string> task = null;
        try { task = Get(); } catch (HttpRequestException) { Mark("at call"); }
        try { await task; } catch (HttpRequestException) { Mark("at await"); }

        async Task<string> Get() => await client.GetStringAsync(url);
        """,
        "at call: unreachable",
        "at await: r1=304 4xx 5xx other transport")]
    [InlineData("""
        Func<Task<string>> get = async () =>
        {
            if (flag) throw new InvalidOperationException();
            return await client.GetStringAsync(url);
        };
        try { var text = get().Result; }
        catch (InvalidOperationException) { Mark("bare"); }
        catch (AggregateException) { Mark("aggregate"); }
        """,
        "bare: unreachable",
        "aggregate: r1=304 4xx 5xx other transport | r1=all | r1=timeout")]
    public void Waiting(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData(Read + """
        if (int.TryParse(weather.Code, out var code) && code == 200) Mark("ok"); else Mark("else");
        """,
        "ok: r1=200",
        "else: r1=codes-200")]
    [InlineData(Send + """
        bool IsOk(HttpResponseMessage r, out HttpStatusCode s) { s = r.StatusCode; return r.IsSuccessStatusCode; }
        if (!IsOk(response, out var status))
        {
            Mark("failed");
            if (status == HttpStatusCode.NotFound) Mark("404");
        }
        """,
        "failed: r1=failed",
        "404: r1=404")]
    [InlineData("""
        var ok = false;
        void Set(ref bool target) { target = true; }
        Set(ref ok);
        Mark("after: ok");
        """,
        "after: ok=true")]
    [InlineData("""
        var ok = false;
        bool.TryParse(url, out ok);
        if (ok) Mark("then"); else Mark("else");
        """,
        "then: nothing",
        "else: nothing")]
    public void Outs(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData(Send + """
        var (ok, status) = (response.IsSuccessStatusCode, response.StatusCode);
        if (ok) Mark("ok");
        if (status == HttpStatusCode.NotFound) Mark("404");
        """,
        "ok: r1=ok",
        "404: r1=404")]
    [InlineData(Send + """
        (bool Ok, HttpStatusCode Status) Look() => (response.IsSuccessStatusCode, response.StatusCode);
        var result = Look();
        if (result.Ok) Mark("ok"); else if (result.Status == HttpStatusCode.NotFound) Mark("404");
        """,
        "ok: r1=ok",
        "404: r1=404")]
    [InlineData("""
        var a = 1;
        var b = 2;
        (a, b) = (b, a);
        Mark("after: a b");
        """,
        "after: a=2; b=1")]
    [InlineData("""
        var (a, (_, c)) = (1, ("x", 3));
        Mark("after: a c");
        """,
        "after: a=1; c=3")]
    [InlineData(Send + """
        var result = new { Ok = response.IsSuccessStatusCode, Count = 3 };
        if (result.Ok) Mark("ok"); else Mark("failed");
        """,
        "ok: r1=ok",
        "failed: r1=failed")]
    [InlineData(Send + """
        var result = new Result(response.IsSuccessStatusCode, 3);
        if (result.Ok) Mark("ok"); else Mark("failed");
        """,
        "ok: r1=ok",
        "failed: r1=failed")]
    public void Tuples(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData("""
        var response = flag ? await client.GetAsync(url) : null;
        if (response?.IsSuccessStatusCode == true) Mark("ok"); else Mark("else: response");
        """,
        "ok: r1=ok",
        "else: r1=failed; response=response r1 | response=null")]
    [InlineData(Send + """
        var ok = response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound;
        if (ok) Mark("ok"); else Mark("else");
        """,
        "ok: r1=404 | r1=ok",
        "else: r1=304 4xx-404 5xx other")]
    [InlineData(Send + """
        if (response.IsSuccessStatusCode && flag) Mark("a"); else Mark("b: flag");
        """,
        "a: r1=ok",
        "b: r1=failed | r1=ok; flag=false")]
    [InlineData(Send + """
        if (!response.IsSuccessStatusCode & response.StatusCode != HttpStatusCode.NotFound) return null;
        Mark("after");
        """,
        "after: r1=2xx 404 unreadable")]
    [InlineData(Send + """
        _ = response.IsSuccessStatusCode ? 0 : throw new Exception();
        Mark("after");
        """,
        "after: r1=ok")]
    [InlineData("""
        HttpResponseMessage response = null;
        response ??= await client.GetAsync(url);
        Mark("after: response");
        """,
        "after: r1=answers; response=response r1")]
    [InlineData(Read + """
        if ((weather?.Code ?? "") != "200") return null;
        Mark("after");
        """,
        "after: r1=200")]
    [InlineData(Read + """
        var code = weather?.Code ?? throw new Exception();
        if (code == "200") Mark("ok"); else Mark("else");
        """,
        "ok: r1=200",
        "else: r1=codes-200")]
    [InlineData(Send + """
        var wait = response.StatusCode == HttpStatusCode.TooManyRequests ? 10 : 1;
        Mark("after: wait");
        """,
        "after: r1=2xx 304 4xx-429 5xx other unreadable; wait=1 | r1=429; wait=10")]
    public void Captures(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData(Send + """
        void Guard(HttpResponseMessage r) { if (!r.IsSuccessStatusCode) throw new Exception(); }
        Guard(response);
        Mark("after");
        """,
        "after: r1=ok")]
    [InlineData(Send + """
        Func<HttpResponseMessage, bool> isOk = r => r.IsSuccessStatusCode;
        if (isOk(response)) Mark("ok"); else Mark("else");
        """,
        "ok: r1=ok",
        "else: r1=failed")]
    [InlineData("""
        Func<Task<HttpResponseMessage>> send = () => client.GetAsync(url);
        Task<HttpResponseMessage> task = null;
        try { task = send(); } catch (HttpRequestException) { Mark("at call"); }
        try { await task; Mark("sent"); } catch (HttpRequestException) { Mark("at await"); }
        """,
        "at call: unreachable",
        "sent: r1=answers",
        "at await: r1=transport")]
    [InlineData("""
        async Task<string> Get() { var r = await client.GetAsync(url); r.EnsureSuccessStatusCode(); Mark("in"); return "x"; }
        try { var text = await Get(); Mark("after: text"); } catch (HttpRequestException) { Mark("catch"); }
        """,
        "in: r1=ok",
        "after: r1=ok; text=\"x\"",
        "catch: r1=304 4xx 5xx other transport")]
    [InlineData("""
        async Task<HttpResponseMessage> Get() => await client.GetAsync(url);
        var response = await Get();
        if (!response.IsSuccessStatusCode) response = await Get();
        Mark("after: response");
        """,
        "after: r1=answers; response=response r1")]
    [InlineData("""
        var ok = false;
        Action set = () => ok = true;
        set();
        if (ok) Mark("ok"); else Mark("no");
        """,
        "ok: nothing",
        "no: unreachable")]
    [InlineData("""
        var ok = false;
        new List<int> { 1 }.ForEach(x => ok = true);
        if (ok) Mark("ok"); else Mark("no");
        """,
        "ok: nothing",
        "no: nothing")]
    [InlineData("""
        var response = await Task.Run(() => client.GetAsync(url));
        if (response.IsSuccessStatusCode) Mark("ok");
        """,
        "ok: r1=ok")]
    [InlineData("""
        int Down(int n) => n <= 0 ? 0 : Down(n - 1);
        var zero = Down(3);
        Mark("after");
        """,
        "after: nothing")]
    [InlineData("""
        Func<int, int> twice = n => n * 2;
        Func<Func<int, int>, int> apply = f => f(4);
        var eight = apply(twice);
        Mark("after: eight");
        """,
        "after: eight=8")]
    [InlineData("""
        HttpResponseMessage response = null;
        try { response = await client.GetAsync(url); }
        catch (HttpRequestException e) when (Log(e)) { Mark("caught"); }
        catch (HttpRequestException) { Mark("passed"); }
        bool Log(Exception e) => false;
        """,
        "caught: unreachable",
        "passed: r1=transport")]
    public void Functions(string body, params string[] expected) => Check(body, expected);

    [Theory]
    [InlineData("""
        var ok = false;
        try
        {
            var response = await client.GetAsync(url);
            if (response.IsSuccessStatusCode) ok = true;
        }
        catch (Exception) { }
        Mark("after: ok");
        """,
        "after: r1=304 4xx 5xx other timeout transport; ok=false | r1=ok; ok=true")]
    [InlineData("""
        var attempts = 0;
        var ok = false;
        while (!ok && attempts < 3)
        {
            attempts++;
            try { (await client.GetAsync(url)).EnsureSuccessStatusCode(); ok = true; }
            catch (HttpRequestException) { Mark("retry"); }
        }
        if (ok) Mark("ok"); else Mark("failed");
        """,
        "retry: r1=304 4xx 5xx other transport",
        "ok: r1=ok",
        "failed: r1=304 4xx 5xx other transport")]
    [InlineData(Send + """
        var error = "";
        if (!response.IsSuccessStatusCode) error = "failed";
        if (error != "") return null;
        Mark("after");
        """,
        "after: r1=ok")]
    [InlineData(Send + """
        string text = null;
        if (response.IsSuccessStatusCode) text = await response.Content.ReadAsStringAsync();
        if (text != null) Mark("text"); else Mark("null");
        """,
        "text: r1=ok",
        "null: r1=failed")]
    [InlineData("""
        var first = await client.GetAsync(url);
        var second = await client.GetAsync(url + "2");
        if (first.IsSuccessStatusCode && second.IsSuccessStatusCode) Mark("both"); else Mark("else");
        """,
        "both: r1=ok; r2=ok",
        "else: r1=answers; r2=answers")]
    public void Partitions(string body, params string[] expected) => Check(body, expected);

    [Fact]
    public void Top_level_statements() => Check(
        """
        var client = new HttpClient();
        var response = await client.GetAsync("https://example.com");
        if (!response.IsSuccessStatusCode) return 1;
        Mark("after");
        return 0;
        """,
        "",
        ["after: r1=ok"],
        isProgram: true);

    [Theory]
    [InlineData("public Program(HttpClient client) : base(client.GetStringAsync(\"x\").Result) { Mark(\"body\"); }", "body: r1=ok")]
    [InlineData("Program(HttpClient client) : this(client.GetAsync(\"x\").Result) { Mark(\"body\"); } Program(HttpResponseMessage r) { }", "body: r1=answers")]
    [InlineData("Program(HttpClient client) { var r = client.GetAsync(\"x\").Result; if (r.IsSuccessStatusCode) _ok = true; Mark(\"body: _ok\"); } bool _ok;", "body: r1=failed | r1=ok; _ok=true")]
    public void Constructors(string member, string expected) => Check(
        $$"""
        class Base { protected Base(string text) { } protected Base() { } }
        class Program : Base { {{member}} }
        """,
        "Program",
        [expected]);

    [Fact]
    public void Accessors_iterators_and_fields() => Check(
        """
        class Program
        {
            static readonly HttpClient Client = new();
            int _tries;
            IEnumerable<string> Run
            {
                get
                {
                    _tries = 1;
                    var response = Client.GetAsync("x").Result;
                    yield return response.ReasonPhrase;
                    if (!response.IsSuccessStatusCode) yield break;
                    Mark("after: _tries");
                }
            }
        }
        """,
        "Run",
        ["after: r1=ok; _tries=1"]);

    // what a helper throws that never returns is caught by the handlers of its type, and by no others
    [Theory]
    [InlineData("static void Fail(string why) => throw new InvalidOperationException(why);")]
    [InlineData("static Exception Fail(string why) { Console.WriteLine(why); throw new InvalidOperationException(why); }")]
    public void A_helper_that_throws(string helper) => Check(
        $$"""
        class Program
        {
            {{helper}}

            async Task<string> Run(HttpClient client, string url)
            {
                try
                {
                    var response = await client.GetAsync(url);
                    if (!response.IsSuccessStatusCode) Fail("not today");
                    Mark("ok");
                }
                catch (FormatException) { Mark("other"); }
                catch (InvalidOperationException) { Mark("caught"); }
                return null;
            }
        }
        """,
        "Run",
        ["ok: r1=ok", "other: unreachable", "caught: r1=failed"]);

    // two exceptions that look alike, one with outcomes of its own, one with some of those that come to the end
    [Fact]
    public void Exceptions_that_look_alike() => Check(
        """
        class Item { public string Name { get; set; } }
        class Program
        {
            async Task<Item> Read(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                if (!response.IsSuccessStatusCode) throw new InvalidOperationException("failed");
                return await response.Content.ReadFromJsonAsync<Item>() ?? throw new InvalidOperationException("nothing");
            }

            async Task<string> Run(HttpClient client, string url)
            {
                try { return (await Read(client, url)).Name; }
                catch (InvalidOperationException) { Mark("caught"); return null; }
            }
        }
        """,
        "Run",
        ["caught: r1=2xx-204-205 304 4xx 5xx other"]);

    [Theory]
    [InlineData("list.AddRange(more);", "r1=answers")]
    [InlineData("Fill(list);", "r1=answers")]
    [InlineData("await Load(client, list);", "r1=answers; r2=ok")]
    public void A_list_is_what_was_put_into_it(string fill, string filled) => Check(
        $$"""
        class Program
        {
            static void Fill(List<string> items) => items.Add("x");
            static async Task Load(HttpClient client, List<string> items) { items.Add(await client.GetStringAsync("x")); }

            async Task Run(HttpClient client, string url, string[] more)
            {
                var response = await client.GetAsync(url);
                var list = new List<string>();
                if (list.Contains(url)) { Mark("empty"); }
                {{fill}}
                if (list.Contains(url)) { Mark("filled"); }
            }
        }
        """,
        "Run",
        ["empty: unreachable", "filled: " + filled]);

    [Theory]
    [InlineData("HttpStatusCode[] Good = { HttpStatusCode.OK, HttpStatusCode.Created };")]
    [InlineData("HttpStatusCode[] Good = new[] { HttpStatusCode.OK, HttpStatusCode.Created };")]
    [InlineData("List<HttpStatusCode> Good = new() { HttpStatusCode.OK, HttpStatusCode.Created };")]
    public void A_list_of_statuses_in_a_field(string field) => Check(
        $$"""
        class Program
        {
            static readonly {{field}}

            async Task Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                if (Good.Contains(response.StatusCode)) Mark("good"); else Mark("bad");
            }
        }
        """,
        "Run",
        ["good: r1=200 201 unreadable", "bad: r1=2xx-200-201 304 4xx 5xx other"]);

    [Theory]
    // a number that is not the same each round
    [InlineData(
        "async Task<HttpResponseMessage> Send(HttpClient client, string url, int left)",
        "var r = await client.GetAsync(url); return r.StatusCode == HttpStatusCode.ServiceUnavailable && left > 0 ? await Send(client, url, left - 1) : r;",
        "Send(client, url, 3)",
        "good: r1=503; r2=ok | r1=ok",
        "bad: r1=503; r2=failed | r1=failed")]
    // what waits is told how long, and tells nothing
    [InlineData(
        "Func<int, Task> wait; async Task<HttpResponseMessage> Send(HttpClient client, string url, int left)",
        "var r = await client.GetAsync(url); if (r.StatusCode == (HttpStatusCode)429) { await wait((int)r.StatusCode); return await Send(client, url, left); } return r;",
        "Send(client, url, 3)",
        "good: r1=ok | r1?=429; r2=ok",
        "bad: r1=304 4xx-429 5xx other | r1?=429; r2=304 4xx-429 5xx other")]
    // the answer is handed from round to round, beside a number
    [InlineData(
        "async Task<HttpResponseMessage> Again(HttpClient client, string url, HttpResponseMessage r, int round)",
        "if (r.StatusCode != (HttpStatusCode)429 || round > 4) return r; return await Again(client, url, await client.GetAsync(url), round + 1);",
        "Again(client, url, await client.GetAsync(url), 1)",
        "good: r1=429; r2=429; r3=ok | r1=429; r2=ok | r1=ok",
        "bad: r1=304 4xx-429 5xx other | r1=429; r2=429; r3=failed | r1=429; r2=failed")]
    public void A_method_that_calls_itself(string head, string code, string call, params string[] expected) => Check(
        $$"""
        class Program
        {
            {{head}} { {{code}} }

            async Task Run(HttpClient client, string url)
            {
                var response = await {{call}};
                if (response.IsSuccessStatusCode) Mark("good"); else Mark("bad");
            }
        }
        """,
        "Run",
        expected);

    [Fact]
    public void More_partitions_than_are_kept()
    {
        var program = FlowProgram.Of($$"""
            class Program
            {
                async Task Run(HttpClient client, string url, bool[] flags)
                {
                    var response = await client.GetAsync(url);
                    var ok = false;
                    if (response.IsSuccessStatusCode) ok = true;
                    {{string.Concat(Enumerable.Range(0, 8).Select(i => $"var b{i} = false; if (flags[{i}]) b{i} = true;\n"))}}
                    if (ok) Mark("ok"); else Mark("failed");
                    if (b0 && b1 && b2 && b3 && b4 && b5 && b6 && b7) Mark("all"); else Mark("not all");
                }
            }
            """);
        var result = program.Run();

        Assert.NotNull(result);
        Assert.Equal(24, result.Solver.EntryStates.Max(states => states.Count));
        Assert.Equal(["r1=ok"], program.At("ok").Distinct());
        Assert.Equal(["r1=failed"], program.At("failed").Distinct());
        Assert.NotEmpty(program.At("all"));
        Assert.NotEmpty(program.At("not all"));
    }

    private static void Check(string body, params string[] expected) => Check(
        $$"""
        class Weather { public string Code { get; set; } public Now Now { get; set; } }
        class Now { public string Temp { get; set; } }
        record Result(bool Ok, int Count);
        class Program
        {
            async Task<string> Run(HttpClient client, string url, bool flag, bool other, int count)
            {
                {{body.ReplaceLineEndings("\n        ")}}
                return null;
            }
        }
        """,
        "Run",
        expected);

    private static void Check(string source, string member, string[] expected, bool isProgram = false)
    {
        var program = FlowProgram.Of(source, isProgram);
        Assert.NotNull(program.Run(member));
        Assert.NotEmpty(expected);
        var actual = expected.Select(line => line.Split(": ")[0]).Select(mark =>
            mark + ": " + (program.At(mark) is [_, ..] states ? string.Join(" | ", states) : "unreachable"));
        Assert.Equal(string.Join("\n", expected), string.Join("\n", actual));
        Assert.Equal(0, program.Context.Counters.LimitsHit);
    }
}
