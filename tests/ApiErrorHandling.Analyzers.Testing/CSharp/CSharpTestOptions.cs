namespace Microsoft.CodeAnalysis.CSharp.Testing;

/// <summary>The options a C# test starts from.</summary>
internal static class CSharpTestOptions
{
    /// <summary>A library that may have unsafe code.</summary>
    public static CompilationOptions Compilation { get; } =
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);

    /// <summary>The default language version, with documentation comments diagnosed.</summary>
    public static ParseOptions Parse { get; } =
        new CSharpParseOptions(LanguageVersion.Default, DocumentationMode.Diagnose);
}
