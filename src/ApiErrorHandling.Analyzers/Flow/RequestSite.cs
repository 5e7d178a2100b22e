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
/// <param name="Doubt">What looked at the outcome that could not be read.</param>
/// <param name="HandedOn">
/// Uses by which the body left the method's hands, with the outcomes for which it did. They count where the method ends
/// without telling success from failure.
/// </param>
/// <param name="Since">What did not happen since it was sent.</param>
internal sealed record RequestState(
    OutcomeSet Outcomes, Doubt Doubt, ImmutableDictionary<Use, OutcomeSet> HandedOn, Since Since)
{
    /// <summary>Whether anything that could not be read looked at the outcome: it is taken for the right check.</summary>
    public bool IsAssumedChecked => Doubt != Doubt.None;
}

/// <summary>Why it is not known whether the outcome of a request was looked at.</summary>
internal enum Doubt
{
    /// <summary>It is known.</summary>
    None,

    /// <summary>Something that failures left behind was asked: that can be the check before a use, but hardly before a retry.</summary>
    Told,

    /// <summary>A condition or call got the outcome that could not be read.</summary>
    Unread,
}

/// <summary>
/// What did not happen since a request was sent: the outcomes that can have come here on a way without it. Ways that meet
/// unite their sets, so that nothing counts as done that one of them leaves out.
/// </summary>
/// <param name="Unchanged">With nothing changed that the request is made of.</param>
/// <param name="Unwaited">Without a wait.</param>
/// <param name="Unrenewed">Without a call of which it is not known whether it renews something.</param>
/// <param name="Waited">With a wait: where others come without, something else than the outcome decides about it.</param>
/// <param name="Hurried">With nothing but a wait of no length.</param>
/// <param name="SteppedBack">With nothing changed but a number that the next step counts up again.</param>
/// <param name="Plain">Without an exception, and without the body being found empty.</param>
/// <param name="Decisive">On a way that success does not take, and that no other request's failure led on to.</param>
internal readonly record struct Since(
    OutcomeSet Unchanged,
    OutcomeSet Unwaited,
    OutcomeSet Unrenewed,
    OutcomeSet Waited,
    OutcomeSet Hurried,
    OutcomeSet SteppedBack,
    OutcomeSet Plain,
    OutcomeSet Decisive)
{
    /// <summary>Nothing happened yet to a request that was just sent.</summary>
    /// <param name="outcomes">What it can have for outcomes.</param>
    public static Since Sent(OutcomeSet outcomes) => new(
        outcomes, outcomes, outcomes, OutcomeSet.Empty, OutcomeSet.Empty, OutcomeSet.Empty, outcomes, OutcomeSet.Empty);

    /// <summary>Two ways that meet.</summary>
    public static Since operator |(Since x, Since y) => new(
        x.Unchanged | y.Unchanged,
        x.Unwaited | y.Unwaited,
        x.Unrenewed | y.Unrenewed,
        x.Waited | y.Waited,
        x.Hurried | y.Hurried,
        x.SteppedBack | y.SteppedBack,
        x.Plain | y.Plain,
        x.Decisive | y.Decisive);

    /// <summary>The same for some of the outcomes.</summary>
    public static Since operator &(Since x, OutcomeSet outcomes) => new(
        x.Unchanged & outcomes,
        x.Unwaited & outcomes,
        x.Unrenewed & outcomes,
        x.Waited & outcomes,
        x.Hurried & outcomes,
        x.SteppedBack & outcomes,
        x.Plain & outcomes,
        x.Decisive & outcomes);

    /// <summary>One way after the other: what is left undone by both.</summary>
    public Since Then(Since next) => new(
        Unchanged & next.Unchanged,
        Unwaited & next.Unwaited,
        Unrenewed & next.Unrenewed,
        Waited | next.Waited,
        (Hurried | next.Hurried) & Unwaited & next.Unwaited,
        SteppedBack,
        Plain & next.Plain,
        Decisive | next.Decisive);

    /// <summary>Time passes.</summary>
    public Since AfterWait(OutcomeSet outcomes) => this with
    {
        Unwaited = OutcomeSet.Empty, Waited = outcomes, Hurried = OutcomeSet.Empty,
    };
}
