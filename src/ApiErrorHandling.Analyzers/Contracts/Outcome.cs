using System;
using System.Collections.Immutable;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>How an outcome reaches the program.</summary>
internal enum OutcomeKind
{
    /// <summary>An answer with a status, and perhaps a body.</summary>
    Answer,

    /// <summary>No answer: the connection failed.</summary>
    TransportFailure,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>A successful answer whose body cannot be read as what it should be.</summary>
    UnreadableBody,
}

/// <summary>
/// One way in which a request can end, with the attributes that a program can see. The finite list of these is what a
/// contract is.
/// </summary>
internal sealed class Outcome
{
    /// <summary>The place of this outcome in <see cref="ErrorContract.Outcomes"/>.</summary>
    public required int Index { get; init; }

    /// <summary>A name unique in the contract, stable between versions: "v1:402", "429:TOO FAST", "timeout".</summary>
    public required string Id { get; init; }

    /// <summary>How the outcome reaches the program.</summary>
    public OutcomeKind Kind { get; init; }

    /// <summary>
    /// The HTTP status: one value for a listed outcome, a span for `other`; null where there is no answer.
    /// </summary>
    public StatusRange? Status { get; init; }

    /// <summary>
    /// The error code in the body as it is written there, without quotes; null if the body has none or the
    /// contract knows none.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>
    /// Whether this is the outcome `other` of its channel: its status (or, if <see cref="Code"/>'s channel, its
    /// code) is any but the listed ones.
    /// </summary>
    public bool IsOther { get; init; }

    /// <summary>Whether this outcome is told by the code in the body (under a successful HTTP status).</summary>
    public bool IsInBody { get; init; }

    /// <summary>The title in the error body that identifies the outcome, if the contract has such; its spellings.</summary>
    public ImmutableArray<string> Titles { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The wording of `type` in the error body, where the contract lists it.</summary>
    public string? ErrorType { get; init; }

    /// <summary>
    /// Codes in the error body that belong to a failing HTTP status (Tomorrow.io's 400001 …); empty where there are
    /// none.
    /// </summary>
    public ImmutableArray<string> ErrorCodes { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Whether the answer has a body.</summary>
    public bool HasBody { get; init; } = true;

    /// <summary>What to do about it.</summary>
    public Advice Advice { get; init; }

    /// <summary>What to do instead when `Retry-After` comes with it; null: the same.</summary>
    public Advice? AdviceWithRetryAfter { get; init; }

    /// <summary>
    /// The request fields that another attempt must renew, for <see cref="Advice.Renew"/> (Tencent Cloud 4500: Nonce);
    /// empty: whatever the request carries.
    /// </summary>
    public ImmutableArray<string> RenewFields { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Whether the request is accepted and not done, so that asking again is a poll (HTTP 202).</summary>
    public bool IsPending { get; init; }

    /// <summary>Whether it concerns the account (key, balance, suspension) and not the item asked for.</summary>
    public bool ConcernsAccount { get; init; }

    /// <summary>Whether the header `Retry-After` may come with it.</summary>
    public bool MaySendRetryAfter { get; init; }

    /// <summary>
    /// The error models (the contract's own names, "v1", "v2") whose answers include this outcome; empty: all.
    /// </summary>
    public ImmutableArray<string> Models { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Success or no-data.</summary>
    public bool Succeeds => Advice is Advice.Success or Advice.NoData;

    /// <summary>
    /// Whether a text is this outcome's title: without case, singular or plural, since documents and answers differ.
    /// </summary>
    public bool HasTitle(string text)
    {
        var length = LengthWithoutPlural(text);
        foreach (var title in Titles)
        {
            if (length == LengthWithoutPlural(title)
                && string.Compare(title, 0, text, 0, length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static int LengthWithoutPlural(string title) =>
        title.EndsWith("s", StringComparison.OrdinalIgnoreCase) ? title.Length - 1 : title.Length;
}

/// <summary>An inclusive span of HTTP statuses; a single status has equal ends.</summary>
/// <param name="Min">The lowest status.</param>
/// <param name="Max">The highest status.</param>
internal readonly record struct StatusRange(int Min, int Max)
{
    /// <summary>Whether the span is one status.</summary>
    public bool IsSingle => Min == Max;

    /// <inheritdoc/>
    public override string ToString() => IsSingle ? Min.ToString() : Min + "–" + Max;
}
