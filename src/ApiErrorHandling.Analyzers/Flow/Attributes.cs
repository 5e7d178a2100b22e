using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using ApiErrorHandling.Analyzers.Contracts;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>The attributes of a request's outcomes as values.</summary>
internal static class Attributes
{
    // The values are the same for all requests under a contract, and asked for at every one.
    private static readonly ConditionalWeakTable<ErrorContract, StrongBox<ImmutableArray<Value>>> Statuses = new();
    private static readonly ConditionalWeakTable<ErrorContract, StrongBox<ImmutableArray<Value>>> Thrown = new();
    private static readonly ConditionalWeakTable<ErrorContract, StrongBox<ImmutableArray<Value>>> Successes = new();
    private static readonly ConditionalWeakTable<ErrorContract, StrongBox<ImmutableArray<Value>>> Codes = new();

    // Of System.Net.WebExceptionStatus.
    private static readonly Value ProtocolError = new Value.Constant(7L);
    private static readonly Value TimedOut = new Value.Constant(14L);
    private static readonly Value NotConnected = new Value.Between(1, 20, ImmutableHashSet.Create(7L, 14L));

    /// <summary>The HTTP status.</summary>
    public static Value Status(RequestSite request) => new Value.PerOutcome(request, StatusesOf(request.Contract), true);

    /// <summary>The HTTP status that an exception carries: null where there was no answer.</summary>
    public static Value StatusOfException(RequestSite request) => new Value.PerOutcome(
        request,
        Thrown.GetValue(request.Contract, static contract =>
        {
            var statuses = StatusesOf(contract);
            return Box(contract, o => o.Kind == OutcomeKind.Answer ? statuses[o.Index] : Value.Null);
        }).Value,
        true);

    /// <summary>The response that an exception carries: null where there was no answer.</summary>
    public static Value ResponseOfException(RequestSite request)
    {
        var response = new Value.Response(request) { IsCaught = true };
        return Of(request, o => o.Kind == OutcomeKind.Answer ? response : Value.Null);
    }

    /// <summary>The <c>WebExceptionStatus</c> of an exception.</summary>
    public static Value ReasonOfException(RequestSite request) => Of(request, o => o.Kind switch
    {
        OutcomeKind.Answer => ProtocolError,
        OutcomeKind.Timeout => TimedOut,
        OutcomeKind.TransportFailure => NotConnected,
        _ => Value.Any,
    });

    /// <summary>Whether the status is 200 to 299.</summary>
    public static Value IsSuccess(RequestSite request) => new Value.PerOutcome(
        request,
        Successes.GetValue(request.Contract, static contract => Box(contract, o => Value.Of(
            o.Status is { Min: >= 200, Max: < 300 } || o.Kind == OutcomeKind.UnreadableBody))).Value,
        true);

    /// <summary>The code in the body: text or number as the API writes it, null where the body has none.</summary>
    public static Value Code(RequestSite request) =>
        new Value.PerOutcome(request, Codes.GetValue(request.Contract, MakeCodes).Value, true);

    private static ImmutableArray<Value> StatusesOf(ErrorContract contract) =>
        Statuses.GetValue(contract, MakeStatuses).Value;

    private static StrongBox<ImmutableArray<Value>> MakeStatuses(ErrorContract contract)
    {
        var listed = contract.Outcomes
            .Where(o => o is { IsOther: false, Status.IsSingle: true })
            .Select(o => (long)o.Status!.Value.Min)
            .ToImmutableHashSet();
        return Box(contract, o => o.Status is not { } s
            ? o.Kind == OutcomeKind.UnreadableBody ? new Value.Constant(200L) : Value.Any
            : s.IsSingle ? new Value.Constant((long)s.Min) : new Value.Between(s.Min, s.Max, listed));
    }

    private static StrongBox<ImmutableArray<Value>> MakeCodes(ErrorContract contract)
    {
        var body = contract.BodyCode!;
        var listed = contract.Outcomes.Where(o => o.Code is not null).Select(o => o.Code!)
            .Concat(body.SuccessValues).ToImmutableHashSet();
        return Box(contract, o =>
        {
            if (o is { IsInBody: true, IsOther: true })
            {
                return new Value.Unlisted(listed);
            }

            if (o.Code is null)
            {
                return o.Kind == OutcomeKind.UnreadableBody ? Value.Any : Value.Null;
            }

            return body.AbsentMeansSuccess && o.Succeeds
                ? Value.Any
                : body.Type == CodeType.Number && long.TryParse(o.Code, out var n)
                    ? new Value.Constant(n)
                    : new Value.Constant(o.Code);
        });
    }

    private static StrongBox<ImmutableArray<Value>> Box(ErrorContract contract, System.Func<Outcome, Value> value) =>
        new(contract.Outcomes.Select(value).ToImmutableArray());

    /// <summary>The status repeated in an error body, null in other bodies.</summary>
    public static Value StatusInBody(RequestSite request)
    {
        var status = (Value.PerOutcome)Status(request);
        return Of(request, o => IsErrorBody(request, o) ? status.ByOutcome[o.Index] : Absent(o));
    }

    /// <summary>The stable code in an error body, null in other bodies.</summary>
    public static Value ErrorCode(RequestSite request) => Of(request, o => !IsErrorBody(request, o)
        ? Absent(o)
        : o.ErrorCodes.Length == 1
            ? long.TryParse(o.ErrorCodes[0], out var n) ? new Value.Constant(n) : new Value.Constant(o.ErrorCodes[0])
            : Value.AnyObject);

    /// <summary>The title in an error body, null in other bodies.</summary>
    public static Value Title(RequestSite request) => Of(request, o => !IsErrorBody(request, o)
        ? Absent(o)
        : o.Titles.Length == 1 ? new Value.Wording(o.Titles[0]) : Value.AnyObject);

    /// <summary>The wording of the type in an error body, null in other bodies.</summary>
    public static Value ErrorType(RequestSite request) => Of(request, o => !IsErrorBody(request, o)
        ? Absent(o)
        : o.ErrorType is { } type ? new Value.Wording(type) : Value.AnyObject);

    /// <summary>Any member that only error bodies have: there in these, null in others.</summary>
    public static Value ErrorPart(RequestSite request) =>
        Of(request, o => IsErrorBody(request, o) ? Value.AnyObject : Absent(o));

    /// <summary>
    /// A part of the answer's data: absent in the failing bodies of an API whose contract describes its bodies, unknown
    /// in others.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="part">The value where the data is there.</param>
    public static Value DataPart(RequestSite request, Value part) => request.Contract.BodyTellsFailure
        ? Of(request, o => o.Succeeds || o.Advice == Advice.Partial || o.Kind == OutcomeKind.UnreadableBody
            ? part
            : Value.Null, tellsOutcome: false)
        : part;

    /// <summary>A value by outcome.</summary>
    public static Value Of(RequestSite request, System.Func<Outcome, Value> value, bool tellsOutcome = true)
    {
        var outcomes = request.Contract.Outcomes;
        var builder = ImmutableArray.CreateBuilder<Value>(outcomes.Length);
        foreach (var outcome in outcomes)
        {
            builder.Add(value(outcome));
        }

        return new Value.PerOutcome(request, builder.MoveToImmutable(), tellsOutcome);
    }

    private static bool IsErrorBody(RequestSite request, Outcome outcome) =>
        outcome.Kind == OutcomeKind.Answer && request.Contract.StatusFailures.Contains(outcome.Index);

    private static Value Absent(Outcome outcome) =>
        outcome.Kind == OutcomeKind.UnreadableBody ? Value.Any : Value.Null;
}
