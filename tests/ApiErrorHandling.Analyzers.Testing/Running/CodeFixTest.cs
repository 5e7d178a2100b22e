using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>
/// Runs an analyzer, applies its code fix one diagnostic at a time and then to all at once in each scope, and compares
/// the results with what is expected.
/// </summary>
public abstract class CodeFixTest<TVerifier> : CodeActionTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    private ImmutableArray<string> _fixableIds;

    /// <summary>A test without sources.</summary>
    protected CodeFixTest()
    {
        FixedState = NewState();
        BatchFixedState = NewState();
    }

    /// <summary>The sources after fixing; like the test state where it says nothing.</summary>
    public SolutionState FixedState { get; }

    /// <summary>The sources after fixing all at once; like the fixed state where it says nothing.</summary>
    public SolutionState BatchFixedState { get; }

    /// <summary>Adds a source after fixing.</summary>
    public string FixedCode
    {
        set => FixedState.Sources.Add(value);
    }

    /// <summary>Adds a source after fixing all at once.</summary>
    public string BatchFixedCode
    {
        set => BatchFixedState.Sources.Add(value);
    }

    /// <summary>What is left out.</summary>
    public CodeFixTestBehaviors CodeFixTestBehaviors { get; set; }

    /// <summary>
    /// How often the fix is applied one by one; a negative number stands for "at most". At most once for each fixable
    /// diagnostic unless set.
    /// </summary>
    public int? NumberOfIncrementalIterations { get; set; }

    /// <summary>How often fix all is applied; at most once for each document, project or solution unless set.</summary>
    public int? NumberOfFixAllIterations { get; set; }

    /// <summary>How often fix all in document is applied, if not as often as in other scopes.</summary>
    public int? NumberOfFixAllInDocumentIterations { get; set; }

    /// <summary>How often fix all in project is applied, if not as often as in other scopes.</summary>
    public int? NumberOfFixAllInProjectIterations { get; set; }

    private ImmutableArray<string> FixableIds => _fixableIds.IsDefault
        ? _fixableIds = [.. GetCodeFixProviders().SelectMany(provider => provider.FixableDiagnosticIds)]
        : _fixableIds;

    /// <summary>The code fixes under test, newly made.</summary>
    protected abstract IEnumerable<CodeFixProvider> GetCodeFixProviders();

    /// <inheritdoc/>
    protected override bool IsCompilerDiagnosticIncluded(
        Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        base.IsCompilerDiagnosticIncluded(diagnostic, compilerDiagnostics) || FixableIds.Contains(diagnostic.Id);

    /// <inheritdoc/>
    protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        var rawTest = TestState.WithInheritedValues(before: null, FixableIds);
        var test = ReadMarkup(rawTest, FixableIds);
        var solution = await CreateSolutionAsync(test, cancellationToken);
        await VerifyDiagnosticsAsync(test, solution, "Diagnostics of test state", cancellationToken);

        // Without any fixed state no fix is expected, and what was expected before is expected after.
        var rawFixed = FixedState.IsSpecified || BatchFixedState.IsSpecified
            ? FixedState.WithInheritedValues(rawTest, FixableIds)
            : rawTest;
        var rawBatchFixed = BatchFixedState.IsSpecified
            ? BatchFixedState.WithInheritedValues(rawFixed, FixableIds)
            : rawFixed;
        await VerifyFixAsync(
            test, solution, ReadMarkup(rawFixed, FixableIds), ReadMarkup(rawBatchFixed, FixableIds), cancellationToken);
    }

    private async Task VerifyFixAsync(
        SolutionState test,
        Solution solution,
        SolutionState fixedState,
        SolutionState batchFixedState,
        CancellationToken cancellationToken)
    {
        var loop = new FixLoop(FixableDiagnosticsAsync);
        var defaults = new IterationDefaults(test, fixedState, batchFixedState, FixableIds);
        var steps = new FixSteps([.. GetCodeFixProviders()], Choose, ApplyAsync, cancellationToken);

        var oneByOne = await RunAsync(
            "Iterative code fix application",
            fixedState,
            NumberOfIncrementalIterations ?? defaults.Incremental,
            steps.FixFirstAsync,
            once: CodeFixTestBehaviors.HasFlag(CodeFixTestBehaviors.FixOne));
        await FixAllAsync(
            "document",
            FixAllScope.Document,
            CodeFixTestBehaviors.SkipFixAllInDocumentCheck,
            NumberOfFixAllInDocumentIterations ?? NumberOfFixAllIterations ?? defaults.InDocument);
        await FixAllAsync(
            "project",
            FixAllScope.Project,
            CodeFixTestBehaviors.SkipFixAllInProjectCheck,
            NumberOfFixAllInProjectIterations ?? NumberOfFixAllIterations ?? defaults.InProject);
        var allAtOnce = await FixAllAsync(
            "solution",
            FixAllScope.Solution,
            CodeFixTestBehaviors.SkipFixAllInSolutionCheck,
            NumberOfFixAllIterations ?? defaults.InSolution);

        await VerifyDiagnosticsAsync(fixedState, oneByOne, "Diagnostics of fixed state", cancellationToken);
        if (allAtOnce is not null && BatchFixedState.IsSpecified)
        {
            await VerifyDiagnosticsAsync(
                batchFixedState, allAtOnce, "Diagnostics of batch fixed state", cancellationToken);
        }

        Task<Solution> ApplyAsync(Solution current, CodeAction action) =>
            CodeActionApplication.ApplyAsync(current, action, CodeActionValidationMode, Verify, cancellationToken);

        async Task<Solution?> FixAllAsync(string where, FixAllScope scope, CodeFixTestBehaviors skip, int iterations) =>
            CodeFixTestBehaviors.HasFlag(skip) || !steps.CanFixAllIn(scope)
                ? null
                : await RunAsync(
                    "Fix all in " + where,
                    batchFixedState,
                    iterations,
                    (current, diagnostics) => steps.FixAllAsync(current, diagnostics, scope),
                    once: false);

        async Task<Solution> RunAsync(string what, SolutionState expected, int iterations, FixStep step, bool once)
        {
            var run = await loop.RunAsync(solution, IterationLimit.From(iterations), step, once, cancellationToken);
            var verifier = Verify.PushContext(what);
            var comparison = run.IterationFailure is { } failure ? verifier.PushContext(failure) : verifier;
            await SolutionComparison.VerifyAsync(expected, run.Solution, comparison, cancellationToken);
            verifier.True(run.IterationFailure is null, run.IterationFailure);
            return run.Solution;
        }
    }

    private async Task<ImmutableArray<(Project Project, Diagnostic Diagnostic)>> FixableDiagnosticsAsync(
        Solution solution, CancellationToken cancellationToken)
    {
        var all = await Analysis.RunAsync(solution, cancellationToken);
        return all.RemoveAll(pair => !FixableIds.Contains(pair.Diagnostic.Id)
            || solution.GetDocument(pair.Diagnostic.Location.SourceTree) is null);
    }
}
