using System.Reflection;
using Xunit;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>The patches of the mutation check fit the engine as it is; whether the tests notice them, its script tells.</summary>
public class MutationsTests
{
    private const string Folder = "mutations/";

    public static TheoryData<string> Patches => new(Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .Select(name => name[Folder.Length..])
        .Order(StringComparer.Ordinal));

    [Fact]
    public void There_are_enough() => Assert.InRange(Patches.Count, 12, int.MaxValue);

    [Theory]
    [MemberData(nameof(Patches))]
    public void Fits(string patch)
    {
        var lines = Read(Folder + patch).Split('\n');
        var path = lines.Single(line => line.StartsWith("--- a/", StringComparison.Ordinal))["--- a/".Length..];
        var start = Array.FindIndex(lines, line => line.StartsWith("@@", StringComparison.Ordinal));
        var before = lines[(start + 1)..].Where(line => line is [' ' or '-', ..]).Select(line => line[1..]);

        Assert.Contains(string.Join("\n", before), Read(path), StringComparison.Ordinal);
        Assert.NotEqual(' ', lines[0].FirstOrDefault(' '));
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream(resource.Replace('\\', '/'))!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
