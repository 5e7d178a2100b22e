using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// What the flow found in one method with its lambdas and local functions: for the rules, and as the method's summary for
/// those that call it.
/// </summary>
internal sealed class FlowResult
{
    /// <summary>The requests sent in the method or by what it calls, in order of discovery.</summary>
    public required ImmutableArray<RequestSite> Requests { get; init; }

    /// <summary>The uses of their bodies, in source order.</summary>
    public required ImmutableArray<Use> Uses { get; init; }

    /// <summary>The uses of bodies that came in with arguments.</summary>
    public required ImmutableArray<Use> InputUses { get; init; }

    /// <summary>The compilation's facts.</summary>
    public required FlowContext Context { get; init; }

    /// <summary>The method; null for an initialiser.</summary>
    public IMethodSymbol? Method { get; init; }

    /// <summary>Contracts that a body that came in was told to have by what it is parsed into, by request.</summary>
    public required IReadOnlyDictionary<RequestSite, ContractBinding> InputBindings { get; init; }

    /// <summary>The ways out of the method, without what only the method itself can see.</summary>
    public required Exits Exits { get; init; }

    /// <summary>
    /// The requests of whose body a member was read that tells success from failure by convention: the method then has
    /// its own way with errors, which the contract cannot judge.
    /// </summary>
    public required ImmutableHashSet<RequestSite> WithTelltale { get; init; }

    /// <summary>The requests whose outcome decides something, or that left for code that is not seen.</summary>
    public required ImmutableHashSet<RequestSite> LookedAt { get; init; }

    /// <summary>The requests whose response, or answer with its code, the method gives back.</summary>
    public required ImmutableHashSet<RequestSite> HandedBack { get; init; }

    /// <summary>The requests that the method waits for and whose outcome nobody looks at, in order of discovery.</summary>
    public required ImmutableArray<RequestSite> Dropped { get; init; }

    /// <summary>Whether the ways back to requests tell whether the same is sent again; those that called methods have do not.</summary>
    public required bool KnowsParts { get; init; }

    /// <summary>The ways back to requests, in source order.</summary>
    public required ImmutableArray<Repeat> Repeats { get; init; }

    /// <summary>The waits of a method with ways back, and the outcomes that come to each while the request is what it was.</summary>
    public required IReadOnlyDictionary<(SyntaxNode At, RequestSite Request), OutcomeSet> Waits { get; init; }

    /// <summary>Its conditions and assignments, and the outcomes that come to each while the request is what it was.</summary>
    public required IReadOnlyDictionary<(SyntaxNode At, RequestSite Request), OutcomeSet> Arrivals { get; init; }

    /// <summary>The method's declaration, or the initialiser.</summary>
    public required SyntaxNode Syntax { get; init; }

    /// <summary>What decides how long one of the waits takes.</summary>
    /// <param name="wait">What waits.</param>
    /// <param name="repeat">The retry that it is in.</param>
    public WaitLength LengthOf(SyntaxNode wait, Repeat repeat) =>
        Context.Compilation.GetSemanticModel(wait.SyntaxTree).GetOperation(wait) is { } operation
            ? WaitLength.Of(Context, operation, repeat)
            : WaitLength.Constant;

    /// <summary>The solver with the states at each block, for tests.</summary>
    public required GraphSolver Solver { get; init; }
}

/// <summary>Runs the flow over one method.</summary>
internal static class MethodFlow
{
    private const int MaxRuns = 3;

    // Of a method that sends more than that it is not asked what is a retry.
    private const int MaxRequests = 24;

    /// <summary>Runs the flow over a graph of which no caller is known.</summary>
    /// <param name="context">The compilation's facts.</param>
    /// <param name="graph">The graph of a method, or of an initialiser.</param>
    /// <returns>What was found; null if the method was given up for want of budget.</returns>
    public static FlowResult? Run(FlowContext context, ControlFlowGraph graph) =>
        Run(context, graph, method: null, MethodInputs.None, new SummarySession());

    /// <summary>Runs the flow over a method.</summary>
    /// <param name="context">The compilation's facts.</param>
    /// <param name="graph">The method's graph.</param>
    /// <param name="method">The method; null for an initialiser.</param>
    /// <param name="inputs">What it is called with.</param>
    /// <param name="session">The methods being run.</param>
    /// <returns>What was found; null if the method was given up for want of budget.</returns>
    public static FlowResult? Run(
        FlowContext context, ControlFlowGraph graph, IMethodSymbol? method, MethodInputs inputs, SummarySession session)
    {
        var contractOfFile = context.ContractOfFile(graph.OriginalOperation.Syntax.SyntaxTree) ?? inputs.ContractOfFile;
        var bindings = ImmutableDictionary<SyntaxNode, ContractBinding>.Empty;
        IReadOnlyDictionary<SyntaxNode, RequestParts>? parts = null;
        for (var run = 0; ; run++)
        {
            var evaluator = new Evaluator(context, contractOfFile, bindings, inputs, session, graph.OriginalOperation.Syntax)
            {
                Method = method, Parts = parts,
            };
            var solver = new GraphSolver(evaluator, graph, caller: null, returnsToKnownCaller: false);
            var exits = solver.Run(inputs.Entry(method));
            if (exits is not null)
            {
                exits.Normal.ForEach(evaluator.SettleHandedOn);
                evaluator.RunUninvoked(solver);
            }

            context.Counters.CountSteps(evaluator.Steps);
            session.Spend(evaluator.Steps);
            if (exits is null || evaluator.HasGivenUp)
            {
                context.Counters.CountLimit();
                return null;
            }

            // a contract that only the answer told: once more under that one
            if (evaluator.LateBindings.Count > 0 && run < MaxRuns)
            {
                bindings = bindings.SetItems(evaluator.LateBindings);
                session.Restart();
                continue;
            }

            // a request is sent again: once more with an eye on what it is made of, for the rules
            var isAskedAgain = parts is null && evaluator.Repeats.Any() && evaluator.Requests.Count() <= MaxRequests;
            if (isAskedAgain && session.Depth <= 1)
            {
                parts = RequestParts.Of(
                    context, graph.OriginalOperation, evaluator.Repeats.Select(r => r.Request.Operation.Syntax));
                session.Restart();
                continue;
            }

            var uses = evaluator.Uses.ToLookup(u => u.Request.IsInput);
            return new FlowResult
            {
                Requests = evaluator.Requests.ToImmutableArray(),
                Uses = uses[false]
                    .OrderBy(u => u.At.Syntax.SpanStart)
                    .ThenBy(u => u.At.Syntax.Span.End)
                    .ThenBy(u => u.Request.Operation.Syntax.SpanStart)
                    .ThenBy(u => u.Kind)
                    .ToImmutableArray(),
                InputUses = uses[true].ToImmutableArray(),
                InputBindings = evaluator.InputBindings,
                Exits = exits.SeenByCaller(method),
                Context = context,
                Method = method,
                WithTelltale = evaluator.WithTelltale.ToImmutableHashSet(),
                LookedAt = evaluator.LookedAt.ToImmutableHashSet(),
                HandedBack = evaluator.HandedBack.ToImmutableHashSet(),
                Dropped = evaluator.Dropped.ToImmutableArray(),
                Solver = solver,
                KnowsParts = !isAskedAgain,
                Waits = evaluator.Waits,
                Arrivals = evaluator.Arrivals,
                Syntax = graph.OriginalOperation.Syntax,
                Repeats = evaluator.Repeats.OrderBy(r => r.By.Syntax.SpanStart).ThenBy(r => r.Request.Id).ToImmutableArray(),
            };
        }
    }
}
