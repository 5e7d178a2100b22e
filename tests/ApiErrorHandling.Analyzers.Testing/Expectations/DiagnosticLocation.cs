namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How an expected location is to be read.</summary>
[Flags]
public enum DiagnosticLocationOptions
{
    /// <summary>The span is compared from start to end.</summary>
    None = 0,

    /// <summary>Only the start is compared.</summary>
    IgnoreLength = 1,

    /// <summary>The start character is the number of a <c>{|#0:…|}</c> span in the markup.</summary>
    InterpretAsMarkupKey = 2,
}

/// <summary>Where a diagnostic is expected. An empty path stands for the first source of the test.</summary>
public readonly record struct DiagnosticLocation(FileLinePositionSpan Span, DiagnosticLocationOptions Options)
{
    /// <summary>Path and one-based positions, as a compiler prints them.</summary>
    public override string ToString() =>
        Options.HasFlag(DiagnosticLocationOptions.InterpretAsMarkupKey)
            ? $"{{|#{Span.StartLinePosition.Character}:…|}}"
            : DiagnosticText.Position(Span, withEnd: !Options.HasFlag(DiagnosticLocationOptions.IgnoreLength));
}
