using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

/// <summary>A project's own contract files beside the built-in ones.</summary>
public class CatalogTests
{
    private const string Ok = """{ "status": 200, "advice": "success" }""";

    [Fact]
    public void Without_files_the_catalog_is_the_built_in_one() => Assert.Same(ContractCatalog.BuiltIn, Create());

    [Fact]
    public void New_contract_is_found_by_all_means()
    {
        var catalog = Create($$"""
            {
              "id": "shop", "name": "Shop", "hosts": ["api.shop.example", "*.shop.example"],
              "paths": [
                { "pattern": "/orders/*", "models": "old", "distinctive": true },
                { "pattern": "/**", "models": ["new"] }
              ],
              "headers": ["X-Shop"], "answers": [["ret", "payload"]],
              "bodyCode": { "path": "head.ret", "type": "number", "absentMeansSuccess": true },
              "errorBody": { "title": ["problem.title", "title"], "telltales": "ret" },
              "outcomes": [
                { "models": "old", "code": [0, 1], "advice": "success" },
                { "models": "old", "code": "7", "advice": "partial" },
                { "models": "new", "status": 200, "advice": "success" },
                { "models": ["old", "new"], "status": 409, "advice": "renew", "renew": ["ETag"] }
              ],
              "unlisted": { "5xx": "backoff", "code": "never" }
            }
            """);
        var shop = catalog.Find("shop")!;

        Assert.Equal(
            [
                "old:0", "old:1", "old:7", "200", "409", "other-code", "other:3xx", "other:4xx", "other:5xx",
                "transport", "timeout", "unreadable",
            ],
            shop.Outcomes.Select(outcome => outcome.Id));
        Assert.Equal(
            "old:0 old:1 old:7 409 other-code other:3xx other:4xx other:5xx transport timeout unreadable",
            Describe(catalog.MatchAddress("https://x.shop.example/orders/7")));
        Assert.Equal(
            "200 409 other:3xx other:4xx other:5xx transport timeout unreadable",
            Describe(catalog.MatchAddress("https://x.shop.example/items")));
        Assert.Equal("shop", catalog.MatchAddress("/orders/1")?.Contract.Id);
        Assert.Equal("shop", catalog.MatchHeader("x-shop")?.Contract.Id);
        Assert.Equal("shop", catalog.MatchAnswer(["RET", "Payload", "more"])?.Contract.Id);
        Assert.Equal(["head", "ret"], shop.BodyCode!.Path.AsEnumerable());
        Assert.Equal(["0", "1"], shop.BodyCode.SuccessValues.AsEnumerable());
        Assert.True(shop.BodyCode.AbsentMeansSuccess);
        Assert.Equal(Advice.Never, shop.Outcomes.Single(outcome => outcome.Id == "other-code").Advice);
        Assert.Equal(["old"], shop.Outcomes.Single(outcome => outcome.Id == "other-code").Models.AsEnumerable());
        Assert.Equal(["problem.title", "title"], shop.ErrorBody.Title.Select(path => string.Join(".", path)));
        Assert.Same(ContractCatalog.BuiltIn.Http, catalog.Http);
    }

    [Fact]
    public void File_with_a_built_in_id_extends_it()
    {
        var old = ContractCatalog.BuiltIn.Find("qweather")!;
        var catalog = Create("""
            {
              "id": "qweather", "hosts": "weather.example.org",
              "paths": [{ "pattern": "/v7/new/**", "models": ["v2", "v2-success"] }],
              "outcomes": [
                { "models": "v1", "code": "402", "advice": "never" },
                { "models": "v1", "code": "405", "advice": "backoff" },
                { "models": "v2", "status": 429, "title": "TOO FAST", "advice": "never" }
              ],
              "unlisted": { "4xx": "never" }
            }
            """);
        var contract = catalog.Find("qweather")!;

        Assert.Equal("QWeather", contract.Name);
        Assert.Equal(old.Outcomes.Length + 3, contract.Outcomes.Length);
        Assert.Equal(Enumerable.Range(0, contract.Outcomes.Length), contract.Outcomes.Select(outcome => outcome.Index));
        Assert.Equal(Advice.Never, Outcome(contract, "v1:402").Advice);
        Assert.False(Outcome(contract, "v1:402").ConcernsAccount);
        Assert.Equal(Outcome(old, "v1:402").Index, Outcome(contract, "v1:402").Index);
        Assert.Equal(Advice.Backoff, Outcome(contract, "v1:405").Advice);
        Assert.Equal(["TOO FAST"], Outcome(contract, "429:TOO FAST").Titles.AsEnumerable());
        Assert.Equal(Advice.Never, Outcome(contract, "other:4xx").Advice);
        Assert.Equal(Advice.None, Outcome(contract, "other:5xx").Advice);
        Assert.Same(contract, catalog.MatchAddress("https://weather.example.org/v7/x")?.Contract);
        Assert.Same(contract, catalog.MatchAddress("https://api.qweather.com/v7/x")?.Contract);
        Assert.DoesNotContain("v1:402", Describe(catalog.MatchAddress("https://api.qweather.com/v7/new/x")));
        Assert.Contains("v1:402", Describe(catalog.MatchAddress("https://api.qweather.com/v7/x")));
        Assert.Null(catalog.MatchAddress("https://dev.qweather.com/v7/x"));

        // The built-in catalog is not touched.
        Assert.Equal(Advice.AfterReset, Outcome(ContractCatalog.BuiltIn.Find("qweather")!, "v1:402").Advice);
        Assert.Null(ContractCatalog.BuiltIn.MatchAddress("https://weather.example.org/v7/x"));
    }

    [Fact]
    public void Extending_with_nothing_changes_nothing()
    {
        foreach (var contract in ContractCatalog.BuiltIn.Contracts)
        {
            var same = Create($$"""{ "id": "{{contract.Id}}" }""").Find(contract.Id)!;

            Assert.NotSame(contract, same);
            Assert.Empty(Facts.Parse(Facts.ReadText()).Single(facts => facts.Id == contract.Id).DifferencesFrom(same));
            Assert.Equal(contract.Outcomes.Select(outcome => outcome.Id), same.Outcomes.Select(outcome => outcome.Id));
            Assert.Equal(contract.StatusFailures, same.StatusFailures);
        }
    }

    [Fact]
    public void File_with_a_built_in_id_replaces_it_if_it_says_so()
    {
        var catalog = Create($$"""
            { "id": "qweather", "replace": true, "name": "Q", "hosts": "q.example", "outcomes": [{{Ok}}] }
            """);

        Assert.Equal(["200", "other", "transport", "timeout", "unreadable"], Ids(catalog.Find("qweather")!));
        Assert.Null(catalog.MatchAddress("https://api.qweather.com/v7/weather/now"));
        Assert.Equal("Q", catalog.MatchAddress("https://q.example/")?.Contract.Name);
    }

    [Fact]
    public void General_contract_can_be_replaced()
    {
        var catalog = Create($$"""{ "id": "http", "replace": true, "name": "Ours", "outcomes": [{{Ok}}] }""");

        Assert.Equal("Ours", catalog.Http.Name);
    }

    [Fact]
    public void Hosts_of_the_project_come_before_the_built_in_ones()
    {
        var catalog = Create($$"""
            { "id": "mine", "name": "Mine", "hosts": "api.qweather.com", "outcomes": [{{Ok}}] }
            """);

        Assert.Equal("mine", catalog.MatchAddress("https://api.qweather.com/v7/weather/now")?.Contract.Id);
        Assert.Equal("qweather", catalog.MatchAddress("https://devapi.qweather.com/v7/weather/now")?.Contract.Id);
    }

    [Fact]
    public void Second_file_with_an_id_is_an_error()
    {
        var file = SourceText.From($$"""{ "id": "x", "name": "X", "outcomes": [{{Ok}}] }""");
        var catalog = ContractCatalog.Create([("a.json", file), ("b.json", file)], out var errors);

        var error = Assert.Single(errors);
        Assert.Equal("b.json", error.Path);
        Assert.Equal(ContractErrorKind.DuplicateContract, error.Kind);
        Assert.Equal(["x"], error.Arguments.AsEnumerable());
        Assert.NotNull(catalog.Find("x"));
    }

    [Fact]
    public void Faulty_file_leaves_the_others_alone()
    {
        var catalog = ContractCatalog.Create(
            [
                ("a.json", SourceText.From("{")),
                ("b.json", SourceText.From($$"""{ "id": "x", "name": "X", "outcomes": [{{Ok}}] }""")),
                ("c.json", SourceText.From("""{ "id": "qweather", "hots": [] }""")),
            ],
            out var errors);

        Assert.Equal(["a.json", "c.json"], errors.Select(error => error.Path));
        Assert.NotNull(catalog.Find("x"));
        Assert.Same(ContractCatalog.BuiltIn.Find("qweather"), catalog.Find("qweather"));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", null, null)]
    [InlineData("qweather", "qweather", null)]
    [InlineData(" QWeather ", "qweather", null)]
    [InlineData("http", "http", null)]
    [InlineData("qwether", null, "'qwether' in the option 'api_error_handling.contract' is not the id of a contract")]
    public void Option_names_a_contract(string? value, string? expected, string? message)
    {
        var contract = ContractOptions.ReadContract(new Options(value), ContractCatalog.BuiltIn, out var error);

        Assert.Equal(expected, contract?.Id);
        Assert.Equal(message, error?.Message.ToString());
    }

    private static ContractCatalog Create(params string[] files)
    {
        var catalog = ContractCatalog.Create(
            files.Select((text, i) => ($"{i}.errorcontract.json", SourceText.From(text))), out var errors);

        Assert.Empty(errors);
        return catalog;
    }

    private static Outcome Outcome(ErrorContract contract, string id) =>
        contract.Outcomes.Single(outcome => outcome.Id == id);

    private static IEnumerable<string> Ids(ErrorContract contract) => contract.Outcomes.Select(outcome => outcome.Id);

    private static string Describe(ContractBinding? binding) =>
        string.Join(' ', binding!.Value.Outcomes.Indices().Select(i => binding.Value.Contract.Outcomes[i].Id));

    private sealed class Options(string? value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string found)
        {
            found = key == ContractOptions.ContractKey && value is not null ? value : "";
            return value is not null;
        }
    }
}
