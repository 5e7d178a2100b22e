using System;
using ApiErrorHandling.Analyzers.Contracts;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>Addresses as text with holes.</summary>
internal static class Addresses
{
    /// <summary>The text of an address; null if nothing of it is known.</summary>
    public static string? TextOf(Value value) => value switch
    {
        Value.Constant { Content: string text } => text,
        Value.PartialText partial => partial.Pattern,
        _ => null,
    };

    /// <summary>Resolves a relative address against a base, as <see cref="Uri"/> does.</summary>
    public static Value Combine(Value @base, Value relative)
    {
        var tail = TextOf(relative);
        var head = TextOf(@base);
        if (tail is not null && IsAbsolute(tail))
        {
            return relative;
        }

        if (head is null)
        {
            return relative;
        }

        if (tail is null)
        {
            return new Value.PartialText(head + AddressPattern.Hole, @base.Taint | relative.Taint);
        }

        var authority = head.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0
            ? head.IndexOf('/', scheme + 3)
            : -1;
        string text;
        if (tail.StartsWith("/", StringComparison.Ordinal))
        {
            text = (authority >= 0 ? head.Substring(0, authority) : head) + tail;
        }
        else
        {
            var cut = head.LastIndexOf('/');
            text = authority < 0 ? head + "/" + tail : head.Substring(0, Math.Max(cut, authority) + 1) + tail;
        }

        return relative is Value.Constant && @base is Value.Constant
            ? new Value.Constant(text)
            : new Value.PartialText(text, @base.Taint | relative.Taint);
    }

    private static bool IsAbsolute(string text) => text.IndexOf("://", StringComparison.Ordinal) is > 0 and < 12
        || (text.Length > 0 && text[0] == AddressPattern.Hole);
}
