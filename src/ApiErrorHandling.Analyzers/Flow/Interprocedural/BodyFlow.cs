using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>Runs the flow over a body for its own sake: as each of its known callers calls it.</summary>
internal static class BodyFlow
{
    /// <summary>What was found in a body, once for each way in which it is called.</summary>
    /// <param name="context">The compilation's facts.</param>
    /// <param name="owner">The symbol the body belongs to.</param>
    /// <param name="root">The outermost operation of the body.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IEnumerable<FlowResult> Run(
        FlowContext context, ISymbol owner, IOperation root, CancellationToken cancellation)
    {
        if (owner is IMethodSymbol method && context.Graphs.HasBody(HotMembers.Definition(method)))
        {
            foreach (var inputs in context.Callers.InputsOf(HotMembers.Definition(method)))
            {
                cancellation.ThrowIfCancellationRequested();
                var key = new SummaryKey(HotMembers.Definition(method), inputs);
                if (context.Summaries.Of(key, new SummarySession()).Flow is { } flow)
                {
                    yield return flow;
                }
            }
        }
        else if (MethodGraphs.Make(root, cancellation) is { } graph)
        {
            context.Counters.CountGraph();
            if (MethodFlow.Run(context, graph) is { } flow)
            {
                yield return flow;
            }
        }
    }
}
