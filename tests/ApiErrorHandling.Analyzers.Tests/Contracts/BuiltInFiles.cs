using ApiErrorHandling.Analyzers.Contracts;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

/// <summary>The texts of the built-in contract files.</summary>
internal static class BuiltInFiles
{
    /// <summary>File names and texts.</summary>
    public static IReadOnlyList<(string Name, string Text)> All { get; } = Read().ToList();

    private static IEnumerable<(string Name, string Text)> Read()
    {
        var assembly = typeof(ContractCatalog).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(x => x.EndsWith(".errorcontract.json")))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }
}
