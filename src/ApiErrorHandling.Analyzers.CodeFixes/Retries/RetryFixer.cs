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

    /// <summary>Makes a fixer.</summary>
    /// <param name="rule">The rule it fixes; its id is the equivalence key too.</param>
    private protected RetryFixer(RetryRule rule)
    {
        _rule = rule;
        _id = rule.Descriptors[0].Id;
        FixableDiagnosticIds = ImmutableArray.Create(_id);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>What the light bulb says.</summary>
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) =>
            await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await FixTrial.CreateAsync(context.Document, context.CancellationToken).ConfigureAwait(false) is not { } trial)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            if (await FixAsync(trial, diagnostic.Location.SourceSpan).ConfigureAwait(false) is var (fixedTrial, _))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, _ => Task.FromResult(fixedTrial.Document), _id), diagnostic);
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

    private async Task<Document> FixAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await FixTrial.CreateAsync(document, cancellation).ConfigureAwait(false) is not { } trial)
        {
            return document;
        }

        var places = diagnostics.Select(d => d.Location.SourceSpan).OrderBy(s => s.Start).Select(s => (TextSpan?)s).ToList();
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i] is { } place && await FixAsync(trial, place).ConfigureAwait(false) is var (fixedTrial, steps))
            {
                trial = fixedTrial;
                for (var later = i + 1; later < places.Count; later++)
                {
                    places[later] = steps.Aggregate(places[later], (at, changes) => at is { } span ? FixTrial.Moved(span, changes) : null);
                }
            }
        }

        return trial.Document;
    }

    /// <summary>The fix that comes first, since what this one writes would hide its report; null if there is none.</summary>
    /// <param name="retry">The retry.</param>
    private protected virtual RetryFixer? Before(RetryScene retry) => null;

    // The changed document, and the changes, each to the text that those before it left.
    private async Task<(FixTrial Trial, ImmutableArray<ImmutableArray<TextChange>> Steps)?> FixAsync(FixTrial trial, TextSpan at)
    {
        if (trial.Find(_rule, at) is not var (repeat, flow, diagnostic)
            || RetryScene.Of(trial.Scene, repeat, flow, diagnostic) is not { } retry)
        {
            return null;
        }

        if (Before(retry) is { } other && await other.FixAsync(trial, at).ConfigureAwait(false) is var (begun, before)
            && before.Aggregate((TextSpan?)at, (span, changes) => span is { } s ? FixTrial.Moved(s, changes) : null) is { } place)
        {
            return await FixAsync(begun, place).ConfigureAwait(false) is var (ended, after)
                ? (ended, before.AddRange(after))
                : null;
        }

        var tried = new HashSet<string>();
        foreach (var fix in Write(retry).Where(f => !f.Changes.IsDefaultOrEmpty && !Overlaps(f.Changes)))
        {
            var changes = fix.Changes.Distinct().ToImmutableArray();
            if (!tried.Add(string.Join("\n", changes.Select(c => c.ToString()))))
            {
                continue;
            }

            if (tried.Count > MaxTrials)
            {
                break;
            }

            if (await trial.TryAsync(_rule, at, changes).ConfigureAwait(false) is { } changed
                && FixTrial.Moved(at, changes) is { } moved
                && IsRight(retry, fix with { Changes = changes }, changed, moved))
            {
                return (changed, ImmutableArray.Create(changes));
            }
        }

        return null;
    }

    private static bool Overlaps(ImmutableArray<TextChange> changes)
    {
        var inOrder = changes.Distinct().OrderBy(c => c.Span.Start).ThenBy(c => c.Span.End).ToList();
        return inOrder.Zip(inOrder.Skip(1), (x, y) => x.Span.End > y.Span.Start).Any(o => o);
    }
}

/// <summary>A way to fix a retry.</summary>
/// <param name="Changes">The changes to the text.</param>
internal sealed record RetryFix(ImmutableArray<TextChange> Changes)
{
    /// <summary>Whether it does nothing but to take out what is retried by name.</summary>
    public bool TakesOut { get; init; }

    /// <summary>The parts of several changes as one fix; none if one of them could not be written.</summary>
    public static RetryFix Of(params ImmutableArray<TextChange>[] parts) => new(parts.Any(p => p.IsDefault)
        ? default
        : parts.SelectMany(p => p).ToImmutableArray());
}
