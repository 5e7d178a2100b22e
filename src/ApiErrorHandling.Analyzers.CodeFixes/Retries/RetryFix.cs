using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>A way to fix a retry.</summary>
/// <param name="Changes">The changes to the text of its document.</param>
internal sealed record RetryFix(ImmutableArray<TextChange> Changes)
{
    /// <summary>The changes to other documents, where helpers are.</summary>
    public ImmutableArray<(DocumentId Document, TextChange Change)> Elsewhere { get; init; } =
        ImmutableArray<(DocumentId Document, TextChange Change)>.Empty;

    /// <summary>The names of the helpers that end otherwise after it: whoever else calls them is looked at, too.</summary>
    public ImmutableArray<string> Helpers { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>What the light bulb says, if it is not what it says of others of the rule.</summary>
    public string? Title { get; init; }

    /// <summary>Whether it does nothing but to take out what is retried by name.</summary>
    public bool TakesOut { get; init; }

    /// <summary>Whether it could be written.</summary>
    public bool IsWritten => !Changes.IsDefault && (Changes.Length > 0 || Elsewhere.Length > 0)
        && !Overlap(Changes) && !Elsewhere.GroupBy(e => e.Document, e => e.Change).Any(Overlap);

    /// <summary>All that it changes.</summary>
    public string Text => string.Join("\n", Changes.Select(c => c.ToString()).Concat(Elsewhere.Select(e => e.Document + ": " + e.Change)));

    /// <summary>The parts of several changes as one fix; none if one of them could not be written.</summary>
    public static RetryFix Of(params ImmutableArray<TextChange>[] parts) => new(parts.Any(p => p.IsDefault)
        ? default
        : parts.SelectMany(p => p).ToImmutableArray());

    /// <summary>Changes to a helper of a retry.</summary>
    /// <param name="retry">The retry.</param>
    /// <param name="helper">The helper.</param>
    /// <param name="changes">The changes to its document.</param>
    public static RetryFix In(RetryScene retry, RetryScene helper, ImmutableArray<TextChange> changes)
    {
        if (helper.Document is not { } document || changes.IsEmpty)
        {
            return new RetryFix(changes);
        }

        var fix = helper.Scene.Root.SyntaxTree == retry.Scene.Root.SyntaxTree
            ? new RetryFix(changes)
            : new RetryFix(ImmutableArray<TextChange>.Empty) { Elsewhere = changes.Select(c => (document, c)).ToImmutableArray() };
        return fix with { Helpers = helper.Name is { } name ? ImmutableArray.Create(name) : ImmutableArray<string>.Empty };
    }

    /// <summary>This one and another as one.</summary>
    public RetryFix With(RetryFix other) => this with
    {
        Changes = Changes.IsDefault || other.Changes.IsDefault ? default : Changes.AddRange(other.Changes),
        Elsewhere = Elsewhere.AddRange(other.Elsewhere),
        Helpers = Helpers.AddRange(other.Helpers),
        Title = Title ?? other.Title,
    };

    /// <summary>Each change once.</summary>
    public RetryFix WithoutRepetition() => this with
    {
        Changes = Changes.Distinct().ToImmutableArray(), Elsewhere = Elsewhere.Distinct().ToImmutableArray(),
    };

    /// <summary>The changes to a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="own">That of the retry.</param>
    public ImmutableArray<TextChange> In(DocumentId document, DocumentId own) => document == own
        ? Changes
        : Elsewhere.Where(e => e.Document == document).Select(e => e.Change).ToImmutableArray();

    private static bool Overlap(IEnumerable<TextChange> changes)
    {
        var inOrder = changes.Distinct().OrderBy(c => c.Span.Start).ThenBy(c => c.Span.End).ToList();
        return inOrder.Zip(inOrder.Skip(1), (x, y) => x.Span.End > y.Span.Start).Any(o => o);
    }
}
