using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>A place in a method that sends a request, and the contract that answers it.</summary>
internal sealed class RequestSite
{
    /// <summary>Makes a site.</summary>
    public RequestSite(int id, IOperation operation, ErrorContract contract, OutcomeSet possible, string? address)
    {
        Id = id;
        Operation = operation;
        Contract = contract;
        Possible = possible;
        Address = address;
    }

    /// <summary>The number of the site in its method, in the order of discovery.</summary>
    public int Id { get; }

    /// <summary>The call that sends.</summary>
    public IOperation Operation { get; }

    /// <summary>The contract of the address.</summary>
    public ErrorContract Contract { get; }

    /// <summary>The outcomes that the request can have.</summary>
    public OutcomeSet Possible { get; }

    /// <summary>The address as far as it is known, with <see cref="AddressPattern.Hole"/>s; null if nothing is.</summary>
    public string? Address { get; }

    /// <summary>
    /// Whether a member of the body that tells success from failure by convention is read anywhere: the method then
    /// has its own way with errors, which the contract cannot judge.
    /// </summary>
    public bool IsTelltaleRead { get; private set; }

    /// <summary>Notes that a member that tells success from failure by convention is read.</summary>
    public void LookAtTelltale() => IsTelltaleRead = true;

    /// <inheritdoc/>
    public override string ToString() => "r" + Id;
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
