using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>The names of types as a document has to write them, with the using directives that they need.</summary>
internal sealed class Imports(FixScene scene)
{
    private ImmutableArray<TextChange> _changes = ImmutableArray<TextChange>.Empty;

    /// <summary>The directives to add.</summary>
    public ImmutableArray<TextChange> Changes => _changes;

    /// <summary>The name of a type at a position: the simple one, if need be by a new directive.</summary>
    public string Name(string metadataName, int position)
    {
        var name = scene.TypeName(metadataName, position);
        if (!name.StartsWith("global::", StringComparison.Ordinal))
        {
            return name;
        }

        var dot = metadataName.LastIndexOf('.');
        var (space, simple) = (metadataName.Substring(0, dot), metadataName.Substring(dot + 1));
        if (!scene.Model.LookupNamespacesAndTypes(position, name: simple).IsEmpty || Directive(space, position) is not { } directive)
        {
            return name;
        }

        if (!_changes.Contains(directive))
        {
            _changes = _changes.Add(directive);
        }

        return simple;
    }

    // Among the others, in their order: namespaces of the framework first.
    private TextChange? Directive(string space, int position)
    {
        var lists = scene.Root.FindToken(position).Parent!.AncestorsAndSelf().Select(n => n switch
        {
            BaseNamespaceDeclarationSyntax n1 => n1.Usings,
            CompilationUnitSyntax unit => unit.Usings,
            _ => default,
        });
        var usings = lists.FirstOrDefault(l => l.Count > 0)
            .Where(u => u.Alias is null && u.StaticKeyword.RawKind == 0 && u.GlobalKeyword.RawKind == 0 && u.Name is not null)
            .ToList();
        if (usings.Count == 0)
        {
            return null;
        }

        var before = usings.FirstOrDefault(u => Rank(u.Name!.ToString()).CompareTo(Rank(space)) > 0);
        var text = scene.IndentationOf(usings[0]) + "using " + space + ";" + scene.NewLine;
        var line = scene.Text.Lines.GetLineFromPosition(before?.SpanStart ?? usings[usings.Count - 1].Span.End);
        return before is not null
            ? new TextChange(new TextSpan(line.Start, 0), text)
            : new TextChange(new TextSpan(line.EndIncludingLineBreak, 0), text);

        static (int, string) Rank(string name) =>
            (name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1, name);
    }
}
