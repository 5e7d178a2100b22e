using ApiErrorHandling.Analyzers.TruthTests.Running;
using Xunit;
using Xunit.Abstractions;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>The cases of the rule tests do what is said of them.</summary>
public class RuleCasesTests(ITestOutputHelper output)
{
    // An engine that knows less leaves more open: that must not pass for being right.
    private const double MaxUnknownShare = 0.049;
    private const double MaxUnknownShareOfRetries = 0.11;

    [Theory]
    [InlineData(false, MaxUnknownShare)]
    [InlineData(true, MaxUnknownShareOfRetries)]
    public void Claims_are_deeds(bool ofRetries, double maxUnknownShare)
    {
        var cases = RuleCase.All.Where(c => c.IsOfRetries == ofRetries).ToLookup(c => c.Obstacle);
        foreach (var obstacle in cases.Where(c => c.Key is not null))
        {
            output.WriteLine($"{obstacle.Count()} cases cannot be run: {obstacle.Key}");
        }

        var trials = Trials.Run(
            cases[null].Select(c => (Func<(ClientProgram, IReadOnlyList<string>?)>)(() =>
                (new ClientProgram(c.Name, c.Sources, c.HasEntryPoint), null))),
            output);

        var total = Trials.Sum(trials);
        Assert.Empty(total.Disagreements);
        Assert.InRange(total.UnknownShare, 0, maxUnknownShare);
        Assert.True(trials.Count(t => t.NotRun is null) > trials.Count * 9 / 10, "Most cases can be run.");
    }
}
