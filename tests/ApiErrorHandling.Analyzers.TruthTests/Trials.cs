using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.TruthTests.Comparing;
using ApiErrorHandling.Analyzers.TruthTests.Running;
using Xunit.Abstractions;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>Many trials, and what came of them.</summary>
internal static class Trials
{
    /// <summary>Tries programs, a few at a time, and prints the sum.</summary>
    /// <param name="programs">What makes each program, with bodies of a success where they are known.</param>
    /// <param name="output">Where it is printed.</param>
    public static IReadOnlyList<Trial> Run(
        IEnumerable<Func<(ClientProgram Program, IReadOnlyList<string>? Bodies)>> programs, ITestOutputHelper output)
    {
        var trials = programs
            .AsParallel()
            .AsOrdered()
            .WithDegreeOfParallelism(Math.Max(2, Environment.ProcessorCount))
            .Select(make =>
            {
                using var runner = new Runner();
                var (program, bodies) = make();
                return Trial.Of(program, runner, ContractCatalog.BuiltIn, bodies);
            })
            .ToList();
        var total = Sum(trials);
        output.WriteLine($"{trials.Count(t => t.NotRun is null)} ran, {trials.Count(t => t.NotRun is not null)} could not. {total}");
        foreach (var trial in trials)
        {
            if (trial.NotRun is { } why)
            {
                output.WriteLine($"not run: {trial.Program}: {why}");
            }
            else if (trial.Tally.Unknown > 0)
            {
                output.WriteLine($"not known: {trial.Program}: {trial.Tally}");
            }
        }

        foreach (var disagreement in total.Disagreements)
        {
            output.WriteLine(disagreement);
        }

        return trials;
    }

    /// <summary>All tallies in one.</summary>
    public static Tally Sum(IEnumerable<Trial> trials)
    {
        var total = new Tally();
        foreach (var trial in trials)
        {
            total.Add(trial.Tally);
        }

        return total;
    }
}
