using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Verification;

/// <summary>Expects a verification to fail.</summary>
internal static class Failure
{
    /// <summary>The failure's message has each of these parts.</summary>
    public static async Task With(Task verification, params string[] parts)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => verification);
        Assert.All(parts, part => Assert.Contains(part, failure.Message));
    }
}
