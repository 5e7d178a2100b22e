using System.Collections.Concurrent;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.TruthTests.Playing;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>Runs programs on a thread of their own, which is left behind when one never comes back.</summary>
internal sealed class Runner : IDisposable
{
    // What the program itself does takes microseconds; a loaded machine may take longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(20);

    // More than a program for a test has to say; less than what never ends.
    private const int MaxItems = 50;

    private Worker _worker = new();

    /// <summary>Runs a program once.</summary>
    /// <param name="entry">What to call.</param>
    /// <param name="script">What to answer.</param>
    /// <param name="catalog">The contracts.</param>
    /// <param name="otherwise">The contract and outcomes of addresses that no contract claims.</param>
    /// <param name="successBody">The body of a success.</param>
    /// <param name="seed">The seed of all that is random.</param>
    public Observation Run(
        EntryPoint entry, Script script, ContractCatalog catalog, ContractBinding otherwise, string successBody, int seed = 1)
    {
        var log = new RunLog(seed);
        log.Player = new Player(catalog, otherwise, script, successBody, log);
        var job = new Job(entry, log);
        _worker.Start(job);
        var signalled = WaitHandle.WaitAny([job.Done.WaitHandle, log.Parked.WaitHandle], Patience);
        if (signalled != 0 && !job.Done.Wait(Grace))
        {
            // it blocks where nothing will come
            log.End(isEndless: true);
            _worker.Abandon();
            _worker = new Worker();
        }

        var isEndless = log.IsEndless || !job.Done.IsSet;
        log.End(isEndless: false);
        log.Server?.Dispose();
        log.DeleteFiles();
        var ending = isEndless ? Ending.Endless : job.Thrown is RunEndedException ? Ending.Exited : job.Thrown is null ? Ending.Returned : Ending.Threw;
        return new Observation(entry, script, log, ending, isEndless ? null : job.Thrown, job.Result);
    }

    /// <inheritdoc/>
    public void Dispose() => _worker.Abandon();

    private sealed class Job(EntryPoint entry, RunLog log)
    {
        public ManualResetEventSlim Done { get; } = new();

        public object? Result { get; private set; }

        public Exception? Thrown { get; private set; }

        // What was returned may have everything still before it.
        private static Task? Draining(object? result)
        {
            switch (result)
            {
                case Task task:
                    return task;
                case ValueTask task:
                    return task.AsTask();
                case IAsyncEnumerable<object> items:
                    return DrainAsync(items);
                case string or System.Collections.ICollection or null:
                    return null;
                case System.Collections.IEnumerable items:
                    var left = MaxItems;
                    foreach (var _ in items)
                    {
                        if (--left == 0)
                        {
                            break;
                        }
                    }

                    return null;
                default:
                    return result.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>)
                        ? (Task)type.GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(result, null)!
                        : null;
            }
        }

        private static async Task DrainAsync(IAsyncEnumerable<object> items)
        {
            var left = MaxItems;
            await foreach (var _ in items)
            {
                if (--left == 0)
                {
                    break;
                }
            }
        }

        public void Run()
        {
            RunLog.Current = log;
            try
            {
                Result = entry.Invoke();
                if (Draining(Result) is { } task)
                {
                    if (!task.IsCompleted && WaitHandle.WaitAny(
                        [((IAsyncResult)task).AsyncWaitHandle, log.Parked.WaitHandle], Patience) != 0)
                    {
                        log.End(isEndless: true);
                        return;
                    }

                    task.GetAwaiter().GetResult();
                }
            }
            catch (Exception e)
            {
                Thrown = e;
            }
            finally
            {
                Done.Set();
            }
        }
    }

    private sealed class Worker
    {
        private readonly BlockingCollection<Job> _jobs = [];

        public Worker() => new Thread(Work, maxStackSize: 16 * 1024 * 1024) { IsBackground = true, Name = nameof(Runner) }.Start();

        public void Start(Job job) => _jobs.Add(job);

        public void Abandon() => _jobs.CompleteAdding();

        private void Work()
        {
            // awaits of the program go on right here
            SynchronizationContext.SetSynchronizationContext(null);
            foreach (var job in _jobs.GetConsumingEnumerable())
            {
                ExecutionContext.Run(ExecutionContext.Capture()!, _ => job.Run(), null);
            }
        }
    }
}
