namespace ApiErrorHandling.Analyzers.TruthTests.Playing;

/// <summary>What the first requests of a program are answered with, and what all later ones.</summary>
/// <param name="First">The answers in the order of the requests.</param>
/// <param name="RepeatsLast">Whether the last of them goes on for ever; else successes follow.</param>
internal sealed record Script(IReadOnlyList<AnswerChoice> First, bool RepeatsLast = false)
{
    /// <summary>Every request succeeds.</summary>
    public static Script Success { get; } = new([]);

    /// <summary>The answer to the request of this number, from 0; null for success.</summary>
    public AnswerChoice? At(int request) => request < First.Count ? First[request]
        : RepeatsLast && First.Count > 0 ? First[^1]
        : null;

    /// <summary>Fails a number of times, then succeeds.</summary>
    public static Script Failing(AnswerChoice failure, int times) => new(Enumerable.Repeat(failure, times).ToList());

    /// <inheritdoc/>
    public override string ToString() =>
        (First.Count == 0 ? "success" : string.Join(", ", First)) + (RepeatsLast ? ", …" : string.Empty);
}

/// <summary>An answer by name, whatever contract the request turns out to have: outcomes that it lacks are left out.</summary>
/// <param name="Outcome">The id of the outcome.</param>
/// <param name="Variant">The number of the spelling, from 0.</param>
/// <param name="RetryAfter">Whether the header is sent, and how.</param>
internal readonly record struct AnswerChoice(string Outcome, int Variant = 0, RetryAfterForm RetryAfter = RetryAfterForm.None)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Variant > 0 ? Outcome + "/" + Variant : Outcome;
}

/// <summary>How `Retry-After` is written.</summary>
internal enum RetryAfterForm
{
    None,
    Seconds,
    Date,
}
