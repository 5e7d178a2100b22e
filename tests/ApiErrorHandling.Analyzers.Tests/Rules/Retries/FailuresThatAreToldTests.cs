using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>What failures are told to: whoever only hears of them decides nothing; whoever is asked, or gets the answer, may.</summary>
public class FailuresThatAreToldTests
{
    [Theory]
    [InlineData("errors.Add(e);")]
    [InlineData("errors.Add(e); if (errors.Count > 9) throw new AggregateException(errors);")]
    [InlineData("lines.Add(e.Message);")]
    [InlineData("lines.Add($\"{i}: {e.Message}\");")]
    [InlineData("progress.Report(e.Message);")]
    [InlineData("progress?.Report(e.Message + \" again\");")]
    [InlineData("Failed?.Invoke(e);")]
    [InlineData("File.AppendAllText(\"log\", e.ToString());")]
    [InlineData("await File.AppendAllTextAsync(\"log\", e.ToString(), token).ConfigureAwait(false);")]
    [InlineData("_ = File.AppendAllTextAsync(\"log\", e.ToString());")]
    [InlineData("sink.Show(\"failed\", e.Message, e);")]
    [InlineData("sink.Format(\"{0}\", e.Message, i);")]
    [InlineData("sink.Count(e);")]
    [InlineData("last = e.Message;")]
    // asked how long to wait
    [InlineData("await Task.Delay(WaitAfter(e));")]
    [InlineData("await Task.Delay(WaitTold(e) ?? TimeSpan.FromSeconds(1));")]
    public Task Told(string line) => Check(line, "{|AEH2001:client.GetStringAsync(url)|}");

    [Theory]
    [InlineData("if (!sink.IsPassing(e)) throw;")]
    [InlineData("var passes = sink.IsPassing(e); if (!passes) return null;")]
    [InlineData("if (!isPassing(e.Message)) break;")]
    [InlineData("tell(e);")]
    [InlineData("sink.ThrowIfPermanent(e);")]
    [InlineData("sink.Handle(e);")]
    [InlineData("reason = sink.ReasonOf(e); if (reason == 2) break;")]
    public Task Asked(string line) => Check(line, "client.GetStringAsync(url)");

    [Theory]
    [InlineData("sink.See(r);")]
    [InlineData("sink.See(r.StatusCode);")]
    [InlineData("check(r);")]
    [InlineData("await watch.LogsIn(r);")]
    public Task Gets_the_answer(string line) => RetryCase.Check(
        Members + "async Task<string> Run(string url, Action<HttpResponseMessage> check) { for (var i = 0; i < 3; i++) { var r = await client.GetAsync(url); if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); "
        + line + " await Task.Delay(1000); } return null; }");

    [Theory]
    [InlineData("sink.Show($\"{r.StatusCode}\", url, null);")]
    // services that write logs and count
    [InlineData("journal.LogAnswer(r);")]
    [InlineData("await journal.LogAnswerAsync(r);")]
    [InlineData("telemetry.Add(r);")]
    [InlineData("LogAnswer(r);")]
    [InlineData("await LogAnswerAsync(r);")]
    public Task Is_told_the_status(string line) => RetryCase.Check(
        Members + "async Task<string> Run(string url) { for (var i = 0; i < 3; i++) { var r = await {|AEH2001:client.GetAsync(url)|}; if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync(); " + line + " await Task.Delay(1000); } return null; }");

    private const string Members =
        """
        interface ISink
        {
            void Show(string title, string text, Exception e);
            void Format(string format, params object[] arguments);
            int Count(Exception e);
            bool IsPassing(Exception e);
            int ReasonOf(Exception e);
            void ThrowIfPermanent(Exception e);
            void Handle(Exception e);
            void See(object o);
        }

        static TimeSpan WaitAfter(Exception e) => e.Data["wait"] is TimeSpan wait ? wait : TimeSpan.FromSeconds(1);
        static TimeSpan? WaitTold(Exception e) => e.Data["wait"] as TimeSpan?;

        interface IJournalLog { void LogAnswer(object o); Task LogAnswerAsync(object o); }
        interface ITelemetryService { void Add(object o); }
        interface IWatch { Task LogsIn(object o); }
        readonly IJournalLog journal;
        readonly ITelemetryService telemetry;
        readonly IWatch watch;
        void LogAnswer(HttpResponseMessage r) { var lines = new Dictionary<string, object> { ["status"] = r.StatusCode }; if (!r.IsSuccessStatusCode) telemetry.Add(lines); }
        async Task LogAnswerAsync(HttpResponseMessage r) { var text = await r.Content.ReadAsStringAsync(); sink.See(r); Console.WriteLine(text); }

        event Action<Exception> Failed;
        string last;
        readonly ISink sink;
        readonly IProgress<string> progress;

        """;

    private static Task Check(string line, string request) => RetryCase.Check(
        Members + $$"""
        async Task<string> Run(string url, Action<Exception> tell, Func<string, bool> isPassing, CancellationToken token)
        {
            var errors = new List<Exception>();
            var lines = new List<string>();
            var reason = 0;
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    return await {{request}};
                }
                catch (Exception e)
                {
                    {{line}}
                }

                await Task.Delay(1000);
            }

            return last + reason + lines.Count;
        }
        """);
}
