using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Verification;

public class AnalyzerVerificationTests
{
    [Fact]
    public Task Right_expectations_pass() => Verify.Analyzer<ToyAnalyzer>("""
        class C
        {
            void M() { int {|TOY001:bad|} = 0; }
            HttpStatusCode N(List<int> some) => HttpStatusCode.OK;
        }
        """);
}
