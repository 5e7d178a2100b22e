using System.Collections.Concurrent;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>One reference for each assembly file, so that compilations share what they read from it.</summary>
internal static class MetadataReferenceCache
{
    private static readonly ConcurrentDictionary<string, MetadataReference> References = new();

    /// <summary>The reference to this file.</summary>
    public static MetadataReference Get(string path) =>
        References.GetOrAdd(path, file => MetadataReference.CreateFromFile(file));
}
