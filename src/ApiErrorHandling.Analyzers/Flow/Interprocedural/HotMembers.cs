using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// Which members of a compilation are worth a graph: those that send a request, and those that call one of them, two
/// rounds wide. Names come first, from the text; what a name means is asked only where it is called.
/// </summary>
internal sealed class HotMembers
{
    private const int MaxRounds = 2;

    // A round that makes more names hot than this says nothing any more; it is left out as a whole.
    private const int MaxNames = 1_500;

    private readonly Compilation _compilation;
    private readonly LibraryTable _libraries;
    private readonly MethodGraphs _graphs;
    private readonly FlowCounters _counters;
    private readonly DerivedTypes _derivedTypes;
    private readonly HashSet<int> _senders;
    private readonly Lazy<Declarations> _declarations;

    // Up to which round a member is hot, and from which on it is not; the rounds between were not asked for.
    private readonly ConcurrentDictionary<IMethodSymbol, (int Hot, int Cold)> _rounds = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(string Name, int Round), bool> _namedRounds = new();
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _implementations =
        new(SymbolEqualityComparer.Default);

    /// <summary>Makes the hot members of a compilation; nothing is read before the first question.</summary>
    public HotMembers(Compilation compilation, LibraryTable libraries, MethodGraphs graphs, FlowCounters counters)
    {
        _compilation = compilation;
        _libraries = libraries;
        _graphs = graphs;
        _counters = counters;
        _derivedTypes = new DerivedTypes(compilation);
        _senders = TreeIndex.HashesOf(libraries.RequestNames.ToArray());
        _declarations = new Lazy<Declarations>(Collect);
    }

    /// <summary>Whether nothing in the compilation sends a request.</summary>
    public bool IsEmpty => _declarations.Value.HotOrSending.Count == 0;

    /// <summary>Whether code sends a request itself or calls a hot member.</summary>
    /// <param name="code">A body.</param>
    /// <param name="model">The model of its tree.</param>
    public bool Admits(SyntaxNode code, SemanticModel model)
    {
        if (IsEmpty || !Calls(code, _declarations.Value.HotOrSending))
        {
            return false;
        }

        _counters.CountBodyWalked();
        return Leads(code, model, round: 0);
    }

    /// <summary>Whether a method sends a request, itself or through at most two others.</summary>
    public bool IsHot(IMethodSymbol method) => IsHot(Definition(method), round: 1);

    /// <summary>
    /// The methods of the compilation that a call of this method can reach: itself, or what implements or overrides it.
    /// </summary>
    public ImmutableArray<IMethodSymbol> TargetsOf(IMethodSymbol method, bool isVirtualCall)
    {
        method = Definition(method);
        return isVirtualCall && (method.IsAbstract || method.IsVirtual || method.IsOverride)
            ? _implementations.GetOrAdd(method, FindImplementations)
            : _graphs.HasBody(method) ? ImmutableArray.Create(method) : ImmutableArray<IMethodSymbol>.Empty;
    }

    /// <summary>The calls of a method in hot members, in the order of trees and positions.</summary>
    /// <param name="method">The definition of the method.</param>
    public IEnumerable<ExpressionSyntax> CallsOf(IMethodSymbol method)
    {
        var name = TreeIndex.HashOf(NameOf(method));
        if (IsEmpty || !_declarations.Value.ByCalledName.TryGetValue(name, out var declarations))
        {
            yield break;
        }

        foreach (var declaration in declarations)
        {
            var model = _compilation.GetSemanticModel(declaration.SyntaxTree);
            foreach (var call in CallsIn(declaration, hash => hash == name))
            {
                if (Called(call, model) is { } target
                    && TargetsOf(target, isVirtualCall: true).Contains(method, SymbolEqualityComparer.Default))
                {
                    yield return call;
                }
            }
        }
    }

    /// <summary>The definition of a method: not reduced, not constructed, with its body.</summary>
    public static IMethodSymbol Definition(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.PartialImplementationPart ?? method;
    }

    /// <summary>The method that is called, also where an argument does not bind and only one can be meant.</summary>
    public static IMethodSymbol? Called(ExpressionSyntax call, SemanticModel model)
    {
        var info = model.GetSymbolInfo(call);
        if (info.Symbol is IMethodSymbol method)
        {
            return method;
        }

        var candidates = Candidates(info, call);
        return candidates.Count == 1 ? candidates[0] : null;
    }

    /// <summary>The methods that a call can mean that does not bind: those that take as many arguments, if any does.</summary>
    public static IReadOnlyList<IMethodSymbol> Candidates(SymbolInfo info, ExpressionSyntax call)
    {
        var all = info.CandidateSymbols.OfType<IMethodSymbol>().ToList();
        if (all.Count < 2 || (call as InvocationExpressionSyntax)?.ArgumentList.Arguments.Count is not { } count)
        {
            return all;
        }

        var taking = all.Where(m => m.Parameters.Length == count).ToList();
        return taking.Count > 0 ? taking : all;
    }

    private static string NameOf(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.Constructor } => method.ContainingType.Name,
        { AssociatedSymbol: IPropertySymbol property } => property.Name,
        _ => method.Name,
    };

    private bool IsHot(IMethodSymbol method, int round)
    {
        if (round > MaxRounds + 1
            || method.DeclaringSyntaxReferences.IsEmpty
            || !_declarations.Value.ByName.ContainsKey(NameOf(method)))
        {
            return false;
        }

        if (_rounds.TryGetValue(method, out var known) && (round <= known.Hot || round >= known.Cold))
        {
            return round <= known.Hot;
        }

        var isHot = false;
        foreach (var target in TargetsOf(method, isVirtualCall: true))
        {
            var code = target.DeclaringSyntaxReferences[0].GetSyntax();
            isHot |= Leads(code, _compilation.GetSemanticModel(code.SyntaxTree), round);
        }

        // who leads to a request in so many steps does in more, too
        _rounds.AddOrUpdate(
            method,
            _ => isHot ? (round, int.MaxValue) : (0, round),
            (_, old) => isHot ? (Math.Max(old.Hot, round), old.Cold) : (old.Hot, Math.Min(old.Cold, round)));
        return isHot;
    }

    private bool Leads(SyntaxNode code, SemanticModel model, int round)
    {
        foreach (var call in CallsIn(code, _senders.Contains))
        {
            if (SendsRequest(call, model))
            {
                return true;
            }
        }

        foreach (var call in CallsIn(code, _declarations.Value.HotNames.Contains))
        {
            if (TreeIndex.NameOf(call) is { } name
                && IsHot(name, round + 1)
                && Means(call, model, target => IsHot(Definition(target), round + 1), _declarations.Value.Extensions.Contains(name)))
            {
                return true;
            }
        }

        return false;
    }

    // Whether anything of this name leads to a request: what does not need not be told apart.
    private bool IsHot(string name, int round)
    {
        if (round > MaxRounds + 1 || !_declarations.Value.ByName.TryGetValue(name, out var declarations))
        {
            return false;
        }

        if (_namedRounds.TryGetValue((name, round), out var isHot))
        {
            return isHot;
        }

        foreach (var declaration in declarations)
        {
            isHot |= Leads(declaration, _compilation.GetSemanticModel(declaration.SyntaxTree), round);
            if (isHot)
            {
                break;
            }
        }

        _namedRounds.TryAdd((name, round), isHot);
        return isHot;
    }

    private bool SendsRequest(ExpressionSyntax call, SemanticModel model) =>
        Means(call, model, IsRequest, mayBeExtension: false);

    private bool IsRequest(IMethodSymbol method) =>
        _libraries.Find(method.ReducedFrom is { } full ? Construct(full, method) : method) is Meaning.SendRequest;

    // The body around the call is bound only where the types of its receiver leave the answer open.
    private static bool Means(
        ExpressionSyntax call, SemanticModel model, Func<IMethodSymbol, bool> isSuch, bool mayBeExtension)
    {
        var targets = CallTargets.Find(call, model, mayBeExtension);
        if (!targets.IsDefault)
        {
            var such = targets.Count(isSuch);
            if (such == 0 || such == targets.Length)
            {
                return such > 0;
            }
        }

        return Called(call, model) is { } called && isSuch(called);
    }

    private static IMethodSymbol Construct(IMethodSymbol full, IMethodSymbol reduced) =>
        reduced.TypeArguments.Length == full.TypeParameters.Length && full.TypeParameters.Length > 0
            ? full.Construct(reduced.TypeArguments.ToArray())
            : full;

    private static IEnumerable<ExpressionSyntax> CallsIn(SyntaxNode code, Func<int, bool> isWanted)
    {
        var index = TreeIndex.Of(code.SyntaxTree);
        var (from, to) = index.Within(code.Span);
        for (var i = from; i < to; i++)
        {
            if (isWanted(index.Hash(i))
                && TreeIndex.CallAt(code, index.Position(i)) is { } call)
            {
                yield return call;
            }
        }
    }

    private static bool Calls(SyntaxNode code, HashSet<int> names)
    {
        var index = TreeIndex.Of(code.SyntaxTree);
        var (from, to) = index.Within(code.Span);
        for (var i = from; i < to; i++)
        {
            if (names.Contains(index.Hash(i)))
            {
                return true;
            }
        }

        return false;
    }

    private ImmutableArray<IMethodSymbol> FindImplementations(IMethodSymbol method)
    {
        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        if (_graphs.HasBody(method))
        {
            found.Add(method);
        }

        // an override that sends nothing can still be the one that checks
        foreach (var type in _derivedTypes.Of(method.ContainingType))
        {
            foreach (var candidate in ReplacementsIn(type, method))
            {
                if (_graphs.HasBody(candidate) && !found.Contains(candidate, SymbolEqualityComparer.Default))
                {
                    found.Add(candidate);
                }
            }
        }

        // a hook is there to be filled
        if (found.Count > 1 && BodyFacts.IsEmptyHook(method))
        {
            found.Remove(method);
        }

        // the order of the trees must not matter
        return found
            .OrderBy(m => m.DeclaringSyntaxReferences[0].SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(m => m.DeclaringSyntaxReferences[0].Span.Start)
            .ToImmutableArray();
    }

    // What a derived type puts in place of a method.
    private static IEnumerable<IMethodSymbol> ReplacementsIn(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            return type.AllInterfaces
                .Where(contract => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, method.ContainingType))
                .SelectMany(contract => contract.GetMembers(method.Name))
                .Where(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method))
                .Select(type.FindImplementationForInterfaceMember)
                .OfType<IMethodSymbol>()
                .Select(Definition);
        }

        return type.GetMembers(method.Name).OfType<IMethodSymbol>().Where(m => Overrides(m, method)).Select(Definition);
    }

    private static bool Overrides(IMethodSymbol candidate, IMethodSymbol method)
    {
        for (var overridden = candidate.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method))
            {
                return true;
            }
        }

        return false;
    }

    // Names alone nearly always say enough, and what they mean is asked when a body is at hand that the compiler has bound
    // already. Where they say too much, each request is verified first.
    private Declarations Collect() => Collect(_ => true) ?? Collect(call =>
        SendsRequest(call, _compilation.GetSemanticModel(call.SyntaxTree)), isLast: true)!;

    private Declarations? Collect(Func<ExpressionSyntax, bool> sends, bool isLast = false)
    {
        var declarations = new Declarations();
        var found = new List<(string Name, SyntaxNode Node)>();
        foreach (var tree in _compilation.SyntaxTrees)
        {
            Find(tree, _senders, found, sends);
        }

        for (var round = 0; found.Count > 0; round++)
        {
            var names = new HashSet<int>(found.Where(f => f.Name.Length > 0).Select(f => TreeIndex.HashOf(f.Name)));
            names.ExceptWith(declarations.HotNames);
            if (round > 0 && names.Count + declarations.HotNames.Count > MaxNames)
            {
                if (!isLast)
                {
                    return null;
                }

                _counters.CountLimit();
                break;
            }

            foreach (var (name, node) in found)
            {
                declarations.Add(name, node);
            }

            declarations.HotNames.UnionWith(names);
            found = [];
            if (round == MaxRounds)
            {
                break;
            }

            foreach (var tree in _compilation.SyntaxTrees)
            {
                Find(tree, names, found, _ => true);
            }
        }

        if (declarations.ByName.Count > 0)
        {
            declarations.HotOrSending.UnionWith(declarations.HotNames);
            declarations.HotOrSending.UnionWith(_senders);
        }

        return declarations;
    }

    // The declarations around the calls of the wanted names.
    private static void Find(
        SyntaxTree tree,
        HashSet<int> wanted,
        List<(string Name, SyntaxNode Node)> found,
        Func<ExpressionSyntax, bool> isWanted)
    {
        var index = TreeIndex.Of(tree);
        SyntaxNode? root = null;
        TextSpan? last = null;
        for (var i = 0; i < index.Count; i++)
        {
            if (wanted.Contains(index.Hash(i))
                && last?.Contains(index.Position(i)) != true
                && TreeIndex.CallAt(root ??= tree.GetRoot(), index.Position(i)) is { } call
                && isWanted(call)
                && Declaration(call) is var (name, node))
            {
                last = node.Span;
                found.Add((name, node));
            }
        }
    }

    private static (string Name, SyntaxNode Node)? Declaration(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case MethodDeclarationSyntax method:
                    return (method.Identifier.ValueText, method);
                case ConstructorDeclarationSyntax constructor:
                    return (constructor.Identifier.ValueText, constructor);
                case PropertyDeclarationSyntax property:
                    return (property.Identifier.ValueText, property);
                case BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax
                    or GlobalStatementSyntax:
                    return (string.Empty, current);
            }
        }

        return null;
    }

    /// <summary>The declarations around requests and hot calls.</summary>
    private sealed class Declarations
    {
        private readonly HashSet<SyntaxNode> _known = [];

        /// <summary>Hashes of the names of all declarations.</summary>
        public HashSet<int> HotNames { get; } = [];

        /// <summary>These, and the hashes of the names that send requests.</summary>
        public HashSet<int> HotOrSending { get; } = [];

        /// <summary>The names of those that are extension methods.</summary>
        public HashSet<string> Extensions { get; } = new(StringComparer.Ordinal);

        /// <summary>Declarations by their own names.</summary>
        public Dictionary<string, List<SyntaxNode>> ByName { get; } = new(StringComparer.Ordinal);

        /// <summary>Declarations by the hashes of the names that they call.</summary>
        public Dictionary<int, List<SyntaxNode>> ByCalledName { get; } = [];

        public void Add(string name, SyntaxNode node)
        {
            if (!_known.Add(node))
            {
                return;
            }

            List(ByName, name).Add(node);
            if (node is MethodDeclarationSyntax method
                && (method.Parent is not (ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax
                        or InterfaceDeclarationSyntax)
                    || method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true))
            {
                Extensions.Add(name);
            }

            var index = TreeIndex.Of(node.SyntaxTree);
            var (from, to) = index.Within(node.Span);
            for (var i = from; i < to; i++)
            {
                var callers = List(ByCalledName, index.Hash(i));
                if (callers.Count == 0 || callers[callers.Count - 1] != node)
                {
                    callers.Add(node);
                }
            }
        }

        private static List<SyntaxNode> List<TKey>(Dictionary<TKey, List<SyntaxNode>> lists, TKey key)
            where TKey : notnull
        {
            if (!lists.TryGetValue(key, out var list))
            {
                lists.Add(key, list = []);
            }

            return list;
        }
    }
}
