using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Verification;

public class CodeFixVerificationTests
{
    private const string One = "class C { int {|TOY001:bad|}; }";
    private const string Two = "class C { int {|TOY001:bad1|}; int {|TOY001:bad2|}; }";

    [Fact]
    public Task A_right_fix_passes() => Verify.CodeFix<ToyAnalyzer, ToyFix>(One, "class C { int good; }");

    [Fact]
    public Task Several_diagnostics_are_fixed() =>
        Verify.CodeFix<ToyAnalyzer, ToyFix>(Two, "class C { int good1; int good2; }");

    [Fact]
    public Task Diagnostics_that_are_not_fixable_stay() => Verify.CodeFix<ToyAnalyzer, ToyFix>(
        "class C { int {|TOY002:{|TOY001:bad|}|}; void M() { int {|TOY001:bad|}; } }",
        "class C { int {|TOY002:good|}; void M() { int good; } }");

    [Fact]
    public Task A_listed_result_can_be_fixed() => Verify.CodeFix<ToyAnalyzer, ToyFix>(
        "class C { int {|#0:bad|}; }",
        "class C { int good; }",
        new DiagnosticResult(ToyAnalyzer.BadName).WithLocation(0).WithArguments("bad"));

    [Fact]
    public Task A_wrong_fix_result_fails() => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFix>(One, "class C { int better; }"),
        "Context: Iterative code fix application",
        "content of '/0/Test0.cs' did not match",
        "- class C { int better; }",
        "+ class C { int good; }");

    [Fact]
    public Task A_compile_error_in_the_fixed_code_fails() => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFix>(
            "class C { int {|TOY001:bad|}; int M() => bad; }", "class C { int good; int M() => bad; }"),
        "Context: Diagnostics of fixed state",
        "error CS0103");

    [Fact]
    public Task An_expected_compile_error_in_the_fixed_code_passes() => Verify.CodeFix<ToyAnalyzer, ToyFix>(
        "class C { int {|TOY001:bad|}; int M() => bad; }", "class C { int good; int M() => {|CS0103:bad|}; }");

    [Fact]
    public Task A_fix_that_is_not_offered_fails() => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFixThatOffersNothing>(One, "class C { int good; }"),
        "Context: Iterative code fix application",
        "+ class C { int bad; }");

    [Fact]
    public Task No_fix_passes_if_none_is_expected() => Verify.NoCodeFix<ToyAnalyzer, ToyFixThatOffersNothing>(One);

    [Fact]
    public Task A_fix_fails_if_none_is_expected() => Failure.With(
        Verify.NoCodeFix<ToyAnalyzer, ToyFix>(One),
        "The upper limit for the number of code fix iterations was exceeded: expected 0",
        "/0/Test0.cs(1,15,1,18): warning TOY001");

    [Fact]
    public Task A_fix_fails_if_no_fixed_state_is_given() => Failure.With(
        new ToyTest<ToyFix> { TestCode = One }.RunAsync(),
        "The upper limit for the number of code fix iterations was exceeded: expected 0");

    [Fact]
    public Task A_fix_that_changes_nothing_fails() => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFixThatChangesNothing>(One, "class C { int good; }"),
        "A code fix was offered that changes nothing.");

    [Fact]
    public Task A_fix_that_never_ends_fails() => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFixWithoutEnd>(Two, "class C { int good1; int good2; }"),
        "The upper limit for the number of code fix iterations was exceeded: expected 2",
        "+ class C { int bad1xx; int bad2; }");

    [Fact]
    public Task Too_few_iterations_fail() => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFix>(
            Two, "class C { int good1; int good2; }", new Setup { NumberOfIncrementalIterations = 3 }),
        "Expected '3' iterations but found '2' iterations.");

    [Fact]
    public Task Too_few_fix_all_iterations_fail() => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFix>(
            Two, "class C { int good1; int good2; }", new Setup { NumberOfFixAllIterations = 2 }),
        "Context: Fix all in document",
        "Expected '2' iterations but found '1' iterations.");

    [Fact]
    public Task Diagnostics_that_a_fix_makes_can_be_listed() => Verify.CodeFix<ToyAnalyzer, ToyFix>(
        "class C { int {|TOY001:bad|}; void M() { int good; } }",
        "class C { int {|#0:good|}; void M() { int {|#1:good|}; } }",
        new Setup
        {
            ExpectedAfterFix =
            [
                new DiagnosticResult(ToyAnalyzer.Repeated).WithArguments("good").WithLocation(0).WithLocation(1),
            ],
        });

    [Fact]
    public async Task A_fix_that_throws_fails()
    {
        var failure = await Assert.ThrowsAsync<NotSupportedException>(
            () => Verify.CodeFix<ToyAnalyzer, ToyFixThatThrows>(One, "class C { int good; }"));

        Assert.Equal("the toy fix broke", failure.Message);
    }

    [Fact]
    public Task An_exception_in_the_analyzer_fails() => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFix>("class C { int crash; }", "class C { int crash; }"), "error AD0001");

    [Theory]
    [InlineData("document", CodeFixTestBehaviors.None)]
    [InlineData("project", CodeFixTestBehaviors.SkipFixAllInDocumentCheck)]
    [InlineData(
        "solution", CodeFixTestBehaviors.SkipFixAllInDocumentCheck | CodeFixTestBehaviors.SkipFixAllInProjectCheck)]
    public Task A_wrong_fix_all_result_fails(string scope, CodeFixTestBehaviors behaviors) => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFixWithOtherBatch>(
            Two, "class C { int good1; int good2; }", new Setup { CodeFixTestBehaviors = behaviors }),
        "Context: Fix all in " + scope,
        "- class C { int good1; int good2; }",
        "+ class C { int batch1; int batch2; }");

    [Fact]
    public Task Fix_all_may_have_a_result_of_its_own() => Verify.CodeFix<ToyAnalyzer, ToyFixWithOtherBatch>(
        Two,
        "class C { int good1; int good2; }",
        new Setup { BatchFixedSource = "class C { int batch1; int batch2; }" });

    [Fact]
    public Task Fix_all_can_be_left_out() => Verify.CodeFix<ToyAnalyzer, ToyFixWithOtherBatch>(
        Two,
        "class C { int good1; int good2; }",
        new Setup { CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllCheck });

    [Fact]
    public Task One_diagnostic_can_be_fixed_alone() => Verify.CodeFix<ToyAnalyzer, ToyFix>(
        Two,
        "class C { int good1; int {|TOY001:bad2|}; }",
        new Setup
        {
            CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne | CodeFixTestBehaviors.SkipFixAllCheck,
            FixLeavesMarked = true,
        });

    [Theory]
    [InlineData(null, null, "good")]
    [InlineData(1, null, "better")]
    [InlineData(null, "better", "better")]
    public Task An_action_is_chosen(int? index, string? key, string name) =>
        Verify.CodeFix<ToyAnalyzer, ToyFixWithChoice>(
            Two,
            $"class C {{ int {name}1; int {name}2; }}",
            new Setup { CodeActionIndex = index, CodeActionEquivalenceKey = key });

    [Fact]
    public Task A_tree_that_is_not_what_its_text_says_fails() => Failure.With(
        Verify.CodeFix<ToyAnalyzer, ToyFixWithBrokenTree>(One, "class C { int good, fine; }"),
        "is not what its text is parsed to",
        "good, fine");

    [Fact]
    public Task Several_documents_are_fixed() => Verify.CodeFix<ToyAnalyzer, ToyFix>(
        One,
        "class C { int good; }",
        new Setup
        {
            MoreSources = [("/0/D.cs", "class D { int {|TOY001:bad|}; }")],
            MoreFixedSources = [("/0/D.cs", "class D { int good; }")],
        });

    [Fact]
    public Task A_second_project_is_fixed() => SecondProject(fixedField: "good").RunAsync();

    [Fact]
    public Task A_wrong_result_in_a_second_project_fails() => Failure.With(
        SecondProject(fixedField: "better").RunAsync(),
        "content of '/Library/Test0.cs' did not match",
        "- public class Lib { int better; }",
        "+ public class Lib { int good; }");

    [Fact]
    public Task A_fix_works_on_netstandard() => Verify.CodeFix<ToyAnalyzer, ToyFix>(
        One, "class C { int good; }", new Setup { Framework = Framework.NetStandard20 });

    private static ToyTest<ToyFix> SecondProject(string fixedField)
    {
        var test = new ToyTest<ToyFix> { TestCode = One, FixedCode = "class C { int good; }" };
        test.TestState.AdditionalProjects["Library"].Sources.Add("public class Lib { int {|TOY001:bad|}; }");
        test.FixedState.AdditionalProjects["Library"].Sources.Add($"public class Lib {{ int {fixedField}; }}");
        return test;
    }
}
