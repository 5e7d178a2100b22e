using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.TruthTests.Playing;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>
/// Runs a program with every outcome at every request. Where two outcomes lead the same way, the next request is explored in
/// full after one of them only; after the others with one outcome of each way that it showed.
/// </summary>
/// <param name="runner">Runs it.</param>
/// <param name="catalog">The contracts.</param>
/// <param name="otherwise">The contract and outcomes of addresses that no contract claims.</param>
internal sealed class Explorer(Runner runner, ContractCatalog catalog, ContractBinding otherwise)
{
    private const int MaxRuns = 1_500;

    // A run through a socket takes some hundred times as long.
    private const int MaxDepthBehindSocket = 1;

    private readonly List<Observation> _observations = [];
    private int _depth;

    /// <summary>How many requests are answered with each outcome, one after the other.</summary>
    public int MaxDepth { get; init; } = 3;

    /// <summary>Whether there was more to explore.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Why the last entry that was tried has no success; null if it has.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>The success that an entry gets farthest with.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="bodies">Bodies that it may take for a success.</param>
    /// <returns>The run, with the body; null if no run comes to a request or none returns.</returns>
    public (Observation Run, string Body)? FindSuccess(EntryPoint entry, IReadOnlyList<string> bodies)
    {
        (Observation Run, string Body, int Score)? best = null;
        Obstacle = null;
        foreach (var body in bodies)
        {
            var run = runner.Run(entry, Script.Success, catalog, otherwise, body);
            var score = (run.Ending == Ending.Returned ? 10_000 : 0)
                + (Math.Min(run.Log.DataAfter.Count, 5) * 1_000)
                + run.Log.Visits.Select(v => v.Place).Distinct().Count();
            if (run.Log.Requests.Count == 0)
            {
                Obstacle ??= run.Thrown is null ? "sends nothing" : "sends nothing: " + run.Thrown.Message;
            }
            else if (best is not { Score: var most } || score > most)
            {
                best = (run, body, score);
            }
        }

        if (best is not var (found, text, _))
        {
            return null;
        }

        Obstacle = found.Ending switch
        {
            Ending.Returned => null,
            Ending.Endless => "never ends",
            _ => $"fails after a success: {found.Thrown!.GetType().Name}: {found.Thrown.Message.Split('\n')[0]}",
        };
        return Obstacle is null ? (found, text) : null;
    }

    /// <summary>All runs of an entry.</summary>
    public IReadOnlyList<Observation> Explore(EntryPoint entry, Observation success, string body)
    {
        _observations.Clear();
        _observations.Add(success);
        _depth = success.Log.Server is null ? MaxDepth : Math.Min(MaxDepth, MaxDepthBehindSocket);
        Explore(entry, body, [], success);
        return _observations.ToList();
    }

    // The choices that lead different ways from here.
    private IReadOnlyList<AnswerChoice> Explore(EntryPoint entry, string body, List<AnswerChoice> before, Observation known)
    {
        var ways = new Dictionary<string, List<(AnswerChoice Choice, Observation Run)>>(StringComparer.Ordinal);
        foreach (var choice in Choices(known.Log.Requests[before.Count].Answer.Contract, body))
        {
            if (Run(entry, body, [.. before, choice], repeats: false) is not { } run
                || run.Log.Requests.Count <= before.Count
                || run.Log.Requests[before.Count].Outcome.Id != choice.Outcome)
            {
                continue;
            }

            if (run.Log.Requests.Count > before.Count + 1)
            {
                Run(entry, body, [.. before, choice], repeats: true);
            }

            var way = run.Ending + " " + string.Join(",", run.Log.Visits.Select(v => v.Place)) + " " + run.Log.Requests.Count;
            if (!ways.TryGetValue(way, out var same))
            {
                ways.Add(way, same = []);
            }

            same.Add((choice, run));
        }

        foreach (var way in ways.Values)
        {
            var (first, run) = way[0];
            if (run.Log.Requests.Count <= before.Count + 1)
            {
                continue;
            }

            if (before.Count + 1 >= _depth)
            {
                IsCut |= _depth < MaxDepth;
                continue;
            }

            foreach (var next in Explore(entry, body, [.. before, first], run))
            {
                foreach (var (other, _) in way.Skip(1))
                {
                    Run(entry, body, [.. before, other, next], repeats: false);
                    Run(entry, body, [.. before, other, next], repeats: true);
                }
            }
        }

        return ways.Values.Select(way => way[0].Choice).ToList();
    }

    private Observation? Run(EntryPoint entry, string body, IReadOnlyList<AnswerChoice> choices, bool repeats)
    {
        if (_observations.Count >= MaxRuns)
        {
            IsCut = true;
            return null;
        }

        var run = runner.Run(entry, new Script(choices, repeats), catalog, otherwise, body);
        _observations.Add(run);
        return run;
    }

    private static IEnumerable<AnswerChoice> Choices(ErrorContract contract, string body)
    {
        foreach (var outcome in contract.Outcomes.Where(o => o.Advice != Advice.Redirect || o.Kind != OutcomeKind.Answer))
        {
            var count = Answers.Of(contract, outcome, body).Count();
            for (var variant = 0; variant < count; variant++)
            {
                yield return new AnswerChoice(outcome.Id, variant);
            }
        }
    }
}
