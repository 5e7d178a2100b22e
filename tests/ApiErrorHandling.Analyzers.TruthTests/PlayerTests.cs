using System.Net;
using System.Text.Json.Nodes;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.TruthTests.Playing;
using ApiErrorHandling.Analyzers.TruthTests.Running;
using Xunit;

namespace ApiErrorHandling.Analyzers.TruthTests;

/// <summary>The player answers as the contracts say, and writes down what it was asked.</summary>
public class PlayerTests
{
    private const string V1 = "https://devapi.qweather.com/v7/weather/now?location=101010100";
    private const string Tomorrow = "https://api.tomorrow.io/v4/weather/forecast";
    private const string Cloud = "https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances";
    private const string Http = "https://host.example/items";

    private const string Success = """{"code":"200","now":{"temp":"21"}}""";

    [Theory]
    [InlineData(V1, "v1:200", 200, """{"code":"200","now":{"temp":"21"}}""")]
    [InlineData(V1, "v1:402", 200, """{"code":"402"}""")]
    [InlineData(V1, "v1:204", 200, """{"code":"204"}""")]
    [InlineData(V1, "404", 404, "")]
    [InlineData(V1, "unreadable", 200, "<html><body>It works!</body></html>")]
    [InlineData(Cloud, "code:4400", 200, """{"code":"4400"}""")]
    [InlineData(Http, "204", 204, "")]
    [InlineData(Http, "304", 304, "")]
    [InlineData(Http, "503", 503, "{}")]
    public async Task Plays_an_outcome(string address, string outcome, int status, string body)
    {
        using var response = await Get(address, new Script([new AnswerChoice(outcome)]), new RunLog(1));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_problem_document_has_status_title_and_type()
    {
        using var response = await Get(V1, new Script([new AnswerChoice("403:NO CREDIT")]), new RunLog(1));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal((403, "NO CREDIT"), ((int)error["status"]!, (string)error["title"]!));
        Assert.NotNull((string?)error["type"]);
        Assert.Equal("location", (string?)error["invalidParams"]![0]);
    }

    [Fact]
    public async Task An_error_has_its_stable_code_and_a_correlation_id()
    {
        using var response = await Get(Tomorrow, new Script([new AnswerChoice("400:400004")]), new RunLog(1));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(400004, (int)error["code"]!);
        Assert.NotEmpty(response.Headers.GetValues("X-Correlation-ID"));
    }

    [Fact]
    public void A_message_may_begin_with_the_code_of_a_module()
    {
        var contract = ContractCatalog.BuiltIn.Find("tencent-cloud")!;
        var outcome = contract.Outcomes.Single(o => o.Code == "4000");
        Assert.Contains(Answers.Of(contract, outcome, Success), a => a.Body!.Contains("(100004) incorrect projectId"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Says_when_to_come_again(bool asDate)
    {
        var log = new RunLog(1);
        var form = asDate ? RetryAfterForm.Date : RetryAfterForm.Seconds;
        using var response = await Get(Tomorrow, new Script([new AnswerChoice("429:429001", RetryAfter: form)]), log);
        var header = response.Headers.RetryAfter!;

        Assert.Equal(Answers.RetryAfter, asDate ? header.Date - Answers.Start : header.Delta);
    }

    [Fact]
    public async Task A_connection_fails_and_a_request_times_out()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => Get(Http, new Script([new AnswerChoice("transport")]), new RunLog(1)));
        var timeout = await Assert.ThrowsAsync<TaskCanceledException>(
            () => Get(Http, new Script([new AnswerChoice("timeout")]), new RunLog(1)));
        Assert.IsType<TimeoutException>(timeout.InnerException);
    }

    [Fact]
    public async Task Every_outcome_of_every_contract_can_be_played()
    {
        foreach (var contract in ContractCatalog.BuiltIn.Contracts.Append(ContractCatalog.BuiltIn.Http))
        {
            foreach (var outcome in contract.Outcomes)
            {
                var answers = Answers.Of(contract, outcome, Success).ToList();
                Assert.NotEmpty(answers);
                Assert.Contains(answers, a => !a.IsOdd);
                foreach (var answer in answers.Where(a => a.Outcome.Kind is OutcomeKind.Answer or OutcomeKind.UnreadableBody))
                {
                    using var response = answer.ToResponse(new HttpRequestMessage());
                    Assert.True(outcome.Status is not { } range || (range.Min <= answer.Status && answer.Status <= range.Max));
                    Assert.True(answer.IsOdd || outcome.HasBody || (await response.Content.ReadAsByteArrayAsync()).Length == 0);
                }
            }
        }
    }

    [Fact]
    public async Task Fails_as_often_as_it_is_told()
    {
        var log = new RunLog(1);
        var script = Script.Failing(new AnswerChoice("503"), times: 2);
        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((int)(await Get(Http, script, log)).StatusCode);
        }

        Assert.Equal([503, 503, 200, 200], statuses);
        Assert.Equal(["503", "503", "200", "200"], log.Requests.Select(r => r.Outcome.Id));
    }

    [Fact]
    public async Task Writes_requests_down()
    {
        var log = Start(Script.Success);
        using var client = new HttpMessageInvoker(new PlayedHandler());
        using var message = new HttpRequestMessage(HttpMethod.Post, Http)
        {
            Content = new FormUrlEncodedContent([new("Nonce", "123"), new("Timestamp", "1767225600")]),
            Headers = { { "X-Mine", "a" } },
        };
        Assert.True((await client.SendAsync(message, default)).IsSuccessStatusCode);
        log.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.True((await client.SendAsync(message, default)).IsSuccessStatusCode);
        Assert.True((await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, Http + "?Nonce=7"), default)).IsSuccessStatusCode);

        var requests = log.Requests;
        Assert.Equal(("POST", "123", "1767225600"), (requests[0].Method, requests[0].Nonce, requests[0].Timestamp));
        Assert.Contains(KeyValuePair.Create("X-Mine", "a"), requests[0].Headers);
        Assert.Equal(requests[0].Message, requests[1].Message);
        Assert.Equal(requests[0].ContentIdentity, requests[1].ContentIdentity);
        Assert.NotEqual(requests[0].Message, requests[2].Message);
        Assert.Equal("7", requests[2].Nonce);
        Assert.InRange(requests[1].Time - requests[0].Time, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.1));
    }

    [Fact]
    public void Answers_over_a_socket()
    {
        var log = Start(new Script([new AnswerChoice("404"), new AnswerChoice("v1:200"), new AnswerChoice("200")]));
        try
        {
#pragma warning disable SYSLIB0014 // what is tested is how those are played that still use it
            var request = LoopbackServer.Redirect(WebRequest.Create("http://host.example/items?a=1"));
            var failure = Assert.Throws<WebException>(() => request.GetResponse());
            Assert.Equal(HttpStatusCode.NotFound, ((HttpWebResponse)failure.Response!).StatusCode);

            using var client = LoopbackServer.Redirect(new WebClient());
            Assert.Equal(Success, client.UploadString("http://host.example/items", "text"));
#pragma warning restore SYSLIB0014
        }
        finally
        {
            log.Server!.Dispose();
        }

        Assert.Equal(["http://host.example/items?a=1", "http://host.example/items"], log.Requests.Select(r => r.Address.AbsoluteUri));
        Assert.Equal("text", log.Requests[1].Content);
    }

    private static RunLog Start(Script script, RunLog? log = null)
    {
        log ??= new RunLog(1);
        var http = ContractCatalog.BuiltIn.Http;
        log.Player = new Player(
            ContractCatalog.BuiltIn, new ContractBinding(http, OutcomeSet.FirstOf(http.Outcomes.Length)), script, Success, log);
        RunLog.Current = log;
        return log;
    }

    private static async Task<HttpResponseMessage> Get(string address, Script script, RunLog log)
    {
        if (log.Player is null)
        {
            Start(script, log);
        }
        else
        {
            RunLog.Current = log;
        }

        using var client = new HttpMessageInvoker(new PlayedHandler());
        return await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, address), default);
    }
}
