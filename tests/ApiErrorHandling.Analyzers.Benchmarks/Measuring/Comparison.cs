using ApiErrorHandling.Analyzers.Benchmarks.Inputs;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Benchmarks.Measuring;

/// <summary>The figures of all sets on one input.</summary>
internal sealed class Comparison
{
    private readonly Dictionary<AnalyzerSet, Series> _series;

    private Comparison(Input input, IEnumerable<Series> series)
    {
        Input = input;
        _series = series.ToDictionary(s => s.Set);
    }

    /// <summary>What was analysed.</summary>
    public Input Input { get; }

    /// <summary>How many errors the compiler found.</summary>
    public int Errors => _series[AnalyzerSet.BareCompile].Runs[0].Errors;

    /// <summary>The work our engine did, in each run.</summary>
    public FlowCounters Counters => Ours.Runs[0].Counters;

    private Series Ours => _series[AnalyzerSet.OurRules];

    /// <summary>
    /// Runs each set this often. The sets take turns and another one begins each round, so that none has a better
    /// place; the first round warms up and is thrown away.
    /// </summary>
    public static Comparison Measure(Input input, IReadOnlyCollection<MetadataReference> references, int runs)
    {
        var sets = AnalyzerSet.All;
        var done = sets.ToDictionary(set => set, _ => new List<Run>());
        var mostAllocated = 0L;
        for (var round = 0; round <= runs; round++)
        {
            for (var turn = 0; turn < sets.Count; turn++)
            {
                var set = sets[(round + turn) % sets.Count];
                var run = Run.Of(set, input, references, room: round > 0 ? mostAllocated * 3 / 2 : 0);
                if (round > 0)
                {
                    done[set].Add(run);
                }
                else
                {
                    mostAllocated = Math.Max(mostAllocated, run.Allocated);
                }
            }
        }

        return new Comparison(input, done.Select(entry => new Series(entry.Key, entry.Value)));
    }

    /// <summary>The runs of a set.</summary>
    public Series Of(AnalyzerSet set) => _series[set];

    /// <summary>Which of the limits our rules exceed, in words.</summary>
    public IEnumerable<string> Exceeding(Options options)
    {
        foreach (var (set, limit) in new[]
        {
            (AnalyzerSet.Ca2016, options.MaxRatioToCa2016), (AnalyzerSet.Empty, options.MaxRatioToEmpty),
        })
        {
            if (TimeRatio(set) > limit)
            {
                yield return FormattableString.Invariant(
                    $"our rules take {TimeRatio(set):0.00} times the time of {set.Name}, more than {limit}");
            }
        }
    }

    /// <summary>The time of our rules over that of another set.</summary>
    public double TimeRatio(AnalyzerSet other) => Ours.Time / _series[other].Time;

    /// <summary>What our rules allocate over what another set does.</summary>
    public double AllocationRatio(AnalyzerSet other) => Allocated(AnalyzerSet.OurRules) / Allocated(other);

    /// <summary>
    /// What a set adds to the allocations of the bare compile, in megabytes: the models and operations that the driver
    /// makes for it, and its own.
    /// </summary>
    public double Allocated(AnalyzerSet set) => _series[set].Allocated - _series[AnalyzerSet.BareCompile].Allocated;
}
