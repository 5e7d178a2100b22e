using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Runs the analyzer over a compilation that may have errors.</summary>
internal static class AnalyzerRun
{
    /// <summary>Far more than a loaded machine needs: only what never ends takes longer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>The reports as text, in order; fails if the analyzer throws or does not come to an end.</summary>
    public static async Task<IReadOnlyList<string>> Over(Compilation compilation, bool isConcurrent = true)
    {
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(ImmutableArray<AdditionalText>.Empty),
            onAnalyzerException: (exception, _, _) => thrown ??= exception,
            concurrentAnalysis: isConcurrent,
            logAnalyzerExecutionTime: false);
        var diagnostics = await compilation
            .WithAnalyzers([new ApiErrorHandlingAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync()
            .WaitAsync(Limit);

        Assert.True(thrown is null, thrown?.ToString());
        Assert.DoesNotContain(diagnostics, d => d.Id == "AD0001");
        return diagnostics
            .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(d => d.Location.SourceSpan)
            .ThenBy(d => d.Id, StringComparer.Ordinal)
            .Select(d => d + " " + string.Join(" ", d.AdditionalLocations)
                + string.Concat(d.Properties.OrderBy(p => p.Key, StringComparer.Ordinal)))
            .ToList();
    }
}
