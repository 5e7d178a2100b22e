namespace ApiErrorHandling.Analyzers.Benchmarks.Inputs;

/// <summary>The classes of the synthetic library that send requests, and the helper they send them through.</summary>
internal static class HttpTemplates
{
    /// <summary>The helper: one method gives back the response unchecked, one checks it, one reads it.</summary>
    public const string Helper = """
        using System;
        using System.Net.Http;
        using System.Net.Http.Headers;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Library;

        internal static class Api
        {
            private static readonly HttpClient Http = new();

            public static async Task<HttpResponseMessage> SendAsync(string url, CancellationToken cancellationToken)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
                return await Http.SendAsync(request, cancellationToken);
            }

            public static async Task<string> ReadTextAsync(string url, CancellationToken cancellationToken)
            {
                using var response = await SendAsync(url, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    throw new InvalidOperationException($"{url} answered {(int)response.StatusCode}.");
                }

                return await response.Content.ReadAsStringAsync(cancellationToken);
            }

            public static async Task<T> ParseAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
            {
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                return JsonSerializer.Deserialize<T>(text) ?? throw new JsonException("The body is null.");
            }
        }

        """;

    // Checked in the helper; checked here; not checked; an error code under HTTP 200 that nobody compares.
    private static readonly string[] Lookups =
    [
        """
                var text = await Api.ReadTextAsync($"{Address}/{id}", cancellationToken);
                var item = JsonSerializer.Deserialize<ITEM>(text)!;
        """,
        """
                using var response = await Api.SendAsync($"{Address}/{id}", cancellationToken);
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    throw new InvalidOperationException("There is no such thing.");
                }

                var item = await Api.ParseAsync<ITEM>(response, cancellationToken);
        """,
        """
                using var response = await Api.SendAsync($"{Address}/{id}", cancellationToken);
                var item = await Api.ParseAsync<ITEM>(response, cancellationToken);
        """,
        """
                var text = await Api.ReadTextAsync($"{Address}/v7/weather/3d?location={id}", cancellationToken);
                using var answer = JsonDocument.Parse(text);
                var day = answer.RootElement.GetProperty("daily")[0];
                var item = new ITEM(id, day.GetProperty("textDay").GetString()!, 1m, DateTime.UtcNow);
        """,
    ];

    /// <summary>A class that asks a web API.</summary>
    /// <param name="names">Its names.</param>
    /// <param name="index">A number to vary by.</param>
    public static string Client(TypeNames names, int index) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net;
        using System.Net.Http;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Library;

        public sealed record {{names.Item}}(int Id, string Name, decimal Amount, DateTime Day);

        public sealed class {{names.Type}}
        {
            private const string Address = "{{AddressOf(index)}}";

            public async Task<{{names.Item}}> {{names.Lookup}}(int id, CancellationToken cancellationToken = default)
            {
        {{Lookups[index % Lookups.Length].Replace("ITEM", names.Item)}}
                return item with { Name = item.Name.ToUpperInvariant() };
            }

            public async Task<List<{{names.Item}}>> ListAsync(
                IEnumerable<int> ids, CancellationToken cancellationToken = default)
            {
                var items = new List<{{names.Item}}>();
                foreach (var id in ids.Distinct().OrderBy(id => id))
                {
                    try
                    {
                        items.Add(await {{names.Lookup}}(id, cancellationToken));
                    }
                    catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
                    {
                        Console.WriteLine($"{id} is not there.");
                    }
                }

                return items;
            }

            public async Task<decimal> TotalAsync(IEnumerable<int> ids, CancellationToken cancellationToken = default)
            {
                var items = await ListAsync(ids, cancellationToken);
                return items.Where(item => item.Amount > {{index % 13}}).Sum(item => Math.Round(item.Amount, 2));
            }
        }

        """;

    private static string AddressOf(int index) =>
        index % Lookups.Length == 3 ? "https://devapi.qweather.com" : $"https://api{index % 7}.example.com/items";
}
