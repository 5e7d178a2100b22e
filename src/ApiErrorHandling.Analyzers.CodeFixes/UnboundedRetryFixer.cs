using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ApiErrorHandling.Analyzers.CodeFixes.Retries;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>AEH2003: limits the number of attempts, in the filters of handlers, in a condition or by a way out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UnboundedRetryFixer : RetryFixer
{
    /// <summary>Makes the fixer.</summary>
    public UnboundedRetryFixer()
        : base(new UnboundedRetry())
    {
    }

    private protected override string Title => FixTitles.LimitAttempts;

    private protected override IEnumerable<RetryFix> Write(RetryScene retry)
    {
        if (CounterOf(retry) is not { } counter)
        {
            yield break;
        }

        var max = retry.MaxAttempts.ToString(CultureInfo.InvariantCulture);
        var filters = retry.Catches
            .Select(clause => CatchFilter.Add(retry.Scene, clause, $"{counter.Name} < {max}", first: true))
            .ToList();
        var others = OtherTurns(retry).ToList();
        if (others.Count == 0)
        {
            if (filters.Count > 0)
            {
                yield return RetryFix.Of([counter.Changes, .. filters]);
            }
        }
        else
        {
            foreach (var exits in Exits(retry, $"{counter.Name} >= {max}"))
            {
                yield return RetryFix.Of([counter.Changes, .. filters, exits]);
            }
        }

        // where the loop asks for the answer, it can ask for the number, too
        if (filters.Count == 0 || others.Count > 0)
        {
            foreach (var condition in Conditions(retry, $"{counter.Name} < {max}"))
            {
                yield return RetryFix.Of([counter.Changes, .. filters, condition]);
            }
        }

        foreach (var exit in AtHandlers(retry, $"{counter.Name} >= {max}"))
        {
            yield return RetryFix.Of(counter.Changes, exit);
        }
    }

    // The rule trusts any condition on the way; what is written here must hold on every way.
    private protected override bool IsRight(RetryScene retry, RetryFix fix, FixTrial @fixed, TextSpan at) =>
        retry.Loop is null || CounterOf(retry) is not { } counter || !@fixed.Repeats(at).Any(repeat =>
            repeat.Numbers.Any(n => n.Key.Name == counter.Name && n.Value is Value.Between { Max: long.MaxValue })
            && repeat.Loop?.SpanStart == LoopAt(@fixed, at)?.SpanStart);

    // The counter that ends it for other failures does not count these.
    private static AttemptCounter? CounterOf(RetryScene retry) => RetryBounds.AreKnown(retry.Repeat, retry.Scene.Model.Compilation)
        ? AttemptCounter.New(retry)
        : AttemptCounter.Of(retry);

    private static SyntaxNode? LoopAt(FixTrial @fixed, TextSpan at) => @fixed.Scene.Root.FindNode(at).FirstAncestorOrSelf<StatementSyntax>();

    // What brings control back beside handlers: a call of itself, or the end of the loop's body.
    private static IEnumerable<SyntaxNode> OtherTurns(RetryScene retry)
    {
        if (retry.Again is { } again)
        {
            return retry.Catches.Any(c => c.Span.Contains(again.Span)) ? [] : [again];
        }

        var continues = retry.Region.DescendantNodes(n => n == retry.Region || !RetryScene.IsFunction(n))
            .OfType<ContinueStatementSyntax>()
            .Where(c => c.SpanStart > retry.Sender.SpanStart && !c.Ancestors().TakeWhile(n => n != retry.Region).OfType<CatchClauseSyntax>().Any());
        return retry.Body is { } body && AnswersReachEnd(retry, body) ? continues.Append<SyntaxNode>(body) : continues;
    }

    // The end is reached not only out of a handler: else the try around the request would be left by no other way.
    private static bool AnswersReachEnd(RetryScene retry, BlockSyntax body)
    {
        if (!retry.EndIsReachable(body) || (retry.Response is null && retry.Catches.Any() && !FailingPlaces.Of(retry).Any()))
        {
            return false;
        }

        var outer = retry.Sender.Ancestors().TakeWhile(n => n != retry.Region).OfType<TryStatementSyntax>()
            .Where(t => t.Catches.Count > 0).LastOrDefault();
        return outer is null || retry.EndIsReachable(outer.Block);
    }

    private static IEnumerable<ImmutableArray<TextChange>> Exits(RetryScene retry, string condition)
    {
        foreach (var place in FailingPlaces.Of(retry))
        {
            var imports = new Imports(retry.Scene);
            foreach (var exit in GivingUp.At(retry, place.At, place.Response, imports).Distinct())
            {
                var changes = place.Write(indentation => retry.Scene.If(place.At, indentation, condition, exit));
                yield return changes.IsDefault ? default : changes.AddRange(imports.Changes);
            }
        }
    }

    // In a loop's own condition, or the one under which the function calls itself.
    private static IEnumerable<ImmutableArray<TextChange>> Conditions(RetryScene retry, string condition)
    {
        if (retry is { IsEndless: false, Condition: { } own })
        {
            yield return CatchFilter.Conjoin(own, condition, first: false);
        }

        if (retry.Again is { } again)
        {
            foreach (var @if in again.Ancestors().TakeWhile(n => n != retry.Function).OfType<IfStatementSyntax>()
                .Where(i => i.Statement.Span.Contains(again.Span)))
            {
                yield return CatchFilter.Conjoin(@if.Condition, condition, first: true);
            }
        }
    }

    // A handler that goes on gives up first.
    private static IEnumerable<ImmutableArray<TextChange>> AtHandlers(RetryScene retry, string condition)
    {
        var clauses = retry.Catches.ToList();
        if (clauses.Count == 0 || clauses.Any(c => c.Block.Statements.Count == 0))
        {
            yield break;
        }

        foreach (var exit in new[] { "throw;" })
        {
            var changes = ImmutableArray.CreateBuilder<TextChange>();
            foreach (var clause in clauses)
            {
                var first = clause.Block.Statements[0];
                changes.AddRange(Placement.Before(retry.Scene, first, i => retry.Scene.If(first, i, condition, exit), blankLine: true));
            }

            yield return changes.ToImmutable();
        }
    }
}
