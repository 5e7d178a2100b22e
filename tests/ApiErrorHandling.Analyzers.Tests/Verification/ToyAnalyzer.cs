using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiErrorHandling.Analyzers.Tests.Verification;

/// <summary>Reports variables that start with "bad" and, off by default, those whose name is declared once more.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ToyAnalyzer : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor BadName = new(
        "TOY001", "Bad name", "The name '{0}' is bad", "Toy", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Repeated = new(
        "TOY002", "Repeated name", "The name '{0}' is repeated", "Toy", DiagnosticSeverity.Info, false);

    public static readonly DiagnosticDescriptor File = new(
        "TOY003", "Bad file", "The file says bad", "Toy", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [BadName, Repeated, File];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(AnalyzeVariable, SyntaxKind.VariableDeclarator);
        context.RegisterSyntaxNodeAction(AnalyzeType, SyntaxKind.ClassDeclaration);
        context.RegisterAdditionalFileAction(AnalyzeFile);
    }

    private static void AnalyzeVariable(SyntaxNodeAnalysisContext context)
    {
        var name = ((VariableDeclaratorSyntax)context.Node).Identifier;
        if (name.Text.StartsWith("crash", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("the toy broke");
        }

        if (name.Text.StartsWith("bad", StringComparison.Ordinal))
        {
            context.ReportDiagnostic(Diagnostic.Create(BadName, name.GetLocation(), name.Text));
        }
    }

    private static void AnalyzeType(SyntaxNodeAnalysisContext context)
    {
        var names = context.Node.DescendantNodes().OfType<VariableDeclaratorSyntax>().Select(one => one.Identifier);
        foreach (var repeated in names.GroupBy(name => name.Text).Where(group => group.Count() > 1))
        {
            var locations = repeated.Select(name => name.GetLocation()).ToList();
            context.ReportDiagnostic(Diagnostic.Create(Repeated, locations[0], locations.Skip(1), repeated.Key));
        }
    }

    private static void AnalyzeFile(AdditionalFileAnalysisContext context)
    {
        var text = context.AdditionalFile.GetText()!;
        if (text.ToString().IndexOf("bad", StringComparison.Ordinal) is >= 0 and var start)
        {
            var span = new Microsoft.CodeAnalysis.Text.TextSpan(start, 3);
            context.ReportDiagnostic(Diagnostic.Create(
                File, Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span))));
        }
    }
}
