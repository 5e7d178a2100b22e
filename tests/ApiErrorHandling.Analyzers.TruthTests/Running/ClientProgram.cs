using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using ApiErrorHandling.Analyzers.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>A client as source: analysed as it is, with its statements marked, and made to run.</summary>
internal sealed class ClientProgram
{
    // What the analysis sees of the probe: nothing that could look at an answer.
    private const string ProbeToAnalyse = """
        static class Probe
        {
            public static void At(int method, int place) { }
            public static void Data(object data) { }
        }
        """;

    private const string ProbeToRun = "global using Probe = global::ApiErrorHandling.Analyzers.TruthTests.Running.Probe;";

    private static readonly ImmutableArray<MetadataReference> References = SetupExtensions.Net10
        .AddPackages([new PackageIdentity("Newtonsoft.Json", "13.0.4")])
        .ResolveAsync(LanguageNames.CSharp, default).GetAwaiter().GetResult();

    private static readonly MetadataReference Watcher = MetadataReference.CreateFromFile(typeof(Probe).Assembly.Location);

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    /// <summary>Makes a program.</summary>
    /// <param name="name">Its name for people.</param>
    /// <param name="sources">The texts of its files.</param>
    /// <param name="hasEntryPoint">Whether it has top-level statements.</param>
    public ClientProgram(string name, IReadOnlyList<string> sources, bool hasEntryPoint = false)
    {
        Name = name;
        Places = new Places();
        var trees = sources.Select((text, i) => CSharpSyntaxTree.ParseText(text, Parsing, $"{name}/{i}.cs")).ToList();
        var options = new CSharpCompilationOptions(
            hasEntryPoint ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);
        var usings = CSharpSyntaxTree.ParseText(SetupExtensions.GlobalUsings, Parsing, "/usings.cs");
        var probe = CSharpSyntaxTree.ParseText(ProbeToAnalyse, Parsing, "/probe.cs");
        Original = CSharpCompilation.Create("Client", [.. trees, usings, probe], References, options);
        Trees = trees.Select(Places.Mark).ToImmutableArray();
        Marked = CSharpCompilation.Create("Client", [.. Trees, usings, probe], References, options);
    }

    public string Name { get; }

    public Places Places { get; }

    /// <summary>The program as its author wrote it.</summary>
    public CSharpCompilation Original { get; }

    /// <summary>The same with marked statements: what is analysed.</summary>
    public CSharpCompilation Marked { get; }

    /// <summary>The marked trees.</summary>
    public ImmutableArray<SyntaxTree> Trees { get; }

    /// <summary>Builds the program that runs.</summary>
    /// <param name="uses">The expressions of marked trees to watch, with their places.</param>
    /// <param name="watched">Those of them that can be watched.</param>
    /// <param name="errors">What the compiler says if it cannot be built.</param>
    public Assembly? Build(IReadOnlyDictionary<SyntaxNode, int> uses, out HashSet<SyntaxNode> watched, out IReadOnlyList<string> errors)
    {
        watched = [];
        var trees = new List<SyntaxTree>();
        foreach (var tree in Trees)
        {
            var rewriter = new RunnableRewriter(Marked.GetSemanticModel(tree), Places, uses);
            var root = rewriter.Visit(tree.GetRoot())!;

            // read anew: what the nodes say must be what the text says
            trees.Add(CSharpSyntaxTree.ParseText(root.ToFullString(), Parsing, tree.FilePath, System.Text.Encoding.UTF8));
            watched.UnionWith(rewriter.Watched);
        }

        var compilation = CSharpCompilation.Create(
            "Client" + Guid.NewGuid().ToString("N"),
            [.. trees, CSharpSyntaxTree.ParseText(SetupExtensions.GlobalUsings + ProbeToRun, Parsing)],
            References.Add(Watcher),
            Marked.Options.WithOptimizationLevel(OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()).ToList();
        if (!result.Success)
        {
            return null;
        }

        image.Position = 0;
        return new AssemblyLoadContext("client").LoadFromStream(image);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
