namespace Microsoft.CodeAnalysis.Testing;

/// <summary>What a fixed state takes over from the state before it where it says nothing itself.</summary>
public enum StateInheritanceMode
{
    /// <summary>Everything, except the expected diagnostics that the code fix removes.</summary>
    AutoInherit,

    /// <summary>Nothing.</summary>
    Explicit,

    /// <summary>Everything.</summary>
    AutoInheritAll,
}
