namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Bodies of a method <c>async Task&lt;object&gt; Run(…)</c>, each of which sends a request.</summary>
internal static class MethodBodies
{
    private const string Now = "\"https://devapi.qweather.com/v7/weather/now?location=101010100\"";

    private const string Cvm = "\"https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances\"";

    /// <summary>Bodies that compile.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        $"var w = await client.GetFromJsonAsync<Weather>({Now}); return w.Now.Temp;",
        $"var w = await client.GetFromJsonAsync<Weather>({Now}); if (w?.Code != \"200\") throw new Exception(w?.Code); return w.Now;",
        $"var t = await client.GetStringAsync({Now}); using var d = JsonDocument.Parse(t); return d.RootElement.GetProperty(\"now\").GetProperty(\"temp\").GetString();",
        $"var t = await client.GetStringAsync({Now}); var j = JObject.Parse(t); return j[\"code\"].ToString() == \"200\" ? j[\"now\"][\"temp\"] : null;",
        $"dynamic d = JsonConvert.DeserializeObject(await client.GetStringAsync({Now})); if (d.code == \"200\") return d.now.temp; return null;",
        $"var r = await client.GetAsync({Cvm}); var a = await r.Content.ReadFromJsonAsync<Answer>(); return a.Code == 0 ? a.Data : throw new InvalidOperationException(a.Message);",
        "var r = await client.GetAsync(url); return await r.Content.ReadAsStringAsync();",
        "var r = await client.GetAsync(url); r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();",
        "var r = await client.GetAsync(url); if (!r.IsSuccessStatusCode) { Console.WriteLine(r.StatusCode); return null; } return await r.Content.ReadAsByteArrayAsync();",
        """
        for (var i = 0; i < 3; i++)
        {
            try { return await client.GetStringAsync(url); }
            catch (HttpRequestException e) when ((int?)e.StatusCode >= 500 || e.StatusCode is null) { await Task.Delay(1 << i); }
        }
        return null;
        """,
        """
        HttpResponseMessage r = null;
        var ok = false;
        while (!ok && count-- > 0)
        {
            r = await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("x") });
            ok = r.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created;
            if (!ok) await Task.Delay(TimeSpan.FromSeconds(count));
        }
        return r?.Content.ReadAsStream();
        """,
        """
        var r = await client.GetAsync(url);
        switch ((int)r.StatusCode)
        {
            case 200: return await r.Content.ReadAsStringAsync();
            case >= 400 and < 500: throw new ArgumentException();
            case 503: goto case 200;
            default: break;
        }
        return null;
        """,
        """
        var r = await client.GetAsync(url);
        return r.StatusCode switch
        {
            HttpStatusCode.OK => await r.Content.ReadFromJsonAsync<Answer>(),
            HttpStatusCode.NotFound when flag => null,
            var s when (int)s >= 500 => throw new IOException(s.ToString()),
            _ => new Answer(),
        };
        """,
        """
        var tasks = new[] { url, url + "2" }.Select(u => client.GetAsync(u)).ToList();
        foreach (var r in await Task.WhenAll(tasks)) { if (r.IsSuccessStatusCode) continue; return r.ReasonPhrase; }
        return tasks.Count;
        """,
        """
        async Task<T> Retry<T>(Func<Task<T>> action, int left)
        {
            try { return await action(); }
            catch (Exception) when (left > 0) { return await Retry(action, left - 1); }
        }
        return await Retry(() => client.GetStringAsync(url), 3);
        """,
        """
        again:
        var r = await client.GetAsync(url);
        if (r.StatusCode == HttpStatusCode.TooManyRequests && --count > 0) { Thread.Sleep(1000); goto again; }
        return await r.Content.ReadAsStreamAsync();
        """,
        """
        try
        {
            try { var r = await client.GetAsync(url); r.EnsureSuccessStatusCode(); return r; }
            catch (HttpRequestException e) { Console.Error.WriteLine(e.Message); throw; }
            finally { count++; }
        }
        catch (Exception e) when (e is TaskCanceledException or OperationCanceledException) { return e; }
        finally { if (count > 2) Console.WriteLine(); }
        """,
        """
        await using var s = await client.GetStreamAsync(url);
        using var gzip = new GZipStream(s, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        string line;
        while ((line = await reader.ReadLineAsync()) != null) if (line.Contains("code")) return line;
        return null;
        """,
        $$"""
        var t = client.GetAsync({{Now}});
        var r = t.Result;
        var (ok, text) = (r.IsSuccessStatusCode, r.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        if (ok) { var w = JsonConvert.DeserializeObject<Weather>(text); return w is { Code: "200", Now: { Temp: var temp } } ? temp : null; }
        return text;
        """,
        """
        var r = flag ? await client.GetAsync(url) : null;
        var s = r?.StatusCode ?? HttpStatusCode.OK;
        string text = null;
        text ??= r == null ? "" : await r.Content.ReadAsStringAsync();
        return s == HttpStatusCode.OK && text is { Length: > 2 } or ['x', .., 'y'] ? text : null;
        """,
        """
        var results = new Dictionary<string, string>();
        foreach (var name in new List<string> { "a", "b" })
        {
            if (!results.TryGetValue(name, out var known)) { known = await client.GetStringAsync(url + name); results[name] = known; }
            if (string.IsNullOrEmpty(known)) continue;
            results.Remove(name);
        }
        return results.Where(p => p.Value.StartsWith("{")).ToDictionary(p => p.Key);
        """,
        """
        var source = new TaskCompletionSource<HttpResponseMessage>();
        _ = client.GetAsync(url).ContinueWith(t => { if (t.IsFaulted) source.SetException(t.Exception); else source.SetResult(t.Result); });
        var r = await source.Task;
        return r.Content;
        """,
        """
        Func<HttpResponseMessage, bool> isOk = r => { switch (r.StatusCode) { case HttpStatusCode.OK: return true; default: return false; } };
        Action<string> log = m => Console.WriteLine(m + url);
        var response = await client.PostAsJsonAsync(url, new { Id = 1, Name = $"x{count:000}" });
        if (isOk(response)) log("ok"); else { log("no"); return null; }
        return await response.Content.ReadFromJsonAsync<List<Answer>>();
        """,
        """
        do
        {
            var page = await client.GetFromJsonAsync<Page>(url);
            if (page is null) break;
            foreach (var item in page.Items ?? Array.Empty<string>()) Console.WriteLine(item);
            url = page.Next;
        }
        while (url is not null);
        return 0;
        """,
        """
        var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.Add("X-QW-Api-Key", "k");
        var r = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        var j = JsonNode.Parse(await r.Content.ReadAsStringAsync());
        return (string)j["now"]["temp"];
        """,
        """
        lock (client)
        {
            checked { count += 2; }
            unchecked { count <<= 3; }
            var r = client.Send(new HttpRequestMessage(HttpMethod.Delete, url));
            return r.StatusCode == (HttpStatusCode)204 ? null : r.Content;
        }
        """,
        """
        bool Try(out string text, ref int left)
        {
            text = null;
            if (left-- <= 0) return false;
            var r = client.GetAsync(url).GetAwaiter().GetResult();
            text = r.IsSuccessStatusCode ? r.Content.ReadAsStringAsync().Result : null;
            return text != null;
        }
        while (!Try(out var found, ref count)) { if (count < 0) return null; }
        return count;
        """,
        """
        var r = await client.GetAsync(new UriBuilder(url) { Query = "a=1" }.Uri);
        var code = (int)r.StatusCode / 100;
        if (code == 2) return await r.Content.ReadAsStringAsync();
        if (code is 4 or 5) { var e = new HttpRequestException($"{r.StatusCode}"); e.Data["x"] = 1; throw e; }
        return default;
        """,
        """
        IEnumerable<int> Pages() { for (var i = 0; i < 10; i++) { if (i == count) yield break; yield return i; } }
        foreach (var p in Pages()) { var t = await client.GetStringAsync(url + p); if (t.Length == 0) return p; }
        return -1;
        """,
        """
        using (var r = await client.GetAsync(url))
        using (var c = r.Content)
        {
            var bytes = await c.ReadAsByteArrayAsync();
            fixed (byte* p = bytes) { }
            return bytes.Length > 0 ? Encoding.UTF8.GetString(bytes) : null;
        }
        """.Replace("    fixed (byte* p = bytes) { }\n", ""),
        """
        var good = new HashSet<HttpStatusCode> { HttpStatusCode.OK, HttpStatusCode.Accepted };
        int[] bad = { 400, 401, 403 };
        var r = await client.PutAsync(url, null);
        if (good.Contains(r.StatusCode)) return r.Content.ReadAsStringAsync();
        if (bad.Contains((int)r.StatusCode) || Array.IndexOf(bad, (int)r.StatusCode) >= 0) return null;
        return r.Headers.RetryAfter?.Delta;
        """,
        $$"""
        var text = await client.GetStringAsync({{Now}});
        var root = JsonDocument.Parse(text).RootElement;
        if (root.TryGetProperty("code", out var c) && int.TryParse(c.GetString(), out var n) && n == 200) return root.GetProperty("now");
        return root.EnumerateObject().Select(p => p.Name).ToArray()[^1];
        """,
        """
        var state = 0; object result = null; Exception last = null;
        while (true)
        {
            switch (state)
            {
                case 0: try { result = await client.GetAsync(url); state = 2; } catch (Exception e) { last = e; state = 1; } break;
                case 1: if (++count > 3) throw new AggregateException(last!); state = 0; break;
                case 2 when result is HttpResponseMessage { IsSuccessStatusCode: true } m: return await m.Content.ReadAsStringAsync();
                default: return null;
            }
        }
        """,
        """
        Func<int, Task<string>> get = null;
        get = async n => n <= 0 ? null : (await client.GetAsync(url)) is { IsSuccessStatusCode: true } r ? await r.Content.ReadAsStringAsync() : await get(n - 1);
        return await get(3);
        """,
        """
        return (await (await client.GetAsync(url)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Dictionary<string, object>>())!
            .OrderBy(p => p.Key).ThenByDescending(p => p.Value is null).FirstOrDefault().Value;
        """,
        """
        var q = from u in new[] { url } let t = client.GetStringAsync(u).Result where t.Length > 3 group t by t[0] into g select g.Key;
        return q.ToList();
        """,
        """
        var timeout = Stopwatch.StartNew();
        while (timeout.Elapsed < TimeSpan.FromMinutes(1))
        {
            var r = await client.GetAsync(url, new CancellationTokenSource(1000).Token);
            if (r.StatusCode == HttpStatusCode.Accepted) { await Task.Delay(r.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1)); continue; }
            return r.IsSuccessStatusCode ? await r.Content.ReadFromJsonAsync<Answer>() : null;
        }
        throw new TimeoutException();
        """,
        """
        (HttpStatusCode Status, string Body) Pack(HttpResponseMessage m) => (m.StatusCode, m.Content.ReadAsStringAsync().Result);
        var (status, body) = Pack(await client.GetAsync(url));
        if (status != HttpStatusCode.OK) return (status, body);
        object o = body;
        return o is string { Length: 0 } ? null : o as string ?? (object)status;
        """,
        """
        var sb = new StringBuilder("https://devapi.qweather.com");
        sb.Append("/v7/weather/").Append(flag ? "now" : "3d").AppendFormat("?location={0}", count);
        var w = JsonSerializer.Deserialize<Weather>(await client.GetStringAsync(sb.ToString()));
        if (w == null || w.Code == "401" || w.Code == "404") return null;
        Console.WriteLine($"{w.Now.Temp,5:0.0}");
        return w.Now with { Temp = "x" };
        """,
        """
        int? limit = flag ? 3 : null;
        for (int i = 0, j = 10; i < limit.GetValueOrDefault(5) & j > 0; i++, j -= 2)
        {
            var r = await client.GetAsync(url);
            if (r.IsSuccessStatusCode ^ flag) return await r.Content.ReadAsStringAsync();
            if (~i == -1 || !(j >= 4 && i != 2)) break;
        }
        return nameof(limit) + typeof(int).Name + sizeof(int) + default(int?);
        """,
    ];

    /// <summary>A source file with a body in a class of its own namespace.</summary>
    public static string Wrap(string body, string space) => $$"""
        using System.Diagnostics;
        using System.IO.Compression;
        using System.Text;
        using System.Text.Json.Nodes;
        using Microsoft.Extensions.Logging;
        using Newtonsoft.Json;
        using Newtonsoft.Json.Linq;
        using JsonSerializer = System.Text.Json.JsonSerializer;

        namespace {{space}}
        {
            class Weather { public string Code { get; set; } public Now Now { get; set; } }
            record Now { public string Temp { get; set; } public string Text { get; set; } }
            class Item { public string Name { get; set; } }
            class Envelope { public bool Success { get; set; } public string Name { get; set; } }
            class Answer { public int Code { get; set; } public string Message { get; set; } public string Data { get; set; } }
            class Page { public string[] Items { get; set; } public string Next { get; set; } }
            class Program
            {
                async Task<object> Run(
                    HttpClient client, string url, bool flag, int count, string city = "", string key = "", ILogger logger = null)
                {
                    {{body}}
                }

                static void Fail(string why) => throw new InvalidOperationException(why);

                static void Check(Weather weather) { if (weather.Code != "200") throw new InvalidOperationException(); }

                static Task<string> Retry(Func<Task<string>> action) => action();
            }
        }
        """;
}
