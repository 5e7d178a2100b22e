using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Runs analyzers over sources and compares what they and the compiler report with what is expected.</summary>
public abstract class AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    private const string AnalyzerException = "AD0001";
    private SolutionAnalysis? _analysis;

    /// <summary>A test without sources.</summary>
    protected AnalyzerTest() => TestState = NewState();

    /// <summary>The sources to analyse, and the diagnostics expected there.</summary>
    public SolutionState TestState { get; }

    /// <summary>Adds a source.</summary>
    public string TestCode
    {
        set => TestState.Sources.Add(value);
    }

    /// <summary>The diagnostics expected beyond those marked up in the sources.</summary>
    public List<DiagnosticResult> ExpectedDiagnostics => TestState.ExpectedDiagnostics;

    /// <summary>The framework and packages the sources are compiled against.</summary>
    public ReferenceAssemblies ReferenceAssemblies { get; set; } = ReferenceAssemblies.Default;

    /// <summary>Which diagnostics of the compiler have to be expected.</summary>
    public CompilerDiagnostics CompilerDiagnostics { get; set; } = CompilerDiagnostics.Errors;

    /// <summary>How markup is read.</summary>
    public MarkupOptions MarkupOptions { get; set; }

    /// <summary>The ids that are suppressed.</summary>
    public List<string> DisabledDiagnostics { get; } = new();

    /// <summary>Changes of the solution before it is analysed, called with the id of each project.</summary>
    public List<Func<Solution, ProjectId, Solution>> SolutionTransforms { get; } = new();

    /// <summary>The verifier without context.</summary>
    protected static TVerifier Verify { get; } = new();

    /// <summary>The language of the sources.</summary>
    public abstract string Language { get; }

    /// <summary>The extension of unnamed sources.</summary>
    protected abstract string DefaultFileExt { get; }

    /// <summary>The start of the path of unnamed sources.</summary>
    protected virtual string DefaultFilePathPrefix => "/0/Test";

    /// <summary>The path of the first unnamed source.</summary>
    protected virtual string DefaultFilePath => $"{DefaultFilePathPrefix}0.{DefaultFileExt}";

    /// <summary>The name of the primary project.</summary>
    protected virtual string DefaultTestProjectName => "TestProject";

    private protected SolutionAnalysis Analysis =>
        _analysis ??= new SolutionAnalysis(
            () => [.. GetDiagnosticAnalyzers()], all => FilterDiagnostics(Included(all)));

    /// <summary>Runs the test.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        Verify.NotEmpty($"{nameof(TestState)}.{nameof(SolutionState.Sources)}", TestState.Sources);
        await RunImplAsync(cancellationToken);
    }

    /// <summary>Runs the test whose sources have been found to be there.</summary>
    protected virtual async Task RunImplAsync(CancellationToken cancellationToken)
    {
        var state = ReadMarkup(TestState.WithInheritedValues(before: null, fixable: []), fixable: []);
        var solution = await CreateSolutionAsync(state, cancellationToken);
        await VerifyDiagnosticsAsync(state, solution, "Diagnostics of test state", cancellationToken);
    }

    /// <summary>The analyzers under test, newly made.</summary>
    protected abstract IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers();

    /// <summary>The options of compilation.</summary>
    protected abstract CompilationOptions CreateCompilationOptions();

    /// <summary>The options of parsing.</summary>
    protected abstract ParseOptions CreateParseOptions();

    /// <summary>The rule that markup without an id stands for, or null if there is no such rule.</summary>
    protected internal virtual DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers)
    {
        var rules = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).ToList();
        return rules.Count == 1 || MarkupOptions.HasFlag(MarkupOptions.UseFirstDescriptor)
            ? rules.FirstOrDefault()
            : null;
    }

    /// <summary>Whether a diagnostic of the compiler has to be expected.</summary>
    protected virtual bool IsCompilerDiagnosticIncluded(
        Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        compilerDiagnostics switch
        {
            CompilerDiagnostics.None => false,
            CompilerDiagnostics.Errors => diagnostic.Severity >= DiagnosticSeverity.Error,
            CompilerDiagnostics.Warnings => diagnostic.Severity >= DiagnosticSeverity.Warning,
            CompilerDiagnostics.Suggestions => diagnostic.Severity >= DiagnosticSeverity.Info,
            _ => true,
        };

    /// <summary>The diagnostics that count.</summary>
    protected virtual ImmutableArray<(Project project, Diagnostic diagnostic)> FilterDiagnostics(
        ImmutableArray<(Project project, Diagnostic diagnostic)> diagnostics) => diagnostics;

    private protected SolutionState NewState() =>
        new(DefaultTestProjectName, Language, DefaultFilePathPrefix, DefaultFileExt);

    private protected SolutionState ReadMarkup(SolutionState state, ImmutableArray<string> fixable)
    {
        var analyzers = GetDiagnosticAnalyzers().ToArray();
        var reader = new MarkupReader(
            state.MarkupHandling ?? MarkupMode.Allow,
            MarkupOptions,
            GetDefaultDiagnostic(analyzers),
            [.. analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)],
            fixable);
        return state.WithMarkupRead(reader, DefaultFilePath);
    }

    private protected async Task<Solution> CreateSolutionAsync(SolutionState state, CancellationToken cancellationToken)
    {
        var options = CreateCompilationOptions();
        var solution = await SolutionBuilder.BuildAsync(
            state,
            ReferenceAssemblies,
            options.WithSpecificDiagnosticOptions(options.SpecificDiagnosticOptions.SetItems(SpecificOptions())),
            CreateParseOptions(),
            cancellationToken);
        return SolutionTransforms.Aggregate(solution, (current, transform) =>
            current.ProjectIds.Aggregate(current, transform));
    }

    private protected async Task VerifyDiagnosticsAsync(
        SolutionState state, Solution solution, string context, CancellationToken cancellationToken)
    {
        var actual = await Analysis.RunAsync(solution, cancellationToken);
        DiagnosticMatching.Verify(
            state.ExpectedDiagnostics, [.. actual.Select(pair => pair.Diagnostic)], Verify.PushContext(context));
    }

    /// <summary>Rules that are off by default are on in tests, and an exception in an analyzer is an error.</summary>
    private IEnumerable<KeyValuePair<string, ReportDiagnostic>> SpecificOptions() =>
        GetDiagnosticAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Where(rule => !rule.IsEnabledByDefault)
            .Select(rule => KeyValuePair.Create(rule.Id, Reported(rule.DefaultSeverity)))
            .Append(KeyValuePair.Create(AnalyzerException, ReportDiagnostic.Error))
            .Concat(DisabledDiagnostics.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)));

    private ImmutableArray<(Project Project, Diagnostic Diagnostic)> Included(
        ImmutableArray<(Project Project, Diagnostic Diagnostic)> all) =>
        all.RemoveAll(pair => pair.Diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler)
            && !IsCompilerDiagnosticIncluded(pair.Diagnostic, CompilerDiagnostics));

    private static ReportDiagnostic Reported(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ReportDiagnostic.Error,
        DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
        DiagnosticSeverity.Info => ReportDiagnostic.Info,
        _ => ReportDiagnostic.Hidden,
    };
}
