using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>AEH1001: which uses of data are reported, and which are right.</summary>
public class BodyErrorCodeIgnoredTests
{
    [Theory]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        return {|AEH1001:weather.Now|}.Temp;
        """)]
    [InlineData("""
        var text = await client.GetStringAsync($"https://devapi.qweather.com/v7/weather/now?location={city}&key={key}");
        var weather = JsonConvert.DeserializeObject<Weather>(text);
        Console.WriteLine({|AEH1001:weather.Now|}.Temp);
        return weather.Now.Text;
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=" + city);
        using var document = JsonDocument.Parse(text);
        return {|AEH1001:document.RootElement.GetProperty("now")|}.GetProperty("temp").GetString();
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=" + city);
        var json = JObject.Parse(text);
        return {|AEH1001:json["now"]|}["temp"].ToString();
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=" + city);
        dynamic json = JsonConvert.DeserializeObject(text);
        return {|AEH1001:json.now|}.temp;
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=" + city);
        return (string){|AEH1001:JObject.Parse(text).SelectToken("now.temp")|};
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=" + city);
        var node = JsonNode.Parse(text);
        return {|AEH1001:node["now"]|]["temp"].GetValue<string>();
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        if ({|AEH1001:weather.Now|} == null) return "no data";
        return weather.Now.Temp;
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        return weather?{|AEH1001:.Now|}?.Temp ?? "unknown";
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        if (weather.Code == "401") throw new InvalidOperationException("key");
        return {|AEH1001:weather.Now|}.Temp;
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        logger.LogInformation("code {Code}", weather.Code);
        return {|AEH1001:weather.Now|}.Temp;
        """)]
    [InlineData("""
        using var stream = await client.GetStreamAsync("https://api.qweather.com/v7/weather/now?location=101010100");
        using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        var weather = await JsonSerializer.DeserializeAsync<Weather>(unzipped);
        return {|AEH1001:weather.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Answer>("https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances");
        return {|AEH1001:answer.Message2|};
        """)]
    public Task Reports_data_used_whatever_the_code(string body) => Check(body.Replace("|]", "|}"));

    [Theory]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        if (weather.Code != "200") return null;
        return weather.Now.Temp;
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        return weather?.Code == "200" ? weather.Now.Temp : null;
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        var failed = Convert.ToInt16(weather.Code) != 200;
        if (failed) return null;
        return weather.Now.Temp;
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        return weather is { Code: "200", Now: { } now } ? now.Temp : null;
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=101010100");
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (root.GetProperty("code").GetString() != "200") throw new InvalidOperationException();
        return root.GetProperty("now").GetProperty("temp").GetString();
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=101010100");
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (!root.TryGetProperty("code", out var code) || code.GetString() != "200") return null;
        return root.GetProperty("now").GetProperty("temp").GetString();
        """)]
    [InlineData("""
        var json = JObject.Parse(await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=101010100"));
        if (json["code"]?.ToString() == "200") return json["now"]["temp"].ToString();
        return null;
        """)]
    [InlineData("""
        var json = JObject.Parse(await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=101010100"));
        if (json.Value<int>("code") >= 300) return null;
        return json["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        if (!weather.Code.StartsWith("2")) return null;
        return weather.Now.Temp;
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        switch (weather.Code)
        {
            case "200":
                return weather.Now.Temp;
            case "204":
                return "none";
            default:
                throw new InvalidOperationException(weather.Code);
        }
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        if (!int.TryParse(weather.Code, out var code) || code != 200) return null;
        return weather.Now.Temp;
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        _ = weather.Code == "200" ? 0 : throw new InvalidOperationException();
        return weather.Now.Temp;
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        Check(weather);
        return weather.Now.Temp;
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=101010100");
        if (!text.Contains("\"code\":\"200\"")) return null;
        return JObject.Parse(text)["now"]["temp"].ToString();
        """)]
    [InlineData("""
        return await client.GetStringAsync("https://devapi.qweather.com/v7/weather/now?location=101010100");
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://devapi.qweather.com/airquality/v1/current/39.9/116.4");
        return JObject.Parse(text)["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Answer>("https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances");
        if (answer.Code != 0) throw new InvalidOperationException(answer.Message);
        return answer.Message2;
        """)]
    [InlineData("""
        var text = await client.GetStringAsync("https://dev.qweather.com/v7/weather/now");
        return JObject.Parse(text)["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://example.com/v1/weather");
        return weather.Now.Temp;
        """)]
    [InlineData("""
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        foreach (var failure in new[] { "400", "401", "402", "403", "404", "429", "500" })
        {
            if (weather.Code == failure) return null;
        }

        return weather.Now.Temp;
        """)]
    public Task Is_silent_where_the_code_decides(string body) => Check(body);

    [Fact]
    public Task Names_the_codes_that_still_pass() => Check(
        """
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        if (weather.Code == "401" || weather.Code == "404") return null;
        return {|#0:weather.Now|}.Temp;
        """,
        new DiagnosticResult(RuleIds.BodyErrorCodeIgnored, Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'Now' is used although QWeather may have answered HTTP 200 with the error code 400, 402, 403, 429, 500 in the body; check 'Code' for 200 first")
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));

    [Fact]
    public Task Follows_a_loop_over_known_codes() => Check(
        """
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=101010100");
        foreach (var failure in new[] { "400", "401", "402", "403" })
        {
            if (weather.Code == failure) return null;
        }

        return {|#0:weather.Now|}.Temp;
        """,
        new DiagnosticResult(RuleIds.BodyErrorCodeIgnored, Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'Now' is used although QWeather may have answered HTTP 200 with the error code 404, 429, 500 in the body; check 'Code' for 200 first")
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));

    private static Task Check(string body, params DiagnosticResult[] expected) => Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
        using System.IO.Compression;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using Microsoft.Extensions.Logging;
        using Newtonsoft.Json;
        using Newtonsoft.Json.Linq;
        using JsonSerializer = System.Text.Json.JsonSerializer;

        class Weather { public string Code { get; set; } public Now Now { get; set; } }
        class Now { public string Temp { get; set; } public string Text { get; set; } }
        class Answer { public int Code { get; set; } public string Message { get; set; } public string Message2 { get; set; } }

        class Program
        {
            async Task<string> Run(HttpClient client, string city, string key, ILogger logger)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }

            static void Check(Weather weather)
            {
                if (weather.Code != "200") throw new InvalidOperationException();
            }
        }

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }
            public static class LoggerExtensions
            {
                public static void LogInformation(this ILogger logger, string message, params object[] args) { }
            }
        }
        """, expected);
}
