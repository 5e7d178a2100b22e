using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// AEH1002: the body of a response is used as data where a status other than 2xx is still possible. Shown at the call
/// that reads the body, once per request and method.
/// </summary>
internal sealed class HttpStatusIgnored : Rule
{
    private static readonly DiagnosticDescriptor Any = Rules.Descriptors.Create(
        RuleIds.HttpStatusIgnored, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageAny");

    private static readonly DiagnosticDescriptor Some = Rules.Descriptors.Create(
        RuleIds.HttpStatusIgnored, Rules.Descriptors.Answers, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor SomeMore = Rules.Descriptors.Create(
        RuleIds.HttpStatusIgnored, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageMore");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = ImmutableArray.Create(Some, SomeMore, Any);

    /// <inheritdoc/>
    public override void Check(FlowResult flow, Action<Diagnostic> report)
    {
        var reads = new HashSet<SyntaxNode>();
        foreach (var group in flow.Uses.GroupBy(u => u.Request).OrderBy(g => g.Key.Operation.Syntax.SpanStart))
        {
            var contract = group.Key.Contract;
            if (flow.WithTelltale.Contains(group.Key) || IsReportedInside(group.Key, IsFault))
            {
                continue;
            }

            var ignored = OutcomeSet.Empty;
            Use? first = null;
            IOperation? readAt = null;
            foreach (var use in group)
            {
                var failing = Ignored(use);
                if (failing.IsEmpty)
                {
                    continue;
                }

                ignored |= failing;
                first ??= use;
                if (readAt is null || use.Body.ReadAt!.Syntax.SpanStart < readAt.Syntax.SpanStart)
                {
                    readAt = use.Body.ReadAt;
                }
            }

            // one read can be that of the answers to two requests
            if (first is null || IsToldByCallers(flow, group) || !reads.Add(readAt!.Syntax))
            {
                continue;
            }

            // "4xx or 5xx" says more than a list of forty numbers
            var every = (contract.StatusFailures & group.Key.Possible) - contract.WithoutAdvice;
            var isAny = ignored == every && ignored.Count > OutcomeNames.MaxEntries * 2;
            var names = isAny
                ? OutcomeNames.OfTypicalStatuses(contract, ignored)
                : OutcomeNames.OfStatuses(contract, ignored);
            var descriptor = isAny ? Any : names.More > 0 ? SomeMore : Some;
            var properties = ImmutableDictionary<string, string?>.Empty
                .Add(PropertyKeys.Contract, contract.Id)
                .Add(PropertyKeys.ContractName, contract.Name)
                .Add(PropertyKeys.Outcomes, OutcomeNames.Ids(contract, ignored));
            report(Diagnostic.Create(
                descriptor,
                readAt!.Syntax.GetLocation(),
                [first.At.Syntax.GetLocation(), group.Key.Operation.Syntax.GetLocation(), .. PlacesInside(first)],
                properties,
                contract.Name,
                names.List,
                names.More));
        }
    }

    // A body that is only handed back, to callers who look at its own word for success or failure.
    private static bool IsToldByCallers(FlowResult flow, IEnumerable<Use> uses) => flow.Method is { } method
        && uses.All(use => use.Kind == UseKind.HandOn)
        && !uses.First().Request.Contract.ErrorBody.Telltales.IsEmpty
        && flow.Context.Callers.ReadTelltaleOf(HotMembers.Definition(method));

    private static bool IsFault(FlowResult flow, Use use) =>
        !flow.WithTelltale.Contains(use.Request) && !Ignored(use).IsEmpty;

    /// <summary>
    /// The failing statuses that a use of data does not exclude. None where some success is excluded: there somebody
    /// looked, and what is left is the error path.
    /// </summary>
    private static OutcomeSet Ignored(Use use)
    {
        var contract = use.Request.Contract;

        // where no code is success, too, a look at the code is all that can be asked for
        var codes = (contract.CodeFailures & use.Request.Possible) - contract.WithoutAdvice;
        if (contract.BodyCode is { AbsentMeansSuccess: true } && !codes.IsEmpty && !use.Outcomes.Intersects(codes))
        {
            return OutcomeSet.Empty;
        }

        return use.Body.ReadAt is not null && use.Outcomes.Includes(contract.Successes & use.Request.Possible)
            ? (use.Outcomes & contract.StatusFailures) - contract.WithoutAdvice
            : OutcomeSet.Empty;
    }
}
