using System;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// The values of storage places, in the order in which they were set first. Copies share their slots until one of them
/// changes: states are copied at every branch and hold few places, so a flat array beats a tree.
/// </summary>
internal struct Storage
{
    private Slot[]? _slots;
    private int _count;
    private bool _isShared;

    /// <summary>Of all places with their values, whatever their order: what differs in it differs.</summary>
    public int Hash { get; private set; }

    /// <summary>How many places have a value.</summary>
    public readonly int Count => _count;

    /// <summary>A place with its value.</summary>
    /// <param name="index">Its number, from 0.</param>
    public readonly (object Place, Value Value) this[int index] => (_slots![index].Place, _slots[index].Value);

    /// <summary>The value of a place; null if it has none.</summary>
    public readonly Value? Find(object place) =>
        IndexOf(place, HashOf(place)) is var index and >= 0 ? _slots![index].Value : null;

    /// <summary>Gives a place a value, or takes it away.</summary>
    public void Set(object place, Value? value)
    {
        var hash = HashOf(place);
        var index = IndexOf(place, hash);
        if (index < 0)
        {
            if (value is not null)
            {
                Add(new Slot(place, hash, value));
            }

            return;
        }

        var old = _slots![index].Value;
        if (value is not null && old.Equals(value))
        {
            return;
        }

        Own(_count);
        Hash ^= HashOf(hash, old);
        if (value is not null)
        {
            _slots[index].Value = value;
            Hash ^= HashOf(hash, value);
            return;
        }

        _count--;
        Array.Copy(_slots, index + 1, _slots, index, _count - index);
        _slots[_count] = default;
    }

    /// <summary>A copy; neither sees what becomes of the other.</summary>
    public Storage Share()
    {
        _isShared = true;
        return this;
    }

    /// <summary>Whether the same places have the same values.</summary>
    public readonly bool HasSame(in Storage other)
    {
        if (Hash != other.Hash || _count != other._count)
        {
            return false;
        }

        if (ReferenceEquals(_slots, other._slots))
        {
            return true;
        }

        for (var i = 0; i < _count; i++)
        {
            if (other.Find(_slots![i], i) is not { } value || !value.Equals(_slots[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many places have the same value in both.</summary>
    public readonly int CountSame(in Storage other)
    {
        if (ReferenceEquals(_slots, other._slots) && _count == other._count)
        {
            return _count;
        }

        var same = 0;
        for (var i = 0; i < _count; i++)
        {
            if (other.Find(_slots![i], i) is { } value && value.Equals(_slots[i].Value))
            {
                same++;
            }
        }

        return same;
    }

    private static int HashOf(object place) => place is ISymbol symbol
        ? SymbolEqualityComparer.Default.GetHashCode(symbol.OriginalDefinition)
        : place.GetHashCode();

    private static int HashOf(int place, Value value) => unchecked((place * 31) + (value.GetHashCode() * 17));

    // A member of a constructed type is that of its definition.
    private static bool AreSame(object x, object y) => ReferenceEquals(x, y) || (x is ISymbol a && y is ISymbol b
        ? SymbolEqualityComparer.Default.Equals(a.OriginalDefinition, b.OriginalDefinition)
        : x.Equals(y));

    private readonly int IndexOf(object place, int hash)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_slots![i].Hash == hash && AreSame(_slots[i].Place, place))
            {
                return i;
            }
        }

        return -1;
    }

    // Copies keep their order: a place nearly always stands where it stands in the other.
    private readonly Value? Find(in Slot slot, int likely)
    {
        if (likely < _count && ReferenceEquals(_slots![likely].Place, slot.Place))
        {
            return _slots[likely].Value;
        }

        return IndexOf(slot.Place, slot.Hash) is var index and >= 0 ? _slots![index].Value : null;
    }

    private void Add(Slot slot)
    {
        Own(_count + 1);
        _slots![_count++] = slot;
        Hash ^= HashOf(slot.Hash, slot.Value);
    }

    private void Own(int capacity)
    {
        if (!_isShared && _slots is not null && _slots.Length >= capacity)
        {
            return;
        }

        var slots = new Slot[Math.Max(capacity + (capacity / 2), 4)];
        if (_slots is not null)
        {
            Array.Copy(_slots, slots, _count);
        }

        _slots = slots;
        _isShared = false;
    }

    private struct Slot(object place, int hash, Value value)
    {
        public readonly object Place = place;
        public readonly int Hash = hash;
        public Value Value = value;
    }
}
