namespace Microsoft.CodeAnalysis.Testing;

/// <content>The frameworks at hand.</content>
public sealed partial class ReferenceAssemblies
{
    /// <summary>.NET 5 and later.</summary>
    public static class Net
    {
        /// <summary>.NET 8.</summary>
        public static ReferenceAssemblies Net80 { get; } = Reference("net8.0", "8.0.28");

        /// <summary>.NET 10.</summary>
        public static ReferenceAssemblies Net100 { get; } = Reference("net10.0", "10.0.14");

        private static ReferenceAssemblies Reference(string framework, string version) =>
            new(framework, new PackageIdentity("Microsoft.NETCore.App.Ref", version), Path.Combine("ref", framework));
    }

    /// <summary>.NET Standard.</summary>
    public static class NetStandard
    {
        /// <summary>.NET Standard 2.0.</summary>
        public static ReferenceAssemblies NetStandard20 { get; } = new(
            "netstandard2.0",
            new PackageIdentity("NETStandard.Library", "2.0.3"),
            Path.Combine("build", "netstandard2.0", "ref"));
    }
}
