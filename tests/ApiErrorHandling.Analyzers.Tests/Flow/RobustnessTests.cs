using System.Reflection;
using ApiErrorHandling.Analyzers.Tests.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Broken code of every kind: no exception, and an end.</summary>
public class RobustnessTests
{
    private const int Batch = 40;

    private const string Handler = """
        class Strict : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage m, CancellationToken c) =>
                (await base.SendAsync(m, c)).EnsureSuccessStatusCode();
        }
        """;

    [Fact]
    public async Task The_bodies_compile_and_stay_far_below_the_limits()
    {
        foreach (var body in MethodBodies.All)
        {
            var program = FlowProgram.Of(MethodBodies.Wrap(body, "N"));
            var result = program.Run();

            Assert.True(result is { Requests.IsEmpty: false }, body);
            Assert.Equal(0, program.Context.Counters.LimitsHit);

            // a method that sends a request again is run twice
            Assert.True(program.Context.Counters.Steps < 2 * 800, program.Context.Counters.Steps + body);
        }

        var sources = MethodBodies.All.Select((body, i) => MethodBodies.Wrap(body, "N" + i));
        Assert.InRange((await AnalyzerRun.Over(FlowProgram.Compile(sources))).Count, 8, 20);
    }

    [Theory]
    [InlineData("services.AddHttpClient<>(c => c.BaseAddress = new Uri(\"https://x.example.com/\"));")]
    [InlineData("services.AddHttpClient<object>(c => c.BaseAddress = new Uri(\"https://x.example.com/\"));")]
    [InlineData("services.AddHttpClient<int[]>(c => c.BaseAddress = new Uri(\"https://x.example.com/\"));")]
    [InlineData("services.AddHttpClient<>().AddHttpMessageHandler<Strict>();")]
    [InlineData("services.AddHttpClient(\"a\", c => c.BaseAddress = shared.BaseAddress);")]
    [InlineData("services.AddHttpClient(\"a\", c => c.BaseAddress = factory.CreateClient(\"a\").BaseAddress);")]
    public async Task Registrations_that_say_little(string registration)
    {
        var compilation = FlowProgram.Compile([$$"""
            public interface IHttpClientFactory { HttpClient CreateClient(string name); }
            public class Services
            {
                public Services AddHttpClient(string name, Action<HttpClient> set) => this;
                public Services AddHttpClient<T>(Action<HttpClient> set) => this;
                public Services AddHttpClient<T>() => this;
                public Services AddHttpMessageHandler<T>() => this;
            }
            {{(registration.Contains("Strict") ? Handler : "")}}
            class Program
            {
                readonly HttpClient shared;
                readonly IHttpClientFactory factory;
                public Program(HttpClient shared, IHttpClientFactory factory) { this.shared = shared; this.factory = factory; }
                void Add(Services services) { {{registration}} }
                async Task<string> Run() => await (await shared.GetAsync("x")).Content.ReadAsStringAsync();
                async Task<string> Named() => await (await factory.CreateClient("a").GetAsync("x")).Content.ReadAsStringAsync();
            }
            """]);

        Assert.NotEmpty(await AnalyzerRun.Over(compilation));
    }

    [Fact]
    public async Task Samples_that_are_cut_off_anywhere()
    {
        var reports = 0;
        foreach (var project in Samples().GroupBy(s => s.Name.Split('/')[1]))
        {
            var whole = FlowProgram.Compile(project.Select(s => s.Text), isProgram: true);
            reports += (await AnalyzerRun.Over(whole)).Count;
            foreach (var tree in whole.SyntaxTrees.Skip(1))
            {
                var text = tree.ToString();
                for (var length = 0; length < text.Length; length += 47)
                {
                    await AnalyzerRun.Over(whole.ReplaceSyntaxTree(tree, Parse(text[..length], tree.FilePath)));
                }
            }
        }

        // the oldest compiler does not know the syntax of every sample
        Assert.InRange(reports, 4, 100);
    }

    [Fact]
    public async Task Bodies_that_are_cut_off_anywhere()
    {
        var cuts = MethodBodies.All.Concat(BodiesOfRuleTests())
            .SelectMany(body => Enumerable.Range(0, (body.Length / 13) + 1).Select(n => body[..(n * 13)]));
        foreach (var batch in cuts.Chunk(Batch))
        {
            await AnalyzerRun.Over(FlowProgram.Compile(batch.Select((body, i) =>
            {
                // what follows the body is cut off, too
                var whole = MethodBodies.Wrap(body + "\0", "N" + i);
                return whole[..whole.IndexOf('\0')];
            })));
        }
    }

    [Fact]
    public async Task Mutated_bodies()
    {
        var random = new Random(20240229);
        var reports = 0;
        var bodies = MethodBodies.All.Concat(BodiesOfRuleTests()).ToArray();
        var mutants = Enumerable.Range(0, 2000).Select(i => Mutation.Of(bodies[i % bodies.Length], bodies, random));
        foreach (var batch in mutants.Chunk(Batch))
        {
            reports += (await AnalyzerRun.Over(
                FlowProgram.Compile(batch.Select((body, i) => MethodBodies.Wrap(body, "N" + i))))).Count;
        }

        // a mutation that always destroyed the method would test nothing
        Assert.InRange(reports, 60, 2000);
    }

    [Fact]
    public async Task Reports_do_not_depend_on_order_or_concurrency()
    {
        var random = new Random(7);
        var bodies = MethodBodies.All.Concat(BodiesOfRuleTests()).ToArray();
        var sources = bodies.Chunk((bodies.Length + 9) / 10).Select((chunk, file) => string.Join(
            "\n", chunk.Select((body, i) => Members(body, $"N{file}_{i}")).Prepend(Header())));
        var compilation = FlowProgram.Compile(sources);
        var expected = await AnalyzerRun.Over(compilation, isConcurrent: false);
        Assert.InRange(expected.Count, 15, 300);
        for (var run = 0; run < 20; run++)
        {
            var trees = compilation.SyntaxTrees.ToArray();
            random.Shuffle(trees);
            var shuffled = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
            Assert.Equal(expected, await AnalyzerRun.Over(shuffled, isConcurrent: run % 2 == 0));
        }

        static string Header() => MethodBodies.Wrap("", "N").Split("namespace")[0];

        static string Members(string body, string space)
        {
            var whole = MethodBodies.Wrap(body, space);
            return whole[whole.IndexOf("namespace", StringComparison.Ordinal)..];
        }
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, path: path);

    private static IEnumerable<(string Name, string Text)> Samples()
    {
        var assembly = typeof(RobustnessTests).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("samples/")))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name.Replace('\\', '/'), reader.ReadToEnd());
        }
    }

    private static IEnumerable<string> BodiesOfRuleTests() =>
        from type in new[] { typeof(BodyErrorCodeIgnoredTests), typeof(HttpStatusIgnoredTests) }
        from method in type.GetMethods()
        from attribute in method.GetCustomAttributesData()
        where attribute.AttributeType == typeof(InlineDataAttribute)
        from argument in (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!
        let body = argument.Value as string
        where body is not null && body.Contains("Async(")
        select System.Text.RegularExpressions.Regex.Replace(body, @"\{\|[^:]*:(.*?)\|\}", "$1");
}
