using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>
/// AEH1001: checks the code after parsing, and throws or returns along the method's own failure convention. Where the
/// answer has no name yet, it gets one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BodyErrorCodeIgnoredFixer : TextFixer
{
    /// <summary>Makes the fixer.</summary>
    public BodyErrorCodeIgnoredFixer()
        : base(RuleIds.BodyErrorCodeIgnored)
    {
    }

    private protected override PlannedFix? Plan(FixScene scene, Diagnostic diagnostic) =>
        diagnostic.AdditionalLocations.Count > 0
        && diagnostic.AdditionalLocations[0].SourceTree == scene.Root.SyntaxTree
        && scene.Expression(diagnostic.AdditionalLocations[0].SourceSpan) is { } parse
            ? CodeCheck.From(diagnostic)?.AfterParse(scene, parse, scene.Expression(diagnostic.Location.SourceSpan))
            : null;
}
