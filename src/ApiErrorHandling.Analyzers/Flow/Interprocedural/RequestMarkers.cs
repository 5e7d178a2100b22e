using System;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// The cheapest question to a tree: does its text mention anything that sends a request? Asked once for each tree.
/// </summary>
internal static class RequestMarkers
{
    // Almost all requests are sent by a method with this ending; what stands before it tells which.
    private const string Ending = "Async";

    // The others are searched for as they are.
    private static readonly string[] Others =
        [".Send(", ".GetResponse(", ".DownloadString(", ".DownloadData(", ".OpenRead(", ".UploadString(", ".UploadData(", ".UploadValues("];

    private static readonly string[] Beginnings =
        
    [
        "Get", "Post", "Put", "Patch", "Delete", "Send", "String", "ByteArray", "Stream", "Json", "As", "Response",
        "Task",
    ];

    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<bool>> Trees = new();

    /// <summary>Whether the text of any tree mentions one.</summary>
    public static bool AreInAny(Compilation compilation)
    {
        var counters = FlowCounters.Of(compilation);
        var found = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            counters.CountTextScan();
            found |= AreIn(tree);
        }

        return found;
    }

    /// <summary>Whether the text of a tree mentions one.</summary>
    public static bool AreIn(SyntaxTree tree) =>
        Trees.GetValue(tree, static t => new StrongBox<bool>(AreIn(t.GetText().ToString()))).Value;

    private static bool AreIn(string text)
    {
        for (var at = text.IndexOf(Ending, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(Ending, at + 1, StringComparison.Ordinal))
        {
            foreach (var beginning in Beginnings)
            {
                if (at >= beginning.Length
                    && string.CompareOrdinal(text, at - beginning.Length, beginning, 0, beginning.Length) == 0)
                {
                    return true;
                }
            }
        }

        foreach (var other in Others)
        {
            if (text.IndexOf(other, StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
