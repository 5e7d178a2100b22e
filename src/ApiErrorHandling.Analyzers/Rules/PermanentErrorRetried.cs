using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// AEH2001: an outcome is retried that the same request will have again. Shown at the request in the retry.
/// </summary>
internal sealed class PermanentErrorRetried : RetryRule
{
    private static readonly DiagnosticDescriptor Some = Rules.Descriptors.Create(
        RuleIds.PermanentErrorRetried, Rules.Descriptors.Retries, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor SomeMore = Rules.Descriptors.Create(
        RuleIds.PermanentErrorRetried, Rules.Descriptors.Retries, DiagnosticSeverity.Warning, "MessageMore");

    private static readonly DiagnosticDescriptor Any = Rules.Descriptors.Create(
        RuleIds.PermanentErrorRetried, Rules.Descriptors.Retries, DiagnosticSeverity.Warning, "MessageAny");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = ImmutableArray.Create(Some, SomeMore, Any);

    /// <inheritdoc/>
    protected override Diagnostic? Check(Repeat repeat, FlowResult flow)
    {
        if (repeat.Meaning != RepeatMeaning.Retry && !(repeat.Meaning == RepeatMeaning.Poll && Attempts.AreMade(repeat, flow)))
        {
            return null;
        }

        var contract = repeat.Request.Contract;
        var known = repeat.Same - repeat.Assumed;
        var wrong = WithAdvice(contract, known, Advice.Never, Advice.Redirect)
            | WithAdvice(contract, known & repeat.Unrenewed, Advice.Renew);

        // a range of 5xx is meant for those that pass; one that is named is meant
        var serverErrors = OfClass(contract, repeat.Request.Possible, 500);
        wrong -= known.Includes(serverErrors) ? serverErrors : Between(contract, serverErrors, known);

        // whoever left 400, 401, 403 and 404 out of many has thought of it
        var isMany = wrong.Count > OutcomeNames.MaxEntries * 2;
        if (wrong.IsEmpty || (isMany && !OutcomeNames.AreTypical(contract, wrong)) || IsWaitingFor(repeat, wrong, flow))
        {
            return null;
        }

        var isAny = isMany && OfClass(contract, wrong, 400) == wrong;
        var names = isAny ? OutcomeNames.OfTypicalStatuses(contract, wrong) : OutcomeNames.OfNumbers(contract, wrong);
        return Create(
            isAny ? Any : names.More > 0 ? SomeMore : Some,
            repeat.Request.Operation.Syntax.GetLocation(),
            repeat,
            wrong,
            contract.Name,
            names.List,
            names.More);
    }

    private static OutcomeSet OfClass(ErrorContract contract, OutcomeSet outcomes, int first)
    {
        var set = OutcomeSet.Empty;
        foreach (var outcome in contract.Outcomes)
        {
            if (outcomes.Contains(outcome.Index) && outcome is { IsOther: false, Status: { } status }
                && status.Min >= first && status.Max < first + 100)
            {
                set = set.With(outcome.Index);
            }
        }

        return set;
    }

    // Those of a range whose neighbours are among some outcomes, too: `>= 500 and <= 504` means no 501.
    private static OutcomeSet Between(ErrorContract contract, OutcomeSet range, OutcomeSet among)
    {
        var statuses = contract.Outcomes.Where(o => range.Contains(o.Index)).OrderBy(o => o.Status!.Value.Min).ToList();
        return statuses.Where((_, at) => at > 0 && at < statuses.Count - 1 && among.Contains(statuses[at - 1].Index) && among.Contains(statuses[at + 1].Index))
            .Aggregate(OutcomeSet.Empty, (set, outcome) => set.With(outcome.Index));
    }

    // With a wait and an end: "404 until it is there", or a server that is still starting.
    private static bool IsWaitingFor(Repeat repeat, OutcomeSet wrong, FlowResult flow) =>
        !repeat.Unwaited.Intersects(wrong)
        && RetryBounds.AreKnown(repeat, flow.Context.Compilation)
        && (repeat.Request.Contract.Outcomes.Where(o => wrong.Contains(o.Index)).All(o => o.Status is { Min: 404, Max: 404 })
            || ServerStarts.IsAwaited(repeat, flow));
}
