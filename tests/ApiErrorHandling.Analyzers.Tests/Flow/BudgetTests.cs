using ApiErrorHandling.Analyzers.Tests.Rules.Retries;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Methods that are long, as real ones are, and still followed to their end.</summary>
public class BudgetTests
{
    private const int Flags = 5;
    private const int Branches = 40;

    [Fact]
    public Task Many_flags_in_a_long_method() => RetryCase.CheckBody(
        string.Concat(Enumerable.Range(0, Flags).Select(n => $"var f{n} = false; if (url.Contains(\"{n}\")) f{n} = true;\n"))
        + "var tries = 0;\nagain:\ntry\n{\n"
        + string.Concat(Enumerable.Range(0, Branches).Select(n => $"if (url.Length == {n}) Console.WriteLine({n});\n"))
        + "return await {|AEH2001:client.GetStringAsync(url)|};\n}\ncatch (HttpRequestException)\n{\n"
        + "if (tries++ == 3) throw;\nawait Task.Delay(1000);\ngoto again;\n}\n"
        + $"finally {{ Console.WriteLine({string.Join(" && ", Enumerable.Range(0, Flags).Select(n => "f" + n))}); }}");
}
