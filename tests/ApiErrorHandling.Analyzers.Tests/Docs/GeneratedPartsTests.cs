using System.Reflection;
using System.Text;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Docs;

/// <summary>
/// What is written from the descriptors: the presets of the package and the table at the top of rules.md. With the
/// environment variable UPDATE_GENERATED=1 the tests write these parts anew instead of comparing them.
/// </summary>
public class GeneratedPartsTests
{
    private const string TableStart = "<!-- rules-table-start -->";
    private const string TableEnd = "<!-- rules-table-end -->";

    private static readonly string Root = FindRoot();

    private static readonly Assembly Analyzers = typeof(ErrorContract).Assembly;

    private static readonly Assembly CodeFixes = Assembly.Load("ApiErrorHandling.Analyzers.CodeFixes");

    private static readonly DiagnosticDescriptor[] Rules =
    [
        .. InstancesOf<DiagnosticAnalyzer>(Analyzers)
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .DistinctBy(rule => rule.Id)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    private static readonly HashSet<string> Fixable =
        [.. InstancesOf<CodeFixProvider>(CodeFixes).SelectMany(fix => fix.FixableDiagnosticIds)];

    [Fact]
    public void Strict_preset_lists_every_rule() => Check(
        "src/ApiErrorHandling.Analyzers.Package/presets/strict.globalconfig",
        _ => Preset("# Preset strict: every rule is a warning.", _ => "warning"));

    [Fact]
    public void Quiet_preset_lists_every_rule() => Check(
        "src/ApiErrorHandling.Analyzers.Package/presets/quiet.globalconfig",
        _ => Preset(
            """
            # Preset quiet: nothing about the code shows in a build. Warnings become suggestions, suggestions are silent;
            # faults in the project's own contracts and options stay warnings.
            """,
            rule => rule.Id.StartsWith("AEH9", StringComparison.Ordinal) ? "warning"
                : rule.DefaultSeverity == DiagnosticSeverity.Warning ? "suggestion" : "silent"));

    [Fact]
    public void Table_of_rules_lists_every_rule() => Check("rules.md", text =>
    {
        var start = text.IndexOf(TableStart, StringComparison.Ordinal) + TableStart.Length;
        var end = text.IndexOf(TableEnd, StringComparison.Ordinal);
        return $"{text[..start]}\n{Table()}{text[end..]}";
    });

    [Fact]
    public void Every_rule_has_a_section()
    {
        var sections = File.ReadLines(Path.Combine(Root, "rules.md"))
            .Where(line => line.StartsWith("## AEH", StringComparison.Ordinal)).Select(line => line[3..]);

        Assert.Equal(Rules.Select(rule => rule.Id), sections);
    }

    private static string Preset(string comment, Func<DiagnosticDescriptor, string> severity)
    {
        var text = new StringBuilder($"{comment}\nis_global = true\nglobal_level = -1\n\n");
        foreach (var rule in Rules)
        {
            text.Append($"dotnet_diagnostic.{rule.Id}.severity = {severity(rule)}\n");
        }

        return text.ToString();
    }

    private static string Table()
    {
        var text = new StringBuilder("| Rule | Reports | Default | Fix |\n| --- | --- | --- | --- |\n");
        foreach (var rule in Rules)
        {
            var severity = rule.DefaultSeverity == DiagnosticSeverity.Info ? "suggestion" : "warning";
            var fix = Fixable.Contains(rule.Id) ? "yes" : "";
            text.Append($"| [{rule.Id}](#{rule.Id.ToLowerInvariant()}) | {rule.Title} | {severity} | {fix} |\n");
        }

        return text.ToString();
    }

    private static void Check(string path, Func<string, string> generate)
    {
        var file = Path.Combine(Root, path);
        var actual = File.ReadAllText(file).ReplaceLineEndings("\n");
        var expected = generate(actual).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1")
        {
            File.WriteAllText(file, expected);
        }
        else
        {
            Assert.Equal(expected, actual);
        }
    }

    private static IEnumerable<T> InstancesOf<T>(Assembly assembly) => assembly.GetTypes()
        .Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract)
        .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Analyzers.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No Analyzers.sln above {AppContext.BaseDirectory}.");
    }
}
