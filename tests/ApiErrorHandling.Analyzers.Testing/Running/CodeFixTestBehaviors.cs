namespace Microsoft.CodeAnalysis.Testing;

/// <summary>What a code fix test leaves out.</summary>
[Flags]
public enum CodeFixTestBehaviors
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Only the first fixable diagnostic is fixed, once.</summary>
    FixOne = 1,

    /// <summary>Fix all in document is not run.</summary>
    SkipFixAllInDocumentCheck = 2,

    /// <summary>Fix all in project is not run.</summary>
    SkipFixAllInProjectCheck = 4,

    /// <summary>Fix all in solution is not run.</summary>
    SkipFixAllInSolutionCheck = 8,

    /// <summary>Fix all is not run.</summary>
    SkipFixAllCheck = SkipFixAllInDocumentCheck | SkipFixAllInProjectCheck | SkipFixAllInSolutionCheck,
}
