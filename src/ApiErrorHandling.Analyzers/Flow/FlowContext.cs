using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>What the flow knows of one compilation: its libraries, contracts and well-known types.</summary>
internal sealed class FlowContext
{
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _neverReturns = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<Value.Exception>> _thrown = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(int, ErrorContract, OutcomeSet), RequestSite> _inputs = new();
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _isCollection = new(SymbolEqualityComparer.Default);
    private readonly Lazy<bool> _hasKnownAddresses;

    /// <summary>Makes a context.</summary>
    public FlowContext(
        Compilation compilation,
        LibraryTable libraries,
        ContractCatalog contracts,
        Func<SyntaxTree, ErrorContract?> contractOfFile)
    {
        Compilation = compilation;
        Libraries = libraries;
        Contracts = contracts;
        ContractOfFile = contractOfFile;
        _hasKnownAddresses = new Lazy<bool>(FindKnownAddresses);
        var exception = compilation.GetTypeByMetadataName("System.Exception")
            ?? (ITypeSymbol)compilation.ObjectType;
        ExceptionType = exception;
        RequestFailure = Type("System.Net.Http.HttpRequestException");
        TimeOut = Type("System.Threading.Tasks.TaskCanceledException");
        Aggregate = Type("System.AggregateException");
        JsonFailure = Type("System.Text.Json.JsonException");
        NewtonsoftFailure = Type("Newtonsoft.Json.JsonReaderException");
        MissingMember = Type("System.Collections.Generic.KeyNotFoundException");
        NullReference = Type("System.NullReferenceException");
        Counters = FlowCounters.Of(compilation);
        Members = new MemberFacts(this);
        Handlers = new HandlerFacts(compilation);
        Registrations = new ClientRegistrations(this);
        Graphs = new MethodGraphs(compilation, Counters);
        Hot = new HotMembers(compilation, libraries, Graphs, Counters);
        Summaries = new Summaries(this);
        Callers = new KnownCallers(this);
        Effects = new EffectsOfMethods(this);

        ITypeSymbol Type(string name) => compilation.GetTypeByMetadataName(name) ?? exception;
    }

    /// <summary>The compilation.</summary>
    public Compilation Compilation { get; }

    /// <summary>The meanings of known members.</summary>
    public LibraryTable Libraries { get; }

    /// <summary>The contracts.</summary>
    public ContractCatalog Contracts { get; }

    /// <summary>The contract that options give to a file, or null.</summary>
    public Func<SyntaxTree, ErrorContract?> ContractOfFile { get; }

    /// <summary>What fields and properties hold.</summary>
    public MemberFacts Members { get; }

    /// <summary>Which clients have a message handler that may throw.</summary>
    public HandlerFacts Handlers { get; }

    /// <summary>The base addresses that clients are registered with.</summary>
    public ClientRegistrations Registrations { get; }

    /// <summary>The graphs of methods.</summary>
    public MethodGraphs Graphs { get; }

    /// <summary>The members that requests are sent through.</summary>
    public HotMembers Hot { get; }

    /// <summary>What methods do for those that call them.</summary>
    public Summaries Summaries { get; }

    /// <summary>What methods do to the members of their objects.</summary>
    public EffectsOfMethods Effects { get; }

    /// <summary>With what methods are called.</summary>
    public KnownCallers Callers { get; }

    /// <summary>Counts of work done.</summary>
    public FlowCounters Counters { get; }

    /// <summary>Sees the state at each call, whenever one is evaluated; for tests.</summary>
    public Action<IInvocationOperation, State>? CallObserver { get; init; }

    /// <summary>Sees each condition with the states in which control goes either way; for tests.</summary>
    public Action<IOperation, State, State>? BranchObserver { get; init; }

    /// <summary>Sees each use of data with what is known of its request there; for tests.</summary>
    public Action<IOperation, RequestSite, RequestState>? UseObserver { get; init; }

    /// <summary>System.Exception.</summary>
    public ITypeSymbol ExceptionType { get; }

    /// <summary>What a request without an answer, or with a failing status, throws.</summary>
    public ITypeSymbol RequestFailure { get; }

    /// <summary>What a time-out throws.</summary>
    public ITypeSymbol TimeOut { get; }

    /// <summary>What blocking on a task throws.</summary>
    public ITypeSymbol Aggregate { get; }

    /// <summary>What System.Text.Json throws for text that is not JSON.</summary>
    public ITypeSymbol JsonFailure { get; }

    /// <summary>What Newtonsoft.Json throws for text that is not JSON.</summary>
    public ITypeSymbol NewtonsoftFailure { get; }

    /// <summary>What a look-up of a missing member throws.</summary>
    public ITypeSymbol MissingMember { get; }

    /// <summary>What member access on null throws.</summary>
    public ITypeSymbol NullReference { get; }

    /// <summary>Whether the code can build an address that belongs to a contract: else no address need be followed.</summary>
    public bool HasKnownAddresses => _hasKnownAddresses.Value;

    /// <summary>The contract whose answers have the members of a type; null if none has.</summary>
    public ContractBinding? BindingOfAnswer(ITypeSymbol type) => JsonTargets.FlavourOf(type) == JsonFlavour.Typed
        ? Contracts.MatchAnswer(JsonNames.BindableMembers(type).Select(m => JsonNames.Written(m) ?? m.Name).ToList())
        : null;

    /// <summary>The request that stands for one that comes into a method with arguments.</summary>
    /// <param name="index">Its number among these, from 0.</param>
    /// <param name="contract">Its contract.</param>
    /// <param name="possible">The outcomes it can have.</param>
    public RequestSite Input(int index, ErrorContract contract, OutcomeSet possible) => _inputs.GetOrAdd(
        (index, contract, possible), static key => RequestSite.Input(key.Item1, key.Item2, key.Item3));

    /// <summary>Whether a type is a collection of items that can be added.</summary>
    public bool IsCollection(ITypeSymbol type) => _isCollection.GetOrAdd(type.OriginalDefinition, static definition =>
        definition.AllInterfaces.Any(i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_ICollection_T));

    private bool FindKnownAddresses()
    {
        var mentions = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        return Contracts.CanMatchAddress(word =>
        {
            if (!mentions.TryGetValue(word, out var isMentioned))
            {
                isMentioned = Compilation.SyntaxTrees.Any(tree =>
                    tree.GetText().ToString().IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
                mentions.Add(word, isMentioned);
            }

            return isMentioned;
        });
    }

    /// <summary>Whether a method of the compilation throws or ends the program on every path.</summary>
    public bool NeverReturns(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "DoesNotReturnAttribute")
            {
                return true;
            }
        }

        return method.DeclaringSyntaxReferences.Length == 1
            && _neverReturns.GetOrAdd(method.OriginalDefinition, m => BodyFacts.NeverReturns(m, Compilation));
    }

    /// <summary>What a method that never returns throws instead, as far as it is seen.</summary>
    public ImmutableArray<Value.Exception> ThrownBy(IMethodSymbol method) => method.DeclaringSyntaxReferences.Length != 1
        ? ImmutableArray<Value.Exception>.Empty
        : _thrown.GetOrAdd(method.OriginalDefinition, m => BodyFacts.ThrownBy(m, Compilation)
            .Select(t => new Value.Exception(t.Type, t.IsExact, null, CarriesStatus: false, null))
            .ToImmutableArray());
}

/// <summary>Counts of the work done in a compilation, for tests and benchmarks.</summary>
internal sealed class FlowCounters
{
    // The driver analyses copies of a compilation; its trees are the same in all of them.
    private static readonly ConditionalWeakTable<object, FlowCounters> ByFirstTree = new();

    private int _textScans;
    private int _bodiesWalked;
    private int _graphs;
    private int _summaries;
    private int _limits;
    private int _steps;

    /// <summary>Trees whose text was searched.</summary>
    public int TextScans => _textScans;

    /// <summary>Bodies whose calls were looked up.</summary>
    public int BodiesWalked => _bodiesWalked;

    /// <summary>Graphs that were made.</summary>
    public int Graphs => _graphs;

    /// <summary>Methods that were run, once for each way of calling them.</summary>
    public int Summaries => _summaries;

    /// <summary>Methods given up for want of budget, and calls not followed for it.</summary>
    public int LimitsHit => _limits;

    /// <summary>Blocks that were evaluated, once for each partition and visit.</summary>
    public int Steps => _steps;

    /// <summary>The counts of a compilation.</summary>
    public static FlowCounters Of(Compilation compilation) =>
        ByFirstTree.GetOrCreateValue((object?)compilation.SyntaxTrees.FirstOrDefault() ?? compilation);

    /// <summary>Counts a tree.</summary>
    public void CountTextScan() => Interlocked.Increment(ref _textScans);

    /// <summary>Counts a body.</summary>
    public void CountBodyWalked() => Interlocked.Increment(ref _bodiesWalked);

    /// <summary>Counts a graph.</summary>
    public void CountGraph() => Interlocked.Increment(ref _graphs);

    /// <summary>Counts a method run.</summary>
    public void CountSummary() => Interlocked.Increment(ref _summaries);

    /// <summary>Counts a method given up.</summary>
    public void CountLimit() => Interlocked.Increment(ref _limits);

    /// <summary>Counts the steps of a run.</summary>
    public void CountSteps(int steps) => Interlocked.Add(ref _steps, steps);
}
