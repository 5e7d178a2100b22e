using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Benchmarks.Inputs;

/// <summary>Sources that are compiled as one library.</summary>
/// <param name="Name">What the figures are printed under.</param>
/// <param name="Files">Paths and texts.</param>
internal sealed record Input(string Name, ImmutableArray<(string Path, string Text)> Files)
{
    private static readonly CSharpParseOptions ParseOptions = new(
        LanguageVersion.Latest,
        preprocessorSymbols:
        [
            "NET", "NETCOREAPP", "NET10_0", .. Enumerable.Range(5, 6).Select(version => $"NET{version}_0_OR_GREATER"),
        ]);

    private static readonly CSharpCompilationOptions CompilationOptions =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false);

    /// <summary>How many lines there are.</summary>
    public int Lines { get; } = Files.Sum(file => file.Text.AsSpan().Count('\n'));

    /// <summary>All C# sources below a folder, in the order of their paths, without those in bin and obj.</summary>
    public static Input FromFolder(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path)
                .Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)
                .Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllText(path)));
        return new Input(folder, [.. files]);
    }

    /// <summary>Parses all files anew; compilations share only what their references are read from.</summary>
    public Compilation Compile(IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        "Input",
        Files.Select(file => CSharpSyntaxTree.ParseText(
            SourceText.From(file.Text, Encoding.UTF8), ParseOptions, file.Path)),
        references,
        CompilationOptions);
}
