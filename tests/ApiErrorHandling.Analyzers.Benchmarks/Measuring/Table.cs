namespace ApiErrorHandling.Analyzers.Benchmarks.Measuring;

/// <summary>Prints comparisons.</summary>
internal static class Table
{
    private static readonly AnalyzerSet[] Others = [AnalyzerSet.Ca2016, AnalyzerSet.Empty];

    /// <summary>Prints one.</summary>
    public static void Write(Comparison comparison, TextWriter output)
    {
        var input = comparison.Input;
        var (files, lines, errors) = (input.Files.Length, input.Lines, comparison.Errors);
        Line($"{input.Name}: {files:N0} files, {lines:N0} lines, {errors:N0} compile errors");
        Line($"{"",-16}{"time",11}{"from – to",25}{"allocated",14}{"reports",10}");
        foreach (var set in Others.Prepend(AnalyzerSet.OurRules))
        {
            var series = comparison.Of(set);
            var range = FormattableString.Invariant($"{series.Shortest:N1} – {series.Longest:N1} ms");
            var allocated = comparison.Allocated(set);
            Line($"{set.Name,-16}{series.Time,8:N1} ms{range,25}{allocated,11:N1} MB{series.Runs[0].Reports,10:N0}");
        }

        foreach (var other in Others)
        {
            var (time, memory) = (comparison.TimeRatio(other), comparison.AllocationRatio(other));
            Line($"our rules / {other.Name}: time {time:0.00}, allocated {memory:0.00}");
        }

        var work = comparison.Counters;
        Line($"our rules: {work.TextScans:N0} text scans, {work.BodiesWalked:N0} bodies walked,");
        Line($"  {work.Graphs:N0} graphs, {work.Summaries:N0} summaries, {work.Steps:N0} steps, {work.LimitsHit:N0} limits hit");
        output.WriteLine();

        void Line(FormattableString text) => output.WriteLine(FormattableString.Invariant(text));
    }
}
