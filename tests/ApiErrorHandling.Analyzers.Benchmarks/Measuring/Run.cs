using System.Collections.Immutable;
using System.Runtime;
using System.Runtime.CompilerServices;
using ApiErrorHandling.Analyzers.Benchmarks.Inputs;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiErrorHandling.Analyzers.Benchmarks.Measuring;

/// <summary>The figures of one run.</summary>
/// <param name="Time">The time in the analyzer itself, as the compiler's own telemetry has it.</param>
/// <param name="Allocated">The bytes that compiling and analysing allocated.</param>
/// <param name="Errors">How many errors the compiler found; counted in a bare compile only.</param>
/// <param name="Reports">How many diagnostics the analyzer reported.</param>
/// <param name="Counters">The work our engine did.</param>
internal sealed record Run(TimeSpan Time, long Allocated, int Errors, int Reports, FlowCounters Counters)
{
    private const long MostRoom = 4_000_000_000;

    /// <summary>Runs a set of analyzers once over a compilation of its own.</summary>
    /// <remarks>
    /// All is as cold as in a compiler server at a build: the sources are parsed anew, before the figures begin, and
    /// what earlier runs knew of them and of the references is collected. Warm are the machine code of compiler and
    /// analyzers, and the contents of the referenced files. One thread does all the work, and the garbage collector has
    /// to wait: a single collection takes as long as an analyzer, and hits one set or another by chance.
    /// </remarks>
    /// <param name="set">The set.</param>
    /// <param name="input">What it runs over.</param>
    /// <param name="references">What that refers to.</param>
    /// <param name="room">How many bytes the run may allocate before a collection; 0 for no promise.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Run Of(AnalyzerSet set, Input input, IEnumerable<MetadataReference> references, long room)
    {
        var compilation = input.Compile(references);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        if (room > 0)
        {
            GC.TryStartNoGCRegion(Math.Min(room, MostRoom));
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var (time, errors, reports) = set.Create is { } create ? Analyse(compilation, create()) : Compile(compilation);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }

        return new Run(time, allocated, errors, reports, FlowCounters.Of(compilation));
    }

    private static (TimeSpan Time, int Errors, int Reports) Compile(Compilation compilation) =>
        (TimeSpan.Zero, CountErrors(compilation.GetDiagnostics()), 0);

    private static (TimeSpan Time, int Errors, int Reports) Analyse(
        Compilation compilation, DiagnosticAnalyzer analyzer)
    {
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, _, _) => thrown ??= exception,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: true);
        var result = compilation.WithAnalyzers([analyzer], options)
            .GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
        return thrown is null
            ? (result.AnalyzerTelemetryInfo[analyzer].ExecutionTime, 0, result.GetAllDiagnostics().Length)
            : throw new InvalidOperationException($"{analyzer} failed.", thrown);
    }

    private static int CountErrors(ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
