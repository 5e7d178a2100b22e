using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.CodeFixes.Retries;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>AEH3001: waits before the next attempt.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RetryWithoutWaitFixer : RetryFixer
{
    /// <summary>Makes the fixer.</summary>
    public RetryWithoutWaitFixer()
        : base(new RetryWithoutWait())
    {
    }

    private protected override string Title => FixTitles.WaitBeforeNext;

    private protected override IEnumerable<RetryFix> Write(RetryScene retry)
    {
        var counter = retry.Repeat.Kind == RepeatKind.SecondCall || retry.Repeat.Meaning == RepeatMeaning.Poll ? null : AttemptCounter.Of(retry);
        if (counter is { IsNew: true } && AttemptCounter.CountedDown(retry) is { } down)
        {
            counter = down;
        }

        if (counter is null && retry.Loop is not null && retry.Repeat.Meaning != RepeatMeaning.Poll)
        {
            yield break;
        }

        foreach (var places in Waits(retry).Select(w => (IReadOnlyList<Place>)[Instead(retry.Scene, w)]).Concat(Places(retry)))
        {
            // the header first where the response is at hand
            foreach (var response in new[] { retry.Response, null }.Distinct())
            {
                var imports = new Imports(retry.Scene);
                var writer = new WrittenWait(retry, imports);
                var parts = places.Select(place => place(at => retry.Repeat.Meaning == RepeatMeaning.Poll
                    ? writer.Pause(at)
                    : writer.Lines(at, counter?.Name, response))).ToList();
                yield return RetryFix.Of([counter?.Changes ?? ImmutableArray<TextChange>.Empty, .. parts, imports.Changes]);
            }
        }

        if (counter is { First: not null } && retry.Loop is not null && AtHead(retry, counter) is { } head)
        {
            yield return head;
        }
    }

    // A token that a wait observes is an end, too, but hardly the only one that is wanted.
    private protected override RetryFixer? Before(RetryScene retry) =>
        retry.Repeat.Meaning != RepeatMeaning.Poll && retry.Token(retry.Sender) is not null ? new UnboundedRetryFixer() : null;

    private protected override bool IsRight(RetryScene retry, RetryFix fix, FixTrial @fixed, TextSpan at) =>
        retry.Repeat.Meaning == RepeatMeaning.Poll || !@fixed.SuccessWaits(at, Written(fix), retry.Repeat);

    // The spans of what was written, in the changed text.
    private static ImmutableArray<TextSpan> Written(RetryFix fix)
    {
        var spans = ImmutableArray.CreateBuilder<TextSpan>();
        var shift = 0;
        foreach (var change in fix.Changes.OrderBy(c => c.Span.Start).ThenBy(c => c.Span.End))
        {
            spans.Add(new TextSpan(change.Span.Start + shift, change.NewText!.Length));
            shift += change.NewText.Length - change.Span.Length;
        }

        return spans.ToImmutable();
    }

    private delegate ImmutableArray<TextChange> Place(System.Func<SyntaxNode, System.Func<string, string>?> write);

    // The sets of places where control turns back, the smallest first.
    private static IEnumerable<IReadOnlyList<Place>> Places(RetryScene retry)
    {
        var scene = retry.Scene;
        if (retry.Again is { } again)
        {
            if (Placement.StatementOf(again) is { } statement)
            {
                yield return [Before(retry, statement)];
            }

            yield break;
        }

        var handlers = retry.Catches.Select(c => AtEnd(scene, c.Block)).ToList();
        if (handlers.Count > 0)
        {
            yield return handlers;
        }

        var continues = retry.Region.DescendantNodes(n => n == retry.Region || !RetryScene.IsFunction(n))
            .OfType<ContinueStatementSyntax>()
            .Where(c => c.SpanStart > retry.Sender.SpanStart && !c.Ancestors().TakeWhile(n => n != retry.Region).OfType<CatchClauseSyntax>().Any())
            .Select(c => Before(retry, c))
            .ToList();
        var failing = FailingBranches(retry).Select(b => AtEnd(scene, b)).ToList();
        List<Place> end = retry.Body is { } body && retry.EndIsReachable(body) ? [AtEnd(scene, body)] : [];
        foreach (var more in new[] { continues, end, failing, continues.Concat(end).ToList() })
        {
            if (more.Count > 0)
            {
                yield return more;
            }
        }

        foreach (var more in new[] { continues, end, failing, continues.Concat(end).ToList() })
        {
            if (more.Count > 0 && handlers.Count > 0)
            {
                yield return [.. handlers, .. more];
            }
        }

        if (retry.Body is { } whole && retry.Condition is { } condition && FailingPart(condition) is { } asks)
        {
            Place guarded = write => AtEnd(scene, whole)(at => write(at) is { } lines
                ? indentation => Guarded(scene, at, indentation, asks, lines)
                : null);
            yield return [guarded];
            yield return [.. handlers, guarded];
        }

        // the first attempt is made before the loop
        if (retry.Response is not null && Placement.StatementOf(retry.Sender) is { } next)
        {
            yield return [Before(retry, next)];
        }
    }

    // There is a wait, but at first of no length.
    private static IEnumerable<InvocationExpressionSyntax> Waits(RetryScene retry) => retry.Repeat.Hurried.IsEmpty ? [] : retry.Region
        .DescendantNodes(n => n == retry.Region || !RetryScene.IsFunction(n))
        .OfType<InvocationExpressionSyntax>()
        .Where(c => c.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Delay" or "Sleep" }
            && c.Parent is ExpressionStatementSyntax or AwaitExpressionSyntax { Parent: ExpressionStatementSyntax }
                or MemberAccessExpressionSyntax { Parent.Parent: AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } });

    private static Place Instead(FixScene scene, InvocationExpressionSyntax wait) => write =>
        Placement.StatementOf(wait) is { } statement && write(statement) is { } lines
            ? ImmutableArray.Create(new TextChange(statement.Span, lines(scene.IndentationOf(statement)).TrimStart()))
            : default;

    private static string Guarded(FixScene scene, SyntaxNode at, string indentation, string condition, System.Func<string, string> lines)
    {
        var step = scene.IndentationStep(at);
        var open = scene.BracesOnSameLine(at) ? " {" : scene.NewLine + indentation + "{";
        return $"{indentation}if ({condition}){open}{scene.NewLine}{lines(indentation + step)}{scene.NewLine}{indentation}}}";
    }

    // The part of a loop's condition that asks for a failing answer.
    private static string? FailingPart(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax p => FailingPart(p.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and => FailingPart(and.Left) ?? FailingPart(and.Right),
        _ => FailingPlaces.TestOf(condition) is { HoldsForFailure: true } test
            || condition is IsPatternExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "StatusCode" } }
                ? condition.ToString()
                : null,
    };

    private static IEnumerable<BlockSyntax> FailingBranches(RetryScene retry) => FailingPlaces.Of(retry)
        .Select(p => p.At)
        .OfType<BlockSyntax>()
        .Where(retry.EndIsReachable);

    // In place of a wait that is there, but at first of no length.
    private static Place Before(RetryScene retry, StatementSyntax statement) => write =>
        write(statement) is not { } lines ? default
            : HurriedBefore(retry, statement) is { } wait ? ImmutableArray.Create(new TextChange(wait.Span, lines(retry.Scene.IndentationOf(wait)).TrimStart()))
            : Placement.Before(retry.Scene, statement, lines, blankLine: false);

    private static StatementSyntax? HurriedBefore(RetryScene retry, StatementSyntax statement) => Waits(retry)
        .Select(Placement.StatementOf)
        .FirstOrDefault(wait => wait?.Parent == statement.Parent && wait?.GetLastToken().GetNextToken() == statement.GetFirstToken());

    // At the end of a block, before a jump.
    private static Place AtEnd(FixScene scene, BlockSyntax block) => write =>
    {
        if (block.Statements.LastOrDefault() is not { } last)
        {
            return write(block) is { } only ? Placement.Fill(scene, block, only) : default;
        }

        var isJump = last is ContinueStatementSyntax or GotoStatementSyntax;
        return write(last) is not { } lines ? default
            : Placement.Unfold(scene, block, lines, block.Statements.Count - (isJump ? 1 : 0)) is { IsDefault: false } unfolded ? unfolded
            : isJump ? Placement.Before(scene, last, lines, blankLine: false)
            : Placement.After(scene, last, EndsWithBlock(scene, last) ? i => scene.NewLine + lines(i) : lines, blankLine: false);
    };

    private static bool EndsWithBlock(FixScene scene, StatementSyntax statement) => statement.GetLastToken().IsKind(SyntaxKind.CloseBraceToken)
        && scene.Text.Lines.GetLineFromPosition(statement.SpanStart).LineNumber < scene.Text.Lines.GetLineFromPosition(statement.Span.End).LineNumber;

    // For loops of any shape: not before the first attempt.
    private static RetryFix? AtHead(RetryScene retry, AttemptCounter counter)
    {
        // what counts by itself is asked where the request is sent
        if ((counter.IsNew ? retry.Body?.Statements.FirstOrDefault() : Placement.StatementOf(retry.Sender)) is not { } first)
        {
            return null;
        }

        var imports = new Imports(retry.Scene);
        return new WrittenWait(retry, imports).Lines(first, counter.Name, response: null) is { } lines
            && Placement.Before(retry.Scene, first, i => Guarded(retry.Scene, first, i, $"{counter.Name} > {counter.First}", lines), blankLine: true) is { IsDefault: false } changes
                ? RetryFix.Of(counter.Changes, changes, imports.Changes)
                : null;
    }
}
