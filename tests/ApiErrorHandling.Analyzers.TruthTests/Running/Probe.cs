using System.Diagnostics.CodeAnalysis;
using System.Net;
using ApiErrorHandling.Analyzers.TruthTests.Playing;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>
/// What a program under test calls instead of the world: it tells where the program is, passes its requests to the player,
/// and makes waits, clocks and random numbers that can be watched.
/// </summary>
public static class Probe
{
    /// <summary>The program comes to a statement.</summary>
    public static void At(int method, int place) => RunLog.Current.At(method, place);

    /// <summary>The program goes on to use a value.</summary>
    /// <returns>The value.</returns>
    public static T Used<T>(int place, T value)
    {
        RunLog.Current.Visit(place);
        return value;
    }

    /// <summary>The program uses data of an answer.</summary>
    public static void Data(object? data) => RunLog.Current.AddData();

    /// <summary>A method begins.</summary>
    /// <returns>What ends it.</returns>
    public static IDisposable Enter(int method, int home) => RunLog.Current.Enter(method, home);

    public static HttpMessageHandler Handler() => new PlayedHandler();

    /// <summary>A client that knows what relative addresses are relative to.</summary>
    public static T Client<T>(T client)
        where T : HttpClient
    {
        client.BaseAddress ??= new Uri("https://host.example/");
        return client;
    }

    /// <summary>The handler with the player in the place of the network.</summary>
    public static HttpMessageHandler Handler(HttpMessageHandler handler, bool disposeHandler = true)
    {
        if (handler is not DelegatingHandler outer)
        {
            return handler is HttpClientHandler or SocketsHttpHandler ? new PlayedHandler() : handler;
        }

        outer.InnerHandler = outer.InnerHandler is { } inner ? Handler(inner) : new PlayedHandler();
        return outer;
    }

    public static TimeProvider Time => RunLog.Current.Clock;

    public static DateTime UtcNow => RunLog.Current.Clock.GetUtcNow().UtcDateTime;

    public static DateTime Now => RunLog.Current.Clock.GetLocalNow().DateTime;

    public static DateTimeOffset OffsetNow => RunLog.Current.Clock.GetUtcNow();

    public static int TickCount => (int)TickCount64;

    public static long TickCount64 => (long)(RunLog.Current.Clock.GetUtcNow() - Answers.Start).TotalMilliseconds;

    public static Random Random() => RunLog.Current.Random;

    public static Random Random(int seed) => RunLog.Current.Random;

    public static string TemporaryFile()
    {
        var file = Path.GetTempFileName();
        RunLog.Current.TemporaryFiles.Add(file);
        return file;
    }

    /// <summary>The path in a folder that no other run has.</summary>
    public static string OwnPath(string path) => Path.Combine(RunLog.Current.Folder.FullName, path);

    public static Task Delay(int milliseconds) => Delay(milliseconds, CancellationToken.None);

    public static Task Delay(TimeSpan time) => Delay(time, CancellationToken.None);

    public static Task Delay(int milliseconds, CancellationToken token) =>
        Delay(milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds), token);

    public static Task Delay(TimeSpan time, TimeProvider provider, CancellationToken token = default) => Delay(time, token);

    public static Task Delay(TimeSpan time, CancellationToken token)
    {
        if (token.IsCancellationRequested)
        {
            return Task.FromCanceled(token);
        }

        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(time));
        }

        var log = RunLog.Current;
        if (time == Timeout.InfiniteTimeSpan || log.HasEnded)
        {
            return log.Park<bool>();
        }

        log.Add(new Wait(log.Requests.Count, time, Blocks: false));
        log.Clock.Advance(time);
        return token.IsCancellationRequested ? Task.FromCanceled(token) : Task.CompletedTask;
    }

    public static void Sleep(int milliseconds) => Sleep(TimeSpan.FromMilliseconds(milliseconds));

    public static void Sleep(TimeSpan time)
    {
        var log = RunLog.Current;
        if (log.HasEnded)
        {
            throw new RunEndedException();
        }

        log.Add(new Wait(log.Requests.Count, time, Blocks: true));
        log.Clock.Advance(time);
    }

    /// <summary>Waits for what does not come.</summary>
    public static bool WaitOne(int milliseconds)
    {
        Sleep(milliseconds);
        return false;
    }

    public static bool WaitOne(TimeSpan time)
    {
        Sleep(time);
        return false;
    }

    public static CancellationTokenSource Cancellation(int milliseconds) => Cancellation(TimeSpan.FromMilliseconds(milliseconds));

    public static CancellationTokenSource Cancellation(TimeSpan time) => new(time, RunLog.Current.Clock);

    public static void CancelAfter(CancellationTokenSource source, int milliseconds) =>
        CancelAfter(source, TimeSpan.FromMilliseconds(milliseconds));

    public static void CancelAfter(CancellationTokenSource source, TimeSpan time) =>
        RunLog.Current.Clock.CreateTimer(_ => source.Cancel(), null, time, Timeout.InfiniteTimeSpan);

    // What would run elsewhere runs here, so that the order of events is that of the program.
    public static Task Run(Action action, CancellationToken token = default)
    {
        try
        {
            action();
            return Task.CompletedTask;
        }
        catch (Exception e)
        {
            return Task.FromException(e);
        }
    }

    public static Task<T> Run<T>(Func<T> function, CancellationToken token = default)
    {
        try
        {
            return Task.FromResult(function());
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    public static Task Run(Func<Task?> function, CancellationToken token = default) => function() ?? Task.CompletedTask;

    public static Task<T> Run<T>(Func<Task<T>> function, CancellationToken token = default) => function();

    public static async Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> body)
    {
        foreach (var item in items)
        {
            await body(item, CancellationToken.None);
        }
    }

    public static Task ForEachAsync<T>(IEnumerable<T> items, CancellationToken token, Func<T, CancellationToken, ValueTask> body) =>
        ForEachAsync(items, body);

    public static Task ForEachAsync<T>(IEnumerable<T> items, ParallelOptions options, Func<T, CancellationToken, ValueTask> body) =>
        ForEachAsync(items, body);

    public static void ForEach<T>(IEnumerable<T> items, Action<T> body)
    {
        foreach (var item in items)
        {
            body(item);
        }
    }

    public static void ForEach<T>(IEnumerable<T> items, ParallelOptions options, Action<T> body) => ForEach(items, body);

    /// <summary>The process would end here.</summary>
    public static void Exit(params object?[] how)
    {
        RunLog.Current.End(isEndless: false);
        throw new RunEndedException();
    }

    [SuppressMessage("Style", "IDE0060", Justification = "Evaluating the arguments is what counts.")]
    public static void Write(params object?[] values)
    {
    }

    public static string? ReadLine() => null;

    public static WebRequest Socket(WebRequest request) => LoopbackServer.Redirect(request);

    public static T Socket<T>(T client)
        where T : WebClient => LoopbackServer.Redirect(client);
}

/// <summary>The stopwatch of the virtual clock.</summary>
public sealed class VirtualStopwatch
{
    private long _started;
    private TimeSpan _before;

    public static long Frequency => RunLog.Current.Clock.TimestampFrequency;

    public bool IsRunning { get; private set; }

    public TimeSpan Elapsed =>
        _before + (IsRunning ? RunLog.Current.Clock.GetElapsedTime(_started) : TimeSpan.Zero);

    public long ElapsedMilliseconds => (long)Elapsed.TotalMilliseconds;

    public long ElapsedTicks => Elapsed.Ticks;

    public static VirtualStopwatch StartNew()
    {
        var watch = new VirtualStopwatch();
        watch.Start();
        return watch;
    }

    public static long GetTimestamp() => RunLog.Current.Clock.GetTimestamp();

    public static TimeSpan GetElapsedTime(long start) => RunLog.Current.Clock.GetElapsedTime(start);

    public static TimeSpan GetElapsedTime(long start, long end) => RunLog.Current.Clock.GetElapsedTime(start, end);

    public void Start()
    {
        _started = GetTimestamp();
        IsRunning = true;
    }

    public void Stop()
    {
        _before = Elapsed;
        IsRunning = false;
    }

    public void Reset() => (_before, IsRunning) = (TimeSpan.Zero, false);

    public void Restart()
    {
        Reset();
        Start();
    }
}
