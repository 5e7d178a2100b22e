using System.Globalization;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Diagnostics in the words of failure messages.</summary>
internal static class DiagnosticText
{
    /// <summary>The severity as a compiler prints it.</summary>
    public static string Name(DiagnosticSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>Path, start and perhaps end, counted from 1.</summary>
    public static string Position(FileLinePositionSpan span, bool withEnd = true)
    {
        var (start, end) = (span.StartLinePosition, span.EndLinePosition);
        var to = withEnd ? $",{end.Line + 1},{end.Character + 1}" : "";
        return $"{span.Path}({start.Line + 1},{start.Character + 1}{to})";
    }

    /// <summary>Path, start and end, if there are any.</summary>
    public static string Place(Location location) =>
        location.Kind == LocationKind.None ? "no location" : Position(location.GetLineSpan());

    /// <summary>The diagnostic in one line, and the line of source it starts on in another.</summary>
    public static string Describe(Diagnostic diagnostic)
    {
        var locations = diagnostic.AdditionalLocations.Prepend(diagnostic.Location).Select(Place);
        var text = $"{string.Join(", ", locations)}: {Name(diagnostic.Severity)} {diagnostic.Id}: "
            + diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return diagnostic.Location.SourceTree is { } tree
            ? text + Environment.NewLine + "        > " + Line(tree, diagnostic.Location)
            : text;
    }

    /// <summary>The lines under a heading, or nothing if there are none.</summary>
    public static string Section(string heading, IEnumerable<string> lines)
    {
        var body = string.Join(Environment.NewLine, lines.Select(line => "    " + line));
        return body.Length == 0 ? "" : heading + Environment.NewLine + body + Environment.NewLine;
    }

    private static string Line(SyntaxTree tree, Location location) =>
        tree.GetText().Lines.GetLineFromPosition(location.SourceSpan.Start).ToString().Trim();
}
