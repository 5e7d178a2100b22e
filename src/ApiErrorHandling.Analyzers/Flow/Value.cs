using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// What the flow knows of a value. Values are immutable and compare by content; what is not known is
/// <see cref="Unknown"/>.
/// </summary>
internal abstract record Value
{
    private Value()
    {
    }

    /// <summary>Nothing is known.</summary>
    public static Value Any { get; } = new Unknown(Taint.None, IsNotNull: false);

    /// <summary>Anything but null.</summary>
    public static Value AnyObject { get; } = new Unknown(Taint.None, IsNotNull: true);

    /// <summary>The constant true.</summary>
    public static Value True { get; } = new Constant(true);

    /// <summary>The constant false.</summary>
    public static Value False { get; } = new Constant(false);

    /// <summary>The constant null.</summary>
    public static Value Null { get; } = new Constant(null);

    /// <summary>A boolean constant.</summary>
    public static Value Of(bool value) => value ? True : False;

    /// <summary>A value of which only is known what it was derived from.</summary>
    public static Value Derived(Taint taint, bool isNotNull = false) =>
        taint.IsNone ? isNotNull ? AnyObject : Any : new Unknown(taint, isNotNull);

    /// <summary>The requests, and their aspects, that this value was derived from.</summary>
    public virtual Taint Taint => Taint.None;

    /// <summary>Whether the value is null: yes, no, or unknown.</summary>
    public virtual bool? IsNull => null;

    /// <summary>Nothing but its origin is known.</summary>
    /// <param name="Origin">What it was derived from.</param>
    /// <param name="IsNotNull">Whether it is certainly not null.</param>
    internal sealed record Unknown(Taint Origin, bool IsNotNull) : Value
    {
        public override Taint Taint => Origin;

        public override bool? IsNull => IsNotNull ? false : null;

        public override string ToString() => Origin.IsNone ? "?" : "?" + Origin;
    }

    /// <summary>A constant in the normal form of <see cref="Constants"/>.</summary>
    /// <param name="Content">The constant.</param>
    internal sealed record Constant(object? Content) : Value
    {
        public override bool? IsNull => Content is null;

        public bool Equals(Constant? other) => other is not null && Equals(Content, other.Content);

        public override int GetHashCode() => Content?.GetHashCode() ?? 0;

        public override string ToString() => Content switch
        {
            null => "null",
            string s => "\"" + s + "\"",
            bool b => b ? "true" : "false",
            _ => Constants.Text(Content),
        };
    }

    /// <summary>Text of which parts are known: <see cref="AddressPattern.Hole"/> stands for each unknown part.</summary>
    /// <param name="Pattern">The text.</param>
    /// <param name="Origin">What the unknown parts were derived from.</param>
    internal sealed record PartialText(string Pattern, Taint Origin) : Value
    {
        public override Taint Taint => Origin;

        public override bool? IsNull => false;

        public override string ToString() => "\"" + Pattern.Replace(AddressPattern.Hole, '…') + "\"";
    }

    /// <summary>A number in a span that is none of certain numbers: the status of `other` outcomes.</summary>
    /// <param name="Min">The smallest possible number.</param>
    /// <param name="Max">The largest possible number.</param>
    /// <param name="Except">Numbers it is not; by reference equal for values of one contract.</param>
    internal sealed record Between(long Min, long Max, ImmutableHashSet<long> Except) : Value
    {
        public override bool? IsNull => false;

        public override string ToString() =>
            (Min == long.MinValue ? string.Empty : Min.ToString()) + "–" + (Max == long.MaxValue ? string.Empty : Max.ToString());
    }

    /// <summary>A code that is none of certain codes, as text or number: the code of the outcome `other`.</summary>
    /// <param name="Except">Codes it is not.</param>
    internal sealed record Unlisted(ImmutableHashSet<string> Except) : Value
    {
        public override bool? IsNull => false;

        public override string ToString() => "other";
    }

    /// <summary>A title or error type, compared without case and number.</summary>
    /// <param name="Text">One spelling.</param>
    internal sealed record Wording(string Text) : Value
    {
        public override bool? IsNull => false;

        public override string ToString() => "~" + Text;
    }

    /// <summary>A value that the outcome of a request decides.</summary>
    internal sealed record PerOutcome : Value
    {
        public PerOutcome(RequestSite request, ImmutableArray<Value> byOutcome, bool tellsOutcome)
        {
            Request = request;
            ByOutcome = byOutcome;
            TellsOutcome = tellsOutcome;
        }

        /// <summary>The request.</summary>
        public RequestSite Request { get; }

        /// <summary>The value for each outcome, by index.</summary>
        public ImmutableArray<Value> ByOutcome { get; }

        /// <summary>
        /// Whether it comes from the status, code or another attribute of the outcome (and not from data alone).
        /// </summary>
        public bool TellsOutcome { get; }

        public override Taint Taint => TellsOutcome ? Taint.Outcome(Request) : Taint.Data(Request);

        public override bool? IsNull
        {
            get
            {
                var first = ByOutcome[0].IsNull;
                foreach (var value in ByOutcome)
                {
                    if (value.IsNull != first)
                    {
                        return null;
                    }
                }

                return first;
            }
        }

        public bool Equals(PerOutcome? other) => other is not null
            && ReferenceEquals(Request, other.Request)
            && TellsOutcome == other.TellsOutcome
            && (ByOutcome == other.ByOutcome || ByOutcome.SequenceEqual(other.ByOutcome));

        public override int GetHashCode() => Request.Id;

        /// <summary>Applies a function to the value of every outcome.</summary>
        public Value Map(Func<Value, Value> function)
        {
            var builder = ImmutableArray.CreateBuilder<Value>(ByOutcome.Length);
            foreach (var value in ByOutcome)
            {
                builder.Add(function(value));
            }

            return new PerOutcome(Request, builder.MoveToImmutable(), TellsOutcome);
        }

        public override string ToString() => "by " + Request;
    }

    /// <summary>The response of a request.</summary>
    /// <param name="Request">The request.</param>
    internal sealed record Response(RequestSite Request) : Value
    {
        /// <summary>Whether it was read off an exception: its body is that of a failure, and read as such.</summary>
        public bool IsCaught { get; init; }

        public override Taint Taint => Taint.Outcome(Request);

        public override bool? IsNull => false;

        public override string ToString() => "response " + Request;
    }

    /// <summary>Response headers, reason phrase and the like.</summary>
    /// <param name="Request">The request.</param>
    internal sealed record ResponseDetail(RequestSite Request) : Value
    {
        public override Taint Taint => Taint.Outcome(Request);

        public override bool? IsNull => false;

        public override string ToString() => "detail " + Request;
    }

    /// <summary>The body of an answer, or a part of it.</summary>
    internal sealed record Body : Value
    {
        /// <summary>The request.</summary>
        public required RequestSite Request { get; init; }

        /// <summary>The form it is held in.</summary>
        public required BodyForm Form { get; init; }

        /// <summary>What it was parsed into.</summary>
        public ParseTarget? Target { get; init; }

        /// <summary>What the whole document was parsed into; null before that.</summary>
        public ParseTarget? Root { get; init; }

        /// <summary>The JSON names from the root, joined by dots; empty at the root.</summary>
        public string Path { get; init; } = string.Empty;

        /// <summary>The call that read the body from the response; null before that.</summary>
        public IOperation? ReadAt { get; init; }

        /// <summary>The call that parsed it; null before that.</summary>
        public IOperation? ParsedAt { get; init; }

        /// <summary>The place in a called method where it was parsed, if <see cref="ParsedAt"/> is a call of one.</summary>
        public SyntaxNode? ParsedInside { get; init; }

        /// <summary>Whether this is data, as seen from the contract, and no part of an error.</summary>
        public bool IsData { get; init; }

        /// <summary>Where data was read only to be kept for later: it is used when what keeps it is. Else null.</summary>
        public IOperation? KeptAt { get; init; }

        public override Taint Taint => IsData ? Taint.Data(Request) : Taint.Body(Request);

        public override bool? IsNull => Form == BodyForm.Parsed ? null : false;

        public bool Equals(Body? other) => other is not null
            && ReferenceEquals(Request, other.Request)
            && Form == other.Form
            && IsData == other.IsData
            && Path == other.Path
            && ReferenceEquals(ReadAt?.Syntax, other.ReadAt?.Syntax)
            && ReferenceEquals(ParsedAt?.Syntax, other.ParsedAt?.Syntax)
            && ReferenceEquals(KeptAt?.Syntax, other.KeptAt?.Syntax)
            && Equals(Target, other.Target)
            && Equals(Root, other.Root);

        public override int GetHashCode() => (Request.Id * 31) + (int)Form;

        public override string ToString() => "body " + Request + " " + Form + (Path.Length > 0 ? " ." + Path : string.Empty);
    }

    /// <summary>Whether the whole body of an answer is empty, or was parsed to nothing.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="WhenTrue">What an empty body makes of the value.</param>
    internal sealed record Emptiness(RequestSite Request, bool WhenTrue) : Value
    {
        public override Taint Taint => Taint.Body(Request);

        public override bool? IsNull => false;

        /// <summary>Whether a body is empty; null for what is none.</summary>
        public static Value? Of(Value value) => value is Body { Path.Length: 0, IsData: false, Form: not BodyForm.Content } body
            ? new Emptiness(body.Request, true)
            : null;

        public override string ToString() => (WhenTrue ? "empty " : "full ") + Request;
    }

    /// <summary>A client with what is known of its addresses and headers.</summary>
    /// <param name="BaseAddress">The base address; unknown if none is seen.</param>
    /// <param name="Header">A request header that belongs to one contract.</param>
    internal sealed record Client(Value BaseAddress, string? Header) : Value
    {
        /// <summary>Whether it came from elsewhere: what handlers it has is not seen.</summary>
        public bool IsGiven { get; init; }

        /// <summary>Whether a factory made it.</summary>
        public bool IsFromFactory { get; init; }

        /// <summary>The name that a factory knows it by; null if it cannot be told.</summary>
        public string? Name { get; init; }

        /// <summary>The names of the types of message handlers it was made with, separated by commas.</summary>
        public string Handlers { get; init; } = string.Empty;

        public override bool? IsNull => false;

        public override string ToString() => "client " + BaseAddress;
    }

    /// <summary>A request message.</summary>
    /// <param name="Address">Its address.</param>
    /// <param name="Method">Its HTTP method, upper case, if known.</param>
    /// <param name="Header">A request header that belongs to one contract.</param>
    internal sealed record Message(Value Address, string? Method, string? Header) : Value
    {
        public override bool? IsNull => false;

        public override string ToString() => "message " + Address;
    }

    /// <summary>Headers of a client or message: an alias for the thing they belong to.</summary>
    /// <param name="Owner">The operation that gives the owner.</param>
    internal sealed record Headers(IOperation Owner) : Value
    {
        public override bool? IsNull => false;

        public bool Equals(Headers? other) => other is not null && ReferenceEquals(Owner, other.Owner);

        public override int GetHashCode() => 1;

        public override string ToString() => "headers";
    }

    /// <summary>A task with its result and the exceptions that surface when it is waited for.</summary>
    /// <param name="Result">The result.</param>
    /// <param name="Faults">What it can throw.</param>
    internal sealed record Task(Value Result, ImmutableArray<Fault> Faults) : Value
    {
        /// <summary>Whether time passes until it ends.</summary>
        public bool TakesTime { get; init; }

        public override Taint Taint => Result.Taint;

        public override bool? IsNull => false;

        public bool Equals(Task? other) => other is not null && Result.Equals(other.Result) && TakesTime == other.TakesTime
            && (Faults == other.Faults || Faults.SequenceEqual(other.Faults));

        public override int GetHashCode() => Result.GetHashCode();

        public override string ToString() => "task of " + Result;
    }

    /// <summary>An exception.</summary>
    /// <param name="Type">Its type.</param>
    /// <param name="IsExact">Whether it is of this very type, not of an heir.</param>
    /// <param name="Request">The request whose outcome it carries.</param>
    /// <param name="CarriesStatus">Whether its StatusCode is the status of that outcome.</param>
    /// <param name="Inner">The exception inside.</param>
    internal sealed record Exception(
        ITypeSymbol Type, bool IsExact, RequestSite? Request, bool CarriesStatus, Exception? Inner) : Value
    {
        /// <summary>What its constructor was given, by the names of the properties that give it back.</summary>
        public ImmutableSortedDictionary<string, Value> Members { get; init; } =
            ImmutableSortedDictionary<string, Value>.Empty;

        public override Taint Taint => Request is null ? Taint.None : Taint.Outcome(Request);

        public override bool? IsNull => false;

        /// <summary>Whether handlers cannot tell the two apart but by what is inside.</summary>
        public bool IsLike(Exception other) => SymbolEqualityComparer.Default.Equals(Type, other.Type)
            && IsExact == other.IsExact
            && ReferenceEquals(Request, other.Request)
            && CarriesStatus == other.CarriesStatus
            && (Inner is null) == (other.Inner is null)
            && (Inner is null || Inner.IsLike(other.Inner!));

        /// <summary>The exception, of which only the type is known.</summary>
        public Exception OfAnyRequest() => new(Type, IsExact, null, false, null);

        /// <summary>What is known of both of two exceptions that are alike.</summary>
        public Exception Join(Exception other)
        {
            if (ReferenceEquals(Members, other.Members) || (Members.IsEmpty && other.Members.IsEmpty))
            {
                return this;
            }

            var joined = Members;
            foreach (var member in Members)
            {
                joined = joined.SetItem(
                    member.Key,
                    other.Members.TryGetValue(member.Key, out var value) ? Operators.Join(member.Value, value) : Any);
            }

            return this with { Members = joined };
        }

        public bool Equals(Exception? other) => ReferenceEquals(this, other) || other is not null
            && SymbolEqualityComparer.Default.Equals(Type, other.Type)
            && IsExact == other.IsExact
            && ReferenceEquals(Request, other.Request)
            && CarriesStatus == other.CarriesStatus
            && Equals(Inner, other.Inner)
            && (ReferenceEquals(Members, other.Members) || Members.SequenceEqual(other.Members));

        public override int GetHashCode() => Type.Name.GetHashCode();

        public override string ToString() => Type.Name + (Request is null ? string.Empty : " of " + Request);
    }

    /// <summary>A lambda, a local function, or a method of the compilation.</summary>
    /// <param name="Code">
    /// The operation of a lambda (an <c>IFlowAnonymousFunctionOperation</c>), or the symbol of a local function or method.
    /// </param>
    internal sealed record Function(object Code) : Value
    {
        public override bool? IsNull => false;

        public bool Equals(Function? other) => other is not null && Code.Equals(other.Code);

        public override int GetHashCode() => 2;

        public override string ToString() => "function";
    }

    /// <summary>Values held member by member: tuples, records, anonymous types, result classes made in view.</summary>
    internal sealed record Composite : Value
    {
        // Of the members, once they were asked for.
        private int _hash;
        private bool? _isPlain;

        public Composite(ITypeSymbol? type, ImmutableSortedDictionary<string, Value> members)
        {
            Type = type;
            Members = members;
        }

        /// <summary>The type, where it matters for reading members that were not set.</summary>
        public ITypeSymbol? Type { get; }

        /// <summary>The members by name.</summary>
        public ImmutableSortedDictionary<string, Value> Members { get; }

        /// <summary>Whether no member has anything to do with a request, and no type with a type parameter.</summary>
        public bool IsPlain => _isPlain ??= Type is not ITypeParameterSymbol and not INamedTypeSymbol { IsGenericType: true }
            && Members.All(member => member.Value is Constant or Unknown { Origin.IsNone: true } or Composite { IsPlain: true }
                || (member.Value is PartialText text && text.Origin.IsNone));

        public override Taint Taint
        {
            get
            {
                var taint = Taint.None;
                if (!IsPlain)
                {
                    foreach (var member in Members)
                    {
                        taint |= member.Value.Taint;
                    }
                }

                return taint;
            }
        }

        public override bool? IsNull => false;

        public bool Equals(Composite? other) => ReferenceEquals(this, other)
            || (other is not null
                && Members.Count == other.Members.Count
                && GetHashCode() == other.GetHashCode()
                && (ReferenceEquals(Members, other.Members) || Members.SequenceEqual(other.Members)));

        public override int GetHashCode()
        {
            if (_hash == 0)
            {
                var hash = Members.Count + 1;
                foreach (var member in Members)
                {
                    hash = unchecked((hash * 31) + member.Key.GetHashCode() + (member.Value.GetHashCode() * 17));
                }

                _hash = hash;
            }

            return _hash;
        }

        public override string ToString() => "{" + string.Join(", ", Members.Select(m => m.Key + ": " + m.Value)) + "}";
    }

    /// <summary>An array, list or set of known elements.</summary>
    internal sealed record Elements : Value
    {
        public Elements(ImmutableArray<Value> items) => Items = items;

        /// <summary>The elements.</summary>
        public ImmutableArray<Value> Items { get; }

        public override Taint Taint => Items.Aggregate(Taint.None, (t, i) => t | i.Taint);

        public override bool? IsNull => false;

        public bool Equals(Elements? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => Items.Length;

        public override string ToString() => "[" + string.Join(", ", Items) + "]";
    }

    /// <summary>An enumerator over known elements.</summary>
    /// <param name="Over">The elements.</param>
    /// <param name="Position">The index of the current element; -1 before the first.</param>
    internal sealed record Cursor(Elements Over, int Position) : Value
    {
        public override bool? IsNull => false;

        /// <summary>The current element.</summary>
        public Value Current => Position >= 0 && Position < Over.Items.Length ? Over.Items[Position] : Any;

        public override string ToString() => Over + "@" + Position;
    }
}

/// <summary>An exception that some outcomes of a request cause.</summary>
/// <param name="Exception">The exception.</param>
/// <param name="Request">The request; null for an exception that may come whatever the outcome is.</param>
/// <param name="Outcomes">The outcomes; empty without a request.</param>
internal sealed record Fault(Value.Exception Exception, RequestSite? Request, OutcomeSet Outcomes)
{
    /// <summary>An exception that outcomes of the request it carries cause.</summary>
    public Fault(Value.Exception exception, OutcomeSet outcomes)
        : this(exception, exception.Request, outcomes)
    {
    }

    /// <summary>Places that hold something else where it is thrown than where all went well, with what they hold.</summary>
    public ImmutableArray<(object Place, Value? Value)> Undone { get; init; } = ImmutableArray<(object, Value?)>.Empty;

    /// <inheritdoc/>
    public bool Equals(Fault? other) => ReferenceEquals(this, other) || (other is not null
        && Exception.Equals(other.Exception)
        && ReferenceEquals(Request, other.Request)
        && Outcomes == other.Outcomes
        && (Undone == other.Undone || Undone.SequenceEqual(other.Undone)));

    /// <inheritdoc/>
    public override int GetHashCode() => Exception.GetHashCode();
}

/// <summary>What aspect of a request a value was derived from.</summary>
[Flags]
internal enum Aspect
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Status, code, exception: a condition on it is a check.</summary>
    Outcome = 1,

    /// <summary>Data: a condition on it is a use.</summary>
    Data = 2,

    /// <summary>The body as a whole, of which neither can be said.</summary>
    Body = 4,

    /// <summary>Something unseen that was made of the whole body: it may tell success from failure.</summary>
    Examined = 8,

    /// <summary>Something to which anything was done only after failures: it may tell of them.</summary>
    Told = 16,

    /// <summary>A condition on any of these is taken for a check.</summary>
    Check = Outcome | Examined | Told,
}

/// <summary>A set of requests with the aspects a value was derived from.</summary>
internal readonly struct Taint : IEquatable<Taint>
{
    private readonly ImmutableArray<KeyValuePair<RequestSite, Aspect>> _entries;

    private Taint(ImmutableArray<KeyValuePair<RequestSite, Aspect>> entries) => _entries = entries;

    /// <summary>No request.</summary>
    public static Taint None => default;

    /// <summary>Whether there is no request.</summary>
    public bool IsNone => _entries.IsDefaultOrEmpty;

    /// <summary>The requests with their aspects, by <see cref="RequestSite.Id"/>.</summary>
    public ImmutableArray<KeyValuePair<RequestSite, Aspect>> Entries =>
        _entries.IsDefault ? ImmutableArray<KeyValuePair<RequestSite, Aspect>>.Empty : _entries;

    /// <summary>Derived from the outcome of a request.</summary>
    public static Taint Outcome(RequestSite request) => Single(request, Aspect.Outcome);

    /// <summary>Derived from the data of a request.</summary>
    public static Taint Data(RequestSite request) => Single(request, Aspect.Data);

    /// <summary>Made of the whole body of a request by something unseen.</summary>
    public static Taint Examined(RequestSite request) => Single(request, Aspect.Examined);

    /// <summary>Derived from the body of a request.</summary>
    public static Taint Body(RequestSite request) => Single(request, Aspect.Body);

    /// <summary>Derived from aspects of a request.</summary>
    public static Taint Of(RequestSite request, Aspect aspects) => Single(request, aspects);

    /// <summary>The same, where the outcome was put into words for whoever reads them.</summary>
    public Taint Worded()
    {
        var worded = None;
        foreach (var entry in Entries)
        {
            worded |= Single(entry.Key, (entry.Value & Aspect.Outcome) == 0 ? entry.Value : (entry.Value & ~Aspect.Outcome) | Aspect.Told);
        }

        return worded;
    }

    /// <summary>The requests whose given aspect it was derived from.</summary>
    public IEnumerable<RequestSite> Requests(Aspect aspect) =>
        Entries.Where(e => (e.Value & aspect) != 0).Select(e => e.Key);

    /// <inheritdoc/>
    public bool Equals(Taint other)
    {
        if (_entries == other._entries || (IsNone && other.IsNone))
        {
            return true;
        }

        if (Entries.Length != other.Entries.Length)
        {
            return false;
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            if (!ReferenceEquals(_entries[i].Key, other._entries[i].Key) || _entries[i].Value != other._entries[i].Value)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Taint other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Entries.Length;

    /// <inheritdoc/>
    public override string ToString() => "(" + string.Join(",", Entries.Select(e => e.Key + ":" + e.Value)) + ")";

    /// <summary>The requests and aspects of both.</summary>
    public static Taint operator |(Taint x, Taint y)
    {
        if (x.IsNone || x.Equals(y))
        {
            return y;
        }

        if (y.IsNone)
        {
            return x;
        }

        var (i, j) = (0, 0);
        var merged = ImmutableArray.CreateBuilder<KeyValuePair<RequestSite, Aspect>>(x._entries.Length + y._entries.Length);
        while (i < x._entries.Length || j < y._entries.Length)
        {
            if (j == y._entries.Length || (i < x._entries.Length && x._entries[i].Key.Id < y._entries[j].Key.Id))
            {
                merged.Add(x._entries[i++]);
            }
            else if (i == x._entries.Length || y._entries[j].Key.Id < x._entries[i].Key.Id)
            {
                merged.Add(y._entries[j++]);
            }
            else
            {
                merged.Add(new KeyValuePair<RequestSite, Aspect>(
                    x._entries[i].Key, x._entries[i++].Value | y._entries[j++].Value));
            }
        }

        return new Taint(merged.ToImmutable());
    }

    private static Taint Single(RequestSite request, Aspect aspect) =>
        new(ImmutableArray.Create(new KeyValuePair<RequestSite, Aspect>(request, aspect)));
}
