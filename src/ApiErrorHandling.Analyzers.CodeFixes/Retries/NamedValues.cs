using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>Statuses and codes that a retry names one by one.</summary>
internal static class NamedValues
{
    private static readonly SyntaxKind[] Joints = [SyntaxKind.LogicalOrExpression, SyntaxKind.LogicalAndExpression, SyntaxKind.OrPattern];

    /// <summary>Takes out those that a report is about: alternatives of conditions and patterns, labels of cases, items of lists.</summary>
    public static ImmutableArray<TextChange> Without(RetryScene retry)
    {
        var wrong = Reported(retry);
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        foreach (var node in retry.Function.DescendantNodes(n => n == retry.Function || !RetryScene.IsFunction(n)))
        {
            switch (node)
            {
                case BinaryExpressionSyntax or BinaryPatternSyntax when Joints.Contains(node.Kind()) && !node.Parent.IsKind(node.Kind()):
                    changes.AddRange(Without(Parts(node, node.Kind()).ToList(), part => IsWrong(ValueOf(part))));
                    break;
                case SwitchSectionSyntax { Labels: { Count: > 1 } labels } when !labels.All(l => IsWrong((l as CaseSwitchLabelSyntax)?.Value)):
                    changes.AddRange(labels
                        .Where(l => IsWrong((l as CaseSwitchLabelSyntax)?.Value))
                        .Select(l => new TextChange(WholeLines(retry.Scene, l.Span), string.Empty)));
                    break;
            }
        }

        return changes.ToImmutable();

        bool IsWrong(ExpressionSyntax? value) => value is not null
            && retry.Scene.Model.GetConstantValue(value) is { HasValue: true, Value: { } constant }
            && (constant as string ?? Number(constant)) is { } text
            && wrong.Contains(text);
    }

    private static string? Number(object constant) => constant is System.IConvertible and not bool
        ? System.Convert.ToInt64(constant, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
        : null;

    // The value that a part of a condition names.
    private static ExpressionSyntax? ValueOf(SyntaxNode part) => part switch
    {
        ParenthesizedExpressionSyntax p => ValueOf(p.Expression),
        ParenthesizedPatternSyntax p => ValueOf(p.Pattern),
        ConstantPatternSyntax pattern => pattern.Expression,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison => comparison.Right,
        _ => null,
    };

    private static IEnumerable<SyntaxNode> Parts(SyntaxNode node, SyntaxKind joint) => !node.IsKind(joint)
        ? [node]
        : node switch
        {
            BinaryExpressionSyntax b => Parts(b.Left, joint).Concat(Parts(b.Right, joint)),
            BinaryPatternSyntax p => Parts(p.Left, joint).Concat(Parts(p.Right, joint)),
            _ => [node],
        };

    // Some of several, each with what joins it to the one before, or behind where none is left before.
    private static IEnumerable<TextChange> Without(List<SyntaxNode> parts, System.Func<SyntaxNode, bool> isWrong)
    {
        if (parts.All(isWrong))
        {
            yield break;
        }

        // what is left of several needs no parentheses of its own
        if (parts.Count(p => !isWrong(p)) == 1 && parts[0].FirstAncestorOrSelf<ParenthesizedExpressionSyntax>(p => p.Span.Contains(parts[parts.Count - 1].Span)) is
            {
                Expression: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } around,
                Parent: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression },
            } parenthesized && around.Span == TextSpan.FromBounds(parts[0].SpanStart, parts[parts.Count - 1].Span.End))
        {
            yield return new TextChange(parenthesized.OpenParenToken.Span, string.Empty);
            yield return new TextChange(parenthesized.CloseParenToken.Span, string.Empty);
        }

        var isAnyKept = false;
        for (var i = 0; i < parts.Count; i++)
        {
            if (!isWrong(parts[i]))
            {
                isAnyKept = true;
            }
            else
            {
                yield return new TextChange(
                    isAnyKept
                        ? TextSpan.FromBounds(parts[i - 1].Span.End, parts[i].Span.End)
                        : TextSpan.FromBounds(parts[i].SpanStart, parts[i + 1].SpanStart),
                    string.Empty);
            }
        }
    }

    // The statuses and codes of the outcomes that the report names.
    private static HashSet<string> Reported(RetryScene retry)
    {
        retry.Diagnostic.Properties.TryGetValue(PropertyKeys.Outcomes, out var ids);
        var named = new HashSet<string>((ids ?? string.Empty).Split(','));
        return new HashSet<string>(retry.Contract.Outcomes
            .Where(o => named.Contains(o.Id) && !o.IsOther)
            .Select(o => o.Code ?? o.Status?.Min.ToString(CultureInfo.InvariantCulture) ?? string.Empty));
    }

    private static TextSpan WholeLines(FixScene scene, TextSpan span) => TextSpan.FromBounds(
        scene.Text.Lines.GetLineFromPosition(span.Start).Start, scene.Text.Lines.GetLineFromPosition(span.End).EndIncludingLineBreak);
}
