using ApiErrorHandling.Analyzers.Contracts;

namespace ApiErrorHandling.Analyzers.TruthTests.Playing;

/// <summary>A request that a program sent.</summary>
internal sealed class RecordedRequest
{
    /// <summary>Its number in the run, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>When it came, by the program's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Method { get; init; }

    public required Uri Address { get; init; }

    /// <summary>The headers of the request and of its content.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The text of the content; null for none.</summary>
    public string? Content { get; init; }

    /// <summary>Tells message objects apart: two requests with the same number are one message sent twice.</summary>
    public required int Message { get; init; }

    /// <summary>The same of the content; -1 for none.</summary>
    public required int ContentIdentity { get; init; }

    /// <summary>The value of `Nonce` in the query or the form; null if there is none.</summary>
    public string? Nonce => Parameter("Nonce");

    /// <summary>The value of `Timestamp` in the query or the form; null if there is none.</summary>
    public string? Timestamp => Parameter("Timestamp");

    /// <summary>What it was answered with.</summary>
    public required Answer Answer { get; init; }

    /// <summary>The outcome.</summary>
    public Outcome Outcome => Answer.Outcome;

    /// <summary>Whether another request asks for the same with the same.</summary>
    public bool IsLike(RecordedRequest other) =>
        Method == other.Method && Address == other.Address && WithoutBoundary(Content) == WithoutBoundary(other.Content);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Address} → {Answer}";

    // The library writes another line between the parts of a form each time.
    private static string? WithoutBoundary(string? content) =>
        content?.StartsWith("--", StringComparison.Ordinal) == true && content.IndexOf('\r', StringComparison.Ordinal) is var end and > 0
            ? content.Replace(content[..end], "--", StringComparison.Ordinal)
            : content;

    private string? Parameter(string name)
    {
        foreach (var part in (Address.Query.TrimStart('?') + "&" + Content).Split('&'))
        {
            if (part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UnescapeDataString(part[(name.Length + 1)..]);
            }
        }

        return null;
    }
}
