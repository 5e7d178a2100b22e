using System;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// The cheapest question to a compilation: does the text of any tree mention a client, a message or an answer? Whoever
/// sends a request has one in hand, and whoever has one got it from code that names it.
/// </summary>
/// <remarks>Nothing is kept for a tree: to search its text costs no more than to look an answer up.</remarks>
internal static class RequestMarkers
{
    private static readonly string[] AfterHttp =
        ["Client", "Message", "RequestMessage", "ResponseMessage", "WebRequest", "Content", ".Json"];

    private static readonly string[] AfterWeb = ["Request", "Client"];

    private const string Namespace = "System.Net.";

    // Every project of the SDK imports it so, in a file that the build writes.
    private const string ImplicitImport = "global using global::" + Namespace;

    /// <summary>Whether the text of any tree mentions one.</summary>
    public static bool AreInAny(Compilation compilation)
    {
        var counters = FlowCounters.Of(compilation);
        foreach (var tree in compilation.SyntaxTrees)
        {
            counters.CountTextScan();
            if (AreIn(tree.GetText().ToString()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreIn(string text) =>
        Mentions(text, "Http", IsOfHttp)
        || Mentions(text, "Web", static (text, at) => StandsBehind(text, at + "Web".Length, AfterWeb));

    private static bool Mentions(string text, string word, Func<string, int, bool> isMeant)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (isMeant(text, at))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfHttp(string text, int at)
    {
        if (StandsBefore(text, at, ImplicitImport))
        {
            return false;
        }

        var end = at + "Http".Length;
        return StandsBehind(text, end, AfterHttp)
            || (end < text.Length && text[end] == ';' && StandsBefore(text, at, Namespace));
    }

    private static bool StandsBehind(string text, int start, string[] words)
    {
        foreach (var word in words)
        {
            if (string.CompareOrdinal(text, start, word, 0, word.Length) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool StandsBefore(string text, int end, string word) =>
        end >= word.Length && string.CompareOrdinal(text, end - word.Length, word, 0, word.Length) == 0;
}
