using ApiErrorHandling.Analyzers.CodeFixes;
using ApiErrorHandling.Analyzers.Rules;
using ApiErrorHandling.Analyzers.Tests.Flow;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>Helpers of other projects, as options name them.</summary>
public class ConfiguredHelpersTests
{
    private const string Helpers = """
        using System.Net.Http;
        using System.Threading.Tasks;

        namespace Shop.Net
        {
            public static class Http
            {
                public static Task<HttpResponseMessage> SendAsync(string url) => null;
                public static Task<HttpResponseMessage> SendAsync(string url, int times) => null;
                public static Task<string> TextAsync(string url) => null;
                public static Task<T> ReadAsync<T>(string url) => null;

                public static class Raw { public static Task<string> TextAsync(string url) => null; }
            }

            public static class Guard
            {
                public static bool IsGood(HttpResponseMessage response) => true;
                public static void Check(HttpResponseMessage response) { }
                public static Task CheckAsync(HttpResponseMessage response) => null;
                public static void Fail(string message) { }
            }
        }
        """;

    [Theory]
    // without options nothing is known of them
    [InlineData("", "return await (await Http.SendAsync(url)).Content.ReadAsStringAsync();")]
    [InlineData("api_error_handling.request_methods = M:Shop.Net.Http.SendAsync", "return await {|AEH1002:(await Http.SendAsync(url)).Content.ReadAsStringAsync()|};")]
    [InlineData("api_error_handling.request_methods = M:Shop.Net.Http.SendAsync", "return await {|AEH1002:(await Http.SendAsync(url, 3)).Content.ReadAsStringAsync()|};")]
    [InlineData("api_error_handling.request_methods = M:Shop.Net.Http.SendAsync(System.String)", "return await (await Http.SendAsync(url, 3)).Content.ReadAsStringAsync();")]
    [InlineData("api_error_handling.request_methods = M:Shop.Net.Http.SendAsync(System.String)", "return await {|AEH1002:(await Http.SendAsync(url)).Content.ReadAsStringAsync()|};")]
    [InlineData("api_error_handling.request_methods = M:Shop.Net.Http.SendAsync", "var r = await Http.SendAsync(url); r.EnsureSuccessStatusCode(); return await r.Content.ReadAsStringAsync();")]
    [InlineData("api_error_handling.request_methods = M:Shop.Net.Other.SendAsync | M:Shop.Net.Http.TextAsync", "return await {|AEH1002:Http.TextAsync(url)|};")]
    [InlineData("api_error_handling.request_methods = M:Shop.Net.Http.ReadAsync``1", "return (await {|AEH1002:Http.ReadAsync<Item>(url)|}).Name;")]
    [InlineData("api_error_handling.request_methods = M:Shop.Net.Http.Raw.TextAsync(System.String)", "return await {|AEH1002:Http.Raw.TextAsync(url)|};")]
    // one that throws for a failing status
    [InlineData("api_error_handling.request_methods = M:Shop.Net.Http.TextAsync\napi_error_handling.checking_methods = M:Shop.Net.Http.TextAsync", "return await Http.TextAsync(url);")]
    public Task Requests(string options, string body) => Check(options, body);

    [Theory]
    [InlineData("", "var r = await client.GetAsync(url); Guard.Check(r); return await r.Content.ReadAsStringAsync();")]
    [InlineData("api_error_handling.checking_methods = M:Shop.Net.Guard.Check", "var r = await client.GetAsync(url); Guard.Check(r); return await r.Content.ReadAsStringAsync();")]
    [InlineData("api_error_handling.checking_methods = M:Shop.Net.Guard.CheckAsync", "var r = await client.GetAsync(url); await Guard.CheckAsync(r); return await r.Content.ReadAsStringAsync();")]
    [InlineData("api_error_handling.checking_methods = M:Shop.Net.Guard.IsGood", "var r = await client.GetAsync(url); if (!Guard.IsGood(r)) return null; return await r.Content.ReadAsStringAsync();")]
    // told, but nothing is done with it
    [InlineData("api_error_handling.checking_methods = M:Shop.Net.Guard.IsGood", "var r = await client.GetAsync(url); Guard.IsGood(r); return await {|AEH1002:r.Content.ReadAsStringAsync()|};")]
    [InlineData("api_error_handling.checking_methods = M:Shop.Net.Guard.IsGood", "var r = await client.GetAsync(url); if (Guard.IsGood(r)) return null; return await r.Content.ReadAsStringAsync();")]
    [InlineData("api_error_handling.throwing_methods = M:Shop.Net.Guard.Fail", "var r = await client.GetAsync(url); if (!r.IsSuccessStatusCode) Guard.Fail(\"x\"); return await r.Content.ReadAsStringAsync();")]
    [InlineData("", "var r = await client.GetAsync(url); if (!r.IsSuccessStatusCode) Guard.Fail(\"x\"); return await {|AEH1002:r.Content.ReadAsStringAsync()|};")]
    public Task Checks(string options, string body) => Check(options, body);

    [Fact]
    public Task A_response_of_a_helper_is_fixed_as_any_other() => Verify.CodeFix<ApiErrorHandlingAnalyzer, HttpStatusIgnoredFixer>(
        Program("var r = await Http.SendAsync(url);\n        return await {|AEH1002:r.Content.ReadAsStringAsync()|};"),
        Program("var r = await Http.SendAsync(url);\n        r.EnsureSuccessStatusCode();\n        return await r.Content.ReadAsStringAsync();"),
        SetupFor("api_error_handling.request_methods = M:Shop.Net.Http.SendAsync"));

    [Theory]
    [InlineData("M:Shop.Net.Http.TextAsync", "return await {|AEH1002:Http.TextAsync(url)|};")]
    [InlineData("M:Shop.Net.Http.ReadAsync", "return (await {|AEH1002:Http.ReadAsync<Item>(url)|}).Name;")]
    public Task A_body_without_its_response_cannot_be_fixed(string method, string body) =>
        Verify.NoCodeFix<ApiErrorHandlingAnalyzer, HttpStatusIgnoredFixer>(
            Program(body), SetupFor("api_error_handling.request_methods = " + method));

    private static Task Check(string options, string body) =>
        Verify.Analyzer<ApiErrorHandlingAnalyzer>(Program(body), SetupFor(options));

    private static Setup SetupFor(string options) => new()
    {
        EditorConfig = "root = true\n[*.cs]\n" + options + "\n",
        Configure = test => test.TestState.AdditionalReferences.Add(Compiled),
    };

    private static string Program(string body) => $$"""
        using Shop.Net;

        class Item { public string Name { get; set; } }

        class Program
        {
            async Task<string> Run(HttpClient client, string url)
            {
                {{body}}
            }
        }
        """;

    private static readonly MetadataReference Compiled = Compile();

    private static MetadataReference Compile()
    {
        using var image = new MemoryStream();
        Assert.True(FlowProgram.Compile([Helpers]).WithAssemblyName("Shop.Net").Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
