using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// What a method is called with, as far as its summary depends on it: addresses reduced to what their contract depends
/// on, flags, and the requests that come in with responses, bodies and statuses. Compares by content.
/// </summary>
internal sealed class MethodInputs : IEquatable<MethodInputs>
{
    /// <summary>Nothing is known of the caller.</summary>
    public static MethodInputs None { get; } = new();

    /// <summary>The arguments by the ordinal of their parameter; those beyond the end are unknown.</summary>
    public ImmutableArray<Value> Arguments { get; init; } = ImmutableArray<Value>.Empty;

    /// <summary>The instance; unknown for the caller's own and for static methods.</summary>
    public Value Instance { get; init; } = Value.Any;

    /// <summary>What fields and properties of the instance hold that derives from requests, by name.</summary>
    public ImmutableArray<(ISymbol Member, Value Value)> Members { get; init; } =
        ImmutableArray<(ISymbol, Value)>.Empty;

    /// <summary>
    /// What the type parameters of the method are that are bound to types of the compilation, by ordinal; null for others.
    /// </summary>
    public ImmutableArray<ITypeSymbol?> Types { get; init; } = ImmutableArray<ITypeSymbol?>.Empty;

    /// <summary>The requests that come in.</summary>
    public ImmutableArray<RequestSite> Requests { get; init; } = ImmutableArray<RequestSite>.Empty;

    /// <summary>The contract that an option gives to the file of the caller.</summary>
    public ErrorContract? ContractOfFile { get; init; }

    /// <summary>The contract of requests whose address says nothing, told by what the caller makes of the answer.</summary>
    public ContractBinding? Binding { get; init; }

    /// <summary>
    /// The types that a summary depends on: those of type parameters with a constraint by which the method can look at an
    /// answer.
    /// </summary>
    /// <param name="called">The method as it is called.</param>
    public static ImmutableArray<ITypeSymbol?> TypesOf(IMethodSymbol called)
    {
        var parameters = called.OriginalDefinition.TypeParameters;
        return parameters.Any(IsBound) && parameters.Length == called.TypeArguments.Length
            ? parameters
                .Select((p, i) => IsBound(p) && called.TypeArguments[i] is not ITypeParameterSymbol ? called.TypeArguments[i] : null)
                .ToImmutableArray()
            : ImmutableArray<ITypeSymbol?>.Empty;

        static bool IsBound(ITypeParameterSymbol parameter) =>
            parameter.ConstraintTypes.Any(c => !c.DeclaringSyntaxReferences.IsEmpty);
    }

    /// <summary>Whether an argument is a known number.</summary>
    public bool HasNumbers => Arguments.Any(IsNumber);

    /// <summary>The same with unknown numbers.</summary>
    public MethodInputs WithoutNumbers() => new()
    {
        Arguments = Trim(Arguments.Select(a => IsNumber(a) ? Value.Any : a)),
        Instance = Instance,
        Members = Members,
        Types = Types,
        Requests = Requests,
        ContractOfFile = ContractOfFile,
        Binding = Binding,
    };

    /// <summary>Arguments without the unknown ones at the end.</summary>
    public static ImmutableArray<Value> Trim(IEnumerable<Value> arguments)
    {
        var trimmed = arguments.ToImmutableArray();
        var count = trimmed.Length;
        while (count > 0 && trimmed[count - 1].Equals(Value.Any))
        {
            count--;
        }

        return trimmed.RemoveRange(count, trimmed.Length - count);
    }

    /// <summary>The state at the entry of a method.</summary>
    public State Entry(IMethodSymbol? method)
    {
        var state = new State();
        foreach (var request in Requests)
        {
            state.Send(request);
        }

        if (method is null)
        {
            return state;
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter.Ordinal < Arguments.Length)
            {
                state[parameter] = Arguments[parameter.Ordinal];
            }
        }

        state[State.Self] = Instance;
        foreach (var (member, value) in Members)
        {
            state[member] = value;
        }

        return state;
    }

    private static bool IsNumber(Value argument) => argument is Value.Constant { Content: long };

    /// <inheritdoc/>
    public bool Equals(MethodInputs? other) => other is not null
        && Instance.Equals(other.Instance)
        && Arguments.SequenceEqual(other.Arguments)
        && Members.Length == other.Members.Length
        && Members.Zip(other.Members, (x, y) =>
            SymbolEqualityComparer.Default.Equals(x.Member, y.Member) && x.Value.Equals(y.Value)).All(same => same)
        && Requests.SequenceEqual(other.Requests)
        && Enumerable.SequenceEqual<ISymbol?>(Types, other.Types, SymbolEqualityComparer.Default)
        && ReferenceEquals(ContractOfFile, other.ContractOfFile)
        && Nullable.Equals(Binding, other.Binding);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MethodInputs);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Instance.GetHashCode() + Requests.Length;
        foreach (var argument in Arguments)
        {
            hash = unchecked((hash * 31) + argument.GetHashCode());
        }

        return hash;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Arguments)
        + string.Concat(Types.Select(t => " <" + t?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ">")) + (Binding is { } b ? " as " + b.Contract : string.Empty);
}

/// <summary>Which summary of which method: equal keys have equal summaries.</summary>
/// <param name="Method">The definition of the method.</param>
/// <param name="Inputs">What it is called with.</param>
internal readonly record struct SummaryKey(IMethodSymbol Method, MethodInputs Inputs)
{
    /// <inheritdoc/>
    public bool Equals(SummaryKey other) =>
        SymbolEqualityComparer.Default.Equals(Method, other.Method) && Inputs.Equals(other.Inputs);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        unchecked((SymbolEqualityComparer.Default.GetHashCode(Method) * 31) + Inputs.GetHashCode());
}
