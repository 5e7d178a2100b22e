using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Applies code actions the way an editor does: what is left of them is text.</summary>
internal static class CodeActionApplication
{
    /// <summary>The solution after the action, with each document it touched parsed anew.</summary>
    public static async Task<Solution> ApplyAsync(
        Solution solution,
        CodeAction action,
        CodeActionValidationMode mode,
        IVerifier verifier,
        CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().SingleOrDefault()?.ChangedSolution ?? solution;
        var touched = changed.GetChanges(solution).GetProjectChanges()
            .SelectMany(project => project.GetChangedDocuments().Concat(project.GetAddedDocuments()))
            .ToList();
        foreach (var id in touched)
        {
            var made = changed.GetDocument(id)!;
            var text = await made.GetTextAsync(cancellationToken);
            changed = changed.WithDocumentText(
                id, SourceText.From(text.ToString(), text.Encoding, text.ChecksumAlgorithm));
            var parsed = await changed.GetDocument(id)!.GetSyntaxRootAsync(cancellationToken);
            var tree = await made.GetSyntaxRootAsync(cancellationToken);
            if (Shape(parsed!, mode) is var expected && Shape(tree!, mode) is var actual && expected != actual)
            {
                verifier.EqualOrDiff(
                    expected,
                    actual,
                    $"The tree that \"{action.Title}\" made of '{made.FilePath}' is not what its text is parsed to. "
                        + "Diff shown with the parsed tree as baseline:");
            }
        }

        return changed;
    }

    /// <summary>Kinds and texts of the tree in reading order, a line each.</summary>
    private static string Shape(SyntaxNode root, CodeActionValidationMode mode) => mode == CodeActionValidationMode.None
        ? ""
        : string.Join('\n', root
            .DescendantNodesAndTokensAndSelf(descendIntoTrivia: mode == CodeActionValidationMode.Full)
            .SelectMany(part => Lines(part, mode)));

    private static IEnumerable<string> Lines(SyntaxNodeOrToken part, CodeActionValidationMode mode)
    {
        if (part.AsNode() is { } node)
        {
            return [$"node {node.RawKind}"];
        }

        var token = part.AsToken();
        var trivia = mode == CodeActionValidationMode.Full
            ? token.LeadingTrivia.Concat(token.TrailingTrivia).Select(piece => $"trivia {piece.RawKind} {piece}")
            : [];
        return trivia.Prepend($"token {token.RawKind} {token}");
    }
}
