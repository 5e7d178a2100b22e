using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>What decides how long the waits of a retry take.</summary>
public class WaitLengthTests
{
    private const string Members = """
        static readonly TimeSpan Step = TimeSpan.FromSeconds(2);
        readonly int[] steps = { 1, 2, 4 };
        int attempts;
        static Task Back(int attempt) => Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)));
        static TimeSpan Exponential(int attempt) { if (attempt > 5) return TimeSpan.FromSeconds(30); return TimeSpan.FromSeconds(1 << attempt); }
        static TimeSpan Jittered(TimeSpan length) => length + TimeSpan.FromMilliseconds(Random.Shared.Next(0, 100));
        static TimeSpan? Told(HttpResponseMessage r) => r.Headers.RetryAfter?.Delta;
        static bool IsTold(HttpResponseMessage r, out TimeSpan time) { time = r.Headers.RetryAfter?.Delta ?? default; return time != default; }
        static Task Rest() => Task.Delay(Step);
        static Task Pause(int seconds) { return Wait(seconds * 1000); }
        static Task Wait(int milliseconds) => Task.Delay(milliseconds);
        """;

    [Theory]
    [InlineData("await Task.Delay(1000);", "same")]
    [InlineData("Thread.Sleep(Step);", "same")]
    [InlineData("await Rest();", "same")]
    [InlineData("await Task.Delay(1000 * n);", "grows")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, n)));", "grows")]
    [InlineData("await Task.Delay(100 << n);", "grows")]
    [InlineData("await Task.Delay((10 - n) * 1000);", "shrinks")]
    [InlineData("await Task.Delay(5000 / (n + 1));", "shrinks")]
    [InlineData("var seconds = n * n; await Task.Delay(seconds * 1000);", "grows")]
    [InlineData("await Back(n);", "grows")]
    [InlineData("await Back(3);", "same")]
    [InlineData("await Pause(n);", "grows")]
    [InlineData("await Task.Delay(Exponential(n));", "grows")]
    [InlineData("await Task.Delay(Math.Min(1000 * n, 30000));", "grows capped")]
    [InlineData("await Task.Delay(n > 5 ? 30000 : 1000 * n);", "grows capped")]
    [InlineData("await Task.Delay(steps[Math.Min(n, steps.Length - 1)]);", "grows capped")]
    [InlineData("await Task.Delay(n switch { 0 => 100, 1 => 1000, _ => 5000 });", "grows capped")]
    [InlineData("await Task.Delay(Random.Shared.Next(100, 1000));", "random")]
    [InlineData("var noise = new Random(); await Task.Delay(1000 * n + noise.Next(100));", "grows random")]
    [InlineData("await Task.Delay(Jittered(TimeSpan.FromSeconds(n)));", "grows random")]
    [InlineData("await Task.Delay(r.Headers.RetryAfter?.Delta ?? Step);", "retry-after")]
    [InlineData("await Task.Delay(Told(r) ?? TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, n))));", "grows capped retry-after")]
    [InlineData("await Task.Delay(IsTold(r, out var time) ? time : Step);", "retry-after")]
    [InlineData("if (r.Headers.RetryAfter?.Delta is { } told) await Task.Delay(told); else await Task.Delay(Step);", "retry-after; same")]
    [InlineData("var told = r.Headers.GetValues(\"Retry-After\").First(); await Task.Delay(int.Parse(told) * 1000);", "retry-after")]
    [InlineData("attempts++; await Task.Delay(attempts * 100);", "grows")]
    [InlineData("var delay = 1000; delay += Random.Shared.Next(100); await Task.Delay(delay);", "random")]
    public void In_the_loop(string wait, string expected) => Check(
        "async Task Run(HttpClient client, string url) { for (var n = 0; n < 9; n++) { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return; " + wait + " } }", expected);

    [Theory]
    [InlineData("var delay = 1000;", "await Task.Delay(delay); delay *= 2;", "grows")]
    [InlineData("var delay = 1000;", "await Task.Delay(delay); delay = delay * 2;", "grows")]
    [InlineData("var delay = 1000;", "await Task.Delay(delay); delay = Math.Min(delay * 2, 60000);", "grows capped")]
    [InlineData("var delay = 1000;", "await Task.Delay(delay); if (delay < 60000) delay *= 2;", "grows capped")]
    [InlineData("var delay = 1000;", "await Task.Delay(delay); delay *= 2; if (delay > 60000) { delay = 60000; }", "grows capped")]
    [InlineData("var delay = Step;", "await Task.Delay(delay); delay += Step;", "grows")]
    [InlineData("var delay = Step;", "await Task.Delay(delay); delay = delay.Add(Step);", "grows")]
    [InlineData("var delay = 9000;", "await Task.Delay(delay); delay -= 1000;", "shrinks")]
    [InlineData("var delay = 9000;", "await Task.Delay(delay); delay = delay / 2;", "shrinks")]
    [InlineData("var delay = 1000; delay *= 2;", "await Task.Delay(delay);", "same")]
    [InlineData("var delay = 1000; if (url.Length > 5) delay = 3000;", "await Task.Delay(delay);", "same")]
    [InlineData("var left = 5;", "if (left-- == 0) return; await Task.Delay((6 - left) * 1000);", "grows")]
    public void Kept_from_one_attempt_to_the_next(string before, string wait, string expected) => Check(
        "async Task Run(HttpClient client, string url) { " + before + " while (true) { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return; " + wait + " } }", expected);

    [Theory]
    [InlineData("foreach (var delay in new[] { 1, 2, 5 }) { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return; await Task.Delay(delay); }", "grows capped")]
    [InlineData("foreach (var delay in new[] { 5, 5, 5 }) { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return; await Task.Delay(delay); }", "same")]
    [InlineData("var n = 0; again: var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return; n++; await Task.Delay(n * 100); goto again;", "grows")]
    [InlineData("var n = 0; do { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return; await Task.Delay(++n * 100); } while (n < 9);", "grows")]
    public void Loops_of_other_kinds(string body, string expected) =>
        Check("async Task Run(HttpClient client, string url) { " + body + " }", expected);

    [Theory]
    [InlineData("await Task.Delay(n * 100); await Run(client, url, n + 1);", "grows")]
    [InlineData("await Task.Delay(n * 100); await Run(client, url, n - 1);", "shrinks")]
    [InlineData("await Task.Delay((9 - n) * 100); await Run(client, url, n - 1);", "grows")]
    [InlineData("var delay = 100; delay *= 2; await Task.Delay(delay); await Run(client, url, n + 1);", "same")]
    public void Calls_itself(string again, string expected) => Check(
        "async Task Run(HttpClient client, string url, int n) { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode || n == 9) return; " + again + " }", expected);

    private static void Check(string method, string expected)
    {
        var compilation = FlowProgram.Compile([$"class Client {{ {method} {Members} }}"]);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees.Last();
        var run = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(m => m.Identifier.ValueText == "Run");
        var analysis = new CompilationAnalysis(compilation, new AnalyzerOptions([]), default);
        var flow = analysis.RunAround(compilation.GetSemanticModel(tree), run, default).Single(f => f.Method?.Name == "Run");

        var repeat = Assert.Single(flow.Repeats);
        var lengths = flow.Waits.Keys.Select(w => w.At).Distinct().OrderBy(at => at.SpanStart).Select(at => Print(flow.LengthOf(at, repeat)));
        Assert.Equal(expected, string.Join("; ", lengths));
    }

    private static string Print(WaitLength length)
    {
        var words = new[]
        {
            (length.Grows, "grows"), (length.Shrinks, "shrinks"), (length.IsRandom, "random"), (length.IsCapped, "capped"), (length.IsFromRetryAfter, "retry-after"),
        }.Where(w => w.Item1).Select(w => w.Item2).ToList();
        return words.Count == 0 ? "same" : string.Join(" ", words);
    }
}
