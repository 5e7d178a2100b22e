using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Makes a solution out of a state.</summary>
internal static class SolutionBuilder
{
    // Solutions are immutable: every test starts from the same empty one and shares its services.
    private static readonly Solution Empty = new AdhocWorkspace().CurrentSolution;

    /// <summary>The solution with the projects of the state; options are the same for all of them.</summary>
    public static async Task<Solution> BuildAsync(
        SolutionState state,
        ReferenceAssemblies references,
        CompilationOptions compilation,
        ParseOptions parse,
        CancellationToken cancellationToken)
    {
        var ids = state.Projects().ToDictionary(
            project => project.Name, project => ProjectId.CreateNewId(project.Name));
        var solution = Empty;
        foreach (var project in state.Projects())
        {
            var assemblies = await (project.ReferenceAssemblies ?? references)
                .ResolveAsync(project.Language, cancellationToken);
            solution = AddFiles(project, ids[project.Name], solution.AddProject(ProjectInfo.Create(
                ids[project.Name],
                VersionStamp.Default,
                project.Name,
                project.AssemblyName,
                project.Language,
                compilationOptions: compilation.WithOutputKind(project.OutputKind ?? compilation.OutputKind),
                parseOptions: parse.WithDocumentationMode(project.DocumentationMode ?? parse.DocumentationMode),
                metadataReferences: assemblies.Concat(project.AdditionalReferences))));
        }

        return state.Projects()
            .SelectMany(project => project.AdditionalProjectReferences, (project, name) =>
                (From: ids[project.Name], To: new ProjectReference(ids[name])))
            .Aggregate(solution, (current, reference) => current.AddProjectReference(reference.From, reference.To));
    }

    private static Solution AddFiles(ProjectState project, ProjectId id, Solution solution)
    {
        foreach (var (path, content) in project.Sources)
        {
            solution = solution.AddDocument(Next(path), Path.GetFileName(path), content, filePath: path);
        }

        foreach (var (path, content) in project.AdditionalFiles)
        {
            solution = solution.AddAdditionalDocument(Next(path), Path.GetFileName(path), content, filePath: path);
        }

        foreach (var (path, content) in project.AnalyzerConfigFiles)
        {
            solution = solution.AddAnalyzerConfigDocument(Next(path), Path.GetFileName(path), content, filePath: path);
        }

        return solution;

        DocumentId Next(string path) => DocumentId.CreateNewId(id, path);
    }
}
