using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>Retries of <c>WebClient</c> and <c>HttpWebRequest</c>, and what a <c>WebException</c> tells of the answer.</summary>
public class OlderClientsTests
{
    [Theory]
    [InlineData("using (var web = new WebClient()) { {|AEH2001:web.DownloadFile(url, file)|}; return; }")]
    [InlineData("using (var web = new WebClient()) { await {|AEH2001:web.DownloadFileTaskAsync(url, file)|}; return; }")]
    [InlineData("using (var web = new WebClient()) { {|AEH2001:web.UploadFile(url, file)|}; return; }")]
    [InlineData("{|AEH2001:Save(url)|}; return;")]
    [InlineData("{|AEH2001:new WebClient().Save(url)|}; return;")]
    public Task Files(string attempt) => RetryCase.Check(
        $$"""
        async Task Run()
        {
            const string url = "https://files.example/list";
            var file = Path.GetTempFileName();
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    {{attempt}}
                }
                catch (WebException)
                {
                    await Task.Delay(1000);
                }
            }
        }

        void Save(string url)
        {
            using (var web = new WebClient())
            {
                web.DownloadFile(url, Path.GetTempFileName());
            }
        }
        """,
        "static class Saving { public static void Save(this WebClient web, string url) => web.DownloadFile(url, Path.GetTempFileName()); }");

    // a failure tells of itself in an event
    [Fact]
    public Task A_file_that_comes_later() => RetryCase.Check(
        "void Run() { var url = \"https://files.example/list\"; for (var i = 0; i < 3; i++) { try { new WebClient().DownloadFileAsync(new Uri(url), Path.GetTempFileName()); return; } catch (WebException) { Thread.Sleep(1000); } } }");

    [Fact]
    public Task A_file_that_is_not_retried() => RetryCase.Check("void Run() => new WebClient().DownloadFile(\"https://files.example/list\", Path.GetTempFileName());");

    [Theory]
    [InlineData("catch (WebException e) when (e.Response is HttpWebResponse r && r.StatusCode == HttpStatusCode.NotFound) { return null; } catch (Exception) { }")]
    [InlineData("catch (WebException e) { if (e.Response is HttpWebResponse { StatusCode: HttpStatusCode.NotFound }) throw; }")]
    [InlineData("catch (WebException e) when (e.Status == WebExceptionStatus.ProtocolError) { }")]
    [InlineData("catch (WebException e) { if (e.Response == null) throw; }")]
    [InlineData("catch (WebException e) { Console.WriteLine(e.Status); }")]
    public Task Permanent_errors(string handler) => RetryCase.Check(Body("{|AEH2001:request.GetResponse()|}", handler));

    [Theory]
    [InlineData("catch (WebException e) when (e.Response is HttpWebResponse r && (int)r.StatusCode >= 500) { }")]
    [InlineData("catch (WebException e) when ((e.Response as HttpWebResponse)?.StatusCode is HttpStatusCode.ServiceUnavailable) { }")]
    [InlineData("catch (WebException e) when (e.Response is HttpWebResponse { StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout }) { }")]
    [InlineData("catch (WebException e) { var r = (HttpWebResponse)e.Response; if (r != null && (int)r.StatusCode < 500) throw; }")]
    [InlineData("catch (WebException e) { if (e.Response is HttpWebResponse && (int)((HttpWebResponse)e.Response).StatusCode < 500) throw; }")]
    [InlineData("catch (Exception e) when (e is WebException { Response: null }) { }")]
    [InlineData("catch (WebException e) when (e.Response == null) { }")]
    [InlineData("catch (WebException e) when (e.Status != WebExceptionStatus.ProtocolError) { }")]
    [InlineData("catch (WebException e) when (e.Status is WebExceptionStatus.Timeout or WebExceptionStatus.ConnectFailure) { }")]
    [InlineData("catch (WebException e) when (Passes(e)) { }")]
    public Task Passing_errors(string handler) => RetryCase.Check(Body("request.GetResponse()", handler));

    [Fact]
    public Task The_body_of_a_failure_is_read_as_such() => RetryCase.Check(
        """
        string Run()
        {
            try
            {
                return new WebClient().DownloadString("https://files.example/list");
            }
            catch (WebException e)
            {
                using var reader = new StreamReader(e.Response.GetResponseStream());
                return reader.ReadToEnd();
            }
        }
        """);

    // other protocols have no such answers
    [Theory]
    [InlineData("var request = (FtpWebRequest)WebRequest.Create(url); using (request.GetResponse()) return;")]
    [InlineData("var request = WebRequest.Create(url) as FtpWebRequest; using (await request.GetResponseAsync()) return;")]
    [InlineData("using (var response = (FtpWebResponse)WebRequest.Create(url).GetResponse()) return;")]
    [InlineData("using (var response = (FtpWebResponse)await WebRequest.Create(url).GetResponseAsync()) return;")]
    [InlineData("using (WebRequest.Create(\"ftp://files.example/\" + url).GetResponse()) return;")]
    [InlineData("using (WebRequest.Create(\"file:///\" + url).GetResponse()) return;")]
    [InlineData("new WebClient().DownloadFile($\"ftp://files.example/{url}\", \"file\"); return;")]
    public Task Other_protocols(string attempt) => RetryCase.Check(
        "async Task Run(string url) { for (var i = 0; i < 3; i++) { try { " + attempt + " } catch (WebException) { await Task.Delay(1000); } } }");

    private static string Body(string send, string handler) =>
        $$"""
        string Run()
        {
            const string url = "https://files.example/list";
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    var request = WebRequest.Create(url);
                    using (var response = (HttpWebResponse){{send}})
                    using (var reader = new StreamReader(response.GetResponseStream()))
                    {
                        return reader.ReadToEnd();
                    }
                }
                {{handler}}

                Thread.Sleep(1000);
            }

            return null;
        }

        static bool Passes(WebException e) => e.Response is not HttpWebResponse r || (int)r.StatusCode >= 500;
        """;
}
