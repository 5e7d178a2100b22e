using System;
using System.Collections.Generic;
using System.Linq;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>Whether an address with unknown parts fits a pattern.</summary>
internal enum PatternMatch
{
    /// <summary>Whatever the unknown parts are, it does not fit.</summary>
    No,

    /// <summary>It depends on the unknown parts.</summary>
    Maybe,

    /// <summary>It fits.</summary>
    Yes,
}

/// <summary>Patterns for hosts and paths, and how addresses that are known in part are held against them.</summary>
internal static class AddressPattern
{
    /// <summary>Stands in an address for a part of any length that is not known.</summary>
    public const char Hole = '\uFFFC';

    private const string AnyRest = "**";

    /// <summary>Whether the text is a host ("api.example.com") or all below one ("*.example.com").</summary>
    public static bool IsHostPattern(string text)
    {
        var start = IsWildcard(text) ? 2 : 0;
        if (start == text.Length)
        {
            return false;
        }

        for (var i = start; i < text.Length; i++)
        {
            var isInner = i > start && i < text.Length - 1;
            var isPart = text[i] switch
            {
                '.' => isInner && text[i - 1] != '.',
                '-' or '_' => isInner,
                var character => char.IsLetterOrDigit(character),
            };
            if (!isPart)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether the text is an absolute path of literal segments, with `*` for any part of a segment and at the end
    /// `**` for any rest.
    /// </summary>
    public static bool IsPathPattern(string text)
    {
        if (text.Length < 2 || text[0] != '/')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var isLast = i == text.Length - 1;
            var isPart = text[i] switch
            {
                '/' => !isLast && text[i + 1] != '/',
                '*' => isLast || text[i + 1] != '*' || (i == text.Length - 2 && text[i - 1] == '/'),
                '?' or '#' or '\\' or Hole => false,
                var character => character > ' ',
            };
            if (!isPart)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The longest label of a host pattern: "example" of "*.example.com".</summary>
    public static string LongestLabel(string pattern) =>
        pattern.Split('.').OrderByDescending(label => label.Length).First();

    /// <summary>The literal segments of a path pattern: "v1" and "items" of "/v1/items/*".</summary>
    public static IEnumerable<string> Literals(string pattern) =>
        pattern.Split('/').Where(segment => segment.Length > 0 && segment.IndexOf('*') < 0);

    /// <summary>Holds a host, without port, against a pattern.</summary>
    public static PatternMatch MatchHost(string pattern, string host)
    {
        // Of "*.example.com" the host must end with ".example.com" and have more before it.
        var isWildcard = IsWildcard(pattern);
        var literalStart = isWildcard ? 1 : 0;
        var literalLength = pattern.Length - literalStart;
        var hostStart = host.Length - literalLength;
        if ((isWildcard ? hostStart > 0 : hostStart == 0)
            && StartsAlike(pattern, literalStart, host, hostStart, literalLength))
        {
            return PatternMatch.Yes;
        }

        var lastHole = host.LastIndexOf(Hole);
        if (lastHole < 0)
        {
            return PatternMatch.No;
        }

        var tailLength = host.Length - lastHole - 1;
        var tailFits = tailLength <= literalLength
            && StartsAlike(pattern, pattern.Length - tailLength, host, lastHole + 1, tailLength);
        var headFits = isWildcard || StartsAlike(pattern, 0, host, 0, host.IndexOf(Hole));
        return tailFits && headFits ? PatternMatch.Maybe : PatternMatch.No;
    }

    /// <summary>Holds an absolute path, without query, against a pattern.</summary>
    public static PatternMatch MatchPath(string pattern, string path)
    {
        var result = PatternMatch.Yes;
        var hasHole = false;
        var inPattern = 0;
        var inPath = 0;
        while (inPattern < pattern.Length)
        {
            var patternEnd = SegmentEnd(pattern, ++inPattern);
            if (IsAnyRest(pattern, inPattern, patternEnd))
            {
                return result;
            }

            if (inPath >= path.Length)
            {
                return Otherwise(hasHole);
            }

            var pathEnd = SegmentEnd(path, ++inPath);
            var match = MatchSegment(pattern, inPattern, patternEnd, path, inPath, pathEnd);
            if (match == PatternMatch.No)
            {
                return Otherwise(hasHole);
            }

            hasHole |= path.IndexOf(Hole, inPath, pathEnd - inPath) >= 0;
            result = match < result ? match : result;
            inPattern = patternEnd;
            inPath = pathEnd;
        }

        return inPath >= path.Length ? result : Otherwise(hasHole);
    }

    /// <summary>What does not fit segment by segment can still fit if an unknown part holds several segments.</summary>
    private static PatternMatch Otherwise(bool hasHole) => hasHole ? PatternMatch.Maybe : PatternMatch.No;

    private static PatternMatch MatchSegment(
        string pattern, int patternStart, int patternEnd, string path, int start, int end)
    {
        if (Fits(pattern, patternStart, patternEnd, path, start, end))
        {
            return PatternMatch.Yes;
        }

        var hole = path.IndexOf(Hole, start, end - start);
        if (hole < 0)
        {
            return PatternMatch.No;
        }

        // What is appended to a last segment that fits without it is the query.
        if (hole > start && hole == path.Length - 1 && Fits(pattern, patternStart, patternEnd, path, start, hole))
        {
            return PatternMatch.Yes;
        }

        var star = pattern.IndexOf('*', patternStart, patternEnd - patternStart);
        var literalEnd = star < 0 ? patternEnd : star;
        var length = Math.Min(hole - start, literalEnd - patternStart);
        var canFit = StartsAlike(pattern, patternStart, path, start, length)
            && (star >= 0 || hole - start <= patternEnd - patternStart);
        return canFit ? PatternMatch.Maybe : PatternMatch.No;
    }

    /// <summary>Whether a segment fits a pattern of literal text and `*`; a hole is a character like others.</summary>
    private static bool Fits(string pattern, int patternStart, int patternEnd, string text, int start, int end)
    {
        var star = -1;
        var resume = start;
        var p = patternStart;
        var t = start;
        while (t < end)
        {
            if (p < patternEnd && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < patternEnd && StartsAlike(pattern, p, text, t, 1))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < patternEnd && pattern[p] == '*')
        {
            p++;
        }

        return p == patternEnd;
    }

    private static bool IsWildcard(string hostPattern) => hostPattern.StartsWith("*.", StringComparison.Ordinal);

    private static bool IsAnyRest(string pattern, int start, int end) =>
        end - start == AnyRest.Length && string.CompareOrdinal(pattern, start, AnyRest, 0, AnyRest.Length) == 0;

    private static int SegmentEnd(string path, int start)
    {
        var end = path.IndexOf('/', start);
        return end < 0 ? path.Length : end;
    }

    private static bool StartsAlike(string x, int xStart, string y, int yStart, int length) =>
        string.Compare(x, xStart, y, yStart, length, StringComparison.OrdinalIgnoreCase) == 0;
}
