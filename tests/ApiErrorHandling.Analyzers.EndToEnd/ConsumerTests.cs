using Xunit;

namespace ApiErrorHandling.Analyzers.EndToEnd;

/// <summary>
/// The samples as consumers of the package: restored from a folder with an empty package cache, built, mended by the
/// code fixes from the command line, built again.
/// </summary>
public sealed class Consumers(Checkout checkout) : IAsyncLifetime
{
    /// <summary>The solution with all consumers.</summary>
    private const string Solution = "Consumers.sln";

    /// <summary>The reports of the first build.</summary>
    internal Dictionary<string, IReadOnlyList<Report>> Before { get; } = [];

    /// <summary>The reports after the fixes.</summary>
    internal Dictionary<string, IReadOnlyList<Report>> After { get; } = [];

    /// <summary>What looking for more to fix came to.</summary>
    internal Result? Verified { get; private set; }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var root = Path.Combine(checkout.Consumers, "samples");
        Consumer.CreateFolder(checkout, root);
        foreach (var sample in Checkout.Samples)
        {
            Checkout.CopyTree(checkout.Sample(sample), Path.Combine(root, sample));
            var project = Path.Combine(root, sample, $"{sample}.csproj");
            File.WriteAllText(project, Consumer.WithPackage(File.ReadAllText(project), checkout.Version));
        }

        (await Dotnet.RunAsync(root, "new", "sln", "-f", "sln", "-n", "Consumers")).Succeeded();
        (await Dotnet.RunAsync(root, ["sln", Solution, "add", .. Checkout.Samples])).Succeeded();
        (await Dotnet.RunAsync(root, "build", Solution, "--disable-build-servers")).Succeeded();
        Read(Before);
        (await Dotnet.RunAsync(root, Format())).Succeeded();
        (await Dotnet.RunAsync(root, "build", Solution, "--no-restore", "--no-incremental", "--disable-build-servers"))
            .Succeeded();
        Read(After);
        Verified = await Dotnet.RunAsync(root, [.. Format(), "--verify-no-changes"]);

        void Read(Dictionary<string, IReadOnlyList<Report>> reports)
        {
            foreach (var sample in Checkout.Samples)
            {
                reports[sample] = Report.InSarif(Path.Combine(root, sample, Consumer.Log));
            }
        }
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    private static string[] Format() =>
        ["format", "analyzers", Solution, "--no-restore", "--diagnostics", "AEH1001", "AEH1002", "--severity", "warn"];
}

/// <summary>The package in the hands of its users.</summary>
[Collection(nameof(Checkout))]
public sealed class ConsumerTests(Checkout checkout, Consumers consumers) : IClassFixture<Consumers>
{
    public static TheoryData<string> Names => new(Checkout.Samples);

    [Theory]
    [MemberData(nameof(Names))]
    public void Reports_where_the_comments_say(string sample) =>
        Assert.Equal(Report.Expected(checkout.Sample(sample)), consumers.Before[sample]);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_fixes_leave_nothing_to_report(string sample)
    {
        Assert.NotEmpty(consumers.Before[sample]);
        Assert.Empty(consumers.After[sample]);
    }

    [Fact]
    public void A_second_run_of_the_fixes_changes_nothing()
    {
        Assert.NotEmpty(consumers.Before.Values.SelectMany(reports => reports));
        consumers.Verified!.Succeeded();
    }
}
