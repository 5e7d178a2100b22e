namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A package in one version.</summary>
public sealed record PackageIdentity(string Id, string Version);
