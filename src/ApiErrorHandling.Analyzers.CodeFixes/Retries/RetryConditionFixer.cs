using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>Narrows what is retried to what passes by itself: a filter, a condition, or a way out before the next attempt.</summary>
public abstract class RetryConditionFixer : RetryFixer
{
    private static readonly int[] Kept = [408, 429, 500, 502, 503, 504];

    /// <inheritdoc cref="RetryFixer(RetryRule)"/>
    private protected RetryConditionFixer(RetryRule rule)
        : base(rule)
    {
    }

    /// <inheritdoc/>
    private protected override string Title => FixTitles.RetryWhatPasses;

    /// <inheritdoc/>
    private protected override IEnumerable<RetryFix> Write(RetryScene retry)
    {
        // values that are named one by one are taken out one by one
        var named = NamedValues.Without(retry);
        if (!named.IsEmpty)
        {
            yield return new RetryFix(named) { TakesOut = true };
        }

        // by the exceptions of either client: which one sends is not always seen here
        var filters = Catchable(retry).Select(caught => Filters(retry, caught)).Where(f => f.Count > 0).ToList();
        foreach (var filter in filters)
        {
            yield return RetryFix.Of([.. filter]);
        }

        foreach (var filter in filters)
        {
            if (ThrownStatus.Add(retry) is { } thrown)
            {
                yield return RetryFix.Of([.. filter]).With(thrown);
            }
        }

        var conditions = Conditions(retry).ToList();
        if (retry.Loop is null)
        {
            foreach (var condition in conditions)
            {
                yield return new RetryFix(condition);
            }
        }

        var exits = FailingPlaces.Of(retry, afterLimits: true).SelectMany(place => Exits(retry, place)).ToList();
        foreach (var exit in exits)
        {
            yield return new RetryFix(exit);
        }

        foreach (var condition in conditions)
        {
            yield return new RetryFix(condition);
        }

        foreach (var exit in Unasked(retry))
        {
            yield return new RetryFix(exit);
        }

        foreach (var filter in filters)
        {
            foreach (var change in exits.Concat(conditions).Take(4))
            {
                yield return RetryFix.Of([.. filter, change]);
            }
        }

        foreach (var caught in Catchable(retry))
        {
            var inHelpers = LetOut(retry, caught);
            if (inHelpers is not null)
            {
                yield return inHelpers;
            }

            if (inHelpers is not null && filters.Count > 0)
            {
                yield return RetryFix.Of([.. filters[0]]).With(inHelpers);
            }
        }
    }

    // What swallows the failure, so that nothing tells which it was, lets it out.
    private static RetryFix? LetOut(RetryScene retry, CaughtAs caught)
    {
        var parts = retry.Helpers
            .Where(helper => helper.Name is not null)
            .SelectMany(helper => helper.Catches.Where(helper.CatchesFailures).Select(clause => (helper, Changes: Filter(helper, clause, caught))))
            .Where(part => !part.Changes.IsDefaultOrEmpty)
            .Select(part => RetryFix.In(retry, part.helper, part.Changes) with { Title = FixTitles.LetOutWhatDoesNotPass(part.helper.Name!) })
            .ToList();
        return parts.Count == 0 ? null : parts.Aggregate((x, y) => x.With(y));
    }

    /// <inheritdoc/>
    private protected override bool IsRight(RetryScene retry, RetryFix fix, FixTrial @fixed, TextSpan at)
    {
        // what passes is retried as before
        var before = Passing(retry.Contract, retry.Repeat.Same);
        return (before.Count > 0 || (fix.TakesOut && !@fixed.Repeated(at).IsEmpty)) && Passing(retry.Contract, @fixed.Repeated(at)).IsSupersetOf(before);

        static HashSet<string> Passing(ErrorContract contract, OutcomeSet outcomes) => new(contract.Outcomes
            .Where(o => outcomes.Contains(o.Index) && o.Advice == Advice.Backoff && !o.IsOther
                && (o.Code is not null || o.Status is not { } status || Kept.Contains(status.Min)))
            .Select(o => o.Id));
    }

    private static IEnumerable<CaughtAs> Catchable(RetryScene retry)
    {
        var blocks = retry.Helpers.Prepend(retry).SelectMany(r => r.Function.DescendantTokens()).Any(t => t.ValueText is "Result" or "Wait" or "WaitAll");
        return new[] { false, true }.SelectMany(isWrapped => isWrapped && !blocks
            ? Enumerable.Empty<CaughtAs>()
            : [new CaughtAs(IsOfWebRequest: false, isWrapped), new CaughtAs(IsOfWebRequest: true, isWrapped)]);
    }

    private static List<ImmutableArray<TextChange>> Filters(RetryScene retry, CaughtAs caught) => retry.Catches
        .Where(retry.CatchesFailures)
        .Select(clause => AtHandler(retry, clause, caught) is { IsDefault: false } exit ? exit : Filter(retry, clause, caught))
        .Where(f => !f.IsDefault)
        .ToList();

    private static ImmutableArray<TextChange> Filter(RetryScene retry, CatchClauseSyntax clause, CaughtAs caught)
    {
        var passing = new PassingCondition(retry) { CaughtAs = caught };
        return CatchFilter.Caught(retry, clause, passing.Imports) is var (name, type, naming)
            && passing.OfCaught(type, name, negated: false, clause) is { } condition
            && CatchFilter.Add(retry.Scene, clause, passing.Wrap(condition, Continued(retry, clause)), first: false, naming) is { IsDefault: false } changes
                ? changes.AddRange(passing.Imports.Changes)
                : default;
    }

    private static string Continued(RetryScene retry, SyntaxNode node) =>
        retry.Scene.IndentationOf(node) + retry.Scene.IndentationStep(node);

    // Where the retry gives up by returning, so does its handler.
    private static ImmutableArray<TextChange> AtHandler(RetryScene retry, CatchClauseSyntax clause, CaughtAs caught)
    {
        var passing = new PassingCondition(retry) { CaughtAs = caught };
        return !clause.Block.DescendantNodes().OfType<ThrowStatementSyntax>().Any()
            && clause.Block.Statements.FirstOrDefault(s => !FailingPlaces.Tells(s)) is { } first
            && GivingUp.At(retry, clause.Block, response: null, passing.Imports).First() is var exit
            && !exit.StartsWith("throw", System.StringComparison.Ordinal)
            && CatchFilter.Caught(retry, clause, passing.Imports) is var (name, type, naming)
            && passing.OfCaught(type, name, negated: true, clause) is { } condition
            && Before(clause.Block, first, i => retry.Scene.If(first, i, Wrapped(i, condition), exit)) is { IsDefault: false } changes
                ? naming.AddRange(changes).AddRange(passing.Imports.Changes)
                : default;

        ImmutableArray<TextChange> Before(BlockSyntax block, StatementSyntax first, System.Func<string, string> write) =>
            Placement.Unfold(retry.Scene, block, i => write(i) + retry.Scene.NewLine, block.Statements.IndexOf(first)) is { IsDefault: false } unfolded
                ? unfolded
                : Placement.Before(retry.Scene, first, write, blankLine: true);

        string Wrapped(string indentation, string text) => passing.Wrap(text, indentation + retry.Scene.IndentationStep(clause.Block));
    }

    // In place of a question after success that keeps the retry going.
    private static IEnumerable<ImmutableArray<TextChange>> Conditions(RetryScene retry)
    {
        foreach (var test in FailingPlaces.Tests(retry).Where(t => t.HoldsForFailure && IsAskedAgain(retry, t)))
        {
            var passing = new PassingCondition(retry);
            var condition = passing.OfStatus(test.Response + ".StatusCode", isNullable: false, negated: false, test.Condition.SpanStart);
            condition = passing.Wrap(condition, Continued(retry, test.Condition));
            var isWhole = test.Condition.Parent is IfStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or ParenthesizedExpressionSyntax;
            yield return ImmutableArray.Create(new TextChange(
                    test.Condition.Span, isWhole || passing.HasPatterns ? condition : "(" + condition + ")"))
                .AddRange(passing.Imports.Changes);
        }
    }

    // What the narrower condition lets by must not pass for a success.
    private static bool IsAskedAgain(RetryScene retry, SuccessTest test)
    {
        if (retry.Condition is { } condition && condition.Span.Contains(test.Condition.Span))
        {
            return true;
        }

        var end = test.Condition.FirstAncestorOrSelf<StatementSyntax>()?.Span.End ?? 0;
        return retry.Function.DescendantNodes().Where(n => n.SpanStart >= end).Any(n => n switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EnsureSuccessStatusCode" or "IsSuccessStatusCode" or "StatusCode", Expression: var asked } =>
                asked.ToString() == test.Response,
            ReturnStatementSyntax { Expression: { } returned } => returned.ToString() == test.Response,
            _ => false,
        });
    }

    private static IEnumerable<ImmutableArray<TextChange>> Exits(RetryScene retry, FailingPlace place)
    {
        var passing = new PassingCondition(retry);
        var condition = place.Code is { } code
            ? passing.OfCode(code, negated: true)
            : place.Response is { } response
                ? passing.OfStatus(response + ".StatusCode", isNullable: false, negated: true, place.At.SpanStart)
                : null;
        if (condition is null)
        {
            yield break;
        }

        foreach (var exit in GivingUp.At(retry, place.At, place.Response, passing.Imports).Distinct())
        {
            var changes = place.Write(indentation => retry.Scene.If(place.At, indentation, passing.Wrap(condition, indentation + retry.Scene.IndentationStep(place.At)), exit));
            yield return changes.IsDefault ? default : changes.AddRange(passing.Imports.Changes);
        }
    }

    // Nothing asks after success behind the request: the fix does.
    private static IEnumerable<ImmutableArray<TextChange>> Unasked(RetryScene retry)
    {
        if (retry.Response is not { } response || Placement.StatementOf(retry.Sender) is not { } sent || !Placement.IsInList(sent))
        {
            yield break;
        }

        var passing = new PassingCondition(retry);
        var condition = $"!{response}.IsSuccessStatusCode && "
            + passing.OfStatus(response + ".StatusCode", isNullable: false, negated: true, sent.SpanStart);
        foreach (var exit in GivingUp.At(retry, sent, response, passing.Imports).Distinct())
        {
            var changes = Placement.After(retry.Scene, sent, i => retry.Scene.If(sent, i, passing.Wrap(condition, i + retry.Scene.IndentationStep(sent)), exit));
            yield return changes.IsDefault ? default : changes.AddRange(passing.Imports.Changes);
        }
    }
}
