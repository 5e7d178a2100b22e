using Microsoft.CodeAnalysis;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes.Retries;

/// <summary>Retries with several faults, whose fixes rest on each other: in any order of the rules they end as one clean retry.</summary>
public class RetryFixesTogetherTests
{
    [Fact]
    public Task Endless_with_a_handler() => Check(
        """
        async Task<string> Run(string url, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    return await client.GetStringAsync(url);
                }
                catch (HttpRequestException e)
                {
                    Console.WriteLine(e.Message);
                }
            }
        }
        """,
        """
        async Task<string> Run(string url, CancellationToken token)
        {
            var attempt = 0;
            while (true)
            {
                attempt++;
                try
                {
                    return await client.GetStringAsync(url);
                }
                catch (HttpRequestException e) when (attempt < 5 && e.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                    or >= HttpStatusCode.InternalServerError)
                {
                    Console.WriteLine(e.Message);
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(delay, token);
                }
            }
        }
        """);

    [Fact]
    public Task Endless_with_a_status() => Check(
        """
        async Task<string> Run(string url, CancellationToken stop)
        {
            while (true)
            {
                using var response = await client.GetAsync(url);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsStringAsync();
                }
            }
        }
        """,
        """
        async Task<string> Run(string url, CancellationToken stop)
        {
            var attempt = 0;
            while (true)
            {
                attempt++;
                using var response = await client.GetAsync(url);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsStringAsync();
                }

                if (attempt >= 5)
                {
                    response.EnsureSuccessStatusCode();
                }

                if (response.StatusCode is not (HttpStatusCode.RequestTimeout
                    or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                {
                    response.EnsureSuccessStatusCode();
                }

                var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? delay, stop);
            }
        }
        """);

    [Fact]
    public Task Recursion() => Check(
        """
        private async Task<string> Run(string url)
        {
            var response = await client.GetAsync(url).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return await Run(url).ConfigureAwait(false);
            }

            return await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        }
        """,
        """
        private async Task<string> Run(string url, int attempt = 1)
        {
            var response = await client.GetAsync(url).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                if (attempt >= 5)
                {
                    response.EnsureSuccessStatusCode();
                }

                if (response.StatusCode is not (HttpStatusCode.RequestTimeout
                    or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                {
                    response.EnsureSuccessStatusCode();
                }

                var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? delay).ConfigureAwait(false);
                return await Run(url, attempt: attempt + 1).ConfigureAwait(false);
            }

            return await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Handler_and_status() => Check(
        """
        async Task<string> Run(string url)
        {
            while (true)
            {
                try
                {
                    using var response = await client.GetAsync(url);
                    if (response.IsSuccessStatusCode)
                    {
                        return await response.Content.ReadAsStringAsync();
                    }
                }
                catch (HttpRequestException)
                {
                }
            }
        }
        """,
        null);

    [Fact]
    public Task Blocking() => Check(
        """
        string Run(string url)
        {
            while (true)
            {
                try
                {
                    using (var web = new WebClient())
                    {
                        return web.DownloadString(url);
                    }
                }
                catch (WebException)
                {
                    Console.WriteLine("once more");
                }
            }
        }
        """,
        """
        string Run(string url)
        {
            var attempt = 0;
            while (true)
            {
                attempt++;
                try
                {
                    using (var web = new WebClient())
                    {
                        return web.DownloadString(url);
                    }
                }
                catch (WebException e) when (attempt < 5 && (e.Response is not HttpWebResponse response
                    || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                    or >= HttpStatusCode.InternalServerError))
                {
                    Console.WriteLine("once more");
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    Thread.Sleep(delay);
                }
            }
        }
        """);

    [Fact]
    public Task Counted_and_given_up_by_returning() => Check(
        """
        async Task<string> Run(string url)
        {
            int tries = 0;
            while (tries < 3)
            {
                try
                {
                    return await client.GetStringAsync(url);
                }
                catch (Exception ex)
                {
                    Console.WriteLine(ex.Message);
                    tries++;
                }
            }

            return null;
        }
        """,
        """
        async Task<string> Run(string url)
        {
            int tries = 0;
            while (tries < 3)
            {
                try
                {
                    return await client.GetStringAsync(url);
                }
                catch (Exception ex)
                {
                    Console.WriteLine(ex.Message);
                    if (ex is HttpRequestException failure && failure.StatusCode is not (null
                        or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                        or >= HttpStatusCode.InternalServerError))
                    {
                        break;
                    }

                    tries++;
                    TimeSpan delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, tries), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(delay);
                }
            }

            return null;
        }
        """);

    [Fact]
    public Task Until_something_came() => Check(
        """
        async Task<string> Run(string url)
        {
            string text = null;
            while (text == null)
            {
                try
                {
                    text = await client.GetStringAsync(url);
                }
                catch (HttpRequestException) { }
            }

            return text;
        }
        """,
        null);

    [Fact]
    public Task Quota_and_keys_of_a_body_code() => Check(
        """
        async Task<string> Run(string city)
        {
            while (true)
            {
                var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=" + city);
                if (weather.code == "200")
                {
                    return weather.now.temp;
                }
            }
        }
        """,
        """
        async Task<string> Run(string city)
        {
            var attempt = 0;
            while (true)
            {
                attempt++;
                var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=" + city);
                if (weather.code == "200")
                {
                    return weather.now.temp;
                }

                if (attempt >= 5)
                {
                    throw new HttpRequestException("The request failed.");
                }

                if (weather.code is not ("429" or "500"))
                {
                    throw new HttpRequestException("The request failed.");
                }

                var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                await Task.Delay(delay);
            }
        }
        """);

    private static async Task Check(string members, string? expected)
    {
        var program = await FixedProgram.CreateAsync(Source(members), new Setup { Nullable = NullableContextOptions.Disable });
        Assert.Equal(0, program.CompileErrors);
        var rules = program.Reports.Select(r => r.Id).Where(FixedProgram.Rules.Contains).Distinct().ToList();
        Assert.True(rules.Count >= 2);
        var ends = new Dictionary<string, string>();
        var known = new Dictionary<(string, string), FixedProgram>();
        foreach (var order in Orders(rules))
        {
            var end = program;
            foreach (var rule in order)
            {
                end = await FixAllAsync(end, rule);
            }

            Assert.Equal(0, end.CompileErrors);
            if (!ends.TryAdd(end.Text, string.Join(", ", order)))
            {
                continue;
            }

            if (expected is not null && ends.Count == 1)
            {
                Assert.Equal(Source(expected), end.Text);
            }

            Assert.DoesNotContain(end.Reports, r => FixedProgram.Rules.Contains(r.Id));

            // once more changes nothing
            foreach (var rule in order)
            {
                Assert.Equal(end.Text, (await FixAllAsync(end, rule)).Text);
            }
        }

        Assert.True(ends.Count == 1, string.Join("\n", ends.Select(e => $"{e.Value}:\n{e.Key}")));

        async Task<FixedProgram> FixAllAsync(FixedProgram from, string rule)
        {
            if (!known.TryGetValue((from.Text, rule), out var to))
            {
                known.Add((from.Text, rule), to = await from.FixAllAsync(rule));
            }

            return to;
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Orders(IReadOnlyList<string> rules) => rules.Count == 0
        ? [[]]
        : rules.SelectMany(first => Orders([.. rules.Where(r => r != first)]).Select(rest => (IReadOnlyList<string>)[first, .. rest]));

    private static string Source(string members) =>
        $$"""
        using System.Net.Http.Json;

        class Now { public string temp { get; set; } }
        class Weather { public string code { get; set; } public Now now { get; set; } }

        class Client
        {
            readonly HttpClient client = new();

            {{members.ReplaceLineEndings("\n    ").Replace("\n    \n", "\n\n")}}
        }

        """;
}
