using ApiErrorHandling.Analyzers.Contracts;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

/// <summary>The built-in contracts agree with facts.md, row by row and in both directions.</summary>
public class FactsTests
{
    public static TheoryData<string> Ids => [.. ContractCatalog.BuiltIn.Contracts.Select(contract => contract.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Contract_is_what_the_facts_say(string id) =>
        Assert.Empty(FactsOf(id).DifferencesFrom(ContractCatalog.BuiltIn.Find(id)!));

    [Fact]
    public void Facts_and_contracts_are_of_the_same_apis() =>
        Assert.Equal(
            ContractCatalog.BuiltIn.Contracts.Select(contract => contract.Id).Order(),
            Facts.Parse(Facts.ReadText()).Select(facts => facts.Id).Order());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Missing_extra_and_altered_rows_are_found(string id)
    {
        var contract = ContractCatalog.BuiltIn.Find(id)!;
        var lines = FactsOf(id).Lines;

        Assert.Single(new Facts(id, [.. lines, lines[0]]).DifferencesFrom(contract));
        for (var i = 0; i < lines.Count; i++)
        {
            Assert.Single(new Facts(id, [.. lines.Where((_, at) => at != i)]).DifferencesFrom(contract));
        }
    }

    [Theory]
    [InlineData("| v1 | 200 | 402 | | after-reset |", "| v1 | 200 | 402 | | backoff |")]
    [InlineData("| v1 | 200 | 401 | | never | account |", "| v1 | 200 | 401 | | never | |")]
    [InlineData("UNPAID", "PAID")]
    [InlineData("| v2 | 404 | | | never | no body |", "| v2 | 404 | | | never | |")]
    [InlineData("403 · 404 ·", "403 ·")]
    [InlineData("403002", "403009")]
    [InlineData("renew Nonce", "renew Timestamp")]
    [InlineData("400–499", "400–498")]
    [InlineData("Either, success 0", "Either, success 1")]
    public void Altered_text_is_found(string old, string altered)
    {
        var text = Facts.ReadText();
        Assert.Contains(old, text);

        var facts = Facts.Parse(text.Replace(old, altered));

        Assert.NotEmpty(facts.SelectMany(x => x.DifferencesFrom(ContractCatalog.BuiltIn.Find(x.Id)!)));
    }

    [Theory]
    [InlineData("qweather", "v1:402")]
    [InlineData("qweather", "400:INVALID PARAMETER")]
    [InlineData("qweather", "404")]
    [InlineData("qweather", "other-code")]
    [InlineData("qweather", "other")]
    [InlineData("qweather", "transport")]
    [InlineData("qweather", "timeout")]
    [InlineData("qweather", "unreadable")]
    [InlineData("tomorrow-io", "400:400001")]
    [InlineData("tomorrow-io", "other:4xx")]
    [InlineData("tencent-cloud", "code:4000")]
    public void Ids_are_stable(string contract, string id) =>
        Assert.Contains(id, ContractCatalog.BuiltIn.Find(contract)!.Outcomes.Select(outcome => outcome.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Indexes_and_ids_are_unique(string id)
    {
        var outcomes = ContractCatalog.BuiltIn.Find(id)!.Outcomes;

        Assert.Equal(Enumerable.Range(0, outcomes.Length), outcomes.Select(outcome => outcome.Index));
        Assert.Equal(outcomes.Length, outcomes.Select(outcome => outcome.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("Invalid Parameters", "400:INVALID PARAMETER")]
    [InlineData("MISSING PARAMETER", "400:MISSING PARAMETER")]
    [InlineData("too many request", "429:TOO FAST")]
    [InlineData("Too Fast", "429:TOO FAST")]
    [InlineData("Too", null)]
    [InlineData("", null)]
    public void Titles_are_compared_without_case_and_plural(string title, string? expected) =>
        Assert.Equal(
            expected,
            ContractCatalog.BuiltIn.Find("qweather")!.Outcomes.SingleOrDefault(x => x.HasTitle(title))?.Id);

    private static Facts FactsOf(string id) => Facts.Parse(Facts.ReadText()).Single(facts => facts.Id == id);
}
