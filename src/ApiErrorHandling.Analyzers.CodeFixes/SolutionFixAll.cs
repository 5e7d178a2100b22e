using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>Fix-all of fixes that change several documents: all diagnostics of a document, project or solution in one go.</summary>
/// <param name="id">The equivalence key.</param>
/// <param name="title">What the light bulb says.</param>
/// <param name="fix">Fixes diagnostics of a solution, given in order of documents and places.</param>
internal sealed class SolutionFixAll(
    string id, System.Func<string> title, System.Func<Solution, IReadOnlyList<(Document Document, Diagnostic Diagnostic)>, CancellationToken, Task<Solution>> fix)
    : FixAllProvider
{
    /// <inheritdoc/>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        var diagnostics = new List<Diagnostic>();
        switch (context.Scope)
        {
            case FixAllScope.Document when context.Document is { } document:
                diagnostics.AddRange(await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false));
                break;
            case FixAllScope.Project:
                diagnostics.AddRange(await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false));
                break;
            case FixAllScope.Solution:
                foreach (var project in context.Solution.Projects)
                {
                    diagnostics.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                }

                break;
        }

        return diagnostics.Count == 0
            ? null
            : CodeAction.Create(title(), cancellation => fix(context.Solution, InOrder(context.Solution, diagnostics), cancellation), id);
    }

    /// <summary>Diagnostics by documents and places, without those outside of the solution.</summary>
    public static IReadOnlyList<(Document Document, Diagnostic Diagnostic)> InOrder(Solution solution, IEnumerable<Diagnostic> diagnostics) => diagnostics
        .Select(d => (Document: solution.GetDocument(d.Location.SourceTree)!, Diagnostic: d))
        .Where(d => d.Document is not null)
        .OrderBy(d => d.Document.FilePath ?? d.Document.Name, System.StringComparer.Ordinal)
        .ThenBy(d => d.Diagnostic.Location.SourceSpan.Start)
        .ToList();
}
