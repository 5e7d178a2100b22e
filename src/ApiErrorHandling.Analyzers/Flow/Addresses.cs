using System;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;

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

    /// <summary>Sets a part of an address.</summary>
    public static Value With(Value address, AddressPart part, Value value)
    {
        if (TextOf(address) is not { } text)
        {
            return address;
        }

        var known = TextOf(value) ?? AddressPattern.Hole.ToString();
        var authority = text.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var path = text.IndexOfAny(['/', '?', '#'], authority) is var first and >= 0 ? first : text.Length;
        var query = text.IndexOfAny(['?', '#'], path) is var mark and >= 0 ? mark : text.Length;
        var changed = part switch
        {
            AddressPart.Scheme => known + "://" + text.Substring(authority),
            AddressPart.Host => text.Substring(0, authority) + known + text.Substring(path),
            AddressPart.Path => text.Substring(0, path) + "/" + known.TrimStart('/') + text.Substring(query),
            _ => text.Substring(0, query) + "?" + known.TrimStart('?'),
        };
        return address is Value.Constant && value is Value.Constant
            ? new Value.Constant(changed)
            : new Value.PartialText(changed, address.Taint | value.Taint);
    }

    private static bool IsAbsolute(string text) => text.IndexOf("://", StringComparison.Ordinal) is > 0 and < 12
        || (text.Length > 0 && text[0] == AddressPattern.Hole);
}
