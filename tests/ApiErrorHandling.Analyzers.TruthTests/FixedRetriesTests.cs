using System.Collections.Concurrent;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Rules;
using ApiErrorHandling.Analyzers.Tests;
using ApiErrorHandling.Analyzers.Tests.CodeFixes.Retries;
using ApiErrorHandling.Analyzers.TruthTests.Comparing;
using ApiErrorHandling.Analyzers.TruthTests.Playing;
using ApiErrorHandling.Analyzers.TruthTests.Running;
using Microsoft.CodeAnalysis;
using Xunit;
using Xunit.Abstractions;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>
/// Programs whose retries are fixed do what the fixes promise: what stays or needs a reset is sent once, what passes is sent again,
/// with waits that grow, and not for ever; a success is what it was.
/// </summary>
public class FixedRetriesTests(ITestOutputHelper output)
{
    // Of the programs with reports, those that can be fixed in all of them and run before and after.
    private const int MinProved = 40;

    private const int MaxRequests = 12;

    // What fixes write stops growing there.
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Fixed_programs_do_what_is_promised()
    {
        var cases = RuleCase.All.Where(c => c.Obstacle is null && c.Setup.MoreSources.Length == 0 && !c.HasEntryPoint)
            .Select(c => (c.Name, c.Source, c.Setup, Body: (string?)null))
            .Concat(HandWrittenClient.All.Select(c => (c.Name, c.Source, new Setup
            {
                Nullable = NullableContextOptions.Disable,
                MoreSources = [("Probe.cs", "static class Probe { public static void Data(object data) { } }")],
            }, c.Body)));
        var (wrong, proved, left) = (new ConcurrentBag<string>(), 0, new ConcurrentBag<string>());
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) }, async (@case, _) =>
        {
            var (name, source, setup, body) = @case;
            var program = await FixedProgram.CreateAsync(source, setup);
            var reports = program.Reports.Where(r => FixedProgram.Rules.Contains(r.Id)).ToList();
            if (reports.Count == 0 || program.CompileErrors > 0)
            {
                return;
            }

            var end = program;
            foreach (var rule in FixedProgram.Rules)
            {
                end = await end.FixAllAsync(rule);
            }

            var (before, after) = (Try(name, program.Text, body), Try(name, end.Text, body));
            if (before.NotRun is not null || after.NotRun is not null || end.Reports.Any(r => FixedProgram.Rules.Contains(r.Id)))
            {
                left.Add($"{name}: {before.NotRun ?? after.NotRun ?? "is left with " + string.Join(", ", end.Reports.Select(r => r.Id))}");
                return;
            }

            Interlocked.Increment(ref proved);
            foreach (var fault in Faults(reports, before.Runs, after.Runs))
            {
                wrong.Add($"{name}: {fault}\n{end.Text}");
            }
        });
        output.WriteLine($"{proved} programs proved, left out:\n{string.Join("\n", left.Order(StringComparer.Ordinal))}");
        foreach (var fault in wrong.Order(StringComparer.Ordinal))
        {
            output.WriteLine(fault);
        }

        Assert.Empty(wrong);
        Assert.True(proved >= MinProved, $"{proved} programs");
    }

    private static Trial Try(string name, string source, string? body)
    {
        using var runner = new Runner();
        return Trial.Of(new ClientProgram(name, [source]), runner, ContractCatalog.BuiltIn, body is null ? null : [body], depth: 1);
    }

    private static IEnumerable<string> Faults(List<Diagnostic> reports, IReadOnlyList<Observation> before, IReadOnlyList<Observation> after)
    {
        var gone = reports.Where(r => r.Id is RuleIds.PermanentErrorRetried or RuleIds.UsedUpQuotaRetried)
            .SelectMany(r => r.Properties[PropertyKeys.Outcomes]!.Split(','))
            .ToHashSet();
        foreach (var outcome in SentAgain(after).Where(gone.Contains))
        {
            yield return outcome + " is still sent again";
        }

        var passing = SentAgain(before).Where(id => Advises(before, id, Advice.Backoff)).Except(Rare).ToList();
        foreach (var outcome in passing.Except(SentAgain(after)))
        {
            yield return outcome + " is no longer sent again";
        }

        foreach (var run in Full(after).Where(r => r.Script.RepeatsLast && r.Script.First.Count == 1 && passing.Contains(r.Script.First[0].Outcome)))
        {
            if (reports.Exists(r => r.Id == RuleIds.UnboundedRetry) && (run.Ending == Ending.Endless || run.Log.Requests.Count > MaxRequests))
            {
                yield return $"{run.Script} never ends";
            }

            if (reports.Exists(r => r.Id == RuleIds.RetryWithoutWait))
            {
                var waits = run.WaitsBetween.ToList();
                var growing = waits.TakeWhile(w => w < Cap / 2).ToList();
                if (waits.Exists(w => w == TimeSpan.Zero || w > Cap) || growing.Zip(growing.Skip(1)).Any(p => p.Second < p.First))
                {
                    yield return $"{run.Script} waits {string.Join(", ", waits.Select(w => w.TotalSeconds))} seconds";
                }
            }
        }

        foreach (var (x, y) in Full(before).Where(r => r.Script.First.Count == 0).Zip(Full(after).Where(r => r.Script.First.Count == 0)))
        {
            if (x.Ending != y.Ending || x.Log.Requests.Count != y.Log.Requests.Count || y.Log.Waits.Count > x.Log.Waits.Count)
            {
                yield return $"success {x.Ending} after {x.Log.Requests.Count} requests, now {y.Ending} after {y.Log.Requests.Count}";
            }
        }
    }

    // Statuses that pass and are so rare that a condition need not name them.
    private static readonly string[] Rare = ["423", "425"];

    private static IEnumerable<Observation> Full(IEnumerable<Observation> runs) => runs.Where(r => !r.Log.Requests.Exists(q => q.Answer.IsOdd));

    private static bool Advises(IEnumerable<Observation> runs, string outcome, Advice advice) =>
        runs.SelectMany(r => r.Log.Requests).First(r => r.Outcome.Id == outcome).Outcome.Advice == advice;

    // The outcomes of a first request after which the same was sent once more.
    private static IEnumerable<string> SentAgain(IEnumerable<Observation> runs) => Full(runs)
        .Where(run => run.Log.Requests is [var first, .., _] && run.Log.Requests.Skip(1).Any(r => r.IsLike(first)))
        .Select(run => run.Log.Requests[0].Outcome.Id)
        .Distinct();
}
