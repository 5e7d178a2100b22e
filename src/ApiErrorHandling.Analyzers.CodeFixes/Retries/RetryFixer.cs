using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>
/// A fix of a retry. It is written in several ways, the most natural first, and offered if the analysis finds one of them
/// right. Fix-all makes one after the other, each on what those before it left, so that fixes of one loop rest on each other.
/// </summary>
public abstract class RetryFixer : CodeFixProvider
{
    // Of the ways to write a fix, those that are tried.
    private const int MaxTrials = 16;

    private readonly string _id;
    private readonly RetryRule _rule;
    private readonly FixAllProvider _fixAll;

    /// <summary>Makes a fixer.</summary>
    /// <param name="rule">The rule it fixes; its id is the equivalence key too.</param>
    private protected RetryFixer(RetryRule rule)
    {
        _rule = rule;
        _id = rule.Descriptors[0].Id;
        _fixAll = new SolutionFixAll(_id, () => Title, FixAllAsync);
        FixableDiagnosticIds = ImmutableArray.Create(_id);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>What the light bulb says.</summary>
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => _fixAll;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await FixTrial.CreateAsync(context.Document, context.CancellationToken).ConfigureAwait(false) is not { } trial)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            if (await FixAsync(trial, diagnostic.Location.SourceSpan).ConfigureAwait(false) is var (fixedTrial, steps))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(steps.Last().Title ?? Title, _ => Task.FromResult(fixedTrial.Document.Project.Solution), _id), diagnostic);
            }
        }
    }

    /// <summary>Writes the fix of one report, the most natural way first.</summary>
    /// <param name="retry">The retry.</param>
    private protected abstract IEnumerable<RetryFix> Write(RetryScene retry);

    /// <summary>Whether a fix that leaves no report does what it should.</summary>
    /// <param name="retry">The retry before it.</param>
    /// <param name="fix">The fix.</param>
    /// <param name="fixed">The document after it.</param>
    /// <param name="at">The place of the report there.</param>
    private protected virtual bool IsRight(RetryScene retry, RetryFix fix, FixTrial @fixed, TextSpan at) => true;

    // One after the other, each in what those before it left.
    private async Task<Solution> FixAllAsync(
        Solution solution, IReadOnlyList<(Document Document, Diagnostic Diagnostic)> diagnostics, CancellationToken cancellation)
    {
        var places = diagnostics.Select(d => (d.Document.Id, Span: (TextSpan?)d.Diagnostic.Location.SourceSpan)).ToList();
        FixTrial? trial = null;
        for (var i = 0; i < places.Count; i++)
        {
            if (trial is null || trial.Document.Id != places[i].Id)
            {
                trial = await FixTrial.CreateAsync(solution.GetDocument(places[i].Id)!, cancellation).ConfigureAwait(false);
            }

            if (trial is null || places[i].Span is not { } place || await FixAsync(trial, place).ConfigureAwait(false) is not var (fixedTrial, steps))
            {
                continue;
            }

            trial = fixedTrial;
            solution = trial.Document.Project.Solution;
            for (var later = i + 1; later < places.Count; later++)
            {
                var (document, span) = places[later];
                places[later] = (document, steps.Aggregate(span, (at, step) =>
                    at is { } known ? FixTrial.Moved(known, step.In(document, trial.Document.Id)) : null));
            }
        }

        return solution;
    }

    /// <summary>The fix that comes first, since what this one writes would hide its report; null if there is none.</summary>
    /// <param name="retry">The retry.</param>
    private protected virtual RetryFixer? Before(RetryScene retry) => null;

    // The changed document, and the fixes, each of what those before it left.
    private async Task<(FixTrial Trial, ImmutableArray<RetryFix> Steps)?> FixAsync(FixTrial trial, TextSpan at)
    {
        if (trial.Find(_rule, at) is not var (repeat, flow, diagnostic)
            || RetryScene.Of(trial.Scene, repeat, flow, diagnostic) is not { } retry)
        {
            return null;
        }

        retry.Helpers = await trial.HelpersOf(retry).ConfigureAwait(false);
        if (Before(retry) is { } other && await other.FixAsync(trial, at).ConfigureAwait(false) is var (begun, before)
            && before.Aggregate((TextSpan?)at, (span, step) => span is { } s ? FixTrial.Moved(s, step.Changes) : null) is { } place)
        {
            return await FixAsync(begun, place).ConfigureAwait(false) is var (ended, after)
                ? (ended, before.AddRange(after))
                : null;
        }

        var tried = new HashSet<string>();
        foreach (var written in Write(retry).Where(f => f.IsWritten))
        {
            var fix = written.WithoutRepetition();
            if (!tried.Add(fix.Text))
            {
                continue;
            }

            if (tried.Count > MaxTrials)
            {
                break;
            }

            if (await trial.TryAsync(_rule, at, fix).ConfigureAwait(false) is { } changed
                && FixTrial.Moved(at, fix.Changes) is { } moved
                && IsRight(retry, fix, changed, moved))
            {
                return (changed, ImmutableArray.Create(fix));
            }
        }

        return null;
    }
}
