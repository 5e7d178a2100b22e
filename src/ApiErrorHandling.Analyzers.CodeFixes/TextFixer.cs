using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>
/// A fix made of small changes to the text of one document: everything that is not changed keeps its trivia. The single
/// fix is the fix-all of one.
/// </summary>
public abstract class TextFixer : CodeFixProvider
{
    private readonly string _id;

    /// <summary>Makes a fixer.</summary>
    /// <param name="id">The id of the rule it fixes; its equivalence key too.</param>
    private protected TextFixer(string id)
    {
        _id = id;
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) =>
            await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var scene = await FixScene.CreateAsync(context.Document, context.CancellationToken).ConfigureAwait(false);
        if (scene is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            if (Plan(scene, diagnostic) is { } fix)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        fix.Title,
                        cancellation => FixAsync(context.Document, ImmutableArray.Create(diagnostic), cancellation),
                        _id),
                    diagnostic);
            }
        }
    }

    /// <summary>Plans the fix of one diagnostic.</summary>
    /// <param name="scene">The document.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <returns>The changes; null if there is no fix that a careful colleague would write.</returns>
    private protected abstract PlannedFix? Plan(FixScene scene, Diagnostic diagnostic);

    private async Task<Document> FixAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var scene = await FixScene.CreateAsync(document, cancellation).ConfigureAwait(false);
        if (scene is null)
        {
            return document;
        }

        var edits = new TextEdits();
        foreach (var diagnostic in diagnostics.OrderBy(d => d.Location.SourceSpan.Start))
        {
            if (Plan(scene, diagnostic) is { } fix && edits.CanAdd(fix.Changes))
            {
                edits.Add(fix.Changes);
            }
        }

        return document.WithText(edits.Apply(scene.Text));
    }
}

/// <summary>A fix that is ready to be made.</summary>
/// <param name="Title">What the light bulb says.</param>
/// <param name="Changes">The changes to the original text; they do not overlap.</param>
internal sealed record PlannedFix(string Title, ImmutableArray<TextChange> Changes);
