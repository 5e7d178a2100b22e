using System.Diagnostics;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Methods made to exhaust the flow: it ends soon, at most by giving the method up.</summary>
[Collection(nameof(Alone))]
public class PathologicalTests
{
    private const string Send = "response = await client.GetAsync(url);";

    /// <summary>Several times what a loaded machine takes; without limits most of these would not end at all.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Methods { get; } = new()
    {
        { "nested ifs", Nest(200, i => $"if (flags[{i}]) {{ {Send}", "}") },
        { "nested loops", Nest(40, i => $"while (flags[{i}]) {{ {Send} if (!response.IsSuccessStatusCode) continue;", "}") },
        { "nested handlers", Nest(40, i => $"try {{ {Send}", i => $"}} catch (Exception e) when (flags[{i}]) {{ throw; }}") },
        { "nested finallys", Nest(40, i => $"try {{ if (flags[{i}]) return; {Send}", "} finally { Console.WriteLine(); }") },
        { "nested switches", Nest(60, i => $"switch (count) {{ case {i}: {Send} break; default:", "break; }") },
        { "requests", Repeat(300, i => $"var r{i} = await client.GetAsync(url);") },
        { "checked requests", Repeat(300, i => $"var r{i} = await client.GetAsync(url); if (!r{i}.IsSuccessStatusCode) return;") },
        { "compared requests", Repeat(150, i => $"var r{i} = await client.GetAsync(url); if (r{i}.StatusCode == response?.StatusCode) response = r{i};") },
        { "statements", Send + Repeat(2000, i => $"var s{i} = count + {i}; Console.WriteLine(s{i});") },
        { "branches", Send + Repeat(1000, i => $"if (count == {i}) Console.WriteLine({i});") },
        { "flags", Send + Repeat(40, i => $"var b{i} = false; if (flags[{i}]) b{i} = true;") + Send + Repeat(40, i => $"if (b{i}) count++;") },
        { "flags by status", Repeat(40, i => $"var b{i} = false;") + "for (;;) {" + Send + Repeat(40, i => $"if ((int)response.StatusCode == {400 + i} || flags[{i}]) b{i} = !b{i};") + "}" },
        { "tries", Repeat(150, i => $"try {{ {Send} }} catch (HttpRequestException) {{ count = {i}; }}") },
        { "lambdas in lambdas", Nest(30, i => $"Func<Task> f{i} = async () => {{ {Send}", i => $"}}; await f{i}();") },
        // the compiler binds each lambda once for every overload, and so on within
        { "lambdas passed on", Nest(6, i => $"await Task.Run(async () => {{ {Send}", "});") },
        { "local functions in one another", Nest(30, i => $"async Task L{i}() {{ {Send}", i => $"}} await L{i}();") },
        { "fan out", Repeat(8, i => $"async Task F{i}() {{ {Send} {Repeat(8, _ => i == 7 ? Send : $"await F{i + 1}();")} }}") + "await F0();" },
        { "recursion", "async Task<int> A(int n) { " + Send + " return n == 0 ? await B(n) : await A(n - 1) + await B(n); } async Task<int> B(int n) => await A(n) + await B(n - 1); await A(3);" },
        { "recursive lambdas", "Func<int, Task> f = null, g = null; f = async n => { " + Send + " await g(n); await f(n); }; g = async n => { await f(n); while (flags[n]) await g(n); }; await f(1);" },
        { "function of itself", "Func<object, object> y = null; y = f => ((Func<object, object>)f)(y(f)); y(y); " + Send },
        { "switch over numbers", Send + "switch (count) {" + Repeat(1000, i => $"case {i}: count = {i + 1}; break;") + "}" },
        { "switch over statuses", Send + "switch ((int)response.StatusCode) {" + Repeat(600, i => $"case {i}: count = {i + 1}; break;") + "}" },
        { "switch over texts", Send + "count = url switch {" + Repeat(600, i => $"\"{i}\" => {i},") + "_ => 0 };" },
        { "gotos", Repeat(60, i => $"l{i}: {Send} if (flags[{i}]) goto l{i * 7 % 60}; if (count == {i}) goto l{i * 13 % 60};") },
        { "long sum", Send + "var s = url" + Repeat(4000, _ => " + url") + ";" },
        { "long condition", Send + "if (count == 0" + Repeat(1500, i => $" || count == {i}") + ") count = 1;" },
        { "long pattern", Send + "if (count is 0" + Repeat(1500, i => $" or {i + 1}") + ") count = 1;" },
        { "long chain", Send + "new StringBuilder()" + Repeat(1500, _ => ".Append(url)") + ";" },
        { "long coalescing", Send + "var s = url" + Repeat(300, _ => " ?? url") + ";" },
        { "doubling text", "var s = url; var t = \"0123456789\";" + Repeat(60, _ => "s += s; t = t + t;") + "await client.GetAsync(s + t);" },
        { "growing text", "var s = \"x\"; for (;;) { s += s; await client.GetAsync(s); }" },
        { "growing exception", "Exception e = null; for (;;) { e = new Exception(\"\", e); " + Send + " if (flags[0]) throw e; }" },
        { "growing tuple", "object o = null; for (;;) { o = new { O = o, P = o }; " + Send + "}" },
        { "throwing finallys", "for (;;) { " + Nest(6, _ => "try { try {" + Send, "} finally { if (flags[0]) throw new Exception(); } } catch (Exception) { }") + " }" },
        { "counters", "int a = 0, b = 0, c = 0, d = 0; while (a < 1000) { a++; while (b < 1000) { b += a; while (c < 1000) { c *= b; d--; " + Send + " } } }" },
    };

    /// <summary>Methods that call one another: what each passes on must not grow with all that is below it.</summary>
    public static TheoryData<string, string> Helpers { get; } = new()
    {
        { "waiting for many", Levels(3, 20, "Task", calls => string.Concat(calls.Select(c => $"await {c};"))) },
        { "joining many", Levels(3, 20, "Task<string>", calls => "return " + string.Join(" + ", calls.Select(c => "await " + c)) + ";") },
        { "cliques", Clique(4) },
        { "fields of one another", Repeat(12, i => $"string f{i} = \"\" + " + string.Join(" + ", Enumerable.Range(0, 12).Where(j => j != i).Select(j => "f" + j)) + ";")
            .Replace("string f", "static string f") + "async Task<string> Run() => await client.GetStringAsync(f0);" },
        { "locals of one another", "async Task<string> Get(string u) => await client.GetStringAsync(u); async Task Run(string p) { "
            + Repeat(20, i => $"var l{i} = \"https://devapi.qweather.com/{i}\";")
            + Repeat(20, i => $"l{i} = " + string.Join(" + ", Enumerable.Range(0, 20).Where(j => j != i).Select(j => "l" + j)) + " + p;") + " await Get(l0); }" },
        { "one name in many classes", Repeat(300, i => $"class N{i} {{ HttpClient c = new(); public async Task<string> Get(bool b) => b ? await c.GetStringAsync(\"x\") : null; async Task<string> Use() => await Get(true); }}") },
    };

    [Theory]
    [MemberData(nameof(Helpers))]
    public async Task Methods_that_call_one_another_end_soon(string name, string members)
    {
        var compilation = FlowProgram.Compile([$"class Program {{ static readonly HttpClient client = new(); {members} }}"]);
        var watch = Stopwatch.StartNew();
        await AnalyzerRun.Over(compilation, isConcurrent: false);

        Assert.True(watch.Elapsed < Soon, name + " took " + watch.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Ends_soon(string name, string body)
    {
        var source = $$"""
            using System.Text;
            class Program
            {
                async Task Run(HttpClient client, string url, bool[] flags, int count)
                {
                    HttpResponseMessage response = null;
                    {{body}}
                }
            }
            """;
        var program = FlowProgram.Of(source);
        var clock = Stopwatch.StartNew();
        var result = program.Run();
        clock.Stop();

        var counters = program.Context.Counters;
        Assert.True(clock.Elapsed < Soon, $"{name} took {clock.Elapsed}, {counters.Steps} steps");
        Assert.InRange(counters.Steps, 1, 20_000);
        Assert.Equal(result is null ? 1 : 0, counters.LimitsHit);
        var reports = await AnalyzerRun.Over(program.Compilation);
        if (result is null)
        {
            Assert.Empty(reports);
        }
    }

    [Fact]
    public async Task Limits_come_into_play()
    {
        var body = Repeat(400, i => $"if (flags[{i}]) goto l{i * 7 % 400}; l{i}: response = await client.GetAsync(url); url = await response.Content.ReadAsStringAsync();");
        var program = FlowProgram.Unchecked($$"""
            class Program
            {
                async Task Run(HttpClient client, string url, bool[] flags)
                {
                    HttpResponseMessage response = null;
                    {{body}}
                }
            }
            """);

        Assert.Null(program.Run());
        Assert.Equal(1, program.Context.Counters.LimitsHit);
        Assert.Empty(await AnalyzerRun.Over(program.Compilation));
    }

    private static string Repeat(int times, Func<int, string> text) =>
        string.Concat(Enumerable.Range(0, times).Select(i => text(i) + "\n"));

    private static string Nest(int depth, Func<int, string> open, string close) => Nest(depth, open, _ => close);

    private static string Levels(int levels, int width, string type, Func<IEnumerable<string>, string> body) =>
        "async " + type + " Last() { var r = await client.GetAsync(\"x\"); r.EnsureSuccessStatusCode(); "
        + (type == "Task" ? "}" : "return await r.Content.ReadAsStringAsync(); }")
        + string.Concat(Enumerable.Range(0, levels).SelectMany(level => Enumerable.Range(0, width).Select(i =>
            $"async {type} L{level}M{i}() {{ {body(Enumerable.Range(0, width).Select(j => level == 0 ? "Last()" : $"L{level - 1}M{j}()"))} }}")));

    private static string Clique(int size) => Repeat(size, i => $"async Task<string> M{i}(string u, int n, bool b) {{"
        + " if (n > 0) { var r = await client.GetAsync(u); if (r.IsSuccessStatusCode && b) return await r.Content.ReadAsStringAsync(); }"
        + Repeat(size, j => $" if (n == {j}) return await M{j}(u, n - 1, {(j % 2 == 0 ? "!b" : "true")});")
        + " throw new Exception(); }");

    private static string Nest(int depth, Func<int, string> open, Func<int, string> close) =>
        Repeat(depth, open) + Send + Repeat(depth, i => close(depth - 1 - i));
}

/// <summary>Tests that watch the clock: nothing runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
