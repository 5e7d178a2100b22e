using Microsoft.CodeAnalysis.CodeFixes;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Answers a fix-all with the diagnostics of the solution it works on.</summary>
internal sealed class FixAllDiagnostics : FixAllContext.DiagnosticProvider
{
    private readonly IReadOnlyList<(Project Project, Diagnostic Diagnostic)> _diagnostics;

    /// <summary>A provider of the fixable diagnostics of one solution.</summary>
    public FixAllDiagnostics(IReadOnlyList<(Project Project, Diagnostic Diagnostic)> diagnostics) =>
        _diagnostics = diagnostics;

    /// <inheritdoc/>
    public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
        Project project, CancellationToken cancellationToken) => Task.FromResult(Of(project));

    /// <inheritdoc/>
    public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
        Project project, CancellationToken cancellationToken) =>
        Task.FromResult(Of(project).Where(diagnostic => !diagnostic.Location.IsInSource));

    /// <inheritdoc/>
    public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
        Document document, CancellationToken cancellationToken)
    {
        var tree = await document.GetSyntaxTreeAsync(cancellationToken);
        return Of(document.Project).Where(diagnostic => diagnostic.Location.SourceTree == tree);
    }

    private IEnumerable<Diagnostic> Of(Project project) =>
        _diagnostics.Where(pair => pair.Project.Id == project.Id).Select(pair => pair.Diagnostic);
}
