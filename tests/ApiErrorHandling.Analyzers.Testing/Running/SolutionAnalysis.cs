using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The diagnostics of solutions, each computed once: a fix is tried in several ways on the same one.</summary>
internal sealed class SolutionAnalysis
{
    private readonly Func<ImmutableArray<DiagnosticAnalyzer>> _analyzers;
    private readonly Func<ImmutableArray<(Project, Diagnostic)>, ImmutableArray<(Project, Diagnostic)>> _filter;
    private readonly Dictionary<Solution, ImmutableArray<(Project Project, Diagnostic Diagnostic)>> _results = [];

    /// <summary>An analysis with new analyzers for each solution.</summary>
    public SolutionAnalysis(
        Func<ImmutableArray<DiagnosticAnalyzer>> analyzers,
        Func<ImmutableArray<(Project, Diagnostic)>, ImmutableArray<(Project, Diagnostic)>> filter)
    {
        _analyzers = analyzers;
        _filter = filter;
    }

    /// <summary>The diagnostics that count, by project, file and position.</summary>
    public async Task<ImmutableArray<(Project Project, Diagnostic Diagnostic)>> RunAsync(
        Solution solution, CancellationToken cancellationToken)
    {
        if (!_results.TryGetValue(solution, out var result))
        {
            var all = ImmutableArray.CreateBuilder<(Project, Diagnostic)>();
            foreach (var project in solution.Projects)
            {
                var diagnostics = await RunAsync(project, cancellationToken);
                all.AddRange(diagnostics.OrderBy(SortKey).Select(diagnostic => (project, diagnostic)));
            }

            result = _filter(all.ToImmutable());
            _results.Add(solution, result);
        }

        return result;
    }

    private async Task<ImmutableArray<Diagnostic>> RunAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken);
        var options = new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions,
            onAnalyzerException: null,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);
        var all = await compilation!.WithAnalyzers(_analyzers(), options)
            .GetAllDiagnosticsAsync(cancellationToken);
        return all.Distinct().ToImmutableArray();
    }

    private static (string, int, int, string, string) SortKey(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.SourceSpan;
        var path = diagnostic.Location.GetLineSpan().Path ?? "";
        return (path, span.Start, span.End, diagnostic.Id, diagnostic.ToString());
    }
}
