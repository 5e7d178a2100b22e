using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

/// <summary>What is wrong with a contract file, and where.</summary>
public class ReaderTests
{
    /// <summary>What precedes the fields under test; single quotes stand for double ones here.</summary>
    private const string Head = "{ 'id': 'x', 'name': 'X',\n";

    [Theory]
    // Not JSON.
    [InlineData("", "(1,1)-(1,1) UnexpectedEnd")]
    [InlineData("{", "(1,2)-(1,2) UnexpectedEnd")]
    [InlineData("hello", "(1,1)-(1,6) InvalidJson hello")]
    [InlineData("{ 'id': 'x' } }", "(1,15)-(1,16) InvalidJson }")]
    [InlineData("{ 'id' 'x' }", "(1,8)-(1,9) InvalidJson '")]
    [InlineData("{ id: 1 }", "(1,3)-(1,5) InvalidJson id")]
    [InlineData("{ 'id': 'x }", "(1,9)-(1,13) UnexpectedEnd")]
    [InlineData("{ 'id': 'x\n }", "(1,9)-(1,11) InvalidJson 'x")]
    [InlineData("{ 'id': '\\x' }", "(1,10)-(1,12) InvalidJson \\x")]
    [InlineData("{ 'id': '\\u12' }", "(1,10)-(1,12) InvalidJson \\u")]
    [InlineData("{\n  'id': 01\n}", "(2,9)-(2,11) InvalidJson 01")]
    [InlineData("{ 'id': 1. }", "(1,9)-(1,11) InvalidJson 1.")]
    [InlineData("{ 'id': - }", "(1,9)-(1,10) InvalidJson -")]
    [InlineData("{ 'id': 1e }", "(1,9)-(1,11) InvalidJson 1e")]
    [InlineData("{ 'id': nul }", "(1,9)-(1,12) InvalidJson nul")]
    [InlineData("{ 'id': truer }", "(1,9)-(1,14) InvalidJson truer")]
    [InlineData("{ 'id': 1 'name': 2 }", "(1,11)-(1,12) InvalidJson '")]
    [InlineData("{ ,'id': 1 }", "(1,3)-(1,4) InvalidJson ,")]
    [InlineData("[1 2]", "(1,4)-(1,5) InvalidJson 2")]
    [InlineData("{ / }", "(1,3)-(1,4) InvalidJson /")]
    [InlineData("{ /* }", "(1,3)-(1,7) UnexpectedEnd")]
    // Not a contract.
    [InlineData("[]", "(1,1)-(1,2) WrongType contract object")]
    [InlineData("1", "(1,1)-(1,2) WrongType contract object")]
    [InlineData("{ 'name': 'X', 'outcomes': [] }", "(1,1)-(1,2) MissingField id")]
    [InlineData("{ 'id': 1 }", "(1,9)-(1,10) WrongType id string")]
    [InlineData("{ 'id': '' }", "(1,9)-(1,11) BadValue id ")]
    [InlineData("{ 'id': 'a b' }", "(1,9)-(1,14) BadValue id a b")]
    [InlineData("{ 'id': 'x', 'id': 'y' }", "(1,14)-(1,18) DuplicateField id")]
    [InlineData("{ 'id': 'x' }", "(1,1)-(1,2) MissingField name", "(1,1)-(1,2) MissingField outcomes")]
    [InlineData("{ 'id': 'x', 'outcomes': [{ 'status': 200, 'advice': 'success' }] }", "(1,1)-(1,2) MissingField name")]
    public void File_errors(string text, params string[] expected) => Assert.Equal(expected, Errors(text));

    [Theory]
    [InlineData("'hots': 1", "(2,1)-(2,7) UnknownField hots")]
    [InlineData("'Hosts': []", "(2,1)-(2,8) UnknownField Hosts")]
    [InlineData("'$schema': 1", "(2,12)-(2,13) WrongType $schema string")]
    [InlineData("'replace': 'yes'", "(2,12)-(2,17) WrongType replace boolean")]
    [InlineData("'hosts': { }", "(2,10)-(2,11) WrongType hosts string|array")]
    [InlineData("'hosts': ['a.b', 1]", "(2,18)-(2,19) WrongType hosts string|array")]
    [InlineData("'hosts': []", "(2,10)-(2,12) BadValue hosts []")]
    [InlineData("'hosts': 'https://a.b'", "(2,10)-(2,23) BadHost https://a.b")]
    [InlineData("'excludedHosts': ['a.b',\n'a b']", "(3,1)-(3,6) BadHost a b")]
    [InlineData("'paths': '/v1'", "(2,10)-(2,15) WrongType paths array")]
    [InlineData("'paths': ['/v1']", "(2,11)-(2,16) WrongType paths object")]
    [InlineData("'paths': [{ 'models': 'v1' }]", "(2,11)-(2,12) MissingField pattern")]
    [InlineData("'paths': [{ 'pattern': 'v1' }]", "(2,24)-(2,28) BadPath v1")]
    [InlineData("'paths': [{ 'pattern': '/v1', 'host': '*' }]", "(2,39)-(2,42) BadHost *")]
    [InlineData("'paths': [{ 'pattern': '/v1', 'model': 'v1' }]", "(2,31)-(2,38) UnknownField model")]
    [InlineData("'paths': [{ 'pattern': '/v1', 'distinctive': 1 }]", "(2,46)-(2,47) WrongType distinctive boolean")]
    [InlineData("'headers': [null]", "(2,13)-(2,17) WrongType headers string|array")]
    [InlineData("'answers': 'code'", "(2,12)-(2,18) WrongType answers array")]
    [InlineData("'answers': [[]]", "(2,13)-(2,15) BadValue answers []")]
    [InlineData("'bodyCode': 'code'", "(2,13)-(2,19) WrongType bodyCode object")]
    [InlineData("'bodyCode': { }", "(2,13)-(2,14) MissingField path")]
    [InlineData("'bodyCode': { 'path': 'a..b' }", "(2,23)-(2,29) BadValue path a..b")]
    [InlineData("'bodyCode': { 'path': 'a', 'type': 'int' }", "(2,36)-(2,41) BadValue type int")]
    [InlineData("'bodyCode': { 'path': 'a', 'success': 0 }", "(2,28)-(2,37) UnknownField success")]
    [InlineData("'errorBody': { 'titles': 'a' }", "(2,16)-(2,24) UnknownField titles")]
    [InlineData("'errorBody': { 'title': 'a.' }", "(2,25)-(2,29) BadValue title a.")]
    [InlineData("'errorBody': []", "(2,14)-(2,15) WrongType errorBody object")]
    [InlineData("'bodyTellsFailure': null", "(2,21)-(2,25) WrongType bodyTellsFailure boolean")]
    [InlineData("'softErrors': 1", "(2,15)-(2,16) WrongType softErrors string|array")]
    [InlineData("'correlationHeader': ['X']", "(2,22)-(2,23) WrongType correlationHeader string")]
    [InlineData("'freshFields': ' '", "(2,16)-(2,19) BadValue freshFields  ")]
    [InlineData("'waitsMustGrow': 0", "(2,18)-(2,19) WrongType waitsMustGrow boolean")]
    [InlineData("'unlisted': { '2xx': 'never' }", "(2,15)-(2,20) UnknownField 2xx")]
    [InlineData("'unlisted': { '4xx': 'nevr' }", "(2,22)-(2,28) UnknownAdvice nevr")]
    [InlineData("'unlisted': { 'code': 'never' }", "(2,15)-(2,21) MissingField bodyCode")]
    [InlineData("'paths': [{ 'pattern': '/v1', 'models': ['v1'] }]", "(2,42)-(2,46) UnknownModel v1")]
    public void Field_errors(string field, string expected) =>
        Assert.Equal([expected], Errors(Head + field + ",\n'outcomes': [{ 'status': 200, 'advice': 'success' }] }"));

    [Theory]
    [InlineData("1", "(3,1)-(3,2) WrongType outcomes object")]
    [InlineData("{ }", "(3,1)-(3,2) MissingField advice", "(3,1)-(3,2) MissingField status")]
    [InlineData("{ 'status': 400 }", "(3,1)-(3,2) MissingField advice")]
    [InlineData("{ 'advice': 'never' }", "(3,1)-(3,2) MissingField status")]
    [InlineData("{ 'status': 400, 'advice': 'Never' }", "(3,28)-(3,35) UnknownAdvice Never")]
    [InlineData("{ 'status': 400, 'advice': 1 }", "(3,28)-(3,29) WrongType advice string")]
    [InlineData("{ 'status': '400', 'advice': 'never' }", "(3,13)-(3,18) WrongType status integer|array")]
    [InlineData("{ 'status': 100, 'advice': 'never' }", "(3,13)-(3,16) BadStatus 100")]
    [InlineData("{ 'status': [400, 600], 'advice': 'never' }", "(3,19)-(3,22) BadStatus 600")]
    [InlineData("{ 'status': 4e2, 'advice': 'never' }", "(3,13)-(3,16) BadStatus 4e2")]
    [InlineData("{ 'status': -400, 'advice': 'never' }", "(3,13)-(3,17) BadStatus -400")]
    [InlineData("{ 'status': [], 'advice': 'never' }", "(3,13)-(3,15) BadValue status []")]
    [InlineData("{ 'status': 200, 'advice': 'never' }", "(3,13)-(3,16) DuplicateOutcome 200")]
    [InlineData("{ 'status': [400, 401, 400], 'advice': 'never' }", "(3,24)-(3,27) DuplicateOutcome 400")]
    [InlineData("{ 'code': 1, 'advice': 'never' }", "(3,3)-(3,9) MissingField bodyCode")]
    [InlineData(
        "{ 'status': 400, 'title': ['A', 'B', 'A'], 'advice': 'never' }",
        "(3,38)-(3,41) DuplicateOutcome 400:A")]
    [InlineData(
        "{ 'status': 400, 'title': 'A', 'errors': { '1': 'B' }, 'advice': 'never' }",
        "(3,32)-(3,40) ConflictingFields title errors")]
    [InlineData("{ 'status': 400, 'alsoTitled': 'A', 'advice': 'never' }", "(3,18)-(3,30) MissingField title")]
    [InlineData(
        "{ 'status': 400, 'title': ['A', 'B'], 'alsoTitled': 'C', 'advice': 'never' }",
        "(3,39)-(3,51) ConflictingFields title alsoTitled")]
    [InlineData("{ 'status': 400, 'errors': { '1': 2 }, 'advice': 'never' }", "(3,35)-(3,36) WrongType 1 string")]
    [InlineData(
        "{ 'status': 400, 'errors': { '1': 'A', '1': 'B' }, 'advice': 'never' }",
        "(3,40)-(3,43) DuplicateField 1")]
    [InlineData("{ 'status': 400, 'retry': true, 'advice': 'never' }", "(3,18)-(3,25) UnknownField retry")]
    [InlineData("{ 'status': 400, 'body': 'no', 'advice': 'never' }", "(3,26)-(3,30) WrongType body boolean")]
    public void Outcome_errors(string row, params string[] expected) =>
        Assert.Equal(expected, Errors(Head + "'outcomes': [{ 'status': 200, 'advice': 'success' },\n" + row + "] }"));

    [Theory]
    [InlineData("{ 'code': [1, 0], 'advice': 'never' }", "(3,15)-(3,16) DuplicateOutcome code:0")]
    [InlineData("{ 'code': 1.5, 'advice': 'never' }", "(3,11)-(3,14) BadValue code 1.5")]
    [InlineData("{ 'code': true, 'advice': 'never' }", "(3,11)-(3,15) WrongType code string|integer|array")]
    [InlineData("{ 'code': 1, 'status': 400, 'advice': 'never' }", "(3,3)-(3,9) ConflictingFields status code")]
    [InlineData("{ 'code': 1, 'title': 'A', 'advice': 'never' }", "(3,14)-(3,21) ConflictingFields code title")]
    [InlineData(
        "{ 'code': 1, 'errors': { '1': 'A' }, 'advice': 'never' }",
        "(3,14)-(3,22) ConflictingFields code errors")]
    public void Body_code_errors(string row, params string[] expected) =>
        Assert.Equal(
            expected,
            Errors("{ 'id': 'x', 'name': 'X', 'bodyCode': { 'path': 'code' },\n"
                + "'outcomes': [{ 'code': 0, 'advice': 'success' },\n" + row + "] }"));

    [Fact]
    public void No_success() =>
        Assert.Equal(
            ["(2,1)-(2,11) NoSuccess x"],
            Errors(Head + "'outcomes': [{ 'status': 400, 'advice': 'never' }] }"));

    [Fact]
    public void Too_many_outcomes()
    {
        var rows = string.Join(',', Enumerable.Range(0, 253).Select(i => $"'{i}': 'E{i}'"));
        var text = Head + "'outcomes': [{ 'status': 200, 'advice': 'success' }, "
            + "{ 'status': 400, 'advice': 'never', 'errors': {" + rows + "} }] }";

        Assert.Equal(["(2,1)-(2,11) TooManyOutcomes 258 256"], Errors(text));
        Assert.Empty(Errors(text.Replace(",'252': 'E252'", "").Replace(",'251': 'E251'", "")));
    }

    [Fact]
    public void Too_deep()
    {
        var text = string.Concat(Enumerable.Repeat("[", 100_000));

        Assert.Equal(["(1,33)-(1,34) TooDeep 32"], Errors(text));
        Assert.Equal(["(1,161)-(1,162) TooDeep 32"], Errors(string.Concat(Enumerable.Repeat("{'a':", 100_000))));
    }

    [Fact]
    public void Errors_of_one_file_come_together() =>
        Assert.Equal(
            ["(2,1)-(2,4) UnknownField a", "(3,10)-(3,13) BadHost *", "(4,14)-(4,15) MissingField advice"],
            Errors(Head + "'a': 1,\n'hosts': '*',\n'outcomes': [{ 'status': 200 }] }"));

    [Fact]
    public void Comments_trailing_commas_and_escapes_are_read()
    {
        var text = """
            // A comment
            { /* one */ "id": "x", "name": "\u0058 \"\\\/\b\f\n\r\t", // another
              "outcomes": [{ "status": [200, 201,], "advice": "success", }, ],
            } /**/ // end
            """;
        var catalog = ContractCatalog.Create([("x.errorcontract.json", SourceText.From(text))], out var errors);

        Assert.Empty(errors);
        Assert.Equal("X \"\\/\b\f\n\r\t", catalog.Find("x")!.Name);
        Assert.Equal(["200", "201", "other", "transport", "timeout", "unreadable"], Ids(catalog.Find("x")!));
    }

    [Fact]
    public void Every_kind_of_error_has_a_sentence_and_a_test()
    {
        var source = typeof(ReaderTests).GetMethods().SelectMany(method => method.GetCustomAttributesData())
            .SelectMany(data => data.ConstructorArguments).Select(Flatten).Aggregate("", (x, y) => x + y);
        var elsewhere = new[] { "NoSuccess", "TooManyOutcomes", "TooDeep", "DuplicateContract" };

        foreach (var kind in Enum.GetNames<ContractErrorKind>())
        {
            Assert.True(source.Contains(' ' + kind) || elsewhere.Contains(kind), kind);
            Assert.NotNull(Resources.ResourceManager.GetString("ContractError_" + kind));
        }

        static string Flatten(System.Reflection.CustomAttributeTypedArgument argument) =>
            argument.Value is IEnumerable<System.Reflection.CustomAttributeTypedArgument> items
                ? string.Concat(items.Select(Flatten))
                : argument.Value + "\n";
    }

    [Fact]
    public void Message_names_what_it_is_about()
    {
        var text = SourceText.From("""{ "id": "x", "hots": 1 }""");
        ContractCatalog.Create([("a/x.errorcontract.json", text)], out var errors);

        var error = Assert.Single(errors);
        Assert.Equal("There is no field 'hots' here", error.Message.ToString());
        Assert.Equal("a/x.errorcontract.json: (0,13)-(0,19)", error.Location.GetLineSpan().ToString());
    }

    private static string[] Errors(string text)
    {
        var file = ("x.errorcontract.json", SourceText.From(text.Replace('\'', '"')));
        var catalog = ContractCatalog.Create([file], out var errors);

        Assert.Equal(errors.IsEmpty, catalog.Find("x") is not null);
        return [.. errors.Select(Describe)];
    }

    /// <summary>Lines and columns from 1, as a compiler prints them.</summary>
    private static string Describe(ContractError error)
    {
        var (start, end) = (error.Span.Start, error.Span.End);
        return $"({start.Line + 1},{start.Character + 1})-({end.Line + 1},{end.Character + 1}) "
            + string.Join(' ', error.Arguments.Prepend(error.Kind.ToString())).Replace('"', '\'');
    }

    private static IEnumerable<string> Ids(ErrorContract contract) => contract.Outcomes.Select(outcome => outcome.Id);
}
