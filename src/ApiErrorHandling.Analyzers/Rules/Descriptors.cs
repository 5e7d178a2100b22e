using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>Makes the descriptors of all rules alike: title, message and description by name from the resources.</summary>
internal static class Descriptors
{
    /// <summary>Where the rules are explained; each rule has a section with its id.</summary>
    private const string HelpLink = "https://github.com/api-error-handling/analyzers/blob/main/rules.md#";

    /// <summary>Answers: what they mean.</summary>
    public const string Answers = "ApiErrorHandling.Answers";

    /// <summary>Retries: whether to try again.</summary>
    public const string Retries = "ApiErrorHandling.Retries";

    /// <summary>Waits: how long before trying again.</summary>
    public const string Waits = "ApiErrorHandling.Waits";

    /// <summary>The project's own contracts and options.</summary>
    public const string Configuration = "ApiErrorHandling.Configuration";

    /// <summary>Makes a descriptor.</summary>
    /// <param name="id">The rule's id.</param>
    /// <param name="category">The category.</param>
    /// <param name="severity">Warning: no false alarm known. Info: worth seeing while editing.</param>
    /// <param name="message">
    /// The suffix of the resource with the message, for rules that have several: descriptors of one id differ in nothing
    /// else.
    /// </param>
    /// <param name="tags">Tags beside those of all rules.</param>
    public static DiagnosticDescriptor Create(
        string id, string category, DiagnosticSeverity severity, string message = "Message", params string[] tags) => new(
        id,
        Resources.Get(id + "_Title"),
        Resources.Get(id + "_" + message),
        category,
        severity,
        isEnabledByDefault: true,
        Resources.Get(id + "_Description"),
        HelpLink + id.ToLowerInvariant(),
        tags);
}
