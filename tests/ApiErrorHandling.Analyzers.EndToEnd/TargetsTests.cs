using System.Text.Json;
using Xunit;

namespace ApiErrorHandling.Analyzers.EndToEnd;

/// <summary>What the package's targets do to a consumer: presets and the project's own contracts.</summary>
[Collection(nameof(Checkout))]
public sealed class TargetsTests(Checkout checkout)
{
    private const string Sample = "QWeatherConsole";

    [Theory]
    [InlineData("default")]
    [InlineData("Strict")]
    [InlineData("quiet")]
    public async Task A_preset_sets_the_severities(string preset)
    {
        var folder = NewConsumer();

        var built = await BuildAsync(folder, $"-p:ApiErrorHandlingPreset={preset}");

        Assert.Equal(preset == "quiet" ? [] : Report.Expected(folder), Report.InOutput(built.Output));
    }

    [Fact]
    public async Task The_projects_own_configuration_goes_before_a_preset()
    {
        var folder = NewConsumer();
        File.WriteAllText(
            Path.Combine(folder, ".editorconfig"), "[*.cs]\ndotnet_diagnostic.AEH1002.severity = warning\n");

        var built = await BuildAsync(folder, "-p:ApiErrorHandlingPreset=quiet");

        Assert.Equal(Report.Expected(folder).Where(report => report.Id == "AEH1002"), Report.InOutput(built.Output));
    }

    [Fact]
    public async Task An_unknown_preset_is_told()
    {
        var built = await BuildAsync(NewConsumer(), "-p:ApiErrorHandlingPreset=loud");

        Assert.Contains("warning AEH9002: ApiErrorHandlingPreset is 'loud'", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contract_files_of_the_project_are_found_once()
    {
        var folder = NewConsumer();
        Directory.CreateDirectory(Path.Combine(folder, "Contracts"));
        File.WriteAllText(Path.Combine(folder, "Contracts", "acme.errorcontract.json"), "{}");
        File.WriteAllText(Path.Combine(folder, "named.errorcontract.json"), "{}");
        var project = Path.Combine(folder, $"{Sample}.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "</Project>",
            "<ItemGroup><AdditionalFiles Include=\"named.errorcontract.json\" /></ItemGroup></Project>",
            StringComparison.Ordinal));
        (await Dotnet.RunAsync(folder, "restore", "--disable-build-servers")).Succeeded();

        Assert.Equal(["acme.errorcontract.json", "named.errorcontract.json"], await AdditionalFilesAsync(folder));
        Assert.Equal(
            ["named.errorcontract.json"], await AdditionalFilesAsync(folder, "-p:ApiErrorHandlingContracts=false"));
    }

    [Fact]
    public async Task A_contract_file_that_cannot_be_read_is_told_with_its_line()
    {
        var folder = NewConsumer();
        File.WriteAllText(Path.Combine(folder, "acme.errorcontract.json"), "{\n  \"id\": acme\n}\n");

        var built = await BuildAsync(folder);

        Assert.Contains(new Report("acme.errorcontract.json", 2, "AEH9001"), Report.InOutput(built.Output));
    }

    private static async Task<Result> BuildAsync(string folder, params string[] arguments) =>
        (await Dotnet.RunAsync(folder, ["build", "--disable-build-servers", .. arguments])).Succeeded();

    private static async Task<IEnumerable<string?>> AdditionalFilesAsync(string folder, params string[] arguments)
    {
        var items = await Dotnet.RunAsync(folder, ["msbuild", "-getItem:AdditionalFiles", .. arguments]);
        using var json = JsonDocument.Parse(items.Succeeded().Output);
        return
        [
            .. json.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray()
                .Select(item => Path.GetFileName(item.GetProperty("Identity").GetString())).Order(),
        ];
    }

    private string NewConsumer()
    {
        var root = Path.Combine(checkout.Consumers, Guid.NewGuid().ToString("n"));
        Consumer.CreateFolder(checkout, root);
        var folder = Path.Combine(root, Sample);
        Checkout.CopyTree(checkout.Sample(Sample), folder);
        var project = Path.Combine(folder, $"{Sample}.csproj");
        File.WriteAllText(project, Consumer.WithPackage(File.ReadAllText(project), checkout.Version));
        return folder;
    }
}
