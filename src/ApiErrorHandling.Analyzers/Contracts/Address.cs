using System;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>The host and the path of a URL's text, as far as they are known.</summary>
internal readonly struct Address
{
    private static readonly char[] AuthorityEnds = ['/', '?', '#', '\\'];
    private static readonly char[] PathEnds = ['?', '#'];

    private Address(string host, string path, bool isHostCertain)
    {
        Host = host;
        Path = path;
        IsHostCertain = isHostCertain;
    }

    /// <summary>The host without user and port, perhaps with holes; empty where the text has none.</summary>
    public string Host { get; }

    /// <summary>The path with its first slash and without query; empty where the text has none.</summary>
    public string Path { get; }

    /// <summary>Whether <see cref="Host"/> is one, or perhaps the first segment of a relative path.</summary>
    public bool IsHostCertain { get; }

    /// <summary>Takes a URL's text apart, absolute, without protocol, relative or known in part.</summary>
    public static Address Parse(string text)
    {
        text = text.Trim();
        var start = AuthorityStart(text);
        if (start < 0)
        {
            return StartsWithHost(text) is { } isCertain
                ? WithHost(text, 0, isCertain)
                : new Address(string.Empty, PathOf(text.TrimStart(AddressPattern.Hole)), isHostCertain: false);
        }

        return WithHost(text, start, isCertain: true);
    }

    /// <summary>The same text read as a relative address.</summary>
    public static Address ParseRelative(string text) => new(string.Empty, PathOf(text.Trim()), isHostCertain: false);

    private static Address WithHost(string text, int start, bool isCertain)
    {
        var end = End(text, start, AuthorityEnds);
        var path = PathOf(text.Substring(end));
        var host = HostOf(text.Substring(start, end - start));

        // $"https://api.example.com{path}": the path begins inside what looks like the host.
        var known = host.TrimEnd(AddressPattern.Hole);
        if (known.Length < host.Length && known.IndexOf('.') > 0 && char.IsLetterOrDigit(known[known.Length - 1]))
        {
            return new Address(known, "/" + AddressPattern.Hole + path, isCertain);
        }

        return new Address(host, path, isCertain);
    }

    private static int AuthorityStart(string text)
    {
        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            return 2;
        }

        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        return scheme >= 0 && scheme == text.IndexOfAny(AuthorityEnds) - 1 ? scheme + 3 : -1;
    }

    /// <summary>
    /// Whether a text without protocol starts with a host: certainly, perhaps, or (null) not. "v1.0/items" does not,
    /// "api.example.com/items" does, "index.json" may.
    /// </summary>
    private static bool? StartsWithHost(string text)
    {
        var end = End(text, 0, AuthorityEnds);
        var host = HostOf(text.Substring(0, end)).TrimEnd(AddressPattern.Hole);
        var lastDot = host.LastIndexOf('.');
        if (lastDot < 0 || host.Length - lastDot < 3)
        {
            return null;
        }

        for (var i = lastDot + 1; i < host.Length; i++)
        {
            if (!char.IsLetter(host[i]))
            {
                return null;
            }
        }

        return end < text.Length && text[end] == '/';
    }

    private static string HostOf(string authority)
    {
        var start = authority.LastIndexOf('@') + 1;
        var end = authority.IndexOf(':', start);
        if (start < authority.Length && authority[start] == '[')
        {
            end = -1;
        }

        var host = authority.Substring(start, (end < 0 ? authority.Length : end) - start);
        return host.Length > 1 && host[host.Length - 1] == '.' ? host.Substring(0, host.Length - 1) : host;
    }

    private static string PathOf(string text)
    {
        var path = text.Substring(0, End(text, 0, PathEnds)).Trim('/');
        return path.Length == 0 ? string.Empty : "/" + path;
    }

    private static int End(string text, int start, char[] ends)
    {
        var end = text.IndexOfAny(ends, start);
        return end < 0 ? text.Length : end;
    }
}
