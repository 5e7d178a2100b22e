using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace ApiErrorHandling.Analyzers.Tests;

/// <summary>An analyzer test that follows a <see cref="Setup"/>.</summary>
internal sealed class SetUpAnalyzerTest<TAnalyzer> : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    private readonly Setup _setup;

    public SetUpAnalyzerTest(Setup setup, string source)
    {
        _setup = setup;
        setup.ApplyTo(this, new TAnalyzer(), source);
    }

    protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) =>
        _setup.OnlyRule(analyzers) ?? base.GetDefaultDiagnostic(analyzers);
}

/// <summary>A code fix test that follows a <see cref="Setup"/>.</summary>
internal sealed class SetUpCodeFixTest<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private readonly Setup _setup;

    public SetUpCodeFixTest(Setup setup, string source, string fixedSource)
    {
        _setup = setup;
        setup.ApplyTo(this, new TAnalyzer(), source);
        setup.AddSources(FixedState, fixedSource, setup.MoreFixedSources ?? setup.MoreSources);
        FixedState.ExpectedDiagnostics.AddRange(setup.ExpectedAfterFix);
        if (setup.FixLeavesMarked)
        {
            FixedState.MarkupHandling = MarkupMode.Allow;
        }

        if (setup.BatchFixedSource is { } batchFixed)
        {
            setup.AddSources(BatchFixedState, batchFixed, setup.MoreFixedSources ?? setup.MoreSources);
            BatchFixedState.MarkupHandling = FixedState.MarkupHandling;
        }

        CodeActionEquivalenceKey = setup.CodeActionEquivalenceKey;
        CodeActionIndex = setup.CodeActionIndex;
        NumberOfIncrementalIterations = setup.NumberOfIncrementalIterations;
        NumberOfFixAllIterations = setup.NumberOfFixAllIterations;
        CodeFixTestBehaviors = setup.CodeFixTestBehaviors;
    }

    protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) =>
        _setup.OnlyRule(analyzers) ?? base.GetDefaultDiagnostic(analyzers);
}
