using ApiErrorHandling.Analyzers.CodeFixes;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes;

/// <summary>The fix of AEH1001 in every way an answer can be held.</summary>
public class BodyErrorCodeIgnoredFixerTests
{
    private const string Url = "\"https://devapi.qweather.com/v7/weather/now?location=101010100\"";

    [Fact]
    public Task Checks_the_member_after_parsing() => Check(
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                return {|AEH1001:weather.Now|}.Temp;
        """,
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                if (weather.Code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {weather.Code}.");
                }

                return weather.Now.Temp;
        """);

    [Fact]
    public Task Keeps_trailing_comments_and_blank_lines() => Check(
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL); // ask

                // tell
                return {|AEH1001:weather.Now|}.Temp;
        """,
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL); // ask
                if (weather.Code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {weather.Code}.");
                }

                // tell
                return weather.Now.Temp;
        """);

    [Fact]
    public Task Goes_behind_an_earlier_look_at_the_code() => Check(
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                if (weather.Code == "401") throw new InvalidOperationException("key");
                return {|AEH1001:weather.Now|}.Temp;
        """,
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                if (weather.Code == "401") throw new InvalidOperationException("key");
                if (weather.Code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {weather.Code}.");
                }

                return weather.Now.Temp;
        """);

    [Fact]
    public Task Names_an_answer_that_has_no_name() => Check(
        """
                return {|AEH1001:(await client.GetFromJsonAsync<Weather>(URL)).Now|}.Temp;
        """,
        """
                var answer = await client.GetFromJsonAsync<Weather>(URL);
                if (answer.Code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {answer.Code}.");
                }

                return answer.Now.Temp;
        """);

    [Fact]
    public Task Expands_an_expression_body() => Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeIgnoredFixer>(
        Member("""
                static async Task<string> Temp(HttpClient client) =>
                    {|AEH1001:(await client.GetFromJsonAsync<Weather>(URL)).Now|}.Temp;

                static Task Show(HttpClient client)
                {
                    return Print();

                    async Task Print() => Console.WriteLine({|AEH1001:(await client.GetFromJsonAsync<Weather>(URL)).Now|}.Temp);
                }
            """),
        Member("""
                static async Task<string> Temp(HttpClient client)
                {
                    var answer = await client.GetFromJsonAsync<Weather>(URL);
                    if (answer.Code != "200")
                    {
                        throw new HttpRequestException($"QWeather answered with code {answer.Code}.");
                    }

                    return answer.Now.Temp;
                }

                static Task Show(HttpClient client)
                {
                    return Print();

                    async Task Print()
                    {
                        var answer = await client.GetFromJsonAsync<Weather>(URL);
                        if (answer.Code != "200")
                        {
                            throw new HttpRequestException($"QWeather answered with code {answer.Code}.");
                        }

                        Console.WriteLine(answer.Now.Temp);
                    }
                }
            """),
        new Setup { Nullable = NullableContextOptions.Disable });

    [Fact]
    public Task Asks_a_document() => Check(
        """
                using var document = JsonDocument.Parse(await client.GetStringAsync(URL));
                return {|AEH1001:document.RootElement.GetProperty("now")|}.GetProperty("temp").GetString();
        """,
        """
                using var document = JsonDocument.Parse(await client.GetStringAsync(URL));
                if (document.RootElement.GetProperty("code").GetString() != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {document.RootElement.GetProperty("code").GetString()}.");
                }

                return document.RootElement.GetProperty("now").GetProperty("temp").GetString();
        """);

    [Fact]
    public Task Asks_a_root_element() => Check(
        """
                var root = JsonDocument.Parse(await client.GetStringAsync(URL)).RootElement;
                return {|AEH1001:root.GetProperty("now")|}.GetProperty("temp").GetString();
        """,
        """
                var root = JsonDocument.Parse(await client.GetStringAsync(URL)).RootElement;
                if (root.GetProperty("code").GetString() != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {root.GetProperty("code").GetString()}.");
                }

                return root.GetProperty("now").GetProperty("temp").GetString();
        """);

    [Fact]
    public Task Asks_a_token() => Check(
        """
                var json = JObject.Parse(await client.GetStringAsync(URL));
                return {|AEH1001:json["now"]|}["temp"].ToString();
        """,
        """
                var json = JObject.Parse(await client.GetStringAsync(URL));
                if ((string)json["code"] != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {json["code"]}.");
                }

                return json["now"]["temp"].ToString();
        """);

    [Fact]
    public Task Asks_a_node() => Check(
        """
                var json = JsonNode.Parse(await client.GetStringAsync(URL));
                return {|AEH1001:json["now"]|}["temp"].ToString();
        """,
        """
                var json = JsonNode.Parse(await client.GetStringAsync(URL));
                if ((string)json["code"] != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {json["code"]}.");
                }

                return json["now"]["temp"].ToString();
        """);

    [Fact]
    public Task Asks_a_dynamic_answer() => Check(
        """
                dynamic json = JsonConvert.DeserializeObject(await client.GetStringAsync(URL));
                return {|AEH1001:json.now|}.temp;
        """,
        """
                dynamic json = JsonConvert.DeserializeObject(await client.GetStringAsync(URL));
                if ((string)json.code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {json.code}.");
                }

                return json.now.temp;
        """);

    [Fact]
    public Task Compares_a_number_with_a_number() => Check(
        """
                var answer = await client.GetFromJsonAsync<Answer>("https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances");
                return {|AEH1001:answer.Data|};
        """,
        """
                var answer = await client.GetFromJsonAsync<Answer>("https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances");
                if (answer.Code != 0)
                {
                    throw new HttpRequestException($"Tencent Cloud answered with code {answer.Code}.");
                }

                return answer.Data;
        """);

    [Fact]
    public Task Expects_null_where_the_use_does() => Check(
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                return weather?{|AEH1001:.Now|}?.Temp;
        """,
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                if (weather?.Code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {weather?.Code}.");
                }

                return weather?.Now?.Temp;
        """);

    [Fact]
    public Task Returns_where_the_method_does() => Check(
        """
                var response = await client.GetAsync(URL);
                if (!response.IsSuccessStatusCode) return null;
                var weather = await response.Content.ReadFromJsonAsync<Weather>();
                return {|AEH1001:weather.Now|}.Temp;
        """,
        """
                var response = await client.GetAsync(URL);
                if (!response.IsSuccessStatusCode) return null;
                var weather = await response.Content.ReadFromJsonAsync<Weather>();
                if (weather.Code != "200")
                {
                    return null;
                }

                return weather.Now.Temp;
        """);

    [Fact]
    public Task Goes_into_a_using_block() => Check(
        """
                using (var document = JsonDocument.Parse(await client.GetStringAsync(URL)))
                {
                    return {|AEH1001:document.RootElement.GetProperty("now")|}.GetProperty("temp").GetString();
                }
        """,
        """
                using (var document = JsonDocument.Parse(await client.GetStringAsync(URL)))
                {
                    if (document.RootElement.GetProperty("code").GetString() != "200")
                    {
                        throw new HttpRequestException($"QWeather answered with code {document.RootElement.GetProperty("code").GetString()}.");
                    }

                    return document.RootElement.GetProperty("now").GetProperty("temp").GetString();
                }
        """);

    [Fact]
    public Task Assigned_answers_are_checked_after_the_assignment() => Check(
        """
                Weather weather;
                string temp = null;
                weather = await client.GetFromJsonAsync<Weather>(URL);
                temp = {|AEH1001:weather.Now|}.Temp;
                return temp;
        """,
        """
                Weather weather;
                string temp = null;
                weather = await client.GetFromJsonAsync<Weather>(URL);
                if (weather.Code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {weather.Code}.");
                }

                temp = weather.Now.Temp;
                return temp;
        """);

    [Fact]
    public Task Null_annotations_are_respected() => Check(
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                return {|AEH1001:weather!.Now|}!.Temp!;
        """,
        """
                var weather = await client.GetFromJsonAsync<Weather>(URL);
                if (weather?.Code != "200")
                {
                    throw new HttpRequestException($"QWeather answered with code {weather?.Code}.");
                }

                return weather!.Now!.Temp!;
        """,
        NullableContextOptions.Enable);

    private static Task Check(
        string before, string after, NullableContextOptions nullable = NullableContextOptions.Disable) =>
        Verify.CodeFix<ApiErrorHandlingAnalyzer, BodyErrorCodeIgnoredFixer>(Wrap(before), Wrap(after), new Setup
        {
            Nullable = nullable,
            Framework = Framework.Net10,
        });

    private static string Member(string member) => $$"""
        using System.Net.Http.Json;

        class Program
        {
        {{member.ReplaceLineEndings("\n").Replace("URL", Url)}}
        }

        class Weather { public string Code { get; set; } public Now Now { get; set; } }
        class Now { public string Temp { get; set; } }
        """;

    private static string Wrap(string body) => $$"""
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using Newtonsoft.Json;
        using Newtonsoft.Json.Linq;

        class Program
        {
            async Task<string> Run(HttpClient client)
            {
        {{body.ReplaceLineEndings("\n").Replace("URL", Url)}}
            }
        }

        #nullable disable
        class Weather { public string Code { get; set; } public Now Now { get; set; } }
        class Now { public string Temp { get; set; } }
        class Answer { public int Code { get; set; } public string Data { get; set; } }
        """;
}
