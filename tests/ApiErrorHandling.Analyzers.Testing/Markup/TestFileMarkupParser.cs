using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Reads the markup <c>[|…|]</c>, <c>{|name:…|}</c> and <c>$$</c>, and takes it out of the text.</summary>
public static class TestFileMarkupParser
{
    private static readonly Regex Marker = new(
        @"(?<position>\$\$)|(?<open>\[\||\{\|(?<name>[-_.A-Za-z0-9+#]+):)|(?<close>\|\]|\|\})", RegexOptions.Compiled);

    /// <summary>
    /// The text without markup, the places of <c>$$</c>, and the spans by name; <c>[|…|]</c> has the empty name.
    /// </summary>
    public static void GetPositionsAndSpans(
        string input,
        out string output,
        out ImmutableArray<int> positions,
        out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans) =>
        Parse(input, Marker.Matches(input), out output, out positions, out spans);

    /// <summary>The text without spans, and the spans by name; <c>$$</c> is code if asked for.</summary>
    public static void GetSpans(
        string input,
        bool treatPositionIndicatorsAsCode,
        out string output,
        out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans) =>
        Parse(
            input,
            Marker.Matches(input).Where(marker => !treatPositionIndicatorsAsCode || !marker.Groups["position"].Success),
            out output,
            out _,
            out spans);

    private static void Parse(
        string input,
        IEnumerable<Match> markers,
        out string output,
        out ImmutableArray<int> positions,
        out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans)
    {
        var text = new StringBuilder();
        var places = ImmutableArray.CreateBuilder<int>();
        var found = new List<(string Name, TextSpan Span)>();
        var open = new Stack<(string Name, string Closing, int Start)>();
        var read = 0;
        foreach (var marker in markers)
        {
            text.Append(input, read, marker.Index - read);
            read = marker.Index + marker.Length;
            if (marker.Groups["position"].Success)
            {
                places.Add(text.Length);
            }
            else if (marker.Groups["open"].Success)
            {
                var name = marker.Groups["name"].Value;
                open.Push((name, name.Length == 0 ? "|]" : "|}", text.Length));
            }
            else if (open.TryPop(out var span) && span.Closing == marker.Value)
            {
                found.Add((span.Name, TextSpan.FromBounds(span.Start, text.Length)));
            }
            else
            {
                throw new ArgumentException(
                    $"Saw {marker.Value} without a span to close, near: {Excerpt(input, marker.Index)}");
            }
        }

        if (open.Count > 0)
        {
            throw new ArgumentException($"A span is never closed with {open.Peek().Closing} in: {input}");
        }

        output = text.Append(input, read, input.Length - read).ToString();
        positions = places.ToImmutable();
        spans = found
            .GroupBy(span => span.Name, span => span.Span)
            .ToImmutableDictionary(group => group.Key, group => group.OrderBy(span => span.Start).ToImmutableArray());
    }

    private static string Excerpt(string input, int index)
    {
        var start = Math.Max(0, index - 40);
        return input.Substring(start, Math.Min(60, input.Length - start));
    }
}
