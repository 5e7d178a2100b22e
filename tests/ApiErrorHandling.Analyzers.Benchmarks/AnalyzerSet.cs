using System.Reflection;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiErrorHandling.Analyzers.Benchmarks;

/// <summary>What is measured as one: an analyzer, or none.</summary>
/// <param name="Name">What the figures are printed under.</param>
/// <param name="Create">Makes the analyzer, a new one for each run; null if only the compiler works.</param>
internal sealed record AnalyzerSet(string Name, Func<DiagnosticAnalyzer>? Create)
{
    private static readonly Type Ca2016Type = LoadCa2016();

    /// <summary>No analyzer.</summary>
    public static AnalyzerSet BareCompile { get; } = new("bare compile", null);

    /// <summary>All our rules.</summary>
    public static AnalyzerSet OurRules { get; } = new("our rules", () => new ApiErrorHandlingAnalyzer());

    /// <summary>The rule of the .NET SDK that looks at calls of asynchronous methods, too.</summary>
    public static AnalyzerSet Ca2016 { get; } =
        new("CA2016", () => (DiagnosticAnalyzer)Activator.CreateInstance(Ca2016Type)!);

    /// <summary>An analyzer that does nothing.</summary>
    public static AnalyzerSet Empty { get; } = new("empty callback", () => new EmptyCallback());

    /// <summary>All sets.</summary>
    public static IReadOnlyList<AnalyzerSet> All { get; } = [BareCompile, OurRules, Ca2016, Empty];

    private static Type LoadCa2016()
    {
        var folder = typeof(AnalyzerSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "NetAnalyzers").Value!;
        var file = Path.Combine(folder, "analyzers", "dotnet", "cs", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll");
        return Assembly.LoadFrom(file).GetType(
            "Microsoft.NetCore.CSharp.Analyzers.Runtime.CSharpForwardCancellationTokenToInvocationsAnalyzer",
            throwOnError: true)!;
    }
}
