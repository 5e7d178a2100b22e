using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests;

public class RoslynVersionTests
{
    [Theory]
    [InlineData(typeof(Compilation))]
    [InlineData(typeof(CSharpCompilation))]
    [InlineData(typeof(Workspace))]
    public void The_Roslyn_this_project_asks_for_is_loaded(Type type)
    {
        var wanted = typeof(RoslynVersionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RoslynVersion").Value;
        var loaded = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        Assert.StartsWith(wanted + "-", loaded + "-");
    }

    [Fact]
    public void Oldest_and_newest_are_told_apart()
    {
        var version = typeof(Compilation).Assembly.GetName().Version!;
#if ROSLYN_OLDEST
        Assert.Equal(new Version(4, 5, 0, 0), version);
#else
        Assert.True(version >= new Version(5, 12), $"Roslyn {version} is loaded.");
#endif
    }
}
