using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// AEH2003: no count, no time and no cancellation ends a retry. Shown at the loop's keyword, or at the recursive call.
/// </summary>
internal sealed class UnboundedRetry : RetryRule
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.Descriptors.Create(
        RuleIds.UnboundedRetry, Rules.Descriptors.Retries, DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = ImmutableArray.Create(Descriptor);

    /// <inheritdoc/>
    protected override Diagnostic? Check(Repeat repeat, FlowResult flow)
    {
        // a round of renewal is one like any other
        return repeat is { Meaning: RepeatMeaning.Retry, Kind: not RepeatKind.SecondCall }
            && !RetryBounds.AreKnown(repeat, flow.Context.Compilation)
                ? Create(Descriptor, PlaceOf(repeat), repeat, repeat.Same, repeat.Request.Contract.Name)
                : null;
    }
}
