using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Verification;

public class MarkupTests
{
    [Fact]
    public void Spans_and_positions_are_read()
    {
        TestFileMarkupParser.GetPositionsAndSpans(
            "a[|b{|X1:c|}|]$$d{|#0:|}", out var output, out var positions, out var spans);

        Assert.Equal("abcd", output);
        Assert.Equal(3, Assert.Single(positions));
        Assert.Equal(new TextSpan(1, 2), Assert.Single(spans[""]));
        Assert.Equal(new TextSpan(2, 1), Assert.Single(spans["X1"]));
        Assert.Equal(new TextSpan(4, 0), Assert.Single(spans["#0"]));
    }

    [Theory]
    [InlineData("a[|b", "A span is never closed with |]")]
    [InlineData("a|]b", "Saw |] without a span to close")]
    [InlineData("[|a{|X:b|]|}", "Saw |] without a span to close")]
    public void Broken_markup_is_refused(string input, string gist)
    {
        var failure = Assert.Throws<ArgumentException>(
            () => TestFileMarkupParser.GetPositionsAndSpans(input, out _, out _, out _));

        Assert.Contains(gist, failure.Message);
    }

    [Fact]
    public Task A_position_expects_a_diagnostic_that_starts_there() =>
        new ToyTest<ToyFixThatOffersNothing>
        {
            TestCode = "class C { int $$bad; }",
            MarkupOptions = MarkupOptions.UseFirstDescriptor,
        }.RunAsync();

    [Fact]
    public Task A_key_that_is_not_in_the_markup_fails() => Failure.With(
        Verify.Analyzer<ToyAnalyzer>("class C { }", new DiagnosticResult(ToyAnalyzer.BadName).WithLocation(3)),
        "The markup location '#3' was not found");

    [Fact]
    public Task An_omitted_id_fails_if_there_are_several_rules() => Failure.With(
        Verify.Analyzer<ToyAnalyzer>("class C { int [|bad|]; }"), "Markup can omit the diagnostic id only if");
}
