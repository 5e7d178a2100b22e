using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>
/// What a called method tells its caller by other means than what it returns: the right code is left alone, the wrong
/// code that looks like it is reported.
/// </summary>
public class AcrossMethodsTests
{
    // Lacks Parse.
    private const string TextOfFailure = """
        class Failure { public string error { get; set; } }

        async Task<string> Text(string url)
        {
            using var response = await client.GetAsync(url);
            return await response.Content.ReadAsStringAsync();
        }

        static T Read<T>(string json)
        {
            var failure = Parse(json);
            if (!string.IsNullOrEmpty(failure.error)) throw new InvalidOperationException(failure.error);
            return JsonSerializer.Deserialize<T>(json);
        }

        async Task<string> Run() => Read<Item>(await Text("x")).Name;

        """;

    [Theory]
    // a handler reads the problem of a failure and the data of a success
    [InlineData("""
        static async Task<string> NameOf(HttpResponseMessage response)
        {
            if (!response.IsSuccessStatusCode)
            {
                var problem = await response.Content.ReadFromJsonAsync<Problem>();
                throw new InvalidOperationException(problem.Title);
            }

            return (await response.Content.ReadFromJsonAsync<Item>()).Name;
        }

        async Task<string> Run()
        {
            using var response = await client.GetAsync("x");
            return await NameOf(response);
        }
        """)]
    // what comes after a throw was not done
    [InlineData("""
        Item item;

        async Task Load()
        {
            using var response = await client.GetAsync("x");
            response.EnsureSuccessStatusCode();
            item = await response.Content.ReadFromJsonAsync<Item>();
        }

        async Task<string> Run()
        {
            try { await Load(); } catch (HttpRequestException) { }
            return item?.Name;
        }
        """)]
    [InlineData("""
        bool isLoaded;
        string json = "";

        async Task Load()
        {
            isLoaded = false;
            var response = await client.GetAsync("x");
            json = await response.Content.ReadAsStringAsync();
            response.EnsureSuccessStatusCode();
            isLoaded = true;
        }

        async Task<string> Run()
        {
            try { await Load(); } catch (HttpRequestException) { }
            return isLoaded ? JsonSerializer.Deserialize<Item>(json).Name : null;
        }
        """)]
    // a list of errors, a flag of a result
    [InlineData("""
        async Task<string> Run()
        {
            var errors = new List<string>();
            var response = await client.GetAsync("x");
            if (!response.IsSuccessStatusCode) errors.Add("failed");
            if (errors.Count > 0) return null;
            return (await response.Content.ReadFromJsonAsync<Item>()).Name;
        }
        """)]
    [InlineData("""
        async Task<string> Get(string url, List<string> errors)
        {
            var response = await client.GetAsync(url);
            if (!response.IsSuccessStatusCode) errors.Add(url);
            return await response.Content.ReadAsStringAsync();
        }

        async Task<string> Run()
        {
            var errors = new List<string>();
            var json = await Get("x", errors);
            if (errors.Any()) return null;
            return JsonSerializer.Deserialize<Item>(json).Name;
        }
        """)]
    [InlineData("""
        class Progress { public bool HasFailed { get; set; } }

        async Task<string> Run(Progress progress)
        {
            var response = await client.GetAsync("x");
            if (!response.IsSuccessStatusCode) progress.HasFailed = true;
            if (progress.HasFailed) return null;
            return (await response.Content.ReadFromJsonAsync<Item>()).Name;
        }
        """)]
    [InlineData("""
        static bool isOffline;

        static class Net { public static async Task<string> Get(HttpClient http)
        {
            var response = await http.GetAsync("x");
            isOffline = !response.IsSuccessStatusCode;
            return await response.Content.ReadAsStringAsync();
        } }

        async Task<string> Run()
        {
            var json = await Net.Get(client);
            return isOffline ? null : JsonSerializer.Deserialize<Item>(json).Name;
        }
        """)]
    [InlineData("""
        static void Check(HttpResponseMessage response, System.Text.StringBuilder errors)
        {
            if (!response.IsSuccessStatusCode) errors.AppendLine("failed");
        }

        async Task<string> Run()
        {
            var errors = new System.Text.StringBuilder();
            var response = await client.GetAsync("x");
            Check(response, errors);
            if (errors.Length > 0) throw new InvalidOperationException(errors.ToString());
            return await response.Content.ReadAsStringAsync();
        }
        """)]
    // out parameters of an interface
    [InlineData("""
        interface ILoader { string Load(string url, out bool isGood); }

        class Loader : ILoader
        {
            readonly HttpClient own = new();

            public string Load(string url, out bool isGood)
            {
                var response = own.GetAsync(url).Result;
                isGood = response.IsSuccessStatusCode;
                return response.Content.ReadAsStringAsync().Result;
            }
        }

        string Run(ILoader loader)
        {
            var json = loader.Load("x", out var isGood);
            return isGood ? JsonSerializer.Deserialize<Item>(json).Name : null;
        }
        """)]
    // a hook of the base class that an heir fills with the check
    [InlineData("""
        class Base
        {
            readonly HttpClient own = new();
            protected virtual void Arrived(HttpResponseMessage response) { }
            protected async Task<Item> Get(string url)
            {
                var response = await own.GetAsync(url);
                Arrived(response);
                return await response.Content.ReadFromJsonAsync<Item>();
            }
        }

        class Strict : Base
        {
            protected override void Arrived(HttpResponseMessage response) => response.EnsureSuccessStatusCode();
            async Task<string> Run() => (await Get("x")).Name;
        }
        """)]
    // conversions and operators that check
    [InlineData("""
        class Reply
        {
            HttpResponseMessage response;
            public Reply(HttpResponseMessage response) => this.response = response;
            public HttpContent Content => response.Content;
            public static implicit operator bool(Reply reply) => reply.response.IsSuccessStatusCode;
        }

        async Task<string> Run()
        {
            var reply = new Reply(await client.GetAsync("x"));
            if (!reply) return null;
            return (await reply.Content.ReadFromJsonAsync<Item>()).Name;
        }
        """)]
    // tasks that have failed, and several at once
    [InlineData("""
        static Task Check(HttpResponseMessage response) => response.IsSuccessStatusCode
            ? Task.CompletedTask
            : Task.FromException(new InvalidOperationException());

        async Task<string> Run()
        {
            var response = await client.GetAsync("x");
            await Check(response);
            return await response.Content.ReadAsStringAsync();
        }

        async Task<string> Both()
        {
            var one = await client.GetAsync("x");
            var two = await client.GetAsync("y");
            await Task.WhenAll(Check(one), Check(two));
            return await one.Content.ReadAsStringAsync() + await two.Content.ReadAsStringAsync();
        }
        """)]
    [InlineData("""
        async Task<string> Run()
        {
            var responses = await Task.WhenAll(client.GetAsync("x"), client.GetAsync("y"));
            if (!responses[0].IsSuccessStatusCode) return null;
            return await responses[0].Content.ReadAsStringAsync();
        }
        """)]
    // the caller looks at the word for failure in the text that it gets
    [InlineData(TextOfFailure + "static Failure Parse(string json) => JsonSerializer.Deserialize<Failure>(json);")]
    [InlineData(TextOfFailure + "static Failure Parse(string json) => (Failure)JsonSerializer.Deserialize(json, typeof(Failure));")]
    public Task Status_is_checked(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(members));

    [Theory]
    [InlineData("""
        static async Task<string> NameOf(HttpResponseMessage response)
        {
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                var problem = await response.Content.ReadFromJsonAsync<Problem>();
                throw new InvalidOperationException(problem.Title);
            }

            return (await response.Content.ReadFromJsonAsync<Item>()).Name;
        }

        async Task<string> Run()
        {
            using var response = await client.GetAsync("x");
            return await {|AEH1002:NameOf(response)|};
        }
        """)]
    [InlineData("""
        Item item;

        async Task Load()
        {
            using var response = await client.GetAsync("x");
            item = await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|};
        }

        async Task<string> Run()
        {
            try { await Load(); } catch (HttpRequestException) { }
            return item?.Name;
        }
        """)]
    [InlineData("""
        async Task<string> Run()
        {
            var errors = new List<string>();
            var response = await client.GetAsync("x");
            if (!response.IsSuccessStatusCode) errors.Add("failed");
            return (await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|}).Name;
        }
        """)]
    [InlineData("""
        class Progress { public bool HasFailed { get; set; } }

        async Task<string> Run(Progress progress)
        {
            var response = await client.GetAsync("x");
            progress.HasFailed = false;
            if (progress.HasFailed) return null;
            return (await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|}).Name;
        }
        """)]
    [InlineData("""
        interface ILoader { string Load(string url, out bool isGood); }

        class Loader : ILoader
        {
            readonly HttpClient own = new();

            public string Load(string url, out bool isGood)
            {
                var response = own.GetAsync(url).Result;
                isGood = true;
                return {|AEH1002:response.Content.ReadAsStringAsync()|}.Result;
            }
        }

        string Run(ILoader loader)
        {
            var json = loader.Load("x", out var isGood);
            return isGood ? JsonSerializer.Deserialize<Item>(json).Name : null;
        }
        """)]
    [InlineData("""
        class Base
        {
            readonly HttpClient own = new();
            protected virtual void Arrived(HttpResponseMessage response) { }
            protected async Task<Item> Get(string url)
            {
                var response = await own.GetAsync(url);
                Arrived(response);
                return await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|};
            }
        }

        class Lax : Base
        {
            protected override void Arrived(HttpResponseMessage response) => Console.WriteLine("arrived");
            async Task<string> Run() => (await Get("x")).Name;
        }
        """)]
    [InlineData("""
        static async Task Look(HttpResponseMessage response)
        {
            await Task.Yield();
            Console.WriteLine(response.StatusCode);
        }

        async Task<string> Run()
        {
            var response = await client.GetAsync("x");
            await Task.WhenAll(Look(response), Task.Delay(1));
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }
        """)]
    [InlineData("""
        async Task<string> Run()
        {
            var responses = await Task.WhenAll(client.GetAsync("x"), client.GetAsync("y"));
            if (!responses[0].IsSuccessStatusCode) return null;
            return await {|AEH1002:responses[1].Content.ReadAsStringAsync()|};
        }
        """)]
    // one of two callers looks at the word for failure
    [InlineData("""
        class Failure { public string error { get; set; } }

        async Task<string> Text(string url)
        {
            using var response = await client.GetAsync(url);
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }

        async Task<bool> Looks() => JsonSerializer.Deserialize<Failure>(await Text("x")).error == null;

        async Task<string> Uses() => JsonSerializer.Deserialize<Item>(await Text("x")).Name;
        """)]
    // the equality of a record
    [InlineData("""
        record Page { public List<string> Names { get; init; } }

        async Task<List<string>> Run()
        {
            var response = await client.GetAsync("x");
            var page = JsonSerializer.Deserialize<Page>(await {|AEH1002:response.Content.ReadAsStringAsync()|});
            if (page == null)
            {
                return null;
            }

            var names = new List<string>();
            foreach (var name in page.Names) names.Add(name);
            return names;
        }
        """)]
    public Task Status_is_ignored(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(members));

    [Theory]
    // an answer that is asked through an interface or base class
    [InlineData("""
        interface IAnswer { bool IsGood { get; } }
        class Now : IAnswer
        {
            public string code { get; set; }
            public Weather now { get; set; }
            bool IAnswer.IsGood => code == "200";
        }

        static T Good<T>(T answer) where T : class, IAnswer => answer is { IsGood: true } ? answer : throw new Exception();

        async Task<string> Run() => Good(await client.GetFromJsonAsync<Now>(Url)).now.temp;
        """)]
    [InlineData("""
        abstract class Answer { public string code { get; set; } public abstract bool IsGood { get; } }
        class Now : Answer { public Weather now { get; set; } public override bool IsGood => code == "200"; }

        static bool Accept(Answer answer) => answer.IsGood;

        async Task<string> Run()
        {
            var answer = await client.GetFromJsonAsync<Now>(Url);
            return Accept(answer) ? answer.now.temp : null;
        }
        """)]
    // data laid beside its code
    [InlineData("""
        class Now { public string code { get; set; } public Weather now { get; set; } }
        record Row(string Code, string Temp);

        async Task<string> Run()
        {
            var answer = await client.GetFromJsonAsync<Now>(Url);
            var row = new Row(answer?.code, answer?.now?.temp);
            return row.Code == "200" ? row.Temp : null;
        }
        """)]
    // the address is built by a method
    [InlineData("""
        class Now { public string code { get; set; } public Weather now { get; set; } }

        static string UrlOf(string path) => $"https://devapi.qweather.com/v7/{path}?key=1";

        async Task<string> Get(string url) => await (await client.GetAsync(url)).Content.ReadAsStringAsync();

        async Task<string> Run()
        {
            var answer = JsonSerializer.Deserialize<Now>(await Get(UrlOf("weather/now")));
            return answer.code == "200" ? answer.now.temp : null;
        }
        """)]
    public Task Code_is_checked(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(members));

    [Theory]
    [InlineData("""
        interface IAnswer { string code { get; } }
        class Now : IAnswer { public string code { get; set; } public Weather now { get; set; } }

        static T Good<T>(T answer) where T : class, IAnswer => answer is { code: not "404" } ? answer : throw new Exception();

        async Task<string> Run() => {|AEH1001:Good(await client.GetFromJsonAsync<Now>(Url)).now|}.temp;
        """)]
    [InlineData("""
        class Now { public string code { get; set; } public Weather now { get; set; } }
        record Row(string Code, string Temp);

        async Task<string> Run()
        {
            var answer = await client.GetFromJsonAsync<Now>(Url);
            var row = new Row(answer?.code, answer?{|AEH1001:.now|}?.temp);
            return row.Temp;
        }
        """)]
    [InlineData("""
        class Now { public string code { get; set; } public Weather now { get; set; } }

        static string UrlOf(string path) { return "https://devapi.qweather.com/v7/" + path; }

        async Task<string> Run()
        {
            var answer = await client.GetFromJsonAsync<Now>(UrlOf("weather/now"));
            return {|AEH1001:answer.now|}.temp;
        }
        """)]
    public Task Code_is_ignored(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(members));

    [Fact]
    public Task Types_behind_top_level_statements_are_followed() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        """
        using System.Net.Http.Json;

        Console.WriteLine(await Name("x"));

        static async Task<string> Name(string path)
        {
            using var client = new HttpClient();
            var response = await Api.SendAsync(client, path);
            return (await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|}).Name;
        }

        class Item { public string Name { get; set; } }

        static class Api
        {
            public static Task<HttpResponseMessage> SendAsync(HttpClient client, string path) => client.GetAsync(path);
        }
        """,
        new Setup { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

#if !ROSLYN_OLDEST
    [Fact]
    public Task A_parameter_of_a_primary_constructor_is_a_member() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(
        """
        class Scope(HttpResponseMessage response)
        {
            public bool HasFailed => !response.IsSuccessStatusCode;
            public Task<Item> Read() => response.Content.ReadFromJsonAsync<Item>();
        }

        async Task<string> Run()
        {
            var scope = new Scope(await client.GetAsync("x"));
            if (scope.HasFailed) return null;
            return (await scope.Read()).Name;
        }

        async Task<string> Wrong()
        {
            var scope = new Scope(await client.GetAsync("x"));
            return (await {|AEH1002:scope.Read()|}).Name;
        }
        """));
#endif

    private static string Program(string members) => $$"""
        using System.Net.Http.Json;
        using System.Text.Json;

        class Item { public string Name { get; set; } }
        class Problem { public string Title { get; set; } }
        class Weather { public string temp { get; set; } }

        class Program
        {
            const string Url = "https://devapi.qweather.com/v7/weather/now?location=1";
            readonly HttpClient client = new();

            {{members.ReplaceLineEndings("\n    ")}}
        }
        """;
}
