using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>Requests, checks and uses that lie in different methods: which are reported, and where.</summary>
public class HelpersTests
{
    [Theory]
    // a helper that gives the response back: its caller has to look
    [InlineData("""
        Task<HttpResponseMessage> Send(string url) => client.GetAsync(url);

        async Task<string> Run() => await {|AEH1002:(await Send("x")).Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        async Task<HttpResponseMessage> Send(string url)
        {
            var response = await client.GetAsync(url);
            Console.WriteLine(response.StatusCode);
            return response;
        }

        async Task<string> Run()
        {
            var response = await Send("x");
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }
        """)]
    // a helper that loses the status: reported there, once, and not at its callers
    [InlineData("""
        async Task<string> Get(string url)
        {
            var response = await client.GetAsync(url);
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }

        async Task<string> Run() => JsonSerializer.Deserialize<Item>(await Get("x"))!.Name;

        async Task<string> Again() => (await Get("y")).Trim();
        """)]
    // a validator that in truth checks nothing
    [InlineData("""
        void Check(HttpResponseMessage response) => Console.WriteLine(response.StatusCode);

        async Task<string> Run()
        {
            var response = await client.GetAsync("x");
            Check(response);
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }
        """)]
    // a helper that reads what it is given: reported where it is given an unchecked response
    [InlineData("""
        static async Task<T> Read<T>(HttpResponseMessage response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return JsonSerializer.Deserialize<T>(text)!;
        }

        async Task<string> Unchecked()
        {
            var response = await client.GetAsync("x");
            var item = await {|AEH1002:Read<Item>(response)|};
            return item.Name;
        }

        async Task<string> Checked()
        {
            var response = await client.GetAsync("x");
            response.EnsureSuccessStatusCode();
            var item = await Read<Item>(response);
            return item.Name;
        }
        """)]
    // only some statuses are excluded by the guard
    [InlineData("""
        static void Guard(HttpResponseMessage response)
        {
            if (response.StatusCode == HttpStatusCode.NotFound) throw new InvalidOperationException();
        }

        async Task<string> Run()
        {
            var response = await client.GetAsync("x");
            Guard(response);
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }
        """)]
    // an override that does not check
    [InlineData("""
        async Task<string> Run(Sender sender) => await {|AEH1002:(await sender.Send("x")).Content.ReadAsStringAsync()|};

        internal abstract class Sender { public abstract Task<HttpResponseMessage> Send(string url); }

        internal sealed class PlainSender : Sender
        {
            private readonly HttpClient _http = new();

            public override Task<HttpResponseMessage> Send(string url) => _http.GetAsync(url);
        }
        """)]
    // through an interface
    [InlineData("""
        async Task<string> Run(ISender sender)
        {
            var response = await sender.Send("x");
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }

        internal interface ISender { Task<HttpResponseMessage> Send(string url); }

        internal sealed class PlainSender : ISender
        {
            private readonly HttpClient _http = new();

            public Task<HttpResponseMessage> Send(string url) => _http.GetAsync(url);
        }
        """)]
    // two steps
    [InlineData("""
        Task<HttpResponseMessage> One(string url) => client.GetAsync(url);
        async Task<HttpResponseMessage> Two(string url) => await One(url);

        async Task<string> Run()
        {
            var response = await Two("x");
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }
        """)]
    // what is done with a task when it has ended
    [InlineData("""
        Task<string> Run() => client.GetAsync("x").ContinueWith(t => {|AEH1002:t.Result.Content.ReadAsStringAsync()|}.Result);
        """)]
    // a function given to a helper
    [InlineData("""
        static async Task<T> Logged<T>(Func<Task<T>> action)
        {
            Console.WriteLine("begin");
            try { return await action(); }
            finally { Console.WriteLine("end"); }
        }

        async Task<string> Run()
        {
            var response = await Logged(() => client.GetAsync("x"));
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }
        """)]
    public Task Status_is_ignored(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(members));

    [Theory]
    [InlineData("""
        static void Guard(HttpResponseMessage response)
        {
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException();
        }

        async Task<string> Run()
        {
            var response = await client.GetAsync("x");
            Guard(response);
            return await response.Content.ReadAsStringAsync();
        }
        """)]
    [InlineData("""
        async Task<HttpResponseMessage> Send(string url)
        {
            var response = await client.GetAsync(url);
            response.EnsureSuccessStatusCode();
            return response;
        }

        async Task<string> Run() => await (await Send("x")).Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        async Task<HttpResponseMessage?> Send(string url)
        {
            var response = await client.GetAsync(url);
            return response.IsSuccessStatusCode ? response : null;
        }

        async Task<string> Run()
        {
            var response = await Send("x");
            return response is null ? "" : await response.Content.ReadAsStringAsync();
        }
        """)]
    [InlineData("""
        static bool IsOk(HttpResponseMessage response) => (int)response.StatusCode is >= 200 and < 300;

        async Task<string> Run()
        {
            var response = await client.GetAsync("x");
            if (!IsOk(response)) return "";
            return await response.Content.ReadAsStringAsync();
        }
        """)]
    [InlineData("""
        async Task<(bool Ok, string Text)> Get(string url)
        {
            var response = await client.GetAsync(url);
            return (response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }

        async Task<string> Run()
        {
            var (ok, text) = await Get("x");
            if (!ok) throw new InvalidOperationException(text);
            return JsonSerializer.Deserialize<Item>(text)!.Name;
        }
        """)]
    [InlineData("""
        async Task<Result> Get(string url)
        {
            var response = await client.GetAsync(url);
            var text = await response.Content.ReadAsStringAsync();
            return new Result(response.IsSuccessStatusCode, text);
        }

        async Task<string> Run()
        {
            var result = await Get("x");
            return result.IsSuccess ? JsonSerializer.Deserialize<Item>(result.Text)!.Name : "";
        }

        internal sealed class Result
        {
            public Result(bool ok, string text) { IsSuccess = ok; Text = text; }

            public bool IsSuccess { get; }

            public string Text { get; }
        }
        """)]
    [InlineData("""
        async Task<bool> TryGet(string url, Action<string> use)
        {
            var response = await client.GetAsync(url);
            if (!response.IsSuccessStatusCode) return false;
            use(await response.Content.ReadAsStringAsync());
            return true;
        }

        async Task Run() => await TryGet("x", text => Console.WriteLine(JsonSerializer.Deserialize<Item>(text)!.Name));
        """)]
    [InlineData("""
        bool TryGet(string url, out string text)
        {
            var response = client.GetAsync(url).Result;
            text = response.IsSuccessStatusCode ? response.Content.ReadAsStringAsync().Result : "";
            return response.IsSuccessStatusCode;
        }

        string Run() => TryGet("x", out var text) ? JsonSerializer.Deserialize<Item>(text)!.Name : "";
        """)]
    [InlineData("""
        Task<string> Run() => client.GetAsync("x").ContinueWith(t =>
            t.Result.IsSuccessStatusCode ? t.Result.Content.ReadAsStringAsync().Result : "");
        """)]
    // a logger of the project's own shows the body to people
    [InlineData("""
        internal interface ILogService { void Information(string message, params object[] items); }

        async Task Run(ILogService log)
        {
            var response = await client.GetAsync("x");
            var content = await response.Content.ReadAsStringAsync();
            log.Information("answered {0}", content);
        }
        """)]
    [InlineData("""
        HttpResponseMessage? last;

        async Task Send(string url) => last = await client.GetAsync(url);

        void Check() => last!.EnsureSuccessStatusCode();

        async Task<string> Run()
        {
            last = await client.GetAsync("x");
            Check();
            return await last.Content.ReadAsStringAsync();
        }
        """)]
    [InlineData("""
        async Task<string> Run()
        {
            var response = (await client.GetAsync("x")).Checked();
            return await response.Content.ReadAsStringAsync();
        }
        """)]
    public Task Status_is_checked(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(members));

    [Theory]
    // the address comes in as an argument
    [InlineData("""
        async Task<T> Get<T>(string url) => JsonSerializer.Deserialize<T>(await client.GetStringAsync(url), Web)!;

        async Task<string> Run()
        {
            var now = await Get<Now>("https://devapi.qweather.com/v7/weather/now?location=1");
            return {|AEH1001:now.now|}.temp;
        }
        """)]
    // the answer's own check is no check at all
    [InlineData("""
        async Task<Now> Get(string url) => JsonSerializer.Deserialize<Now>(await client.GetStringAsync(url), Web)!;

        static bool IsOk(Now now) => now.code != "";

        async Task<string> Run()
        {
            var now = await Get("https://devapi.qweather.com/v7/weather/now?location=1");
            return IsOk(now) ? {|AEH1001:now.now|}.temp : "";
        }
        """)]
    // reported once, inside the helper
    [InlineData("""
        async Task<string> Temperature(string url)
        {
            var now = await client.GetFromJsonAsync<Now>(url);
            return {|AEH1001:now!.now|}.temp;
        }

        Task<string> Run() => Temperature("https://devapi.qweather.com/v7/weather/now?location=1");
        """)]
    [InlineData("""
        const string Host = "https://devapi.qweather.com";

        Task<string> Get(string path) => client.GetStringAsync(Host + path);

        async Task<string> Run()
        {
            var json = JsonDocument.Parse(await Get("/v7/weather/now?location=1")).RootElement;
            return {|AEH1001:json.GetProperty("now")|}.GetProperty("temp").GetString()!;
        }
        """)]
    [InlineData("""
        static string? Field(JsonElement json, string name) => json.GetProperty(name).GetString();

        async Task<string> Run()
        {
            var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=1");
            var json = JsonDocument.Parse(text).RootElement;
            if (Field(json, "code") == "404") return "";
            return {|AEH1001:Field(json, "updateTime")|}!;
        }
        """)]
    public Task Code_is_ignored(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(members));

    [Theory]
    [InlineData("""
        async Task<T> Get<T>(string url) where T : Answer
        {
            var answer = JsonSerializer.Deserialize<T>(await client.GetStringAsync(url), Web)!;
            if (answer.code != "200") throw new InvalidOperationException(answer.code);
            return answer;
        }

        async Task<string> Run() => (await Get<Now>("https://devapi.qweather.com/v7/weather/now?location=1")).now.temp;
        """)]
    [InlineData("""
        async Task<Now> Get(string url) => JsonSerializer.Deserialize<Now>(await client.GetStringAsync(url), Web)!;

        static bool IsOk(Now now) => now.code == "200";

        async Task<string> Run()
        {
            var now = await Get("https://devapi.qweather.com/v7/weather/now?location=1");
            return IsOk(now) ? now.now.temp : "";
        }
        """)]
    [InlineData("""
        static bool IsOk(JsonElement json) => json.TryGetProperty("code", out var code) && code.GetString() == "200";

        async Task<string> Run()
        {
            var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=1");
            var json = JsonDocument.Parse(text).RootElement;
            return IsOk(json) ? json.GetProperty("updateTime").GetString()! : "";
        }
        """)]
    [InlineData("""
        async Task<string> Run()
        {
            var checkedNow = new CheckedNow(await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now"));
            return checkedNow.Temperature;
        }

        internal sealed class CheckedNow
        {
            public CheckedNow(string text)
            {
                var now = JsonSerializer.Deserialize<Now>(text, Web)!;
                if (now.code != "200") throw new InvalidOperationException();
                Temperature = now.now.temp;
            }

            public string Temperature { get; }
        }
        """)]
    [InlineData("""
        async Task<string> Run()
        {
            var now = await client.GetFromJsonAsync<SelfTestingNow>("https://devapi.qweather.com/v7/weather/now");
            if (!now!.IsOk) return "";
            return now.updateTime;
        }

        internal sealed class SelfTestingNow
        {
            public string code { get; set; } = "";
            public string updateTime { get; set; } = "";
            public bool IsOk => code == "200";
        }
        """)]
    public Task Code_is_checked(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(members));

    [Fact]
    public Task A_getter_that_does_not_look_at_the_code_is_no_check() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(
        """
        async Task<string> Run()
        {
            var now = await client.GetFromJsonAsync<SelfTestingNow>("https://devapi.qweather.com/v7/weather/now");
            if (!now!.IsOk) return "";
            return {|AEH1001:now.updateTime|};
        }

        internal sealed class SelfTestingNow
        {
            public string code { get; set; } = "";
            public string updateTime { get; set; } = "";
            public bool IsOk => true;
        }
        """));

    [Theory]
    [InlineData("a => a.code == \"200\"", "now!.now")]
    [InlineData("IsGood", "now!.now")]
    [InlineData("a => {|AEH1001:a.now|}.temp != \"\"", "now!.now")]
    [InlineData("a => true", "{|AEH1001:now!.now|}")]
    public Task A_helper_that_is_given_what_to_look_for(string test, string data) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(
        $$"""
        async Task<string> Run()
        {
            var response = await client.GetAsync("https://devapi.qweather.com/v7/weather/now");
            var now = await Read(response, {{test}});
            return {{data}}.temp;
        }

        static bool IsGood(Now answer) => answer.code == "200";

        static async Task<Now?> Read(HttpResponseMessage response, Func<Now, bool> isGood)
        {
            response.EnsureSuccessStatusCode();
            var now = await response.Content.ReadFromJsonAsync<Now>();
            return isGood(now!) ? now : throw new InvalidOperationException();
        }
        """));

    private static string Program(string members) =>
        $$"""
        using System.Net.Http.Json;
        using System.Text.Json;

        class Answer { public string code { get; set; } = ""; }
        class Now : Answer { public Weather now { get; set; } = new(); }
        class Weather { public string temp { get; set; } = ""; }
        class Item { public string Name { get; set; } = ""; }

        static class Extensions
        {
            public static HttpResponseMessage Checked(this HttpResponseMessage response) => response.IsSuccessStatusCode
                ? response
                : throw new InvalidOperationException();
        }

        class Program
        {
            static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
            readonly HttpClient client = new();

            {{members.ReplaceLineEndings("\n    ")}}
        }
        """;
}
