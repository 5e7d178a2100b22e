using ApiErrorHandling.Analyzers.TruthTests.Playing;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>How a run came to its end.</summary>
internal enum Ending
{
    /// <summary>The program returned.</summary>
    Returned,

    /// <summary>It threw.</summary>
    Threw,

    /// <summary>It would have gone on for ever.</summary>
    Endless,

    /// <summary>It ended the process.</summary>
    Exited,
}

/// <summary>What can be said of one run.</summary>
/// <param name="Entry">What was called.</param>
/// <param name="Script">What was answered.</param>
/// <param name="Log">What happened.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Thrown">What was thrown, if it was.</param>
/// <param name="Result">What was returned.</param>
internal sealed record Observation(EntryPoint Entry, Script Script, RunLog Log, Ending Ending, Exception? Thrown, object? Result)
{
    /// <summary>Whether data was used after the last request.</summary>
    public bool UsedData => Log.DataAfter.Contains(Log.Requests.Count - 1);

    /// <summary>
    /// Whether the program stumbled over an answer that it did not expect, instead of deciding anything: what lies behind
    /// was never tried.
    /// </summary>
    public bool Crashed => Thrown is NullReferenceException or ArgumentNullException or KeyNotFoundException or IndexOutOfRangeException
        or InvalidCastException or FormatException or ArgumentOutOfRangeException or System.Text.Json.JsonException or Newtonsoft.Json.JsonException
        or Microsoft.CSharp.RuntimeBinder.RuntimeBinderException
        or System.Xml.XmlException
        || (Thrown is InvalidOperationException or ArgumentException
            && Thrown.TargetSite?.DeclaringType?.Assembly is { IsDynamic: false, Location.Length: > 0 });

    /// <summary>The waits before each request but the first: how long was asked for between it and the one before.</summary>
    public IReadOnlyList<TimeSpan> WaitsBetween => Enumerable.Range(1, Math.Max(0, Log.Requests.Count - 1))
        .Select(i => Log.Waits.Where(w => w.After == i).Aggregate(TimeSpan.Zero, (sum, w) => sum + w.Time))
        .ToList();

    /// <summary>Whether each wait was longer than the one before, of at least two.</summary>
    public bool WaitsGrow => WaitsBetween.Count > 1 && WaitsBetween.Zip(WaitsBetween.Skip(1)).All(p => p.Second > p.First);
}
