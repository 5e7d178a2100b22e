namespace Microsoft.CodeAnalysis.Testing;

/// <summary>One project of a test: its files and options.</summary>
public class ProjectState
{
    /// <summary>An empty project.</summary>
    public ProjectState(string name, string language, string defaultPrefix, string defaultExtension)
    {
        Name = name;
        Language = language;
        Sources = new SourceFileList(defaultPrefix, defaultExtension);
    }

    /// <summary>The project's name.</summary>
    public string Name { get; }

    /// <summary>The project's language.</summary>
    public string Language { get; }

    /// <summary>The name of the assembly.</summary>
    public string AssemblyName => Name;

    /// <summary>The source files.</summary>
    public SourceFileList Sources { get; }

    /// <summary>The additional files, as an analyzer sees them.</summary>
    public SourceFileCollection AdditionalFiles { get; } = new();

    /// <summary>The analyzer config files, such as <c>/.editorconfig</c> and <c>/.globalconfig</c>.</summary>
    public SourceFileCollection AnalyzerConfigFiles { get; } = new();

    /// <summary>References beyond the reference assemblies.</summary>
    public MetadataReferenceCollection AdditionalReferences { get; } = new();

    /// <summary>The names of the projects this one refers to.</summary>
    public List<string> AdditionalProjectReferences { get; } = new();

    /// <summary>The reference assemblies, if they differ from the test's.</summary>
    public ReferenceAssemblies? ReferenceAssemblies { get; set; }

    /// <summary>What is built; a library unless set.</summary>
    public OutputKind? OutputKind { get; set; }

    /// <summary>How documentation comments are read; as diagnosed ones unless set.</summary>
    public DocumentationMode? DocumentationMode { get; set; }

    /// <summary>Whether anything of this project was given.</summary>
    internal virtual bool IsSpecified =>
        Sources.Count + AdditionalFiles.Count + AnalyzerConfigFiles.Count + AdditionalReferences.Count > 0;

    /// <summary>Takes over what is not given here.</summary>
    internal void InheritFrom(ProjectState other)
    {
        FillIfEmpty(Sources, other.Sources);
        FillIfEmpty(AdditionalFiles, other.AdditionalFiles);
        FillIfEmpty(AnalyzerConfigFiles, other.AnalyzerConfigFiles);
        FillIfEmpty(AdditionalReferences, other.AdditionalReferences);
        FillIfEmpty(AdditionalProjectReferences, other.AdditionalProjectReferences);
        ReferenceAssemblies ??= other.ReferenceAssemblies;
        OutputKind ??= other.OutputKind;
        DocumentationMode ??= other.DocumentationMode;
    }

    /// <summary>Whether both have the same source and additional files.</summary>
    internal bool HasSameFilesAs(ProjectState other) => FileTexts().SequenceEqual(other.FileTexts());

    private IEnumerable<(string File, string Text)> FileTexts() =>
        Sources.Concat(AdditionalFiles).Select(file => (file.filename, file.content.ToString()));

    private static void FillIfEmpty<T>(List<T> own, List<T> inherited)
    {
        if (own.Count == 0)
        {
            own.AddRange(inherited);
        }
    }
}
