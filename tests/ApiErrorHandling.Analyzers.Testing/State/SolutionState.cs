using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The projects of a test before or after a fix, and the diagnostics expected there.</summary>
public class SolutionState : ProjectState
{
    private readonly string _defaultPrefix;
    private readonly string _defaultExtension;

    /// <summary>An empty state.</summary>
    public SolutionState(string name, string language, string defaultPrefix, string defaultExtension)
        : base(name, language, defaultPrefix, defaultExtension)
    {
        _defaultPrefix = defaultPrefix;
        _defaultExtension = defaultExtension;
        AdditionalProjects = new ProjectCollection(language, defaultExtension);
    }

    /// <summary>The projects beside the primary one.</summary>
    public ProjectCollection AdditionalProjects { get; }

    /// <summary>The diagnostics expected beyond those marked up in the files.</summary>
    public List<DiagnosticResult> ExpectedDiagnostics { get; } = new();

    /// <summary>What is taken over; <see cref="StateInheritanceMode.AutoInherit"/> unless set.</summary>
    public StateInheritanceMode? InheritanceMode { get; set; }

    /// <summary>What markup means; in a fixed state it does not expect what the fix removes, unless set.</summary>
    public MarkupMode? MarkupHandling { get; set; }

    internal override bool IsSpecified =>
        base.IsSpecified
        || AdditionalProjects.Count > 0
        || ExpectedDiagnostics.Count > 0
        || InheritanceMode is not null
        || MarkupHandling is not null;

    /// <summary>A copy that has taken over from the state before it, if any, what was not given.</summary>
    internal SolutionState WithInheritedValues(SolutionState? before, ImmutableArray<string> fixable)
    {
        var state = Copy();
        state.MarkupHandling = MarkupHandling ?? (before is null ? MarkupMode.Allow : MarkupMode.IgnoreFixable);
        if (before is null || InheritanceMode == StateInheritanceMode.Explicit)
        {
            return state;
        }

        state.InheritFrom(before);
        foreach (var (name, project) in before.AdditionalProjects)
        {
            state.AdditionalProjects[name].InheritFrom(project);
        }

        if (ExpectedDiagnostics.Count == 0)
        {
            state.ExpectedDiagnostics.AddRange(before.ExpectedDiagnostics.Where(result =>
                InheritanceMode == StateInheritanceMode.AutoInheritAll || !fixable.Contains(result.Id)));
        }

        return state;
    }

    /// <summary>A copy without markup, with the diagnostics that it expects.</summary>
    internal SolutionState WithMarkupRead(MarkupReader reader, string defaultPath)
    {
        var state = Copy();
        foreach (var project in state.Projects())
        {
            reader.Read(project.Sources);
            reader.Read(project.AdditionalFiles);
            reader.Read(project.AnalyzerConfigFiles);
        }

        state.MarkupHandling = MarkupMode.None;
        state.ExpectedDiagnostics.Clear();
        state.ExpectedDiagnostics.AddRange(reader.Resolve(ExpectedDiagnostics, defaultPath));
        return state;
    }

    /// <summary>The primary project and the others.</summary>
    internal IEnumerable<ProjectState> Projects() => AdditionalProjects.Values.Prepend(this);

    /// <summary>The projects whose files are not the same in the other state.</summary>
    internal IEnumerable<ProjectState> ProjectsChangedIn(SolutionState other) =>
        Projects().Where(project => other.Projects().SingleOrDefault(one => one.Name == project.Name) is not { } same
            || !project.HasSameFilesAs(same));

    private SolutionState Copy()
    {
        var copy = new SolutionState(Name, Language, _defaultPrefix, _defaultExtension)
        {
            InheritanceMode = InheritanceMode,
            MarkupHandling = MarkupHandling,
        };
        copy.InheritFrom(this);
        foreach (var (name, project) in AdditionalProjects)
        {
            copy.AdditionalProjects[name].InheritFrom(project);
        }

        copy.ExpectedDiagnostics.AddRange(ExpectedDiagnostics);
        return copy;
    }
}
