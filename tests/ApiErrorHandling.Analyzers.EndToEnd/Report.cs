using System.Text.Json;
using System.Text.RegularExpressions;

namespace ApiErrorHandling.Analyzers.EndToEnd;

/// <summary>A report of a rule of ours, or the expectation of one, at a line of a file.</summary>
internal sealed partial record Report(string File, int Line, string Id) : IComparable<Report>
{
    /// <summary>What the comments `// expect ID` in the sources below a folder ask for.</summary>
    public static IReadOnlyList<Report> Expected(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).StartsWith("obj", StringComparison.Ordinal))
            .SelectMany(file => System.IO.File.ReadLines(file).SelectMany((text, i) =>
                ExpectComment().Match(text).Groups["id"].Captures.Select(id =>
                    new Report(Path.GetFileName(file), i + 1, id.Value))))
            .Order(),
    ];

    /// <summary>The warnings and errors of our rules in a SARIF log; suggestions and what is suppressed are left out.</summary>
    public static IReadOnlyList<Report> InSarif(string path)
    {
        using var log = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        var reports =
            from run in log.RootElement.GetProperty("runs").EnumerateArray()
            from result in run.GetProperty("results").EnumerateArray()
            let id = result.GetProperty("ruleId").GetString()!
            where OurId().IsMatch(id) && result.GetProperty("level").GetString() is "warning" or "error"
            where !result.TryGetProperty("suppressions", out _)
            let place = result.GetProperty("locations")[0].GetProperty("physicalLocation")
            select new Report(
                Path.GetFileName(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!),
                place.GetProperty("region").GetProperty("startLine").GetInt32(),
                id);
        return [.. reports.Order()];
    }

    /// <summary>
    /// The warnings and errors in what a build printed, ours or not; the summary at its end repeats them, and that
    /// counts once.
    /// </summary>
    public static IReadOnlyList<Report> InOutput(string output) =>
    [
        .. PrintedLine().Matches(output)
            .DistinctBy(line => line.Value.Trim())
            .Select(line => new Report(
                Path.GetFileName(line.Groups["file"].Value),
                int.Parse(line.Groups["line"].Value),
                line.Groups["id"].Value))
            .Order(),
    ];

    /// <inheritdoc/>
    public int CompareTo(Report? other) =>
        other is null ? 1 : (File, Line, Id).CompareTo((other.File, other.Line, other.Id));

    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {Id}";

    [GeneratedRegex(@"// expect(?: (?<id>AEH\d{4}))+$")]
    private static partial Regex ExpectComment();

    [GeneratedRegex(@"^AEH\d{4}$")]
    private static partial Regex OurId();

    [GeneratedRegex(
        @"^(?<file>[^\r\n(]+)\((?<line>\d+),\d+\): (?:warning|error) (?<id>[A-Z]+\d+):", RegexOptions.Multiline)]
    private static partial Regex PrintedLine();
}
