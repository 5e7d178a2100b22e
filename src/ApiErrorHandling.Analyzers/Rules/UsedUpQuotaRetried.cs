using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// AEH2002: an outcome is retried that says that a quota or a balance is used up. Shown at the request in the retry.
/// </summary>
internal sealed class UsedUpQuotaRetried : RetryRule
{
    private static readonly DiagnosticDescriptor Some = Rules.Descriptors.Create(
        RuleIds.UsedUpQuotaRetried, Rules.Descriptors.Retries, DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = ImmutableArray.Create(Some);

    /// <inheritdoc/>
    protected override Diagnostic? Check(Repeat repeat, FlowResult flow)
    {
        if (repeat.Meaning != RepeatMeaning.Retry)
        {
            return null;
        }

        var contract = repeat.Request.Contract;
        var wrong = WithAdvice(contract, repeat.Same - repeat.Assumed, Advice.AfterReset);
        foreach (var outcome in contract.Outcomes.Where(o => wrong.Contains(o.Index) && !IsTold(o, contract)))
        {
            wrong -= OutcomeSet.Empty.With(outcome.Index);
        }

        return wrong.IsEmpty ? null : Create(
            Some,
            repeat.Request.Operation.Syntax.GetLocation(),
            repeat,
            wrong,
            contract.Name,
            OutcomeNames.OfNumbers(contract, wrong).List);
    }

    // From an outcome of the same status that passes by itself.
    private static bool IsTold(Outcome outcome, ErrorContract contract) =>
        outcome.Code is not null || !outcome.Titles.IsEmpty || !outcome.ErrorCodes.IsEmpty
        || !contract.Outcomes.Any(o => o.Advice == Advice.Backoff && Equals(o.Status, outcome.Status));
}
