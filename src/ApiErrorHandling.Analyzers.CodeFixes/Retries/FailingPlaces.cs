using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>A question after success: which part of a condition it is, and whether it holds for failures.</summary>
/// <param name="Condition">The smallest expression that asks, with its negation.</param>
/// <param name="HoldsForFailure">Whether it is true for failures.</param>
/// <param name="Response">The text of what has the status.</param>
internal sealed record SuccessTest(ExpressionSyntax Condition, bool HoldsForFailure, string Response);

/// <summary>A place in a retry to which failing answers come, and no successful ones.</summary>
/// <param name="Write">Puts lines there: gets what writes them with an indentation.</param>
/// <param name="At">The node whose scope it is in.</param>
/// <param name="Response">The text of what has the status; null if it is not at hand.</param>
/// <param name="Code">The expression that reads the code in the body; null if the status tells.</param>
internal sealed record FailingPlace(
    System.Func<System.Func<string, string>, ImmutableArray<Microsoft.CodeAnalysis.Text.TextChange>> Write,
    SyntaxNode At,
    string? Response,
    ExpressionSyntax? Code);

/// <summary>Finds the places in a retry to which failing answers come.</summary>
internal static class FailingPlaces
{
    /// <summary>The questions after success in what is run again, behind the request.</summary>
    public static IEnumerable<SuccessTest> Tests(RetryScene retry) => retry.Region
        .DescendantNodes(n => n == retry.Region || !RetryScene.IsFunction(n))
        .OfType<ExpressionSyntax>()
        .Where(e => e.SpanStart > retry.Sender.SpanStart || e == retry.Condition || retry.Condition?.Contains(e) == true)
        .Select(TestOf)
        .Where(t => t is not null)
        .Select(t => t!);

    /// <summary>The places behind tests of success, in source order: inside branches, and behind those that leave.</summary>
    /// <param name="retry">The retry.</param>
    /// <param name="afterLimits">Whether what asks for the number of attempts stays first.</param>
    public static IEnumerable<FailingPlace> Of(RetryScene retry, bool afterLimits = false)
    {
        var scene = retry.Scene;
        foreach (var @if in retry.Region.DescendantNodes(n => n == retry.Region || !RetryScene.IsFunction(n)).OfType<IfStatementSyntax>())
        {
            var (failing, response, code) = Meaning(retry, @if.Condition);

            // what comes before the request asks for the last answer, where it is about the same
            if (failing is null || (@if.SpanStart < retry.Sender.SpanStart && response != retry.Response))
            {
                continue;
            }

            if (failing == true)
            {
                if (Inside(scene, @if.Statement, afterLimits) is { } inside)
                {
                    yield return new FailingPlace(inside, @if.Statement, response, code);
                }
            }
            else if (@if.Else is { Statement: not IfStatementSyntax } @else)
            {
                if (Inside(scene, @else.Statement, afterLimits) is { } inside)
                {
                    yield return new FailingPlace(inside, @else.Statement, response, code);
                }
            }
            else if (@if.Else is null && Placement.IsInList(@if) && !retry.EndIsReachable(@if.Statement))
            {
                var last = afterLimits ? LastLimit(@if) : @if;
                yield return new FailingPlace(
                    write => Placement.After(scene, last, i => scene.NewLine + write(i), blankLine: true), @if, response, code);
            }
        }
    }

    // Behind what only tells of the failure.
    private static System.Func<System.Func<string, string>, ImmutableArray<Microsoft.CodeAnalysis.Text.TextChange>>? Inside(
        FixScene scene, StatementSyntax branch, bool afterLimits)
    {
        if (branch is not BlockSyntax { Statements: { Count: > 0 } statements })
        {
            return branch is BlockSyntax ? null : write => Placement.Before(scene, branch, write, blankLine: true);
        }

        var first = statements.FirstOrDefault(s => !Tells(s) && !(afterLimits && IsLimit(s)));
        return first is null
            ? write => Placement.After(scene, statements.Last(), i => scene.NewLine + write(i))
            : write => Placement.Before(scene, first, write, blankLine: true);
    }

    private static StatementSyntax LastLimit(IfStatementSyntax test) => test.Parent!.ChildNodes().OfType<StatementSyntax>()
        .SkipWhile(s => s != test).Skip(1).TakeWhile(IsLimit).LastOrDefault() ?? test;

    // `if (attempt >= 5) …`
    private static bool IsLimit(StatementSyntax statement) => statement is IfStatementSyntax
    {
        Else: null,
        Condition: BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.GreaterThanOrEqualExpression, Left: IdentifierNameSyntax, Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression },
        },
    };

    /// <summary>Whether a statement only writes to a log, a console or the like.</summary>
    public static bool Tells(StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
        && call.Expression.ToString() is var name
        && (name.Contains("Log") || name.Contains("log") || name.StartsWith("Console.", System.StringComparison.Ordinal)
            || name.StartsWith("Debug.", System.StringComparison.Ordinal) || name.StartsWith("Trace.", System.StringComparison.Ordinal));

    // Whether a condition is true for failures alone, or false for failures alone.
    private static (bool? Failing, string? Response, ExpressionSyntax? Code) Meaning(RetryScene retry, ExpressionSyntax condition)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax p:
                return Meaning(retry, p.Expression);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and:
                // all parts hold: one that holds for failures alone is enough
                var left = Meaning(retry, and.Left);
                return left.Failing == true ? left : Meaning(retry, and.Right) is { Failing: true } right ? right : default;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or:
                var first = Meaning(retry, or.Left);
                var second = Meaning(retry, or.Right);
                return first.Failing == false && second.Failing == false ? first
                    : first.Failing == true && second.Failing == true ? first : default;
        }

        if (TestOf(condition) is { } test)
        {
            return (test.HoldsForFailure, test.Response, null);
        }

        return CodeTest(retry, condition) is var (code, isFailing) ? (isFailing, null, code) : default;
    }

    /// <summary>Reads a question after success; null if an expression is none.</summary>
    public static SuccessTest? TestOf(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsSuccessStatusCode", Expression: var response }
                when expression.Parent is not (PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } or BinaryExpressionSyntax
                    { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }):
                return new SuccessTest(expression, false, response.ToString());
            case PrefixUnaryExpressionSyntax
                {
                    RawKind: (int)SyntaxKind.LogicalNotExpression,
                    Operand: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsSuccessStatusCode", Expression: var response },
                }:
                return new SuccessTest(expression, true, response.ToString());
            case BinaryExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsSuccessStatusCode", Expression: var response } } flag
                when flag.RawKind is (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression
                    && flag.Right.RawKind is (int)SyntaxKind.TrueLiteralExpression or (int)SyntaxKind.FalseLiteralExpression:
                return new SuccessTest(
                    expression,
                    (flag.RawKind == (int)SyntaxKind.EqualsExpression) == (flag.Right.RawKind == (int)SyntaxKind.FalseLiteralExpression),
                    response.ToString());
            case BinaryExpressionSyntax { Left: var left, Right: var right } binary when StatusOf(left) is { } status:
                var value = right.ToString();
                return binary.Kind() switch
                {
                    SyntaxKind.EqualsExpression when IsOk(value) => new SuccessTest(expression, false, status),
                    SyntaxKind.NotEqualsExpression when IsOk(value) => new SuccessTest(expression, true, status),
                    SyntaxKind.GreaterThanOrEqualExpression when IsBad(value) => new SuccessTest(expression, true, status),
                    SyntaxKind.LessThanExpression when IsBad(value) => new SuccessTest(expression, false, status),
                    _ => null,
                };
            case IsPatternExpressionSyntax { Expression: var read, Pattern: ConstantPatternSyntax constant } when StatusOf(read) is { } status && IsOk(constant.ToString()):
                return new SuccessTest(expression, false, status);
            case IsPatternExpressionSyntax { Expression: var read, Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax not } }
                when StatusOf(read) is { } status && IsOk(not.ToString()):
                return new SuccessTest(expression, true, status);
            default:
                return null;
        }

        static bool IsOk(string value) => value is "200" || value.EndsWith("HttpStatusCode.OK", System.StringComparison.Ordinal);

        static bool IsBad(string value) => value is "400" || value.EndsWith("HttpStatusCode.BadRequest", System.StringComparison.Ordinal);
    }

    private static string? StatusOf(ExpressionSyntax expression) => expression switch
    {
        CastExpressionSyntax cast => StatusOf(cast.Expression),
        ParenthesizedExpressionSyntax p => StatusOf(p.Expression),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "StatusCode", Expression: var response } => response.ToString(),
        _ => null,
    };

    // A comparison of the code in the body with one or several of the contract's.
    private static (ExpressionSyntax Code, bool IsFailing)? CodeTest(RetryScene retry, ExpressionSyntax condition)
    {
        var (code, constants, isEqual) = condition switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } b => (b.Left, new[] { b.Right }, true),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } b => (b.Left, new[] { b.Right }, false),
            IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: var not } } p => (p.Expression, Constants(not), false),
            IsPatternExpressionSyntax p => (p.Expression, Constants(p.Pattern), true),
            _ => (null, null, false),
        };
        if (code is not (MemberAccessExpressionSyntax or IdentifierNameSyntax or InvocationExpressionSyntax) || constants is null or { Length: 0 })
        {
            return null;
        }

        var values = constants.Select(c => retry.Scene.Model.GetConstantValue(c) is { HasValue: true, Value: { } v } ? v.ToString() : null).ToList();
        var success = retry.Contract.Outcomes.Where(o => o.Succeeds && o.Code is not null).Select(o => o.Code!).ToList();
        var known = retry.Contract.Outcomes.Where(o => o.Code is not null).Select(o => o.Code!).ToList();
        if (success.Count == 0 || values.Any(v => v is null || !known.Contains(v)))
        {
            return null;
        }

        // compared with the code of success, or with failing ones
        var succeeds = values.Any(v => success.Contains(v!));
        return succeeds ? (code, !isEqual) : (code, isEqual);
    }

    private static ExpressionSyntax[] Constants(PatternSyntax pattern) => pattern.DescendantNodesAndSelf()
        .OfType<ConstantPatternSyntax>().Select(c => c.Expression).ToArray();
}
