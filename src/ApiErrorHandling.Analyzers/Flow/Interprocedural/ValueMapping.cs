using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// Takes values from one method's view to another's: every request is replaced by the one that it is there. What cannot
/// be taken along becomes unknown.
/// </summary>
internal abstract class ValueMapping
{
    // What is large is nearly always shared by the states that are taken along.
    private readonly Dictionary<object, Value> _mapped = new(ReferenceComparer.Instance);

    /// <summary>The value in the other view.</summary>
    public Value Map(Value value) => value switch
    {
        Value.Constant or Value.PartialText => MapScalar(value),
        Value.Unknown unknown => unknown.Origin.IsNone ? unknown : Value.Derived(Map(unknown.Origin), unknown.IsNotNull),
        Value.PerOutcome varying => Once(varying, Map),
        Value.Response response => response with { Request = Map(response.Request) },
        Value.ResponseDetail detail => new Value.ResponseDetail(Map(detail.Request)),
        Value.Body body => MapBody(body),
        Value.Emptiness emptiness => emptiness with { Request = Map(emptiness.Request) },
        Value.Client client => client with { BaseAddress = Map(client.BaseAddress) },
        Value.Message message => message with { Address = Map(message.Address) },
        Value.Task task => new Value.Task(Map(task.Result), task.Faults.Select(Map).ToImmutableArray()) { TakesTime = task.TakesTime },
        Value.Exception exception => Once(exception, MapException),
        Value.Composite composite => Once(composite, MapComposite),
        Value.Elements elements => MapElements(elements),
        Value.Between or Value.Unlisted or Value.Wording => value,
        _ => value.Taint.IsNone
            ? value.IsNull == false ? Value.AnyObject : Value.Any
            : Value.Derived(Map(value.Taint), isNotNull: value.IsNull == false),
    };

    /// <summary>The exception in the other view.</summary>
    public Value.Exception MapException(Value.Exception exception) => exception with
    {
        Request = exception.Request is { } request ? Map(request) : null,
        Inner = exception.Inner is { } inner ? MapException(inner) : null,
        Members = exception.Members.IsEmpty
            ? exception.Members
            : exception.Members.ToImmutableSortedDictionary(
                m => m.Key, m => Map(m.Value), StringComparer.Ordinal),
    };

    /// <summary>The fault in the other view.</summary>
    public Fault Map(Fault fault) => new(
        MapException(fault.Exception), fault.Request is { } request ? Map(request) : null, fault.Outcomes);

    /// <summary>The request in the other view.</summary>
    public abstract RequestSite Map(RequestSite request);

    /// <summary>Constants and text.</summary>
    protected abstract Value MapScalar(Value value);

    /// <summary>Bodies, with the calls that read and parsed them.</summary>
    protected abstract Value MapBody(Value.Body body);

    /// <summary>Objects known by their members.</summary>
    protected virtual Value MapComposite(Value.Composite composite)
    {
        var members = composite.Members;
        foreach (var member in composite.Members)
        {
            var mapped = Map(member.Value);
            if (!ReferenceEquals(mapped, member.Value))
            {
                members = members.SetItem(member.Key, mapped);
            }
        }

        var type = MapType(composite.Type);
        return ReferenceEquals(members, composite.Members) && ReferenceEquals(type, composite.Type)
            ? composite
            : new Value.Composite(type, members);
    }

    /// <summary>Arrays and lists.</summary>
    protected virtual Value MapElements(Value.Elements elements) =>
        new Value.Elements(elements.Items.Select(Map).ToImmutableArray());

    /// <summary>Types: those that the other view knows more of.</summary>
    protected virtual ITypeSymbol? MapType(ITypeSymbol? type) => type;

    /// <summary>The taint in the other view.</summary>
    protected Taint Map(Taint taint)
    {
        var mapped = Taint.None;
        foreach (var entry in taint.Entries)
        {
            mapped |= Taint.Of(Map(entry.Key), entry.Value);
        }

        return mapped;
    }

    private Value Once<T>(T value, Func<T, Value> map)
        where T : Value
    {
        if (!_mapped.TryGetValue(value, out var mapped))
        {
            mapped = map(value);
            _mapped.Add(value, mapped);
        }

        return mapped;
    }

    private Value Map(Value.PerOutcome varying)
    {
        var request = Map(varying.Request);
        var values = varying.ByOutcome;
        for (var i = 0; i < values.Length; i++)
        {
            // the values of an attribute are the same constants for every request
            if (values[i] is not (Value.Constant or Value.Between or Value.Unlisted or Value.Wording))
            {
                var mapped = Map(values[i]);
                values = mapped.Equals(values[i]) ? values : values.SetItem(i, mapped);
            }
        }

        return new Value.PerOutcome(request, values, varying.TellsOutcome);
    }

    private sealed class ReferenceComparer : IEqualityComparer<object>
    {
        public static ReferenceComparer Instance { get; } = new();

        public new bool Equals(object? x, object? y) => ReferenceEquals(x, y);

        public int GetHashCode(object value) => RuntimeHelpers.GetHashCode(value);
    }
}
