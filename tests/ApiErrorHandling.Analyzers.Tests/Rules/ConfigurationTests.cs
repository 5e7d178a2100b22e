using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>The project's own contracts and options: what they change, and AEH9001 and AEH9002.</summary>
public class ConfigurationTests
{
    private const string ShopContract = """
        {
          "id": "shop", "name": "Shop", "hosts": "api.shop.example",
          "bodyCode": { "path": "ret", "type": "number" },
          "outcomes": [
            { "code": 0, "advice": "success" },
            { "code": [1, 2], "advice": "never" }
          ]
        }
        """;

    private const string Order = "class Order { public int Ret { get; set; } public string Item { get; set; } }";

    [Fact]
    public Task A_contract_of_the_project_is_known_by_its_address() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        $$"""
        using System.Net.Http.Json;
        {{Order}}
        class Program
        {
            async Task<string> Wrong(HttpClient client) =>
                {|AEH1001:(await client.GetFromJsonAsync<Order>("https://api.shop.example/orders/1")).Item|};

            async Task<string> Right(HttpClient client)
            {
                var order = await client.GetFromJsonAsync<Order>("https://api.shop.example/orders/1");
                return order.Ret == 0 ? order.Item : null;
            }

            async Task<string> Other(HttpClient client) =>
                (await client.GetFromJsonAsync<Order>("https://api.other.example/orders/1")).Item;
        }
        """,
        Disabled(("shop.errorcontract.json", ShopContract)));

    // an answer of a status that fails has no code either: whoever looks at the code has done what the contract asks for
    [Fact]
    public Task Where_no_code_is_success_a_look_at_the_code_is_enough() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        """
        using System.Net.Http.Json;
        class Order { public string Error { get; set; } public string Item { get; set; } }
        class Program
        {
            async Task<string> Right(HttpClient client)
            {
                using var response = await client.GetAsync("https://api.shop.example/orders/1");
                var order = await response.Content.ReadFromJsonAsync<Order>();
                if (order.Error != null && order.Error != "0") return null;
                return order.Item;
            }

            async Task<string> Wrong(HttpClient client)
            {
                using var response = await client.GetAsync("https://api.shop.example/orders/1");
                var order = await {|AEH1002:response.Content.ReadFromJsonAsync<Order>()|};
                return {|AEH1001:order.Item|};
            }
        }
        """,
        Disabled(("shop.errorcontract.json", """
            {
              "id": "shop", "name": "Shop", "hosts": "api.shop.example",
              "bodyCode": { "path": "error", "type": "string", "absentMeansSuccess": true },
              "outcomes": [
                { "code": "0", "advice": "success" },
                { "code": ["1", "2"], "advice": "never" },
                { "status": [500, 502], "advice": "backoff" }
              ]
            }
            """)));

    [Fact]
    public Task An_option_gives_a_file_its_contract() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        $$"""
        using System.Net.Http.Json;
        {{Order}}
        class Program
        {
            async Task<string> Wrong(HttpClient client, string url) =>
                {|AEH1001:(await client.GetFromJsonAsync<Order>(url)).Item|};
        }
        """,
        Disabled(("shop.errorcontract.json", ShopContract)) with
        {
            EditorConfig = "root = true\n[*.cs]\napi_error_handling.contract = shop\n",
        });

    [Fact]
    public Task A_faulty_contract_is_reported_at_its_place_and_the_others_go_on_working() =>
        Verify.Analyzer<ApiErrorHandlingAnalyzer>(
            $$"""
            using System.Net.Http.Json;
            {{Order}}
            class Program
            {
                async Task<string> Wrong(HttpClient client) =>
                    {|AEH1001:(await client.GetFromJsonAsync<Order>("https://api.shop.example/orders/1")).Item|};
            }
            """,
            Disabled(
                ("bad.errorcontract.json", "{\n  \"id\": \"bad\",\n  \"naem\": \"Bad\"\n}"),
                ("shop.errorcontract.json", ShopContract)),
            new DiagnosticResult(RuleIds.InvalidContract, DiagnosticSeverity.Warning)
                .WithSpan("bad.errorcontract.json", 3, 3, 3, 9)
                .WithMessage("This error contract is not used: There is no field 'naem' here"));

    [Fact]
    public Task A_faulty_contract_is_reported_in_a_project_without_requests() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        "class Nothing { }",
        Disabled(("bad.errorcontract.json", "[]")) with { ImplicitUsings = false },
        new DiagnosticResult(RuleIds.InvalidContract, DiagnosticSeverity.Warning)
            .WithSpan("bad.errorcontract.json", 1, 1, 1, 2));

    [Fact]
    public Task An_option_that_names_no_contract_is_reported_once() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        "class A { } class B { }",
        Disabled() with
        {
            EditorConfig = "root = true\n[*.cs]\napi_error_handling.contract = qwaether\n",
            MoreSources = [("C.cs", "class C { }")],
        },
        new DiagnosticResult(RuleIds.InvalidOption, DiagnosticSeverity.Warning)
            .WithNoLocation());

    [Fact]
    public void Descriptors_are_complete_and_unique()
    {
        var descriptors = new ApiErrorHandlingAnalyzer().SupportedDiagnostics;

        Assert.NotEmpty(descriptors);
        foreach (var group in descriptors.GroupBy(d => d.Id))
        {
            Assert.Matches("^AEH[0-9]{4}$", group.Key);
            Assert.Single(group.Select(d => d.Title.ToString()).Distinct());
            Assert.Single(group.Select(d => d.DefaultSeverity).Distinct());
            Assert.Single(group.Select(d => d.HelpLinkUri).Distinct());
            Assert.Equal(group.Count(), group.Select(d => d.MessageFormat.ToString()).Distinct().Count());
            Assert.All(group, d => Assert.All(
                new[] { d.Title.ToString(), d.MessageFormat.ToString(), d.Description.ToString() },
                text => Assert.DoesNotContain(group.Key, text)));
            Assert.EndsWith("#" + group.Key.ToLowerInvariant(), group.First().HelpLinkUri);
        }
    }

    private static Setup Disabled(params (string, string)[] files) => new()
    {
        Nullable = NullableContextOptions.Disable,
        AdditionalFiles = [.. files],
    };
}
