namespace ApiErrorHandling.Analyzers.EndToEnd;

/// <summary>How a folder with consumers of the package is laid out.</summary>
internal static class Consumer
{
    /// <summary>The SARIF log of a project, seen from its folder.</summary>
    public const string Log = "obj/reports.sarif";

    /// <summary>Makes a folder whose projects restore the packed package into a package cache of their own.</summary>
    /// <param name="checkout">Where the package is.</param>
    /// <param name="root">The folder to make.</param>
    public static void CreateFolder(Checkout checkout, string root)
    {
        Directory.CreateDirectory(root);
        File.WriteAllText(Path.Combine(root, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="obj/packages" />
              </config>
              <packageSources>
                <add key="local" value="{checkout.Feed}" />
              </packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(root, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <ErrorLog>$(MSBuildProjectDirectory)/{Log},version=2.1</ErrorLog>
              </PropertyGroup>
            </Project>
            """);
    }

    /// <summary>A project file with a reference to the package.</summary>
    /// <param name="project">The text of the project file.</param>
    /// <param name="version">The version of the package.</param>
    public static string WithPackage(string project, string version) => project.Replace(
        "</Project>",
        $"""
          <ItemGroup>
            <PackageReference Include="ApiErrorHandling.Analyzers" Version="{version}" PrivateAssets="all" />
          </ItemGroup>
        </Project>
        """,
        StringComparison.Ordinal);
}
