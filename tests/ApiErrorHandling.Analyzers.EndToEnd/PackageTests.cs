using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace ApiErrorHandling.Analyzers.EndToEnd;

/// <summary>What is in the package.</summary>
[Collection(nameof(Checkout))]
public sealed class PackageTests(Checkout checkout)
{
    [Fact]
    public void Holds_exactly_these_files()
    {
        using var package = ZipFile.OpenRead(checkout.Package);
        var entries = package.Entries.Select(e => Regex.Replace(e.FullName, "[0-9a-z]+(?=[.]psmdcp$)", "*"));

        Assert.Equal(
            [
                "ApiErrorHandling.Analyzers.nuspec",
                "README.md",
                "[Content_Types].xml",
                "_rels/.rels",
                "analyzers/dotnet/cs/ApiErrorHandling.Analyzers.CodeFixes.dll",
                "analyzers/dotnet/cs/ApiErrorHandling.Analyzers.dll",
                "build/ApiErrorHandling.Analyzers.targets",
                "buildTransitive/ApiErrorHandling.Analyzers.targets",
                "errorcontract.schema.json",
                "package/services/metadata/core-properties/*.psmdcp",
                "presets/quiet.globalconfig",
                "presets/strict.globalconfig",
            ],
            entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Is_a_development_dependency_without_dependencies()
    {
        using var package = ZipFile.OpenRead(checkout.Package);
        using var stream = package.GetEntry("ApiErrorHandling.Analyzers.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

        Assert.Equal("ApiErrorHandling.Analyzers", Value("id"));
        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Null(Value("dependencies"));
    }

    [Theory]
    [InlineData("ApiErrorHandling.Analyzers.dll", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp")]
    [InlineData(
        "ApiErrorHandling.Analyzers.CodeFixes.dll",
        "ApiErrorHandling.Analyzers",
        "Microsoft.CodeAnalysis",
        "Microsoft.CodeAnalysis.CSharp",
        "Microsoft.CodeAnalysis.CSharp.Workspaces",
        "Microsoft.CodeAnalysis.Workspaces")]
    public void Refers_to_nothing_that_the_oldest_compiler_lacks(string dll, params string[] allowed)
    {
        using var package = ZipFile.OpenRead(checkout.Package);
        using var content = new MemoryStream();
        using (var stream = package.GetEntry($"analyzers/dotnet/cs/{dll}")!.Open())
        {
            stream.CopyTo(content);
        }

        content.Position = 0;
        using var file = new PEReader(content);
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.AssemblyReferences)
        {
            var reference = metadata.GetAssemblyReference(handle);
            var name = metadata.GetString(reference.Name);
            switch (name)
            {
                case "netstandard":
                    Assert.Equal(new Version(2, 0, 0, 0), reference.Version);
                    break;
                case "System.Collections.Immutable":
                    Assert.Equal(new Version(6, 0, 0, 0), reference.Version);
                    break;
                default:
                    Assert.Contains(name, allowed);
                    if (name.StartsWith("Microsoft.", StringComparison.Ordinal))
                    {
                        Assert.Equal(new Version(4, 5, 0, 0), reference.Version);
                    }

                    break;
            }
        }
    }
}
