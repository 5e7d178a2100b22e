using System;
using System.Collections.Generic;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>How a graph can be left: states with the value returned, and with the exception thrown.</summary>
internal sealed class Exits
{
    // Beyond that callers are told which exceptions come, and no more which request each is of: else what a method passes on
    // grows with all requests below it.
    private const int MaxExceptions = 12;

    // What is made of more requests than that is taken for unknown.
    private const int MaxRequests = 24;

    /// <summary>Ways out by return or by reaching the end.</summary>
    public List<State> Normal { get; } = [];

    /// <summary>Ways out by an exception that nothing catches.</summary>
    public List<(State State, Value.Exception Exception)> Exceptional { get; } = [];

    /// <summary>
    /// The ways out as callers see them: states that differ in nothing but locals are one.
    /// </summary>
    /// <param name="method">The method; null for an initialiser.</param>
    public Exits SeenByCaller(IMethodSymbol? method)
    {
        var normal = Normal.Select(s => s.AtExit((place, value) => IsMember(place) || IsGivenBack(place, value))).ToList();
        var exceptional = Exceptional.Select(e => (State: e.State.AtExit((place, _) => IsMember(place)), e.Exception)).ToList();

        if (exceptional.Count > MaxExceptions)
        {
            exceptional = exceptional.Select(e => (e.State, e.Exception.OfAnyRequest())).ToList();
        }

        // a request that nothing outside derives from is the method's own business
        var requests = Mentioned(normal, exceptional);
        if (requests.Count > MaxRequests)
        {
            normal.ForEach(state => state.ForgetAnswers());
            exceptional.ForEach(e => e.State.ForgetAnswers());
            exceptional = exceptional.Select(e => (e.State, e.Exception.OfAnyRequest())).ToList();
            requests = Mentioned(normal, exceptional);
        }

        var seen = new Exits();
        foreach (var state in normal)
        {
            state.KeepRequests(requests);
            seen.Add(state);
        }

        foreach (var (state, exception) in exceptional)
        {
            state.KeepRequests(requests);
            seen.Add(state, exception);
        }

        return seen;

        static bool IsMember(ISymbol place) => place is IFieldSymbol or IPropertySymbol;

        // what is assigned to a parameter, and an object of the caller that was told of a failure
        bool IsGivenBack(ISymbol place, Value value) => place is IParameterSymbol parameter
            && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method)
            && (parameter.RefKind is RefKind.Out or RefKind.Ref
                || (parameter.Type is { IsReferenceType: true, SpecialType: not SpecialType.System_String }
                    && value is Value.Unknown or Value.PartialText && !value.Taint.IsNone));
    }

    private static HashSet<RequestSite> Mentioned(List<State> normal, List<(State State, Value.Exception Exception)> exceptional)
    {
        var requests = new HashSet<RequestSite>();
        foreach (var state in normal.Concat(exceptional.Select(e => e.State)))
        {
            state.CollectMentioned(requests);
        }

        foreach (var (_, exception) in exceptional)
        {
            State.CollectMentioned(exception, requests);
        }

        return requests;
    }

    /// <summary>Adds a way out by return or by reaching the end.</summary>
    public void Add(State state)
    {
        foreach (var known in Normal)
        {
            if (known.IsSamePartition(state))
            {
                known.Unite(state);
                return;
            }
        }

        Normal.Add(state);
    }

    /// <summary>
    /// Adds a way out by an exception: those of one type that carry the outcome of one request are one, or their number
    /// grows with every throw on the way.
    /// </summary>
    public void Add(State state, Value.Exception exception)
    {
        for (var i = 0; i < Exceptional.Count; i++)
        {
            var (known, thrown) = Exceptional[i];
            if (!exception.IsLike(thrown))
            {
                continue;
            }

            if (!known.IsSamePartition(state))
            {
                known = State.Join(known, state);
            }
            else
            {
                known.Unite(state);
            }

            Exceptional[i] = (known, exception.Join(thrown));
            return;
        }

        Exceptional.Add((state, exception));
    }
}

/// <summary>
/// The worklist solver over one control-flow graph: spreads partitions over blocks, runs <c>finally</c> regions on
/// every way out, and takes exceptions to their handlers.
/// </summary>
internal sealed class GraphSolver
{
    private const int MaxPartitions = 24;

    // States of one block over all its ways out; beyond that those that can be joined are, and beyond twice as many the
    // method is given up.
    private const int MaxStates = 64;

    // Ways through one block that are told apart; calls beyond that are taken with all their ends in one.
    private const int MaxWays = 12;

    private readonly Evaluator _evaluator;
    private readonly List<State>?[] _states;
    private readonly HashSet<State>?[] _pending;
    private int _first = int.MaxValue;
    private readonly Exits _exits = new();
    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private readonly List<(int Chosen, int Of)> _choices = [];
    private int _nextChoice;

    /// <summary>Makes a solver.</summary>
    /// <param name="evaluator">Evaluates the operations.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="caller">The solver whose graph invokes this one in line; null for the method itself.</param>
    /// <param name="returnsToKnownCaller">Whether what it returns is looked at where it is invoked.</param>
    public GraphSolver(Evaluator evaluator, ControlFlowGraph graph, GraphSolver? caller, bool returnsToKnownCaller)
    {
        _evaluator = evaluator;
        ReturnsToKnownCaller = returnsToKnownCaller;
        Graph = graph;
        Caller = caller;
        _states = new List<State>?[graph.Blocks.Length];
        _pending = new HashSet<State>?[graph.Blocks.Length];
    }

    /// <summary>The graph.</summary>
    public ControlFlowGraph Graph { get; }

    /// <summary>The solver of the graph that invokes this one in line.</summary>
    public GraphSolver? Caller { get; }

    /// <summary>Whether what the graph returns is looked at where it is invoked.</summary>
    public bool ReturnsToKnownCaller { get; }

    /// <summary>How many graphs are being run in one another.</summary>
    public int Depth => Caller is null ? 0 : Caller.Depth + 1;

    /// <summary>The block being evaluated.</summary>
    public BasicBlock Block { get; private set; } = null!;

    /// <summary>Whether an exception raised now could be seen by anyone.</summary>
    public bool CatchesHere
    {
        get
        {
            for (var region = Block.EnclosingRegion; region is not null; region = Around(region))
            {
                if (region.Kind == ControlFlowRegionKind.Try)
                {
                    return true;
                }
            }

            return Caller?.CatchesHere ?? false;
        }
    }

    /// <summary>The states at the entry of each block, for tests.</summary>
    public IReadOnlyList<IReadOnlyList<State>> EntryStates => _states.Select(states => states ?? []).ToList();

    /// <summary>The ways out with all that is known there, for tests.</summary>
    public Exits WaysOut => _exits;

    /// <summary>Runs the graph.</summary>
    /// <param name="entry">The state at its entry.</param>
    /// <returns>The ways out, or null if the budget is used up.</returns>
    public Exits? Run(State entry)
    {
        Add(0, entry, isBackEdge: false);
        while (_first < _states.Length)
        {
            var ordinal = _first;
            if (_pending[ordinal] is not { Count: > 0 } pending || _states[ordinal]!.Find(pending.Contains) is not { } next)
            {
                _pending[ordinal]?.Clear();
                _first++;
                continue;
            }

            pending.Remove(next);
            if (!_evaluator.Step())
            {
                return null;
            }

            // a block in which a call ends in several ways is gone through once for each
            do
            {
                _nextChoice = 0;
                Block = Graph.Blocks[ordinal];
                Process(next.Clone());
            }
            while (NextWay() && _evaluator.Step());
        }

        return _evaluator.HasGivenUp ? null : _exits;
    }

    /// <summary>Chooses one of the ways in which a call ends; the block will be gone through again for the others.</summary>
    /// <param name="count">How many there are.</param>
    /// <returns>The number of one of them; -1 if too many ways are told apart already.</returns>
    public int Choose(int count)
    {
        if (_nextChoice == _choices.Count)
        {
            var ways = _choices.Aggregate(count, (product, choice) => product * choice.Of);
            _choices.Add(ways <= MaxWays ? (0, count) : (-1, 1));
        }

        return _choices[_nextChoice++].Chosen;
    }

    private bool NextWay()
    {
        while (_choices.Count > 0)
        {
            var (chosen, of) = _choices[_choices.Count - 1];
            _choices.RemoveAt(_choices.Count - 1);
            if (chosen >= 0 && chosen + 1 < of)
            {
                _choices.Add((chosen + 1, of));
                return true;
            }
        }

        return false;
    }

    /// <summary>What a flow capture captured, to write through it.</summary>
    public IOperation? Captured(CaptureId id) => _captured.TryGetValue(id, out var value) ? value : null;

    /// <summary>Notes what a flow capture captured.</summary>
    public void Capture(CaptureId id, IOperation value) => _captured[id] = value;

    /// <summary>The region under which the exception of the handler around the current block is stored.</summary>
    public ControlFlowRegion? HandlerRegion() => HandlerRegion(Block);

    /// <summary>Raises an exception at the current operation; the state is the one at the throw.</summary>
    public void Raise(State state, Value.Exception exception)
    {
        if (!state.IsDead)
        {
            Dispatch(state, exception, Block.EnclosingRegion);
        }
    }

    private static ControlFlowRegion? HandlerRegion(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null; region = Around(region))
        {
            if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter)
            {
                return region.EnclosingRegion is { Kind: ControlFlowRegionKind.FilterAndHandler } outer ? outer : region;
            }
        }

        return null;
    }

    private void Process(State state)
    {
        foreach (var operation in Block.Operations)
        {
            _evaluator.Evaluate(operation, state, this);
            if (state.IsDead)
            {
                return;
            }
        }

        if (Block.Kind == BasicBlockKind.Exit)
        {
            _exits.Add(state);
            return;
        }

        if (Block.BranchValue is not { } branchValue)
        {
            Follow(Block.FallThroughSuccessor, state);
            return;
        }

        var value = _evaluator.Evaluate(branchValue, state, this);
        if (state.IsDead)
        {
            return;
        }

        if (Block.ConditionalSuccessor is { } conditional)
        {
            var whenTrue = Block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            _evaluator.NoteCondition(branchValue, state);
            var (taken, passed) = (state.Clone(), state);
            _evaluator.Assume(branchValue, value, whenTrue, taken, this);
            _evaluator.Assume(branchValue, value, !whenTrue, passed, this);
            _evaluator.BranchObserver?.Invoke(branchValue, taken, passed);
            if (!taken.IsDead)
            {
                Follow(conditional, taken);
            }

            if (!passed.IsDead)
            {
                Follow(Block.FallThroughSuccessor, passed);
            }

            return;
        }

        switch (Block.FallThroughSuccessor?.Semantics)
        {
            case ControlFlowBranchSemantics.Throw:
                Raise(state, _evaluator.ThrownBy(branchValue, value));
                break;
            case ControlFlowBranchSemantics.Return:
                state.Returned = _evaluator.Return(branchValue, value, state, this);
                Follow(Block.FallThroughSuccessor, state);
                break;
            default:
                Follow(Block.FallThroughSuccessor, state);
                break;
        }
    }

    private void Follow(ControlFlowBranch? branch, State state)
    {
        if (branch is null)
        {
            return;
        }

        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Rethrow:
                if (HandlerRegion() is { } handler && state[handler] is Value.Exception current)
                {
                    Raise(state, current);
                }

                return;
            case ControlFlowBranchSemantics.StructuredExceptionHandling when branch.Destination is null:
                EndOfHandler(state);
                return;
        }

        if (branch.Destination is null)
        {
            return;
        }

        Jump(branch, 0, state);
    }

    private void Jump(ControlFlowBranch branch, int nextFinally, State state)
    {
        if (nextFinally < branch.FinallyRegions.Length)
        {
            var region = branch.FinallyRegions[nextFinally];
            state.Continuation = new Continuation(branch, nextFinally + 1, null, null, state.Continuation);
            Add(region.FirstBlockOrdinal, state, isBackEdge: false);
            return;
        }

        foreach (var region in branch.LeavingRegions)
        {
            Leave(region, state);
        }

        var isBackEdge = branch.Destination!.Ordinal <= branch.Source.Ordinal;
        Add(branch.Destination.Ordinal, state, isBackEdge);
    }

    private void Leave(ControlFlowRegion region, State state)
    {
        foreach (var local in region.Locals)
        {
            state[local] = null;
        }

        foreach (var capture in region.CaptureIds)
        {
            state[capture] = null;
        }

        if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler)
        {
            state[region] = null;
        }
    }

    // The end of a finally goes on with what was interrupted; the end of a filter with the next handler.
    private void EndOfHandler(State state)
    {
        for (var region = Block.EnclosingRegion; region is not null; region = Around(region))
        {
            if (region.Kind == ControlFlowRegionKind.Finally)
            {
                if (state.Continuation is not { } continuation)
                {
                    return;
                }

                state.Continuation = continuation.Outer;
                if (continuation.Branch is { } branch)
                {
                    Jump(branch, continuation.NextFinally, state);
                }
                else
                {
                    Dispatch(state, continuation.Exception!, continuation.DispatchFrom);
                }

                return;
            }

            if (region.Kind == ControlFlowRegionKind.Filter)
            {
                var handler = region.EnclosingRegion!;
                var tryAndCatch = handler.EnclosingRegion!;
                if (state[handler] is Value.Exception exception)
                {
                    state[handler] = null;
                    var next = tryAndCatch.NestedRegions.IndexOf(handler) + 1;
                    if (!Handle(state, exception, tryAndCatch, next))
                    {
                        Dispatch(state, exception, tryAndCatch.EnclosingRegion);
                    }
                }

                return;
            }
        }
    }

    private void Dispatch(State state, Value.Exception exception, ControlFlowRegion? region)
    {
        for (; region is not null; region = Around(region))
        {
            Leave(region, state);
            if (region.Kind == ControlFlowRegionKind.Finally)
            {
                // what was to be done after it is never done
                state.Continuation = state.Continuation?.Outer;
            }

            var outer = region.EnclosingRegion;
            if (region.Kind != ControlFlowRegionKind.Try || outer is null)
            {
                continue;
            }

            if (outer.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                var final = outer.NestedRegions[1];
                state.Continuation = new Continuation(null, 0, exception, outer, state.Continuation);
                Add(final.FirstBlockOrdinal, state, isBackEdge: false);
                return;
            }

            if (outer.Kind == ControlFlowRegionKind.TryAndCatch && Handle(state, exception, outer, 1))
            {
                return;
            }
        }

        _exits.Add(state, exception);
    }

    /// <returns>Whether the exception is certainly caught.</returns>
    private bool Handle(State state, Value.Exception exception, ControlFlowRegion tryAndCatch, int first)
    {
        for (var i = first; i < tryAndCatch.NestedRegions.Length; i++)
        {
            var handler = tryAndCatch.NestedRegions[i];
            var match = Match(exception, handler.ExceptionType);
            if (match == false)
            {
                continue;
            }

            var entered = state.Clone();
            entered[handler] = exception;
            entered.Catch();
            TakeAtItsName(handler.ExceptionType, entered);
            if (handler.Kind == ControlFlowRegionKind.FilterAndHandler)
            {
                Add(handler.NestedRegions[0].FirstBlockOrdinal, entered, isBackEdge: false);

                // what the filter refuses goes on from the filter's end
                if (match == true)
                {
                    return true;
                }
            }
            else
            {
                Add(handler.FirstBlockOrdinal, entered, isBackEdge: false);
                if (match == true)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Where it cannot be read what is thrown for which answer, the exception's name says it.
    private static void TakeAtItsName(ITypeSymbol? handled, State state)
    {
        if (handled is null || Array.Find(Named, n => handled.Name.IndexOf(n.Name, StringComparison.OrdinalIgnoreCase) >= 0) is not (not null, var statuses))
        {
            return;
        }

        foreach (var (request, known) in state.Requests.Select(r => (r.Key, r.Value)).Where(r => r.Value.Doubt == Doubt.Unread).ToList())
        {
            var named = OutcomeSet.Empty;
            foreach (var outcome in request.Contract.Outcomes)
            {
                if (outcome.Status is { } status && status.Min == status.Max && statuses.Contains(status.Min) && known.Outcomes.Contains(outcome.Index))
                {
                    named = named.With(outcome.Index);
                }
            }

            if (!named.IsEmpty)
            {
                state.Restrict(request, named, decides: false);
            }
        }
    }

    private static readonly (string Name, int[] Statuses)[] Named =
    [
        ("Unauthori", [401, 403]), ("Unauthenti", [401]), ("NotFound", [404]), ("RateLimit", [429]), ("TooManyRequests", [429]),
    ];

    private static bool? Match(Value.Exception exception, ITypeSymbol? handled)
    {
        if (handled is null || handled.SpecialType == SpecialType.System_Object || handled.TypeKind == TypeKind.Error)
        {
            return true;
        }

        if (handled is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            || Inherits(exception.Type, handled))
        {
            return true;
        }

        return !exception.IsExact && Inherits(handled, exception.Type) ? null : false;
    }

    // The root of a lambda's graph is enclosed by a region of the graph around it, which is another solver's.
    private static ControlFlowRegion? Around(ControlFlowRegion region) =>
        region.Kind == ControlFlowRegionKind.Root ? null : region.EnclosingRegion;

    private static bool Inherits(ITypeSymbol type, ITypeSymbol ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, ancestor))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(int ordinal, State state, bool isBackEdge)
    {
        var states = _states[ordinal] ??= [];
        foreach (var known in states)
        {
            if (known.IsSamePartition(state))
            {
                if (known.Unite(state))
                {
                    Enqueue(ordinal, known);
                }

                return;
            }
        }

        // rounds of a loop are told apart by their number only where there is room
        if ((isBackEdge || states.Count >= MaxPartitions / 2)
            && Closest(states, state, known => DiffersInNumbersOnly(known, state)) is { } earlier)
        {
            var widened = State.Widen(earlier, state, _evaluator.Limits);
            if (!widened.IsSamePartition(earlier))
            {
                Replace(ordinal, earlier, widened);
            }
            else if (earlier.Unite(state))
            {
                Enqueue(ordinal, earlier);
            }

            return;
        }

        // only states that go on to the same place can be joined: each way out through a finally has partitions of its own
        if (states.Count >= MaxPartitions)
        {
            var alike = states.Count(known => Equals(known.Continuation, state.Continuation));
            var closest = Closest(states, state, known => Equals(known.Continuation, state.Continuation));
            if (closest is not null && (alike >= MaxPartitions || states.Count >= MaxStates))
            {
                Replace(ordinal, closest, State.Join(closest, state));
                return;
            }

            if (states.Count >= 2 * MaxStates)
            {
                _evaluator.GiveUp();
                return;
            }
        }

        var added = state.Clone();
        states.Add(added);
        Enqueue(ordinal, added);
    }

    // What is told apart by the most places stays so: a counter set for certain outcomes, where another counts rounds.
    private static State? Closest(List<State> states, State state, Func<State, bool> predicate)
    {
        const int Far = 1_000;
        var fewest = int.MaxValue;
        State? closest = null;
        foreach (var known in states)
        {
            // what has sent a request is not taken for what has not, as long as there is another way
            if (predicate(known)
                && known.CountDifferences(state) + (known.HasSameRequests(state) ? 0 : Far) is var differences && differences < fewest)
            {
                (fewest, closest) = (differences, known);
            }
        }

        return closest;
    }

    private void Replace(int ordinal, State known, State joined)
    {
        _states[ordinal]!.Remove(known);
        _pending[ordinal]?.Remove(known);
        Add(ordinal, joined, isBackEdge: false);
    }

    private static bool DiffersInNumbersOnly(State x, State y) =>
        x.HasSameRequests(y)
        && Equals(x.Continuation, y.Continuation)
        && x.Differences(y).TrueForAll(place => IsNumberOrUnknown(x[place]) && IsNumberOrUnknown(y[place]));

    private static bool IsNumberOrUnknown(Value? value) =>
        value is null or Value.Unknown or Value.Constant { Content: long or double } or Value.Between or Value.PartialText;

    private void Enqueue(int ordinal, State state)
    {
        (_pending[ordinal] ??= []).Add(state);
        _first = Math.Min(_first, ordinal);
    }
}
