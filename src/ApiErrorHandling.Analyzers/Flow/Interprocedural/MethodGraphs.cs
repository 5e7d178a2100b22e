using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>The control-flow graphs of methods, each made once for a compilation.</summary>
internal sealed class MethodGraphs
{
    private readonly Compilation _compilation;
    private readonly FlowCounters _counters;
    private readonly ConcurrentDictionary<IMethodSymbol, ControlFlowGraph?> _graphs = new(SymbolEqualityComparer.Default);

    /// <summary>Makes the graphs of a compilation; none is made before it is asked for.</summary>
    public MethodGraphs(Compilation compilation, FlowCounters counters)
    {
        _compilation = compilation;
        _counters = counters;
    }

    /// <summary>Whether the body of a method is in this compilation, so that a graph can be made of it.</summary>
    public bool HasBody(IMethodSymbol method) =>
        method is { IsAbstract: false, IsExtern: false, DeclaringSyntaxReferences.Length: 1 }
        && method.DeclaringSyntaxReferences[0].SyntaxTree is var tree
        && _compilation.ContainsSyntaxTree(tree);

    /// <summary>The graph of a method; null if it has no body here.</summary>
    /// <param name="method">The definition of the method.</param>
    public ControlFlowGraph? Of(IMethodSymbol method)
    {
        if (_graphs.TryGetValue(method, out var known))
        {
            return known;
        }

        var graph = HasBody(method) ? Make(method.DeclaringSyntaxReferences[0].GetSyntax()) : null;
        if (_graphs.TryAdd(method, graph) && graph is not null)
        {
            _counters.CountGraph();
        }

        return graph;
    }

    /// <summary>Whether the body of a method runs only when what it returns is enumerated.</summary>
    public static bool IsIterator(IMethodSymbol method) =>
        method.ReturnType.Name is "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator"
        && method.DeclaringSyntaxReferences.Length == 1
        && method.DeclaringSyntaxReferences[0].GetSyntax().DescendantNodes().Any(n => n is YieldStatementSyntax);

    /// <summary>Makes the graph of the outermost operation of a body; null for what has none.</summary>
    public static ControlFlowGraph? Make(IOperation root, CancellationToken cancellation) => root switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellation),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellation),
        IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancellation),
        IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellation),
        IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellation),
        _ => null,
    };

    private ControlFlowGraph? Make(SyntaxNode declaration)
    {
        var model = _compilation.GetSemanticModel(declaration.SyntaxTree);
        var operation = model.GetOperation(declaration);
        if (operation is null && declaration is ArrowExpressionClauseSyntax { Expression: var expression })
        {
            operation = model.GetOperation(expression);
        }

        while (operation is { Parent: { } parent })
        {
            operation = parent;
        }

        return operation is null ? null : Make(operation, CancellationToken.None);
    }
}
