using System;
using System.Linq;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// Tells attempts from polls where success is asked for again, too: an answer that something is wrong with is like a failure,
/// one that is not there yet is not. Only names say which of the two is meant.
/// </summary>
internal static class Attempts
{
    private static readonly string[] Counting = ["retr", "attempt", "tries"];

    private static readonly string[] Polling =
    [
        "poll", "pending", "ready", "progress", "processing", "finish", "running", "queue", "until", "availab", "complete", "done",
        "state", "wait", "exist", "status",
    ];

    // What has such a word in it and says nothing.
    private static readonly string[] Others =
    [
        "StatusCode", "HttpCompletion", "CompletedTask", "WebExceptionStatus", "ReasonPhrase", "ConfigureAwait", "WaitHandle",
        "StatusDescription", "WaitAsync",
    ];

    /// <summary>Whether a loop with an end counts attempts, and nothing in it or in the names around it speaks of something to wait for.</summary>
    /// <param name="repeat">The way back to a request.</param>
    /// <param name="flow">The method.</param>
    public static bool AreMade(Repeat repeat, FlowResult flow) =>
        repeat is { Kind: RepeatKind.Loop, Loop: { } loop }
        && loop.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Any(t => Has(t.ValueText, Counting))
        && !Has(flow.Method?.Name, Polling)
        && !loop.DescendantTokens().Any(t =>
            t.Kind() is SyntaxKind.IdentifierToken && !Array.Exists(Others, t.ValueText.Contains) && Has(t.ValueText, Polling))
        && RetryBounds.AreKnown(repeat, flow.Context.Compilation);

    /// <summary>Whether a name speaks of attempts.</summary>
    public static bool AreNamed(string name) => Has(name, Counting);

    private static bool Has(string? name, string[] words) =>
        name is not null && Array.Exists(words, word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
