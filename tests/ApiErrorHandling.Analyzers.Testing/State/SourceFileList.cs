using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Source files of a project; those added without a name are numbered.</summary>
public class SourceFileList : SourceFileCollection
{
    private readonly string _defaultPrefix;
    private readonly string _defaultExtension;

    /// <summary>A list whose files are named <c>prefix0.extension</c> and so on.</summary>
    public SourceFileList(string defaultPrefix, string defaultExtension)
    {
        _defaultPrefix = defaultPrefix;
        _defaultExtension = defaultExtension;
    }

    /// <summary>Adds a file in UTF-8 under the next free name.</summary>
    public void Add(string content) => Add(SourceText.From(content, Encoding.UTF8));

    /// <summary>Adds a file under the next free name.</summary>
    public void Add(SourceText content) => Add(($"{_defaultPrefix}{Count}.{_defaultExtension}", content));
}
