using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes;

/// <summary>The fix of AEH2003 in the styles that retries are written in.</summary>
public class UnboundedRetryFixerTests
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
                }
            }
        }
        """);

    [Fact]
    public Task Where_some_failures_are_counted() => Check(
        """
        async Task<string> Two(string url)
        {
            var tries = 0;
            while (tries < 3)
            {
                using var response = await Http.GetAsync(url);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsStringAsync();
                }

                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    tries++;
                }
                else if (response.StatusCode != HttpStatusCode.TooManyRequests)
                {
                    response.EnsureSuccessStatusCode();
                }

                await Task.Delay(1000);
            }

            return null;
        }
        """,
        """
        async Task<string> Two(string url)
        {
            var tries = 0;
            var attempt = 0;
            while (tries < 3)
            {
                attempt++;
                using var response = await Http.GetAsync(url);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsStringAsync();
                }

                if (attempt >= 5)
                {
                    break;
                }

                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    tries++;
                }
                else if (response.StatusCode != HttpStatusCode.TooManyRequests)
                {
                    response.EnsureSuccessStatusCode();
                }

                await Task.Delay(1000);
            }

            return null;
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
                if (attempt >= 5)
                {
                    response.EnsureSuccessStatusCode();
                }

                return await Four(url, attempt: attempt + 1);
            }

            return await response.Content.ReadAsStringAsync();
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
                catch (WebException) when (attempt < 5)
                {
                }
            }
        }
        """);

    [Fact]
    public Task While_with_flag() => Check(
        """
        async Task Eight(string url)
        {
            bool done = false;
            while (!done)
            {
                var response = await Http.DeleteAsync(url);
                if (response.IsSuccessStatusCode) done = true;
                else await Task.Delay(1000);
            }
        }
        """,
        """
        async Task Eight(string url)
        {
            bool done = false;
            var attempt = 0;
            while (!done)
            {
                attempt++;
                var response = await Http.DeleteAsync(url);
                if (response.IsSuccessStatusCode) done = true;
                else
                {
                    if (attempt >= 5)
                    {
                        response.EnsureSuccessStatusCode();
                    }

                    await Task.Delay(1000);
                }
            }
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
                    if (attempt >= 5)
                    {
                        response.EnsureSuccessStatusCode();
                    }

                    continue;
                }

                return await response.Content.ReadAsStringAsync();
            }
        }
        """);

    [Fact]
    public Task Fewer_attempts() => Check(
        """
        async Task<string> Run(string url)
        {
            int round = 0; // for the log
            for (;;)
            {
                round++;
                try { return await http.GetStringAsync(url); }
                catch (HttpRequestException e) when (e.StatusCode is null || e.StatusCode >= HttpStatusCode.InternalServerError)
                {
                    Console.WriteLine($"round {round}");
                    await Task.Delay(1000);
                }
            }
        }
        """,
        """
        async Task<string> Run(string url)
        {
            int round = 0; // for the log
            for (;;)
            {
                round++;
                try { return await http.GetStringAsync(url); }
                catch (HttpRequestException e) when (round < 3 && (e.StatusCode is null || e.StatusCode >= HttpStatusCode.InternalServerError))
                {
                    Console.WriteLine($"round {round}");
                    await Task.Delay(1000);
                }
            }
        }
        """,
        new Setup { EditorConfig = "[*.cs]\napi_error_handling.max_attempts = 3" });

    // others may call it
    [Fact]
    public Task A_method_for_others_that_calls_itself() => Check(
        """
        public async Task<string> Run(string url)
        {
            var response = await http.GetAsync(url);
            if ((int)response.StatusCode >= 500)
            {
                await Task.Delay(1000);
                return await Run(url);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        """,
        """
        public Task<string> Run(string url) =>
            Run(url, attempt: 1);

        private async Task<string> Run(string url, int attempt)
        {
            var response = await http.GetAsync(url);
            if (attempt < 5 && (int)response.StatusCode >= 500)
            {
                await Task.Delay(1000);
                return await Run(url, attempt: attempt + 1);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        """);

    [Fact]
    public Task A_generic_method_that_can_be_overridden() => Check(
        """
        /// <summary>Gets it.</summary>
        [Obsolete]
        public virtual async Task<T> Get<T>(string url, int size = 1)
            where T : class
        {
            try
            {
                return await http.GetFromJsonAsync<T>(url + size);
            }
            catch (TaskCanceledException)
            {
                await Task.Delay(1000);
                return await Get<T>(url, size);
            }
        }
        """,
        """
        /// <summary>Gets it.</summary>
        [Obsolete]
        public virtual Task<T> Get<T>(string url, int size = 1)
            where T : class =>
            Get<T>(url, size, attempt: 1);

        private async Task<T> Get<T>(string url, int size, int attempt) where T : class
        {
            try
            {
                return await http.GetFromJsonAsync<T>(url + size);
            }
            catch (TaskCanceledException) when (attempt < 5)
            {
                await Task.Delay(1000);
                return await Get<T>(url, size, attempt: attempt + 1);
            }
        }
        """);

    // where it names one of several, the overload cannot be told apart
    [Fact]
    public Task Not_a_method_with_params_that_calls_itself() => RetryFixCase.HasNone(
        RuleIds.UnboundedRetry,
        """
        public async Task<string> Run(string url, params int[] ids)
        {
            var response = await http.GetAsync(url);
            if ((int)response.StatusCode >= 500)
            {
                await Task.Delay(1000);
                return await Run(url, ids);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        """);

    [Fact]
    public Task A_label_that_is_jumped_back_to() => Check(
        """
        int Run(int first, int last)
        {
            var length = 0;
            for (; first <= last; first++)
            {
                again:
                try
                {
                    length += new WebClient().DownloadString("https://pages.example/?page=" + first).Length;
                }
                catch { goto again; }
            }

            return length;
        }
        """,
        """
        int Run(int first, int last)
        {
            var length = 0;
            for (; first <= last; first++)
            {
                var attempt = 0;
                again:
                attempt++;
                try
                {
                    length += new WebClient().DownloadString("https://pages.example/?page=" + first).Length;
                }
                catch when (attempt < 5) { goto again; }
            }

            return length;
        }
        """);

    private static Task Check(string before, string after, Setup? setup = null) => RetryFixCase.Check(RuleIds.UnboundedRetry, before, after, setup);
}
