using System;
using System.Collections.Generic;
using System.Linq;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// The base addresses that <c>AddHttpClient</c> gives to named clients and to the clients of types, as far as they are
/// constant.
/// </summary>
internal sealed class ClientRegistrations
{
    private static readonly HashSet<int> Registering = TreeIndex.HashesOf("AddHttpClient");

    private readonly FlowContext _context;
    private readonly Lazy<Dictionary<string, Value>> _addresses;

    /// <summary>Makes the registrations of a compilation; nothing is read before the first question.</summary>
    public ClientRegistrations(FlowContext context)
    {
        _context = context;
        _addresses = new Lazy<Dictionary<string, Value>>(Read);
    }

    /// <summary>The base address of a client.</summary>
    /// <param name="name">The name it is registered by, or that of the type it is given to.</param>
    /// <returns>The address; unknown if none is seen, or different ones.</returns>
    public Value BaseAddressOf(string name) => _addresses.Value.TryGetValue(name, out var address) ? address : Value.Any;

    private Dictionary<string, Value> Read()
    {
        var addresses = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var tree in _context.Compilation.SyntaxTrees.Where(t => TreeIndex.Of(t).CallsAny(Registering)))
        {
            var model = _context.Compilation.GetSemanticModel(tree);
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (NameOf(call) is { Identifier.ValueText: "AddHttpClient" } name && AddressIn(call, model) is { } address)
                {
                    foreach (var client in ClientsOf(call, name, model))
                    {
                        addresses[client] = addresses.TryGetValue(client, out var other)
                            ? Operators.Join(other, address)
                            : address;
                    }
                }
            }
        }

        return addresses;
    }

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) =>
        (call.Expression as MemberAccessExpressionSyntax)?.Name;

    private static IEnumerable<string> ClientsOf(InvocationExpressionSyntax call, SimpleNameSyntax name, SemanticModel model)
    {
        if (name is GenericNameSyntax generic)
        {
            foreach (var type in generic.TypeArgumentList.Arguments)
            {
                yield return type.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last().Identifier.ValueText;
            }
        }

        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (model.GetConstantValue(argument.Expression).Value is string text)
            {
                yield return text;
            }
        }
    }

    // `AddHttpClient("x", c => c.BaseAddress = …)`, and what is called on the builder behind it.
    private Value? AddressIn(InvocationExpressionSyntax call, SemanticModel model)
    {
        SyntaxNode chain = call;
        while (chain.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access
            && access.Expression == chain)
        {
            chain = next;
        }

        foreach (var node in chain.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax
                {
                    Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "BaseAddress" },
                    Right: var value,
                }
                && model.GetOperation(value) is { } operation)
            {
                return Evaluator.EvaluateDetached(_context, operation, memberDepth: 1);
            }
        }

        return null;
    }
}
