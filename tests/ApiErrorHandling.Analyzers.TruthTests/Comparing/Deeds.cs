using ApiErrorHandling.Analyzers.TruthTests.Playing;
using ApiErrorHandling.Analyzers.TruthTests.Running;

namespace ApiErrorHandling.Analyzers.TruthTests.Comparing;

/// <summary>What a program did, over all its runs: which outcomes came to which place.</summary>
/// <param name="places">Its places.</param>
internal sealed class Deeds(Places places)
{
    private readonly Dictionary<Site, Dictionary<string, Answer>> _reached = [];
    private readonly HashSet<(Site Site, string Outcome)> _reachedTruly = [];
    private readonly HashSet<(Site Site, string Outcome)> _reachedLast = [];
    private readonly Dictionary<(int Method, int Statement), Dictionary<string, Answer>> _played = [];
    private readonly HashSet<(int Method, int Statement, string Outcome)> _cutShort = [];
    private readonly HashSet<int> _visited = [];

    /// <summary>The statements that sent requests, by method.</summary>
    public IEnumerable<(int Method, int Statement)> Senders => _played.Keys;

    /// <summary>The places that requests came to.</summary>
    public IEnumerable<Site> Sites => _reached.Keys;

    /// <summary>Whether there was more to run than was.</summary>
    public bool AreIncomplete { get; set; }

    /// <summary>Takes in a run.</summary>
    public void Add(Observation run)
    {
        // What an answer reaches that no API gives can be reached, no more.
        var isTrue = !run.Log.Requests.Exists(r => r.Answer.IsOdd);
        foreach (var visit in run.Log.Visits)
        {
            _visited.Add(visit.Place);
            foreach (var (method, statement, request) in visit.Requests)
            {
                var isLast = !visit.Requests.Any(r => r.Method == method && r.Request.Number > request.Number);
                var site = new Site(visit.Place, method, statement);
                Of(_reached, site).TryAdd(request.Outcome.Id, request.Answer);
                if (isTrue)
                {
                    _reachedTruly.Add((site, request.Outcome.Id));
                    if (isLast)
                    {
                        _reachedLast.Add((site, request.Outcome.Id));
                    }
                }
            }
        }

        foreach (var (method, statement, request) in run.Log.Sent)
        {
            Of(_played, (method, statement)).TryAdd(request.Outcome.Id, request.Answer);
        }

        if (run.Ending is Ending.Returned or Ending.Threw && run.Log.Root is { } root && !run.Entry.IsDeferred)
        {
            var end = places.EndOf(root.Method, byThrowing: run.Ending == Ending.Threw);
            _visited.Add(end);
            foreach (var (statement, request) in root.LastRequests)
            {
                var site = new Site(end, root.Method, statement);
                Of(_reached, site).TryAdd(request.Outcome.Id, request.Answer);
                if (isTrue && !run.Crashed)
                {
                    _reachedTruly.Add((site, request.Outcome.Id));
                }
            }
        }

        if (run.Crashed || run.Ending == Ending.Endless)
        {
            foreach (var last in LastSent(run))
            {
                _cutShort.Add((last.Method, last.Statement, last.Request.Outcome.Id));
            }
        }
    }

    /// <summary>Whether any run came to a place.</summary>
    public bool WasVisited(int place) => _visited.Contains(place);

    /// <summary>What the requests of a statement were answered with, by the id of the outcome.</summary>
    public IReadOnlyDictionary<string, Answer> Played(int method, int statement) => Of(_played, (method, statement));

    /// <summary>Whether an outcome came to a place.</summary>
    public bool Reached(Site site, string outcome) => _reached.TryGetValue(site, out var outcomes) && outcomes.ContainsKey(outcome);

    /// <summary>Whether an outcome came to a place in a run with nothing but answers that the APIs give.</summary>
    public bool ReachedTruly(Site site, string outcome) => _reachedTruly.Contains((site, outcome));

    /// <summary>The same where no other request of the method came after it: then it is this one's answer that is at hand.</summary>
    public bool ReachedTrulyAsLast(Site site, string outcome) => _reachedLast.Contains((site, outcome));

    /// <summary>Whether a run ended before its end while this was the last outcome, so that more could have been reached.</summary>
    public bool WasCutShort(int method, int statement, string outcome) =>
        AreIncomplete || _cutShort.Contains((method, statement, outcome));

    private static IEnumerable<(int Method, int Statement, RecordedRequest Request)> LastSent(Observation run) =>
        run.Log.Sent.GroupBy(s => (s.Method, s.Statement)).Select(g => g.Last());

    private static Dictionary<string, Answer> Of<TKey>(Dictionary<TKey, Dictionary<string, Answer>> all, TKey key)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var outcomes))
        {
            all.Add(key, outcomes = new Dictionary<string, Answer>(StringComparer.Ordinal));
        }

        return outcomes;
    }
}
