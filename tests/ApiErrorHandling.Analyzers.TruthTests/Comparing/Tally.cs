namespace ApiErrorHandling.Analyzers.TruthTests.Comparing;

/// <summary>Why a pair of an outcome and a place says nothing.</summary>
internal enum UnknownReason
{
    /// <summary>Something looked at the outcome that the engine cannot read.</summary>
    Unreadable,

    /// <summary>The engine does not know that a request is sent there.</summary>
    RequestNotSeen,

    /// <summary>The engine does not know the address, so it takes the request for plain HTTP.</summary>
    AddressNotSeen,

    /// <summary>The method was too much for the engine.</summary>
    GivenUp,

    /// <summary>A statement sends several requests, and which of them is meant cannot be told by watching.</summary>
    SeveralRequests,

    /// <summary>The request is sent in a lambda, and the engine does not know whether and when that runs.</summary>
    LambdaNotFollowed,

    /// <summary>A condition on the way depends on something that is not the answer, or that the engine does not evaluate.</summary>
    Undecided,

    /// <summary>A use that stands where nothing can be put around it to say that it is made, as in a pattern.</summary>
    NotWatched,

    /// <summary>No run came to the place.</summary>
    NotVisited,

    /// <summary>The program fell over the answer before it could get there.</summary>
    CutShort,
}

/// <summary>How many pairs of an outcome and a place there were, and how they came out.</summary>
internal sealed class Tally
{
    private readonly Dictionary<UnknownReason, int> _unknown = [];
    private readonly Dictionary<(UnknownReason Reason, string Where), int> _unknownWhere = [];
    private readonly List<string> _disagreements = [];

    /// <summary>Pairs for which claim and deed are the same.</summary>
    public int Agreed { get; private set; }

    /// <summary>Where they differ.</summary>
    public IReadOnlyList<string> Disagreements => _disagreements;

    public int Unknown => _unknown.Values.Sum();

    /// <summary>All pairs.</summary>
    public int All => Agreed + Unknown + _disagreements.Count;

    public double UnknownShare => All == 0 ? 0 : (double)Unknown / All;

    public IReadOnlyDictionary<UnknownReason, int> Reasons => _unknown;

    public void Agree() => Agreed++;

    public void Disagree(string what) => _disagreements.Add(what);

    /// <summary>The places with the most pairs that say nothing, first those with most.</summary>
    public IEnumerable<(UnknownReason Reason, string Where, int Count)> UnknownWhere => _unknownWhere
        .Select(u => (u.Key.Reason, u.Key.Where, u.Value))
        .OrderByDescending(u => u.Value)
        .ThenBy(u => u.Where, StringComparer.Ordinal);

    public void NotKnown(UnknownReason reason, string where)
    {
        _unknown[reason] = _unknown.GetValueOrDefault(reason) + 1;
        _unknownWhere[(reason, where)] = _unknownWhere.GetValueOrDefault((reason, where)) + 1;
    }

    /// <summary>Adds another tally to this one.</summary>
    public void Add(Tally other)
    {
        Agreed += other.Agreed;
        _disagreements.AddRange(other._disagreements);
        foreach (var (reason, count) in other._unknown)
        {
            _unknown[reason] = _unknown.GetValueOrDefault(reason) + count;
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{All} pairs, {Agreed} agree, {_disagreements.Count} disagree, {Unknown} unknown ({UnknownShare:P1}): "
        + string.Join(", ", _unknown.OrderByDescending(u => u.Value).Select(u => $"{u.Key} {u.Value}"));
}
