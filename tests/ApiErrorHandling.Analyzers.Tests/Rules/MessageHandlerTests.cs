using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>AEH1002 with message handlers of the project: one that throws for failing statuses is a check.</summary>
public class MessageHandlerTests
{
    private const string Throwing = """
        class Guard : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
            {
                var response = await base.SendAsync(request, token);
                if (response.IsSuccessStatusCode) return response;
                throw new InvalidOperationException();
            }
        }
        """;

    private const string Harmless = """
        class Guard : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
            {
                request.Headers.Add("X-Id", "1");
                return base.SendAsync(request, token);
            }
        }
        """;

    [Theory]
    [InlineData("services.AddHttpClient(\"guarded\").AddHttpMessageHandler<Guard>();", "factory.CreateClient(\"guarded\")")]
    [InlineData("services.AddHttpClient(\"guarded\").AddHttpMessageHandler(() => new Guard());", "factory.CreateClient(\"guarded\")")]
    [InlineData("services.AddHttpClient<Api>().AddHttpMessageHandler<Guard>();", "Client")]
    [InlineData("", "new HttpClient(new Guard { InnerHandler = new HttpClientHandler() })")]
    [InlineData("Attach(typeof(Guard));", "Client")]
    public Task Is_silent_for_clients_whose_handler_throws(string registration, string client) =>
        Check(Throwing, registration, client, "response.Content.ReadAsStringAsync()");

    [Theory]
    [InlineData("services.AddHttpClient(\"guarded\").AddHttpMessageHandler<Guard>();", "factory.CreateClient(\"other\")")]
    [InlineData("services.AddHttpClient(\"guarded\").AddHttpMessageHandler<Guard>();", "factory.CreateClient()")]
    [InlineData("services.AddHttpClient(\"guarded\").AddHttpMessageHandler<Guard>();", "Client")]
    [InlineData("services.AddHttpClient<Other>().AddHttpMessageHandler<Guard>();", "Client")]
    public Task Reports_clients_without_that_handler(string registration, string client) =>
        Check(Throwing, registration, client, "{|AEH1002:response.Content.ReadAsStringAsync()|}");

    [Fact]
    public Task Reports_clients_whose_handler_looks_at_nothing() => Check(
        Harmless,
        "services.AddHttpClient(\"guarded\").AddHttpMessageHandler<Guard>();",
        "factory.CreateClient(\"guarded\")",
        "{|AEH1002:response.Content.ReadAsStringAsync()|}");

    [Fact]
    public Task A_handler_given_by_hand_may_be_that_of_a_client_from_elsewhere() => Check(
        Throwing, "new Api { Client = new HttpClient(new Guard()) };", "Client", "response.Content.ReadAsStringAsync()");

    [Theory]
    // its own helper is seen, and only writes
    [InlineData("await Write(response);", "{|AEH1002:response.Content.ReadAsStringAsync()|}")]
    // that of another class may throw
    [InlineData("Checks.Look(response);", "response.Content.ReadAsStringAsync()")]
    public Task A_handler_that_asks_a_helper(string call, string read) => Check(
        $$"""
        class Guard : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
            {
                var response = await base.SendAsync(request, token);
                {{call}}
                return response;
            }

            async Task Write(HttpResponseMessage response)
            {
                await Task.Yield();
                Console.WriteLine(response.IsSuccessStatusCode ? "good" : "bad");
            }
        }

        static class Checks { public static void Look(HttpResponseMessage response) { } }
        """,
        "services.AddHttpClient(\"guarded\").AddHttpMessageHandler<Guard>();",
        "factory.CreateClient(\"guarded\")",
        read);

    [Theory]
    [InlineData("return response;")]
    [InlineData("Console.WriteLine(await response.Content.ReadAsStringAsync(token)); return response;")]
    [InlineData("if (response.IsSuccessStatusCode) await Keep(response); return response;")]
    [InlineData("await response.Content.LoadIntoBufferAsync(); return response;")]
    [InlineData("response.Content = new StringContent((await response.Content.ReadAsStringAsync(token)).Trim()); return response;")]
    [InlineData("if (response.StatusCode == HttpStatusCode.Unauthorized) { response.Dispose(); request.Headers.Authorization = new(\"Bearer\", Environment.GetEnvironmentVariable(\"TOKEN\")); response = await base.SendAsync(request, token); } return response;")]
    [InlineData("response.EnsureSuccessStatusCode(); await Keep(response); return response;")]
    public Task Is_silent_in_a_handler_that_passes_the_answer_on(string code) => CheckHandler(code);

    [Theory]
    [InlineData("await {|AEH1002:Keep(response)|}; return response;")]
    [InlineData("token_ = JsonDocument.Parse(await {|AEH1002:response.Content.ReadAsStringAsync(token)|}).RootElement.GetProperty(\"token\").GetString(); return response;")]
    public Task Reports_a_handler_that_uses_the_answer_itself(string code) => CheckHandler(code);

    private static Task CheckHandler(string code) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        $$"""
        using System.Net;
        using System.Text.Json;

        class Middle : DelegatingHandler
        {
            string token_;

            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
            {
                var response = await base.SendAsync(request, token);
                {{code}}
            }

            async Task Keep(HttpResponseMessage response)
            {
                var item = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("item");
                token_ = item.GetString();
            }
        }
        """,
        new Setup { Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable });

    private static Task Check(string handler, string registration, string client, string read) =>
        Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
            using System.Net.Http;
            using Microsoft.Extensions.DependencyInjection;

            {{handler}}

            class Other { }

            class Api
            {
                HttpClient Client { get; set; }

                async Task<string> Get(IHttpClientFactory factory, string url)
                {
                    var client = {{client}};
                    var response = await client.GetAsync(url);
                    return await {{read}};
                }

                static void Register(IServiceCollection services)
                {
                    {{registration}}
                }

                static void Attach(Type handler) { }
            }

            namespace System.Net.Http
            {
                public interface IHttpClientFactory { HttpClient CreateClient(string name); }
                public static class HttpClientFactoryExtensions
                {
                    public static HttpClient CreateClient(this IHttpClientFactory factory) => null;
                }
            }

            namespace Microsoft.Extensions.DependencyInjection
            {
                public interface IServiceCollection { }
                public interface IHttpClientBuilder { }
                public static class Registrations
                {
                    public static IHttpClientBuilder AddHttpClient(this IServiceCollection services, string name) => null;
                    public static IHttpClientBuilder AddHttpClient<T>(this IServiceCollection services) => null;
                    public static IHttpClientBuilder AddHttpMessageHandler<T>(this IHttpClientBuilder builder) => null;
                    public static IHttpClientBuilder AddHttpMessageHandler(
                        this IHttpClientBuilder builder, Func<DelegatingHandler> handler) => null;
                }
            }
            """,
            new Setup { Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable });
}
