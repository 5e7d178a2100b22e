using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace ApiErrorHandling.Analyzers.Tests;

/// <summary>
/// One call for a test of an analyzer or a fix. Diagnostics are marked up in the source, <c>{|AEH1001:…|}</c>, or
/// listed. <c>$$</c> is code here, for the sake of raw string literals.
/// </summary>
internal static class Verify
{
    /// <summary>Takes the cases of analyzer tests instead of verifying them, for whoever wants to do something else with them.</summary>
    public static AsyncLocal<Action<string, Setup>?> Taker { get; } = new();

    /// <summary>The analyzer reports exactly what is expected.</summary>
    public static Task Analyzer<TAnalyzer>(string source, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        Analyzer<TAnalyzer>(source, new Setup(), expected);

    /// <inheritdoc cref="Analyzer{TAnalyzer}(string, DiagnosticResult[])"/>
    public static Task Analyzer<TAnalyzer>(string source, Setup setup, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        if (Taker.Value is { } take)
        {
            take(source, setup);
            return Task.CompletedTask;
        }

        var test = new SetUpAnalyzerTest<TAnalyzer>(setup, source);
        test.ExpectedDiagnostics.AddRange(expected);
        setup.Configure?.Invoke(test);
        return test.RunAsync();
    }

    /// <summary>
    /// The analyzer reports what is expected, and its fix turns one source into the other, one by one and all at once.
    /// </summary>
    public static Task CodeFix<TAnalyzer, TFix>(string source, string fixedSource, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        CodeFix<TAnalyzer, TFix>(source, fixedSource, new Setup(), expected);

    /// <inheritdoc cref="CodeFix{TAnalyzer, TFix}(string, string, DiagnosticResult[])"/>
    public static Task CodeFix<TAnalyzer, TFix>(
        string source, string fixedSource, Setup setup, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new SetUpCodeFixTest<TAnalyzer, TFix>(setup, source, fixedSource);
        test.ExpectedDiagnostics.AddRange(expected);
        setup.Configure?.Invoke(test);
        return test.RunAsync();
    }

    /// <summary>The analyzer reports what is expected, and no fix is offered for it.</summary>
    public static Task NoCodeFix<TAnalyzer, TFix>(string source, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        NoCodeFix<TAnalyzer, TFix>(source, new Setup(), expected);

    /// <inheritdoc cref="NoCodeFix{TAnalyzer, TFix}(string, DiagnosticResult[])"/>
    public static Task NoCodeFix<TAnalyzer, TFix>(string source, Setup setup, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var unchanged = setup with { FixLeavesMarked = true, ExpectedAfterFix = expected };
        return CodeFix<TAnalyzer, TFix>(source, source, unchanged, expected);
    }
}
