using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

/// <summary>Contracts of APIs that are not built in: what a project writes for the API it calls.</summary>
public class OtherApisTests
{
    private static readonly (string Name, SourceText Text)[] Files = Read().ToArray();

    [Fact]
    public void All_files_are_read_together()
    {
        var catalog = ContractCatalog.Create(Files.Select(f => (f.Name, f.Text)), out var errors);

        Assert.Empty(errors);
        Assert.InRange(Files.Length, 10, 100);
        Assert.All(Files, f => Assert.NotNull(catalog.Find(f.Name.Split('/')[1].Split('.')[0])));
    }

    [Fact]
    public void Each_has_a_host_a_success_and_failures()
    {
        var catalog = ContractCatalog.Create(Files.Select(f => (f.Name, f.Text)), out _);
        foreach (var contract in catalog.Contracts.Where(c => ContractCatalog.BuiltIn.Find(c.Id) is null))
        {
            Assert.NotEmpty(contract.Hosts);
            Assert.False(contract.Successes.IsEmpty, contract.Id);
            Assert.False((contract.CodeFailures | contract.StatusFailures).IsEmpty, contract.Id);
            Assert.Equal(contract, catalog.MatchAddress("https://" + contract.Hosts[0].Replace("*.", "x.") + "/")?.Contract);
        }
    }

    private static IEnumerable<(string, SourceText)> Read()
    {
        var assembly = typeof(OtherApisTests).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("others/")).Order())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return (name, SourceText.From(stream));
        }
    }
}
