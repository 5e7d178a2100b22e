using System.Globalization;
using Xunit;

namespace ApiErrorHandling.Analyzers.EndToEnd;

/// <summary>
/// The samples as they stand in the repository, with the analyzers as project references, and what the README says
/// of them. With the environment variable UPDATE_GENERATED=1 the output shown in the README is written anew.
/// </summary>
[Collection(nameof(Checkout))]
public sealed class SampleTests(Checkout checkout)
{
    private const string OutputStart = "<!-- output-start -->";
    private const string OutputEnd = "<!-- output-end -->";

    public static TheoryData<string> Names => new(Checkout.Samples);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_build_warns_where_the_comments_say(string sample)
    {
        var built = await BuildAsync(sample);

        var expected = Report.Expected(checkout.Sample(sample));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Report.InOutput(built.Output));
    }

    [Fact]
    public async Task The_first_command_of_the_readme_warns_again_when_run_again()
    {
        var first = await BuildAsync("QWeatherConsole");
        var second = await BuildAsync("QWeatherConsole");

        Assert.NotEmpty(Report.InOutput(first.Output));
        Assert.Equal(Report.InOutput(first.Output), Report.InOutput(second.Output));
    }

    [Fact]
    public void The_readme_starts_with_these_two_commands()
    {
        var commands = File.ReadLines(Path.Combine(checkout.Root, "README.md"))
            .Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)).Take(2);

        Assert.Equal(
            ["dotnet build tests/Samples/QWeatherConsole --no-incremental", "dotnet test Analyzers.sln -c Release"],
            commands);
    }

    [Fact]
    public async Task The_readme_shows_what_its_first_command_prints()
    {
        var built = await BuildAsync("QWeatherConsole");
        var printed = built.Output.ReplaceLineEndings("\n").Replace(checkout.Root + Path.DirectorySeparatorChar, "")
            .Split('\n')
            .Where(line => line.Contains(": warning ", StringComparison.Ordinal))
            .Select(line => line[..line.LastIndexOf(" [", StringComparison.Ordinal)])
            .Distinct()
            // the compiler prints them as its threads find them
            .OrderBy(line => int.Parse(line[(line.IndexOf('(') + 1)..line.IndexOf(',')], CultureInfo.InvariantCulture));
        var shown = $"{OutputStart}\n```text\n{string.Join('\n', printed)}\n```\n";

        var readme = Path.Combine(Checkout.RepositoryRoot, "README.md");
        var text = File.ReadAllText(readme).ReplaceLineEndings("\n");
        var start = text.IndexOf(OutputStart, StringComparison.Ordinal);
        var end = text.IndexOf(OutputEnd, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1")
        {
            File.WriteAllText(readme, text[..start] + shown + text[end..]);
        }
        else
        {
            Assert.Equal(shown, text[start..end]);
        }
    }

    private async Task<Result> BuildAsync(string sample)
    {
        var built = await Dotnet.RunAsync(
            checkout.Root, "build", $"tests/Samples/{sample}", "--no-incremental", "--disable-build-servers");
        return built.Succeeded();
    }
}
