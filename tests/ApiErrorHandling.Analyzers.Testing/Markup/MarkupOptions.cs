namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How markup is read.</summary>
[Flags]
public enum MarkupOptions
{
    /// <summary>As usual.</summary>
    None = 0,

    /// <summary><c>[|…|]</c> stands for the first rule of an analyzer that has several.</summary>
    UseFirstDescriptor = 1,

    /// <summary><c>$$</c> is code, as in raw string literals with interpolation.</summary>
    TreatPositionIndicatorsAsCode = 2,
}
