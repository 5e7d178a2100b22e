using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The framework, and the packages beside it, that the sources of a test are compiled against.</summary>
public sealed partial class ReferenceAssemblies
{
    private static readonly ConcurrentDictionary<string, ImmutableArray<MetadataReference>> Resolved = new();

    /// <summary>A framework whose reference assemblies are in a folder of a package.</summary>
    public ReferenceAssemblies(
        string targetFramework, PackageIdentity? referenceAssemblyPackage, string referenceAssemblyPath)
    {
        TargetFramework = targetFramework;
        ReferenceAssemblyPackage = referenceAssemblyPackage;
        ReferenceAssemblyPath = referenceAssemblyPath;
    }

    private ReferenceAssemblies(ReferenceAssemblies framework, ImmutableArray<PackageIdentity> packages)
        : this(framework.TargetFramework, framework.ReferenceAssemblyPackage, framework.ReferenceAssemblyPath!) =>
        Packages = packages;

    /// <summary>The framework a test uses unless it names another.</summary>
    public static ReferenceAssemblies Default => Net.Net80;

    /// <summary>The framework's short name, such as <c>net8.0</c>.</summary>
    public string TargetFramework { get; }

    /// <summary>The package with the framework's reference assemblies.</summary>
    public PackageIdentity? ReferenceAssemblyPackage { get; }

    /// <summary>The folder of that package.</summary>
    public string? ReferenceAssemblyPath { get; }

    /// <summary>The packages beside the framework.</summary>
    public ImmutableArray<PackageIdentity> Packages { get; } = ImmutableArray<PackageIdentity>.Empty;

    /// <summary>The same framework with exactly these packages.</summary>
    public ReferenceAssemblies WithPackages(ImmutableArray<PackageIdentity> packages) => new(this, packages);

    /// <summary>The same with these packages too. What they depend on has to be named as well.</summary>
    public ReferenceAssemblies AddPackages(ImmutableArray<PackageIdentity> packages) =>
        new(this, Packages.AddRange(packages));

    /// <summary>The references, shared by all that ask for the same ones.</summary>
    public Task<ImmutableArray<MetadataReference>> ResolveAsync(string? language, CancellationToken cancellationToken)
    {
        var key = $"{TargetFramework}: {ReferenceAssemblyPackage}, {string.Join(", ", Packages)}";
        return Task.FromResult(Resolved.GetOrAdd(key, _ => Resolve()));
    }

    private ImmutableArray<MetadataReference> Resolve()
    {
        var framework = ReferenceAssemblyPackage is { } package
            ? PackageFolder.Assemblies(package, ReferenceAssemblyPath!)
            : [];
        return framework
            .Concat(Packages.SelectMany(library => PackageFolder.LibraryAssemblies(library, TargetFramework)))
            .Select(MetadataReferenceCache.Get)
            .ToImmutableArray();
    }
}
