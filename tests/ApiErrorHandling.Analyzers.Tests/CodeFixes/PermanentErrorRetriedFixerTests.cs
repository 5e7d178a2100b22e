using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes;

/// <summary>The fix of AEH2001 in the styles that retries are written in.</summary>
public class PermanentErrorRetriedFixerTests
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
            while (true)
            {
                try
                {
                    return await Http.GetStringAsync(url);
                }
                catch (HttpRequestException e) when (e.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                    or >= HttpStatusCode.InternalServerError)
                {
                    Console.WriteLine("again");
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

                if (response.StatusCode is not (HttpStatusCode.RequestTimeout
                    or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                {
                    break;
                }
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
            }
            while (response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError && tries++ < 3);
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
        private async Task<string> Four(string url)
        {
            var response = await Http.GetAsync(url);
            if (!response.IsSuccessStatusCode)
            {
                if (response.StatusCode is not (HttpStatusCode.RequestTimeout
                    or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                {
                    response.EnsureSuccessStatusCode();
                }

                return await Four(url);
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
                    if (ex is HttpRequestException failure && failure.StatusCode is not (null
                        or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                        or >= HttpStatusCode.InternalServerError))
                    {
                        break;
                    }

                    retry++;
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
            while (true)
            {
                try
                {
                    using (var client = new WebClient())
                    {
                        return client.DownloadString(url);
                    }
                }
                catch (WebException e) when (e.Response is not HttpWebResponse response
                    || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                    or >= HttpStatusCode.InternalServerError)
                {
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
            if (response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError)
            {
                response = await Http.GetAsync(url);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
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
            while (!done)
            {
                var response = await Http.DeleteAsync(url);
                if (response.IsSuccessStatusCode) done = true;
                else
                {
                    if (response.StatusCode is not (HttpStatusCode.RequestTimeout
                        or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
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
            while (true)
            {
                using var response = await Http.GetAsync(url);
                if (!response.IsSuccessStatusCode)
                {
                    Console.WriteLine("failed");
                    if (response.StatusCode is not (HttpStatusCode.RequestTimeout
                        or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
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
                if (response.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    await Task.Delay(1000 * i);
                    continue;
                }

                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStringAsync();
            }

            throw new Exception("no");
        }
        """);

    [Fact]
    public Task Tabs_and_braces_on_the_line() => Check(
        """
        async Task<string> One(string url) {
        	for (int i = 0; i < 3; i++) {
        		var response = await http.GetAsync(url); // ask
        		if (response.IsSuccessStatusCode) {
        			return await response.Content.ReadAsStringAsync();
        		}
        		// not yet
        		await Task.Delay(1000);
        	}
        	throw new InvalidOperationException("no answer");
        }
        """,
        """
        async Task<string> One(string url) {
        	for (int i = 0; i < 3; i++) {
        		var response = await http.GetAsync(url); // ask
        		if (response.IsSuccessStatusCode) {
        			return await response.Content.ReadAsStringAsync();
        		}

        		if (response.StatusCode is not (HttpStatusCode.RequestTimeout
        			or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)) {
        			break;
        		}

        		// not yet
        		await Task.Delay(1000);
        	}
        	throw new InvalidOperationException("no answer");
        }
        """);

    [Fact]
    public Task Own_exception() => Check(
        """
        async Task<string> Two(string url) {
        	var tries = 3;
        	while (true) {
        		try {
        			return await Get(url);
        		} catch (Failed e) when (--tries > 0) {
        			await Task.Delay(1000);
        		}
        	}
        }

        async Task<string> Get(string url) {
        	var response = await http.GetAsync(url);
        	if (!response.IsSuccessStatusCode) throw new Failed(response.StatusCode);
        	return await response.Content.ReadAsStringAsync();
        }
        """,
        """
        async Task<string> Two(string url) {
        	var tries = 3;
        	while (true) {
        		try {
        			return await Get(url);
        		} catch (Failed e) when (--tries > 0 && e.Status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        			or >= HttpStatusCode.InternalServerError) {
        			await Task.Delay(1000);
        		}
        	}
        }

        async Task<string> Get(string url) {
        	var response = await http.GetAsync(url);
        	if (!response.IsSuccessStatusCode) throw new Failed(response.StatusCode);
        	return await response.Content.ReadAsStringAsync();
        }
        """);

    [Fact]
    public Task Switch_over_status() => Check(
        """
        async Task<string> Three(string url) {
        	for (int i = 0; i < 3; i++) {
        		using var response = await http.GetAsync(url);
        		switch (response.StatusCode) {
        			case HttpStatusCode.OK:
        				return await response.Content.ReadAsStringAsync();
        			case HttpStatusCode.Unauthorized:
        			case HttpStatusCode.Forbidden:
        			case HttpStatusCode.TooManyRequests:
        				await Task.Delay(2000);
        				continue;
        			default:
        				throw new Failed(response.StatusCode);
        		}
        	}
        	return null;
        }
        """,
        """
        async Task<string> Three(string url) {
        	for (int i = 0; i < 3; i++) {
        		using var response = await http.GetAsync(url);
        		switch (response.StatusCode) {
        			case HttpStatusCode.OK:
        				return await response.Content.ReadAsStringAsync();
        			case HttpStatusCode.TooManyRequests:
        				await Task.Delay(2000);
        				continue;
        			default:
        				throw new Failed(response.StatusCode);
        		}
        	}
        	return null;
        }
        """);

    [Fact]
    public Task Handler_around_everything_with_status_404_filter() => Check(
        """
        async Task<string> Four(string url) {
        	for (var i = 1; i <= 4; i++) {
        		try {
        			return await http.GetStringAsync(url);
        		} catch (HttpRequestException e) when (e.StatusCode != HttpStatusCode.NotFound) {
        			if (i == 4) throw;
        			await Task.Delay(i * 500);
        		}
        	}
        	return null;
        }
        """,
        """
        async Task<string> Four(string url) {
        	for (var i = 1; i <= 4; i++) {
        		try {
        			return await http.GetStringAsync(url);
        		} catch (HttpRequestException e) when (e.StatusCode != HttpStatusCode.NotFound && e.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        			or >= HttpStatusCode.InternalServerError) {
        			if (i == 4) throw;
        			await Task.Delay(i * 500);
        		}
        	}
        	return null;
        }
        """);

    [Fact]
    public Task Helper_with_delegate() => Check(
        """
        async Task<T> Retry<T>(Func<Task<T>> action) {
        	for (int n = 0; ; n++) {
        		try { return await action(); }
        		catch (Exception) {
        			if (n >= 3) throw;
        			await Task.Delay(100);
        		}
        	}
        }

        Task<string> Six(string url) => Retry(() => http.GetStringAsync(url));
        """,
        """
        async Task<T> Retry<T>(Func<Task<T>> action) {
        	for (int n = 0; ; n++) {
        		try { return await action(); }
        		catch (Exception e) when (e is not HttpRequestException failure || failure.StatusCode is null
        			or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        			or >= HttpStatusCode.InternalServerError) {
        			if (n >= 3) throw;
        			await Task.Delay(100);
        		}
        	}
        }

        Task<string> Six(string url) => Retry(() => http.GetStringAsync(url));
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
        		} catch (HttpRequestException e) {
        			if (e.StatusCode is not (null or HttpStatusCode.RequestTimeout
        				or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)) {
        				break;
        			}

        			n++;
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
        	} catch (HttpRequestException e) when (e.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        		or >= HttpStatusCode.InternalServerError) {
        		return await http.GetStringAsync(url);
        	}
        }
        """);

    [Fact]
    public Task Foreach_delays() => Check(
        """
        async Task<HttpResponseMessage> Nine(string url) {
        	HttpResponseMessage response = null;
        	foreach (var delay in new[] { 1, 2, 4 }) {
        		response = await http.GetAsync(url);
        		if (response.IsSuccessStatusCode) break;
        		await Task.Delay(TimeSpan.FromSeconds(delay));
        	}
        	return response;
        }
        """,
        """
        async Task<HttpResponseMessage> Nine(string url) {
        	HttpResponseMessage response = null;
        	foreach (var delay in new[] { 1, 2, 4 }) {
        		response = await http.GetAsync(url);
        		if (response.IsSuccessStatusCode) break;

        		if (response.StatusCode is not (HttpStatusCode.RequestTimeout
        			or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)) {
        			break;
        		}

        		await Task.Delay(TimeSpan.FromSeconds(delay));
        	}
        	return response;
        }
        """);

    [Fact]
    public Task A_jump_back() => Check(
        """
        async Task<string> Run(string url)
        {
            var n = 0;
        again:
            try
            {
                return await http.GetStringAsync(url);
            }
            catch (HttpRequestException)
            {
                if (n++ == 3) throw;
            }

            await Task.Delay(1000);
            goto again;
        }
        """,
        """
        async Task<string> Run(string url)
        {
            var n = 0;
        again:
            try
            {
                return await http.GetStringAsync(url);
            }
            catch (HttpRequestException e) when (e.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError)
            {
                if (n++ == 3) throw;
            }

            await Task.Delay(1000);
            goto again;
        }
        """);

    [Fact]
    public Task Older_language() => Check(
        """
        async Task<string> Run(string url)
        {
            for (int i = 0; i < 3; i++)
            {
                var response = await http.GetAsync(url);
                if (response.StatusCode == HttpStatusCode.OK)
                    return await response.Content.ReadAsStringAsync();
                /* not yet */
                await Task.Delay(1000);
            }
            return null;
        }
        """,
        """
        async Task<string> Run(string url)
        {
            for (int i = 0; i < 3; i++)
            {
                var response = await http.GetAsync(url);
                if (response.StatusCode == HttpStatusCode.OK)
                    return await response.Content.ReadAsStringAsync();

                if ((int)response.StatusCode < 500 && response.StatusCode != HttpStatusCode.RequestTimeout
                    && response.StatusCode != HttpStatusCode.TooManyRequests)
                {
                    break;
                }

                /* not yet */
                await Task.Delay(1000);
            }
            return null;
        }
        """,
        new Setup { LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp8 });

    [Fact]
    public Task Any_exception_of_an_older_client() => Check(
        """
        string Run(string url)
        {
            try
            {
                return Load(url);
            }
            catch
            {
                return Load(url);
            }
        }

        static string Load(string url)
        {
            var request = (HttpWebRequest)WebRequest.Create(url);
            using (var reader = new StreamReader(request.GetResponse().GetResponseStream()))
            {
                return reader.ReadToEnd();
            }
        }
        """,
        """
        string Run(string url)
        {
            try
            {
                return Load(url);
            }
            catch (Exception e) when (e is not WebException { Response: HttpWebResponse response }
                || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                or >= HttpStatusCode.InternalServerError)
            {
                return Load(url);
            }
        }

        static string Load(string url)
        {
            var request = (HttpWebRequest)WebRequest.Create(url);
            using (var reader = new StreamReader(request.GetResponse().GetResponseStream()))
            {
                return reader.ReadToEnd();
            }
        }
        """);

    [Fact]
    public Task Any_exception_of_an_older_client_in_an_older_language() => Check(
        """
        static string Run(WebClient web, string url)
        {
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    return web.DownloadString(url);
                }
                catch (Exception)
                {
                    System.Threading.Thread.Sleep(1000);
                }
            }
            throw new InvalidOperationException();
        }
        """,
        """
        static string Run(WebClient web, string url)
        {
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    return web.DownloadString(url);
                }
                catch (Exception e)
                {
                    if (e is WebException failure && failure.Response is HttpWebResponse response
                        && (int)response.StatusCode < 500 && response.StatusCode != HttpStatusCode.RequestTimeout
                        && response.StatusCode != HttpStatusCode.TooManyRequests)
                    {
                        break;
                    }

                    System.Threading.Thread.Sleep(1000);
                }
            }
            throw new InvalidOperationException();
        }
        """,
        new Setup { LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp8 });

    [Fact]
    public Task Any_exception_of_an_older_client_is_filtered_in_an_older_language() => Check(
        """
        static string Run(WebClient web, string url)
        {
            try
            {
                return web.DownloadString(url);
            }
            catch (Exception)
            {
                System.Threading.Thread.Sleep(1000);
                return web.DownloadString(url);
            }
        }
        """,
        """
        static string Run(WebClient web, string url)
        {
            try
            {
                return web.DownloadString(url);
            }
            catch (Exception e) when (!(e is WebException failure && failure.Response is HttpWebResponse response)
                || (int)response.StatusCode >= 500 || response.StatusCode == HttpStatusCode.RequestTimeout
                || response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                System.Threading.Thread.Sleep(1000);
                return web.DownloadString(url);
            }
        }
        """,
        new Setup { LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp8 });

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
                    await Task.Delay(1000);
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
                    if (response.StatusCode is not (HttpStatusCode.RequestTimeout
                        or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                    {
                        break;
                    }

                    ++tries;
                    await Task.Delay(1000);
                    response = await http.GetAsync(url);
                }
            }

            return response.ReasonPhrase;
        }
        """);

    // what is thrown for a failing answer does not tell the status
    [Fact]
    public Task Status_of_what_a_helper_throws() => Check(
        """
        async Task<string> Run(string url)
        {
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    return await Once(url);
                }
                catch (Exception e)
                {
                    Console.WriteLine(e.Message);
                    if (i == 2) throw;
                    await Task.Delay(500 * (i + 1));
                }
            }

            return null;
        }

        async Task<string> Once(string url)
        {
            var response = await http.GetAsync(url);
            if (!response.IsSuccessStatusCode)
            {
                throw new Exception($"Failed: {response.ReasonPhrase}");
            }

            return await response.Content.ReadAsStringAsync();
        }
        """,
        """
        async Task<string> Run(string url)
        {
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    return await Once(url);
                }
                catch (Exception e) when (e is not HttpRequestException failure || failure.StatusCode is null
                    or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                    or >= HttpStatusCode.InternalServerError)
                {
                    Console.WriteLine(e.Message);
                    if (i == 2) throw;
                    await Task.Delay(500 * (i + 1));
                }
            }

            return null;
        }

        async Task<string> Once(string url)
        {
            var response = await http.GetAsync(url);
            if (!response.IsSuccessStatusCode)
            {
                throw new HttpRequestException($"Failed: {response.ReasonPhrase}", null, response.StatusCode);
            }

            return await response.Content.ReadAsStringAsync();
        }
        """);

    [Fact]
    public Task Status_of_what_is_thrown_inside_the_try() => Check(
        """
        async Task<string> Run(string url)
        {
            for (var n = 0; n < 3; n++)
            {
                try
                {
                    var response = await http.GetAsync(url);
                    return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : throw new HttpRequestException();
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(500);
                }
            }

            return null;
        }
        """,
        """
        async Task<string> Run(string url)
        {
            for (var n = 0; n < 3; n++)
            {
                try
                {
                    var response = await http.GetAsync(url);
                    return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : throw new HttpRequestException(null, null, response.StatusCode);
                }
                catch (HttpRequestException e)
                {
                    if (e.StatusCode is not (null or HttpStatusCode.RequestTimeout
                        or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                    {
                        break;
                    }

                    await Task.Delay(500);
                }
            }

            return null;
        }
        """);

    [Fact]
    public Task What_is_caught_comes_out_of_a_task() => Check(
        """
        string Run(string url)
        {
            var tries = 0;
            while (true)
            {
                try
                {
                    var task = Task.Run(() => new WebClient().DownloadString(url));
                    if (task.Wait(TimeSpan.FromSeconds(30)))
                    {
                        return task.Result;
                    }

                    throw new TimeoutException();
                }
                catch (Exception e)
                {
                    Console.WriteLine(e.Message);
                    if (++tries == 3) throw;
                    Thread.Sleep(5000);
                }
            }
        }
        """,
        """
        string Run(string url)
        {
            var tries = 0;
            while (true)
            {
                try
                {
                    var task = Task.Run(() => new WebClient().DownloadString(url));
                    if (task.Wait(TimeSpan.FromSeconds(30)))
                    {
                        return task.Result;
                    }

                    throw new TimeoutException();
                }
                catch (Exception e) when (e.GetBaseException() is not WebException { Response: HttpWebResponse response }
                    || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                    or >= HttpStatusCode.InternalServerError)
                {
                    Console.WriteLine(e.Message);
                    if (++tries == 3) throw;
                    Thread.Sleep(5000);
                }
            }
        }
        """);

    // what is renewed helps against one of them
    [Fact]
    public Task Nothing_passes_but_what_is_renewed() => Check(
        """
        async Task<HttpResponseMessage> Run(string url, Func<Task> renew)
        {
            var response = await http.GetAsync(url);
            var tries = 0;
            while ((response.StatusCode == (HttpStatusCode)401 || response.StatusCode == (HttpStatusCode)403) && tries++ < 3)
            {
                await renew();
                response = await http.GetAsync(url);
            }

            return response;
        }
        """,
        """
        async Task<HttpResponseMessage> Run(string url, Func<Task> renew)
        {
            var response = await http.GetAsync(url);
            var tries = 0;
            while (response.StatusCode == (HttpStatusCode)401 && tries++ < 3)
            {
                await renew();
                response = await http.GetAsync(url);
            }

            return response;
        }
        """);

    // a narrower condition would let other failures by, to what is for success
    [Fact]
    public async Task The_condition_stays_where_nothing_asks_again()
    {
        var program = await Retries.FixedProgram.CreateAsync(
            """
            class Client
            {
                readonly HttpClient http = new();

                public async Task<long> Size(string url)
                {
                    for (var n = 0; n < 3; n++)
                    {
                        using var response = await http.GetAsync(url);
                        if (!response.IsSuccessStatusCode)
                        {
                            await Task.Delay(1000);
                            continue;
                        }

                        return response.Content.Headers.ContentLength ?? -1;
                    }

                    return -1;
                }
            }
            """);
        var end = await program.FixAllAsync(RuleIds.PermanentErrorRetried);

        Assert.Equal(0, end.CompileErrors);
        Assert.Contains("if (!response.IsSuccessStatusCode)", end.Text, StringComparison.Ordinal);
    }

    private static Task Check(string before, string after, Setup? setup = null) =>
        RetryFixCase.Check(RuleIds.PermanentErrorRetried, before, after, setup);
}
