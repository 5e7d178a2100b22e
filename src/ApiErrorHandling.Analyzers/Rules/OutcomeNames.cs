using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// Lists the codes of outcomes as messages do: ascending, runs folded, six entries at most and the number of the rest.
/// </summary>
/// <param name="List">The entries, separated by commas.</param>
/// <param name="More">How many codes the list leaves out.</param>
internal readonly record struct OutcomeNames(string List, int More)
{
    /// <summary>How many entries a list has at most.</summary>
    public const int MaxEntries = 6;

    private static readonly ImmutableArray<int> Typical = ImmutableArray.Create(400, 401, 403, 404, 429, 500, 503);

    /// <summary>The HTTP statuses of outcomes.</summary>
    public static OutcomeNames OfStatuses(ErrorContract contract, OutcomeSet outcomes) => Of(
        Members(contract, outcomes).Where(o => o is { IsOther: false, Status: not null }).Select(o => o.Status!.Value.Min));

    /// <summary>The numbers of outcomes, whether they are HTTP statuses or codes in the body; codes that are words for themselves.</summary>
    public static OutcomeNames OfNumbers(ErrorContract contract, OutcomeSet outcomes)
    {
        var members = Members(contract, outcomes).Where(o => !o.IsOther).ToList();
        return members.All(o => o.Code is null || int.TryParse(o.Code, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? Of(members
                .Where(o => o.Code is not null || o.Status is not null)
                .Select(o => o.Code is { } code ? int.Parse(code, CultureInfo.InvariantCulture) : o.Status!.Value.Min))
            : Cut(members
                .Select(o => o.Code ?? o.Status?.Min.ToString(CultureInfo.InvariantCulture))
                .Where(name => name is not null)
                .Distinct()
                .Select(name => (name!, 1))
                .ToList());
    }

    /// <summary>Whether a status that everybody has met is among outcomes.</summary>
    public static bool AreTypical(ErrorContract contract, OutcomeSet outcomes) => TypicalStatuses(contract, outcomes).Any();

    /// <summary>The statuses among outcomes that everybody has met, as examples of their classes.</summary>
    public static OutcomeNames OfTypicalStatuses(ErrorContract contract, OutcomeSet outcomes)
    {
        var typical = TypicalStatuses(contract, outcomes).Distinct().OrderBy(s => s).Take(MaxEntries).ToList();
        return typical.Count == 0
            ? OfStatuses(contract, outcomes)
            : new OutcomeNames(string.Join(", ", typical.Select(s => s.ToString(CultureInfo.InvariantCulture))), 0);
    }

    /// <summary>The codes in the body of outcomes.</summary>
    public static OutcomeNames OfCodes(ErrorContract contract, OutcomeSet outcomes)
    {
        var codes = Members(contract, outcomes).Where(o => o.Code is not null).Select(o => o.Code!).ToList();
        var all = contract.Outcomes.Where(o => o.Code is not null).Select(o => o.Code!).ToList();
        return all.All(c => int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? Of(codes.Select(Number))
            : Cut(codes.Distinct().Select(c => (c, 1)).ToList());

        static int Number(string code) => int.Parse(code, CultureInfo.InvariantCulture);
    }

    /// <summary>The ids of outcomes, for a diagnostic's property.</summary>
    public static string Ids(ErrorContract contract, OutcomeSet outcomes) =>
        string.Join(",", Members(contract, outcomes).Select(o => o.Id));

    private static IEnumerable<int> TypicalStatuses(ErrorContract contract, OutcomeSet outcomes) =>
        Members(contract, outcomes)
            .Select(o => o.Status is { IsSingle: true } status ? status.Min : 0)
            .Where(s => Typical.Contains(s));

    private static IEnumerable<Outcome> Members(ErrorContract contract, OutcomeSet outcomes) =>
        contract.Outcomes.Where(o => outcomes.Contains(o.Index));

    private static OutcomeNames Of(IEnumerable<int> codes)
    {
        var sorted = codes.Distinct().OrderBy(c => c).ToImmutableArray();
        var entries = new List<(string Text, int Count)>();
        for (var i = 0; i < sorted.Length;)
        {
            var end = i;
            while (end + 1 < sorted.Length && sorted[end + 1] == sorted[end] + 1)
            {
                end++;
            }

            if (end - i >= 2)
            {
                entries.Add((Text(sorted[i]) + "–" + Text(sorted[end]), end - i + 1));
                i = end + 1;
            }
            else
            {
                entries.Add((Text(sorted[i]), 1));
                i++;
            }
        }

        return Cut(entries);

        static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);
    }

    private static OutcomeNames Cut(List<(string Text, int Count)> entries) => new(
        string.Join(", ", entries.Take(MaxEntries).Select(e => e.Text)),
        entries.Skip(MaxEntries).Sum(e => e.Count));
}
