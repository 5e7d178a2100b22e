using ApiErrorHandling.Analyzers.Contracts;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

public class OutcomeSetTests
{
    [Fact]
    public void Holds_exactly_what_was_put_in()
    {
        var set = OutcomeSet.Empty.With(0).With(63).With(64).With(200).With(255);

        Assert.Equal([0, 63, 64, 200, 255], set.Indices());
        Assert.Equal(5, set.Count);
        Assert.False(set.Contains(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.With(256));
    }

    [Fact]
    public void Union_intersection_and_difference_agree_with_hash_sets()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var x = Enumerable.Range(0, 40).Select(_ => random.Next(OutcomeSet.Capacity)).ToHashSet();
            var y = Enumerable.Range(0, 40).Select(_ => random.Next(OutcomeSet.Capacity)).ToHashSet();
            var a = x.Aggregate(OutcomeSet.Empty, (s, i) => s.With(i));
            var b = y.Aggregate(OutcomeSet.Empty, (s, i) => s.With(i));

            Assert.Equal(x.Union(y).Order(), (a | b).Indices());
            Assert.Equal(x.Intersect(y).Order(), (a & b).Indices());
            Assert.Equal(x.Except(y).Order(), (a - b).Indices());
            Assert.Equal(y.IsSubsetOf(x), a.Includes(b));
            Assert.Equal(x.Overlaps(y), a.Intersects(b));
            Assert.Equal(x.SetEquals(y), a == b);
        }
    }

    [Fact]
    public void First_of_counts_up()
    {
        Assert.Equal(Enumerable.Range(0, 70), OutcomeSet.FirstOf(70).Indices());
        Assert.True(OutcomeSet.FirstOf(0).IsEmpty);
    }
}
