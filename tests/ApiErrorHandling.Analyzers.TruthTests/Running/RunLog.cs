using ApiErrorHandling.Analyzers.TruthTests.Playing;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>One call of a method of the program that is still under way.</summary>
/// <param name="method">The number of the method, lambda or local function.</param>
/// <param name="home">The call of the method around it; null for a method.</param>
internal sealed class Frame(int method, Frame? home)
{
    private readonly List<(int Statement, RecordedRequest Request)> _requests = [];

    public int Method { get; } = method;

    /// <summary>The call of the method that a lambda or local function lies in; itself for a method.</summary>
    public Frame Home => home ?? this;

    /// <summary>The place that it has come to; -1 before the first.</summary>
    public int Statement { get; set; } = -1;

    /// <summary>The last request that each statement sent, itself or by what it called.</summary>
    public IEnumerable<(int Statement, RecordedRequest Request)> LastRequests =>
        _requests.GroupBy(r => r.Statement).Select(g => g.Last());

    public void Add(RecordedRequest request)
    {
        var entry = (Statement, request);
        if (!Home._requests.Contains(entry))
        {
            Home._requests.Add(entry);
        }
    }
}

/// <summary>The program came to a place.</summary>
/// <param name="Place">The number of the place.</param>
/// <param name="Requests">
/// The requests before it that calls under way have sent: the home of the call, the statement that sent it there, the request.
/// </param>
internal sealed record Visit(int Place, IReadOnlyList<(int Method, int Statement, RecordedRequest Request)> Requests);

/// <summary>The program waited.</summary>
/// <param name="After">How many requests had been sent before.</param>
/// <param name="Time">How long.</param>
/// <param name="Blocks">Whether it blocked its thread.</param>
internal sealed record Wait(int After, TimeSpan Time, bool Blocks);

/// <summary>What one run of a program did, in order.</summary>
/// <param name="seed">The seed of all that is random.</param>
internal sealed class RunLog(int seed)
{
    private const int MaxWaits = 400;
    private const int MaxDepth = 1_000;
    private const int MaxVisits = 4_000;

    private static readonly AsyncLocal<RunLog?> CurrentLog = new();

    private readonly List<Frame> _frames = [];

    private DirectoryInfo? _folder;

    /// <summary>The log of the program that runs here.</summary>
    public static RunLog Current
    {
        get => CurrentLog.Value ?? throw new InvalidOperationException("No program is being watched here.");
        set => CurrentLog.Value = value;
    }

    public VirtualClock Clock { get; } = new(Answers.Start);

    public Random Random { get; } = new(seed);

    public List<RecordedRequest> Requests { get; } = [];

    /// <summary>For each request, the statements that sent it: the home of the call, the statement, the request.</summary>
    public List<(int Method, int Statement, RecordedRequest Request)> Sent { get; } = [];

    public List<Visit> Visits { get; } = [];

    public List<Wait> Waits { get; } = [];

    /// <summary>The requests before each use of data, the number of each.</summary>
    public List<int> DataAfter { get; } = [];

    /// <summary>The call from outside, the last if there were several; null if there was none.</summary>
    public Frame? Root { get; private set; }

    /// <summary>What answers the program's requests.</summary>
    public Player Player { get; set; } = null!;

    /// <summary>The player's socket, once one was needed.</summary>
    public LoopbackServer? Server { get; set; }

    /// <summary>The temporary files that the program asked for; deleted after the run.</summary>
    public List<string> TemporaryFiles { get; } = [];

    /// <summary>Where relative paths of the program lead, made when first asked for; deleted after the run.</summary>
    public DirectoryInfo Folder => _folder ??= Directory.CreateTempSubdirectory();

    /// <summary>Whether nothing counts any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether the run was ended because the program would have gone on for ever.</summary>
    public bool IsEndless { get; private set; }

    /// <summary>Set when the program waits for something that will never come.</summary>
    public ManualResetEventSlim Parked { get; } = new();

    /// <summary>Deletes the program's files.</summary>
    public void DeleteFiles()
    {
        TemporaryFiles.ForEach(File.Delete);
        try
        {
            _folder?.Delete(recursive: true);
        }
        catch (IOException)
        {
            // a run that was given up goes on writing
        }
    }

    public void End(bool isEndless)
    {
        IsEndless |= isEndless && !HasEnded;
        HasEnded = true;
    }

    /// <summary>A task that never ends; the program stays there.</summary>
    public Task<T> Park<T>()
    {
        End(isEndless: true);
        Parked.Set();
        return new TaskCompletionSource<T>().Task;
    }

    public void Add(RecordedRequest request)
    {
        if (HasEnded)
        {
            return;
        }

        Requests.Add(request);
        foreach (var frame in _frames)
        {
            frame.Add(request);
            Sent.Add((frame.Home.Method, frame.Statement, request));
        }
    }

    public void Add(Wait wait)
    {
        if (HasEnded)
        {
            return;
        }

        Waits.Add(wait);
        if (Waits.Count > MaxWaits)
        {
            End(isEndless: true);
        }
    }

    public void AddData()
    {
        if (!HasEnded)
        {
            DataAfter.Add(Requests.Count - 1);
        }
    }

    /// <summary>The program comes to a statement.</summary>
    /// <param name="method">The method, lambda or local function that it lies in.</param>
    /// <param name="place">The statement.</param>
    public void At(int method, int place)
    {
        if (!HasEnded)
        {
            if (_frames.FindLast(f => f.Method == method) is { } frame)
            {
                frame.Statement = place;
            }

            Visit(place);
        }
    }

    /// <summary>The program comes to a place.</summary>
    public void Visit(int place)
    {
        if (HasEnded)
        {
            return;
        }

        var requests = new List<(int, int, RecordedRequest)>();

        // of a method that calls itself, the call at work is meant
        foreach (var home in Enumerable.Reverse(_frames).Select(f => f.Home).DistinctBy(h => h.Method))
        {
            requests.AddRange(home.LastRequests.Select(r => (home.Method, r.Statement, r.Request)));
        }

        Visits.Add(new Visit(place, requests));
        if (Visits.Count > MaxVisits)
        {
            End(isEndless: true);
            throw new RunEndedException();
        }
    }

    public IDisposable Enter(int method, int home)
    {
        if (_frames.Count > MaxDepth)
        {
            // what calls itself without end would take the process with it, whatever it catches
            Park<bool>();
            Thread.Sleep(Timeout.Infinite);
        }

        var around = home < 0 ? null : _frames.FindLast(f => f.Method == home);
        var frame = new Frame(method, around?.Home);
        Root = _frames.Count == 0 ? frame : Root;
        _frames.Add(frame);
        return new Leaving(() => _frames.Remove(frame));
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
