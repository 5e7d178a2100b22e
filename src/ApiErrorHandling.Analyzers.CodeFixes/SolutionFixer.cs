using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>
/// A fix made of small changes to the texts of several documents, such as that of a type and that of its use. The single
/// fix is the fix-all of one; what two reports ask for alike is changed once.
/// </summary>
public abstract class SolutionFixer : CodeFixProvider
{
    private readonly string _id;
    private readonly FixAllProvider _fixAll;

    /// <summary>Makes a fixer.</summary>
    /// <param name="id">The id of the rule it fixes; its equivalence key too.</param>
    private protected SolutionFixer(string id)
    {
        _id = id;
        _fixAll = new SolutionFixAll(id, () => TitleOfAll, FixAsync);
        FixableDiagnosticIds = ImmutableArray.Create(id);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>What fix-all says.</summary>
    private protected abstract string TitleOfAll { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => _fixAll;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var solution = context.Document.Project.Solution;
        foreach (var diagnostic in context.Diagnostics)
        {
            var scenes = new SolutionScenes(solution, context.CancellationToken);
            if (await PlanAsync(scenes, context.Document, diagnostic).ConfigureAwait(false) is { } fix)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        fix.Title,
                        cancellation => FixAsync(solution, SolutionFixAll.InOrder(solution, [diagnostic]), cancellation),
                        _id),
                    diagnostic);
            }
        }
    }

    /// <summary>Plans the fix of one diagnostic.</summary>
    /// <param name="scenes">The documents.</param>
    /// <param name="document">The one with the diagnostic.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <returns>The changes; null if there is no fix that a careful colleague would write.</returns>
    private protected abstract Task<PlannedSolutionFix?> PlanAsync(
        SolutionScenes scenes, Document document, Diagnostic diagnostic);

    private async Task<Solution> FixAsync(
        Solution solution, IReadOnlyList<(Document Document, Diagnostic Diagnostic)> diagnostics, CancellationToken cancellation)
    {
        var scenes = new SolutionScenes(solution, cancellation);
        var edits = new Dictionary<DocumentId, TextEdits>();
        foreach (var (document, diagnostic) in diagnostics)
        {
            if (await PlanAsync(scenes, document, diagnostic).ConfigureAwait(false) is not { } fix)
            {
                continue;
            }

            // later parts rest on earlier ones
            foreach (var part in fix.Parts)
            {
                if (!edits.TryGetValue(part.Document, out var here))
                {
                    edits.Add(part.Document, here = new TextEdits());
                }

                if (!here.CanAdd(part.Changes))
                {
                    break;
                }

                here.Add(part.Changes);
            }
        }

        foreach (var pair in edits)
        {
            if (await scenes.GetAsync(pair.Key).ConfigureAwait(false) is { } scene)
            {
                solution = solution.WithDocumentText(pair.Key, pair.Value.Apply(scene.Text));
            }
        }

        return solution;
    }
}

/// <summary>The documents of a solution being fixed, each read once.</summary>
internal sealed class SolutionScenes(Solution solution, CancellationToken cancellation)
{
    private readonly Dictionary<DocumentId, FixScene?> _scenes = [];

    /// <summary>The solution.</summary>
    public Solution Solution { get; } = solution;

    /// <summary>Reads a document.</summary>
    public async Task<FixScene?> GetAsync(DocumentId id)
    {
        if (!_scenes.TryGetValue(id, out var scene))
        {
            scene = Solution.GetDocument(id) is { } document
                ? await FixScene.CreateAsync(document, cancellation).ConfigureAwait(false)
                : null;
            _scenes.Add(id, scene);
        }

        return scene;
    }
}

/// <summary>A fix of several documents that is ready to be made.</summary>
/// <param name="Title">What the light bulb says.</param>
/// <param name="Parts">The changes to the original texts; a part that cannot be made takes those behind it along.</param>
internal sealed record PlannedSolutionFix(
    string Title, ImmutableArray<(DocumentId Document, ImmutableArray<TextChange> Changes)> Parts);
