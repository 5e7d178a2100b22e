using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>
/// Outcome sets as short text: "all", "answers" (all but transport and time-out), "ok" (2xx, readable or not), "failed"
/// (answers that are not ok), else a list in which a whole class is one word ("4xx") and most of one a difference
/// ("4xx-404").
/// </summary>
internal static class OutcomeText
{
    public static string Of(OutcomeSet set, RequestSite request)
    {
        var possible = request.Possible;
        var answers = Where(o => o.Kind is OutcomeKind.Answer or OutcomeKind.UnreadableBody);
        var ok = Where(o => o.Kind == OutcomeKind.UnreadableBody || o.Status is { Min: >= 200, Max: < 300 });
        if (set == possible)
        {
            return "all";
        }

        if (set == answers)
        {
            return "answers";
        }

        if (set == ok)
        {
            return "ok";
        }

        return set == answers - ok ? "failed" : string.Join(" ", Groups(set, request));

        OutcomeSet Where(Func<Outcome, bool> predicate) => request.Contract.Outcomes
            .Where(o => possible.Contains(o.Index) && predicate(o))
            .Aggregate(OutcomeSet.Empty, (s, o) => s.With(o.Index));
    }

    private static IEnumerable<string> Groups(OutcomeSet set, RequestSite request)
    {
        var groups = request.Contract.Outcomes
            .Where(o => request.Possible.Contains(o.Index))
            .GroupBy(GroupOf)
            .OrderBy(g => g.Key.Length).ThenBy(g => g.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var all = group.OrderBy(Name, StringComparer.Ordinal).ToList();
            var there = all.Where(o => set.Contains(o.Index)).ToList();
            if (there.Count == all.Count)
            {
                yield return all.Count == 1 ? Name(all[0]) : group.Key;
            }
            else if (there.Count > 3 && there.Count > all.Count / 2)
            {
                yield return group.Key + string.Concat(all.Except(there).Select(o => "-" + Name(o)));
            }
            else if (there.Count > 0)
            {
                yield return string.Join(" ", there.Select(Name));
            }
        }
    }

    private static string GroupOf(Outcome outcome) =>
        outcome is not { Kind: OutcomeKind.Answer, Status: { } status } ? outcome.Id
        : outcome.IsInBody ? "codes"
        : status.IsSingle ? status.Min / 100 + "xx" : outcome.Id;

    private static string Name(Outcome outcome) => outcome switch
    {
        { Kind: not OutcomeKind.Answer } => outcome.Id,
        { IsOther: true } => outcome.Id,
        { IsInBody: true } => outcome.Code!,
        { Status: { IsSingle: true } status, Titles: [] } => status.ToString(),
        _ => outcome.Id,
    };
}
