namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How a failed expectation is turned into a failed test.</summary>
public interface IVerifier
{
    /// <summary>Fails the test.</summary>
    void Fail(string? message = null);

    /// <summary>Fails the test unless the condition holds.</summary>
    void True(bool assert, string? message = null);

    /// <summary>Fails the test unless both values are equal.</summary>
    void Equal<T>(T expected, T actual, string? message = null);

    /// <summary>Fails the test if the collection has no elements.</summary>
    void NotEmpty<T>(string collectionName, IEnumerable<T> collection);

    /// <summary>A verifier whose failures name one more circumstance.</summary>
    IVerifier PushContext(string context);
}
