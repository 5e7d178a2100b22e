using System.Text;
using ApiErrorHandling.Analyzers.CodeFixes;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes;

/// <summary>The fix of AEH1003: a member in every style of type, and the check where there is a place for it.</summary>
public class BodyErrorCodeLostFixerTests
{
    private const string Url = "\"https://devapi.qweather.com/v7/weather/now?location=101010100\"";
    private const string Now = "class Now { public string Temp { get; set; } = \"\"; }\n";

    private const string Parse = """
                var weather = await {|AEH1003:client.GetFromJsonAsync<Weather>(URL)|};
                return weather!.Now!.Temp;
        """;

    private const string Checked = """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                if (weather?.Code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {weather?.Code}.");
                }

                return weather!.Now!.Temp;
        """;

    private const string Unchecked = """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                return {|AEH1001:weather!.Now|}!.Temp;
        """;

    [Theory]
    [InlineData("class Weather { public Now? Now { get; set; } }", "class Weather { public Now? Now { get; set; } public string? Code { get; set; } }")]
    [InlineData("class Weather { public Now? Now { get; init; } }", "class Weather { public Now? Now { get; init; } public string? Code { get; init; } }")]
    [InlineData("class Weather { public Now? Now; }", "class Weather { public Now? Now; public string? Code; }")]
    [InlineData("class Weather { public string FxLink = \"\"; public Now? Now; }", "class Weather { public string FxLink = \"\"; public Now? Now; public string Code = \"\"; }")]
    [InlineData("class Weather { public required string FxLink { get; set; } public Now? Now { get; set; } }", "class Weather { public required string FxLink { get; set; } public Now? Now { get; set; } public string? Code { get; set; } }")]
    [InlineData("struct Weather { public Now? Now { get; set; } }", "struct Weather { public Now? Now { get; set; } public string? Code { get; set; } }", "weather.Code", "weather")]
    [InlineData("readonly struct Weather { public Now? Now { get; init; } }", "readonly struct Weather { public Now? Now { get; init; } public string? Code { get; init; } }", "weather.Code", "weather")]
    [InlineData("record Weather(Now? Now);", "record Weather(Now? Now)\n{\n    public string? Code { get; init; }\n}")]
    [InlineData("record Weather(Now? Now)\n{\n    public override string ToString() => \"\";\n}", "record Weather(Now? Now)\n{\n    public string? Code { get; init; }\n\n    public override string ToString() => \"\";\n}")]
    [InlineData("record struct Weather(Now? Now);", "record struct Weather(Now? Now)\n{\n    public string? Code { get; set; }\n}", "weather.Code", "weather")]
    [InlineData("record Weather([property: JsonPropertyName(\"now\")] Now? Now);", "record Weather([property: JsonPropertyName(\"now\")] Now? Now)\n{\n    [JsonPropertyName(\"code\")]\n    public string? Code { get; init; }\n}")]
    [InlineData("class Weather\n{\n    public Weather(Now? now) => Now = now;\n\n    public Now? Now { get; }\n}", "class Weather\n{\n    public Weather(Now? now) => Now = now;\n\n    public Now? Now { get; }\n    public string? Code { get; set; }\n}")]
    [InlineData("partial class Weather { }\npartial class Weather { public Now? Now { get; set; } }", "partial class Weather { }\npartial class Weather { public Now? Now { get; set; } public string? Code { get; set; } }")]
    [InlineData("class Weather : Answer\n{\n}\nclass Answer\n{\n    public Now? Now { get; set; }\n}", "class Weather : Answer\n{\n    public string? Code { get; set; }\n}\nclass Answer\n{\n    public Now? Now { get; set; }\n}")]
    public Task Is_like_its_siblings(string before, string after, string code = "weather?.Code", string answer = "weather!")
    {
        _ = code;
        return Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
            Wrap(Parse.Replace("weather!", answer), before),
            Wrap(Checked.Replace("weather?.Code", code).Replace("weather!", answer), after));
    }

    [Fact]
    public Task Has_the_attributes_comments_and_initialisers_of_its_siblings() => Check(
        Parse,
        Checked,
        """
        class Weather
        {
            /// <summary>The page.</summary>
            [JsonPropertyName("fxLink")]
            public string FxLink { get; set; } = string.Empty;

            /// <summary>Now.</summary>
            [JsonPropertyName("now")]
            public Now? Now { get; set; } // may lack

            public override string ToString() => FxLink;
        }
        """,
        """
        class Weather
        {
            /// <summary>The page.</summary>
            [JsonPropertyName("fxLink")]
            public string FxLink { get; set; } = string.Empty;

            /// <summary>Now.</summary>
            [JsonPropertyName("now")]
            public Now? Now { get; set; } // may lack

            /// <summary>The code of the answer; 200 means success.</summary>
            [JsonPropertyName("code")]
            public string Code { get; set; } = string.Empty;

            public override string ToString() => FxLink;
        }
        """);

    [Fact]
    public Task Knows_the_attributes_of_other_parsers() => Check(
        Parse.Replace("await {|AEH1003:client.GetFromJsonAsync<Weather>(URL)|}", "{|AEH1003:JsonConvert.DeserializeObject<Weather>(await client.GetStringAsync(URL))|}"),
        Checked.Replace("await client.GetFromJsonAsync<Weather>(URL)", "JsonConvert.DeserializeObject<Weather>(await client.GetStringAsync(URL))"),
        """
        [System.Runtime.Serialization.DataContract]
        class Weather
        {
            [JsonProperty(PropertyName = "fx_link")] [DataMember] public string? FxLink { get; set; }
            [JsonProperty(PropertyName = "now")] [DataMember] public Now? Now { get; set; }
        }
        """,
        """
        [System.Runtime.Serialization.DataContract]
        class Weather
        {
            [JsonProperty(PropertyName = "fx_link")] [DataMember] public string? FxLink { get; set; }
            [JsonProperty(PropertyName = "now")] [DataMember] public Now? Now { get; set; }
            [JsonProperty(PropertyName = "code")][DataMember(Name = "code")] public string? Code { get; set; }
        }
        """);

    [Fact]
    public Task Goes_into_a_nested_generic_envelope() => Check(
        Parse.Replace("<Weather>", "<Outer.Answer<Now>>"),
        Checked.Replace("<Weather>", "<Outer.Answer<Now>>"),
        """
        static class Outer
        {
            internal class Answer<T>
            {
                // what it is about
                public T? Now { get; set; }

                public string? FxLink { get; set; }
            }
        }
        """,
        """
        static class Outer
        {
            internal class Answer<T>
            {
                // what it is about
                public T? Now { get; set; }

                public string? FxLink { get; set; }

                public string? Code { get; set; }
            }
        }
        """);

    [Fact]
    public Task Is_lower_case_among_lower_case_names() => Check(
        Parse.Replace("Now!", "now!"),
        Checked.Replace("Now!", "now!").Replace(".Code", ".code"),
        """
        class Weather {
        	public string? fxLink { get; set; }
        	public Now? now { get; set; }
        }
        """,
        """
        class Weather {
        	public string? fxLink { get; set; }
        	public Now? now { get; set; }
        	public string? code { get; set; }
        }
        """);

    [Fact]
    public Task Gets_another_name_where_its_own_is_taken() => Check(
        Parse,
        Checked.Replace(".Code", ".ErrorCode"),
        """
        class Weather
        {
            public Now? Now { get; set; }
            string Code() => "";
        }
        """,
        """
        class Weather
        {
            public Now? Now { get; set; }
            [JsonPropertyName("code")]
            public string? ErrorCode { get; set; }
            string Code() => "";
        }
        """);

    [Fact]
    public Task Is_a_number_where_the_code_is_one() => Check(
        Parse.Replace("URL", "\"https://cvm.api.qcloud.com/v2/index.php\""),
        Checked.Replace("URL", "\"https://cvm.api.qcloud.com/v2/index.php\"").Replace("\"200\"", "0").Replace("QWeather", "Tencent Cloud"),
        "class Weather { public Now? Now { get; set; } }",
        "class Weather { public Now? Now { get; set; } public int Code { get; set; } }");

    [Fact]
    public Task Has_no_question_mark_where_there_are_none() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Old("var weather = {|AEH1003:JsonConvert.DeserializeObject<Weather>(await client.GetStringAsync(URL))|};", ""),
        Old(
            """
            var weather = JsonConvert.DeserializeObject<Weather>(await client.GetStringAsync(URL));
                    if (weather.Code != "200")
                    {
                        throw new HttpRequestException($"QWeather answered with code {weather.Code}.");
                    }

            """,
            "\n    public string Code { get; set; }"),
        new Setup { LanguageVersion = LanguageVersion.CSharp7_3, Framework = Framework.NetStandard20 });

    [Fact]
    public Task Takes_null_into_account_where_the_answer_is_given_on() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Given("return {|AEH1003:JsonConvert.DeserializeObject<Weather>(await client.GetStringAsync(URL))|};", ""),
        Given(
            """
            var answer = JsonConvert.DeserializeObject<Weather>(await client.GetStringAsync(URL));
                    if (answer?.Code != "200")
                    {
                        throw new HttpRequestException($"QWeather answered with code {answer?.Code}.");
                    }

                    return answer;
            """,
            "\n    public string Code { get; set; }"),
        new Setup { LanguageVersion = LanguageVersion.CSharp7_3, Framework = Framework.NetStandard20 });

    [Fact]
    public Task Names_an_answer_that_has_no_name() => Check(
        """
                return (await {|AEH1003:client.GetFromJsonAsync<Weather>(URL)|})!.Now!.Temp;
        """,
        """
                var answer = (await client.GetFromJsonAsync<Weather>(URL))!;
                if (answer.Code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {answer.Code}.");
                }

                return answer.Now!.Temp;
        """);

    [Fact]
    public Task Returns_where_the_method_does() => Check(
        """
                var response = await client.GetAsync(URL);
                if (!response.IsSuccessStatusCode) return "";
                var weather = await {|AEH1003:response.Content.ReadFromJsonAsync<Weather>()|};
                return weather!.Now!.Temp;
        """,
        """
                var response = await client.GetAsync(URL);
                if (!response.IsSuccessStatusCode) return "";
                var weather = await response.Content.ReadFromJsonAsync<Weather>();
                if (weather?.Code != "200")
                {
                    return "";
                }

                return weather!.Now!.Temp;
        """);

    [Fact]
    public Task The_member_comes_alone_where_there_is_no_place_for_the_check() =>
        Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
            Wrap("""
                        Func<Task<string>> temp = async () => (await {|AEH1003:client.GetFromJsonAsync<Weather>(URL)|})!.Now!.Temp;
                        return await temp();
                """),
            Wrap(
                """
                        Func<Task<string>> temp = async () => {|AEH1001:(await client.GetFromJsonAsync<Weather>(URL))!.Now|}!.Temp;
                        return await temp();
                """,
                WithCode),
            new Setup { FixLeavesMarked = true });

    [Fact]
    public Task Keeps_the_line_ends_of_the_file() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Wrap(Parse, "class Weather\n{\n    public Now? Now { get; set; }\n}").ReplaceLineEndings("\r\n"),
        Wrap(Checked, "class Weather\n{\n    public Now? Now { get; set; }\n    public string? Code { get; set; }\n}").ReplaceLineEndings("\r\n"));

    [Fact]
    public Task Two_parses_share_one_member() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Wrap("""
                    var today = await {|AEH1003:client.GetFromJsonAsync<Weather>(URL)|};
                    var later = await {|AEH1003:client.GetFromJsonAsync<Weather>(URL + "&later")|};
                    return today!.Now!.Temp + later!.Now!.Temp;
            """),
        Wrap(
            """
                    var today = await client.GetFromJsonAsync<Weather>(URL);
                    if (today?.Code != "200")
                    {
                        throw new HttpRequestException($"QWeather answered with code {today?.Code}.");
                    }

                    var later = await client.GetFromJsonAsync<Weather>(URL + "&later");
                    return today!.Now!.Temp + {|AEH1001:later!.Now|}!.Temp;
            """,
            WithCode),
        new Setup
        {
            FixLeavesMarked = true,
            BatchFixedSource = Wrap(
                """
                    var today = await client.GetFromJsonAsync<Weather>(URL);
                    if (today?.Code != "200")
                    {
                        throw new HttpRequestException($"QWeather answered with code {today?.Code}.");
                    }

                    var later = await client.GetFromJsonAsync<Weather>(URL + "&later");
                    if (later?.Code != "200")
                    {
                        throw new HttpRequestException($"QWeather answered with code {later?.Code}.");
                    }

                    return today!.Now!.Temp + later!.Now!.Temp;
            """,
                WithCode),
        });

    [Fact]
    public Task Goes_into_the_document_of_the_type() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Wrap(Parse, string.Empty),
        Wrap(Checked, string.Empty),
        new Setup
        {
            MoreSources = [("/0/Weather.cs", "class Weather { public Now? Now { get; set; } }")],
            MoreFixedSources = [("/0/Weather.cs", WithCode)],
        });

    [Fact]
    public Task Two_documents_share_one_member() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Wrap(Parse),
        Wrap(Checked, WithCode),
        new Setup
        {
            FixLeavesMarked = true,
            MoreSources = [("/0/Zone.cs", Other(Parse))],
            MoreFixedSources = [("/0/Zone.cs", Other(Unchecked))],
            BatchFixedSource = Wrap(Checked, WithCode),
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllInDocumentCheck,
            Configure = test =>
            {
                var batch = ((CodeFixTest<DefaultVerifier>)test).BatchFixedState;
                batch.Sources[^1] = ("/0/Zone.cs", SourceText.From(Other(Checked), Encoding.UTF8));
            },
        });

    [Fact]
    public Task All_in_a_document_leaves_others_alone() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Wrap(Parse),
        Wrap(Checked, WithCode),
        new Setup
        {
            FixLeavesMarked = true,
            MoreSources = [("/0/Zone.cs", Other(Parse))],
            MoreFixedSources = [("/0/Zone.cs", Other(Unchecked))],
            CodeFixTestBehaviors =
                CodeFixTestBehaviors.SkipFixAllInProjectCheck | CodeFixTestBehaviors.SkipFixAllInSolutionCheck,
        });

    [Fact]
    public Task Goes_into_another_project() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Wrap(Parse, string.Empty, now: string.Empty),
        Wrap(Checked, string.Empty, now: string.Empty),
        new Setup
        {
            Configure = test =>
            {
                var fix = (CodeFixTest<DefaultVerifier>)test;
                AddLibrary(test.TestState, Library);
                AddLibrary(fix.FixedState, LibraryWithCode);
            },
        });

    [Fact]
    public Task Two_projects_share_one_member() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Wrap(Parse, string.Empty, now: string.Empty),
        Wrap(Checked, string.Empty, now: string.Empty),
        new Setup
        {
            FixLeavesMarked = true,
            BatchFixedSource = Wrap(Checked, string.Empty, now: string.Empty),
            CodeFixTestBehaviors =
                CodeFixTestBehaviors.SkipFixAllInDocumentCheck | CodeFixTestBehaviors.SkipFixAllInProjectCheck,
            Configure = test =>
            {
                var fix = (CodeFixTest<DefaultVerifier>)test;
                AddLibrary(test.TestState, Library, Other(Parse));
                AddLibrary(fix.FixedState, LibraryWithCode, Other(Unchecked));
                AddLibrary(fix.BatchFixedState, LibraryWithCode, Other(Checked));
            },
        });

    [Theory]
    [InlineData("/0/Weather.g.cs", "class Weather { public Now? Now { get; set; } }")]
    [InlineData("/0/Weather.cs", "// <auto-generated/>\n#nullable enable\nclass Weather { public Now? Now { get; set; } }")]
    [InlineData("/0/Weather.cs", "[System.CodeDom.Compiler.GeneratedCode(\"\", \"\")] class Weather { public Now? Now { get; set; } }")]
    [InlineData("/0/Weather.cs", "class Weather\n{\n#if !NONE\n    public Now? Now { get; set; }\n#endif\n}")]
    [InlineData("/0/Weather.cs", "readonly struct Weather { public Weather(Now now) => Now = now; public Now? Now { get; } int Code() => 1; int ErrorCode() => 1; int ResponseCode() => 1; }")]
    public Task No_fix_where_the_type_is_not_ours_to_change(string path, string type) =>
        Verify.NoCodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
            Wrap(type.Contains("struct") ? Parse.Replace("weather!", "weather") : Parse, string.Empty),
            new Setup { MoreSources = [(path, type)] });

    [Fact]
    public Task No_fix_where_projects_share_the_file() => Verify.NoCodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(
        Wrap(Parse, string.Empty),
        new Setup
        {
            MoreSources = [("/0/Weather.cs", "class Weather { public Now? Now { get; set; } }")],
            Configure = test => test.TestState.AdditionalProjects["Other"].Sources.Add(
                ("/0/Weather.cs", "class Weather { public Now? Now { get; set; } }")),
            CompilerDiagnostics = CompilerDiagnostics.None,
        });

    private const string WithCode = "class Weather { public Now? Now { get; set; } public string? Code { get; set; } }";

    private const string Library =
        "public class Weather { public Now? Now { get; set; } } public class Now { public string Temp { get; set; } = \"\"; }";

    private const string LibraryWithCode =
        "public class Weather { public Now? Now { get; set; } public string? Code { get; set; } } public class Now { public string Temp { get; set; } = \"\"; }";

    private static Task Check(
        string before, string after, string type = "class Weather { public Now? Now { get; set; } }", string typeAfter = WithCode) =>
        Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeLostFixer>(Wrap(before, type), Wrap(after, typeAfter));

    private static string Wrap(string body, string type = "class Weather { public Now? Now { get; set; } }", string now = Now) => $$"""
        using System.Net.Http.Json;
        using System.Runtime.Serialization;
        using System.Text.Json.Serialization;
        using Newtonsoft.Json;

        class Program
        {
            async Task<string> Run(HttpClient client)
            {
        {{body.Replace("URL", Url)}}
            }
        }

        {{now}}{{type}}
        """.ReplaceLineEndings("\n");

    private static string Other(string body) => $$"""
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading.Tasks;

        class Other
        {
            async Task<string> Run(HttpClient client)
            {
        {{body.Replace("URL", Url)}}
            }
        }
        """.ReplaceLineEndings("\n");

    private static void AddLibrary(SolutionState state, string library, string? user = null)
    {
        state.AdditionalProjectReferences.Add("Library");
        state.AdditionalProjects["Library"].Sources.Add(library);
        if (user is not null)
        {
            state.AdditionalProjects["User"].AdditionalProjectReferences.Add("Library");
            state.AdditionalProjects["User"].Sources.Add(user);
        }
    }

    private static string Given(string body, string member) => Old(body, member)
        .Replace("async Task<string>", "async Task<Weather>")
        .Replace("\n        return weather.Now;", string.Empty);

    private static string Old(string body, string member) => $$"""
        using System.Net.Http;
        using System.Threading.Tasks;
        using Newtonsoft.Json;

        class Program
        {
            async Task<string> Run(HttpClient client)
            {
                {{body.Replace("URL", Url)}}
                return weather.Now;
            }
        }

        class Weather
        {
            public string Now { get; set; }{{member}}
        }
        """.ReplaceLineEndings("\n");
}
