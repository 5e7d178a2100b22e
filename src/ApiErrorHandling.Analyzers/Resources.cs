using System.Resources;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers;

/// <summary>Every sentence that a user can see, from Resources.resx.</summary>
internal static class Resources
{
    /// <summary>The sentences of all languages.</summary>
    public static ResourceManager ResourceManager { get; } =
        new(typeof(Resources).FullName!, typeof(Resources).Assembly);

    /// <summary>The sentence of this name, in the language of whoever reads it.</summary>
    public static LocalizableString Get(string name) =>
        new LocalizableResourceString(name, ResourceManager, typeof(Resources));

    /// <summary>The sentence of this name with names and numbers filled in.</summary>
    public static LocalizableString Format(string name, params string[] arguments) =>
        new LocalizableResourceString(name, ResourceManager, typeof(Resources), arguments);
}
