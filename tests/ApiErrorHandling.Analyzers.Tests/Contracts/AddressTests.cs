using ApiErrorHandling.Analyzers.Contracts;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

/// <summary>The contract and the error models of an address, a header and an answer. `¤` is a hole.</summary>
public class AddressTests
{
    [Theory]
    // Hosts.
    [InlineData("https://devapi.qweather.com/v7/weather/now?location=1", "qweather v1 v2")]
    [InlineData("https://api.qweather.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("http://abc.def.qweatherapi.com/v7/air/now", "qweather v1 v2")]
    [InlineData("HTTPS://API.QWEATHER.COM/V7/WEATHER/NOW", "qweather v1 v2")]
    [InlineData("  https://api.qweather.com/v7/x  ", "qweather v1 v2")]
    [InlineData("https://api.qweather.com", "qweather all")]
    [InlineData("https://api.qweather.com/", "qweather all")]
    [InlineData("https://api.qweather.com?x=/v7/weather/now", "qweather all")]
    [InlineData("https://api.qweather.com./v7/weather/now", "qweather v1 v2")]
    [InlineData("https://dev.qweather.com/docs/resource/error-code", null)]
    [InlineData("https://www.qweather.com/v7/weather/now", null)]
    [InlineData("https://qweather.com/v7/weather/now", null)]
    [InlineData("https://evilqweather.com/v7/weather/now", null)]
    [InlineData("https://api.qweather.com.evil.org/v7/weather/now", null)]
    [InlineData("https://api.qweather.com@evil.org/v7/weather/now", null)]
    [InlineData("https://evil.org/https://api.qweather.com/v7/weather/now", null)]
    [InlineData("https://evil.org?u=https://api.qweather.com/v7/weather/now", null)]
    [InlineData("https://evil.org\\@api.qweather.com/v7/weather/now", null)]
    [InlineData("https://example.com/v7/weather/now", null)]
    [InlineData("https://localhost/v7/weather/now", null)]
    [InlineData("http://127.0.0.1:8080/v7/weather/now", null)]
    [InlineData("http://[::1]:8080/v7/weather/now", null)]
    [InlineData("https://api.tomorrow.io/v4/timelines?apikey=1", "tomorrow-io all")]
    [InlineData("https://eu.api.tomorrow.io/v4/timelines", "tomorrow-io all")]
    [InlineData("https://api.climacell.co/v3/weather", "tomorrow-io all")]
    [InlineData("https://data.climacell.co/v4/timelines", "tomorrow-io all")]
    [InlineData("https://www.climacell.co/", null)]
    [InlineData("https://cvm.api.qcloud.com/v2/index.php?Action=X", "tencent-cloud all")]
    [InlineData("https://api.qcloud.com/v2/index.php", null)]
    // Without protocol, with user and port.
    [InlineData("//api.qweather.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("api.qweather.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("api.tomorrow.io", "tomorrow-io all")]
    [InlineData("api.tomorrow.io:443/v4", "tomorrow-io all")]
    [InlineData("https://user:secret@api.tomorrow.io:443/v4", "tomorrow-io all")]
    [InlineData("https://api.tomorrow.io:¤/v4", "tomorrow-io all")]
    [InlineData("example.com/v7/weather/now", null)]
    // Models of paths.
    [InlineData("https://api.qweather.com/geo/v2/city/lookup", "qweather v1 v2")]
    [InlineData("https://geoapi.qweather.com/v2/city/lookup?location=x", "qweather v1 v2")]
    [InlineData("https://api.qweather.com/v2/city/lookup", "qweather all")]
    [InlineData("https://api.qweather.com/airquality/v1/current/1/2", "qweather v2 v2-success")]
    [InlineData("https://x.qweatherapi.com/weatheralert/v1/current/1/2", "qweather v2 v2-success")]
    [InlineData("https://api.qweather.com/v8/new", "qweather all")]
    [InlineData("https://api.qweather.com//v7/weather/now/", "qweather v1 v2")]
    [InlineData("https://api.qweather.com/v70/weather", "qweather all")]
    // Known in part.
    [InlineData("https://¤.qweatherapi.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("¤.qweatherapi.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("https://¤api.qweather.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("https://api.¤.qweather.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("http¤://api.qweather.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("¤://api.qweather.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("¤api.qweather.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("https://api.qweather.com¤", "qweather all")]
    [InlineData("https://api.qweather.com¤?key=1", "qweather all")]
    [InlineData("https://api.qweather.com/¤", "qweather all")]
    [InlineData("https://api.qweather.com/v7/¤?key=1", "qweather v1 v2")]
    [InlineData("https://api.qweather.com/v7¤", "qweather v1 v2")]
    [InlineData("https://api.qweather.com/¤/weather/now", "qweather all")]
    [InlineData("https://api.qweather.com/airquality/¤/current", "qweather all")]
    [InlineData("https://api.qweather.com/airquality/v1/¤", "qweather v2 v2-success")]
    [InlineData("https://¤.qweather.com/v2/city/lookup", "qweather all")]
    [InlineData("https://¤.example.com/v7/weather/now", null)]
    [InlineData("https://api.example.com¤/v7/weather/now", null)]
    [InlineData("https://¤qweather.com/v8/x", null)]
    // Host unknown: distinctive paths alone.
    [InlineData("/v7/weather/now", "qweather v1 v2")]
    [InlineData("v7/weather/now?location=1", "qweather v1 v2")]
    [InlineData("¤/v7/weather/now", "qweather v1 v2")]
    [InlineData("¤v7/weather/3d?location=¤", "qweather v1 v2")]
    [InlineData("¤¤/v7/weather/¤?key=¤", "qweather v1 v2")]
    [InlineData("https://¤/v7/weather/now", "qweather v1 v2")]
    [InlineData("https://¤:8080/v7/weather/now", "qweather v1 v2")]
    [InlineData("https://api.¤/v7/weather/now", "qweather v1 v2")]
    [InlineData("¤.com/v7/weather/now", "qweather v1 v2")]
    [InlineData("/v7/weather/now¤", "qweather v1 v2")]
    [InlineData("/v7/weather/¤", "qweather v1 v2")]
    [InlineData("/v7/indices/¤d", "qweather v1 v2")]
    [InlineData("/geo/v2/city/lookup", "qweather v1 v2")]
    [InlineData("/v7/¤", null)]
    [InlineData("/v7/weather", null)]
    [InlineData("/¤/weather/now", null)]
    [InlineData("/v7/other/now", null)]
    [InlineData("/v2/city/lookup", null)]
    [InlineData("/airquality/v1/current", null)]
    [InlineData("/v4/timelines", null)]
    [InlineData("weather.json", null)]
    [InlineData("v1.0/items", null)]
    [InlineData("¤", null)]
    [InlineData("", null)]
    [InlineData("?", null)]
    [InlineData("://", null)]
    [InlineData("https://", null)]
    [InlineData("https://@:/", null)]
    [InlineData("//", null)]
    public void Address_tells_contract_and_models(string address, string? expected)
    {
        var binding = ContractCatalog.BuiltIn.MatchAddress(address.Replace('¤', AddressPattern.Hole));

        Assert.Equal(expected, Describe(binding));
    }

    [Theory]
    [InlineData("X-QW-Api-Key", "qweather all")]
    [InlineData("x-qw-api-key", "qweather all")]
    [InlineData("X-Api-Key", null)]
    [InlineData("", null)]
    public void Header_tells_contract(string header, string? expected) =>
        Assert.Equal(expected, Describe(ContractCatalog.BuiltIn.MatchHeader(header)));

    [Theory]
    [InlineData("code updateTime fxLink now", "qweather v1 v2")]
    [InlineData("Code UpdateTime FxLink Daily Refer", "qweather v1 v2")]
    [InlineData("code updateTime now", null)]
    [InlineData("code message data", null)]
    [InlineData("", null)]
    public void Answer_tells_contract(string members, string? expected) =>
        Assert.Equal(expected, Describe(ContractCatalog.BuiltIn.MatchAnswer(members.Split(' '))));

    [Theory]
    [InlineData("api.example.com", true)]
    [InlineData("*.example.com", true)]
    [InlineData("localhost", true)]
    [InlineData("my_host.x-y.org", true)]
    [InlineData("*", false)]
    [InlineData("*.", false)]
    [InlineData("api.*.com", false)]
    [InlineData("https://api.example.com", false)]
    [InlineData("api.example.com:443", false)]
    [InlineData("api.example.com/v1", false)]
    [InlineData("api..com", false)]
    [InlineData(".com", false)]
    [InlineData("com.", false)]
    public void Host_patterns(string pattern, bool isPattern) =>
        Assert.Equal(isPattern, AddressPattern.IsHostPattern(pattern));

    [Theory]
    [InlineData("/v1", true)]
    [InlineData("/v1/**", true)]
    [InlineData("/**", true)]
    [InlineData("/v1/*/items/a*b*c", true)]
    [InlineData("/", false)]
    [InlineData("v1", false)]
    [InlineData("/v1/", false)]
    [InlineData("//v1", false)]
    [InlineData("/v1/**/items", false)]
    [InlineData("/v1**", false)]
    [InlineData("/v1/***", false)]
    [InlineData("/v1?x", false)]
    [InlineData("/v 1", false)]
    public void Path_patterns(string pattern, bool isPattern) =>
        Assert.Equal(isPattern, AddressPattern.IsPathPattern(pattern));

    [Theory]
    [InlineData("/a/*/c", "/a/b/c", PatternMatch.Yes)]
    [InlineData("/a/*/c", "/a/c", PatternMatch.No)]
    [InlineData("/a/*/c", "/a/¤", PatternMatch.Maybe)]
    [InlineData("/a/*/c", "/a/b/c/d", PatternMatch.No)]
    [InlineData("/a/x*y*z", "/a/xyz", PatternMatch.Yes)]
    [InlineData("/a/x*y*z", "/a/x1y2y3z", PatternMatch.Yes)]
    [InlineData("/a/x*y*z", "/a/xzy", PatternMatch.No)]
    [InlineData("/a/x*y*z", "/a/x¤", PatternMatch.Maybe)]
    [InlineData("/a/x*y*z", "/a/b¤", PatternMatch.No)]
    [InlineData("/a/**", "/a", PatternMatch.Yes)]
    [InlineData("/a/**", "/a/b/c", PatternMatch.Yes)]
    [InlineData("/a/**", "/ab", PatternMatch.No)]
    [InlineData("/a/**", "/¤/x", PatternMatch.Maybe)]
    [InlineData("/a/b/c", "/¤/c", PatternMatch.Maybe)]
    [InlineData("/a/now", "/a/now¤", PatternMatch.Yes)]
    [InlineData("/a/now", "/a/nowhere¤", PatternMatch.No)]
    [InlineData("/a/now", "/a/no¤", PatternMatch.Maybe)]
    public void Paths_fit_patterns(string pattern, string path, object expected) =>
        Assert.Equal(expected, AddressPattern.MatchPath(pattern, path.Replace('¤', AddressPattern.Hole)));

    [Fact]
    public void No_text_is_too_strange()
    {
        string[] parts =
        [
            "/", ":", "?", "#", "@", ".", "\\", "[", "]", "¤", "*", "-", " ", "//", "://", "https", "api.qweather.com", "v7",
        ];
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => parts[random.Next(parts.Length)]));
            var binding = ContractCatalog.BuiltIn.MatchAddress(text.Replace('¤', AddressPattern.Hole));

            // A literal host that ends otherwise is nobody's, whatever stands around it.
            var known = "https://" + text.Replace("¤", "") + "evil.example/v7/weather/now";
            var isOwnHost = Uri.TryCreate(known, UriKind.Absolute, out var uri)
                && uri.Host.TrimEnd('.').EndsWith(".qweather.com");
            Assert.True(isOwnHost || uri is null || ContractCatalog.BuiltIn.MatchAddress(known) is null, known);
            Assert.True(binding is null or { Outcomes.IsEmpty: false });
        }
    }

    private static string? Describe(ContractBinding? binding)
    {
        if (binding is not { } bound)
        {
            return null;
        }

        var contract = bound.Contract;
        if (bound.Outcomes == contract.OutcomesOf([]))
        {
            return contract + " all";
        }

        var models = bound.Outcomes.Indices().SelectMany(i => contract.Outcomes[i].Models).Distinct().ToArray();
        Assert.True(contract.OutcomesOf([.. models]).Includes(bound.Outcomes));
        Assert.True(bound.Outcomes.Includes(contract.OutcomesOf(["no such model"])), "generic outcomes are everywhere");
        return contract + " " + string.Join(' ', models.Order(StringComparer.Ordinal));
    }
}
