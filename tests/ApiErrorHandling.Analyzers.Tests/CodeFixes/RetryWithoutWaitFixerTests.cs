using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes;

/// <summary>The fix of AEH3001 in the styles that retries are written in.</summary>
public class RetryWithoutWaitFixerTests
{
    [Fact]
    public Task Endless_catch_all_constant_wait() => Check(
        """
        async Task<string> One(string url, CancellationToken token)
        {
            while (true)
            {
                try
                {
                    return await Http.GetStringAsync(url);
                }
                catch (HttpRequestException)
                {
                    Console.WriteLine("again");
                }
            }
        }
        """,
        """
        async Task<string> One(string url, CancellationToken token)
        {
            var attempt = 0;
            while (true)
            {
                attempt++;
                try
                {
                    return await Http.GetStringAsync(url);
                }
                catch (HttpRequestException) when (attempt < 5)
                {
                    Console.WriteLine("again");
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(delay, token);
                }
            }
        }
        """);

    [Fact]
    public Task For_with_status() => Check(
        """
        async Task<string> Two(string url)
        {
            for (var i = 0; i < 3; i++)
            {
                var response = await Http.GetAsync(url);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsStringAsync();
                }
            }

            return null;
        }
        """,
        """
        async Task<string> Two(string url)
        {
            for (var i = 0; i < 3; i++)
            {
                var response = await Http.GetAsync(url);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsStringAsync();
                }

                var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, i), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? delay);
            }

            return null;
        }
        """);

    [Fact]
    public Task Do_while() => Check(
        """
        async Task<string> Three(string url)
        {
            HttpResponseMessage response;
            int tries = 0;
            do
            {
                response = await Http.GetAsync(url);
            }
            while (!response.IsSuccessStatusCode && tries++ < 3);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        """,
        """
        async Task<string> Three(string url)
        {
            HttpResponseMessage response;
            int tries = 0;
            do
            {
                response = await Http.GetAsync(url);
                if (!response.IsSuccessStatusCode)
                {
                    TimeSpan delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, tries), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(response.Headers.RetryAfter?.Delta ?? delay);
                }
            }
            while (!response.IsSuccessStatusCode && tries++ < 3);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        """);

    [Fact]
    public Task Recursion() => Check(
        """
        private async Task<string> Four(string url)
        {
            var response = await Http.GetAsync(url);
            if (!response.IsSuccessStatusCode)
            {
                return await Four(url);
            }

            return await response.Content.ReadAsStringAsync();
        }
        """,
        """
        private async Task<string> Four(string url, int attempt = 1)
        {
            var response = await Http.GetAsync(url);
            if (!response.IsSuccessStatusCode)
            {
                var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? delay);
                return await Four(url, attempt: attempt + 1);
            }

            return await response.Content.ReadAsStringAsync();
        }
        """);

    [Fact]
    public Task Catch_exception_with_counter() => Check(
        """
        async Task<string> Five(string url)
        {
            int retry = 0;
            while (retry < 5)
            {
                try
                {
                    var response = await Http.GetAsync(url);
                    response.EnsureSuccessStatusCode();
                    return await response.Content.ReadAsStringAsync();
                }
                catch (Exception ex)
                {
                    Console.WriteLine(ex.Message);
                    retry++;
                }
            }
            return null;
        }
        """,
        """
        async Task<string> Five(string url)
        {
            int retry = 0;
            while (retry < 5)
            {
                try
                {
                    var response = await Http.GetAsync(url);
                    response.EnsureSuccessStatusCode();
                    return await response.Content.ReadAsStringAsync();
                }
                catch (Exception ex)
                {
                    Console.WriteLine(ex.Message);
                    retry++;
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, retry), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(delay);
                }
            }
            return null;
        }
        """);

    [Fact]
    public Task Blocking_webclient() => Check(
        """
        string Six(string url)
        {
            while (true)
            {
                try
                {
                    using (var client = new WebClient())
                    {
                        return client.DownloadString(url);
                    }
                }
                catch (WebException)
                {
                }
            }
        }
        """,
        """
        string Six(string url)
        {
            var attempt = 0;
            while (true)
            {
                attempt++;
                try
                {
                    using (var client = new WebClient())
                    {
                        return client.DownloadString(url);
                    }
                }
                catch (WebException)
                {
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    Thread.Sleep(delay);
                }
            }
        }
        """);

    [Fact]
    public Task Second_call() => Check(
        """
        async Task<string> Seven(string url)
        {
            var response = await Http.GetAsync(url);
            if (!response.IsSuccessStatusCode)
            {
                response = await Http.GetAsync(url);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        """,
        """
        async Task<string> Seven(string url)
        {
            var response = await Http.GetAsync(url);
            if (!response.IsSuccessStatusCode)
            {
                var delay = TimeSpan.FromSeconds(1 + Random.Shared.NextDouble());
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? delay);
                response = await Http.GetAsync(url);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        """);

    [Fact]
    public Task Continue() => Check(
        """
        async Task<string> Nine(string url)
        {
            while (true)
            {
                using var response = await Http.GetAsync(url);
                if (!response.IsSuccessStatusCode)
                {
                    Console.WriteLine("failed");
                    continue;
                }

                return await response.Content.ReadAsStringAsync();
            }
        }
        """,
        """
        async Task<string> Nine(string url)
        {
            var attempt = 0;
            while (true)
            {
                attempt++;
                using var response = await Http.GetAsync(url);
                if (!response.IsSuccessStatusCode)
                {
                    Console.WriteLine("failed");
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(response.Headers.RetryAfter?.Delta ?? delay);
                    continue;
                }

                return await response.Content.ReadAsStringAsync();
            }
        }
        """);

    [Fact]
    public Task Named_statuses() => Check(
        """
        async Task<string> Ten(string url)
        {
            for (int i = 0; i < 3; i++)
            {
                using var response = await Http.GetAsync(url);
                if (response.StatusCode == HttpStatusCode.Forbidden || response.StatusCode == HttpStatusCode.TooManyRequests || response.StatusCode == HttpStatusCode.NotFound)
                {
                    await Task.Delay(1000 * i);
                    continue;
                }

                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStringAsync();
            }

            throw new Exception("no");
        }
        """,
        """
        async Task<string> Ten(string url)
        {
            for (int i = 0; i < 3; i++)
            {
                using var response = await Http.GetAsync(url);
                if (response.StatusCode == HttpStatusCode.Forbidden || response.StatusCode == HttpStatusCode.TooManyRequests || response.StatusCode == HttpStatusCode.NotFound)
                {
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, i), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(response.Headers.RetryAfter?.Delta ?? delay);
                    continue;
                }

                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStringAsync();
            }

            throw new Exception("no");
        }
        """);

    [Fact]
    public Task Finally_nested_try() => Check(
        """
        async Task<bool> Seven(string url, CancellationToken token) {
        	int n = 0;
        	do {
        		try {
        			var response = await http.PostAsync(url, null, token);
        			response.EnsureSuccessStatusCode();
        			return true;
        		} catch (HttpRequestException) {
        			n++;
        		} finally {
        			Console.WriteLine("tried");
        		}
        	} while (n < 4);
        	return false;
        }
        """,
        """
        async Task<bool> Seven(string url, CancellationToken token) {
        	int n = 0;
        	do {
        		try {
        			var response = await http.PostAsync(url, null, token);
        			response.EnsureSuccessStatusCode();
        			return true;
        		} catch (HttpRequestException) {
        			n++;
        			var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, n), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
        			await Task.Delay(delay, token);
        		} finally {
        			Console.WriteLine("tried");
        		}
        	} while (n < 4);
        	return false;
        }
        """);

    [Fact]
    public Task Second_call_in_catch() => Check(
        """
        async Task<string> Eight(string url) {
        	try {
        		return await http.GetStringAsync(url);
        	} catch (HttpRequestException) {
        		return await http.GetStringAsync(url);
        	}
        }
        """,
        """
        async Task<string> Eight(string url) {
        	try {
        		return await http.GetStringAsync(url);
        	} catch (HttpRequestException) {
        		var delay = TimeSpan.FromSeconds(1 + Random.Shared.NextDouble());
        		await Task.Delay(delay);
        		return await http.GetStringAsync(url);
        	}
        }
        """);

    [Fact]
    public Task Poll_without_a_pause() => Check(
        """
        async Task Run(string url, CancellationToken stopping)
        {
            while (true)
            {
                using var response = await http.GetAsync(url);
                Console.WriteLine(response.StatusCode);
            }
        }
        """,
        """
        async Task Run(string url, CancellationToken stopping)
        {
            while (true)
            {
                using var response = await http.GetAsync(url);
                Console.WriteLine(response.StatusCode);
                await Task.Delay(TimeSpan.FromSeconds(1), stopping);
            }
        }
        """);

    // a lock cannot be awaited in, and what returns a task without being async cannot wait
    [Fact]
    public Task Not_where_nothing_can_wait() => RetryFixCase.HasNone(
        RuleIds.RetryWithoutWait,
        """
        Task<string> Run(string url)
        {
            try
            {
                return Task.FromResult(http.GetStringAsync(url).GetAwaiter().GetResult());
            }
            catch (HttpRequestException e) when (e.StatusCode >= HttpStatusCode.InternalServerError)
            {
                return Task.FromResult(http.GetStringAsync(url).GetAwaiter().GetResult());
            }
        }
        """);

    [Fact]
    public Task First_attempt_before_the_loop() => Check(
        """
        async Task<string> Run(string url)
        {
            var tries = 0;
            var response = await http.GetAsync(url);
            while (tries < 3)
            {
                if (response.IsSuccessStatusCode) break;
                else
                {
                    ++tries;
                    response = await http.GetAsync(url);
                }
            }

            return response.ReasonPhrase;
        }
        """,
        """
        async Task<string> Run(string url)
        {
            var tries = 0;
            var response = await http.GetAsync(url);
            while (tries < 3)
            {
                if (response.IsSuccessStatusCode) break;
                else
                {
                    ++tries;
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, tries), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(response.Headers.RetryAfter?.Delta ?? delay);
                    response = await http.GetAsync(url);
                }
            }

            return response.ReasonPhrase;
        }
        """);

    [Fact]
    public Task Two_calls_of_the_method_by_itself() => Check(
        """
        private static string Run(string url)
        {
            try
            {
                return Web.DownloadString(url);
            }
            catch (WebException e) when (e.Response is null)
            {
                if (url.Length > 9)
                {
                    return Run(url);
                }

                Console.WriteLine(e);
                return Run(url);
            }
        }

        private static readonly WebClient Web = new WebClient();
        """,
        """
        private static string Run(string url, int attempt = 1)
        {
            try
            {
                return Web.DownloadString(url);
            }
            catch (WebException e) when (e.Response is null)
            {
                if (url.Length > 9)
                {
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    Thread.Sleep(delay);
                    return Run(url, attempt: attempt + 1);
                }

                Console.WriteLine(e);
                var delay2 = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                Thread.Sleep(delay2);
                return Run(url, attempt: attempt + 1);
            }
        }

        private static readonly WebClient Web = new WebClient();
        """);

    // an answer that something was wrong with comes again, too
    [Fact]
    public Task A_jump_back_after_any_failure() => Check(
        """
        async Task<string> Run(string url)
        {
            int retry = 0;
            again:
            try
            {
                var text = await Http.GetStringAsync(url);
                if (text.Length == 0) throw new Exception("Nothing.");
                return text;
            }
            catch (Exception)
            {
                if (++retry == 3) throw;
                goto again;
            }
        }
        """,
        """
        async Task<string> Run(string url)
        {
            int retry = 0;
            again:
            try
            {
                var text = await Http.GetStringAsync(url);
                if (text.Length == 0) throw new Exception("Nothing.");
                return text;
            }
            catch (Exception)
            {
                if (++retry == 3) throw;
                var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, retry), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                await Task.Delay(delay);
                goto again;
            }
        }
        """);

    [Fact]
    public Task Attempts_that_are_counted_down() => Check(
        """
        async Task<string> Run(string url)
        {
            for (var remaining = 5; ; remaining--)
            {
                try
                {
                    return await Http.GetStringAsync(url);
                }
                catch (HttpRequestException)
                    when (remaining > 0) { }
            }
        }
        """,
        """
        async Task<string> Run(string url)
        {
            for (var remaining = 5; ; remaining--)
            {
                try
                {
                    return await Http.GetStringAsync(url);
                }
                catch (HttpRequestException)
                    when (remaining > 0)
                {
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, 5 - remaining), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(delay);
                }
            }
        }
        """);

    private const string Once =
        """


        string Once(string url)
        {
            try
            {
                return Http.GetStringAsync(url).Result;
            }
            catch (AggregateException)
            {
                return null;
            }
        }
        """;

    // the loop goes on after success, too
    [Fact]
    public Task A_loop_that_asks_whether_there_is_a_result() => Check(
        """
        string Run(string url)
        {
            string text = null;
            int i = 0;
            bool done = false;
            while (!done)
            {
                if (text == null)
                {
                    text = Once(url);
                }

                if (i == 10)
                {
                    done = true;
                }

                i++;
            }

            return text;
        }
        """ + Once,
        """
        string Run(string url)
        {
            string text = null;
            int i = 0;
            bool done = false;
            while (!done)
            {
                if (text == null)
                {
                    if (i > 0)
                    {
                        TimeSpan delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, i), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                        Thread.Sleep(delay);
                    }

                    text = Once(url);
                }

                if (i == 10)
                {
                    done = true;
                }

                i++;
            }

            return text;
        }
        """ + Once);

    [Fact]
    public Task A_handler_on_one_line() => Check(
        """
        string Run(string url)
        {
            var attempt = 0;
            again: attempt++;
            try
            {
                return new WebClient().DownloadString(url);
            }
            catch when (attempt < 5) { Console.WriteLine("again"); goto again; }
        }
        """,
        """
        string Run(string url)
        {
            var attempt = 0;
            again: attempt++;
            try
            {
                return new WebClient().DownloadString(url);
            }
            catch when (attempt < 5)
            {
                Console.WriteLine("again");
                var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                Thread.Sleep(delay);
                goto again;
            }
        }
        """);

    // one wait is of no length at first, the other is missing
    [Fact]
    public Task A_wait_of_no_length_beside_none() => Check(
        """
        async Task<string> Run(string url)
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    var response = await Http.GetAsync(url);
                    if (response.StatusCode != HttpStatusCode.OK)
                    {
                        await Task.Delay(i * 1000);
                        continue;
                    }

                    return await response.Content.ReadAsStringAsync();
                }
                catch (HttpRequestException e)
                {
                    Console.WriteLine(e.Message);
                }
            }

            return null;
        }
        """,
        """
        async Task<string> Run(string url)
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    var response = await Http.GetAsync(url);
                    if (response.StatusCode != HttpStatusCode.OK)
                    {
                        var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, i), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                        await Task.Delay(delay);
                        continue;
                    }

                    return await response.Content.ReadAsStringAsync();
                }
                catch (HttpRequestException e)
                {
                    Console.WriteLine(e.Message);
                }

                var delay2 = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, i), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                await Task.Delay(delay2);
            }

            return null;
        }
        """);

    // whoever calls a token `_` does not mean to use it
    [Fact]
    public Task A_token_without_a_name() => Check(
        """
        Task Run(string[] urls) => Parallel.ForEachAsync(urls, async (url, _) =>
        {
            for (var i = 1; i < 4; i++)
            {
                try
                {
                    Console.WriteLine(await Http.GetStringAsync(url));
                    break;
                }
                catch (HttpRequestException) when (i < 3)
                {
                    Console.WriteLine(url);
                }
            }
        });
        """,
        """
        Task Run(string[] urls) => Parallel.ForEachAsync(urls, async (url, _) =>
        {
            for (var i = 1; i < 4; i++)
            {
                try
                {
                    Console.WriteLine(await Http.GetStringAsync(url));
                    break;
                }
                catch (HttpRequestException) when (i < 3)
                {
                    Console.WriteLine(url);
                    var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, i), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                    await Task.Delay(delay);
                }
            }
        });
        """);

    // what stands before the request and mentions the letter counts nothing
    [Fact]
    public Task A_counter_of_one_letter() => Check(
        """
        string Run(string url)
        {
            string text = null;
            int i = 0;
            while (i < 9)
            {
                Console.WriteLine("ping");
                if (text == null)
                {
                    text = Once(url);
                }

                i++;
            }

            return text;
        }
        """ + Once,
        """
        string Run(string url)
        {
            string text = null;
            int i = 0;
            while (i < 9)
            {
                Console.WriteLine("ping");
                if (text == null)
                {
                    if (i > 0)
                    {
                        TimeSpan delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, i), 30) * (0.5 + (Random.Shared.NextDouble() / 2)));
                        Thread.Sleep(delay);
                    }

                    text = Once(url);
                }

                i++;
            }

            return text;
        }
        """ + Once);

    private static Task Check(string before, string after) => RetryFixCase.Check(RuleIds.RetryWithoutWait, before, after);
}
