using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>AEH1003: which parses lose the code, and which do not.</summary>
public class BodyErrorCodeLostTests
{
    [Theory]
    [InlineData("var answer = await {|AEH1003:client.GetFromJsonAsync<NoCode>(Url)|}; return answer.Now.Temp;")]
    [InlineData("var answer = {|AEH1003:JsonConvert.DeserializeObject<NoCode>(await client.GetStringAsync(Url))|}; return answer.Now?.Temp;")]
    [InlineData("var answer = await {|AEH1003:client.GetFromJsonAsync<CodeInside>(Url)|}; return answer.Now.Code + answer.CountryCode;")]
    [InlineData("var answer = await {|AEH1003:client.GetFromJsonAsync<IgnoredCode>(Url)|}; return answer.Now.Temp;")]
    [InlineData("return (await {|AEH1003:client.GetFromJsonAsync<Record>(Url)|}).Now.Temp;")]

    // given away, nobody else can tell either
    [InlineData("last = await {|AEH1003:client.GetFromJsonAsync<NoCode>(Url)|}; return null;")]
    [InlineData("return (await {|AEH1003:Get<NoCode>(Url)|}).Now.Temp;")]
    [InlineData("return (await {|AEH1003:client.GetFromJsonAsync<NoReturn>(\"https://cvm.api.qcloud.com/v2/index.php\")|}).Data;")]
    public Task Loses_the_code(string body) => Check(body);

    [Theory]
    [InlineData("var text = await client.GetStringAsync(Url); if (!text.Contains(\"\\\"code\\\":\\\"200\\\"\")) return null; return JsonConvert.DeserializeObject<NoCode>(text).Now.Temp;")]
    [InlineData("var text = await client.GetStringAsync(Url); if ((string)JObject.Parse(text)[\"code\"] != \"200\") return null; return JsonConvert.DeserializeObject<NoCode>(text).Now.Temp;")]
    [InlineData("var answer = await client.GetFromJsonAsync<WithRest>(Url); return answer.Now.Temp;")]
    [InlineData("var answer = await client.GetFromJsonAsync<NoCode>(\"https://example.org/now\"); return answer.Now.Temp;")]
    [InlineData("var answer = await client.GetFromJsonAsync<NoCode>(\"https://api.tomorrow.io/v4/weather/realtime\"); return answer.Now.Temp;")]
    [InlineData("var answer = await client.GetFromJsonAsync<List<string>>(Url); return answer[0];")]

    // a code that is there and ignored is another rule's business
    [InlineData("var answer = await client.GetFromJsonAsync<Derived>(Url); return {|AEH1001:answer.Now|}.Temp;")]
    public Task Does_not_lose_it(string body) => Check(body);

    [Fact]
    public Task Is_reported_once_inside_the_helper() => Check(
        "return await Temperature();",
        """
        async Task<string> Temperature()
        {
            var answer = await {|AEH1003:client.GetFromJsonAsync<NoCode>(Url)|};
            return answer.Now.Temp;
        }
        """);

    private static Task Check(string body, string members = "") => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        $$"""
        using System.Net.Http.Json;
        using Newtonsoft.Json;
        using Newtonsoft.Json.Linq;

        class NoCode { public Now Now { get; set; } }
        class CodeInside { public Now Now { get; set; } public string CountryCode { get; set; } }
        class IgnoredCode { [System.Text.Json.Serialization.JsonIgnore] public string Code { get; set; } public Now Now { get; set; } }
        class WithRest { public Now Now { get; set; } [System.Text.Json.Serialization.JsonExtensionData] public Dictionary<string, object> Rest { get; set; } }
        class NoReturn { public string Data { get; set; } }
        record Record(Now Now, string UpdateTime);
        class Answer { public string Code { get; set; } }
        class Derived : Answer { public Now Now { get; set; } }
        class Now { public string Temp { get; set; } public string Code { get; set; } }

        class Program
        {
            const string Url = "https://devapi.qweather.com/v7/weather/now?location=1";
            readonly HttpClient client = new();
            NoCode last;

            async Task<string> Run()
            {
                {{body}}
            }

            async Task<T> Get<T>(string url) => JsonConvert.DeserializeObject<T>(await client.GetStringAsync(url));

            {{members.ReplaceLineEndings("\n    ")}}
        }
        """,
        new Setup { Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable });
}
