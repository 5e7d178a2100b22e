using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>Adds conditions to the filters of handlers.</summary>
internal static class CatchFilter
{
    /// <summary>Adds a condition to the filter of a handler, or a filter.</summary>
    /// <param name="scene">The document.</param>
    /// <param name="clause">The handler.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="first">Whether it goes before the conditions that are there.</param>
    /// <param name="inside">Changes to the part before the filter, as where it gets a name.</param>
    public static ImmutableArray<TextChange> Add(
        FixScene scene, CatchClauseSyntax clause, string condition, bool first, ImmutableArray<TextChange> inside = default)
    {
        inside = inside.IsDefault ? ImmutableArray<TextChange>.Empty : inside;
        if (scene.LanguageVersion < LanguageVersion.CSharp6)
        {
            return default;
        }

        if (clause.Filter is not { FilterExpression: var filter })
        {
            var end = clause.Declaration?.Span.End ?? clause.CatchKeyword.Span.End;
            return inside.Add(new TextChange(new TextSpan(end, 0), $" when ({condition})"));
        }

        return inside.AddRange(Conjoin(filter, condition, first));
    }

    /// <summary>Adds a condition to another.</summary>
    /// <param name="existing">The other condition.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="first">Whether it goes before.</param>
    public static ImmutableArray<TextChange> Conjoin(ExpressionSyntax existing, string condition, bool first)
    {
        var added = IsLoose(SyntaxFactory.ParseExpression(condition)) ? "(" + condition + ")" : condition;
        var (open, close) = IsLoose(existing) ? ("(", ")") : (string.Empty, string.Empty);
        var before = first ? added + " && " + open : open;
        var after = first ? close : close + " && " + added;
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        if (before.Length > 0)
        {
            changes.Add(new TextChange(new TextSpan(existing.SpanStart, 0), before));
        }

        if (after.Length > 0)
        {
            changes.Add(new TextChange(new TextSpan(existing.Span.End, 0), after));
        }

        return changes.ToImmutable();
    }

    // Binds less tightly than `&&`.
    private static bool IsLoose(ExpressionSyntax condition) => condition is ConditionalExpressionSyntax or AssignmentExpressionSyntax
        || condition.IsKind(SyntaxKind.LogicalOrExpression) || condition.IsKind(SyntaxKind.CoalesceExpression);

    /// <summary>The name of what a handler caught, given to it if it has none.</summary>
    /// <param name="retry">The retry.</param>
    /// <param name="clause">The handler.</param>
    /// <param name="imports">Collects using directives.</param>
    /// <returns>The name, the type, and the changes that give the name.</returns>
    public static (string Name, ITypeSymbol Type, ImmutableArray<TextChange> Changes)? Caught(
        RetryScene retry, CatchClauseSyntax clause, Imports imports)
    {
        var scene = retry.Scene;
        if (clause.Declaration is null)
        {
            return scene.Model.Compilation.GetTypeByMetadataName("System.Exception") is { } any && NewName() is var name
                ? (name, any, ImmutableArray.Create(new TextChange(
                    new TextSpan(clause.CatchKeyword.Span.End, 0),
                    $" ({imports.Name("System.Exception", clause.SpanStart)} {name})")))
                : null;
        }

        if (scene.Model.GetTypeInfo(clause.Declaration.Type).Type is not { } type)
        {
            return null;
        }

        if (clause.Declaration.Identifier.RawKind != 0 && clause.Declaration.Identifier.ValueText.Length > 0)
        {
            return (clause.Declaration.Identifier.Text, type, ImmutableArray<TextChange>.Empty);
        }

        var made = NewName();
        return (made, type, ImmutableArray.Create(new TextChange(new TextSpan(clause.Declaration.Type.Span.End, 0), " " + made)));

        // as the file calls its exceptions
        string NewName()
        {
            var wish = "e";
            foreach (var node in scene.Root.DescendantNodes())
            {
                if (node is CatchDeclarationSyntax { Identifier.ValueText: { Length: > 0 } used } && used != "_")
                {
                    wish = used;
                    break;
                }
            }

            return scene.Model.LookupSymbols(clause.SpanStart, name: wish).IsEmpty ? wish : scene.FreeName(wish, clause);
        }
    }
}
