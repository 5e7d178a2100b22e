using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// What methods do, for each way of calling them. A summary that is kept depends on nothing but its key: what a cycle
/// cut short is not kept, what depth or budget did is kept for those who are as deep. Nothing is locked while one is made; two threads may make the same one.
/// </summary>
internal sealed class Summaries
{
    private readonly FlowContext _context;
    private readonly ConcurrentDictionary<SummaryKey, Summary> _kept = new();

    // What depth or budget cut short is the same for all who are as deep.
    private readonly ConcurrentDictionary<(SummaryKey Key, int Depth), Summary> _keptByDepth = new();

    /// <summary>Makes the summaries of a compilation; none is made before it is asked for.</summary>
    public Summaries(FlowContext context) => _context = context;

    /// <summary>What a method does that is called with these inputs.</summary>
    /// <param name="key">The method and its inputs.</param>
    /// <param name="session">The methods being run; the caller is the last of them.</param>
    public Summary Of(SummaryKey key, SummarySession session)
    {
        if (!session.HasBudget)
        {
            _context.Counters.CountLimit();
            return Summary.Unknown;
        }

        key = session.Widen(key);
        if ((_kept.TryGetValue(key, out var kept) && session.Admits(kept) && IsWhole(kept, session))
            || (_keptByDepth.TryGetValue((key, session.Depth), out kept) && !session.Runs(kept)))
        {
            session.Take(kept);
            return kept;
        }

        if (session.Recur(key) is { } running)
        {
            return running;
        }

        if (!session.Enter(key))
        {
            _context.Counters.CountLimit();
            return Summary.Unknown;
        }

        var summary = Run(key, session);
        if (session.IsRecursive)
        {
            // once more, with what the first run found in place of the recursive call
            session.Approximate(summary);
            summary = Run(key, session);
        }

        var depth = session.Depth - 1;
        summary = session.Leave(summary, out var reliance);
        switch (reliance)
        {
            case Reliance.KeyAlone when depth == 0:
                _kept[key] = summary;
                break;
            case Reliance.KeyAlone:
                _kept.TryAdd(key, summary);
                break;
            case Reliance.Depth:
                _keptByDepth.TryAdd((key, depth), summary);
                break;
        }

        return summary;
    }

    // A method that is analysed for its own sake must know more than its callers ask for, and nothing else.
    private static bool IsWhole(Summary summary, SummarySession session) =>
        session.Depth > 0 || summary.Flow is not { KnowsParts: false };

    private Summary Run(SummaryKey key, SummarySession session)
    {
        if (_context.Graphs.Of(key.Method) is not { } graph)
        {
            return Summary.Unknown;
        }

        _context.Counters.CountSummary();
        return new Summary(MethodFlow.Run(_context, graph, key.Method, key.Inputs, session), isBottom: false);
    }
}

/// <summary>What a summary depends on.</summary>
internal enum Reliance
{
    /// <summary>On nothing but its key.</summary>
    KeyAlone,

    /// <summary>On how deep it was asked for, too.</summary>
    Depth,

    /// <summary>On which methods ran already.</summary>
    Session,
}

/// <summary>What a method does for its callers.</summary>
internal sealed class Summary
{
    /// <summary>Makes a summary.</summary>
    public Summary(FlowResult? flow, bool isBottom)
    {
        Flow = flow;
        IsBottom = isBottom;
    }

    /// <summary>No methods.</summary>
    public static ImmutableHashSet<IMethodSymbol> NoMethods { get; } =
        ImmutableHashSet<IMethodSymbol>.Empty.WithComparer(SymbolEqualityComparer.Default);

    /// <summary>Nothing is known.</summary>
    public static Summary Unknown { get; } = new(null, isBottom: false);

    /// <summary>It does not come back: what is taken for a recursive call at first.</summary>
    public static Summary Bottom { get; } = new(null, isBottom: true);

    /// <summary>What was found in it; null if nothing is known.</summary>
    public FlowResult? Flow { get; }

    /// <summary>Whether it does not come back.</summary>
    public bool IsBottom { get; }

    /// <summary>The steps it took to make, with those of the methods it calls.</summary>
    public int Cost { get; init; }

    /// <summary>How many methods deep it reaches.</summary>
    public int Height { get; init; }

    /// <summary>How deep it may be made at most: deeper the budget would cut it short.</summary>
    public int AffordableDepth { get; init; } = int.MaxValue;

    /// <summary>Whether depth or budget cut it short.</summary>
    public bool IsCut { get; init; }

    /// <summary>The methods that were run to make it, or were too deep to be, itself among them.</summary>
    public ImmutableHashSet<IMethodSymbol> Reached { get; init; } = NoMethods;

}

/// <summary>The methods being run in one another, with their budget. One thread's; not shared.</summary>
internal sealed class SummarySession
{
    private const int MaxDepth = 3;

    // Steps over all methods that one method leads to, by how deep it is: the budget of a method is its own, so that what
    // it cuts short is the same for all who are as deep.
    private const int MaxCost = 1_000;

    private readonly List<Frame> _frames = [];
    private int _cost;

    /// <summary>How many methods run in one another.</summary>
    public int Depth => _frames.Count;

    /// <summary>Whether the method that runs now called itself.</summary>
    public bool IsRecursive => Top.IsRecursive;

    /// <summary>Whether the method that runs now may still follow calls.</summary>
    public bool HasBudget
    {
        get
        {
            if (_frames.Count == 0)
            {
                return true;
            }

            var cost = _cost - Top.CostBefore;
            if (cost > MaxCost >> (_frames.Count - 1))
            {
                Top.IsCut = true;
                return false;
            }

            Top.Afford(cost);
            return true;
        }
    }

    private Frame Top => _frames[_frames.Count - 1];

    /// <summary>
    /// Whether a kept summary may be used here: one made here would not be cut short either, nor meet a method that runs
    /// already. Else what is found would depend on which of two methods of a cycle was asked for first.
    /// </summary>
    public bool Admits(Summary summary) => _frames.Count + summary.Height <= MaxDepth
        && _frames.Count <= summary.AffordableDepth
        && !Runs(summary);

    /// <summary>Whether one of the methods that a summary was made of runs already.</summary>
    public bool Runs(Summary summary) => _frames.Any(frame => summary.Reached.Contains(frame.Key.Method));

    /// <summary>Uses a kept summary.</summary>
    public void Take(Summary summary)
    {
        Spend(summary.Cost);
        if (_frames.Count > 0)
        {
            Top.Reach(summary);
        }
    }

    /// <summary>The method that runs now is run once more: with the whole of its budget.</summary>
    public void Restart()
    {
        if (_frames.Count > 0)
        {
            _cost = Top.CostBefore;
        }
    }

    /// <summary>Counts steps.</summary>
    public void Spend(int steps) => _cost += steps;

    /// <summary>What is taken for a call of a method that runs already; null if it does not.</summary>
    public Summary? Recur(SummaryKey key)
    {
        for (var i = 0; i < _frames.Count; i++)
        {
            if (_frames[i].Key.Equals(key))
            {
                _frames[i].IsRecursive = true;
                DependOn(i);
                return _frames[i].Approximation;
            }
        }

        return null;
    }

    /// <summary>
    /// What a method is run with that runs already: no numbers, since each round of a recursion that counts has others.
    /// </summary>
    public SummaryKey Widen(SummaryKey key)
    {
        if (!key.Inputs.HasNumbers)
        {
            return key;
        }

        var running = _frames.FindIndex(f => SymbolEqualityComparer.Default.Equals(f.Key.Method, key.Method));
        if (running < 0 || _frames[running].Key.Equals(key))
        {
            return key;
        }

        DependOn(running);
        return key with { Inputs = key.Inputs.WithoutNumbers() };
    }

    /// <summary>Begins to run a method.</summary>
    /// <returns>False if that is too deep.</returns>
    public bool Enter(SummaryKey key)
    {
        if (_frames.Count > MaxDepth)
        {
            Top.CutShort(key.Method);
            return false;
        }

        _frames.Add(new Frame(key, _frames.Count, _cost));
        return true;
    }

    /// <summary>Takes what a first run found for the recursive call.</summary>
    public void Approximate(Summary summary)
    {
        Top.Approximation = summary;
        Top.IsRecursive = false;
    }

    /// <summary>Ends the run of a method.</summary>
    /// <param name="summary">What was found.</param>
    /// <param name="reliance">What that depends on.</param>
    /// <returns>The summary with its cost.</returns>
    public Summary Leave(Summary summary, out Reliance reliance)
    {
        var frame = Top;
        _frames.RemoveAt(_frames.Count - 1);
        var isWhole = frame.DependsOn >= _frames.Count;
        reliance = !isWhole ? Reliance.Session : frame.IsCut ? Reliance.Depth : Reliance.KeyAlone;
        var result = new Summary(summary.Flow, summary.IsBottom)
        {
            Cost = _cost - frame.CostBefore,
            Height = frame.Height,
            AffordableDepth = frame.AffordableDepth,
            IsCut = frame.IsCut,
            Reached = frame.Reached.Add(frame.Key.Method),
        };
        if (_frames.Count > 0)
        {
            Top.Reach(result);
            if (!isWhole)
            {
                DependOn(frame.DependsOn);
            }
        }

        return result;
    }

    private void DependOn(int index)
    {
        if (_frames.Count > 0)
        {
            Top.DependsOn = Math.Min(Top.DependsOn, index);
        }
    }

    private sealed class Frame(SummaryKey key, int index, int costBefore)
    {
        public SummaryKey Key => key;

        public int CostBefore => costBefore;

        /// <summary>The lowest of the running methods that the result depends on; its own index if on no other.</summary>
        public int DependsOn { get; set; } = index;

        public Summary Approximation { get; set; } = Summary.Bottom;

        public bool IsRecursive { get; set; }

        public int Height { get; private set; }

        public int AffordableDepth { get; private set; } = int.MaxValue;

        public bool IsCut { get; set; }

        public ImmutableHashSet<IMethodSymbol> Reached { get; private set; } = Summary.NoMethods;

        /// <summary>Notes that so much was spent where a call was followed.</summary>
        public void Afford(int cost)
        {
            for (var depth = 0; depth <= MaxDepth && depth < AffordableDepth; depth++)
            {
                if (cost > MaxCost >> (depth + 1))
                {
                    AffordableDepth = depth;
                }
            }
        }

        /// <summary>Notes a call that is too deep: where its method runs already it would not have been.</summary>
        public void CutShort(IMethodSymbol method)
        {
            IsCut = true;
            Reached = Reached.Add(method);
        }

        public void Reach(Summary called)
        {
            Height = Math.Max(Height, called.Height + 1);
            AffordableDepth = Math.Min(AffordableDepth, called.AffordableDepth - 1);
            IsCut |= called.IsCut;
            Reached = Reached.Count == 0 ? called.Reached : Reached.Union(called.Reached);
        }
    }
}
