namespace ApiErrorHandling.Analyzers.Benchmarks.Inputs;

/// <summary>The classes of the synthetic library that send no request.</summary>
internal static class PlainTemplate
{
    /// <summary>A class that keeps items in memory and asks another one for those it lacks.</summary>
    /// <param name="names">Its names.</param>
    /// <param name="next">The names of the other one.</param>
    /// <param name="index">A number to vary by.</param>
    public static string Store(TypeNames names, TypeNames next, int index)
    {
        // one in ten has a method that sounds like a request and is none
        var save = index % 10 == 5 ? "PutAsync" : "SaveAsync";

        // one in four forgets the token, which CA2016 is about
        var arguments = index % 4 == 0 ? "id + 1" : "id + 1, cancellationToken";

        return $$"""
            using System;
            using System.Collections.Generic;
            using System.Globalization;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;

            namespace Library;

            public sealed record {{names.Item}}(int Id, string Name, decimal Amount, DateTime Day);

            public sealed class {{names.Type}}({{next.Type}} next)
            {
                private readonly Dictionary<int, {{names.Item}}> _items = new();

                public async Task<{{names.Item}}> {{names.Lookup}}(
                    int id, CancellationToken cancellationToken = default)
                {
                    if (_items.TryGetValue(id, out var known))
                    {
                        return known;
                    }

                    var other = await next.{{next.Lookup}}({{arguments}});
                    var amount = other.Amount * 1.{{index % 10}}m;
                    var item = new {{names.Item}}(id, other.Name.Trim(), amount, other.Day);
                    await {{save}}(item, cancellationToken);
                    return item;
                }

                public async Task {{save}}({{names.Item}} item, CancellationToken cancellationToken = default)
                {
                    ArgumentNullException.ThrowIfNull(item);
                    await Task.Delay({{index % 5}}, cancellationToken);
                    _items[item.Id] = item;
                }

                public decimal Total(DateTime from, DateTime until)
                {
                    var total = 0m;
                    foreach (var item in _items.Values)
                    {
                        if (item.Day >= from && item.Day < until)
                        {
                            total += Math.Round(item.Amount, 2);
                        }
                    }

                    return total;
                }

                public string Describe(int count) => string.Join(", ", _items.Values
                    .Where(item => item.Amount > {{index % 13}})
                    .OrderByDescending(item => item.Day)
                    .Take(count)
                    .Select(item => item.Name + ": " + item.Amount.ToString("0.00", CultureInfo.InvariantCulture)));
            }

            """;
    }
}
