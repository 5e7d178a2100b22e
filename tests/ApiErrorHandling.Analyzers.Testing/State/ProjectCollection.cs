namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Further projects of a solution, by name; one that is asked for is made.</summary>
public class ProjectCollection : Dictionary<string, ProjectState>
{
    private readonly string _defaultLanguage;
    private readonly string _defaultExtension;

    /// <summary>A collection without projects.</summary>
    public ProjectCollection(string defaultLanguage, string defaultExtension)
    {
        _defaultLanguage = defaultLanguage;
        _defaultExtension = defaultExtension;
    }

    /// <summary>The project of this name; its unnamed sources are <c>/name/Test0.cs</c> and so on.</summary>
    public new ProjectState this[string projectName]
    {
        get
        {
            if (!TryGetValue(projectName, out var project))
            {
                project = new ProjectState(projectName, _defaultLanguage, $"/{projectName}/Test", _defaultExtension);
                Add(projectName, project);
            }

            return project;
        }
    }
}
