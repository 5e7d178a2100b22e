namespace ApiErrorHandling.Analyzers.Benchmarks.Measuring;

/// <summary>The runs of one set of analyzers.</summary>
/// <param name="Set">The set.</param>
/// <param name="Runs">Its runs, in their order.</param>
internal sealed record Series(AnalyzerSet Set, IReadOnlyList<Run> Runs)
{
    /// <summary>The median of the times, in milliseconds.</summary>
    public double Time => Median(run => run.Time.TotalMilliseconds);

    /// <summary>The shortest time, in milliseconds.</summary>
    public double Shortest => Runs.Min(run => run.Time.TotalMilliseconds);

    /// <summary>The longest time, in milliseconds.</summary>
    public double Longest => Runs.Max(run => run.Time.TotalMilliseconds);

    /// <summary>The median of what was allocated, in megabytes.</summary>
    public double Allocated => Median(run => run.Allocated / 1e6);

    private double Median(Func<Run, double> figure)
    {
        var sorted = Runs.Select(figure).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
