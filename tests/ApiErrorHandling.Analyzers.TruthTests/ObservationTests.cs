using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.TruthTests.Playing;
using ApiErrorHandling.Analyzers.TruthTests.Running;
using Xunit;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>What is seen of a running client: requests, waits, data, the end.</summary>
public class ObservationTests
{
    [Theory]
    [InlineData("using var r = await client.GetAsync(url); Probe.Data(await r.Content.ReadAsStringAsync());", "404", true, 1)]
    [InlineData("using var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) Probe.Data(await r.Content.ReadAsStringAsync());", "404", false, 1)]
    [InlineData("Probe.Data(await client.GetStringAsync(url));", "404", false, 1)]
    [InlineData("try { await client.GetStringAsync(url); } catch (HttpRequestException) { Probe.Data(await client.GetStringAsync(url)); }", "404", true, 2)]
    public void Sees_data_and_requests(string body, string outcome, bool usedData, int requests)
    {
        var run = Run(body, Script.Failing(new AnswerChoice(outcome), 1));
        Assert.Equal((usedData, requests), (run.UsedData, run.Log.Requests.Count));
    }

    [Fact]
    public void Sees_how_it_ends()
    {
        Assert.Equal(Ending.Returned, Run("await client.GetStringAsync(url);", Script.Success).Ending);
        var thrown = Run("await client.GetStringAsync(url);", Script.Failing(new AnswerChoice("500"), 1));
        Assert.Equal(Ending.Threw, thrown.Ending);
        Assert.IsType<HttpRequestException>(thrown.Thrown);
        Assert.Equal(
            Ending.Endless,
            Run("while (!(await client.GetAsync(url)).IsSuccessStatusCode) { }", new Script([new AnswerChoice("500")], RepeatsLast: true)).Ending);
        Assert.Equal(
            Ending.Endless,
            Run("while (!client.GetAsync(url).Result.IsSuccessStatusCode) { }", new Script([new AnswerChoice("500")], RepeatsLast: true)).Ending);
        Assert.Equal(Ending.Endless, Run("while (true) await Task.Delay(1000);", Script.Success).Ending);
    }

    [Theory]
    [InlineData("await Task.Delay(500 << attempt);", "500, 1000, 2000", true)]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);", "1000, 1000, 1000", false)]
    [InlineData("Thread.Sleep(TimeSpan.FromSeconds(attempt + 1));", "1000, 2000, 3000", true)]
    [InlineData("", "0, 0, 0", false)]
    public void Sees_waits_and_their_growth(string wait, string waits, bool grow)
    {
        var run = Run(Loop(wait), Script.Failing(new AnswerChoice("503"), 3));
        Assert.Equal(waits, string.Join(", ", run.WaitsBetween.Select(w => w.TotalMilliseconds)));
        Assert.Equal(grow, run.WaitsGrow);
    }

    [Fact]
    public void Sees_whether_waits_block() => Assert.Equal(
        [false, true],
        Run("await Task.Delay(1); Thread.Sleep(1);", Script.Success).Log.Waits.Select(w => w.Blocks));

    [Theory]
    [InlineData("await Task.Delay(Random.Shared.Next(1000));", true)]
    [InlineData("await Task.Delay(new Random().Next(1000));", true)]
    [InlineData("await Task.Delay(1000);", false)]
    public void Sees_whether_two_seeds_differ(string wait, bool differ)
    {
        var script = Script.Failing(new AnswerChoice("503"), 2);
        Assert.Equal(differ, !Run(Loop(wait), script, seed: 1).WaitsBetween.SequenceEqual(Run(Loop(wait), script, seed: 2).WaitsBetween));
    }

    [Theory]
    [InlineData(RetryAfterForm.Seconds, "await Task.Delay(r.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));", true)]
    [InlineData(RetryAfterForm.Date, "await Task.Delay(r.Headers.RetryAfter?.Date - DateTimeOffset.UtcNow ?? TimeSpan.FromSeconds(1));", true)]
    [InlineData(RetryAfterForm.Seconds, "await Task.Delay(1000);", false)]
    public void Sees_whether_the_server_was_obeyed(object form, string wait, bool obeyed)
    {
        var script = new Script([new AnswerChoice("503", RetryAfter: (RetryAfterForm)form)]);
        var asked = Answers.RetryAfter - TimeSpan.FromSeconds(1);
        Assert.Equal(obeyed, Run(Loop(wait), script).WaitsBetween[0] > asked);
    }

    [Theory]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew();", "watch.Elapsed < TimeSpan.FromSeconds(10)")]
    [InlineData("var end = DateTime.UtcNow.AddSeconds(10);", "DateTime.UtcNow < end")]
    [InlineData("using var source = new CancellationTokenSource(TimeSpan.FromSeconds(10));", "!source.IsCancellationRequested")]
    [InlineData("using var source = new CancellationTokenSource(); source.CancelAfter(10000);", "!source.IsCancellationRequested")]
    public void The_clock_is_that_of_the_waits(string start, string condition)
    {
        var run = Run(
            start + " while (" + condition + ") { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return; await Task.Delay(3000); }",
            new Script([new AnswerChoice("503")], RepeatsLast: true));
        Assert.Equal(Ending.Returned, run.Ending);
        Assert.Equal(4, run.Log.Requests.Count);
    }

    [Fact]
    public void Tells_a_message_sent_twice()
    {
        var run = Run(
            """
            for (var i = 0; i < 2; i++)
            {
                var content = new StringContent("x");
                using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
                await client.SendAsync(message);
            }
            """,
            Script.Success);
        Assert.NotEqual(run.Log.Requests[0].Message, run.Log.Requests[1].Message);
        Assert.NotEqual(run.Log.Requests[0].ContentIdentity, run.Log.Requests[1].ContentIdentity);
    }

    [Theory]
    [InlineData("File.WriteAllText(\"x\", \"\");")]
    [InlineData("using var file = File.Create(\"x\");")]
    [InlineData("using var file = new System.IO.FileStream(\"x\", FileMode.CreateNew);")]
    [InlineData("using var writer = new System.IO.StreamWriter(\"x\");")]
    public void No_run_sees_the_files_of_another(string write)
    {
        var body = "if (File.Exists(\"x\")) throw new IOException(); " + write + " if (!File.Exists(\"x\")) throw new IOException();";
        Assert.All(new int[2], _ => Assert.Equal(Ending.Returned, Run(body, Script.Success).Ending));
        Assert.False(File.Exists("x"));
    }

    private static string Loop(string wait) => $$"""
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var r = await client.GetAsync(url);
            if (r.IsSuccessStatusCode) return;
            {{wait}}
        }
        """;

    private static Observation Run(string body, Script script, int seed = 1)
    {
        var program = new ClientProgram(
            "observed",
            ["class Client { public async Task Run(HttpClient client, string url) { await Task.CompletedTask; " + body + " } }"]);
        var assembly = program.Build(new Dictionary<Microsoft.CodeAnalysis.SyntaxNode, int>(), out _, out var errors);
        Assert.Empty(errors);
        using var runner = new Runner();
        var http = ContractCatalog.BuiltIn.Http;
        return runner.Run(
            EntryPoint.Of(assembly!).Single(),
            script,
            ContractCatalog.BuiltIn,
            new ContractBinding(http, OutcomeSet.FirstOf(http.Outcomes.Length)),
            "{}",
            seed);
    }
}
