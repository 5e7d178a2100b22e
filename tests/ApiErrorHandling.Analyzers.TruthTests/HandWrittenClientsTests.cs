using ApiErrorHandling.Analyzers.TruthTests.Running;
using Xunit;
using Xunit.Abstractions;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>The hand-written clients do what is said of them.</summary>
public class HandWrittenClientsTests(ITestOutputHelper output)
{
    private const double MaxUnknownShare = 0.1;

    [Fact]
    public void Claims_are_deeds()
    {
        var trials = Trials.Run(
            HandWrittenClient.All.Select(c => (Func<(ClientProgram, IReadOnlyList<string>?)>)(() =>
                (new ClientProgram(c.Name, [c.Source]), c.Body is { } body ? [body] : null))),
            output);
        var total = Trials.Sum(trials);

        Assert.All(trials, t => Assert.Null(t.NotRun));
        Assert.Empty(total.Disagreements);
        Assert.InRange(total.UnknownShare, 0, MaxUnknownShare);
    }
}
