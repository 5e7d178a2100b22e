using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes;

/// <summary>The fix of AEH2002: quotas that are used up are left out of what is retried.</summary>
public class UsedUpQuotaRetriedFixerTests
{
    private const string Url = "\"https://devapi.qweather.com/v7/weather/now?location=\" + place";

    [Fact]
    public Task Out_of_a_chain_of_comparisons() => Check(
        "if (w.code != \"402\" && w.code != \"429\" && w.code != \"500\") throw new InvalidOperationException(w.code);",
        "if (w.code != \"429\" && w.code != \"500\") throw new InvalidOperationException(w.code);");

    [Fact]
    public Task Out_of_a_pattern() => Check(
        "if (w.code is not (\"429\" or \"402\" or \"500\")) throw new InvalidOperationException(w.code); // others stay",
        "if (w.code is not (\"429\" or \"500\")) throw new InvalidOperationException(w.code); // others stay");

    [Fact]
    public Task By_a_check_of_its_own() => Check(
        "if (w.code is \"400\" or \"401\" or \"403\" or \"404\" or \"204\") throw new InvalidOperationException(w.code);",
        """
        if (w.code is not ("429" or "500"))
                {
                    break;
                }

                if (w.code is "400" or "401" or "403" or "404" or "204") throw new InvalidOperationException(w.code);
        """);

    // what tells TOO FAST from a daily limit would have to be parsed
    [Fact]
    public Task Not_by_titles() => RetryFixCase.HasNone(
        RuleIds.UsedUpQuotaRetried,
        """
        async Task<string> Run()
        {
            for (var i = 0; i < 3; i++)
            {
                var r = await http.GetAsync("https://devapi.qweather.com/airquality/v1/current/1/2");
                if (r.IsSuccessStatusCode) return await r.Content.ReadAsStringAsync();
                if (r.StatusCode != HttpStatusCode.TooManyRequests) r.EnsureSuccessStatusCode();
                await Task.Delay(1000);
            }

            return null;
        }
        """);

    private static Task Check(string before, string after) => RetryFixCase.Check(RuleIds.UsedUpQuotaRetried, Body(before), Body(after));

    private static string Body(string check) =>
        $$"""
        async Task<string> Run(string place)
        {
            for (var i = 0; i < 3; i++)
            {
                var w = await http.GetFromJsonAsync<Weather>({{Url}});
                if (w.code == "200") return w.temp;

                {{check}}
                await Task.Delay(1000);
            }

            return null;
        }
        """;
}
