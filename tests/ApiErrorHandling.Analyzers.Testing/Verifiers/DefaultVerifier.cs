using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Fails a test by an <see cref="InvalidOperationException"/>, whatever the test framework.</summary>
public class DefaultVerifier : IVerifier
{
    /// <summary>A verifier without context.</summary>
    public DefaultVerifier()
        : this(ImmutableStack<string>.Empty)
    {
    }

    /// <summary>A verifier whose messages start with the contexts, the outermost first.</summary>
    protected DefaultVerifier(ImmutableStack<string> context) => Context = context;

    /// <summary>What is being verified, the innermost circumstance on top.</summary>
    protected ImmutableStack<string> Context { get; }

    /// <inheritdoc/>
    public virtual void Fail(string? message = null)
    {
        var lines = Context.Reverse()
            .Select(context => "Context: " + context)
            .Append(message ?? "Verification failed.");
        throw new InvalidOperationException(string.Join(Environment.NewLine, lines));
    }

    /// <inheritdoc/>
    public virtual void True(bool assert, string? message = null)
    {
        if (!assert)
        {
            Fail(message);
        }
    }

    /// <inheritdoc/>
    public virtual void Equal<T>(T expected, T actual, string? message = null) =>
        True(
            EqualityComparer<T>.Default.Equals(expected, actual),
            message ?? $"Expected '{expected}' but was '{actual}'.");

    /// <inheritdoc/>
    public virtual void NotEmpty<T>(string collectionName, IEnumerable<T> collection) =>
        True(collection.Any(), $"Expected '{collectionName}' to be non-empty.");

    /// <inheritdoc/>
    public virtual IVerifier PushContext(string context) => new DefaultVerifier(Context.Push(context));
}
