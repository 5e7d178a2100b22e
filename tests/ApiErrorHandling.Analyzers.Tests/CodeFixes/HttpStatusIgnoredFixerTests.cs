using ApiErrorHandling.Analyzers.CodeFixes;
using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes;

/// <summary>The fix of AEH1002, in every position that a read of a body can have.</summary>
public class HttpStatusIgnoredFixerTests
{
    [Fact]
    public Task Ensures_success_before_the_statement_that_reads() => Check(
        """
            async Task<string> Run(HttpClient client, string url)
            {
                // the answer
                using var response = await client.GetAsync(url); // may fail
                var text = await {|AEH1002:response.Content.ReadAsStringAsync()|}; // read
                return text;
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url)
            {
                // the answer
                using var response = await client.GetAsync(url); // may fail
                response.EnsureSuccessStatusCode();
                var text = await response.Content.ReadAsStringAsync(); // read
                return text;
            }
        """);

    [Fact]
    public Task Keeps_comments_above_the_reading_statement_with_it() => Check(
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);

                // read it all
                return await {|AEH1002:response.Content.ReadAsStringAsync()|};
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);

                // read it all
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStringAsync();
            }
        """);

    [Fact]
    public Task Goes_into_the_expression_where_the_response_has_no_name() => Check(
        """
            async Task<string> Run(HttpClient client, string url) =>
                await {|AEH1002:(await client.GetAsync(url)).Content.ReadAsStringAsync()|};

            string Block(HttpClient client, string url) =>
                {|AEH1002:client.GetAsync(url).Result.Content.ReadAsStringAsync()|}.Result;
        """,
        """
            async Task<string> Run(HttpClient client, string url) =>
                await (await client.GetAsync(url)).EnsureSuccessStatusCode().Content.ReadAsStringAsync();

            string Block(HttpClient client, string url) =>
                client.GetAsync(url).Result.EnsureSuccessStatusCode().Content.ReadAsStringAsync().Result;
        """);

    [Fact]
    public Task Goes_into_the_expression_where_the_read_is_conditional() => Check(
        """
            async Task<string> Run(HttpClient client, string url, bool read)
            {
                var response = await client.GetAsync(url);
                return read ? await {|AEH1002:response.Content.ReadAsStringAsync()|} : "";
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url, bool read)
            {
                var response = await client.GetAsync(url);
                return read ? await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync() : "";
            }
        """);

    [Fact]
    public Task Follows_the_failure_convention_of_the_method() => Check(
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var first = await client.GetAsync(url);
                if (!first.IsSuccessStatusCode)
                {
                    return null;
                }

                var second = await client.GetAsync(await first.Content.ReadAsStringAsync());
                return await {|AEH1002:second.Content.ReadAsStringAsync()|};
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var first = await client.GetAsync(url);
                if (!first.IsSuccessStatusCode)
                {
                    return null;
                }

                var second = await client.GetAsync(await first.Content.ReadAsStringAsync());
                if (!second.IsSuccessStatusCode)
                {
                    return null;
                }

                return await second.Content.ReadAsStringAsync();
            }
        """);

    [Fact]
    public Task Throws_where_a_handler_around_it_has_the_convention() => Check(
        """
            async Task<string> Run(HttpClient client, string url)
            {
                try
                {
                    var response = await client.GetAsync(url);
                    return await {|AEH1002:response.Content.ReadAsStringAsync()|};
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url)
            {
                try
                {
                    var response = await client.GetAsync(url);
                    response.EnsureSuccessStatusCode();
                    return await response.Content.ReadAsStringAsync();
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            }
        """);

    [Fact]
    public Task Takes_the_brace_style_and_indentation_of_the_file() => Check(
        """
            async Task<string> Run(HttpClient client, string url) {
            	var first = await client.GetAsync(url);
            	if (first.StatusCode != HttpStatusCode.OK) {
            		return "";
            	}
            	var second = await client.GetAsync(url);
            	return await {|AEH1002:second.Content.ReadAsStringAsync()|};
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url) {
            	var first = await client.GetAsync(url);
            	if (first.StatusCode != HttpStatusCode.OK) {
            		return "";
            	}
            	var second = await client.GetAsync(url);
            	if (!second.IsSuccessStatusCode) {
            		return "";
            	}

            	return await second.Content.ReadAsStringAsync();
            }
        """);

    [Fact]
    public Task Gives_braces_to_a_statement_that_stands_alone() => Check(
        """
            async Task Run(HttpClient client, string url, bool read)
            {
                var response = await client.GetAsync(url);
                if (read)
                    File.WriteAllText("x", await {|AEH1002:response.Content.ReadAsStringAsync()|});
            }
        """,
        """
            async Task Run(HttpClient client, string url, bool read)
            {
                var response = await client.GetAsync(url);
                if (read)
                {
                    response.EnsureSuccessStatusCode();
                    File.WriteAllText("x", await response.Content.ReadAsStringAsync());
                }
            }
        """);

    [Fact]
    public Task Leaves_the_statuses_alone_that_the_method_handles_after_reading() => Check(
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                var text = await {|AEH1002:response.Content.ReadAsStringAsync()|};
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    Console.WriteLine(text);
                    throw new KeyNotFoundException();
                }

                return JObject.Parse(text)["name"].ToString();
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                var text = await response.Content.ReadAsStringAsync();
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    Console.WriteLine(text);
                    throw new KeyNotFoundException();
                }

                response.EnsureSuccessStatusCode();
                return JObject.Parse(text)["name"].ToString();
            }
        """);

    [Fact]
    public Task Goes_before_all_branches_that_read() => Check(
        """
            async Task<object> Run(HttpClient client, string url, bool text)
            {
                var response = await client.GetAsync(url);
                if (text)
                {
                    return await {|AEH1002:response.Content.ReadAsStringAsync()|};
                }

                return await response.Content.ReadAsByteArrayAsync();
            }
        """,
        """
            async Task<object> Run(HttpClient client, string url, bool text)
            {
                var response = await client.GetAsync(url);
                response.EnsureSuccessStatusCode();
                if (text)
                {
                    return await response.Content.ReadAsStringAsync();
                }

                return await response.Content.ReadAsByteArrayAsync();
            }
        """);

    [Fact]
    public Task Goes_before_a_branch_that_reads_either_way() => Check(
        """
            async Task Run(HttpClient client, string url, Stream target, bool text)
            {
                using var response = await client.GetAsync(url);
                if (text)
                {
                    File.WriteAllText("x", await {|AEH1002:response.Content.ReadAsStringAsync()|});
                }
                else
                {
                    await response.Content.CopyToAsync(target);
                }
            }
        """,
        """
            async Task Run(HttpClient client, string url, Stream target, bool text)
            {
                using var response = await client.GetAsync(url);
                response.EnsureSuccessStatusCode();
                if (text)
                {
                    File.WriteAllText("x", await response.Content.ReadAsStringAsync());
                }
                else
                {
                    await response.Content.CopyToAsync(target);
                }
            }
        """);

    [Fact]
    public Task Goes_before_an_object_that_is_made_of_the_body() => Check(
        """
            async Task<System.Diagnostics.ProcessStartInfo> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                return new() { Arguments = await {|AEH1002:response.Content.ReadAsStringAsync()|} };
            }
        """,
        """
            async Task<System.Diagnostics.ProcessStartInfo> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                response.EnsureSuccessStatusCode();
                return new() { Arguments = await response.Content.ReadAsStringAsync() };
            }
        """);

    [Fact]
    public Task Goes_into_the_expression_where_braces_would_change_more() => Check(
        """
            async Task<string> Run(HttpClient client, string url)
            {
                using (var response = await client.GetAsync(url))
                using (var stream = await {|AEH1002:response.Content.ReadAsStreamAsync()|})
                using (var reader = new StreamReader(stream))
                {
                    return await reader.ReadToEndAsync();
                }
            }

            async Task<string> Labelled(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                again: var text = await {|AEH1002:response.Content.ReadAsStringAsync()|};
                if (url.Length > 99) goto again;
                return text;
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url)
            {
                using (var response = await client.GetAsync(url))
                using (var stream = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync())
                using (var reader = new StreamReader(stream))
                {
                    return await reader.ReadToEndAsync();
                }
            }

            async Task<string> Labelled(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                again: var text = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
                if (url.Length > 99) goto again;
                return text;
            }
        """);

    [Fact]
    public Task Keeps_the_line_ends_of_the_file() => Verify.CodeFix<ApiErrorHandlingAnalyzer, HttpStatusIgnoredFixer>(
        "class C\r\n{\r\n    async Task<string> M(HttpClient c)\r\n    {\r\n        var r = await c.GetAsync(\"x\");\r\n"
            + "        return await {|AEH1002:r.Content.ReadAsStringAsync()|};\r\n    }\r\n}\r\n",
        "class C\r\n{\r\n    async Task<string> M(HttpClient c)\r\n    {\r\n        var r = await c.GetAsync(\"x\");\r\n"
            + "        r.EnsureSuccessStatusCode();\r\n        return await r.Content.ReadAsStringAsync();\r\n    }\r\n}\r\n");

    [Fact]
    public Task Finds_the_response_of_a_content_with_a_name() => Check(
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                using var content = response.Content;
                return await {|AEH1002:content.ReadAsStringAsync()|};
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                response.EnsureSuccessStatusCode();
                using var content = response.Content;
                return await content.ReadAsStringAsync();
            }
        """);

    [Fact]
    public Task Fixes_all_in_one_go() => Check(
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var a = await client.GetAsync(url);
                var b = await client.GetAsync(url + "2");
                var x = await {|AEH1002:a.Content.ReadAsStringAsync()|};
                var y = await {|AEH1002:b.Content.ReadAsStringAsync()|};
                return x + JObject.Parse(x)["a"] + JObject.Parse(y)["b"];
            }

            async Task<string> Other(HttpClient client, string url)
            {
                Func<Task<string>> f = async () => JObject.Parse(await {|AEH1002:(await client.GetAsync(url)).Content.ReadAsStringAsync()|})["a"].ToString();
                return await f();
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var a = await client.GetAsync(url);
                var b = await client.GetAsync(url + "2");
                a.EnsureSuccessStatusCode();
                var x = await a.Content.ReadAsStringAsync();
                b.EnsureSuccessStatusCode();
                var y = await b.Content.ReadAsStringAsync();
                return x + JObject.Parse(x)["a"] + JObject.Parse(y)["b"];
            }

            async Task<string> Other(HttpClient client, string url)
            {
                Func<Task<string>> f = async () => JObject.Parse(await (await client.GetAsync(url)).EnsureSuccessStatusCode().Content.ReadAsStringAsync())["a"].ToString();
                return await f();
            }
        """);

    [Fact]
    public Task Obeys_the_option_to_throw() => Check(
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var first = await client.GetAsync(url);
                if (!first.IsSuccessStatusCode) return null;
                var second = await client.GetAsync(url);
                return await {|AEH1002:second.Content.ReadAsStringAsync()|};
            }
        """,
        """
            async Task<string> Run(HttpClient client, string url)
            {
                var first = await client.GetAsync(url);
                if (!first.IsSuccessStatusCode) return null;
                var second = await client.GetAsync(url);
                second.EnsureSuccessStatusCode();
                return await second.Content.ReadAsStringAsync();
            }
        """,
        "api_error_handling.fix_failure = throw");

    [Fact]
    public Task Obeys_the_option_to_return() => Check(
        """
            async Task<bool> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                File.WriteAllText("x", await {|AEH1002:response.Content.ReadAsStringAsync()|});
                return true;
            }
        """,
        """
            async Task<bool> Run(HttpClient client, string url)
            {
                var response = await client.GetAsync(url);
                if (!response.IsSuccessStatusCode)
                {
                    return false;
                }

                File.WriteAllText("x", await response.Content.ReadAsStringAsync());
                return true;
            }
        """,
        "api_error_handling.fix_failure = return");

    [Fact]
    public Task Works_in_top_level_statements() => Verify.CodeFix<ApiErrorHandlingAnalyzer, HttpStatusIgnoredFixer>(
        """
        var client = new HttpClient();
        var response = await client.GetAsync(args[0]);
        File.WriteAllText("x", await {|AEH1002:response.Content.ReadAsStringAsync()|});
        """,
        """
        var client = new HttpClient();
        var response = await client.GetAsync(args[0]);
        response.EnsureSuccessStatusCode();
        File.WriteAllText("x", await response.Content.ReadAsStringAsync());
        """,
        new Setup { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

    private static Task Check(string before, string after, string? option = null) =>
        Verify.CodeFix<ApiErrorHandlingAnalyzer, HttpStatusIgnoredFixer>(Wrap(before), Wrap(after), new Setup
        {
            Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable,
            EditorConfig = option is null ? null : "root = true\n[*.cs]\n" + option + "\n",
        });

    private static string Wrap(string member) => $$"""
        using Newtonsoft.Json.Linq;

        class Program
        {
        {{member.ReplaceLineEndings("\n")}}
        }
        """;
}
