using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// AEH3001: a failing outcome gets back to its request without a wait. Shown at the loop's keyword, the recursive call or the
/// second call.
/// </summary>
internal sealed class RetryWithoutWait : RetryRule
{
    private static readonly DiagnosticDescriptor Some = Rules.Descriptors.Create(
        RuleIds.RetryWithoutWait, Rules.Descriptors.Waits, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor Any = Rules.Descriptors.Create(
        RuleIds.RetryWithoutWait, Rules.Descriptors.Waits, DiagnosticSeverity.Warning, "MessageAny");

    private static readonly DiagnosticDescriptor Connection = Rules.Descriptors.Create(
        RuleIds.RetryWithoutWait, Rules.Descriptors.Waits, DiagnosticSeverity.Warning, "MessageConnection");

    private static readonly DiagnosticDescriptor Poll = Rules.Descriptors.Create(
        RuleIds.RetryWithoutWait, Rules.Descriptors.Waits, DiagnosticSeverity.Warning, "MessagePoll");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } =
        ImmutableArray.Create(Some, Any, Connection, Poll);

    /// <inheritdoc/>
    protected override Diagnostic? Check(Repeat repeat, FlowResult flow)
    {
        var contract = repeat.Request.Contract;
        switch (repeat.Meaning)
        {
            case RepeatMeaning.Poll when repeat.IsGuessed:
                return null;

            // what waits at times, as an option says, is left to whoever set it
            case RepeatMeaning.Poll when repeat.Waited.IsEmpty && !RetryBounds.AreKnown(repeat, flow.Context.Compilation):
                return Create(Poll, PlaceOf(repeat), repeat, repeat.Same, contract.Name);

            case RepeatMeaning.Retry when WithAdvice(contract, (repeat.Unwaited - repeat.Waited) | repeat.Hurried, Advice.Backoff) is { IsEmpty: false } passing
                && !(repeat.Hurried.Includes(passing) && ServerStarts.IsAwaited(repeat, flow))
                && !IsMended(repeat, passing):
                return CreateNaming(Some, Any, Connection, repeat, passing);

            // what failures wait for and success does not is a retry's wait, even where an answer without data is asked for again
            case RepeatMeaning.Poll when !(repeat.Waited | repeat.Hurried).Intersects(contract.Successes)
                && WithAdvice(contract, repeat.Hurried, Advice.Backoff) is { IsEmpty: false } hurried:
                return CreateNaming(Some, Any, Connection, repeat, hurried);
            default:
                return null;
        }
    }

    // One more attempt after something was made anew.
    private static bool IsMended(Repeat repeat, OutcomeSet passing) =>
        repeat.Kind == RepeatKind.SecondCall && !repeat.Unrenewed.Intersects(passing);
}
