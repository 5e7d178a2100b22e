using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Files of a project, in order, each with its name.</summary>
public class SourceFileCollection : List<(string filename, SourceText content)>
{
    /// <summary>Adds a file in UTF-8.</summary>
    public void Add((string filename, string content) file) =>
        Add((file.filename, SourceText.From(file.content, Encoding.UTF8)));
}
