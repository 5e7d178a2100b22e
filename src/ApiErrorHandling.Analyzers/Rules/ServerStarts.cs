using System;
using System.Collections.Generic;
using System.Linq;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>Whoever waits for a server to start, as one on the same machine may, or for a person, asks until it answers.</summary>
internal static class ServerStarts
{
    private static readonly string[] Waiting =
        ["wait", "until", "ready", "health", "alive", "startup", "ping", "online", "reachable", "running", "poll",
            "//localhost", "//127.0.0.1", "//[::1]"];

    /// <summary>Whether the name of the method, of a helper or of the address says that somebody is waited for.</summary>
    /// <param name="repeat">The way back to a request.</param>
    /// <param name="flow">The method.</param>
    public static bool IsAwaited(Repeat repeat, FlowResult flow) =>
        Names(flow.Method?.Name) || Names(repeat.Request.Address) || HelpersOf(repeat.Request).Any(Names)
        || (AroundLoop(repeat) is { } name && Names(name) && !Attempts.AreNamed(name));

    // The helper that calls what it is given again, as `WaitUntil(() => …)` does.
    private static string? AroundLoop(Repeat repeat) =>
        repeat.Loop?.Ancestors().Select(n => (n as MethodDeclarationSyntax)?.Identifier ?? (n as LocalFunctionStatementSyntax)?.Identifier)
            .FirstOrDefault(name => name is not null)?.ValueText;

    private static IEnumerable<string?> HelpersOf(RequestSite request)
    {
        for (var origin = request.Origin; origin is var (helper, inner); origin = inner.Origin)
        {
            yield return helper.Method?.Name;
        }
    }

    // A word of a name or an address, not a part of one: "ping" is not in "shopping".
    private static bool Names(string? text)
    {
        return text is not null && Array.Exists(Waiting, IsIn);

        bool IsIn(string word)
        {
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            while (at > 0 && char.IsLetter(text[at - 1]) && char.IsLetter(text[at]) && (char.IsLower(text[at]) || char.IsUpper(text[at - 1])))
            {
                at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase);
            }

            return at >= 0;
        }
    }
}
