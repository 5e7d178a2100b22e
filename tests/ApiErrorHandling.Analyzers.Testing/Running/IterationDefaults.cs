using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How often a fix may be applied where a test does not say it: as often as there are things to fix.</summary>
internal sealed class IterationDefaults
{
    private readonly SolutionState _test;
    private readonly SolutionState _fixed;
    private readonly SolutionState _batchFixed;
    private readonly ImmutableArray<DiagnosticResult> _fixable;

    /// <summary>The defaults for these states.</summary>
    public IterationDefaults(
        SolutionState test, SolutionState fixedState, SolutionState batchFixed, ImmutableArray<string> fixableIds)
    {
        _test = test;
        _fixed = fixedState;
        _batchFixed = batchFixed;
        _fixable = [.. test.ExpectedDiagnostics.Where(result => fixableIds.Contains(result.Id))];
    }

    /// <summary>At most once for each diagnostic.</summary>
    public int Incremental => _test.HasSameFilesAs(_fixed) ? 0 : -_fixable.Length;

    /// <summary>At most once for each document with something to fix.</summary>
    public int InDocument => _test.HasSameFilesAs(_batchFixed)
        ? 0
        : -_fixable.Select(result => result.Spans.FirstOrDefault().Span.Path).Distinct().Count();

    /// <summary>At most once for each project.</summary>
    public int InProject => _test.HasSameFilesAs(_batchFixed) ? 0 : -_test.Projects().Count();

    /// <summary>Once for all.</summary>
    public int InSolution => _test.HasSameFilesAs(_batchFixed) ? 0 : -1;
}
