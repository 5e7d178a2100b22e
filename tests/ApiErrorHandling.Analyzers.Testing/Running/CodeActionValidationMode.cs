namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How closely the tree a code action makes has to be what a parser makes of its text.</summary>
public enum CodeActionValidationMode
{
    /// <summary>It is not compared.</summary>
    None,

    /// <summary>Nodes and tokens have to be the same.</summary>
    SemanticStructure,

    /// <summary>Nodes, tokens and trivia have to be the same.</summary>
    Full,
}
