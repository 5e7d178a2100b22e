using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace ApiErrorHandling.Analyzers.Tests;

/// <summary>The frameworks that sources are compiled against.</summary>
internal enum Framework
{
    Net8,
    Net10,
    NetStandard20,
}

/// <summary>What a source is analysed with; the defaults are those of a new project for .NET 8.</summary>
internal sealed record Setup
{
    /// <summary>The rules that count; all if empty. A single one is what <c>[|…|]</c> stands for.</summary>
    public string[] Rules { get; init; } = [];

    public Framework Framework { get; init; } = Framework.Net8;

    /// <summary>Libraries beside the framework and Newtonsoft.Json.</summary>
    public PackageIdentity[] Packages { get; init; } = [];

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Default;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>Whether the usual namespaces are imported, as far as the language version knows how.</summary>
    public bool ImplicitUsings { get; init; } = true;

    /// <summary>Sources beside the one under test.</summary>
    public (string Path, string Text)[] MoreSources { get; init; } = [];

    public (string Path, string Text)[] AdditionalFiles { get; init; } = [];

    public string? EditorConfig { get; init; }

    public string? GlobalConfig { get; init; }

    public CompilerDiagnostics CompilerDiagnostics { get; init; } = CompilerDiagnostics.Errors;

    /// <summary>What <see cref="MoreSources"/> are after fixing, if a fix changes them or adds some.</summary>
    public (string Path, string Text)[]? MoreFixedSources { get; init; }

    /// <summary>The source after fix all, if it differs from that after single fixes.</summary>
    public string? BatchFixedSource { get; init; }

    /// <summary>What is expected after fixing, if it is not what is expected before and cannot be fixed.</summary>
    public DiagnosticResult[] ExpectedAfterFix { get; init; } = [];

    /// <summary>Whether markup in fixed sources expects diagnostics of fixable rules, left there by the fix.</summary>
    public bool FixLeavesMarked { get; init; }

    public string? CodeActionEquivalenceKey { get; init; }

    public int? CodeActionIndex { get; init; }

    public int? NumberOfIncrementalIterations { get; init; }

    public int? NumberOfFixAllIterations { get; init; }

    public CodeFixTestBehaviors CodeFixTestBehaviors { get; init; }

    /// <summary>Anything else, done last, such as a second project.</summary>
    public Action<AnalyzerTest<DefaultVerifier>>? Configure { get; init; }
}
