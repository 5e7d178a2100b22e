using Xunit;

namespace ApiErrorHandling.Analyzers.EndToEnd;

/// <summary>
/// A copy of the sources in a folder of its own, as a fresh clone would be, with the package packed into its feed.
/// Builds in it disturb no other build, and take nothing from one.
/// </summary>
public sealed class Checkout : IAsyncLifetime
{
    /// <summary>The root of the repository that the tests were built from.</summary>
    public static readonly string RepositoryRoot = FindRoot();

    /// <summary>The names of the sample projects.</summary>
    public static readonly IReadOnlyList<string> Samples =
    [
        .. Directory.GetDirectories(Path.Combine(RepositoryRoot, "tests", "Samples"))
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal),
    ];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"aeh-{Guid.NewGuid():n}");

    /// <summary>The root of the copy.</summary>
    public string Root => Path.Combine(_folder, "checkout");

    /// <summary>The folder that restore finds as the source `local`.</summary>
    public string Feed => Path.Combine(Root, "tests", "ApiErrorHandling.Analyzers.EndToEnd", "feed");

    /// <summary>A folder outside the copy, for consumers.</summary>
    public string Consumers => Path.Combine(_folder, "consumers");

    /// <summary>The packed package.</summary>
    public string Package => Directory.GetFiles(Feed, "*.nupkg").Single();

    /// <summary>The version of the packed package.</summary>
    public string Version => Path.GetFileNameWithoutExtension(Package)["ApiErrorHandling.Analyzers.".Length..];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var root = RepositoryRoot;
        Directory.CreateDirectory(Root);
        // In a linked work tree .git is a file.
        foreach (var file in Directory.EnumerateFiles(root).Where(file => Path.GetFileName(file) != ".git"))
        {
            File.Copy(file, Path.Combine(Root, Path.GetFileName(file)));
        }

        CopyTree(Path.Combine(root, "src"), Path.Combine(Root, "src"));
        CopyTree(Path.Combine(root, "tests", "Samples"), Path.Combine(Root, "tests", "Samples"));
        Directory.CreateDirectory(Feed);
        Directory.CreateDirectory(Consumers);

        var packed = await Dotnet.RunAsync(
            Root,
            "pack",
            "src/ApiErrorHandling.Analyzers.Package",
            "-c",
            "Release",
            "-o",
            Feed,
            "--disable-build-servers");
        packed.Succeeded();
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A virus scanner may hold a file; the folder for temporary files is cleaned by others.
        }

        return Task.CompletedTask;
    }

    /// <summary>The folder of a sample in the copy.</summary>
    /// <param name="sample">The name of the sample.</param>
    public string Sample(string sample) => Path.Combine(Root, "tests", "Samples", sample);

    /// <summary>Copies a folder without build output.</summary>
    /// <param name="from">The folder to copy.</param>
    /// <param name="to">Where its content goes.</param>
    internal static void CopyTree(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            if (Path.GetFileName(folder) is not ("bin" or "obj") and var name)
            {
                CopyTree(folder, Path.Combine(to, name));
            }
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Analyzers.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No Analyzers.sln above {AppContext.BaseDirectory}.");
    }
}

/// <summary>One checkout for all tests, which run one after the other.</summary>
[CollectionDefinition(nameof(Checkout))]
public sealed class CheckoutCollection : ICollectionFixture<Checkout>;
