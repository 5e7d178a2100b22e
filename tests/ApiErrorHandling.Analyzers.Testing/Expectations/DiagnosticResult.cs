using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>An expected diagnostic: id, severity, locations, message. Lines and columns count from 1.</summary>
public readonly record struct DiagnosticResult
{
    private readonly ImmutableArray<DiagnosticLocation> _spans;

    /// <summary>Expects a diagnostic of this id; its message is not compared unless asked for.</summary>
    public DiagnosticResult(string id, DiagnosticSeverity severity)
    {
        Id = id;
        Severity = severity;
    }

    /// <summary>Expects a diagnostic of this rule, with its message for the arguments given.</summary>
    public DiagnosticResult(DiagnosticDescriptor descriptor)
        : this(descriptor.Id, descriptor.DefaultSeverity) => MessageFormat = descriptor.MessageFormat;

    /// <summary>The expected id.</summary>
    public string Id { get; private init; }

    /// <summary>The expected effective severity.</summary>
    public DiagnosticSeverity Severity { get; private init; }

    /// <summary>What is not compared.</summary>
    public DiagnosticOptions Options { get; private init; }

    /// <summary>The expected arguments of the message, if any were given.</summary>
    public object[]? MessageArguments { get; private init; }

    /// <summary>The expected locations: the primary one first, then the additional ones.</summary>
    public ImmutableArray<DiagnosticLocation> Spans
    {
        get => _spans.IsDefault ? ImmutableArray<DiagnosticLocation>.Empty : _spans;
        private init => _spans = value;
    }

    /// <summary>Whether a location is expected.</summary>
    public bool HasLocation => !Spans.IsEmpty;

    /// <summary>The format of the expected message, if it is known.</summary>
    public LocalizableString? MessageFormat { get; private init; }

    /// <summary>The expected message, or null if it is not compared.</summary>
    public string? Message => AcceptsAnyMessage ? null : ExplicitMessage ?? FormattedMessage();

    private string? ExplicitMessage { get; init; }

    private bool AcceptsAnyMessage { get; init; }

    /// <summary>Expects a compiler error.</summary>
    public static DiagnosticResult CompilerError(string identifier) => new(identifier, DiagnosticSeverity.Error);

    /// <summary>Expects a compiler warning.</summary>
    public static DiagnosticResult CompilerWarning(string identifier) => new(identifier, DiagnosticSeverity.Warning);

    /// <summary>Expects this severity.</summary>
    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    /// <summary>Expects a message of these arguments.</summary>
    public DiagnosticResult WithArguments(params object[] arguments) => this with { MessageArguments = arguments };

    /// <summary>Expects this message; null leaves the message open.</summary>
    public DiagnosticResult WithMessage(string? message) =>
        this with { ExplicitMessage = message, AcceptsAnyMessage = message is null };

    /// <summary>Expects the message of this format.</summary>
    public DiagnosticResult WithMessageFormat(LocalizableString messageFormat) =>
        this with { MessageFormat = messageFormat };

    /// <summary>Sets what is not compared.</summary>
    public DiagnosticResult WithOptions(DiagnosticOptions options) => this with { Options = options };

    /// <summary>Expects a diagnostic that is in no file.</summary>
    public DiagnosticResult WithNoLocation() => this with { Spans = ImmutableArray<DiagnosticLocation>.Empty };

    /// <summary>Expects the next location at the span <c>{|#key:…|}</c> of the markup.</summary>
    public DiagnosticResult WithLocation(int markupKey) =>
        Append(At("", 0, markupKey), DiagnosticLocationOptions.InterpretAsMarkupKey);

    /// <summary>Expects the next location to start here, in the first source.</summary>
    public DiagnosticResult WithLocation(int line, int column) => WithLocation("", line, column);

    /// <summary>Expects the next location to start here.</summary>
    public DiagnosticResult WithLocation(string path, int line, int column) =>
        Append(At(path, line - 1, column - 1), DiagnosticLocationOptions.IgnoreLength);

    /// <summary>Expects this span as the next location, in the first source.</summary>
    public DiagnosticResult WithSpan(int startLine, int startColumn, int endLine, int endColumn) =>
        WithSpan("", startLine, startColumn, endLine, endColumn);

    /// <summary>Expects this span as the next location.</summary>
    public DiagnosticResult WithSpan(string path, int startLine, int startColumn, int endLine, int endColumn) =>
        WithSpan(new FileLinePositionSpan(
            path, new LinePosition(startLine - 1, startColumn - 1), new LinePosition(endLine - 1, endColumn - 1)));

    /// <summary>Expects this span as the next location.</summary>
    public DiagnosticResult WithSpan(FileLinePositionSpan span) => Append(span, DiagnosticLocationOptions.None);

    /// <summary>Puts this path wherever a location has none.</summary>
    public DiagnosticResult WithDefaultPath(string path) =>
        WithSpans(location => location.Span.Path.Length > 0
            ? location
            : location with { Span = new FileLinePositionSpan(path, location.Span.Span) });

    /// <summary>Severity, id and locations in the form of a compiler's output.</summary>
    public override string ToString()
    {
        var places = HasLocation ? string.Join(", ", Spans) : "no location";
        var message = Message
            ?? (MessageArguments is { } all ? $"(arguments: {string.Join(", ", all)})" : "(any message)");
        return $"{places}: {DiagnosticText.Name(Severity)} {Id}: {message}";
    }

    internal DiagnosticResult WithSpans(Func<DiagnosticLocation, DiagnosticLocation> change) =>
        this with { Spans = Spans.Select(change).ToImmutableArray() };

    private static FileLinePositionSpan At(string path, int line, int character) =>
        new(path, new LinePosition(line, character), new LinePosition(line, character));

    private DiagnosticResult Append(FileLinePositionSpan span, DiagnosticLocationOptions options) =>
        this with { Spans = Spans.Add(new DiagnosticLocation(span, options)) };

    private string? FormattedMessage()
    {
        if (MessageFormat?.ToString(CultureInfo.InvariantCulture) is not { } format)
        {
            return null;
        }

        try
        {
            return string.Format(CultureInfo.InvariantCulture, format, MessageArguments ?? []);
        }
        catch (FormatException)
        {
            // Too few arguments: the bare format shows in the failure what is missing.
            return format;
        }
    }
}
