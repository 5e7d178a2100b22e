using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace ApiErrorHandling.Analyzers.Tests;

/// <summary>How a <see cref="Setup"/> is put into effect.</summary>
internal static class SetupExtensions
{
    /// <summary>The namespaces that a project imports by itself.</summary>
    internal const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    /// <summary>.NET 10.</summary>
    /// <remarks>Spelled out, since not every version of the library whose surface the verifier has knows it.</remarks>
    internal static readonly ReferenceAssemblies Net10 = new(
        "net10.0",
        new PackageIdentity("Microsoft.NETCore.App.Ref", "10.0.14"),
        Path.Combine("ref", "net10.0"));

    /// <summary>The rule that markup without an id stands for, if only one counts.</summary>
    public static DiagnosticDescriptor? OnlyRule(this Setup setup, DiagnosticAnalyzer[] analyzers) =>
        setup.Rules is [var only]
            ? analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).First(rule => rule.Id == only)
            : null;

    /// <summary>Sets everything that analyzer tests and code fix tests have in common.</summary>
    public static void ApplyTo(
        this Setup setup, AnalyzerTest<DefaultVerifier> test, DiagnosticAnalyzer analyzer, string source)
    {
        setup.AddSources(test.TestState, source, setup.MoreSources);
        test.TestState.OutputKind = setup.OutputKind;
        foreach (var file in setup.AdditionalFiles)
        {
            test.TestState.AdditionalFiles.Add(file);
        }

        AddConfig("/.editorconfig", "root = true", setup.EditorConfig);
        AddConfig("/.globalconfig", "is_global = true", setup.GlobalConfig);
        test.ReferenceAssemblies = References(setup);
        test.CompilerDiagnostics = setup.CompilerDiagnostics;
        test.MarkupOptions = MarkupOptions.TreatPositionIndicatorsAsCode;
        test.SolutionTransforms.Add((solution, project) => WithLanguage(setup, solution, project));
        if (setup.Rules.Length > 0)
        {
            test.DisabledDiagnostics.AddRange(
                analyzer.SupportedDiagnostics.Select(rule => rule.Id).Except(setup.Rules));
        }

        void AddConfig(string path, string firstLine, string? text)
        {
            if (text is not null)
            {
                test.TestState.AnalyzerConfigFiles.Add((path, firstLine + Environment.NewLine + text));
            }
        }
    }

    /// <summary>Adds the source, those beside it, and the implicit usings.</summary>
    public static void AddSources(
        this Setup setup, SolutionState state, string source, (string Path, string Text)[] more)
    {
        state.Sources.Add(source);
        if (setup.ImplicitUsings && setup.Language() >= LanguageVersion.CSharp10)
        {
            state.Sources.Add(("/0/GlobalUsings.cs", GlobalUsings));
        }

        // Last, for that is where a document is that a fix adds.
        foreach (var file in more)
        {
            state.Sources.Add(file);
        }
    }

    private static LanguageVersion Language(this Setup setup) =>
        setup.LanguageVersion.MapSpecifiedToEffectiveVersion();

    private static ReferenceAssemblies References(Setup setup)
    {
        var framework = setup.Framework switch
        {
            Framework.Net8 => ReferenceAssemblies.Net.Net80,
            Framework.Net10 => Net10,
            _ => ReferenceAssemblies.NetStandard.NetStandard20,
        };
        return framework.AddPackages([new PackageIdentity("Newtonsoft.Json", "13.0.4"), .. setup.Packages]);
    }

    private static Solution WithLanguage(Setup setup, Solution solution, ProjectId id)
    {
        var project = solution.GetProject(id)!;
        var nullable = setup.Language() >= LanguageVersion.CSharp8 ? setup.Nullable : NullableContextOptions.Disable;
        return solution
            .WithProjectParseOptions(
                id, ((CSharpParseOptions)project.ParseOptions!).WithLanguageVersion(setup.LanguageVersion))
            .WithProjectCompilationOptions(
                id, ((CSharpCompilationOptions)project.CompilationOptions!).WithNullableContextOptions(nullable));
    }
}
