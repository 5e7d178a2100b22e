using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// Reduces what a method is called with to what its summary depends on, so that calls that are alike share one.
/// </summary>
internal sealed class Abstraction : ValueMapping
{
    private const int MaxElements = 12;
    private const int MaxText = 64;

    private readonly FlowContext _context;
    private readonly List<RequestSite> _requests = [];
    private readonly List<RequestSite> _inputs = [];
    private readonly Dictionary<RequestSite, Value.Body> _bodies = [];

    /// <summary>Makes an abstraction for one call.</summary>
    public Abstraction(FlowContext context) => _context = context;

    /// <summary>
    /// Whether text is kept as it is: what is done with a body can depend on the name of a member, or on an expected code.
    /// </summary>
    public bool KeepsText { get; set; }

    /// <summary>The requests that stand for those that come in.</summary>
    public ImmutableArray<RequestSite> Inputs => _inputs.ToImmutableArray();

    /// <summary>The caller's request for one that came in.</summary>
    public RequestSite Actual(RequestSite input) => _requests[-1 - input.Id];

    /// <summary>A body of the caller's request that came in; null if none did.</summary>
    public Value.Body? BodyOf(RequestSite actual) => _bodies.TryGetValue(actual, out var body) ? body : null;

    /// <summary>Whether the same requests and bodies came in.</summary>
    public bool HasSameInputs(Abstraction other) => _requests.SequenceEqual(other._requests)
        && _bodies.Count == other._bodies.Count
        && _bodies.All(body => body.Value.Equals(other.BodyOf(body.Key)));

    /// <inheritdoc/>
    public override RequestSite Map(RequestSite request)
    {
        var index = _requests.IndexOf(request);
        if (index < 0)
        {
            index = _requests.Count;
            _requests.Add(request);
            _inputs.Add(_context.Input(index, request.Contract, request.Possible));
        }

        return _inputs[index];
    }

    /// <inheritdoc/>
    protected override Value MapScalar(Value value) => value switch
    {
        Value.Constant { Content: bool } => value,
        Value.Constant { Content: null } => KeepsText ? value : Value.Any,

        // statuses to be expected, and their classes; other numbers would only make keys differ
        Value.Constant { Content: long number } =>
            KeepsText && number is (>= 100 and <= 599) or (>= 1 and <= 5) ? value : Value.AnyObject,
        Value.Constant { Content: string { Length: <= MaxText } } when KeepsText => value,
        Value.Constant { Content: string } or Value.PartialText => _context.Contracts.Reduce(Addresses.TextOf(value)!) is { } text
            ? text.IndexOf(AddressPattern.Hole) < 0 ? new Value.Constant(text) : new Value.PartialText(text, Taint.None)
            : Value.AnyObject,
        _ => Value.AnyObject,
    };

    /// <inheritdoc/>
    protected override Value MapBody(Value.Body body)
    {
        if (!_bodies.ContainsKey(body.Request) || (_bodies[body.Request].ReadAt is null && body.ReadAt is not null))
        {
            _bodies[body.Request] = body;
        }

        return body with { Request = Map(body.Request), ReadAt = null, ParsedAt = null, ParsedInside = null, KeptAt = null };
    }

    /// <inheritdoc/>
    protected override Value MapComposite(Value.Composite composite)
    {
        if (!composite.Taint.IsNone)
        {
            return base.MapComposite(composite);
        }

        // of what has nothing to do with a request only addresses matter
        var members = ImmutableSortedDictionary.CreateBuilder<string, Value>(System.StringComparer.Ordinal);
        foreach (var member in composite.Members)
        {
            if (Addresses.TextOf(member.Value) is not null && Map(member.Value) is var text && Addresses.TextOf(text) is not null)
            {
                members.Add(member.Key, text);
            }
        }

        return members.Count == 0 ? Value.AnyObject : new Value.Composite(composite.Type, members.ToImmutable());
    }

    /// <inheritdoc/>
    protected override Value MapElements(Value.Elements elements) =>
        elements.Items.Length <= MaxElements && (KeepsText || !elements.Taint.IsNone)
        ? base.MapElements(elements)
        : Value.AnyObject;
}
