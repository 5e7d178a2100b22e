using System;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// AEH1010: a response, or an answer that carries its code, is dropped without anything that depends on its outcome. Shown
/// at the call.
/// </summary>
internal sealed class OutcomeDropped : Rule
{
    private static readonly DiagnosticDescriptor Some = Rules.Descriptors.Create(
        RuleIds.OutcomeDropped, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "Message");

    private static readonly DiagnosticDescriptor SomeMore = Rules.Descriptors.Create(
        RuleIds.OutcomeDropped, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageMore");

    private static readonly DiagnosticDescriptor Any = Rules.Descriptors.Create(
        RuleIds.OutcomeDropped, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageAny");

    private static readonly DiagnosticDescriptor Code = Rules.Descriptors.Create(
        RuleIds.OutcomeDropped, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageCode");

    private static readonly DiagnosticDescriptor CodeMore = Rules.Descriptors.Create(
        RuleIds.OutcomeDropped, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageCodeMore");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } =
        ImmutableArray.Create(Some, SomeMore, Any, Code, CodeMore);

    /// <inheritdoc/>
    public override void Check(FlowResult flow, Action<Diagnostic> report)
    {
        foreach (var request in flow.Dropped.OrderBy(r => r.Operation.Syntax.SpanStart))
        {
            var contract = request.Contract;
            var statuses = (contract.StatusFailures & request.Possible) - contract.WithoutAdvice;
            var codes = (contract.CodeFailures & request.Possible) - contract.WithoutAdvice;
            if (statuses.IsEmpty && codes.IsEmpty)
            {
                continue;
            }

            var isAny = codes.IsEmpty && statuses.Count > OutcomeNames.MaxEntries * 2;
            var names = !codes.IsEmpty
                ? OutcomeNames.OfCodes(contract, codes)
                : isAny
                    ? OutcomeNames.OfTypicalStatuses(contract, statuses)
                    : OutcomeNames.OfStatuses(contract, statuses);
            var descriptor = (codes.IsEmpty, names.More > 0) switch
            {
                (false, false) => Code,
                (false, true) => CodeMore,
                (true, _) when isAny => Any,
                (true, false) => Some,
                (true, true) => SomeMore,
            };
            var properties = ImmutableDictionary<string, string?>.Empty
                .Add(PropertyKeys.Contract, contract.Id)
                .Add(PropertyKeys.ContractName, contract.Name)
                .Add(PropertyKeys.Outcomes, OutcomeNames.Ids(contract, statuses | codes));
            if (!codes.IsEmpty && contract.BodyCode is { } code)
            {
                properties = properties
                    .Add(PropertyKeys.CodeMember, string.Join(".", code.Path))
                    .Add(PropertyKeys.SuccessCode, code.SuccessValues[0])
                    .Add(PropertyKeys.CodeType, code.Type.ToString());
            }

            report(Diagnostic.Create(
                descriptor,
                request.Operation.Syntax.GetLocation(),
                PlacesInside(request),
                properties,
                contract.Name,
                names.List,
                names.More));
        }
    }
}
