using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Verification;

public class AnalyzerVerificationTests
{
    private const string Bad = """
        class C
        {
            void M() { int {|#0:bad|} = 0; }
        }
        """;

    private const string Repeated = """
        class C
        {
            int {|#0:x|};
            void M() { int {|#1:x|} = 0; }
        }
        """;

    private static readonly DiagnosticResult BadName = new(ToyAnalyzer.BadName);

    [Fact]
    public Task Markup_with_an_id_passes() => Verify.Analyzer<ToyAnalyzer>("class C { int {|TOY001:bad|}; }");

    [Fact]
    public Task Markup_without_an_id_stands_for_the_only_rule() =>
        Verify.Analyzer<ToyAnalyzer>("class C { int [|bad|], [|bad2|]; }", OnlyBadName);

    [Fact]
    public Task Nested_markup_passes() =>
        Verify.Analyzer<ToyAnalyzer>("class C { int {|TOY001:{|TOY002:bad|}|}; void M() { int {|TOY001:bad|}; } }");

    [Theory]
    [MemberData(nameof(RightResults))]
    public Task A_right_result_passes(string _, DiagnosticResult result) => Verify.Analyzer<ToyAnalyzer>(Bad, result);

    public static TheoryData<string, DiagnosticResult> RightResults() => new()
    {
        { "key", BadName.WithLocation(0).WithArguments("bad") },
        { "position", BadName.WithLocation(3, 20).WithArguments("bad") },
        { "span", BadName.WithSpan(3, 20, 3, 23).WithMessage("The name 'bad' is bad") },
        { "path", BadName.WithSpan("/0/Test0.cs", 3, 20, 3, 23).WithMessage(null) },
        { "id", new DiagnosticResult("TOY001", DiagnosticSeverity.Warning).WithLocation(0) },
        { "id with arguments", DiagnosticResult.CompilerWarning("TOY001").WithLocation(0).WithArguments("bad") },
        {
            "any severity",
            DiagnosticResult.CompilerError("TOY001").WithLocation(0).WithOptions(DiagnosticOptions.IgnoreSeverity)
        },
    };

    [Theory]
    [MemberData(nameof(WrongResults))]
    public Task A_wrong_result_fails(string gist, DiagnosticResult result) =>
        Failure.With(Verify.Analyzer<ToyAnalyzer>(Bad, result), "Context: Diagnostics of test state", gist);

    public static TheoryData<string, DiagnosticResult> WrongResults() => new()
    {
        {
            "Expected diagnostic id to be \"TOY002\" was \"TOY001\"",
            DiagnosticResult.CompilerWarning("TOY002").WithLocation(0)
        },
        {
            "Expected diagnostic to start at line 2, column 20 was actually at line 3, column 20",
            BadName.WithLocation(2, 20).WithArguments("bad")
        },
        {
            "Expected diagnostic to end at line 3, column 24 was actually at line 3, column 23",
            BadName.WithSpan(3, 20, 3, 24).WithArguments("bad")
        },
        {
            "Expected diagnostic to be in file \"/0/Test1.cs\" was actually in file \"/0/Test0.cs\"",
            BadName.WithSpan("/0/Test1.cs", 3, 20, 3, 23).WithArguments("bad")
        },
        {
            "Expected diagnostic message to be \"The name 'x' is bad\" was \"The name 'bad' is bad\"",
            BadName.WithLocation(0).WithArguments("x")
        },
        {
            "Expected diagnostic message to be \"Something\" was \"The name 'bad' is bad\"",
            BadName.WithLocation(0).WithMessage("Something")
        },
        {
            "Expected diagnostic message arguments to be \"x\" were \"bad\"",
            DiagnosticResult.CompilerWarning("TOY001").WithLocation(0).WithArguments("x")
        },
        {
            "Expected diagnostic severity to be \"Error\" was \"Warning\"",
            BadName.WithLocation(0).WithArguments("bad").WithSeverity(DiagnosticSeverity.Error)
        },
        { "Expected a diagnostic with no location was at /0/Test0.cs(3,20,3,23)", BadName.WithArguments("bad") },
        {
            "Expected 1 additional locations but got 0",
            BadName.WithLocation(0).WithLocation(1, 7).WithArguments("bad")
        },
    };

    [Fact]
    public Task An_unexpected_diagnostic_fails() => Failure.With(
        Verify.Analyzer<ToyAnalyzer>(Bad),
        "Mismatch between number of diagnostics returned, expected \"0\" actual \"1\"",
        "Unexpected:",
        "/0/Test0.cs(3,20,3,23): warning TOY001: The name 'bad' is bad",
        "> void M() { int bad = 0; }");

    [Fact]
    public Task A_missing_diagnostic_fails() => Failure.With(
        Verify.Analyzer<ToyAnalyzer>("class C { int {|TOY001:good|}; }"),
        "Mismatch between number of diagnostics returned, expected \"1\" actual \"0\"",
        "Missing:",
        "/0/Test0.cs(1,15,1,19): warning TOY001",
        "NONE.");

    [Fact]
    public Task A_vague_expectation_leaves_the_right_diagnostic_to_a_strict_one() => Verify.Analyzer<ToyAnalyzer>(
        "class C { int {|#0:bad1|}; int {|#1:bad2|}; }",
        BadName.WithMessage(null).WithLocation(0),
        BadName.WithArguments("bad2").WithLocation(1));

    [Fact]
    public Task Additional_locations_are_compared() => Verify.Analyzer<ToyAnalyzer>(
        Repeated, new DiagnosticResult(ToyAnalyzer.Repeated).WithLocation(0).WithLocation(1).WithArguments("x"));

    [Fact]
    public Task A_wrong_additional_location_fails() => Failure.With(
        Verify.Analyzer<ToyAnalyzer>(
            Repeated,
            new DiagnosticResult(ToyAnalyzer.Repeated).WithLocation(0).WithLocation(1, 1).WithArguments("x")),
        "Expected additional location to start at line 1, column 1 was actually at line 4, column 20");

    [Fact]
    public Task A_compile_error_fails() =>
        Failure.With(Verify.Analyzer<ToyAnalyzer>("class C : Missing { }"), "Unexpected:", "error CS0246");

    [Fact]
    public Task An_expected_compile_error_passes() =>
        Verify.Analyzer<ToyAnalyzer>("class C : {|CS0246:Missing|} { }");

    [Fact]
    public Task A_compile_error_passes_if_the_compiler_does_not_count() => Verify.Analyzer<ToyAnalyzer>(
        "class C : Missing { }", new Setup { CompilerDiagnostics = CompilerDiagnostics.None });

    [Fact]
    public Task A_compiler_warning_fails_if_warnings_count() => Failure.With(
        Verify.Analyzer<ToyAnalyzer>(
            "class C { void M() { int x = 0; } }", new Setup { CompilerDiagnostics = CompilerDiagnostics.Warnings }),
        "warning CS0219");

    [Fact]
    public Task An_exception_in_the_analyzer_fails() => Failure.With(
        Verify.Analyzer<ToyAnalyzer>("class C { int crash; }"), "error AD0001", "the toy broke");

    [Fact]
    public Task An_exception_in_the_analyzer_fails_whatever_rules_count() =>
        Failure.With(Verify.Analyzer<ToyAnalyzer>("class C { int crash; }", OnlyBadName), "error AD0001");

    [Fact]
    public Task Rules_that_do_not_count_are_not_reported() =>
        Verify.Analyzer<ToyAnalyzer>("class C { int x; void M() { int x; } }", OnlyBadName);

    [Fact]
    public Task Additional_files_have_markup_too() => Verify.Analyzer<ToyAnalyzer>(
        "class C { }", new Setup { AdditionalFiles = [("a.txt", "It is\n{|TOY003:bad|}.")] });

    [Fact]
    public Task A_diagnostic_in_an_additional_file_fails_if_unexpected() => Failure.With(
        Verify.Analyzer<ToyAnalyzer>("class C { }", new Setup { AdditionalFiles = [("a.txt", "It is\nbad.")] }),
        "Unexpected:",
        "a.txt(2,1,2,4): warning TOY003");

    [Fact]
    public Task Diagnostics_of_a_second_project_count() => Verify.Analyzer<ToyAnalyzer>(
        "class C : Lib { }", new Setup { Configure = test => AddLibrary(test, "{|TOY001:bad|}") });

    [Fact]
    public Task A_diagnostic_of_a_second_project_fails_if_unexpected() => Failure.With(
        Verify.Analyzer<ToyAnalyzer>("class C : Lib { }", new Setup { Configure = test => AddLibrary(test, "bad") }),
        "Unexpected:",
        "/Library/Test0.cs(1,24,1,27): warning TOY001");

    [Fact]
    public Task An_editor_config_sets_severities() => Verify.Analyzer<ToyAnalyzer>(
        Bad,
        new Setup { EditorConfig = "[*.cs]\ndotnet_diagnostic.TOY001.severity = error" },
        BadName.WithLocation(0).WithArguments("bad").WithSeverity(DiagnosticSeverity.Error));

    [Fact]
    public Task A_global_config_sets_severities() => Verify.Analyzer<ToyAnalyzer>(
        Bad.Replace("{|#0:bad|}", "bad"), new Setup { GlobalConfig = "dotnet_diagnostic.TOY001.severity = none" });

    [Theory]
    [InlineData(Framework.Net8)]
    [InlineData(Framework.Net10)]
    [InlineData(Framework.NetStandard20)]
    internal Task Sources_compile_on_each_framework(Framework framework) => Verify.Analyzer<ToyAnalyzer>(
        """
        class C
        {
            async Task<JObject> M(HttpClient client, CancellationToken token) =>
                JObject.Parse(await (await client.GetAsync("http://x/", token)).Content.ReadAsStringAsync());
            List<string> N(Stream stream) => new[] { stream.ToString() ?? "" }.ToList();
            TimeSpan P => TimeSpan.Zero;
        }
        """,
        new Setup { Framework = framework, MoreSources = [("/0/Json.cs", "global using Newtonsoft.Json.Linq;")] });

    [Fact]
    public Task Net_10_has_what_net_8_lacks() => Verify.Analyzer<ToyAnalyzer>(
        "class C { object o = Task.WhenEach(Array.Empty<Task>()); }", new Setup { Framework = Framework.Net10 });

    [Fact]
    public Task Net_8_lacks_what_net_10_has() => Verify.Analyzer<ToyAnalyzer>(
        "class C { object o = Task.{|CS0117:WhenEach|}(Array.Empty<Task>()); }");

    [Fact]
    public Task The_language_version_can_be_chosen() => Verify.Analyzer<ToyAnalyzer>(
        "class C { object o = {|CS8107:default|}; }",
        new Setup { LanguageVersion = LanguageVersion.CSharp7 });

    [Fact]
    public Task Dollars_are_code() =>
        Verify.Analyzer<ToyAnalyzer>(""""class C { string s = $$"""{"a": {{1}}}"""; }"""");

    [Theory]
    [InlineData("Polly", "7.2.4", "Polly.Policy")]
    [InlineData("Polly", "8.9.1", "Polly.Policy")]
    [InlineData("Polly.Core", "8.9.1", "Polly.ResiliencePipeline")]
    [InlineData("Flurl.Http", "2.4.2", "Flurl.Http.FlurlClient")]
    [InlineData("Microsoft.Extensions.Http.Polly", "10.0.15", "Microsoft.Extensions.Http.PolicyHttpMessageHandler")]
    [InlineData("RestSharp", "114.1.0", "RestSharp.RestClient")]
    [InlineData("Microsoft.Extensions.Http", "10.0.15", "Microsoft.Extensions.Http.HttpClientFactoryOptions")]
    public Task Packages_are_referenced(string id, string version, string type) => Verify.Analyzer<ToyAnalyzer>(
        $"class C {{ {type} x; }}", new Setup { Packages = [new PackageIdentity(id, version)] });

    [Fact]
    public async Task A_package_that_is_not_restored_is_named()
    {
        var setup = new Setup { Packages = [new PackageIdentity("No.Such.Package", "1.0.0")] };

        var failure = await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => Verify.Analyzer<ToyAnalyzer>("class C { }", setup));

        Assert.Contains("No.Such.Package 1.0.0 is not restored", failure.Message);
    }

    private static Setup OnlyBadName => new() { Rules = [ToyAnalyzer.BadName.Id] };

    private static void AddLibrary(AnalyzerTest<DefaultVerifier> test, string field)
    {
        test.TestState.AdditionalProjects["Library"].Sources.Add($"public class Lib {{ int {field}; }}");
        test.TestState.AdditionalProjectReferences.Add("Library");
    }
}
