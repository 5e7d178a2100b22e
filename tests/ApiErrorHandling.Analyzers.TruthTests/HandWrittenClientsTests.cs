using ApiErrorHandling.Analyzers.TruthTests.Running;
using Xunit;
using Xunit.Abstractions;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>The hand-written clients do what is said of them.</summary>
public class HandWrittenClientsTests(ITestOutputHelper output)
{
    // An engine that knows less leaves more open. What is left are above all conditions over bodies of which no contract tells, and handlers below a client.
    private const double MaxUnknownShare = 0.09;

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

    [Fact]
    public void Many_retell_places_of_real_code()
    {
        Assert.InRange(HandWrittenClient.All.Count, 60, int.MaxValue);
        Assert.InRange(HandWrittenClient.All.Count(c => c.Origin is not null), 30, int.MaxValue);
    }
}
