using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>What the flow found in one method with its lambdas and local functions.</summary>
internal sealed class FlowResult
{
    /// <summary>Makes a result.</summary>
    public FlowResult(ImmutableArray<RequestSite> requests, ImmutableArray<Use> uses, Exits exits, GraphSolver solver)
    {
        Requests = requests;
        Uses = uses;
        Exits = exits;
        Solver = solver;
    }

    /// <summary>The requests, in order of discovery.</summary>
    public ImmutableArray<RequestSite> Requests { get; }

    /// <summary>The uses of bodies, in source order.</summary>
    public ImmutableArray<Use> Uses { get; }

    /// <summary>The ways out of the method.</summary>
    public Exits Exits { get; }

    /// <summary>The solver with the states at each block, for tests.</summary>
    public GraphSolver Solver { get; }
}

/// <summary>Runs the flow over one method.</summary>
internal static class MethodFlow
{
    private const int MaxRuns = 3;

    /// <summary>Runs the flow.</summary>
    /// <param name="context">The compilation's facts.</param>
    /// <param name="graph">The method's graph.</param>
    /// <returns>What was found; null if the method was given up for want of budget.</returns>
    public static FlowResult? Run(FlowContext context, ControlFlowGraph graph)
    {
        context.Counters.CountGraph();
        var contractOfFile = context.ContractOfFile(graph.OriginalOperation.Syntax.SyntaxTree);
        var bindings = ImmutableDictionary<SyntaxNode, ContractBinding>.Empty;
        for (var run = 0; ; run++)
        {
            var evaluator = new Evaluator(context, contractOfFile, bindings);
            var solver = new GraphSolver(evaluator, graph, caller: null, returnsToKnownCaller: false);
            var exits = solver.Run(new State());
            if (exits is not null)
            {
                exits.Normal.ForEach(Evaluator.SettleHandedOn);
                evaluator.RunUninvoked(solver);
            }

            context.Counters.CountSteps(evaluator.Steps);
            if (exits is null || evaluator.HasGivenUp)
            {
                context.Counters.CountLimit();
                return null;
            }

            // a contract that only the answer told: once more under that one
            if (evaluator.LateBindings.Count > 0 && run < MaxRuns)
            {
                bindings = bindings.SetItems(evaluator.LateBindings);
                continue;
            }

            return new FlowResult(
                evaluator.Requests.ToImmutableArray(),
                evaluator.Uses
                    .OrderBy(u => u.At.Syntax.SpanStart)
                    .ThenBy(u => u.At.Syntax.Span.End)
                    .ThenBy(u => u.Request.Operation.Syntax.SpanStart)
                    .ThenBy(u => u.Kind)
                    .ToImmutableArray(),
                exits,
                solver);
        }
    }
}
