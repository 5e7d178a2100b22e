using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// What a method does as its caller sees it: requests sent inside are sent by the call, bodies read inside are read by
/// the call, type parameters are what they are there.
/// </summary>
internal sealed class CallerView : ValueMapping
{
    private readonly Evaluator _caller;
    private readonly FlowResult _flow;
    private readonly Abstraction _abstraction;
    private readonly ImmutableDictionary<ITypeParameterSymbol, ITypeSymbol> _types;

    /// <summary>Makes the view of one call.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="call">The call.</param>
    /// <param name="flow">What was found in the method.</param>
    /// <param name="abstraction">How its inputs came from the caller.</param>
    /// <param name="types">What its type parameters are in the call.</param>
    public CallerView(
        Evaluator caller,
        IOperation call,
        FlowResult flow,
        Abstraction abstraction,
        ImmutableDictionary<ITypeParameterSymbol, ITypeSymbol> types)
    {
        _caller = caller;
        Call = call;
        _flow = flow;
        _abstraction = abstraction;
        _types = types;
    }

    /// <summary>The call.</summary>
    public IOperation Call { get; }

    /// <summary>Whether the call of another view, of the same method, is the same in all that this view depends on.</summary>
    public bool IsOf(FlowResult flow, Abstraction abstraction) =>
        ReferenceEquals(_flow, flow) && _abstraction.HasSameInputs(abstraction);

    /// <summary>Takes over what was noted inside of bodies that came in.</summary>
    public void Note(State state) => _caller.NoteInside(_flow, this, state);

    /// <inheritdoc/>
    public override RequestSite Map(RequestSite request) =>
        request.IsInput ? _abstraction.Actual(request) : _caller.InstanceOf(Call, _flow, request);

    /// <inheritdoc/>
    protected override Value MapScalar(Value value) =>
        value is Value.PartialText text ? text with { Origin = Map(text.Origin) } : value;

    /// <inheritdoc/>
    protected override Value MapBody(Value.Body body)
    {
        var request = Map(body.Request);
        var given = body.Request.IsInput ? _abstraction.BodyOf(request) : null;
        var root = Map(body.Root);
        if (root is not null && !ReferenceEquals(root, body.Root))
        {
            _caller.NoteAnswerOf(request, root);
        }

        return body with
        {
            Request = request,
            Target = Map(body.Target),
            Root = root,
            ReadAt = body.Form == BodyForm.Content ? null : body.ReadAt is null ? given?.ReadAt ?? Call : Call,
            ParsedAt = body.Form != BodyForm.Parsed ? null : body.ParsedAt is null ? given?.ParsedAt ?? Call : Call,
            ParsedInside = body.ParsedInside ?? body.ParsedAt?.Syntax ?? given?.ParsedInside,
            KeptAt = body.KeptAt is null ? null : Call,
        };
    }

    /// <inheritdoc/>
    protected override Value MapComposite(Value.Composite composite) =>
        composite.IsPlain ? composite : base.MapComposite(composite);

    /// <inheritdoc/>
    protected override ITypeSymbol? MapType(ITypeSymbol? type)
    {
        switch (type)
        {
            case ITypeParameterSymbol parameter:
                return _types.TryGetValue(parameter, out var actual) ? actual : type;
            case INamedTypeSymbol { IsGenericType: true, IsUnboundGenericType: false, ContainingType: null or { IsGenericType: false } } named
                when named.TypeArguments.Any(a => !SymbolEqualityComparer.Default.Equals(MapType(a), a)):
                return named.OriginalDefinition.Construct(named.TypeArguments.Select(a => MapType(a)!).ToArray());
            default:
                return type;
        }
    }

    private ParseTarget? Map(ParseTarget? target) => target?.Type is { } type && MapType(type) is { } mapped
        && !SymbolEqualityComparer.Default.Equals(mapped, type)
            ? JsonTargets.Of(mapped, target.Binding, target.ThrowsOnEmpty)
            : target;
}
