using System.Reflection;
using ApiErrorHandling.Analyzers.Tests;
using ApiErrorHandling.Analyzers.Tests.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Xunit.Sdk;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>A case of the rule tests.</summary>
/// <param name="Name">The test and the number of the case in it.</param>
/// <param name="Source">The source without markup.</param>
/// <param name="Setup">What it is analysed with.</param>
internal sealed record RuleCase(string Name, string Source, Setup Setup)
{
    /// <summary>The cases of all rule tests, in order.</summary>
    public static IReadOnlyList<RuleCase> All { get; } = Collect().ToList();

    /// <summary>Why the case cannot be run; null if it can be tried.</summary>
    public string? Obstacle => Setup.EditorConfig is not null || Setup.GlobalConfig is not null ? "has options"
        : Setup.AdditionalFiles.Length > 0 ? "has contracts of its own"
        : Setup.Packages.Length > 0 ? "needs packages"
        : Setup.CompilerDiagnostics == CompilerDiagnostics.None ? "has errors"
        : Name.Contains("Called_back_with_inexact_ends", StringComparison.Ordinal) ? "has two methods that call one another: the engine is known to say too much of how they end"
        : null;

    /// <summary>Whether it is about retries: much of these is about what cannot be read.</summary>
    public bool IsOfRetries { get; private init; }

    /// <summary>The texts of its files.</summary>
    public IReadOnlyList<string> Sources => [Source, .. Setup.MoreSources.Select(s => WithoutMarkup(s.Text))];

    public bool HasEntryPoint => Setup.OutputKind == OutputKind.ConsoleApplication;

    private static IEnumerable<RuleCase> Collect()
    {
        var tests = typeof(HelpersTests).Assembly.GetTypes()
            .Where(t => t.Namespace?.StartsWith(typeof(HelpersTests).Namespace!, StringComparison.Ordinal) == true)
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null)
                .OrderBy(m => m.Name, StringComparer.Ordinal));
        foreach (var test in tests)
        {
            var number = 0;
            var data = test.GetCustomAttributes<DataAttribute>().SelectMany(a => a.GetData(test)).DefaultIfEmpty([]);
            foreach (var arguments in data)
            {
                var cases = new List<RuleCase>();
                var name = $"{test.DeclaringType!.Name}.{test.Name}[{number++}]";
                Verify.Taker.Value = (source, setup) => cases.Add(new RuleCase(name, WithoutMarkup(source), setup)
                {
                    IsOfRetries = test.DeclaringType!.Namespace != typeof(HelpersTests).Namespace,
                });
                var parameters = test.GetParameters();
                var given = parameters.Select((p, i) => i < arguments.Length ? arguments[i] : p.DefaultValue).ToArray();
                if (parameters is [.., var last] && last.IsDefined(typeof(ParamArrayAttribute)))
                {
                    given[^1] = arguments.Skip(parameters.Length - 1).Cast<string>().ToArray();
                }

                (test.Invoke(Activator.CreateInstance(test.DeclaringType), given) as Task)?.GetAwaiter().GetResult();
                Verify.Taker.Value = null;
                foreach (var found in cases)
                {
                    yield return found;
                }
            }
        }
    }

    private static string WithoutMarkup(string source)
    {
        TestFileMarkupParser.GetSpans(source, treatPositionIndicatorsAsCode: true, out var text, out System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan>> _);
        return text;
    }
}
