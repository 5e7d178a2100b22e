using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Lambdas and local functions, run where they are called.</content>
internal sealed partial class Evaluator
{
    /// <summary>Runs a lambda or local function at the place of its call.</summary>
    /// <returns>What it returns; null if it cannot be run.</returns>
    private Value? RunInline(
        object code,
        ImmutableArray<IArgumentOperation> argumentOperations,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver? solver,
        bool asTask = false)
    {
        if (solver is null || solver.Depth >= MaxInlineDepth || GraphOf(code, solver) is not var (graph, symbol))
        {
            return null;
        }

        _invoked.Add(symbol);
        return RunGraph(graph, symbol, argumentOperations, arguments, state, solver, asTask);
    }

    /// <summary>
    /// Runs a function value at the place of its call: a lambda, a local function, or a method by its name. Where it runs as a task
    /// of its own its exceptions come out of that.
    /// </summary>
    private Value? RunFunction(
        IOperation call,
        Value.Function function,
        ImmutableArray<IArgumentOperation> argumentOperations,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver? solver,
        bool asTask = false) => function.Code is IMethodSymbol { MethodKind: not MethodKind.LocalFunction } method
        ? CallMethod(
            call, method, null, Value.Any, argumentOperations, arguments, isVirtual: method.IsVirtual || method.IsAbstract, state, solver)
        : RunInline(function.Code, argumentOperations, arguments, state, solver, asTask);

    /// <summary>Runs a graph at the place of a call, with the caller's own storage.</summary>
    private Value? RunGraph(
        ControlFlowGraph graph,
        IMethodSymbol symbol,
        ImmutableArray<IArgumentOperation> argumentOperations,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver solver,
        bool asTask = false)
    {
        var entry = state.Clone();
        entry.Continuation = null;
        entry.Returned = null;
        entry.ReplaceCaptures(null);
        Bind(symbol, arguments, entry);
        NoteGiven(symbol, entry);
        var exits = new GraphSolver(this, graph, solver, returnsToKnownCaller: true).Run(entry);
        if (exits is null)
        {
            GiveUp();
            return null;
        }

        // ends that differ in nothing but its own locals are one
        var seen = new Exits();
        foreach (var exit in exits.Normal)
        {
            seen.Add(Seen(exit));
        }

        foreach (var (exit, exception) in exits.Exceptional)
        {
            seen.Add(Seen(exit), exception);
        }

        return End(seen, symbol, symbol.IsAsync || asTask, argumentOperations, state, solver);

        State Seen(State exit)
        {
            exit.Forget(place => place is ILocalSymbol or IParameterSymbol { RefKind: RefKind.None }
                && SymbolEqualityComparer.Default.Equals(((ISymbol)place).ContainingSymbol, symbol));
            exit.ReplaceCaptures(state);
            exit.Continuation = null;
            return exit;
        }
    }

    /// <summary>
    /// Goes on behind a call: its exceptions are raised, or left to the task that it gives; of its normal ends one is
    /// chosen.
    /// </summary>
    /// <param name="exits">The ends in the caller's view; parameters still hold what was assigned to them.</param>
    /// <param name="symbol">What was called.</param>
    /// <param name="isAsync">Whether what runs is async: its exceptions come out of its task.</param>
    /// <param name="argumentOperations">The arguments, for what is assigned to them.</param>
    /// <param name="state">The state at the call; becomes the one behind it.</param>
    /// <param name="solver">The caller's solver.</param>
    private Value End(
        Exits exits,
        IMethodSymbol symbol,
        bool isAsync,
        ImmutableArray<IArgumentOperation> argumentOperations,
        State state,
        GraphSolver solver)
    {
        var faults = new List<(Fault Fault, State Raised)>();
        foreach (var (raised, exception) in exits.Exceptional)
        {
            // what an async function throws comes out of its task
            if (isAsync && FaultOf(exception, raised, exits.Normal) is { } fault)
            {
                faults.Add((fault, raised));
                continue;
            }

            raised.Continuation = state.Continuation;
            raised.Returned = state.Returned;
            solver.Raise(raised, exception);
        }

        if (exits.Normal.Count == 0)
        {
            state.Kill();
            return Value.Any;
        }

        var way = exits.Normal.Count == 1 ? 0 : solver.Choose(exits.Normal.Count);
        var end = way < 0 ? exits.Normal.Aggregate(State.Join) : exits.Normal[way].Clone();
        foreach (var (fault, raised) in faults)
        {
            if (fault.Request is { } request && raised.Find(request) is { } known)
            {
                end.Widen(request, fault.Outcomes, known.Since);
            }
        }

        var returned = end.Returned ?? Value.Any;
        end.Returned = state.Returned;
        end.Continuation = state.Continuation;
        var assigned = symbol.Parameters.Select(p => end[p] ?? Value.Any).ToList();
        foreach (var parameter in symbol.Parameters)
        {
            end[parameter] = null;
        }

        state.Become(end);
        foreach (var argument in argumentOperations)
        {
            if (argument.Parameter is { Ordinal: var ordinal } parameter && ordinal < assigned.Count)
            {
                if (parameter.RefKind is RefKind.Out or RefKind.Ref)
                {
                    Assign(argument.Value, assigned[ordinal], state, solver);
                }
                else if (!assigned[ordinal].Taint.IsNone && RootOf(argument.Value) is { } place)
                {
                    AddTaint(place, assigned[ordinal].Taint, state);
                }
            }
        }

        return isAsync && returned is not Value.Task
            ? new Value.Task(returned, faults.Select(f => f.Fault with { Undone = Undone(f.Raised, end) }).ToImmutableArray())
            : returned;

        // places that hold something else where it fails: what comes after the throw was not done
        static ImmutableArray<(object Place, Value? Value)> Undone(State raised, State end) => raised.Differences(end)
            .Where(place => place is ISymbol)
            .Select(place => (place, raised[place]))
            .ToImmutableArray();
    }

    /// <summary>
    /// The fault of a task: the outcomes of a request tell it from all normal ends, or it may come with any outcome. Null
    /// where only some of its outcomes are those of normal ends.
    /// </summary>
    private static Fault? FaultOf(Value.Exception exception, State raised, List<State> normal)
    {
        if (normal.Count == 0)
        {
            return null;
        }

        foreach (var request in raised.Requests.Select(r => r.Key).OrderBy(r => !ReferenceEquals(r, exception.Request)))
        {
            var outcomes = raised.OutcomesOf(request);
            if (normal.All(n => n.Find(request) is { } known && !known.Outcomes.Intersects(outcomes)))
            {
                return new Fault(exception, request, outcomes);
            }
        }

        // a fault of no request is raised with the outcomes of the normal ends: it must have no others
        return exception.Request is null
            && raised.Requests.All(r => normal
                .Aggregate(OutcomeSet.Empty, (all, n) => all | n.OutcomesOf(r.Key))
                .Includes(r.Value.Outcomes))
                    ? new Fault(exception, OutcomeSet.Empty)
                    : null;
    }

    /// <summary>
    /// Runs the lambdas among operands as callbacks that nobody knows when are called: their uses count, and what they
    /// assign becomes unknown.
    /// </summary>
    private void RunCallbacks(ImmutableArray<Value> operands, State state, GraphSolver? solver)
    {
        foreach (var operand in operands)
        {
            if (operand is Value.Function function)
            {
                RunCallback(function.Code, state, solver);
            }
        }
    }

    private void RunCallback(object code, State state, GraphSolver? solver)
    {
        if (solver is null || solver.Depth >= MaxInlineDepth || GraphOf(code, solver) is not var (graph, symbol))
        {
            return;
        }

        _invoked.Add(symbol);
        var entry = state.Clone();
        entry.Continuation = null;
        entry.Returned = null;
        entry.ForgetHandedOn();
        Bind(symbol, ImmutableArray<Value>.Empty, entry);
        NoteGiven(symbol, entry);
        var exits = new GraphSolver(this, graph, solver, returnsToKnownCaller: false).Run(entry);
        if (exits is null)
        {
            GiveUp();
            return;
        }

        exits.Normal.ForEach(SettleHandedOn);
        foreach (var exit in exits.Normal)
        {
            foreach (var place in exit.Differences(entry))
            {
                if (place is ISymbol && state[place] is { } before)
                {
                    state[place] = Operators.Join(before, exit[place] ?? Value.Any);
                }
            }
        }
    }

    /// <summary>
    /// Runs the lambdas that nothing invoked, as handlers of events do, from where they were made, and the local
    /// functions from an empty state.
    /// </summary>
    public void RunUninvoked(GraphSolver solver)
    {
        // running one can make another
        for (var i = 0; i < _waiting.Count; i++)
        {
            var (lambda, state, owner) = _waiting[i];
            if (!_invoked.Contains(lambda.Symbol))
            {
                RunCallback(lambda, state, owner);
            }
        }

        foreach (var function in solver.Graph.LocalFunctions)
        {
            if (!_invoked.Contains(function))
            {
                RunCallback(function, new State(), solver);
            }
        }
    }

    private static void Bind(IMethodSymbol function, ImmutableArray<Value> arguments, State entry)
    {
        foreach (var parameter in function.Parameters)
        {
            entry[parameter] = parameter.Ordinal < arguments.Length ? arguments[parameter.Ordinal] : null;
        }
    }

    private (ControlFlowGraph Graph, IMethodSymbol Symbol)? GraphOf(object code, GraphSolver solver)
    {
        if (code is IFlowAnonymousFunctionOperation lambda)
        {
            return _lambdas.TryGetValue(lambda, out var graph) ? (graph, lambda.Symbol) : null;
        }

        var function = (IMethodSymbol)code;
        for (var current = solver; current is not null; current = current.Caller)
        {
            foreach (var candidate in current.Graph.LocalFunctions)
            {
                if (SymbolEqualityComparer.Default.Equals(candidate, function))
                {
                    return (current.Graph.GetLocalFunctionControlFlowGraph(candidate), candidate);
                }
            }
        }

        return null;
    }
}
