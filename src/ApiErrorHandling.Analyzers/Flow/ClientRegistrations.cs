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
    private readonly Lazy<ILookup<string, IOperation>> _addresses;

    /// <summary>Makes the registrations of a compilation; nothing is read before the first question.</summary>
    public ClientRegistrations(FlowContext context)
    {
        _context = context;
        _addresses = new Lazy<ILookup<string, IOperation>>(() => Read().ToLookup(r => r.Client, r => r.Address));
    }

    /// <summary>The base address of a client.</summary>
    /// <param name="name">The name it is registered by, or that of the type it is given to.</param>
    /// <param name="depth">How many members were asked in turn to get here; bounds cycles.</param>
    /// <returns>The address; unknown if none is seen, or different ones.</returns>
    public Value BaseAddressOf(string name, int depth)
    {
        if (depth > MemberFacts.MaxDepth)
        {
            return Value.Any;
        }

        Value? address = null;
        foreach (var operation in _addresses.Value[name])
        {
            var next = Evaluator.EvaluateDetached(_context, operation, depth + 1);
            address = address is null ? next : Operators.Join(address, next);
        }

        return address ?? Value.Any;
    }

    /// <summary>The name of a type as it is written, without what it is nested in; null for an array and the like.</summary>
    internal static string? NameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        _ => null,
    };

    private IEnumerable<(string Client, IOperation Address)> Read()
    {
        foreach (var tree in _context.Compilation.SyntaxTrees.Where(t => TreeIndex.Of(t).CallsAny(Registering)))
        {
            var model = _context.Compilation.GetSemanticModel(tree);
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (NameOf(call) is { Identifier.ValueText: "AddHttpClient" } name && AddressIn(call, model) is { } address)
                {
                    foreach (var client in ClientsOf(call, name, model))
                    {
                        yield return (client, address);
                    }
                }
            }
        }
    }

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) =>
        (call.Expression as MemberAccessExpressionSyntax)?.Name;

    private static IEnumerable<string> ClientsOf(InvocationExpressionSyntax call, SimpleNameSyntax name, SemanticModel model)
    {
        if (name is GenericNameSyntax generic)
        {
            foreach (var type in generic.TypeArgumentList.Arguments)
            {
                if (NameOf(type) is { } client)
                {
                    yield return client;
                }
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
    private static IOperation? AddressIn(InvocationExpressionSyntax call, SemanticModel model)
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
                return operation;
            }
        }

        return null;
    }
}
