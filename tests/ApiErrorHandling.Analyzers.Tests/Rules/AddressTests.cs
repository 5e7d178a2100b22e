using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>
/// Which contract a request has, seen by what is reported: AEH1001 where the address is QWeather's, nothing where it is
/// not, since the calls throw for failing statuses.
/// </summary>
public class AddressTests
{
    [Theory]
    [InlineData("""await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/3d?location=" + city)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>($"https://api.qweather.com/v7/weather/now?location={city}&key={key}")""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>("https://geoapi.qweather.com/v2/city/lookup?location=" + city)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>("HTTPS://DevApi.QWeather.com/v7/air/now")""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>("https://abc1234xyz.def.qweatherapi.com/v7/indices/1d?type=1")""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v9/tides")""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(string.Format("https://devapi.qweather.com/v7/weather/now?location={0}&key={1}", city, key))""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(string.Concat("https://", "devapi.qweather.com", "/v7/weather/now", "?location=", city))""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(string.Format("{0}/v7/weather/now?location={1}&key={2}&lang={3}", Api.Host, city, key, path))""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(baseUrl.TrimEnd('/') + "/v9/tides?location=" + city)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(new UriBuilder(Uri.UriSchemeHttps, "devapi.qweather.com", 443, "/v7/weather/now").Uri)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(new Uri("https://devapi.qweather.com/v7/weather/now"))""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(new Uri(new Uri("https://devapi.qweather.com/"), "v7/weather/now"))""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(new UriBuilder("https://devapi.qweather.com/v7/weather/now") { Query = "location=" + city }.Uri)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(Api.Now + city)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(Api.Host + "/v7/weather/now?location=" + city)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>($"{Api.Host}/v7/weather/{Period}?location={city}")""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>($"{Api.Root}now?location={city}")""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(Api.Address)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(baseUrl + "/v7/weather/now?location=" + city)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>($"https://{host}/v7/weather/now?location={city}")""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>("/v7/weather/now?location=" + city)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>("geo/v2/city/lookup?location=" + city)""")]
    [InlineData("""await own.GetFromJsonAsync<Weather>("v9/tides?location=" + city)""")]
    [InlineData("""await own.GetFromJsonAsync<Weather>("/v9/tides?location=" + city)""")]
    [InlineData("""await Shared.GetFromJsonAsync<Weather>($"tides?location={city}")""")]
    [InlineData("""await Lazy.GetFromJsonAsync<Weather>(path)""")]
    [InlineData("""await set.GetFromJsonAsync<Weather>(path)""")]
    [InlineData("""await injected.GetFromJsonAsync<Weather>(path)""")]
    [InlineData("""await keyed.GetFromJsonAsync<Weather>(path)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(settings.Url + path)""")]
    [InlineData("""await client.GetFromJsonAsync<Weather>(city == "" ? "https://devapi.qweather.com/v7/weather/now" : "https://devapi.qweather.com/v7/weather/3d")""")]
    public Task Knows_the_address_of_a_call(string call) => Check($$"""
        var answer = {{call}};
        return {|AEH1001:answer.Now|}.Temp;
        """);

    [Theory]
    [InlineData("""
        var url = "https://devapi.qweather.com/v7/weather/now";
        url += "?location=" + city;
        url += "&key=" + key;
        var answer = await client.GetFromJsonAsync<Weather>(url);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var builder = new StringBuilder("https://devapi.qweather.com/v7/weather/now");
        builder.Append("?location=").Append(city);
        builder.Append("&key=").Append(key);
        var answer = await client.GetFromJsonAsync<Weather>(builder.ToString());
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var builder = new StringBuilder();
        builder.Append("https://devapi.qweather.com").Append("/v9/tides");
        builder.AppendFormat("?location={0}", city);
        var answer = await client.GetFromJsonAsync<Weather>(builder.ToString());
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var builder = new UriBuilder { Scheme = "https", Host = "devapi.qweather.com", Path = "/v7/weather/now", Query = "location=" + city };
        var answer = await client.GetFromJsonAsync<Weather>(builder.Uri);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var builder = new UriBuilder("https", "devapi.qweather.com");
        builder.Path = "v7/weather/now";
        var answer = await client.GetFromJsonAsync<Weather>(builder.ToString());
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://devapi.qweather.com/v7/weather/now?location=" + city);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Weather>();
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var request = new HttpRequestMessage
        {
            Method = HttpMethod.Get,
            RequestUri = new Uri("https://devapi.qweather.com/v7/weather/now?location=" + city),
            Headers = { { "Accept", "application/json" } },
        };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Weather>();
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var request = new HttpRequestMessage();
        request.RequestUri = new Uri("https://devapi.qweather.com/v7/weather/now?location=" + city);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Weather>();
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var request = new HttpRequestMessage(HttpMethod.Get, key + city);
        request.Headers.Add("X-QW-Api-Key", key);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Weather>();
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-qw-api-key", key);
        var answer = await client.GetFromJsonAsync<Weather>(key + city);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        using var http = new HttpClient { BaseAddress = new Uri("https://devapi.qweather.com/v7/") };
        var answer = await http.GetFromJsonAsync<Weather>("weather/now?location=" + city);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        using var http = new HttpClient();
        http.BaseAddress = new Uri("https://devapi.qweather.com");
        http.DefaultRequestHeaders.Add("Accept", "application/json");
        var answer = await http.GetFromJsonAsync<Weather>(path);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        string url;
        if (city == null) url = "https://devapi.qweather.com/v7/weather/now?location=101010100";
        else url = "https://devapi.qweather.com/v7/weather/now?location=" + city;
        var answer = await client.GetFromJsonAsync<Weather>(url);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        const string Host = "devapi.qweather.com";
        var address = $"https://{Host}/v7/weather/now?location={Uri.EscapeDataString(city)}";
        var answer = await client.GetFromJsonAsync<Weather>(address);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        return await Get("https://devapi.qweather.com/v7/weather/now?location=" + city);

        async Task<string> Get(string url)
        {
            var answer = await client.GetFromJsonAsync<Weather>(url);
            return {|AEH1001:answer.Now|}.Temp;
        }
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Linked>(key + city);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var query = new Dictionary<string, string> { ["location"] = city, ["key"] = key };
        var url = "https://devapi.qweather.com/v7/weather/now?" + string.Join("&", query.Select(p => p.Key + "=" + p.Value));
        var answer = await client.GetFromJsonAsync<Weather>(url);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var url = "https://devapi.qweather.com/{area}/now".Replace("{area}", city);
        var answer = await client.GetFromJsonAsync<Weather>(url);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        foreach (var place in new[] { "101010100", "101020100" })
        {
            var answer = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=" + place);
            Console.WriteLine({|AEH1001:answer.Now|}.Temp);
        }

        return null;
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Weather>("https://cvm.api.qcloud.com/v2/index.php?Action=" + city);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Weather>($"https://{city}.api.qcloud.com/v2/index.php?Action=X");
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    public Task Follows_the_address(string body) => Check(body);

    [Theory]
    [InlineData("\"https://dev.qweather.com/v7/weather/now\"")]
    [InlineData("\"https://www.qweather.com/v7/weather/now\"")]
    [InlineData("\"https://qweather.com.example.org/v9/tides\"")]
    [InlineData("\"https://notqweather.com/v9/tides\"")]
    [InlineData("\"https://devapi-qweather.com/v9/tides\"")]
    [InlineData("\"https://example.org/devapi.qweather.com/v9/tides\"")]
    [InlineData("\"https://example.org/?next=https://devapi.qweather.com/v9/tides\"")]
    [InlineData("\"https://example.org/v7/forecast/now\"")]
    [InlineData("\"https://devapi.qweather.com@example.org/v9/tides\"")]
    [InlineData("\"https://api.qcloud.com.example.org/v2/index.php\"")]
    [InlineData("\"https://cvm.tencentcloudapi.com/\"")]
    [InlineData("\"https://devapi.qweather.com/airquality/v1/current/39.9/116.4\"")]
    [InlineData("\"https://devapi.qweather.com/weatheralert/v1/current/39.9/116.4\"")]
    [InlineData("\"https://\" + city + \"/v2/city/lookup\"")]
    [InlineData("\"/v2/city/lookup\"")]
    [InlineData("\"weather/now\"")]
    [InlineData("city")]
    [InlineData("Other.Now")]
    public Task Is_silent_on_other_addresses(string address) => Check($$"""
        var answer = await client.GetFromJsonAsync<Weather>({{address}});
        return answer.Now.Temp;
        """);

    [Theory]
    [InlineData("""
        using var http = new HttpClient { BaseAddress = new Uri("https://devapi.qweather.com/") };
        var answer = await http.GetFromJsonAsync<Weather>("https://example.org/weather");
        return answer.Now.Temp;
        """)]
    [InlineData("""
        using var http = new HttpClient { BaseAddress = new Uri("https://devapi.qweather.com/v9/tides/") };
        var answer = await http.GetFromJsonAsync<Weather>("/airquality/v1/current/1/2");
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var request = new HttpRequestMessage(HttpMethod.Get, "https://devapi.qweather.com/v7/weather/now");
        request.RequestUri = new Uri("https://example.org/weather");
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Weather>();
        return answer.Now.Temp;
        """)]
    [InlineData("""
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        var answer = await client.GetFromJsonAsync<Weather>(key + city);
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var url = "https://devapi.qweather.com/v7/weather/now";
        url = "https://example.org/weather";
        var answer = await client.GetFromJsonAsync<Weather>(url);
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var answer = await own.GetFromJsonAsync<Weather>("https://example.org/weather");
        return answer.Now.Temp;
        """)]
    [InlineData("""
        Console.WriteLine("https://devapi.qweather.com/v7/weather/now");
        var answer = await client.GetFromJsonAsync<Weather>(key + city);
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var answer = await plain.GetFromJsonAsync<Weather>("tides");
        return answer.Now.Temp;
        """)]
    public Task Is_silent_where_the_address_changed(string body) => Check(body);

    [Theory]
    [InlineData("""
        class Service
        {
            private readonly HttpClient _http;

            public Service(IHttpClientFactory factory)
            {
                _http = factory.CreateClient();
                _http.BaseAddress = new Uri("https://devapi.qweather.com/");
            }

            public async Task<string> Get(string path)
            {
                var answer = await _http.GetFromJsonAsync<Weather>(path);
                return {|AEH1001:answer.Now|}.Temp;
            }
        }
        """)]
    [InlineData("""
        class Service
        {
            private readonly HttpClient _http;

            public Service(HttpClient http)
            {
                this._http = http ?? throw new ArgumentNullException(nameof(http));
                this._http.DefaultRequestHeaders.Add("X-QW-Api-Key", "k");
            }

            public async Task<string> Get(string path)
            {
                var answer = await this._http.GetFromJsonAsync<Weather>(path);
                return {|AEH1001:answer.Now|}.Temp;
            }
        }
        """)]
    [InlineData("""
        partial class Service
        {
            private static HttpClient Http { get; } = new(new HttpClientHandler { AutomaticDecompression = System.Net.DecompressionMethods.GZip })
            {
                BaseAddress = new Uri("https://devapi.qweather.com/v7/"),
            };
        }

        partial class Service
        {
            public async Task<string> Get(string path)
            {
                var answer = await Http.GetFromJsonAsync<Weather>(path);
                return {|AEH1001:answer.Now|}.Temp;
            }
        }
        """)]
    [InlineData("""
        class Service
        {
            protected HttpClient Http = new HttpClient();
            protected virtual string Base => "https://devapi.qweather.com";

            public async Task<string> Get(string path)
            {
                var answer = await Http.GetFromJsonAsync<Weather>(Base + "/v7/" + path);
                return {|AEH1001:answer.Now|}.Temp;
            }
        }
        """)]
    [InlineData("""
        class Service
        {
            private readonly string _url;

            public Service(string key) => _url = "https://devapi.qweather.com/v7/weather/now?key=" + key;

            public async Task<string> Get(HttpClient http, string city)
            {
                var answer = await http.GetFromJsonAsync<Weather>(_url + "&location=" + city);
                return {|AEH1001:answer.Now|}.Temp;
            }
        }
        """)]
    [InlineData("""
        class Base
        {
            protected const string Url = "https://devapi.qweather.com/v7/weather/now";
        }

        class Service : Base
        {
            public async Task<string> Get(HttpClient http)
            {
                var answer = await http.GetFromJsonAsync<Weather>(Url);
                return {|AEH1001:answer.Now|}.Temp;
            }
        }
        """)]
    [InlineData("""
        class Options { public string Url { get; set; } = "https://devapi.qweather.com"; }

        class Service
        {
            private readonly Options _options = new();

            public async Task<string> Get(HttpClient http, string path)
            {
                var answer = await http.GetFromJsonAsync<Weather>(_options.Url + path);
                return {|AEH1001:answer.Now|}.Temp;
            }
        }
        """)]
    public Task Finds_the_address_in_the_class(string types) => CheckTypes(types);

#if !ROSLYN_OLDEST
    [Theory]
    [InlineData("""
        class Service(HttpClient http)
        {
            public async Task<string> Get(string city)
            {
                var answer = await http.GetFromJsonAsync<Weather>("/v7/weather/now?location=" + city);
                return {|AEH1001:answer.Now|}.Temp;
            }
        }
        """)]
    [InlineData("""
        class Service(HttpClient http)
        {
            private readonly HttpClient _http = http;
            private const string Base = "https://devapi.qweather.com";

            public async Task<string> Get(string path)
            {
                _http.BaseAddress ??= new Uri(Base);
                var answer = await _http.GetFromJsonAsync<Weather>($"{Base}/{path}");
                return {|AEH1001:answer.Now|}.Temp;
            }
        }
        """)]
    public Task Finds_the_address_beside_a_primary_constructor(string types) => CheckTypes(types);
#endif

    private static Task Check(string body) => CheckTypes($$"""
        class Program
        {
            const string Period = "3d";
            static readonly HttpClient Shared = new HttpClient { BaseAddress = new Uri("https://devapi.qweather.com/v9/") };
            static HttpClient Lazy => new() { BaseAddress = new Uri("https://devapi.qweather.com/v9/") };
            readonly HttpClient own = new() { BaseAddress = new Uri("https://devapi.qweather.com/") };
            readonly HttpClient plain = new() { BaseAddress = new Uri("https://example.org/") };
            readonly HttpClient set = new();
            readonly HttpClient keyed = new();
            readonly HttpClient injected;
            readonly string baseUrl = "https://devapi.qweather.com";

            public Program(HttpClient client)
            {
                set.BaseAddress = new Uri(Api.Host);
                keyed.DefaultRequestHeaders.Add("X-QW-Api-Key", "k");
                client.BaseAddress = new Uri("https://devapi.qweather.com/v9/");
                injected = client;
            }

            async Task<string> Run(HttpClient client, string city, string key, string path, string host, Settings settings)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }

        static class Api
        {
            public const string Host = "https://devapi.qweather.com";
            public const string Now = Host + "/v7/weather/now?location=";
            public static readonly string Root = Host + "/v7/weather/";
            public static readonly Uri Address = new Uri(Host + "/v7/weather/now");
        }

        static class Other
        {
            public static readonly string Now = "https://example.org" + "/now";
        }

        class Settings
        {
            public string Url { get; set; } = "https://devapi.qweather.com/";
        }
        """);

    [Theory]
    [InlineData("services.AddHttpClient<Service>(c => c.BaseAddress = new Uri(\"https://devapi.qweather.com/\"));", true)]
    [InlineData("services.AddHttpClient<IService, Service>().ConfigureHttpClient(c => { c.BaseAddress = new Uri(\"https://devapi.qweather.com/\"); });", true)]
    [InlineData("services.AddHttpClient<Other>(c => c.BaseAddress = new Uri(\"https://devapi.qweather.com/\"));", false)]
    [InlineData("services.AddHttpClient<Service>(c => c.BaseAddress = new Uri(\"https://example.org/\"));", false)]
    public Task The_address_that_a_typed_client_is_registered_with(string registration, bool isFound) => CheckTypes($$"""
        interface IService { }
        class Other { }

        class Service : IService
        {
            private readonly HttpClient _client;
            public Service(HttpClient client) => _client = client;
            public async Task<string> Get()
            {
                var weather = await _client.GetFromJsonAsync<Weather>("v9/x");
                return {{(isFound ? "{|AEH1001:weather.Now|}" : "weather.Now")}}.Temp;
            }
        }

        {{Registering(registration)}}
        """);

    [Theory]
    [InlineData("services.AddHttpClient(\"weather\", c => c.BaseAddress = new Uri(\"https://devapi.qweather.com/\"));", true)]
    [InlineData("services.AddHttpClient(Names.Weather).ConfigureHttpClient(c => c.BaseAddress = new Uri(\"https://devapi.qweather.com/\"));", true)]
    [InlineData("services.AddHttpClient(\"other\", c => c.BaseAddress = new Uri(\"https://devapi.qweather.com/\"));", false)]
    public Task The_address_that_a_named_client_is_registered_with(string registration, bool isFound) => CheckTypes($$"""
        static class Names { public const string Weather = "weather"; }

        class Service
        {
            private readonly IHttpClientFactory factory;
            public Service(IHttpClientFactory factory) => this.factory = factory;
            public async Task<string> Get()
            {
                var weather = await factory.CreateClient("weather").GetFromJsonAsync<Weather>("v9/x");
                return {{(isFound ? "{|AEH1001:weather.Now|}" : "weather.Now")}}.Temp;
            }
        }

        {{Registering(registration)}}
        """);

    private static string Registering(string registration) => $$"""
        class Services { }
        class Builder { }
        static class Extensions
        {
            public static Builder AddHttpClient<T>(this Services services) => new();
            public static Builder AddHttpClient<T>(this Services services, Action<HttpClient> configure) => new();
            public static Builder AddHttpClient<T, TImplementation>(this Services services) => new();
            public static Builder AddHttpClient(this Services services, string name) => new();
            public static Builder AddHttpClient(this Services services, string name, Action<HttpClient> configure) => new();
            public static Builder ConfigureHttpClient(this Builder builder, Action<HttpClient> configure) => builder;
        }
        class Startup { void Configure(Services services) { {{registration}} } }
        """;

    private static Task CheckTypes(string types) => Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
        using System.Net.Http.Json;
        using System.Text;
        using System.Text.Json;

        class Weather { public string Code { get; set; } public Now Now { get; set; } }
        class Linked { public string Code { get; set; } public string UpdateTime { get; set; } public string FxLink { get; set; } public Now Now { get; set; } }
        class Now { public string Temp { get; set; } }

        {{types}}

        namespace System.Net.Http
        {
            public interface IHttpClientFactory { HttpClient CreateClient(string name); }
            public static class HttpClientFactoryExtensions
            {
                public static HttpClient CreateClient(this IHttpClientFactory factory) => factory.CreateClient("");
            }
        }
        """);
}
