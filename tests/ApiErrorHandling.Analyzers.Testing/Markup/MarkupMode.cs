namespace Microsoft.CodeAnalysis.Testing;

/// <summary>What markup in the sources of a state means.</summary>
public enum MarkupMode
{
    /// <summary>Nothing: it is code.</summary>
    None,

    /// <summary>It is removed, and expects no diagnostics.</summary>
    Ignore,

    /// <summary>It expects diagnostics, except those the code fix removes.</summary>
    IgnoreFixable,

    /// <summary>It expects diagnostics.</summary>
    Allow,
}
