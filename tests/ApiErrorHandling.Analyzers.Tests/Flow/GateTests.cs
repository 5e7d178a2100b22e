using System.Text;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>How much is looked at: nothing where no request is sent, and no graph but for what requests go through.</summary>
public class GateTests
{
    private const string Plain = "class C{0} {{ int F{0}(int x) {{ for (var i = 0; i < x; i++) x ^= i; return G{0}(x); }} int G{0}(int x) => x + {0}; }}";

    [Fact]
    public async Task No_graph_without_requests()
    {
        var compilation = FlowProgram.Compile(Sources());
        Assert.Empty(await AnalyzerRun.Over(compilation));

        var counters = FlowCounters.Of(compilation);
        Assert.Equal(0, counters.Graphs);
        Assert.Equal(0, counters.BodiesWalked);
        Assert.Equal(11, counters.TextScans);
    }

    [Theory]
    [InlineData("class W { HttpClient c = new(); Task<HttpResponseMessage> Send() => c.GetAsync(\"x\"); async Task<bool> Use() => (await Send()).IsSuccessStatusCode; }", 2)]
    [InlineData("class W { HttpClient c = new(); public Task<string> Send() => c.GetStringAsync(\"x\"); } class U { int Use(W w) => w.Send().Result.Length; }", 2)]

    // the same names, but nothing sends
    [InlineData("class Q { public Task<int> GetAsync(string x) => Task.FromResult(1); async Task<int> Use() => await GetAsync(\"x\"); }", 0)]

    // what neither sends nor gets a response has no graph, however often it is called
    [InlineData("class W { HttpClient c = new(); async Task<string> Send() => Trim(await c.GetStringAsync(Url(1))); string Url(int n) => \"x\" + n; static string Trim(string s) => s; }", 2)]

    // a variable of a pattern or an out argument hides the member of its name
    [InlineData("class Q { public Task<int> GetAsync(string x) => Task.FromResult(1); } class W { Q c = new(); async Task Use(object o) { if (o is HttpClient c) await c.GetAsync(\"x\"); } }", 1)]
    [InlineData("class Q { public Task<int> GetAsync(string x) => Task.FromResult(1); } class W { Q c = new(); static void Make(out HttpClient c) => c = new(); async Task Use() { Make(out var c); await c.GetAsync(\"x\"); } }", 1)]

    // one name: what is called here sends nothing; what is called there does, though the receiver has such a member, too
    [InlineData("class W { HttpClient c = new(); public Task<string> Load() => c.GetStringAsync(\"x\"); } class Q { public Task<int> Load() => Task.FromResult(1); } class U { async Task<int> Use(Q q) => await q.Load(); }", 1)]
    [InlineData("class Q { public HttpClient C = new(); public Task<int> Load(int n) => Task.FromResult(n); } static class E { public static Task<string> Load(this Q q, string x) => q.C.GetStringAsync(x); } class U { async Task<string> Use(Q q) => await q.Load(\"x\"); }", 2)]

    // implemented explicitly, by a base class that does not know the interface, and one for each type argument
    [InlineData("interface I { Task<string> Load(); } class W : I { HttpClient c = new(); Task<string> I.Load() => c.GetStringAsync(\"x\"); } class U { async Task<string> Use(I i) => await i.Load(); }", 2)]
    [InlineData("interface I { Task<string> Load(); } class B { HttpClient c = new(); public Task<string> Load() => c.GetStringAsync(\"x\"); } class W : B, I; class U { async Task<string> Use(I i) => await i.Load(); }", 2)]
    [InlineData("interface I<T> { Task<T> Load(); } class W : I<int>, I<string> { HttpClient c = new(); Task<int> I<int>.Load() => Task.FromResult(1); Task<string> I<string>.Load() => c.GetStringAsync(\"x\"); } class U { async Task<string> Use(I<string> i) => await i.Load(); }", 3)]
    public async Task Graphs_only_for_what_requests_go_through(string source, int graphs)
    {
        var compilation = FlowProgram.Compile(Sources().Append(source));
        await AnalyzerRun.Over(compilation);

        Assert.Equal(graphs, FlowCounters.Of(compilation).Graphs);
    }

    [Fact]
    public async Task Callers_farther_than_two_steps_have_no_graph()
    {
        var compilation = FlowProgram.Compile(["""
            class W
            {
                HttpClient c = new();
                Task<HttpResponseMessage> A() => c.GetAsync("x");
                Task<HttpResponseMessage> B() => A();
                Task<HttpResponseMessage> C() => B();
                Task<HttpResponseMessage> D() => C();
                Task<HttpResponseMessage> E() => D();
                Task<HttpResponseMessage> F() => E();
            }
            """]);
        await AnalyzerRun.Over(compilation);

        Assert.InRange(FlowCounters.Of(compilation).Graphs, 3, 4);
    }

    [Theory]
    [InlineData("global using global::System.Net.Http; global using global::System.Net.Http.Json;", false)]
    [InlineData("using Microsoft.AspNetCore.Http; class C { HttpContext? c; HttpRequest? r; }", false)]
    [InlineData("// Client, Http and Web\nclass C { int HttpPort; object? client; object? WebHost; }", false)]
    [InlineData("using System.Net.Http; class C { }", true)]
    [InlineData("global using System.Net.Http;", true)]
    [InlineData("using System.Net.Http.Json;", true)]
    [InlineData("class C { System.Net.Http.HttpClient? c; }", true)]
    [InlineData("class C(System.Net.Http.IHttpClientFactory f) { object F() => f; }", true)]
    [InlineData("class C { System.Net.WebClient? c; }", true)]
    [InlineData("class C { object F() => System.Net.WebRequest.Create(\"x\"); }", true)]
    public void A_project_that_names_no_client_is_left_alone(string source, bool isLookedAt) =>
        Assert.Equal(isLookedAt, RequestMarkers.AreInAny(CSharpCompilation.Create("x", [CSharpSyntaxTree.ParseText(source)])));

    private static IEnumerable<string> Sources() => Enumerable.Range(0, 500)
        .Select(i => string.Format(Plain, i))
        .Chunk(50)
        .Select(classes => new StringBuilder().AppendJoin('\n', classes).ToString());
}
