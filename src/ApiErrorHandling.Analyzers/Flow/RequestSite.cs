using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// A request as one method sees it: sent there, sent by a method called there, or sent by its caller before it was called.
/// </summary>
internal sealed class RequestSite
{
    /// <summary>Makes a request that is sent in the method.</summary>
    public RequestSite(int id, IOperation operation, ErrorContract contract, OutcomeSet possible, string? address)
    {
        Id = id;
        Operation = operation;
        Contract = contract;
        Possible = possible;
        Address = address;
    }

    /// <summary>
    /// The number of the request in its method, in the order of discovery; below zero for those that came in with
    /// arguments.
    /// </summary>
    public int Id { get; }

    /// <summary>
    /// The call in this method by which it is sent; null for a request that came in with arguments, see
    /// <see cref="IsInput"/>.
    /// </summary>
    public IOperation Operation { get; }

    /// <summary>The contract of the address.</summary>
    public ErrorContract Contract { get; }

    /// <summary>The outcomes that the request can have.</summary>
    public OutcomeSet Possible { get; }

    /// <summary>The address as far as it is known, with <see cref="AddressPattern.Hole"/>s; null if nothing is.</summary>
    public string? Address { get; }

    /// <summary>Whether the caller of the method sent it.</summary>
    public bool IsInput => Id < 0;

    /// <summary>Where a called method sends it: what was found there, and the request as that method sees it.</summary>
    public (FlowResult Flow, RequestSite Request)? Origin { get; init; }

    /// <summary>The request that stands for one that comes in with arguments.</summary>
    /// <param name="index">Its number among these, from 0.</param>
    /// <param name="contract">Its contract.</param>
    /// <param name="possible">The outcomes it can have.</param>
    public static RequestSite Input(int index, ErrorContract contract, OutcomeSet possible) =>
        new(-1 - index, null!, contract, possible, null);

    /// <inheritdoc/>
    public override string ToString() => IsInput ? "i" + -Id : "r" + Id;
}

/// <summary>What is known of a request on one path.</summary>
/// <param name="Outcomes">The outcomes it can have had here.</param>
/// <param name="IsAssumedChecked">
/// Whether a condition or call that could not be read looked at the outcome: then it is taken for the right check.
/// </param>
/// <param name="HandedOn">
/// Uses by which the body left the method's hands, with the outcomes for which it did. They count where the method ends
/// without telling success from failure.
/// </param>
internal readonly record struct RequestState(
    OutcomeSet Outcomes, bool IsAssumedChecked, ImmutableDictionary<Use, OutcomeSet> HandedOn);
