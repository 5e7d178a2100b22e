using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>
/// AEH1003: adds the member for the code to the type that the body is parsed into, in the type's own document, and checks
/// it behind the parse where there is a place for the check. Where there is none, AEH1001 asks for it at the use.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BodyErrorCodeLostFixer : SolutionFixer
{
    private static readonly string[] GeneratedEndings = [".g.cs", ".g.i.cs", ".designer.cs", ".generated.cs"];

    /// <summary>Makes the fixer.</summary>
    public BodyErrorCodeLostFixer()
        : base(RuleIds.BodyErrorCodeLost)
    {
    }

    private protected override string TitleOfAll => FixTitles.AddCodeMembers;

    private protected override async Task<PlannedSolutionFix?> PlanAsync(
        SolutionScenes scenes, Document document, Diagnostic diagnostic)
    {
        if (diagnostic.Properties[PropertyKeys.CodeMember] is not { } jsonName
            || jsonName.Contains('.')
            || diagnostic.Properties[PropertyKeys.AnswerType] is not { } id
            || await scenes.GetAsync(document.Id).ConfigureAwait(false) is not { } scene
            || scene.Expression(diagnostic.Location.SourceSpan) is not { } parse)
        {
            return null;
        }

        var success = diagnostic.Properties[PropertyKeys.SuccessCode]!;
        var isText = diagnostic.Properties[PropertyKeys.CodeType] switch
        {
            nameof(CodeType.String) => true,
            nameof(CodeType.Number) => false,
            _ => !int.TryParse(success, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        };
        foreach (var type in DocumentationCommentId.GetSymbolsForDeclarationId(id, scene.Model.Compilation).OfType<INamedTypeSymbol>())
        {
            // the part with most members
            foreach (var reference in type.DeclaringSyntaxReferences.OrderByDescending(r => (r.GetSyntax() as TypeDeclarationSyntax)?.Members.Count))
            {
                if (scenes.Solution.GetDocument(reference.SyntaxTree) is not { } home
                    || await scenes.GetAsync(home.Id).ConfigureAwait(false) is not { } homeScene
                    || IsOutOfReach(home, homeScene)
                    || homeScene.Root.FindNode(reference.Span) is not TypeDeclarationSyntax declaration
                    || HasGeneratedCode(declaration)
                    || CodeMember.In(homeScene, declaration, jsonName, isText, success, NameAttribute(scene, parse)) is not { } member)
                {
                    continue;
                }

                var parts = ImmutableArray.Create((home.Id, member.Changes));
                var check = Check(scene, diagnostic, parse, type, member);
                return check is null
                    ? new PlannedSolutionFix(string.Format(FixTitles.AddCodeMember, member.Name, type.Name), parts)
                    : new PlannedSolutionFix(
                        string.Format(FixTitles.AddCodeMemberAndCheck, member.Name, type.Name),
                        parts.Add((document.Id, check.Changes)));
            }
        }

        return null;
    }

    // Where another method does the parsing, what the expression gives is not the type.
    private static PlannedFix? Check(
        FixScene scene, Diagnostic diagnostic, ExpressionSyntax parse, INamedTypeSymbol type, CodeMember member)
    {
        var given = scene.Model.GetTypeInfo(Answers.Whole(parse)).Type;
        if (given is null || !SymbolEqualityComparer.Default.Equals(JsonTargets.Unwrap(given).OriginalDefinition, type))
        {
            return null;
        }

        var use = diagnostic.AdditionalLocations.FirstOrDefault();
        return CodeCheck.From(diagnostic, JsonFlavour.Typed, member.Name, member.Type).AfterParse(
            scene, parse, use?.SourceTree == scene.Root.SyntaxTree ? scene.Expression(use.SourceSpan) : null);
    }

    private static string? NameAttribute(FixScene scene, ExpressionSyntax parse)
    {
        var parser = scene.Model.GetSymbolInfo(parse).Symbol?.ContainingNamespace?.ToDisplayString();
        return parser?.StartsWith("Newtonsoft.Json", StringComparison.Ordinal) == true
            ? "Newtonsoft.Json.JsonPropertyAttribute"
            : parser is "System.Net.Http.Json" or "System.Text.Json"
                ? "System.Text.Json.Serialization.JsonPropertyNameAttribute"
                : null;
    }

    // What a tool writes is written anew; what two projects share cannot be seen from one.
    private static bool IsOutOfReach(Document document, FixScene scene)
    {
        var path = document.FilePath ?? document.Name;
        return document is SourceGeneratedDocument
            || !document.GetLinkedDocumentIds().IsEmpty
            || GeneratedEndings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase))
            || (scene.Options.TryGetValue("generated_code", out var generated) && generated == "true")
            || scene.Root.GetLeadingTrivia().Any(t =>
                (t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia))
                && (t.ToString().Contains("<auto-generated") || t.ToString().Contains("<autogenerated")));
    }

    private static bool HasGeneratedCode(TypeDeclarationSyntax declaration) => declaration.AncestorsAndSelf()
        .OfType<TypeDeclarationSyntax>()
        .SelectMany(t => t.AttributeLists)
        .SelectMany(l => l.Attributes)
        .Any(a => a.Name.ToString().Contains("GeneratedCode"));
}
