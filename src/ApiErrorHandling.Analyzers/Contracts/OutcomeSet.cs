using System;
using System.Collections.Generic;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>
/// A set of outcomes of one contract, by <see cref="Outcome.Index"/>: an immutable bit set of
/// <see cref="Capacity"/> places.
/// </summary>
internal readonly struct OutcomeSet : IEquatable<OutcomeSet>
{
    /// <summary>The largest number of outcomes a contract can have.</summary>
    public const int Capacity = 256;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private OutcomeSet(ulong a, ulong b, ulong c, ulong d)
    {
        _a = a;
        _b = b;
        _c = c;
        _d = d;
    }

    /// <summary>The set without members.</summary>
    public static OutcomeSet Empty => default;

    /// <summary>Whether the set has no members.</summary>
    public bool IsEmpty => (_a | _b | _c | _d) == 0;

    /// <summary>The number of members.</summary>
    public int Count => BitCount(_a) + BitCount(_b) + BitCount(_c) + BitCount(_d);

    /// <summary>The set of the outcomes 0 to <paramref name="count"/> - 1.</summary>
    public static OutcomeSet FirstOf(int count)
    {
        var set = Empty;
        for (var i = 0; i < count; i++)
        {
            set = set.With(i);
        }

        return set;
    }

    /// <summary>Whether the outcome of this index is a member.</summary>
    public bool Contains(int index)
    {
        var word = (index >> 6) switch { 0 => _a, 1 => _b, 2 => _c, _ => _d };
        return (word & (1UL << (index & 63))) != 0;
    }

    /// <summary>This set and the outcome of this index.</summary>
    public OutcomeSet With(int index)
    {
        if ((uint)index >= Capacity)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        var bit = 1UL << (index & 63);
        return (index >> 6) switch
        {
            0 => new OutcomeSet(_a | bit, _b, _c, _d),
            1 => new OutcomeSet(_a, _b | bit, _c, _d),
            2 => new OutcomeSet(_a, _b, _c | bit, _d),
            _ => new OutcomeSet(_a, _b, _c, _d | bit),
        };
    }

    /// <summary>Whether every member of <paramref name="other"/> is a member of this set.</summary>
    public bool Includes(OutcomeSet other) => (other & this) == other;

    /// <summary>Whether the two sets have a member in common.</summary>
    public bool Intersects(OutcomeSet other) => !(other & this).IsEmpty;

    /// <summary>The members in ascending order of index.</summary>
    public IEnumerable<int> Indices()
    {
        for (var i = 0; i < Capacity; i++)
        {
            if (Contains(i))
            {
                yield return i;
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(OutcomeSet other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OutcomeSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((((_a.GetHashCode() * 31) + _b.GetHashCode()) * 31) + _c.GetHashCode()) * 31
        + _d.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => "{" + string.Join(",", Indices()) + "}";

    public static bool operator ==(OutcomeSet left, OutcomeSet right) => left.Equals(right);

    public static bool operator !=(OutcomeSet left, OutcomeSet right) => !left.Equals(right);

    /// <summary>The members of both sets.</summary>
    public static OutcomeSet operator &(OutcomeSet x, OutcomeSet y) =>
        new(x._a & y._a, x._b & y._b, x._c & y._c, x._d & y._d);

    /// <summary>The members of either set.</summary>
    public static OutcomeSet operator |(OutcomeSet x, OutcomeSet y) =>
        new(x._a | y._a, x._b | y._b, x._c | y._c, x._d | y._d);

    /// <summary>The members of the first set that the second does not have.</summary>
    public static OutcomeSet operator -(OutcomeSet x, OutcomeSet y) =>
        new(x._a & ~y._a, x._b & ~y._b, x._c & ~y._c, x._d & ~y._d);

    private static int BitCount(ulong value)
    {
        var count = 0;
        for (; value != 0; value &= value - 1)
        {
            count++;
        }

        return count;
    }
}
