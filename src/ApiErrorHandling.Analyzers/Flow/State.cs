using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// One partition of what can be the case at a program point: the outcomes of each request so far and the values of
/// locals, parameters, captures and fields. Partitions differ in these values; equal ones are one, with their outcomes
/// united.
/// </summary>
internal sealed class State
{
    private static readonly ImmutableDictionary<object, Value> EmptyValues =
        ImmutableDictionary.Create<object, Value>(StorageComparer.Instance);

    private static readonly ImmutableSortedDictionary<int, KeyValuePair<RequestSite, RequestState>> EmptyRequests =
        ImmutableSortedDictionary<int, KeyValuePair<RequestSite, RequestState>>.Empty;

    private ImmutableDictionary<object, Value> _values;

    // Of all places with their values: states that differ in it differ.
    private int _hash;
    private ImmutableSortedDictionary<int, KeyValuePair<RequestSite, RequestState>> _requests;

    /// <summary>The storage place of the instance that the method is called on, where more is known of it than its type.</summary>
    public static object Self { get; } = new();

    /// <summary>Makes a state in which nothing has happened.</summary>
    public State()
        : this(EmptyValues, 0, EmptyRequests)
    {
    }

    private State(
        ImmutableDictionary<object, Value> values,
        int hash,
        ImmutableSortedDictionary<int, KeyValuePair<RequestSite, RequestState>> requests)
    {
        _values = values;
        _hash = hash;
        _requests = requests;
    }

    /// <summary>Whether no execution has this state.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Where control goes when the innermost running <c>finally</c> ends.</summary>
    public Continuation? Continuation { get; set; }

    /// <summary>The value returned, once a return statement ran.</summary>
    public Value? Returned { get; set; }

    /// <summary>The requests sent so far, in order of discovery.</summary>
    public IEnumerable<KeyValuePair<RequestSite, RequestState>> Requests => _requests.Values;

    /// <summary>The value of a storage place: a symbol, a capture, a handler's region.</summary>
    public Value? this[object place]
    {
        get => _values.TryGetValue(place, out var value) ? value : null;
        set
        {
            if (_values.TryGetValue(place, out var old))
            {
                if (old.Equals(value))
                {
                    return;
                }

                _hash ^= HashOf(place, old);
            }

            if (value is null || value.Equals(Value.Any))
            {
                _values = _values.Remove(place);
            }
            else
            {
                _values = _values.SetItem(place, value);
                _hash ^= HashOf(place, value);
            }
        }
    }

    /// <summary>What of the storage satisfies the predicate, by name.</summary>
    public IEnumerable<(ISymbol Place, Value Value)> Members(Func<ISymbol, bool> predicate) => _values
        .Where(v => v.Key is ISymbol symbol && predicate(symbol))
        .Select(v => ((ISymbol)v.Key, v.Value))
        .OrderBy(v => v.Item1.Name, StringComparer.Ordinal);

    /// <summary>
    /// What a caller can see of the state where a method ends: the requests, what is returned, and the given places.
    /// </summary>
    public State AtExit(Func<ISymbol, bool> isSeen)
    {
        var seen = new State(EmptyValues, 0, _requests) { Returned = Returned };
        foreach (var pair in _values)
        {
            if (pair.Key is ISymbol symbol && isSeen(symbol))
            {
                seen[pair.Key] = pair.Value;
            }
        }

        return seen;
    }

    /// <summary>Adds the requests that anything in the state derives from.</summary>
    public void CollectMentioned(HashSet<RequestSite> requests)
    {
        foreach (var value in _values.Values)
        {
            CollectMentioned(value, requests);
        }

        if (Returned is not null)
        {
            CollectMentioned(Returned, requests);
        }
    }

    /// <summary>Adds the requests that a value derives from.</summary>
    public static void CollectMentioned(Value value, HashSet<RequestSite> requests)
    {
        foreach (var entry in value.Taint.Entries)
        {
            requests.Add(entry.Key);
        }

        switch (value)
        {
            case Value.Task task:
                foreach (var fault in task.Faults)
                {
                    CollectMentioned(fault.Exception, requests);
                    if (fault.Request is not null)
                    {
                        requests.Add(fault.Request);
                    }
                }

                break;
            case Value.Exception exception:
                foreach (var member in exception.Members.Values)
                {
                    CollectMentioned(member, requests);
                }

                if (exception.Inner is not null)
                {
                    CollectMentioned(exception.Inner, requests);
                }

                break;
            case Value.Composite composite:
                foreach (var member in composite.Members.Values)
                {
                    CollectMentioned(member, requests);
                }

                break;
        }
    }

    /// <summary>Forgets all requests but these and those that came in.</summary>
    public void KeepRequests(HashSet<RequestSite> requests)
    {
        foreach (var pair in _requests)
        {
            if (!pair.Value.Key.IsInput && !requests.Contains(pair.Value.Key))
            {
                _requests = _requests.Remove(pair.Key);
            }
        }
    }

    /// <summary>Copies the state.</summary>
    public State Clone() => new(_values, _hash, _requests) { Continuation = Continuation, Returned = Returned, IsDead = IsDead };

    /// <summary>Takes over all of another state.</summary>
    public void Become(State other)
    {
        _values = other._values;
        _hash = other._hash;
        _requests = other._requests;
        Continuation = other.Continuation;
        Returned = other.Returned;
        IsDead = other.IsDead;
    }

    /// <summary>Says that no execution has this state.</summary>
    public void Kill() => IsDead = true;

    /// <summary>What is known of a request; null if it was not sent on this path.</summary>
    public RequestState? Find(RequestSite request) =>
        _requests.TryGetValue(request.Id, out var entry) ? entry.Value : null;

    /// <summary>The outcomes a request can have had here.</summary>
    public OutcomeSet OutcomesOf(RequestSite request) => Find(request)?.Outcomes ?? OutcomeSet.Empty;

    /// <summary>Sends a request (again): what was known of an earlier attempt is forgotten.</summary>
    public void Send(RequestSite request)
    {
        if (_requests.ContainsKey(request.Id))
        {
            foreach (var pair in _values)
            {
                if (Mentions(pair.Value, request))
                {
                    this[pair.Key] = null;
                }
            }
        }

        _requests = _requests.SetItem(
            request.Id, new KeyValuePair<RequestSite, RequestState>(request, new RequestState(request.Possible, false, ImmutableDictionary<Use, OutcomeSet>.Empty)));
    }

    /// <summary>Leaves only the given outcomes of a request; without any, the state is dead.</summary>
    public void Restrict(RequestSite request, OutcomeSet outcomes)
    {
        if (Find(request) is not { } known)
        {
            return;
        }

        var rest = known.Outcomes & outcomes;
        if (rest.IsEmpty)
        {
            Kill();
        }
        else if (rest != known.Outcomes)
        {
            Set(request, known with { Outcomes = rest });
        }
    }

    /// <summary>Adds outcomes of a request that come to light later, when its task is waited for.</summary>
    public void Widen(RequestSite request, OutcomeSet outcomes)
    {
        if (Find(request) is { } known)
        {
            Set(request, known with { Outcomes = known.Outcomes | outcomes });
        }
    }

    /// <summary>Says that something unreadable looked at the outcome of a request.</summary>
    public void AssumeChecked(RequestSite request)
    {
        if (Find(request) is { IsAssumedChecked: false } known)
        {
            Set(request, known with { IsAssumedChecked = true });
        }
    }

    /// <summary>Notes that the body of a request left the method's hands.</summary>
    public void HandOn(RequestSite request, Use use) => HandOn(request, use, OutcomesOf(request));

    /// <summary>Notes that the body of a request left the method's hands for certain outcomes.</summary>
    public void HandOn(RequestSite request, Use use, OutcomeSet outcomes)
    {
        if (Find(request) is { } known && !outcomes.IsEmpty)
        {
            var all = known.HandedOn.TryGetValue(use, out var before) ? before | outcomes : outcomes;
            Set(request, known with { HandedOn = known.HandedOn.SetItem(use, all) });
        }
    }

    /// <summary>Forgets what bodies left the method's hands so far.</summary>
    public void ForgetHandedOn()
    {
        foreach (var pair in _requests)
        {
            Set(pair.Value.Key, pair.Value.Value with { HandedOn = ImmutableDictionary<Use, OutcomeSet>.Empty });
        }
    }

    /// <summary>Forgets places for which the predicate holds.</summary>
    public void Forget(Func<object, bool> predicate)
    {
        foreach (var pair in _values)
        {
            if (predicate(pair.Key))
            {
                this[pair.Key] = null;
            }
        }
    }

    /// <summary>
    /// Takes the captures of another state in place of its own: those of different graphs have the same numbers.
    /// </summary>
    /// <param name="other">The other state; null for none.</param>
    public void ReplaceCaptures(State? other)
    {
        Forget(place => place is CaptureId);
        if (other is not null)
        {
            foreach (var pair in other._values)
            {
                if (pair.Key is CaptureId)
                {
                    this[pair.Key] = pair.Value;
                }
            }
        }
    }

    /// <summary>Whether the other state is the same partition: equal but for the outcomes.</summary>
    public bool IsSamePartition(State other)
    {
        if (_hash != other._hash
            || _values.Count != other._values.Count
            || _requests.Count != other._requests.Count
            || !Equals(Continuation, other.Continuation)
            || !Equals(Returned, other.Returned))
        {
            return false;
        }

        foreach (var pair in _requests)
        {
            if (!other._requests.TryGetValue(pair.Key, out var entry)
                || entry.Value.IsAssumedChecked != pair.Value.Value.IsAssumedChecked)
            {
                return false;
            }
        }

        if (ReferenceEquals(_values, other._values))
        {
            return true;
        }

        foreach (var pair in _values)
        {
            if (!other._values.TryGetValue(pair.Key, out var value) || !value.Equals(pair.Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds the outcomes of an equal partition.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool Unite(State other)
    {
        var changed = false;
        foreach (var pair in other._requests)
        {
            var mine = _requests[pair.Key];
            var all = mine.Value.Outcomes | pair.Value.Value.Outcomes;
            var handedOn = Unite(mine.Value.HandedOn, pair.Value.Value.HandedOn);
            if (all != mine.Value.Outcomes || handedOn != mine.Value.HandedOn)
            {
                Set(mine.Key, mine.Value with { Outcomes = all, HandedOn = handedOn });
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>How many places have different values.</summary>
    public int CountDifferences(State other)
    {
        if (ReferenceEquals(_values, other._values))
        {
            return 0;
        }

        var same = 0;
        foreach (var pair in _values)
        {
            if (other._values.TryGetValue(pair.Key, out var value)
                && (ReferenceEquals(value, pair.Value) || value.Equals(pair.Value)))
            {
                same++;
            }
        }

        return _values.Count + other._values.Count - (2 * same);
    }

    /// <summary>The places whose values differ.</summary>
    public List<object> Differences(State other)
    {
        var places = new List<object>();
        foreach (var pair in _values)
        {
            if (!other._values.TryGetValue(pair.Key, out var value) || !value.Equals(pair.Value))
            {
                places.Add(pair.Key);
            }
        }

        foreach (var pair in other._values)
        {
            if (!_values.ContainsKey(pair.Key))
            {
                places.Add(pair.Key);
            }
        }

        return places;
    }

    /// <summary>
    /// Joins two partitions into one. Where the outcomes of one request tell the two apart, values that differ become
    /// functions of that outcome, so that nothing is lost.
    /// </summary>
    public static State Join(State x, State y)
    {
        RequestSite? separating = null;
        foreach (var pair in x._requests)
        {
            if (y._requests.TryGetValue(pair.Key, out var other)
                && !pair.Value.Value.Outcomes.Intersects(other.Value.Outcomes))
            {
                separating = pair.Value.Key;
                break;
            }
        }

        var result = x.Clone();
        foreach (var place in x.Differences(y))
        {
            result[place] = JoinValues(x[place] ?? Value.Any, y[place] ?? Value.Any);
        }

        if (!Equals(x.Returned, y.Returned))
        {
            result.Returned = JoinValues(x.Returned ?? Value.Any, y.Returned ?? Value.Any);
        }

        foreach (var pair in y._requests)
        {
            if (x.Find(pair.Value.Key) is { } mine)
            {
                result.Set(pair.Value.Key, new RequestState(
                    mine.Outcomes | pair.Value.Value.Outcomes,
                    mine.IsAssumedChecked || pair.Value.Value.IsAssumedChecked,
                    Unite(mine.HandedOn, pair.Value.Value.HandedOn)));
            }
            else
            {
                result.Set(pair.Value.Key, pair.Value.Value);
            }
        }

        return result;

        Value JoinValues(Value a, Value b)
        {
            if (separating is null)
            {
                return Operators.Join(a, b);
            }

            var inX = x.OutcomesOf(separating);
            return Attributes.Of(
                separating,
                o => Entry(inX.Contains(o.Index) ? a : b, o.Index),
                tellsOutcome: (a.Taint.IsNone && b.Taint.IsNone) || Tells(a) || Tells(b));
        }

        Value Entry(Value value, int outcome) => value is not Value.PerOutcome p
            ? value
            : ReferenceEquals(p.Request, separating) ? p.ByOutcome[outcome] : Value.Derived(p.Taint);

        static bool Tells(Value value) => value is Value.PerOutcome { TellsOutcome: true };
    }

    /// <summary>The printed state, for tests: requests with their outcomes, then named places.</summary>
    public string Print(Func<OutcomeSet, RequestSite, string> outcomes)
    {
        var requests = _requests.Values.Select(e =>
            e.Key + (e.Value.IsAssumedChecked ? "?" : string.Empty) + "=" + outcomes(e.Value.Outcomes, e.Key));
        var values = _values.Where(v => v.Key is ISymbol)
            .Select(v => (((ISymbol)v.Key).Name, v.Value))
            .OrderBy(v => v.Name, StringComparer.Ordinal)
            .Select(v => v.Name + "=" + v.Value);
        return string.Join("; ", requests.Concat(values));
    }

    private static ImmutableDictionary<Use, OutcomeSet> Unite(
        ImmutableDictionary<Use, OutcomeSet> x, ImmutableDictionary<Use, OutcomeSet> y)
    {
        var result = x;
        foreach (var pair in y)
        {
            var all = x.TryGetValue(pair.Key, out var outcomes) ? outcomes | pair.Value : pair.Value;
            result = result.SetItem(pair.Key, all);
        }

        return result;
    }

    private static int HashOf(object place, Value value) =>
        unchecked((StorageComparer.Instance.GetHashCode(place) * 31) + (value.GetHashCode() * 17));

    private static bool Mentions(Value value, RequestSite request) => value switch
    {
        Value.Body body => ReferenceEquals(body.Request, request),
        Value.Task task => Mentions(task.Result, request)
            || task.Faults.Any(f => ReferenceEquals(f.Request, request) || ReferenceEquals(f.Exception.Request, request)),
        _ => value.Taint.Entries.Any(e => ReferenceEquals(e.Key, request)),
    };

    private void Set(RequestSite request, RequestState state) =>
        _requests = _requests.SetItem(request.Id, new KeyValuePair<RequestSite, RequestState>(request, state));

    private sealed class StorageComparer : IEqualityComparer<object>
    {
        public static StorageComparer Instance { get; } = new();

        // a member of a constructed type is that of its definition
        public new bool Equals(object? x, object? y) => x is ISymbol a && y is ISymbol b
            ? SymbolEqualityComparer.Default.Equals(a.OriginalDefinition, b.OriginalDefinition)
            : object.Equals(x, y);

        public int GetHashCode(object place) => place is ISymbol symbol
            ? SymbolEqualityComparer.Default.GetHashCode(symbol.OriginalDefinition)
            : place.GetHashCode();
    }
}

/// <summary>What remains to be done when a <c>finally</c> that runs now has ended.</summary>
/// <param name="Branch">The branch that goes on; null if an exception does.</param>
/// <param name="NextFinally">The index of the next finally of that branch.</param>
/// <param name="Exception">The exception that goes on.</param>
/// <param name="DispatchFrom">The region from which it looks for handlers.</param>
/// <param name="Outer">What remains for the finally around.</param>
internal sealed record Continuation(
    ControlFlowBranch? Branch,
    int NextFinally,
    Value.Exception? Exception,
    ControlFlowRegion? DispatchFrom,
    Continuation? Outer);
