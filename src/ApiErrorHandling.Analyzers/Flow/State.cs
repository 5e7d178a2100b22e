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
    private static readonly KeyValuePair<RequestSite, RequestState>[] NoRequests = [];

    private Storage _values;

    // By their numbers; never changed in place.
    private KeyValuePair<RequestSite, RequestState>[] _requests;

    /// <summary>The storage place of the instance that the method is called on, where more is known of it than its type.</summary>
    public static object Self { get; } = new();

    /// <summary>Makes a state in which nothing has happened.</summary>
    public State()
        : this(default, NoRequests)
    {
    }

    private State(Storage values, KeyValuePair<RequestSite, RequestState>[] requests)
    {
        _values = values;
        _requests = requests;
    }

    /// <summary>Whether nothing is known in it.</summary>
    public bool IsBlank => _requests.Length == 0 && _values.Count == 0;

    /// <summary>Whether no execution has this state.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Where control goes when the innermost running <c>finally</c> ends.</summary>
    public Continuation? Continuation { get; set; }

    /// <summary>The value returned, once a return statement ran.</summary>
    public Value? Returned { get; set; }

    /// <summary>Whether the method has waited on every way to here.</summary>
    public bool HasWaited { get; private set; }

    /// <summary>The requests sent so far, in order of discovery.</summary>
    public IReadOnlyList<KeyValuePair<RequestSite, RequestState>> Requests => _requests;

    /// <summary>The value of a storage place: a symbol, a capture, a handler's region.</summary>
    public Value? this[object place]
    {
        get => _values.Find(place);
        set => _values.Set(place, value is null || value.Equals(Value.Any) ? null : value);
    }

    /// <summary>What of the storage satisfies the predicate, by name.</summary>
    public IEnumerable<(ISymbol Place, Value Value)> Members(Func<ISymbol, bool> predicate)
    {
        List<(ISymbol Place, Value Value)>? found = null;
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i] is (ISymbol symbol, var value) && predicate(symbol))
            {
                (found ??= []).Add((symbol, value));
            }
        }

        // by name, not by age: two ways to one state must not differ in what comes of it
        return found?.OrderBy(m => m.Place.Name, StringComparer.Ordinal) ?? Enumerable.Empty<(ISymbol, Value)>();
    }

    /// <summary>
    /// What a caller can see of the state where a method ends: the requests, what is returned, and the given places.
    /// </summary>
    public State AtExit(Func<ISymbol, Value, bool> isSeen)
    {
        var seen = new State(default, _requests) { Returned = Returned, HasWaited = HasWaited };
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i] is (ISymbol symbol, var value) && isSeen(symbol, value))
            {
                seen[symbol] = value;
            }
        }

        return seen;
    }

    /// <summary>Adds the requests that anything in the state derives from.</summary>
    public void CollectMentioned(HashSet<RequestSite> requests)
    {
        for (var i = 0; i < _values.Count; i++)
        {
            CollectMentioned(_values[i].Value, requests);
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
            case Value.Elements elements:
                foreach (var item in elements.Items)
                {
                    CollectMentioned(item, requests);
                }

                break;
        }
    }

    /// <summary>Forgets all requests but these and those that came in.</summary>
    public void KeepRequests(HashSet<RequestSite> requests)
    {
        if (_requests.Any(request => !IsKept(request.Key)))
        {
            _requests = _requests.Where(request => IsKept(request.Key)).ToArray();
        }

        bool IsKept(RequestSite request) => request.IsInput || requests.Contains(request);
    }

    /// <summary>Takes everything that derives from a request sent in the method for unknown.</summary>
    public void ForgetAnswers()
    {
        for (var i = _values.Count - 1; i >= 0; i--)
        {
            var (place, value) = _values[i];
            this[place] = Forgotten(value);
        }

        Returned = Returned is null ? null : Forgotten(Returned);

        static Value Forgotten(Value value)
        {
            var requests = new HashSet<RequestSite>();
            CollectMentioned(value, requests);
            return requests.All(r => r.IsInput) ? value : value.IsNull == false ? Value.AnyObject : Value.Any;
        }
    }

    /// <summary>Copies the state.</summary>
    public State Clone() =>
        new(_values.Share(), _requests)
        {
            Continuation = Continuation, Returned = Returned, IsDead = IsDead, HasWaited = HasWaited,
        };

    /// <summary>Takes over all of another state.</summary>
    public void Become(State other)
    {
        _values = other._values.Share();
        _requests = other._requests;
        Continuation = other.Continuation;
        Returned = other.Returned;
        IsDead = other.IsDead;
        HasWaited = other.HasWaited;
    }

    /// <summary>Says that no execution has this state.</summary>
    public void Kill() => IsDead = true;

    /// <summary>What is known of a request; null if it was not sent on this path.</summary>
    public RequestState? Find(RequestSite request) =>
        IndexOf(request.Id) is var index and >= 0 ? _requests[index].Value : null;

    /// <summary>The outcomes a request can have had here.</summary>
    public OutcomeSet OutcomesOf(RequestSite request) => Find(request)?.Outcomes ?? OutcomeSet.Empty;

    /// <summary>Sends a request (again): what was known of an earlier attempt is forgotten.</summary>
    public void Send(RequestSite request)
    {
        if (IndexOf(request.Id) >= 0)
        {
            ForgetValues(value => Mentions(value, request));
        }

        Set(request, new RequestState(
            request.Possible, Doubt.None, ImmutableDictionary<Use, OutcomeSet>.Empty, Since.Sent(request.Possible)));
    }

    /// <summary>Says that some time passes.</summary>
    public void Wait()
    {
        HasWaited = true;
        Happen((request, since) => since.AfterWait(OutcomesOf(request)));
    }

    /// <summary>Says that a wait has no length.</summary>
    public void Hurry() => Happen((_, since) => since with { Hurried = since.Unwaited });

    /// <summary>Says that an exception is caught: whatever the requests had for outcomes, all was not well.</summary>
    public void Catch() => Happen(static (_, since) => since with { Plain = OutcomeSet.Empty });

    /// <summary>Says that the body of a request is empty, where it had some of these outcomes.</summary>
    public void FindEmpty(RequestSite request, OutcomeSet outcomes) => Happen((site, since) => ReferenceEquals(site, request)
        ? since with { Plain = since.Plain - outcomes }
        : since);

    /// <summary>Says what happens to the requests sent so far.</summary>
    /// <param name="happen">Gets a request and what did not happen since, gives what did not happen even now.</param>
    public void Happen(Func<RequestSite, Since, Since> happen)
    {
        var requests = _requests;
        for (var i = 0; i < requests.Length; i++)
        {
            var (request, known) = (requests[i].Key, requests[i].Value);
            var since = happen(request, known.Since);
            if (since != known.Since)
            {
                requests = ReferenceEquals(requests, _requests) ? (KeyValuePair<RequestSite, RequestState>[])requests.Clone() : requests;
                requests[i] = new(request, known with { Since = since });
            }
        }

        _requests = requests;
    }

    /// <summary>Leaves only the given outcomes of a request; without any, the state is dead.</summary>
    /// <param name="request">The request.</param>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="decides">Whether it is here that they take another way than success.</param>
    public void Restrict(RequestSite request, OutcomeSet outcomes, bool decides = true)
    {
        if (Find(request) is not { } known)
        {
            return;
        }

        var rest = known.Outcomes & outcomes;
        if (rest.IsEmpty)
        {
            Kill();
            return;
        }

        if (rest != known.Outcomes)
        {
            Set(request, known with { Outcomes = rest, Since = known.Since & rest });
        }

        if (decides && !rest.Intersects(request.Contract.OrdinarySuccesses))
        {
            Decide(request, rest);
        }
    }

    /// <summary>Says that outcomes of a request, and of no other, are why control is here: with those all was not well.</summary>
    public void Decide(RequestSite request, OutcomeSet outcomes) => Happen((site, since) => ReferenceEquals(site, request)
        ? since with { Decisive = since.Decisive | outcomes }
        : since with { Decisive = OutcomeSet.Empty, Plain = OutcomeSet.Empty });

    /// <summary>Adds outcomes of a request that come to light later, when its task is waited for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="since">What did not happen on their way.</param>
    public void Widen(RequestSite request, OutcomeSet outcomes, Since since)
    {
        if (Find(request) is { } known)
        {
            Set(request, known with { Outcomes = known.Outcomes | outcomes, Since = known.Since | (since & outcomes) });
        }
    }

    /// <summary>Says that something unreadable looked at the outcome of a request.</summary>
    public void AssumeChecked(RequestSite request, Doubt doubt = Doubt.Unread)
    {
        if (Find(request) is { } known && known.Doubt < doubt)
        {
            Set(request, known with { Doubt = doubt });
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
        foreach (var request in _requests)
        {
            if (!request.Value.HandedOn.IsEmpty)
            {
                Set(request.Key, request.Value with { HandedOn = ImmutableDictionary<Use, OutcomeSet>.Empty });
            }
        }
    }

    /// <summary>Forgets places for which the predicate holds.</summary>
    public void Forget(Func<object, bool> predicate)
    {
        for (var i = _values.Count - 1; i >= 0; i--)
        {
            if (predicate(_values[i].Place))
            {
                _values.Set(_values[i].Place, null);
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
        for (var i = 0; i < other?._values.Count; i++)
        {
            if (other._values[i] is (CaptureId capture, var value))
            {
                this[capture] = value;
            }
        }
    }

    /// <summary>Whether the other state is the same partition: equal but for the outcomes.</summary>
    public bool IsSamePartition(State other)
    {
        return _requests.Length == other._requests.Length
            && _values.HasSame(other._values)
            && Equals(Continuation, other.Continuation)
            && Equals(Returned, other.Returned)
            && HasSameRequests(other);
    }

    /// <summary>Whether the same requests were sent, and those of the same looked at by what cannot be read.</summary>
    public bool HasSameRequests(State other)
    {
        if (_requests.Length != other._requests.Length)
        {
            return false;
        }

        for (var i = 0; i < _requests.Length; i++)
        {
            if (_requests[i].Key.Id != other._requests[i].Key.Id
                || _requests[i].Value.Doubt != other._requests[i].Value.Doubt)
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
        var requests = Unite(_requests, other._requests);
        var changed = !ReferenceEquals(requests, _requests);
        _requests = requests;

        if (HasWaited && !other.HasWaited)
        {
            HasWaited = false;
            changed = true;
        }

        return changed;
    }

    /// <summary>The locals and parameters that hold a number, or a span of them.</summary>
    public IEnumerable<(ISymbol Place, Value Value)> Numbers
    {
        get
        {
            for (var i = 0; i < _values.Count; i++)
            {
                if (_values[i] is (ILocalSymbol or IParameterSymbol, Value.Between or Value.Constant { Content: long }) and var (place, value))
                {
                    yield return ((ISymbol)place, value);
                }
            }
        }
    }

    /// <summary>How many places have different values.</summary>
    public int CountDifferences(State other) =>
        _values.Count + other._values.Count - (2 * _values.CountSame(other._values));

    /// <summary>The places whose values differ.</summary>
    public List<object> Differences(State other)
    {
        var places = new List<object>();
        for (var i = 0; i < _values.Count; i++)
        {
            var (place, value) = _values[i];
            if (!value.Equals(other[place]))
            {
                places.Add(place);
            }
        }

        for (var i = 0; i < other._values.Count; i++)
        {
            if (this[other._values[i].Place] is null)
            {
                places.Add(other._values[i].Place);
            }
        }

        return places;
    }

    /// <summary>
    /// Joins two partitions into one. Where the outcomes of one request tell the two apart, values that differ become
    /// functions of that outcome, so that nothing is lost.
    /// </summary>
    public static State Join(State x, State y) => Join(x, y, limits: null);

    /// <summary>Joins a partition with the one a round later in a loop that differs from it in nothing but numbers.</summary>
    /// <param name="earlier">The partition.</param>
    /// <param name="later">The one a round later.</param>
    /// <param name="limits">Numbers where counters may stop, ascending.</param>
    public static State Widen(State earlier, State later, IReadOnlyCollection<long> limits) => Join(earlier, later, limits);

    private static State Join(State x, State y, IReadOnlyCollection<long>? limits)
    {
        RequestSite? separating = null;
        foreach (var pair in x._requests)
        {
            if (y.Find(pair.Key) is { } other && !pair.Value.Outcomes.Intersects(other.Outcomes))
            {
                separating = pair.Key;
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

        result._requests = Unite(x._requests, y._requests);
        result.HasWaited = x.HasWaited && y.HasWaited;

        return result;

        Value JoinValues(Value a, Value b)
        {
            if (limits is not null)
            {
                return Operators.Widen(a, b, limits);
            }

            if (separating is null || a is Value.Between || b is Value.Between)
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
        var requests = _requests.Select(e =>
            e.Key + (e.Value.IsAssumedChecked ? "?" : string.Empty) + "=" + outcomes(e.Value.Outcomes, e.Key));
        var values = Members(_ => true).Select(m => m.Place.Name + "=" + m.Value);
        return string.Join("; ", requests.Concat(values));
    }

    // The same array as the first if the other adds nothing.
    private static KeyValuePair<RequestSite, RequestState>[] Unite(
        KeyValuePair<RequestSite, RequestState>[] x, KeyValuePair<RequestSite, RequestState>[] y)
    {
        if (ReferenceEquals(x, y) || y.Length == 0)
        {
            return x;
        }

        List<KeyValuePair<RequestSite, RequestState>>? united = null;
        var inX = 0;
        foreach (var theirs in y)
        {
            for (; inX < x.Length && x[inX].Key.Id < theirs.Key.Id; inX++)
            {
                united?.Add(x[inX]);
            }

            if (inX == x.Length || x[inX].Key.Id != theirs.Key.Id)
            {
                Begin().Add(theirs);
                continue;
            }

            var both = Unite(x[inX].Value, theirs.Value);
            if (!ReferenceEquals(both, x[inX].Value))
            {
                Begin().Add(new(theirs.Key, both));
            }
            else
            {
                united?.Add(x[inX]);
            }

            inX++;
        }

        if (united is null)
        {
            return x;
        }

        for (; inX < x.Length; inX++)
        {
            united.Add(x[inX]);
        }

        return united.ToArray();

        List<KeyValuePair<RequestSite, RequestState>> Begin()
        {
            if (united is null)
            {
                united = new(Math.Max(x.Length, y.Length));
                for (var i = 0; i < inX; i++)
                {
                    united.Add(x[i]);
                }
            }

            return united;
        }
    }

    // The same object as the first if the other adds nothing.
    private static RequestState Unite(RequestState x, RequestState y)
    {
        var united = new RequestState(
            x.Outcomes | y.Outcomes, x.Doubt > y.Doubt ? x.Doubt : y.Doubt, Unite(x.HandedOn, y.HandedOn), x.Since | y.Since);
        return united.Outcomes == x.Outcomes && united.Doubt == x.Doubt && united.HandedOn == x.HandedOn && united.Since == x.Since
            ? x
            : united;
    }

    private static ImmutableDictionary<Use, OutcomeSet> Unite(
        ImmutableDictionary<Use, OutcomeSet> x, ImmutableDictionary<Use, OutcomeSet> y)
    {
        if (x.IsEmpty || ReferenceEquals(x, y))
        {
            return y;
        }

        var result = x;
        foreach (var pair in y)
        {
            var all = x.TryGetValue(pair.Key, out var outcomes) ? outcomes | pair.Value : pair.Value;
            result = result.SetItem(pair.Key, all);
        }

        return result;
    }

    private static bool Mentions(Value value, RequestSite request) => value switch
    {
        Value.Body body => ReferenceEquals(body.Request, request),
        Value.Task task => Mentions(task.Result, request)
            || task.Faults.Any(f => ReferenceEquals(f.Request, request) || ReferenceEquals(f.Exception.Request, request)),
        _ => value.Taint.Entries.Any(e => ReferenceEquals(e.Key, request)),
    };

    private void ForgetValues(Func<Value, bool> predicate)
    {
        for (var i = _values.Count - 1; i >= 0; i--)
        {
            // that there was an answer or an exception is known all the same
            if (_values[i] is var (place, value) && predicate(value))
            {
                _values.Set(place, place is ILocalSymbol && value.IsNull == false ? Value.AnyObject : null);
            }
        }
    }

    private int IndexOf(int id)
    {
        var (low, high) = (0, _requests.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = _requests[middle].Key.Id;
            if (found == id)
            {
                return middle;
            }

            (low, high) = found < id ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private void Set(RequestSite request, RequestState state)
    {
        var entry = new KeyValuePair<RequestSite, RequestState>(request, state);
        var index = IndexOf(request.Id);
        if (index >= 0)
        {
            _requests = (KeyValuePair<RequestSite, RequestState>[])_requests.Clone();
            _requests[index] = entry;
            return;
        }

        var at = 0;
        while (at < _requests.Length && _requests[at].Key.Id < request.Id)
        {
            at++;
        }

        var requests = new KeyValuePair<RequestSite, RequestState>[_requests.Length + 1];
        Array.Copy(_requests, requests, at);
        requests[at] = entry;
        Array.Copy(_requests, at, requests, at + 1, _requests.Length - at);
        _requests = requests;
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
