namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Compares the files of a solution with those of the expected state.</summary>
internal static class SolutionComparison
{
    /// <summary>Fails with a diff for the first file that differs.</summary>
    public static async Task VerifyAsync(
        SolutionState expected, Solution actual, IVerifier verifier, CancellationToken cancellationToken)
    {
        foreach (var state in expected.Projects())
        {
            var project = actual.Projects.Single(candidate => candidate.Name == state.Name);
            await VerifyAsync("source", state.Sources, project.Documents);
            await VerifyAsync("additional", state.AdditionalFiles, project.AdditionalDocuments);
            await VerifyAsync("analyzer config", state.AnalyzerConfigFiles, project.AnalyzerConfigDocuments);
        }

        async Task VerifyAsync(string kind, SourceFileCollection files, IEnumerable<TextDocument> documents)
        {
            var found = documents.ToList();
            foreach (var ((path, content), document) in files.Zip(found))
            {
                var text = await document.GetTextAsync(cancellationToken);
                verifier.EqualOrDiff(
                    content.ToString(),
                    text.ToString(),
                    $"content of '{path}' did not match. Diff shown with expected as baseline:");
                verifier.Equal(
                    Path.GetFileName(path),
                    document.Name,
                    $"{kind} file was expected to be named '{path}' but was '{document.Name}'");
            }

            verifier.Equal(
                files.Count,
                found.Count,
                $"expected {files.Count} {kind} files but there are {found.Count}: "
                    + string.Join(", ", found.Select(document => document.Name)));
        }
    }
}
