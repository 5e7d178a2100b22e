using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>An analyzer test that goes on to apply code actions.</summary>
public abstract class CodeActionTest<TVerifier> : AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    /// <summary>Which of the actions offered is applied; the first unless set.</summary>
    public int? CodeActionIndex { get; set; }

    /// <summary>The equivalence key of the action to apply.</summary>
    public string? CodeActionEquivalenceKey { get; set; }

    /// <summary>Looks at each action before it is applied.</summary>
    public Action<CodeAction, IVerifier>? CodeActionVerifier { get; set; }

    /// <summary>How closely the tree an action makes is compared with the one parsed from its text.</summary>
    public CodeActionValidationMode CodeActionValidationMode { get; set; } = CodeActionValidationMode.SemanticStructure;

    /// <summary>The actions to choose from.</summary>
    protected virtual ImmutableArray<CodeAction> FilterCodeActions(ImmutableArray<CodeAction> actions) => actions;

    /// <summary>The action to apply, if it is among those offered.</summary>
    private protected CodeAction? Choose(ImmutableArray<CodeAction> offered)
    {
        var actions = FilterCodeActions(offered).Where(action =>
            CodeActionEquivalenceKey is null || action.EquivalenceKey == CodeActionEquivalenceKey);
        var chosen = actions.ElementAtOrDefault(CodeActionIndex ?? 0);
        if (chosen is not null)
        {
            CodeActionVerifier?.Invoke(chosen, Verify);
        }

        return chosen;
    }
}
