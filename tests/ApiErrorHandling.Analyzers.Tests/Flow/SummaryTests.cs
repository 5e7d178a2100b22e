using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Summaries: recursion comes to an end, and nothing depends on who asks first.</summary>
public class SummaryTests
{
    // Cycles of two and three, each entered from every side, with faults on the way.
    private const string Cycles = """
        class Cycle{0}
        {{
            readonly HttpClient client = new();
            const string Url = "https://devapi.qweather.com/v7/weather/now";

            public async Task<HttpResponseMessage> A(int n)
            {{
                var response = await client.GetAsync(Url);
                return response.IsSuccessStatusCode || n == 0 ? response : await B(n - 1);
            }}

            public async Task<HttpResponseMessage> B(int n) => n % 2 == 0 ? await A(n) : await C(n);
            public async Task<HttpResponseMessage> C(int n) => n % 3 == 0 ? await B(n - 1) : await A(n - 2);

            public async Task<string> UseA() => await (await A(3)).Content.ReadAsStringAsync();
            public async Task<string> UseB() => JsonDocument.Parse(await (await B(3)).Content.ReadAsStringAsync()).RootElement.GetProperty("now").GetString();
            public async Task<string> UseC() => JsonDocument.Parse(await (await C(3)).Content.ReadAsStringAsync()).RootElement.GetProperty("now").GetString();

            public string Even(HttpResponseMessage r, int n) => n == 0 ? Read(r) : Odd(r, n - 1);
            public string Odd(HttpResponseMessage r, int n) => n == 0 ? "" : Even(r, n - 1);
            static string Read(HttpResponseMessage r) => r.Content.ReadAsStringAsync().Result;
            public async Task<string> UseEven() => Even(await client.GetAsync("x"), 4);
            public async Task<string> UseOdd() => Odd(await client.GetAsync("x"), 5);
            public Task<HttpResponseMessage> Forever() => Forever();
        }}
        """;

    // Long chains reach the depth limit from different heights.
    private const string Chain = """
        class Chain{0}
        {{
            readonly HttpClient client = new();
            async Task<string> M0(string u, bool b) {{ var r = await client.GetAsync(u); if (b) r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync(); }}
            Task<string> M1(string u, bool b) => M0(u, b);
            Task<string> M2(string u, bool b) => M1(u, !b);
            Task<string> M3(string u, bool b) => M2(u, b);
            Task<string> M4(string u, bool b) => M3(u, b);
            Task<string> M5(string u, bool b) => M4(u, b);
            Task<string> M6(string u, bool b) => M5(u, b);
            Task<string> U1() => M1("https://devapi.qweather.com/v7/weather/now", true);
            Task<string> U2() => M3("https://api.tomorrow.io/v4/x", false);
            Task<string> U3() => M6("y", true);
        }}
        """;

    [Fact]
    public async Task Mutual_recursion_under_concurrency_comes_to_an_end_and_to_one_result()
    {
        var random = new Random(11);
        var sources = Enumerable.Range(0, 12).Select(i => string.Format(i % 2 == 0 ? Cycles : Chain, i)).ToArray();
        var compilation = FlowProgram.Compile(sources);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var expected = await AnalyzerRun.Over(compilation, isConcurrent: false);
        Assert.InRange(expected.Count, 12, 60);
        for (var run = 0; run < 20; run++)
        {
            var trees = compilation.SyntaxTrees.ToArray();
            random.Shuffle(trees);
            var shuffled = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
            Assert.Equal(expected, await AnalyzerRun.Over(shuffled, isConcurrent: run % 2 == 0));
        }
    }

    // What was found in any order of the trees: two types of one name, and members that ask one another beyond the depth.
    public static TheoryData<string, string, string> Orders { get; } = new()
    {
        {
            """
            public class Now { public string Temp { get; set; } }
            public abstract class Answer { public string Code { get; set; } public Now Now { get; set; } public abstract bool IsGood(); }
            public static class Helper
            {
                static readonly HttpClient client = new();
                public static async Task<string> Get<T>(string path) where T : Answer
                {
                    var answer = await client.GetFromJsonAsync<T>("https://devapi.qweather.com/v7/" + path);
                    if (!answer.IsGood()) throw new InvalidOperationException();
                    return answer.Now.Temp;
                }
            }
            """,
            "namespace V1 { class Reply : Answer { public override bool IsGood() => Code == \"200\"; } class Page { Task<string> Run() => Helper.Get<Reply>(\"weather/now\"); } }",
            "namespace V2 { class Reply : Answer { public override bool IsGood() => Code != \"404\"; } class Page { Task<string> Run() => Helper.Get<Reply>(\"weather/now\"); } }"
        },
        {
            "public class Now { public string Temp { get; set; } } public class Answer { public string Code { get; set; } public Now Now { get; set; } }"
            + " public static class Urls { public static readonly HttpClient Client = new(); public static readonly string U9 = \"https://devapi.qweather.com/v7/weather/now\"; "
            + string.Concat(Enumerable.Range(0, 9).Select(i => $"public static readonly string U{i} = U{i + 1} + \"\"; ")) + "}",
            "class A { async Task<string> Run() => (await Urls.Client.GetFromJsonAsync<Answer>(Urls.U1)).Now.Temp; }",
            "class B { async Task<string> Run() { var a = await Urls.Client.GetFromJsonAsync<Answer>(Urls.U5); return a.Code == \"200\" ? a.Now.Temp : null; } }"
        },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task The_order_of_the_trees_does_not_matter(string common, string one, string other)
    {
        var first = await AnalyzerRun.Over(FlowProgram.Compile([common, one, other]), isConcurrent: false);
        var second = await AnalyzerRun.Over(FlowProgram.Compile([other, one, common]), isConcurrent: false);

        Assert.Equal(Kinds(first), Kinds(second));

        // the trees have other names, what is said of them is the same
        static IEnumerable<string> Kinds(IEnumerable<string> reports) =>
            reports.Select(r => r.Substring(r.IndexOf('(')).Split(" SourceFile(")[0]).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_project_reference_is_as_opaque_as_its_metadata()
    {
        var library = FlowProgram.Compile(["""
            public class Api
            {
                readonly HttpClient client = new();
                public Task<HttpResponseMessage> Send(string url) => client.GetAsync(url);
                public static void Check(HttpResponseMessage r) { if (!r.IsSuccessStatusCode) throw new Exception(); }
            }
            """]).WithAssemblyName("Library");
        const string user = """
            class User
            {
                readonly HttpClient client = new();
                async Task<string> Other(Api api) => await (await api.Send("x")).Content.ReadAsStringAsync();
                async Task<string> Checked() { var r = await client.GetAsync("x"); Api.Check(r); return await r.Content.ReadAsStringAsync(); }
                async Task<string> Wrong() { var r = await client.GetAsync("x"); return await r.Content.ReadAsStringAsync(); }
            }
            """;
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var asMetadata = FlowProgram.Compile([user]).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        var asProject = FlowProgram.Compile([user]).AddReferences(library.ToMetadataReference());

        var expected = await AnalyzerRun.Over(asMetadata);
        Assert.Single(expected);
        Assert.Equal(expected, await AnalyzerRun.Over(asProject));
        Assert.Single(await AnalyzerRun.Over(asProject, isConcurrent: false));
    }
}
