using ApiErrorHandling.Analyzers.TruthTests.Running;
using Xunit;
using Xunit.Abstractions;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>The cases of the rule tests do what is said of them.</summary>
public class RuleCasesTests(ITestOutputHelper output)
{
    [Fact]
    public void Claims_are_deeds()
    {
        var cases = RuleCase.All.ToLookup(c => c.Obstacle);
        foreach (var obstacle in cases.Where(c => c.Key is not null))
        {
            output.WriteLine($"{obstacle.Count()} cases cannot be run: {obstacle.Key}");
        }

        var trials = Trials.Run(
            cases[null].Select(c => (Func<(ClientProgram, IReadOnlyList<string>?)>)(() =>
                (new ClientProgram(c.Name, c.Sources, c.HasEntryPoint), null))),
            output);

        Assert.Empty(Trials.Sum(trials).Disagreements);
        Assert.True(trials.Count(t => t.NotRun is null) > trials.Count * 9 / 10, "Most cases can be run.");
    }
}
