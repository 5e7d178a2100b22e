using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>What a method does to the members of its object, and whether it waits, without running the flow over it.</summary>
/// <param name="Reads">The fields and properties that it, or what it calls, reads.</param>
/// <param name="Writes">Those that it assigns, or assigns something in.</param>
/// <param name="Waits">Whether it lets time pass somewhere.</param>
/// <param name="Asks">Whether it asks a person somewhere.</param>
internal sealed record MethodEffects(ImmutableHashSet<ISymbol> Reads, ImmutableHashSet<ISymbol> Writes, bool Waits, bool Asks)
{
    private static readonly ImmutableHashSet<ISymbol> NoSymbols =
        ImmutableHashSet<ISymbol>.Empty.WithComparer(SymbolEqualityComparer.Default);

    /// <summary>Nothing.</summary>
    public static MethodEffects None { get; } = new(NoSymbols, NoSymbols, Waits: false, Asks: false);
}

/// <summary>The effects of the methods of a compilation, read when they are asked for.</summary>
internal sealed class EffectsOfMethods(FlowContext context)
{
    private const int MaxDepth = 2;

    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Depth), MethodEffects> _known = new(ByMethod.Instance);

    /// <summary>What a method does, or any that may be called in its place.</summary>
    /// <param name="method">The method as it is called.</param>
    /// <param name="isVirtual">Whether an override may be what is called.</param>
    public MethodEffects Of(IMethodSymbol method, bool isVirtual = true) => Of(method, isVirtual, MaxDepth);

    private MethodEffects Of(IMethodSymbol method, bool isVirtual, int depth)
    {
        if (depth < 0 || (method.DeclaringSyntaxReferences.IsEmpty && !method.IsAbstract))
        {
            return MethodEffects.None;
        }

        var all = MethodEffects.None;
        foreach (var target in context.Hot.TargetsOf(method, isVirtual).Take(3))
        {
            all = Unite(all, _known.GetOrAdd((target, depth), key => Read(key.Method, key.Depth)));
        }

        return all;
    }

    private MethodEffects Read(IMethodSymbol method, int depth)
    {
        var syntax = method.DeclaringSyntaxReferences[0].GetSyntax();
        return context.Compilation.ContainsSyntaxTree(syntax.SyntaxTree)
            && context.Compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax) is { } body
                ? Read(body, depth)
                : MethodEffects.None;
    }

    private MethodEffects Read(IOperation body, int depth)
    {
        var reads = MethodEffects.None.Reads.ToBuilder();
        var writes = MethodEffects.None.Writes.ToBuilder();
        var (waits, asks) = (false, false);
        var called = MethodEffects.None;
        foreach (var operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } reference:
                    reads.Add(reference.Member.OriginalDefinition);
                    if (reference is IPropertyReferenceOperation { Property.GetMethod: { DeclaringSyntaxReferences.IsEmpty: false } getter })
                    {
                        called = Unite(called, Of(getter, isVirtual: false, depth - 1));
                    }

                    break;
                case IAssignmentOperation assignment:
                    AddMembers(assignment.Target, writes);
                    break;
                case IIncrementOrDecrementOperation increment:
                    AddMembers(increment.Target, writes);
                    break;
                case IInvocationOperation invocation:
                    waits |= IsWait(invocation.TargetMethod)
                        || (invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke
                            && RequestParts.Place(invocation.Instance) is { } place && IsWait(place, invocation.TargetMethod, depth - 1));
                    asks |= WaitsLibrary.IsQuestion(invocation.TargetMethod);
                    if (AddsCookies(invocation))
                    {
                        AddMembers(invocation.Instance, writes);
                    }

                    called = Unite(called, Of(invocation.TargetMethod, invocation.IsVirtual, depth - 1));
                    break;
            }
        }

        return Unite(called, new MethodEffects(reads.ToImmutable(), writes.ToImmutable(), waits, asks));
    }

    /// <summary>Whether a call puts something in a jar of cookies, so that the requests that follow are other ones.</summary>
    public static bool AddsCookies(IInvocationOperation call) =>
        IsCookies(call.TargetMethod.ContainingType) && call.TargetMethod.Name is "Add" or "SetCookies";

    /// <summary>Whether a type is that of a jar of cookies.</summary>
    public static bool IsCookies(ITypeSymbol? type) => type?.Name is "CookieContainer" or "CookieCollection";

    /// <summary>Whether a call of a method, seen or not, lets time pass.</summary>
    public bool IsWait(IMethodSymbol method) => context.Libraries.Find(method) switch
    {
        Meaning.Wait => true,
        null => method.DeclaringSyntaxReferences.IsEmpty && WaitsLibrary.IsWait(method),
        _ => false,
    };

    /// <summary>
    /// Whether the function that is kept somewhere lets time pass: what is kept in a member is seen where the member is set,
    /// of anything else the name has to say it.
    /// </summary>
    /// <param name="place">The local, parameter or member.</param>
    /// <param name="invoke">The method by which it is called.</param>
    public bool IsWait(ISymbol place, IMethodSymbol invoke) => IsWait(place, invoke, MaxDepth);

    private bool IsWait(ISymbol place, IMethodSymbol invoke, int depth)
    {
        if (depth < 0)
        {
            return false;
        }

        var functions = place is IFieldSymbol or IPropertySymbol ? context.Members.AssignedTo(place) : [];
        return functions.Count > 0 && functions.All(f => f is AnonymousFunctionExpressionSyntax)
            ? functions.Any(f => context.Compilation.GetSemanticModel(f.SyntaxTree).GetOperation(f)?.DescendantsAndSelf()
                .OfType<IInvocationOperation>().Any(LetsTimePass) == true)
            : WaitsLibrary.IsNamedWait(place.Name);

        // nobody waits for a task that is made where none is given back
        bool LetsTimePass(IInvocationOperation call) => context.Libraries.Find(call.TargetMethod) is Meaning.Wait wait
            ? !wait.IsAsync || !invoke.ReturnsVoid || call.Syntax.Parent is MemberAccessExpressionSyntax
            : Of(call.TargetMethod, call.IsVirtual, depth).Waits;
    }

    // `a.b.c = x` changes what `a` is, `b` and `c`.
    private static void AddMembers(IOperation? target, ImmutableHashSet<ISymbol>.Builder members)
    {
        for (; target is IMemberReferenceOperation reference; target = reference.Instance)
        {
            members.Add(reference.Member.OriginalDefinition);
        }
    }

    private static MethodEffects Unite(MethodEffects x, MethodEffects y) => ReferenceEquals(x, MethodEffects.None)
        ? y
        : ReferenceEquals(y, MethodEffects.None) ? x : new(x.Reads.Union(y.Reads), x.Writes.Union(y.Writes), x.Waits || y.Waits, x.Asks || y.Asks);

    private sealed class ByMethod : IEqualityComparer<(IMethodSymbol Method, int Depth)>
    {
        public static ByMethod Instance { get; } = new();

        public bool Equals((IMethodSymbol Method, int Depth) x, (IMethodSymbol Method, int Depth) y) =>
            x.Depth == y.Depth && SymbolEqualityComparer.Default.Equals(x.Method, y.Method);

        public int GetHashCode((IMethodSymbol Method, int Depth) obj) => SymbolEqualityComparer.Default.GetHashCode(obj.Method);
    }
}
