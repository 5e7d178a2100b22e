using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// A rule: outcomes that must not reach a kind of place, as a query over what the flow found in a method. A new rule
/// is a new heir and a line in <see cref="All"/>.
/// </summary>
internal abstract class Rule
{
    /// <summary>Every rule that asks the flow.</summary>
    public static ImmutableArray<Rule> All { get; } =
        ImmutableArray.Create<Rule>(
            new BodyErrorCodeIgnored(),
            new BodyErrorCodeLost(),
            new HttpStatusIgnored(),
            new OutcomeDropped(),
            new PermanentErrorRetried(),
            new UsedUpQuotaRetried(),
            new UnboundedRetry(),
            new RetryWithoutWait());

    /// <summary>The rule's descriptors: one id, a message each.</summary>
    public abstract ImmutableArray<DiagnosticDescriptor> Descriptors { get; }

    /// <summary>Whether a fault lies in a called method that sends the request: then it is reported there.</summary>
    /// <param name="request">The request as the caller sees it.</param>
    /// <param name="isFault">Whether a use of its body in the called method is the fault.</param>
    protected static bool IsReportedInside(RequestSite request, Func<FlowResult, Use, bool> isFault) =>
        request.Origin is var (flow, inner)
        && (IsReportedInside(inner, isFault)
            || flow.Uses.Any(use => ReferenceEquals(use.Request, inner) && isFault(flow, use)));

    /// <summary>The places in called methods where a request is sent and its body parsed, for a report in a caller.</summary>
    protected static IEnumerable<Location> PlacesInside(Use use)
    {
        if (use.Body.ParsedInside is { } parse)
        {
            yield return parse.GetLocation();
        }

        foreach (var place in PlacesInside(use.Request))
        {
            yield return place;
        }
    }

    /// <summary>The places in called methods where a request is sent.</summary>
    protected static IEnumerable<Location> PlacesInside(RequestSite request)
    {
        for (; request.Origin is var (_, inner); request = inner)
        {
            yield return inner.Operation.Syntax.GetLocation();
        }
    }

    /// <summary>Reports what is wrong in a method.</summary>
    /// <param name="flow">What the flow found.</param>
    /// <param name="report">Takes the reports, in source order.</param>
    public abstract void Check(FlowResult flow, Action<Diagnostic> report);
}
