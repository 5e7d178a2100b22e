using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>The types of a compilation by those that they derive from or implement, read once and only if asked.</summary>
internal sealed class DerivedTypes
{
    private readonly Lazy<Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>> _derived;

    /// <summary>Makes the derived types of a compilation.</summary>
    public DerivedTypes(Compilation compilation) =>
        _derived = new Lazy<Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>>(() => Collect(compilation));

    /// <summary>The types with source that derive from a class or implement an interface, directly or not.</summary>
    /// <param name="type">The definition of the type.</param>
    public IReadOnlyList<INamedTypeSymbol> Of(INamedTypeSymbol type) =>
        _derived.Value.TryGetValue(type, out var derived) ? derived : [];

    private static Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> Collect(Compilation compilation)
    {
        var derived = new Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
        var left = new Stack<INamespaceOrTypeSymbol>();
        left.Push(compilation.Assembly.GlobalNamespace);
        while (left.Count > 0)
        {
            var symbol = left.Pop();
            if (symbol is INamespaceSymbol space)
            {
                foreach (var member in space.GetMembers())
                {
                    left.Push(member);
                }

                continue;
            }

            var type = (INamedTypeSymbol)symbol;
            foreach (var nested in type.GetTypeMembers())
            {
                left.Push(nested);
            }

            for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
            {
                Add(derived, parent, type);
            }

            foreach (var contract in type.AllInterfaces)
            {
                Add(derived, contract, type);
            }
        }

        return derived;
    }

    private static void Add(
        Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> derived, INamedTypeSymbol parent, INamedTypeSymbol type)
    {
        parent = parent.OriginalDefinition;
        if (!derived.TryGetValue(parent, out var types))
        {
            derived.Add(parent, types = []);
        }

        // one interface with different arguments is one definition
        if (types.Count == 0 || !SymbolEqualityComparer.Default.Equals(types[types.Count - 1], type))
        {
            types.Add(type);
        }
    }
}
