namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Assigns reported diagnostics to expected ones.</summary>
internal static class DiagnosticMatching
{
    /// <summary>Fails with everything that is missing, unexpected or different, unless all is as expected.</summary>
    public static void Verify(
        IReadOnlyList<DiagnosticResult> expected, IReadOnlyList<Diagnostic> actual, IVerifier verifier)
    {
        var taken = Assign(expected, actual);
        var missing = expected.Where((_, index) => !taken.Contains(index)).ToList();
        var unexpected = actual.Where((_, index) => taken[index] < 0).ToList();
        if (missing.Count == 0 && unexpected.Count == 0)
        {
            return;
        }

        var differing = PairClosest(missing, unexpected);
        verifier.Fail(
            (expected.Count == actual.Count
                ? "Diagnostics differ from the expected ones" + Environment.NewLine
                : "Mismatch between number of diagnostics returned, "
                    + $"expected \"{expected.Count}\" actual \"{actual.Count}\"" + Environment.NewLine)
            + DiagnosticText.Section("Different:", differing)
            + DiagnosticText.Section("Missing:", missing.Select(result => result.ToString()))
            + DiagnosticText.Section("Unexpected:", unexpected.Select(DiagnosticText.Describe))
            + DiagnosticText.Section(
                "All diagnostics:", actual.Select(DiagnosticText.Describe).DefaultIfEmpty("NONE.")));
    }

    /// <summary>
    /// For each reported diagnostic the index of the expected one that it meets, or -1. An expectation that leaves
    /// something open must not take what a stricter one needs, so assignments made before may be changed.
    /// </summary>
    private static int[] Assign(IReadOnlyList<DiagnosticResult> expected, IReadOnlyList<Diagnostic> actual)
    {
        var taken = Enumerable.Repeat(-1, actual.Count).ToArray();
        for (var index = 0; index < expected.Count; index++)
        {
            TryAssign(index, []);
        }

        return taken;

        bool TryAssign(int index, HashSet<int> visited)
        {
            for (var candidate = 0; candidate < actual.Count; candidate++)
            {
                if (!DiagnosticComparison.Differences(expected[index], actual[candidate]).Any()
                    && visited.Add(candidate)
                    && (taken[candidate] < 0 || TryAssign(taken[candidate], visited)))
                {
                    taken[candidate] = index;
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Takes pairs of one id, or of one place, off both lists and says in what each of them differs.</summary>
    private static List<string> PairClosest(List<DiagnosticResult> missing, List<Diagnostic> unexpected)
    {
        var pairs = missing
            .SelectMany(_ => unexpected, (result, diagnostic) =>
                (result, diagnostic, differences: DiagnosticComparison.Differences(result, diagnostic).ToList()))
            .Where(pair => pair.result.Id == pair.diagnostic.Id
                || DiagnosticComparison.IsThere(pair.result, pair.diagnostic))
            .OrderBy(pair => pair.result.Id != pair.diagnostic.Id)
            .ThenBy(pair => pair.differences.Count)
            .ToList();
        var texts = new List<string>();
        foreach (var (result, diagnostic, differences) in pairs)
        {
            if (missing.Contains(result) && unexpected.Remove(diagnostic))
            {
                missing.Remove(result);
                texts.AddRange(differences.Append("  for " + DiagnosticText.Describe(diagnostic)));
            }
        }

        return texts;
    }
}
