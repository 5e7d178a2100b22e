using System.Reflection;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Finds assemblies in the folder of restored packages that the build has named.</summary>
internal static class PackageFolder
{
    private static readonly string[] NetCore =
    [
        "net10.0", "net9.0", "net8.0", "net7.0", "net6.0", "net5.0", "netcoreapp3.1", "netcoreapp3.0", "netcoreapp2.1",
        "netcoreapp2.0", "netstandard2.1",
    ];

    private static readonly string[] NetStandard20 =
    [
        "netstandard2.0", "netstandard1.6", "netstandard1.5", "netstandard1.4", "netstandard1.3", "netstandard1.2",
        "netstandard1.1", "netstandard1.0",
    ];

    private static readonly string Root = typeof(PackageFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    /// <summary>The assemblies in a folder of a package.</summary>
    public static IEnumerable<string> Assemblies(PackageIdentity package, string folder)
    {
        var path = System.IO.Path.Combine(Path(package), folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.dll").Order(StringComparer.Ordinal)
            : throw new DirectoryNotFoundException($"{package.Id} {package.Version} has no folder {folder}.");
    }

    /// <summary>The assemblies of a package that a project of this framework compiles against.</summary>
    public static IEnumerable<string> LibraryAssemblies(PackageIdentity package, string targetFramework)
    {
        var folder = (from kind in new[] { "ref", "lib" }
                      from framework in Compatible(targetFramework)
                      let candidate = System.IO.Path.Combine(kind, framework)
                      where Directory.Exists(System.IO.Path.Combine(Path(package), candidate))
                      select candidate).FirstOrDefault();
        return Assemblies(package, folder ?? System.IO.Path.Combine("lib", targetFramework));
    }

    private static IEnumerable<string> Compatible(string targetFramework) =>
        NetCore.SkipWhile(framework => framework != targetFramework).Concat(NetStandard20);

    private static string Path(PackageIdentity package)
    {
        var path = System.IO.Path.Combine(Root, package.Id.ToLowerInvariant(), package.Version.ToLowerInvariant());
        return Directory.Exists(path)
            ? path
            : throw new DirectoryNotFoundException(
                $"{package.Id} {package.Version} is not restored: add it to ReferencePackages.props.");
    }
}
