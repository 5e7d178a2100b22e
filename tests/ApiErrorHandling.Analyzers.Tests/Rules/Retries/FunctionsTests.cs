using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>Retries in lambdas and local functions, whoever runs them, and around them.</summary>
public class FunctionsTests
{
    private const string Again =
        "{ for (var n = 0; n < 3; n++) { try { Console.WriteLine(await {|AEH2001:client.GetStringAsync(url)|}); break; } catch (Exception) { await Task.Delay(1000); } } }";

    // an overload runs what it is given in a function of its own
    [Theory]
    [InlineData("async () => { var r = await {|AEH2001:client.GetAsync(url)|}; r.EnsureSuccessStatusCode(); Console.WriteLine(r.Version); }")]
    [InlineData("() => {|AEH2001:Send(url)|}")]
    public Task Overloads(string function) => RetryCase.Check(
        "Task Run(string url) => Again(3, " + function + "); async Task Send(string url) => Console.WriteLine(await client.GetStringAsync(url)); "
        + "static Task Again(int count, Func<Task> action) => Again(count, async () => { await action(); return true; }); "
        + "static async Task<T> Again<T>(int count, Func<Task<T>> action) { while (true) { try { return await action(); } catch (Exception) when (count-- > 0) { await Task.Delay(1000); } } }");

    // what one is given is the same as long as it runs
    [Theory]
    [InlineData("await Parallel.ForEachAsync(urls, async (url, token) => " + Again + ");")]
    [InlineData("Parallel.ForEach(urls, async url => " + Again + ");")]
    [InlineData("await Task.WhenAll(urls.Select(async url => " + Again + "));")]
    [InlineData("var tasks = from url in urls select Task.Run(async () => " + Again + "); await Task.WhenAll(tasks);")]
    [InlineData("urls.ForEach(async url => " + Again + ");")]
    [InlineData("foreach (var url in urls) _ = Task.Factory.StartNew(async () => " + Again + ");")]
    [InlineData("var url = urls[0]; await Task.CompletedTask.ContinueWith(async _ => " + Again + ");")]
    [InlineData("Func<string, Task> get = async url => " + Again + "; await Task.WhenAll(urls.Select(get));")]
    [InlineData("await Task.WhenAll(urls.Select(Get)); async Task Get(string url) " + Again)]
    public Task Retries_inside(string body) => RetryCase.Check("async Task Run(List<string> urls) { " + body + " }");

    [Theory]
    [InlineData("for (var n = 0; n < 3; n++) { try { return await Get(urls[0]); } catch (Exception) { await Task.Delay(1000); } } return null; async Task<string> Get(string url) => await {|AEH2001:client.GetStringAsync(url)|};")]
    [InlineData("var first = urls[0]; for (var n = 0; n < 3; n++) { try { return await Get(first); } catch (Exception) { await Task.Delay(1000); } } return null; Task<string> Get(string url) => {|AEH2001:client.GetStringAsync(url)|};")]
    [InlineData("for (var n = 0; n < 3; n++) { try { return await Task.Run(() => {|AEH2001:client.GetStringAsync(urls[0])|}); } catch (Exception) { await Task.Delay(1000); } } return null;")]
    [InlineData("for (var n = 0; n < 3; n++) { try { var t = Task.Run(() => {|AEH2001:new WebClient().DownloadString(\"https://files.example/a\")|}); if (t.Wait(5000)) return t.Result; throw new TimeoutException(); } catch (Exception) { await Task.Delay(1000); } } return null;")]
    public Task Retries_around(string body) => RetryCase.Check("async Task<string> Run(List<string> urls) { " + body + " }");

    // what is thrown in a task comes out wrapped where it is waited for, and nowhere else
    [Theory]
    [InlineData("var t = Task.Run(() => new WebClient().DownloadString(address)); if (t.Wait(5000)) return t.Result; throw new TimeoutException();", "catch (AggregateException e) when (e.InnerException is WebException { Response: null }) { }")]
    [InlineData("var t = Task.Run(() => new WebClient().DownloadString(address)); t.Wait(); return t.Result;", "catch (Exception e) { if (e is AggregateException a && a.InnerException.Message.Contains(\"404\")) return null; }")]
    [InlineData("return Task.Run(() => new WebClient().DownloadString(address)).Result;", "catch (WebException) { }")]
    [InlineData("_ = Task.Run(() => new WebClient().DownloadString(address)); return url;", "catch (Exception) { }")]
    public Task Thrown_in_a_task(string attempt, string handler) => RetryCase.CheckBody(
        "const string address = \"https://files.example/list\"; for (var n = 0; n < 3; n++) { try { " + attempt + " } " + handler + " await Task.Delay(1000); } return null;");

    // something else each time
    [Theory]
    [InlineData("foreach (var url in urls) { try { return await Get(url); } catch (Exception) { } } return null; async Task<string> Get(string u) => await client.GetStringAsync(u);")]
    [InlineData("try { return await Get(urls[0]); } catch (Exception) { return await Get(urls[1]); } Task<string> Get(string url) => client.GetStringAsync(url);")]
    [InlineData("await Parallel.ForEachAsync(urls, async (url, token) => { try { Console.WriteLine(await client.GetStringAsync(url, token)); } catch (Exception) { } }); return null;")]
    [InlineData("for (var n = 0; n < 3; n++) { try { return string.Concat(await Task.WhenAll(urls.Select(async url => await client.GetStringAsync(url)))); } catch (Exception) { await Task.Delay(1000); } } return null;")]
    [InlineData("return await OverAll(url => client.GetStringAsync(url)); async Task<string> OverAll(Func<string, Task<string>> get) { foreach (var url in urls) { try { return await get(url); } catch (Exception) { } } return null; }")]
    public Task Items_and_mirrors(string body) => RetryCase.Check("async Task<string> Run(List<string> urls) { " + body + " }");

    // a helper hands through what it got, or gives something else each time
    [Theory]
    [InlineData("send(url, n)", "return await Send(url, send, n + 1);", "{|AEH3001:client.GetAsync(to)|}")]
    [InlineData("send.Invoke(url, n)", "return await Send(url, send, n + 1);", "{|AEH3001:client.GetAsync(to)|}")]
    [InlineData("send(url + n, n)", "return await Send(url, send, n + 1);", "client.GetAsync(to)")]
    [InlineData("send(url, n)", "url = url + n; return await Send(url, send, n + 1);", "client.GetAsync(to)")]
    [InlineData("send(url, n)", "return await Send(url + n, send, n + 1);", "client.GetAsync(to)")]
    [InlineData("Later(send, url, n)", "return await Send(url, send, n + 1);", "client.GetAsync(to)")]
    public Task What_is_handed_through(string call, string again, string sent) => RetryCase.Check(
        "async Task<string> Run(string url) { var r = await Send(url, (to, n) => " + sent + "); return r.ReasonPhrase; } "
        + "static async Task<HttpResponseMessage> Send(string url, Func<string, int, Task<HttpResponseMessage>> send, int n = 0) { var r = await " + call + "; if (r.StatusCode == HttpStatusCode.ServiceUnavailable && n < 3) { " + again + " } return r; } "
        + "static Task<HttpResponseMessage> Later(Func<string, int, Task<HttpResponseMessage>> send, string url, int n) => send(url + n, n);");

    // many ways through a helper that calls itself
    [Fact]
    public Task A_helper_that_calls_itself_from_its_handlers() => RetryCase.Check(
        """
        async Task<string> Run(Uri url)
        {
            var (answer, failure) = await Restart(url, (to, by) => {|AEH3001:by.GetAsync(to)|}).ConfigureAwait(false);
            if (answer == null) return failure.Message;
            return answer.ReasonPhrase;
        }

        static bool MayPass(HttpResponseMessage answer)
        {
            if (answer.IsSuccessStatusCode) return false;
            if (answer.StatusCode == HttpStatusCode.RequestTimeout) return true;
            throw new HttpRequestException(answer.ReasonPhrase);
        }

        async Task<(HttpResponseMessage, Exception)> Restart(Uri url, Func<Uri, HttpClient, Task<HttpResponseMessage>> send, int n = 0)
        {
            try
            {
                if (n > 3) throw new InvalidOperationException();
                var answer = await send(url, client);
                if (MayPass(answer))
                {
                    ++n;
                    return await Restart(url, send, n);
                }

                return (answer, null);
            }
            catch (TaskCanceledException)
            {
                ++n;
                return await Restart(url, send, n);
            }
            catch (Exception e)
            {
                return (null, e);
            }
        }
        """);
}
