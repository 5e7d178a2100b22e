using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// AEH2003: no count, no time and no cancellation ends a retry. Shown at the loop's keyword, or at the recursive call.
/// </summary>
internal sealed class UnboundedRetry : RetryRule
{
    private static readonly DiagnosticDescriptor Every = Rules.Descriptors.Create(
        RuleIds.UnboundedRetry, Rules.Descriptors.Retries, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor Some = Rules.Descriptors.Create(
        RuleIds.UnboundedRetry, Rules.Descriptors.Retries, DiagnosticSeverity.Warning, "MessageSome");

    private static readonly DiagnosticDescriptor Any = Rules.Descriptors.Create(
        RuleIds.UnboundedRetry, Rules.Descriptors.Retries, DiagnosticSeverity.Warning, "MessageAny");

    private static readonly DiagnosticDescriptor Connection = Rules.Descriptors.Create(
        RuleIds.UnboundedRetry, Rules.Descriptors.Retries, DiagnosticSeverity.Warning, "MessageConnection");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = ImmutableArray.Create(Every, Some, Any, Connection);

    /// <inheritdoc/>
    protected override Diagnostic? Check(Repeat repeat, FlowResult flow)
    {
        // a round of renewal is one like any other
        if (repeat is not { Meaning: RepeatMeaning.Retry, Kind: not RepeatKind.SecondCall }
            || RetryBounds.Endless(repeat, flow) is not { IsEmpty: false } endless)
        {
            return null;
        }

        // the others may be counted
        return endless == repeat.Same
            ? Create(Every, PlaceOf(repeat), repeat, endless, repeat.Request.Contract.Name)
            : CreateNaming(Some, Any, Connection, repeat, endless);
    }
}
