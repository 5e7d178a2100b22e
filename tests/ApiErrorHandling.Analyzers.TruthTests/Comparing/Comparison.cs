using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Rules;
using ApiErrorHandling.Analyzers.TruthTests.Playing;
using ApiErrorHandling.Analyzers.TruthTests.Running;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.TruthTests.Comparing;

/// <summary>Holds what was said of a program against what it did.</summary>
/// <param name="program">The program.</param>
/// <param name="claims">What was said.</param>
/// <param name="deeds">What it did.</param>
/// <param name="runs">All its runs.</param>
/// <param name="watched">The uses that say that they are made.</param>
internal sealed class Comparison(
    ClientProgram program, Claims claims, Deeds deeds, IReadOnlyList<Observation> runs, IReadOnlySet<SyntaxNode> watched)
{
    private readonly HashSet<int> _watched = claims.UsePlaces.Where(u => watched.Contains(u.Key)).Select(u => u.Value).ToHashSet();
    private readonly Tally _tally = new();
    private readonly Dictionary<(int Method, int Statement), HashSet<(int Method, int Statement)>> _senders = [];

    /// <summary>Compares everything that can be.</summary>
    public Tally Compare()
    {
        CompareMarks();
        ComparePlaces();
        CompareUses();
        CompareReports();
        CompareData();
        return _tally;
    }

    /// <summary>
    /// The same outcome in the engine's contract, where that is another than the one played: plain HTTP sees only the status.
    /// </summary>
    /// <returns>Its index; null if the contracts have nothing to do with each other.</returns>
    private static int? Translate(Answer answer, ErrorContract contract)
    {
        if (answer.Contract.Id == contract.Id)
        {
            return contract.Outcomes.First(o => o.Id == answer.Outcome.Id).Index;
        }

        if (contract.Id != "http")
        {
            return null;
        }

        return answer.Outcome.Kind != OutcomeKind.Answer
            ? contract.Outcomes.First(o => o.Kind == answer.Outcome.Kind).Index
            : contract.Outcomes
                .Where(o => o.Kind == OutcomeKind.Answer && o.Status is { } s && s.Min <= answer.Status && answer.Status <= s.Max)
                .OrderByDescending(o => o.Status!.Value.IsSingle)
                .First().Index;
    }

    // The marks change nothing of what is reported.
    private void CompareMarks()
    {
        var (marked, original) = (claims.Reports.Select(Line).ToList(), Claims.Report(program.Original).Select(Line).ToList());
        foreach (var report in marked.Except(original).Concat(original.Except(marked)))
        {
            _tally.Disagree($"{program}: reported either with or without marks, not both: {report}");
        }

        static string Line(Diagnostic report) =>
            $"line {report.Location.GetLineSpan().StartLinePosition.Line + 1}: {report.Id}: {report.GetMessage()}";
    }

    private void ComparePlaces()
    {
        var sites = claims.Sites
            .Concat(deeds.Sites.Where(IsOwn).SelectMany(Known))
            .Where(s => deeds.Played(s.Method, s.Statement).Count > 0)
            .Distinct();
        foreach (var site in sites.OrderBy(s => s.Place).ThenBy(s => s.Statement))
        {
            foreach (var (id, answer) in deeds.Played(site.Method, site.Statement))
            {
                ComparePlace(site, id, answer);
            }
        }
    }

    // A statement's requests are compared in its own method; what the methods above see of them has statements of its own there.
    private bool IsOwn(Site site) => site.Statement >= 0 && (program.Places.IsMarked(site.Place) || program.Places.IsEnd(site.Place))
        && program.Places.HomeOf(program.Places.MethodOf(site.Place)) == site.Method
        && program.Places.HomeOf(program.Places.MethodOf(site.Statement)) == site.Method;

    // A request of a lambda is sent by the statement in the lambda, by that of the method around which has it run, and by that
    // of a helper which runs it. The engine takes one of them for the sender, and that is who is asked there.
    private IEnumerable<Site> Known(Site site)
    {
        if (!_senders.TryGetValue((site.Method, site.Statement), out var senders))
        {
            senders = claims.HasRequest(site.Method, site.Statement)
                ? [(site.Method, site.Statement)]
                : runs.SelectMany(run => run.Log.Sent
                        .Where(s => s.Method == site.Method && s.Statement == site.Statement)
                        .Select(s => Sender(run, s.Request) ?? (s.Method, s.Statement)))
                    .ToHashSet();
            _senders.Add((site.Method, site.Statement), senders);
        }

        return senders.Select(s => new Site(site.Place, s.Method, s.Statement));
    }

    // The innermost statement of those that sent a request of which the engine knows.
    private (int Method, int Statement)? Sender(Observation run, RecordedRequest request)
    {
        var known = run.Log.Sent.FindLast(s => s.Request == request && claims.HasRequest(s.Method, s.Statement));
        return known.Request is null ? null : (known.Method, known.Statement);
    }

    private void ComparePlace(Site site, string id, Answer answer)
    {
        if (Understand(site, claims.At(site), answer) is not var (known, possible))
        {
            return;
        }

        var reached = deeds.Reached(site, id);
        if (!known && !possible && reached && !deeds.ReachedTruly(site, id))
        {
            // nothing that an API answers
            return;
        }

        if (!known && possible)
        {
            NotKnown(UnknownReason.Unreadable, site);
        }
        else if (known == reached)
        {
            _tally.Agree();
        }
        else if (reached && claims.At(site).Count == 0 && claims.IsInLambda(site.Method, site.Statement))
        {
            NotKnown(UnknownReason.LambdaNotFollowed, site);
        }
        else if (reached && claims.LeavesOpenFromTheStart(site.Method, site.Statement, contract => Translate(answer, contract)))
        {
            NotKnown(UnknownReason.Unreadable, site);
        }
        else if (reached)
        {
            _tally.Disagree(Text(site, id, "said not to come, comes"));
        }
        else
        {
            Missing(site, answer, "said to come, does not");
        }
    }

    private void CompareUses()
    {
        foreach (var site in claims.UseSites.Where(s => deeds.Played(s.Method, s.Statement).Count > 0))
        {
            foreach (var (id, answer) in deeds.Played(site.Method, site.Statement))
            {
                if (Understand(site, claims.AtUse(site), answer) is not var (known, possible))
                {
                    continue;
                }

                if (!_watched.Contains(site.Place))
                {
                    if (known)
                    {
                        NotKnown(UnknownReason.NotWatched, site);
                    }

                    continue;
                }

                var reached = deeds.Reached(site, id);
                if (!known && !possible && reached && !deeds.ReachedTrulyAsLast(site, id))
                {
                    // nothing that an API answers, or another request's answer
                }
                else if (!known && possible)
                {
                    NotKnown(UnknownReason.Unreadable, site);
                }
                else if (known == reached)
                {
                    _tally.Agree();
                }
                else if (!reached)
                {
                    Missing(site, answer, "said to be used, is not");
                }
                else if (claims.IsMixed(site.Method, site.Statement))
                {
                    NotKnown(UnknownReason.SeveralRequests, site);
                }
                else
                {
                    _tally.Disagree(Text(site, id, "said not to be used, is used"));
                }
            }
        }
    }

    // What the claims say of an outcome; null if they say nothing, which is counted.
    private (bool Known, bool Possible)? Understand(Site site, IReadOnlyList<Claim> said, Answer answer)
    {
        if (!claims.HasRequest(site.Method, site.Statement))
        {
            NotKnown(claims.GivenUp ? UnknownReason.GivenUp : UnknownReason.RequestNotSeen, site);
            return null;
        }

        var (known, possible) = (false, false);
        foreach (var claim in said)
        {
            if (Translate(answer, claim.Contract) is not { } index)
            {
                _tally.Disagree(Text(site, answer.Outcome.Id, $"is {answer.Contract.Name}'s, taken for {claim.Contract.Name}'s"));
                return null;
            }

            if (answer.Contract.Id != claim.Contract.Id)
            {
                NotKnown(UnknownReason.AddressNotSeen, site);
                return null;
            }

            known |= claim.Known.Contains(index);
            possible |= claim.Possible.Contains(index);
        }

        return (known, possible);
    }

    private void NotKnown(UnknownReason reason, Site site) =>
        _tally.NotKnown(reason, $"{program.Places.Describe(site.Place)} (sent at {program.Places.Describe(site.Statement)})");

    private void NotKnown(UnknownReason reason, int statement) =>
        _tally.NotKnown(reason, $"data (sent at {program.Places.Describe(statement)})");

    private void Missing(Site site, Answer answer, string what)
    {
        var id = answer.Outcome.Id;
        if (!deeds.WasVisited(site.Place))
        {
            NotKnown(UnknownReason.NotVisited, site);
        }
        else if (deeds.WasCutShort(site.Method, site.Statement, id))
        {
            NotKnown(UnknownReason.CutShort, site);
        }
        else if (claims.IsMixed(site.Method, site.Statement))
        {
            NotKnown(UnknownReason.SeveralRequests, site);
        }
        else if (claims.IsUndecided(site, contract => Translate(answer, contract)))
        {
            NotKnown(UnknownReason.Undecided, site);
        }
        else
        {
            _tally.Disagree(Text(site, id, what));
        }
    }

    // What a report names must be seen to happen.
    private void CompareReports()
    {
        foreach (var report in claims.Reports)
        {
            if (!report.Properties.TryGetValue(PropertyKeys.Outcomes, out var outcomes) || outcomes is null)
            {
                continue;
            }

            var named = outcomes.Split(',');
            if (report.Id == RuleIds.OutcomeDropped)
            {
                CompareDropped(report, named);
                continue;
            }

            if (report.Id is RuleIds.PermanentErrorRetried or RuleIds.UsedUpQuotaRetried or RuleIds.RetryWithoutWait or RuleIds.UnboundedRetry)
            {
                CompareRetry(report, named);
                continue;
            }

            var nodes = report.AdditionalLocations.Prepend(report.Location)
                .Select(l => (l.SourceTree, l.SourceSpan))
                .ToHashSet();
            var sites = claims.Uses
                .Where(u => nodes.Contains((u.At.Syntax.SyntaxTree, u.At.Syntax.Span)) && claims.UsePlaces.ContainsKey(u.At.Syntax))
                .Select(u => Claims.SiteOf(program, claims.UsePlaces[u.At.Syntax], u.Request))
                .Where(s => _watched.Contains(s.Place))
                .Distinct()
                .ToList();
            if (sites.Count == 0)
            {
                sites = StatementsOf(report);
            }

            foreach (var id in named)
            {
                if (sites.FindAll(s => deeds.Played(s.Method, s.Statement).ContainsKey(id)) is not [var site, ..] played)
                {
                    continue;
                }

                if (played.Exists(s => deeds.Reached(s, id)))
                {
                    _tally.Agree();
                }
                else
                {
                    Missing(site, deeds.Played(site.Method, site.Statement)[id], report.Id + " names it, it is not used");
                }
            }
        }
    }

    // Where the use itself cannot be watched: the statement of the report, unless it is the one that sends.
    private List<Site> StatementsOf(Diagnostic report)
    {
        var (place, statement) = (PlaceOf(report.Location), PlaceOf(report.AdditionalLocations[1]));
        return place < 0 || statement < 0 || place == statement || !program.Places.IsMarked(place)
            ? []
            : [new Site(place, program.Places.HomeOf(program.Places.MethodOf(statement)), statement)];
    }

    private static int PlaceOf(Location location) =>
        Places.At(location.SourceTree!.GetRoot().FindNode(location.SourceSpan, getInnermostNodeForTie: true));

    // What is said to be retried is sent again, without a wait or for ever if that is said.
    private void CompareRetry(Diagnostic report, string[] named)
    {
        var request = report.Id is RuleIds.PermanentErrorRetried or RuleIds.UsedUpQuotaRetried || report.AdditionalLocations.Count == 0
            ? report.Location
            : report.AdditionalLocations[0];
        var statement = PlaceOf(request);
        if (statement < 0)
        {
            return;
        }

        var method = program.Places.HomeOf(program.Places.MethodOf(statement));
        var attempts = runs
            .Where(run => !run.Log.Requests.Exists(r => r.Answer.IsOdd))
            .SelectMany(run => run.Log.Sent
                .Where(s => s.Method == method && s.Statement == statement && named.Contains(s.Request.Outcome.Id))
                .Select(s => (Run: run, First: s.Request, Again: Again(run, s.Request))))
            .GroupBy(a => a.First.Outcome.Id);
        foreach (var outcome in attempts)
        {
            var isSeen = report.Id switch
            {
                RuleIds.UnboundedRetry => outcome.Any(a => a.Run is { Script.RepeatsLast: true, Ending: Ending.Endless }),
                RuleIds.RetryWithoutWait => outcome.Any(a => a.Again is { } again && !a.Run.Log.Waits.Exists(w =>
                    w.After > a.First.Number && w.After <= again.Number && w.Time > TimeSpan.Zero)),
                _ => outcome.Any(a => a.Again is not null),
            };
            if (isSeen)
            {
                _tally.Agree();
            }
            else if (deeds.WasCutShort(method, statement, outcome.Key)
                || (report.Id == RuleIds.UnboundedRetry && outcome.Any(a => IsAnotherBetween(a.Run, a.First, a.Again))))
            {
                // where another request comes between, the script fails that one, too
                NotKnown(UnknownReason.CutShort, statement);
            }
            else
            {
                _tally.Disagree($"{program}: {outcome.Key} is said to be retried, and is not: line {report.Location.GetLineSpan().StartLinePosition.Line + 1}: {report.Id} {report.GetMessage()}");
            }
        }
    }

    private static RecordedRequest? Again(Observation run, RecordedRequest first) => run.Log.Requests.Find(r => r.Number > first.Number
        && r.IsLike(first));

    private static bool IsAnotherBetween(Observation run, RecordedRequest first, RecordedRequest? again) =>
        run.Log.Requests.Exists(r => r.Number > first.Number && (again is null || r.Number < again.Number));

    // Nothing depends on an outcome that is dropped: a failure goes the way of the success.
    private void CompareDropped(Diagnostic report, string[] named)
    {
        var statement = PlaceOf(report.Location);
        if (statement < 0)
        {
            return;
        }

        var sender = (Method: program.Places.HomeOf(program.Places.MethodOf(statement)), Statement: statement);
        foreach (var group in runs.Where(r => r.Script.First.Count <= 1 && !r.Script.RepeatsLast).GroupBy(r => r.Entry))
        {
            var success = group.First();
            if (success.Log.Sent is not [var (method, sent, request), ..] || (method, sent) != sender || request.Number != 0)
            {
                continue;
            }

            foreach (var run in group.Where(r => r.Log.Requests.Count > 0 && named.Contains(r.Log.Requests[0].Outcome.Id)))
            {
                if (run.Ending == success.Ending
                    && run.Log.Visits.Select(v => v.Place).SequenceEqual(success.Log.Visits.Select(v => v.Place)))
                {
                    _tally.Agree();
                }
                else
                {
                    _tally.Disagree($"{program}: {run.Log.Requests[0].Outcome.Id} is said to be dropped, but something depends on it: {report.GetMessage()}");
                }
            }
        }
    }

    // Data used in spite of a failure must have been reported, or the engine must have seen that it does not know.
    private void CompareData()
    {
        var faults = runs
            .SelectMany(r => r.Log.DataAfter

                // if none succeeded, it is data of a failure
                .Where(n => n >= 0 && r.Log.Requests.Take(n + 1).All(q => IsFailure(q) && q.Outcome.HasBody))
                .Select(n => (r, r.Log.Requests[n])))
            .SelectMany(f => f.r.Log.Sent.Where(s => s.Request == f.Item2).Select(s => (s.Method, s.Statement, f.Item2.Answer)))
            .DistinctBy(f => (f.Method, f.Statement, f.Answer.Outcome.Id))
            .GroupBy(f => f.Answer.Outcome.Id);
        var reported = claims.Reports
            .SelectMany(r => (r.Properties.GetValueOrDefault(PropertyKeys.Outcomes) ?? string.Empty).Split(','))
            .ToHashSet();
        foreach (var fault in faults)
        {
            var open = fault.Where(f => claims.LeavesOpen(f.Method, f.Statement, c => Translate(f.Answer, c)));
            var seen = fault.Where(f => claims.HasRequest(f.Method, f.Statement));
            if (reported.Contains(fault.Key))
            {
                _tally.Agree();
            }
            else if (!seen.Any())
            {
                NotKnown(UnknownReason.RequestNotSeen, fault.First().Statement);
            }
            else if (claims.Contracts.All(c => c.Id != fault.First().Answer.Contract.Id))
            {
                NotKnown(UnknownReason.AddressNotSeen, fault.First().Statement);
            }
            else if (open.Any())
            {
                NotKnown(UnknownReason.Unreadable, fault.First().Statement);
            }
            else
            {
                _tally.Disagree($"{program}: data is used after {fault.Key}, and nothing is reported");
            }
        }
    }

    private static bool IsFailure(RecordedRequest request)
    {
        var contract = request.Answer.Contract;
        return ((contract.CodeFailures | contract.StatusFailures) - contract.WithoutAdvice).Contains(request.Outcome.Index);
    }

    private string Text(Site site, string id, string what) =>
        $"{program}: {id} {what} at {program.Places.Describe(site.Place)} (sent at {program.Places.Describe(site.Statement)})";
}
