namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Which properties of a reported diagnostic an expectation leaves open.</summary>
[Flags]
public enum DiagnosticOptions
{
    /// <summary>All that is expected is compared.</summary>
    None = 0,

    /// <summary>Additional locations are not compared.</summary>
    IgnoreAdditionalLocations = 1,

    /// <summary>The severity is not compared.</summary>
    IgnoreSeverity = 2,
}
