using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// With what methods are called in this compilation, read off the calls without running the flow: a fault inside a method
/// is judged by its callers.
/// </summary>
internal sealed class KnownCallers
{
    private const int MaxDepth = 2;

    // Contracts, flags and their combinations; real helpers have one to three.
    private const int MaxInputs = 12;

    private static readonly ImmutableArray<MethodInputs> Nobody = ImmutableArray.Create(MethodInputs.None);

    private readonly FlowContext _context;
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _readTelltale = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<MethodInputs>>[] _inputs = Enumerable
        .Range(0, MaxDepth + 1)
        .Select(_ => new ConcurrentDictionary<IMethodSymbol, ImmutableArray<MethodInputs>>(SymbolEqualityComparer.Default))
        .ToArray();

    /// <summary>Makes the known callers of a compilation; none is looked for before the first question.</summary>
    public KnownCallers(FlowContext context) => _context = context;

    /// <summary>The different inputs with which a method is called; nothing known if no caller is.</summary>
    /// <param name="method">The definition of the method.</param>
    public ImmutableArray<MethodInputs> InputsOf(IMethodSymbol method) => InputsOf(method, depth: 0);

    /// <summary>
    /// Whether all callers look at the word for success or failure in the body that a method hands back: then the status
    /// is not missed.
    /// </summary>
    /// <param name="method">The definition of the method.</param>
    public bool ReadTelltaleOf(IMethodSymbol method) => _readTelltale.GetOrAdd(method, FindTelltale);

    private bool FindTelltale(IMethodSymbol method)
    {
        var calls = _context.Hot.CallsOf(method).Take(MaxInputs + 1).ToList();
        return calls.Count is > 0 and <= MaxInputs && calls.TrueForAll(call =>
            CallingMethod(call, _context.Compilation.GetSemanticModel(call.SyntaxTree)) is { } caller
            && !SymbolEqualityComparer.Default.Equals(caller, method)
            && _context.Summaries.Of(new SummaryKey(caller, MethodInputs.None), new SummarySession()).Flow is { } flow
            && flow.WithTelltale.Any(request => !request.IsInput && request.Operation.Syntax == call));
    }

    private ImmutableArray<MethodInputs> InputsOf(IMethodSymbol method, int depth) =>
        _inputs[depth].TryGetValue(method, out var known) ? known : _inputs[depth].GetOrAdd(method, Find(method, depth));

    private ImmutableArray<MethodInputs> Find(IMethodSymbol method, int depth)
    {
        if (!method.Parameters.Any(CanMatter) && method.TypeParameters.IsEmpty)
        {
            return Nobody;
        }

        var found = new Dictionary<string, MethodInputs>(StringComparer.Ordinal);
        var isCalledByOthers = false;
        foreach (var call in _context.Hot.CallsOf(method))
        {
            var model = _context.Compilation.GetSemanticModel(call.SyntaxTree);
            var (target, arguments) = model.GetOperation(call) switch
            {
                IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments),
                IObjectCreationOperation { Constructor: { } constructor } creation => (constructor, creation.Arguments),
                _ => (null, default),
            };
            if (target is null)
            {
                continue;
            }

            isCalledByOthers |= !SymbolEqualityComparer.Default.Equals(CallingMethod(call, model), method);
            foreach (var state in StatesAround(call, model, arguments, depth))
            {
                var inputs = InputsOf(target, arguments, call, state);
                var name = Describe(inputs);
                if (!found.TryGetValue(name, out var known)
                    || string.CompareOrdinal(inputs.ToString(), known.ToString()) < 0)
                {
                    found[name] = inputs;
                }
            }
        }

        // who is called by itself alone is called from elsewhere
        return !isCalledByOthers
            ? Nobody
            : found.OrderBy(f => f.Key, StringComparer.Ordinal).Take(MaxInputs).Select(f => f.Value).ToImmutableArray();
    }

    // Flags, clients and messages; addresses and what they are made of, if an address can matter at all.
    private bool CanMatter(IParameterSymbol parameter) => parameter.RefKind != RefKind.Out
        && (parameter.Type.SpecialType == SpecialType.System_Boolean
            || parameter.Type.Name is "HttpClient" or "HttpRequestMessage"
            || ((parameter.Type.SpecialType == SpecialType.System_String
                    || parameter.Type.Name is "Uri" or "UriBuilder" or "StringBuilder" or "FormattableString")
                && _context.HasKnownAddresses));

    // What the parameters of the calling method are, where the arguments depend on them.
    private IEnumerable<State> StatesAround(
        ExpressionSyntax call, SemanticModel model, ImmutableArray<IArgumentOperation> arguments, int depth)
    {
        if (depth < MaxDepth
            && arguments.Any(a => a.Parameter is { } parameter && CanMatter(parameter) && !a.Value.ConstantValue.HasValue)
            && CallingMethod(call, model) is { } caller
            && caller.Parameters.Any(CanMatter))
        {
            return InputsOf(caller, depth + 1).Select(inputs => inputs.Entry(caller));
        }

        return [new State()];
    }

    private static IMethodSymbol? CallingMethod(ExpressionSyntax call, SemanticModel model)
    {
        var symbol = model.GetEnclosingSymbol(call.SpanStart);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
        {
            symbol = symbol.ContainingSymbol;
        }

        return symbol is IMethodSymbol method ? HotMembers.Definition(method) : null;
    }

    private MethodInputs InputsOf(
        IMethodSymbol target, ImmutableArray<IArgumentOperation> arguments, ExpressionSyntax call, State state)
    {
        var abstraction = new Abstraction(_context);
        var values = new Value[target.Parameters.Length];
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < values.Length && CanMatter(parameter))
            {
                var value = Evaluator.EvaluateDetached(_context, argument.Value, memberDepth: 1, state.Clone());
                values[parameter.Ordinal] = value is Value.Function ? Value.AnyObject : abstraction.Map(value);
            }
        }

        return new MethodInputs
        {
            Arguments = Trimmed(values.Select(v => v ?? Value.Any)),
            Types = MethodInputs.TypesOf(target),
            ContractOfFile = _context.ContractOfFile(call.SyntaxTree),
            Binding = target.TypeArguments.Select(_context.BindingOfAnswer).FirstOrDefault(b => b is not null),
        };
    }

    private static ImmutableArray<Value> Trimmed(IEnumerable<Value> values)
    {
        var list = values.ToList();
        while (list.Count > 0 && list[list.Count - 1].Equals(Value.Any))
        {
            list.RemoveAt(list.Count - 1);
        }

        return list.ToImmutableArray();
    }

    // Addresses with the same contract and outcomes are one.
    private string Describe(MethodInputs inputs) => string.Join(
        ", ",
        inputs.Arguments.Select(a => Addresses.TextOf(a) is { } text && _context.Contracts.MatchAddress(text) is { } binding
            ? binding.Contract + " " + binding.Outcomes
            : a.ToString()))
        + string.Concat(inputs.Types.Select(t => " <" + t?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ">"))
        + " " + inputs.Binding?.Contract + " " + inputs.ContractOfFile;
}
