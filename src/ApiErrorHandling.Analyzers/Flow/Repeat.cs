using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>How control comes back to a request.</summary>
internal enum RepeatKind
{
    /// <summary>By a loop, or a jump.</summary>
    Loop,

    /// <summary>The method calls itself.</summary>
    Recursion,

    /// <summary>A second call further on sends the same.</summary>
    SecondCall,
}

/// <summary>What the way back to a request is.</summary>
internal enum RepeatMeaning
{
    /// <summary>Another request is sent each time: a page, an item, a mirror.</summary>
    Other,

    /// <summary>Failures send the same again, success does not.</summary>
    Retry,

    /// <summary>Success sends the same again, too, always or where something says so that cannot be read.</summary>
    Poll,
}

/// <summary>A way from a request back to the same, and the outcomes that take it.</summary>
/// <param name="request">The request.</param>
/// <param name="by">What sends it again, in the method being analysed: its own call, a call of the method itself, or another call.</param>
/// <param name="kind">How control comes back.</param>
internal sealed class Repeat(RequestSite request, IOperation by, RepeatKind kind)
{
    /// <summary>The request.</summary>
    public RequestSite Request => request;

    /// <summary>What sends it again, in the method being analysed.</summary>
    public IOperation By => by;

    /// <summary>How control comes back.</summary>
    public RepeatKind Kind => kind;

    /// <summary>The loop statement that repeats it, where there is one; it can lie in a helper that is given the request as a delegate.</summary>
    public SyntaxNode? Loop { get; init; }

    /// <summary>Whether that loop goes from one item to the next, none of which the request is made of.</summary>
    public bool IsInSteps { get; init; }

    /// <summary>The label that is jumped back to, where no loop statement repeats it.</summary>
    public LabeledStatementSyntax? Label { get; init; }

    /// <summary>The expression in that loop, or the recursive call, by which the request is sent.</summary>
    public SyntaxNode? Sender { get; init; }

    /// <summary>The outcomes that come back though nothing that the request is made of has changed.</summary>
    public OutcomeSet Same { get; private set; }

    /// <summary>The outcomes that come back at all, to this request or to the next one.</summary>
    public OutcomeSet Returning { get; private set; }

    /// <summary>Those of them with which something looked at the outcome that cannot be read.</summary>
    public OutcomeSet Assumed { get; private set; }

    /// <summary>Those that come back without a wait.</summary>
    public OutcomeSet Unwaited { get; private set; }

    /// <summary>Those that come back with a wait.</summary>
    public OutcomeSet Waited { get; private set; }

    /// <summary>Those that come back with a wait of no length alone, as the first of several that grow.</summary>
    public OutcomeSet Hurried { get; private set; }

    /// <summary>Those that come back without anything made anew.</summary>
    public OutcomeSet Unrenewed { get; private set; }

    /// <summary>The numbers that locals hold on the way back, one that is missing holds none that is known.</summary>
    public ImmutableDictionary<ISymbol, Value> Numbers { get; private set; } =
        ImmutableDictionary.Create<ISymbol, Value>(SymbolEqualityComparer.Default);

    /// <summary>Those that come back without an exception, and without their body being found empty.</summary>
    public OutcomeSet Plain { get; private set; }

    /// <summary>
    /// What the way back is. A success that something was wrong with, or that is not the one asked for, can come back in a retry,
    /// too, beside failures.
    /// </summary>
    public RepeatMeaning Meaning
    {
        get
        {
            if (!Repeated.IsEmpty)
            {
                return RepeatMeaning.Poll;
            }

            var contract = request.Contract;

            // what cannot be read is like a success that something is wrong with
            var others = Same.Intersects(contract.Successes)
                ? contract.Answers - contract.StatusFailures - contract.CodeFailures
                : contract.NoData;
            return Same.IsEmpty || IsStep ? RepeatMeaning.Other : others.Includes(Same) ? RepeatMeaning.Poll : RepeatMeaning.Retry;
        }
    }

    /// <summary>Whether it depends on something that cannot be read if success sends the same again.</summary>
    public bool IsGuessed => Assumed.Intersects(Repeated);

    // A loop that goes on to the next item whatever came of the last asks the same for each.
    private bool IsStep => IsInSteps
        && Returning.Intersects(request.Contract.OrdinarySuccesses & request.Possible)
        && !Same.Intersects(request.Contract.Successes);

    // The successes asked for that send the same again though nothing was wrong with them.
    private OutcomeSet Repeated => Same & Plain & ((request.Contract.OrdinarySuccesses & request.Possible) is { IsEmpty: false } expected
        ? expected
        : request.Contract.Successes);

    /// <summary>Adds a state in which the request is sent again.</summary>
    /// <param name="earlier">What is known there of the last time.</param>
    /// <param name="isSame">Whether the same is sent, if nothing has changed.</param>
    /// <param name="state">The state.</param>
    public void Add(RequestState earlier, bool isSame, State state)
    {
        Returning |= earlier.Outcomes;
        if (isSame)
        {
            // a failure that goes the same way as success is not why control is back
            var contract = request.Contract;
            var same = earlier.Outcomes & earlier.Since.Unchanged
                & (earlier.Since.Decisive | (contract.Answers - contract.StatusFailures - contract.CodeFailures));
            var numbers = Numbers.Clear();
            foreach (var (place, value) in state.Numbers)
            {
                if (Same.IsEmpty || Numbers.ContainsKey(place))
                {
                    numbers = numbers.SetItem(place, Same.IsEmpty ? value : Operators.Join(Numbers[place], value));
                }
            }

            Numbers = numbers;
            Same |= same;
            Unwaited |= same & earlier.Since.Unwaited;
            Waited |= same & earlier.Since.Waited;
            Hurried |= same & earlier.Since.Hurried;
            Unrenewed |= same & earlier.Since.Unrenewed;
            Plain |= same & earlier.Since.Plain;
            Assumed |= earlier.Doubt == Doubt.Unread ? same : OutcomeSet.Empty;
        }
    }
}
