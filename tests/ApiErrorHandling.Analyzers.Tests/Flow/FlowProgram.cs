using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>A compiled source whose members the flow can be run over, with the states at its <c>Mark</c> calls.</summary>
internal sealed class FlowProgram
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net;
        global using global::System.Net.Http;
        global using global::System.Net.Http.Json;
        global using System.Text.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using static Marks;

        /// The names after the colon are the places that are printed.
        static class Marks { public static void Mark(string atAndPlaces) { } }

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }

            public static class LoggerExtensions
            {
                public static void LogInformation(this ILogger logger, string message, params object[] args) { }
                public static void LogDebug(this ILogger logger, string message, params object[] args) { }
            }
        }
        """;

    private static readonly ImmutableArray<MetadataReference> References = ReferenceAssemblies.Net.Net80
        .AddPackages([new PackageIdentity("Newtonsoft.Json", "13.0.4")])
        .ResolveAsync(LanguageNames.CSharp, default).GetAwaiter().GetResult();

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Flow", references: References, options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private readonly List<(string Mark, State State)> _seen = [];

    private FlowProgram(Compilation compilation)
    {
        Compilation = compilation;
        Context = new FlowContext(
            compilation, LibraryTable.Create(compilation), ContractCatalog.BuiltIn, _ => null)
        {
            CallObserver = Observe,
        };
    }

    public Compilation Compilation { get; }

    public FlowContext Context { get; }

    /// <summary>A compilation of sources together with the usual imports; errors are let through.</summary>
    public static CSharpCompilation Compile(IEnumerable<string> sources, bool isProgram = false) => Empty
        .WithOptions(Empty.Options.WithOutputKind(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary))
        .AddSyntaxTrees(sources.Prepend(Usings).Select((text, i) =>
            CSharpSyntaxTree.ParseText(text, path: $"/0/Test{i}.cs")));

    /// <summary>A program without errors.</summary>
    public static FlowProgram Of(string source, bool isProgram = false)
    {
        var program = Unchecked(source, isProgram);
        Assert.Empty(program.Compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return program;
    }

    /// <summary>A program that may have errors.</summary>
    public static FlowProgram Unchecked(string source, bool isProgram = false) => new(Compile([source], isProgram));

    /// <summary>Runs the flow over the first member of this name; "" is the top-level statements.</summary>
    public FlowResult? Run(string member = "Run")
    {
        var tree = Compilation.SyntaxTrees.Last();
        var syntax = tree.GetRoot().DescendantNodesAndSelf().First(node => node switch
        {
            CompilationUnitSyntax => member.Length == 0,
            MethodDeclarationSyntax method => method.Identifier.ValueText == member,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText == member,
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } =>
                property.Identifier.ValueText == member,
            _ => false,
        });
        return MethodFlow.Run(Context, ControlFlowGraph.Create(syntax, Compilation.GetSemanticModel(tree))!);
    }

    /// <summary>
    /// The states at a mark, one partition a text: the outcomes of each request, then the places that the mark names.
    /// Partitions that a later, wider one covers are left out.
    /// </summary>
    public IReadOnlyList<string> At(string mark)
    {
        var places = _seen.Select(s => s.Mark).Where(m => m.Split(':')[0] == mark)
            .SelectMany(m => m.Split(':').Skip(1)).SelectMany(names => names.Split(' ')).ToHashSet();
        var states = _seen.Where(s => s.Mark.Split(':')[0] == mark).Select(s => s.State).ToList();
        return states
            .Where((state, i) => !states.Skip(i + 1).Any(later => Covers(later, state)))
            .Select(state => Print(state, places))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
    }

    private static bool Covers(State wide, State narrow) =>
        narrow.Requests.All(r => wide.Find(r.Key) is { } other
            && other.IsAssumedChecked == r.Value.IsAssumedChecked
            && other.Outcomes.Includes(r.Value.Outcomes))
        && wide.Requests.All(r => narrow.Find(r.Key) is not null)
        && wide.Differences(narrow).All(place => wide[place] is null or Value.Unknown
            || (wide[place] is Value.Between span && Bounds(narrow[place]) is var (min, max) && min >= span.Min && max <= span.Max));

    private static (long Min, long Max)? Bounds(Value? value) => value switch
    {
        Value.Constant { Content: long n } => (n, n),
        Value.Between span => (span.Min, span.Max),
        _ => null,
    };

    private static string Print(State state, HashSet<string> places)
    {
        var parts = state.Print(OutcomeText.Of).Split("; ")
            .Where(part => part.Split('=')[0].TrimEnd('?') is var name
                && (places.Contains(name) || (name.Length > 1 && name[0] == 'r' && name.Skip(1).All(char.IsDigit))));
        return string.Join("; ", parts) is { Length: > 0 } text ? text : "nothing";
    }

    private void Observe(IInvocationOperation call, State state)
    {
        if (call.TargetMethod.Name == "Mark" && call.Arguments is [{ Value.ConstantValue.Value: string mark }])
        {
            _seen.Add((mark, state.Clone()));
        }
    }
}
