using System.Reflection;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>
/// A client written for these tests, in the style of real code: a file below Clients, with comments at its head that say where
/// the idea is from (<c>// From: owner/repository</c>, none for our own) and, where it cannot be guessed, what a success is
/// (<c>// Body: …</c>). It hands data of answers, and nothing else, to <c>Probe.Data</c>.
/// </summary>
/// <param name="Name">The file, with its folder.</param>
/// <param name="Source">The text.</param>
internal sealed record HandWrittenClient(string Name, string Source)
{
    private const string Folder = "clients/";

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<HandWrittenClient> All { get; } = Read().ToList();

    /// <summary>The repository that it retells a place of; null if it retells none.</summary>
    public string? Origin => Head("From");

    /// <summary>The body of a success; null where it can be guessed.</summary>
    public string? Body => Head("Body");

    /// <inheritdoc/>
    public override string ToString() => Name;

    private string? Head(string name) => Source.Split('\n')
        .TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal))
        .Select(line => line[2..].Trim())
        .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    private static IEnumerable<HandWrittenClient> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new HandWrittenClient(name[Folder.Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
    }
}
