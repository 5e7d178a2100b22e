using System.Globalization;
using System.Reflection;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>In which respects a reported diagnostic is not the expected one.</summary>
internal static class DiagnosticComparison
{
    // Roslyn keeps the arguments of a message to itself.
    private static readonly PropertyInfo? ArgumentsProperty = typeof(Diagnostic).GetProperty(
        "Arguments", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);

    /// <summary>One sentence for each difference; none if the diagnostic is as expected.</summary>
    public static IEnumerable<string> Differences(DiagnosticResult expected, Diagnostic actual)
    {
        if (expected.Id != actual.Id)
        {
            yield return $"Expected diagnostic id to be \"{expected.Id}\" was \"{actual.Id}\"";
        }

        if (expected.Severity != actual.Severity && !expected.Options.HasFlag(DiagnosticOptions.IgnoreSeverity))
        {
            yield return $"Expected diagnostic severity to be \"{expected.Severity}\" was \"{actual.Severity}\"";
        }

        foreach (var difference in LocationDifferences(expected, actual))
        {
            yield return difference;
        }

        if (MessageDifference(expected, actual) is { } message)
        {
            yield return message;
        }
    }

    /// <summary>Whether the diagnostic is where it is expected.</summary>
    public static bool IsThere(DiagnosticResult expected, Diagnostic actual) =>
        !LocationDifferences(expected, actual).Any();

    private static IEnumerable<string> LocationDifferences(DiagnosticResult expected, Diagnostic actual)
    {
        if (!expected.HasLocation)
        {
            var place = DiagnosticText.Place(actual.Location);
            return actual.Location.Kind == LocationKind.None
                ? []
                : [$"Expected a diagnostic with no location was at {place}"];
        }

        var differences = LocationDifferences("diagnostic", expected.Spans[0], actual.Location);
        if (expected.Options.HasFlag(DiagnosticOptions.IgnoreAdditionalLocations))
        {
            return differences;
        }

        var additional = expected.Spans.Skip(1).ToList();
        return additional.Count == actual.AdditionalLocations.Count
            ? differences.Concat(additional.Zip(actual.AdditionalLocations, (span, location) =>
                LocationDifferences("additional location", span, location)).SelectMany(all => all))
            : differences.Append(
                $"Expected {additional.Count} additional locations but got {actual.AdditionalLocations.Count}");
    }

    private static IEnumerable<string> LocationDifferences(string what, DiagnosticLocation expected, Location location)
    {
        if (location.Kind == LocationKind.None)
        {
            yield return $"Expected {what} to be at {expected} was at no location";
            yield break;
        }

        var (want, actual) = (expected.Span, location.GetLineSpan());
        if (want.Path != actual.Path)
        {
            yield return $"Expected {what} to be in file \"{want.Path}\" was actually in file \"{actual.Path}\"";
        }

        if (want.StartLinePosition != actual.StartLinePosition)
        {
            yield return $"Expected {what} to start at {Text(want.StartLinePosition)} "
                + $"was actually at {Text(actual.StartLinePosition)}";
        }

        if (want.EndLinePosition != actual.EndLinePosition
            && !expected.Options.HasFlag(DiagnosticLocationOptions.IgnoreLength))
        {
            yield return $"Expected {what} to end at {Text(want.EndLinePosition)} "
                + $"was actually at {Text(actual.EndLinePosition)}";
        }
    }

    private static string? MessageDifference(DiagnosticResult expected, Diagnostic actual)
    {
        var message = actual.GetMessage(CultureInfo.InvariantCulture);
        if (expected.Message is { } text)
        {
            return text == message ? null : $"Expected diagnostic message to be \"{text}\" was \"{message}\"";
        }

        if (expected.MessageArguments is not { Length: > 0 } wanted)
        {
            return null;
        }

        var given = ArgumentsProperty?.GetValue(actual) as IEnumerable<object?> ?? [];
        return Texts(wanted).SequenceEqual(Texts(given))
            ? null
            : $"Expected diagnostic message arguments to be \"{string.Join("\", \"", Texts(wanted))}\" "
                + $"were \"{string.Join("\", \"", Texts(given))}\"";
    }

    private static IEnumerable<string> Texts(IEnumerable<object?> arguments) =>
        arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "");

    private static string Text(Text.LinePosition position) =>
        $"line {position.Line + 1}, column {position.Character + 1}";
}
