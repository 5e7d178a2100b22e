namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Which diagnostics of the compiler have to be expected.</summary>
public enum CompilerDiagnostics
{
    /// <summary>None: all are ignored.</summary>
    None,

    /// <summary>Errors.</summary>
    Errors,

    /// <summary>Errors and warnings.</summary>
    Warnings,

    /// <summary>Errors, warnings and suggestions.</summary>
    Suggestions,

    /// <summary>All, hidden ones too.</summary>
    All,
}
