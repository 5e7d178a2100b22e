using ApiErrorHandling.Analyzers.Tests.CodeFixes.Retries;
using Xunit;
using Xunit.Abstractions;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>The fixes of every retry that the rule tests report.</summary>
public class RetryFixesTests(ITestOutputHelper output)
{
    // Of the reports of a rule, those that a fix must be offered for.
    private const double MinOffered = 0.8;

    private static IEnumerable<RuleCase> Cases => RuleCase.All.Where(c => c.Name.Contains("Retr", StringComparison.Ordinal) || c.Name.Contains("Waits", StringComparison.Ordinal))
        .Where(c => c.Obstacle is null);

    [Fact]
    public async Task Each_fix_compiles_and_silences()
    {
        var (all, offered) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        var wrong = new List<string>();
        foreach (var @case in Cases)
        {
            var program = await FixedProgram.CreateAsync(@case.Source, @case.Setup);
            foreach (var report in program.Reports.Where(r => FixedProgram.Rules.Contains(r.Id)))
            {
                all[report.Id] = all.GetValueOrDefault(report.Id) + 1;
                if (await program.FixAsync(report) is not { } made)
                {
                    output.WriteLine($"NONE {report.Id} {@case.Name}: {OneLine(@case.Source)}");
                    continue;
                }

                offered[report.Id] = offered.GetValueOrDefault(report.Id) + 1;
                if (made.CompileErrors > program.CompileErrors || made.Reports.Count(r => r.Id == report.Id) >= program.Reports.Count(r => r.Id == report.Id))
                {
                    wrong.Add($"{report.Id} {@case.Name}\n{made.Text}");
                }

                output.WriteLine($"FIXED {report.Id} {@case.Name}\n{Difference(program.Text, made.Text)}");
            }
        }

        foreach (var rule in all.Keys)
        {
            output.WriteLine($"{rule}: {offered.GetValueOrDefault(rule)} of {all[rule]}");
        }

        Assert.Empty(wrong);
        Assert.All(all.Keys, rule => Assert.True(offered.GetValueOrDefault(rule) >= MinOffered * all[rule], rule));
    }

    [Fact]
    public async Task Fixes_of_all_rules_end_alike_in_any_order()
    {
        var wrong = new List<string>();
        foreach (var @case in Cases)
        {
            var program = await FixedProgram.CreateAsync(@case.Source, @case.Setup);
            var rules = program.Reports.Select(r => r.Id).Where(FixedProgram.Rules.Contains).Distinct().ToList();
            if (rules.Count < 2)
            {
                continue;
            }

            var ends = new Dictionary<string, string>();
            foreach (var order in Orders(rules))
            {
                var end = program;
                foreach (var rule in order)
                {
                    end = await end.FixAllAsync(rule);
                }

                ends.TryAdd(end.Text, string.Join(", ", order) + " leaves " + string.Join(", ", end.Reports.Select(r => r.Id)));
            }

            if (ends.Count > 1)
            {
                wrong.Add($"{@case.Name}\n" + string.Join("\n", ends.Select(e => $"-- {e.Value}\n{Difference(program.Text, e.Key)}")));
            }
        }

        output.WriteLine(string.Join("\n\n", wrong));
        Assert.Empty(wrong);
    }

    private static IEnumerable<IReadOnlyList<string>> Orders(IReadOnlyList<string> rules) => rules.Count == 0
        ? [[]]
        : rules.SelectMany(first => Orders([.. rules.Where(r => r != first)]).Select(rest => (IReadOnlyList<string>)[first, .. rest]));

    private static string Difference(string before, string after)
    {
        var known = before.Split('\n').Select(l => l.Trim()).ToHashSet();
        var kept = after.Split('\n').Select(l => l.Trim()).ToHashSet();
        return string.Join('\n', before.Split('\n').Where(l => !kept.Contains(l.Trim())).Select(l => "  - " + l.Trim())
            .Concat(after.Split('\n').Where(l => !known.Contains(l.Trim())).Select(l => "  + " + l.TrimEnd())));
    }

    private static string OneLine(string source) => string.Join(' ', source[(source.IndexOf("HttpClient client", StringComparison.Ordinal) + 26)..].Split('\n').Select(l => l.Trim()));
}
