using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>The changes of several fixes to one text, the same change once.</summary>
internal sealed class TextEdits
{
    private readonly SortedDictionary<int, List<string>> _insertions = [];
    private readonly List<TextChange> _replacements = [];

    /// <summary>Whether changes replace nothing that others replace in another way.</summary>
    public bool CanAdd(IEnumerable<TextChange> changes) => !changes.Any(c => !c.Span.IsEmpty
        && _replacements.Any(r => r.Span.IntersectsWith(c.Span) && r != c));

    /// <summary>Adds changes to the original text.</summary>
    public void Add(ImmutableArray<TextChange> changes)
    {
        foreach (var change in changes)
        {
            if (!change.Span.IsEmpty)
            {
                if (!_replacements.Contains(change))
                {
                    _replacements.Add(change);
                }
            }
            else if (!_insertions.TryGetValue(change.Span.Start, out var texts))
            {
                _insertions.Add(change.Span.Start, [change.NewText!]);
            }
            else if (!texts.Contains(change.NewText!))
            {
                // two reports mended by one and the same check
                texts.Add(change.NewText!);
            }
        }
    }

    /// <summary>The text with all changes.</summary>
    public SourceText Apply(SourceText text) => text.WithChanges(_insertions
        .Select(i => new TextChange(new TextSpan(i.Key, 0), string.Concat(i.Value)))
        .Concat(_replacements)
        .OrderBy(c => c.Span.Start)
        .ThenBy(c => c.Span.End));
}
