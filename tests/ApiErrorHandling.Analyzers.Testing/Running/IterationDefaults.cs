using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How often a fix may be applied where a test does not say it: as often as there are things to fix.</summary>
internal sealed class IterationDefaults
{
    /// <summary>The defaults for these states. A negative number stands for "at most".</summary>
    public IterationDefaults(
        SolutionState test, SolutionState fixedState, SolutionState batchFixed, ImmutableArray<string> fixableIds)
    {
        var fixable = test.ExpectedDiagnostics.Where(result => fixableIds.Contains(result.Id)).ToList();
        var documents = fixable.Select(result => result.Spans.FirstOrDefault().Span.Path).Distinct().Count();
        var projects = test.ProjectsChangedIn(batchFixed).Count();
        Incremental = test.ProjectsChangedIn(fixedState).Any() ? -fixable.Count : 0;
        InDocument = projects > 0 ? -documents : 0;
        InProject = -projects;
        InSolution = projects > 0 ? -1 : 0;
    }

    /// <summary>At most once for each diagnostic.</summary>
    public int Incremental { get; }

    /// <summary>At most once for each document with something to fix.</summary>
    public int InDocument { get; }

    /// <summary>At most once for each project that changes.</summary>
    public int InProject { get; }

    /// <summary>At most once.</summary>
    public int InSolution { get; }
}
