using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Functions of the base library over status and code: which outcomes make a condition true.</summary>
public class PureFunctionsTests
{
    [Theory]
    [InlineData("code.StartsWith(\"2\")", "200 204 other-code", "codes-200-204")]
    [InlineData("code.EndsWith(\"00\")", "200 400 500 other-code", "codes-200-400-500")]
    [InlineData("code.Contains(\"9\")", "429 other-code", "codes-429")]
    [InlineData("code.Substring(0, 1) == \"2\"", "200 204 other-code", "codes-200-204")]
    [InlineData("code.Length == 3", "codes", "other-code")]
    [InlineData("code.Trim() == \"200\"", "200", "codes-200")]
    [InlineData("code.ToUpperInvariant() == \"200\"", "200 other-code", "codes-200")]
    [InlineData("code.Equals(\"200\")", "200", "codes-200")]
    [InlineData("string.Equals(code, \"200\", StringComparison.OrdinalIgnoreCase)", "200", "codes-200")]
    [InlineData("string.Equals(code, \"200\")", "200", "codes-200")]
    [InlineData("object.Equals(code, \"200\")", "200", "codes-200")]
    [InlineData("string.Compare(code, \"200\") == 0", "200 other-code", "codes-200")]
    [InlineData("string.IsNullOrEmpty(code)", "unreachable", "codes")]
    [InlineData("int.Parse(code) == 200", "200", "codes-200")]
    [InlineData("int.Parse(code) >= 400", "codes-200-204", "200 204 other-code")]
    [InlineData("int.TryParse(code, out var n) && n == 200", "200", "codes-200")]
    [InlineData("long.TryParse(code, out var n) && n < 300", "200 204 other-code", "codes-200-204")]
    [InlineData("Convert.ToInt16(code) == 200", "200", "codes-200")]
    [InlineData("Convert.ToInt32(code) / 100 == 2", "200 204 other-code", "codes-200-204")]
    [InlineData("Convert.ToString(code) == \"200\"", "200", "codes-200")]
    [InlineData("code.CompareTo(\"200\") == 0", "checked codes", "checked codes")]
    [InlineData("Math.Abs(int.Parse(code)) == 200", "200 other-code", "codes-200")]
    [InlineData("new[] { \"200\", \"204\" }.Contains(code)", "200 204", "codes-200-204")]
    [InlineData("new HashSet<string> { \"200\" }.Contains(code)", "200", "codes-200")]
    [InlineData("((int?)int.Parse(code)).GetValueOrDefault() == 200", "200", "codes-200")]
    [InlineData("((int?)int.Parse(code)).HasValue", "codes", "other-code")]
    [InlineData("((int?)int.Parse(code)).Value == 200", "200 other-code", "codes-200")]
    public void Of_the_code(string condition, string whenTrue, string whenFalse) => Check(
        """
        var weather = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now");
        var code = weather.Code;
        """, condition, whenTrue, whenFalse);

    [Theory]
    [InlineData("((int)status).ToString() == \"404\"", "404", "2xx 304 4xx-404 5xx other unreadable")]
    [InlineData("((int)status).ToString().StartsWith(\"2\")", "2xx other unreadable", "failed")]
    [InlineData("status.Equals(HttpStatusCode.NotFound)", "404", "2xx 304 4xx-404 5xx other unreadable")]
    [InlineData("status.HasFlag((HttpStatusCode)511)", "511 other", "2xx 304 4xx 5xx-511 other unreadable")]
    [InlineData("((int)status).Equals(404)", "404", "2xx 304 4xx-404 5xx other unreadable")]
    [InlineData("Math.Max((int)status, 400) == 400", "2xx 304 400 other unreadable", "4xx-400 5xx other")]
    [InlineData("Math.Min((int)status, 400) == 400", "4xx 5xx other", "2xx 304 other unreadable")]
    [InlineData("((int)status).CompareTo(400) >= 0", "4xx 5xx other", "2xx 304 other unreadable")]
    [InlineData("new[] { 500, 502 }.Contains((int)status)", "500 502", "2xx 304 4xx 5xx-500-502 other unreadable")]
    public void Of_the_status(string condition, string whenTrue, string whenFalse) => Check(
        """
        var response = await client.GetAsync(url);
        var status = response.StatusCode;
        """, condition, whenTrue, whenFalse);

    private static void Check(string before, string condition, string whenTrue, string whenFalse)
    {
        var program = FlowProgram.Of($$"""
            class Weather { public string Code { get; set; } }
            class Program
            {
                async Task Run(HttpClient client, string url)
                {
                    {{before}}
                    if ({{condition}}) Mark("then"); else Mark("else");
                }
            }
            """);
        Assert.NotNull(program.Run());
        Assert.Equal((whenTrue, whenFalse), (At("then"), At("else")));

        string At(string mark) => program.At(mark) is [_, ..] states
            ? string.Join(" | ", states).Replace("r1=", "").Replace("r1?=", "checked ")
            : "unreachable";
    }
}
