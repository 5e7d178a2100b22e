using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How often a fix is expected to be applied: exactly, or at most.</summary>
/// <remarks>In the options of a test a negative number of iterations stands for "at most".</remarks>
internal readonly record struct IterationLimit(int Count, bool Exact)
{
    /// <summary>The limit as the options of a test give it.</summary>
    public static IterationLimit From(int number) => new(Math.Abs(number), Exact: number >= 0);
}

/// <summary>Where repeated fixing ended, and what is wrong with the number of repetitions, if anything.</summary>
internal sealed record FixRun(Solution Solution, string? IterationFailure);

/// <summary>The diagnostics of a solution that the fixes under test are for.</summary>
internal delegate Task<ImmutableArray<(Project Project, Diagnostic Diagnostic)>> FixableDiagnostics(
    Solution solution, CancellationToken cancellationToken);

/// <summary>Fixes something in a solution with these fixable diagnostics; null if it has no fix to apply.</summary>
internal delegate Task<Solution?> FixStep(
    Solution solution, IReadOnlyList<(Project Project, Diagnostic Diagnostic)> diagnostics);

/// <summary>Repeats a step of fixing until nothing is left to fix.</summary>
internal sealed class FixLoop
{
    private readonly FixableDiagnostics _fixableDiagnostics;
    private readonly HashSet<string> _settled = [];

    /// <summary>A loop over solutions with these fixable diagnostics.</summary>
    public FixLoop(FixableDiagnostics fixableDiagnostics) => _fixableDiagnostics = fixableDiagnostics;

    /// <summary>Takes the step again and again, or once.</summary>
    public async Task<FixRun> RunAsync(
        Solution solution,
        IterationLimit limit,
        FixStep step,
        bool once,
        CancellationToken cancellationToken)
    {
        var count = 0;
        var content = await ContentAsync(solution, cancellationToken);

        // The ways of fixing mostly end at the same text; that nothing is left to fix there is found out once.
        while (!_settled.Contains(content) && !(once && count > 0))
        {
            var diagnostics = await _fixableDiagnostics(solution, cancellationToken);
            var next = diagnostics.IsEmpty ? null : await step(solution, diagnostics);
            if (next is null)
            {
                _settled.Add(content);
                break;
            }

            if (count == limit.Count)
            {
                return new FixRun(
                    solution,
                    "The upper limit for the number of code fix iterations was exceeded: "
                        + $"expected {limit.Count}, and a code fix is still offered for "
                        + DiagnosticText.Describe(diagnostics[0].Diagnostic));
            }

            count++;
            var before = content;
            (solution, content) = (next, await ContentAsync(next, cancellationToken));
            if (content == before)
            {
                return new FixRun(solution, "A code fix was offered that changes nothing.");
            }
        }

        return new FixRun(
            solution,
            limit.Exact && count != limit.Count
                ? $"Expected '{limit.Count}' iterations but found '{count}' iterations."
                : null);
    }

    private static async Task<string> ContentAsync(Solution solution, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        foreach (var document in solution.Projects.SelectMany(project =>
            project.Documents.Concat(project.AdditionalDocuments)))
        {
            texts.Add(document.Project.Name + document.Name);
            texts.Add((await document.GetTextAsync(cancellationToken)).ToString());
        }

        return string.Join('\0', texts);
    }
}
