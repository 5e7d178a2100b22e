using ApiErrorHandling.Analyzers.CodeFixes;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes;

/// <summary>The fix of AEH1010 in every way an outcome can be dropped.</summary>
public class OutcomeDroppedFixerTests
{
    private const string Codes = "https://cvm.api.qcloud.com/v2/index.php";

    [Fact]
    public Task Keeps_the_response_and_ensures_success() => CheckBody(
        """
                // take it away
                await {|AEH1010:client.DeleteAsync(url)|}; // for good
                Console.WriteLine("gone");
        """,
        """
                // take it away
                using var response = await client.DeleteAsync(url); // for good
                response.EnsureSuccessStatusCode();
                Console.WriteLine("gone");
        """);

    [Fact]
    public Task Keeps_what_else_the_call_has() => CheckBody(
        """
                await {|AEH1010:client.PostAsync(
                    url,
                    null)|}.ConfigureAwait(false);
        """,
        """
                using var response = await client.PostAsync(
                    url,
                    null).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
        """);

    [Fact]
    public Task Numbers_the_names_of_several_responses() => CheckBody(
        """
                var response = "";
                await {|AEH1010:client.DeleteAsync(url)|};

                await {|AEH1010:client.DeleteAsync(url + response)|};
        """,
        """
                var response = "";
                using var response2 = await client.DeleteAsync(url);
                response2.EnsureSuccessStatusCode();

                using var response3 = await client.DeleteAsync(url + response);
                response3.EnsureSuccessStatusCode();
        """);

    [Fact]
    public Task Checks_a_response_that_has_a_name() => CheckBody(
        """
                var first = await {|AEH1010:client.DeleteAsync(url)|};
                using var second = await {|AEH1010:client.DeleteAsync(url)|};
                HttpResponseMessage third;
                third = await {|AEH1010:client.DeleteAsync(url)|};
                third.Dispose();
        """,
        """
                var first = await client.DeleteAsync(url);
                first.EnsureSuccessStatusCode();
                using var second = await client.DeleteAsync(url);
                second.EnsureSuccessStatusCode();
                HttpResponseMessage third;
                third = await client.DeleteAsync(url);
                third.EnsureSuccessStatusCode();
                third.Dispose();
        """);

    [Fact]
    public Task Lets_the_log_speak_first() => CheckBody(
        """
                using var response = await {|AEH1010:client.DeleteAsync(url)|};
                Console.WriteLine($"{(int)response.StatusCode} {response.ReasonPhrase}");
                Console.WriteLine("gone");
                using (var put = await {|AEH1010:client.PutAsync(url, null)|})
                {
                    Console.WriteLine(put.StatusCode);
                }
        """,
        """
                using var response = await client.DeleteAsync(url);
                Console.WriteLine($"{(int)response.StatusCode} {response.ReasonPhrase}");
                response.EnsureSuccessStatusCode();
                Console.WriteLine("gone");
                using (var put = await client.PutAsync(url, null))
                {
                    Console.WriteLine(put.StatusCode);
                    put.EnsureSuccessStatusCode();
                }
        """);

    [Fact]
    public Task Goes_into_a_using_statement() => CheckBody(
        """
                using (var response = await {|AEH1010:client.DeleteAsync(url)|})
                {
                    Console.WriteLine("gone");
                }

                using (await {|AEH1010:client.DeleteAsync(url)|})
                {
                }

                using (await {|AEH1010:client.DeleteAsync(url)|}) { }
        """,
        """
                using (var response = await client.DeleteAsync(url))
                {
                    response.EnsureSuccessStatusCode();
                    Console.WriteLine("gone");
                }

                using (var response2 = await client.DeleteAsync(url))
                {
                    response2.EnsureSuccessStatusCode();
                }

                using (var response3 = await client.DeleteAsync(url))
                {
                    response3.EnsureSuccessStatusCode();
                }
        """);

    [Fact]
    public Task Blocks_as_before() => CheckBody(
        """
                await Task.Yield();
                {|AEH1010:client.PostAsync(url, null)|}.Wait();
                {|AEH1010:client.PostAsync(url, null)|}.GetAwaiter().GetResult();
                var put = {|AEH1010:client.PutAsync(url, null)|}.Result;
        """,
        """
                await Task.Yield();
                using var response = client.PostAsync(url, null).Result;
                response.EnsureSuccessStatusCode();
                using var response2 = client.PostAsync(url, null).GetAwaiter().GetResult();
                response2.EnsureSuccessStatusCode();
                var put = client.PutAsync(url, null).Result;
                put.EnsureSuccessStatusCode();
        """);

    [Fact]
    public Task Disposes_at_the_end_of_the_block() => CheckBody(
        """
                {|AEH1010:client.Send(new HttpRequestMessage(HttpMethod.Delete, url))|}.Dispose();
                (await {|AEH1010:client.DeleteAsync(url)|}).Dispose();
        """,
        """
                using var response = client.Send(new HttpRequestMessage(HttpMethod.Delete, url));
                response.EnsureSuccessStatusCode();
                using var response2 = await client.DeleteAsync(url);
                response2.EnsureSuccessStatusCode();
        """);

    [Fact]
    public Task Finds_where_a_task_is_waited_for() => CheckBody(
        """
                var task = {|AEH1010:client.DeleteAsync(url)|};
                Console.WriteLine("going");
                await task;
        """,
        """
                var task = client.DeleteAsync(url);
                Console.WriteLine("going");
                using var response = await task;
                response.EnsureSuccessStatusCode();
        """);

    [Fact]
    public Task Gives_braces_to_a_statement_that_stands_alone() => CheckBody(
        """
                foreach (var one in new[] { url })
                    await {|AEH1010:client.DeleteAsync(one)|};
        """,
        """
                foreach (var one in new[] { url })
                {
                    using var response = await client.DeleteAsync(one);
                    response.EnsureSuccessStatusCode();
                }
        """);

    [Fact]
    public Task Gives_braces_to_both_branches() => CheckBody(
        """
                if (url.Length > 9)
                    await {|AEH1010:client.DeleteAsync(url)|};
                else
                    await {|AEH1010:client.PutAsync(url, null)|};
        """,
        """
                if (url.Length > 9)
                {
                    using var response = await client.DeleteAsync(url);
                    response.EnsureSuccessStatusCode();
                }
                else
                {
                    using var response2 = await client.PutAsync(url, null);
                    response2.EnsureSuccessStatusCode();
                }
        """);

    [Fact]
    public Task Stays_on_a_line_that_holds_more() => CheckBody(
        """
                try { await {|AEH1010:client.DeleteAsync(url)|}; } catch (HttpRequestException e) { Console.WriteLine(e.Message); }
        """,
        """
                try { using var response = await client.DeleteAsync(url); response.EnsureSuccessStatusCode(); } catch (HttpRequestException e) { Console.WriteLine(e.Message); }
        """);

    [Fact]
    public Task No_using_declaration_right_under_a_case() => CheckBody(
        """
                switch (url.Length)
                {
                    case 1:
                        await {|AEH1010:client.DeleteAsync(url)|};
                        break;
                }
        """,
        """
                switch (url.Length)
                {
                    case 1:
                        var response = await client.DeleteAsync(url);
                        response.EnsureSuccessStatusCode();
                        break;
                }
        """);

    [Fact]
    public Task Expands_a_lambda() => CheckBody(
        """
                await Task.Yield();
                click += async (s, e) => await {|AEH1010:client.PostAsync(url, null)|};
                new List<string>().ForEach(async one =>
                    await {|AEH1010:client.DeleteAsync(one)|});
                Action run = () => {|AEH1010:client.PostAsync(url, null)|}.Wait();
        """,
        """
                await Task.Yield();
                click += async (s, e) =>
                {
                    using var response = await client.PostAsync(url, null);
                    response.EnsureSuccessStatusCode();
                };
                new List<string>().ForEach(async one =>
                {
                    using var response2 = await client.DeleteAsync(one);
                    response2.EnsureSuccessStatusCode();
                });
                Action run = () =>
                {
                    using var response3 = client.PostAsync(url, null).Result;
                    response3.EnsureSuccessStatusCode();
                };
        """);

    [Fact]
    public Task Expands_an_expression_body() => CheckMembers(
        """
            async Task Delete(string url) => await {|AEH1010:client.DeleteAsync(url)|};

            void Post(string url) =>
                {|AEH1010:client.PostAsync(url, null)|}.Wait();
        """,
        """
            async Task Delete(string url)
            {
                using var response = await client.DeleteAsync(url);
                response.EnsureSuccessStatusCode();
            }

            void Post(string url)
            {
                using var response = client.PostAsync(url, null).Result;
                response.EnsureSuccessStatusCode();
            }
        """);

    [Fact]
    public Task Follows_the_failure_convention_of_the_method() => CheckMembers(
        """
            async Task<bool> Replace(string url) {
                var first = await client.DeleteAsync(url);
                if (!first.IsSuccessStatusCode) {
                    return false;
                }

                await {|AEH1010:client.PutAsync(url, null)|};
                return true;
            }
        """,
        """
            async Task<bool> Replace(string url) {
                var first = await client.DeleteAsync(url);
                if (!first.IsSuccessStatusCode) {
                    return false;
                }

                using var response = await client.PutAsync(url, null);
                if (!response.IsSuccessStatusCode) {
                    return false;
                }

                return true;
            }
        """);

    [Theory]
    [InlineData("return", "if (!response.IsSuccessStatusCode)\n        {\n            return false;\n        }\n")]
    [InlineData("throw", "response.EnsureSuccessStatusCode();")]
    public Task Obeys_the_option(string option, string check) => CheckMembers(
        """
            async Task<bool> Delete(string url)
            {
                await {|AEH1010:client.DeleteAsync(url)|};
                return true;
            }
        """,
        $$"""
            async Task<bool> Delete(string url)
            {
                using var response = await client.DeleteAsync(url);
                {{check}}
                return true;
            }
        """,
        new Setup { EditorConfig = "[*.cs]\napi_error_handling.fix_failure = " + option + "\n" });

    [Fact]
    public Task What_helpers_give_back_is_checked_where_they_are_called() => CheckMembers(
        """
            async Task Run(string url)
            {
                await {|AEH1010:Send(url)|};
            }

            Task<HttpResponseMessage> Send(string url) => client.DeleteAsync(url);
        """,
        """
            async Task Run(string url)
            {
                using var response = await Send(url);
                response.EnsureSuccessStatusCode();
            }

            Task<HttpResponseMessage> Send(string url) => client.DeleteAsync(url);
        """);

    [Fact]
    public Task Compares_the_code_of_an_answer() => CheckMembers(
        """
            async Task Run()
            {
                await {|AEH1010:Terminate()|};
                var answer = await {|AEH1010:client.GetFromJsonAsync<Answer>("URL")|};
            }

            async Task<Answer?> Terminate() => await client.GetFromJsonAsync<Answer>("URL");
        """,
        """
            async Task Run()
            {
                var answer2 = await Terminate();
                if (answer2?.Code != 0)
                {
                    throw new HttpRequestException($"Tencent Cloud answered with code {answer2?.Code}.");
                }

                var answer = await client.GetFromJsonAsync<Answer>("URL");
                if (answer?.Code != 0)
                {
                    throw new HttpRequestException($"Tencent Cloud answered with code {answer?.Code}.");
                }
            }

            async Task<Answer?> Terminate() => await client.GetFromJsonAsync<Answer>("URL");
        """);

    [Fact]
    public Task Compares_the_code_of_a_document() => CheckMembers(
        """
            async Task Run()
            {
                await {|AEH1010:Terminate()|};
            }

            async Task<System.Text.Json.JsonDocument> Terminate() => (await client.GetFromJsonAsync<System.Text.Json.JsonDocument>("URL"))!;
        """,
        """
            async Task Run()
            {
                using var answer = await Terminate();
                if (answer.RootElement.GetProperty("code").ToString() != "0")
                {
                    throw new HttpRequestException($"Tencent Cloud answered with code {answer.RootElement.GetProperty("code").ToString()}.");
                }
            }

            async Task<System.Text.Json.JsonDocument> Terminate() => (await client.GetFromJsonAsync<System.Text.Json.JsonDocument>("URL"))!;
        """);

    [Theory]
    [InlineData("await {|AEH1010:client.PostAsync(\"" + Codes + "\", null)|};")]
    [InlineData("try { url.ToString(); } finally { await {|AEH1010:client.DeleteAsync(url)|}; }")]
    [InlineData("try { await client.GetStringAsync(url); } catch { await {|AEH1010:client.DeleteAsync(url)|}; throw; }")]
    [InlineData("using (await {|AEH1010:client.DeleteAsync(url)|}) using (Stream.Null) { url.ToString(); }")]
    public Task No_fix_where_it_would_do_harm(string body) =>
        Verify.NoCodeFix<ApiErrorHandlingAnalyzer, OutcomeDroppedFixer>(Members(Method(body)));

    [Fact]
    public Task No_fix_where_an_object_is_disposed_of() => Verify.NoCodeFix<ApiErrorHandlingAnalyzer, OutcomeDroppedFixer>(Members(
        """
            public async ValueTask DisposeAsync()
            {
                await {|AEH1010:client.DeleteAsync("session")|};
            }
        """));

    [Fact]
    public Task No_fix_where_the_response_may_be_missing() => Verify.NoCodeFix<ApiErrorHandlingAnalyzer, OutcomeDroppedFixer>(Members(
        """
            async Task Run(string url)
            {
                await {|AEH1010:Send(url)|};
            }

            async Task<HttpResponseMessage?> Send(string url) => await client.DeleteAsync(url);
        """));

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp8)]
    public Task Declares_in_the_words_of_the_language(LanguageVersion version)
    {
        var declared = version < LanguageVersion.CSharp8 ? "var" : "using var";
        var setup = new Setup { LanguageVersion = version, Framework = Framework.NetStandard20 };
        return Verify.CodeFix<ApiErrorHandlingAnalyzer, OutcomeDroppedFixer>(Old("await {|AEH1010:client.DeleteAsync(url)|};"), Old(
            $"{declared} response = await client.DeleteAsync(url);\n        response.EnsureSuccessStatusCode();"), setup);

        static string Old(string body) => $$"""
            using System.Net.Http;
            using System.Threading.Tasks;

            class Program
            {
                async Task Run(HttpClient client, string url)
                {
                    {{body}}
                }
            }
            """.ReplaceLineEndings("\n");
    }

    [Fact]
    public Task No_fix_that_would_leave_a_response_open() => Verify.NoCodeFix<ApiErrorHandlingAnalyzer, OutcomeDroppedFixer>(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        class Program
        {
            async Task Run(HttpClient client, string url)
            {
                (await {|AEH1010:client.DeleteAsync(url)|}).Dispose();
            }
        }
        """,
        new Setup { LanguageVersion = LanguageVersion.CSharp7_3, Framework = Framework.NetStandard20 });

    [Fact]
    public Task Keeps_the_line_ends_of_the_file() => Verify.CodeFix<ApiErrorHandlingAnalyzer, OutcomeDroppedFixer>(
        "class C\r\n{\r\n    async Task M(HttpClient c)\r\n    {\r\n        await {|AEH1010:c.DeleteAsync(\"x\")|};\r\n    }\r\n}\r\n",
        "class C\r\n{\r\n    async Task M(HttpClient c)\r\n    {\r\n        using var response = await c.DeleteAsync(\"x\");\r\n"
            + "        response.EnsureSuccessStatusCode();\r\n    }\r\n}\r\n");

    [Fact]
    public Task Works_in_top_level_statements() => Verify.CodeFix<ApiErrorHandlingAnalyzer, OutcomeDroppedFixer>(
        """
        var client = new HttpClient();
        await {|AEH1010:client.DeleteAsync(args[0])|};
        await {|AEH1010:client.DeleteAsync(args[1])|};
        """,
        """
        var client = new HttpClient();
        using var response = await client.DeleteAsync(args[0]);
        response.EnsureSuccessStatusCode();
        using var response2 = await client.DeleteAsync(args[1]);
        response2.EnsureSuccessStatusCode();
        """,
        new Setup { OutputKind = OutputKind.ConsoleApplication });

    [Fact]
    public Task Fixes_all_documents() => CheckMembers(
        """
            async Task Delete(string url)
            {
                await {|AEH1010:client.DeleteAsync(url)|};
            }
        """,
        """
            async Task Delete(string url)
            {
                using var response = await client.DeleteAsync(url);
                response.EnsureSuccessStatusCode();
            }
        """,
        new Setup
        {
            MoreSources = [("/0/Other.cs", "class Other { async Task M(HttpClient c) { await {|AEH1010:c.DeleteAsync(\"x\")|}; } }")],
            MoreFixedSources = [("/0/Other.cs", "class Other { async Task M(HttpClient c) { using var response = await c.DeleteAsync(\"x\"); response.EnsureSuccessStatusCode(); } }")],
        });

    private static Task CheckBody(string before, string after) => CheckMembers(Method(before), Method(after));

    private static Task CheckMembers(string before, string after, Setup? setup = null) =>
        Verify.CodeFix<ApiErrorHandlingAnalyzer, OutcomeDroppedFixer>(Members(before), Members(after), setup ?? new Setup());

    private static string Method(string body) => $$"""
            async Task Run(string url)
            {
        {{body.ReplaceLineEndings("\n")}}
            }
        """;

    private static string Members(string members) => $$"""
        using System.Net.Http.Json;

        class Program
        {
            readonly HttpClient client = new();
            event EventHandler? click;

        {{members.ReplaceLineEndings("\n").Replace("URL", Codes)}}
        }

        class Answer { public int Code { get; set; } }
        """;
}
