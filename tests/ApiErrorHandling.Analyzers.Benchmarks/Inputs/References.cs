using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace ApiErrorHandling.Analyzers.Benchmarks.Inputs;

/// <summary>What the inputs are compiled against.</summary>
internal static class References
{
    /// <summary>.NET 10, ASP.NET Core and the client libraries that the rules know.</summary>
    public static Task<ImmutableArray<MetadataReference>> ResolveAsync() => ReferenceAssemblies.Net.Net100
        .AddPackages(
        [
            new PackageIdentity("Microsoft.AspNetCore.App.Ref", "10.0.14"),
            new PackageIdentity("Microsoft.Extensions.Http.Polly", "10.0.15"),
            new PackageIdentity("Newtonsoft.Json", "13.0.4"),
            new PackageIdentity("Polly", "8.9.1"),
            new PackageIdentity("Polly.Core", "8.9.1"),
            new PackageIdentity("RestSharp", "114.1.0"),
        ])
        .ResolveAsync(LanguageNames.CSharp, CancellationToken.None);
}
