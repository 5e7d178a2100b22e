namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Expectations composed of simpler ones.</summary>
public static class IVerifierExtensions
{
    /// <summary>Fails the test with a diff by lines unless both texts are equal.</summary>
    public static void EqualOrDiff(this IVerifier verifier, string expected, string actual, string? message = null)
    {
        if (expected != actual)
        {
            verifier.Fail((message ?? "Texts differ:") + Environment.NewLine + TextDiff.Compare(expected, actual));
        }
    }
}
