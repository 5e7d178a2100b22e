using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.TruthTests.Comparing;
using ApiErrorHandling.Analyzers.TruthTests.Running;
using Xunit;
using Xunit.Abstractions;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>The cases of the rule tests, run.</summary>
public class RuleCasesTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_case_does_what_is_said_of_it()
    {
        var total = new Tally();
        var notRun = new List<(string Case, string Why)>();
        var ran = 0;
        using var runner = new Runner();
        foreach (var @case in RuleCase.All)
        {
            if (@case.Obstacle is { } obstacle)
            {
                notRun.Add((@case.Name, obstacle));
                continue;
            }

            File.AppendAllText("/tmp/w/progress.txt", DateTime.Now.ToString("HH:mm:ss.fff ") + @case.Name + "\n");
            var trial = Trial.Of(new ClientProgram(@case.Name, @case.Sources, @case.HasEntryPoint), runner, ContractCatalog.BuiltIn);
            if (trial.NotRun is { } why)
            {
                notRun.Add((@case.Name, why));
                continue;
            }

            ran++;
            total.Add(trial.Tally);
        }

        output.WriteLine($"{ran} cases ran, {notRun.Count} could not. {total}");
        notRun.ForEach(n => output.WriteLine($"not run: {n.Case}: {n.Why}"));
        foreach (var disagreement in total.Disagreements)
        {
            output.WriteLine(disagreement);
        }

        Assert.Empty(total.Disagreements);
    }
}
