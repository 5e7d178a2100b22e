using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>AEH1002: calls EnsureSuccessStatusCode, or returns along the method's own failure convention.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class HttpStatusIgnoredFixer : TextFixer
{
    /// <summary>Makes the fixer.</summary>
    public HttpStatusIgnoredFixer()
        : base(RuleIds.HttpStatusIgnored)
    {
    }

    private protected override PlannedFix? Plan(FixScene scene, Diagnostic diagnostic)
    {
        if (scene.Expression(diagnostic.Location.SourceSpan) is not InvocationExpressionSyntax read
            || ResponseOf(scene, read) is not { } response)
        {
            return null;
        }

        var statement = Placement.StatementOf(response);
        var name = response as IdentifierNameSyntax;
        var shared = name is null || statement is null
            ? null
            : AfterOwnChecks(scene, diagnostic, name, statement) ?? BeforeAllReads(name, statement);
        if (name is null || statement is null || (shared is null && !Placement.IsEvaluatedFirst(response, statement)))
        {
            // in the middle of an expression the call gives the response on
            return response.Parent is MemberAccessExpressionSyntax ? Inline(response) : null;
        }

        statement = shared ?? statement;

        var convention = FailureConvention.At(scene, read);
        var changes = convention.Returned is { } value
            ? Placement.Before(
                scene,
                statement,
                indentation => scene.If(statement, indentation, "!" + name + ".IsSuccessStatusCode", $"return {value};"),
                blankLine: true)
            : Placement.Before(
                scene, statement, indentation => indentation + name + ".EnsureSuccessStatusCode();", blankLine: false);
        if (changes.IsDefault)
        {
            return Inline(response);
        }

        return new PlannedFix(
            convention.Returned is { } returned
                ? string.Format(FixTitles.ReturnOnFailingStatus, returned)
                : FixTitles.EnsureSuccess,
            changes);
    }

    private static PlannedFix Inline(ExpressionSyntax response) => new(
        FixTitles.EnsureSuccess,
        ImmutableArray.Create(new TextChange(new TextSpan(response.Span.End, 0), ".EnsureSuccessStatusCode()")));

    // response.Content.ReadAs…(), HttpContentJsonExtensions.ReadFromJsonAsync(response.Content), or a local holding the content
    private static ExpressionSyntax? ResponseOf(FixScene scene, InvocationExpressionSyntax read)
    {
        var content = (read.Expression as MemberAccessExpressionSyntax)?.Expression;
        if (content is not null && scene.Model.GetSymbolInfo(content).Symbol is ITypeSymbol)
        {
            content = read.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        }

        if (content is PostfixUnaryExpressionSyntax { Operand: var operand })
        {
            content = operand;
        }

        if (content is IdentifierNameSyntax
            && scene.Model.GetSymbolInfo(content).Symbol is ILocalSymbol { DeclaringSyntaxReferences.Length: 1 } local
            && local.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var initial })
        {
            content = initial;
        }

        return content is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Content" } access
            ? access.Expression
            : null;
    }

    /// <summary>
    /// The statement beside the response's declaration, where reads of it are spread over several branches that do not
    /// look at the response themselves; null where they are not.
    /// </summary>
    private static StatementSyntax? BeforeAllReads(IdentifierNameSyntax response, StatementSyntax statement)
    {
        var name = response.Identifier.ValueText;
        StatementSyntax? outer = null;
        foreach (var node in statement.Ancestors())
        {
            if (node is StatementSyntax { Parent: BlockSyntax block } candidate
                && block.Statements.TakeWhile(s => s != candidate).Any(s => Declares(s, name)))
            {
                outer = candidate;
                break;
            }

            if (node is not (BlockSyntax or IfStatementSyntax or ElseClauseSyntax or SwitchStatementSyntax or SwitchSectionSyntax))
            {
                return null;
            }

            if ((node is IfStatementSyntax @if && Mentions(@if.Condition, name))
                || (node is SwitchStatementSyntax @switch && Mentions(@switch.Expression, name)))
            {
                return null;
            }
        }

        return outer is { Parent: BlockSyntax list }
            && !(outer is IfStatementSyntax condition && Mentions(condition.Condition, name))
            && list.Statements.SkipWhile(s => s != outer).SelectMany(s => s.DescendantNodes()).Any(n =>
                n is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Content", Expression: IdentifierNameSyntax of }
                && of.Identifier.ValueText == name && !statement.Span.Contains(n.Span))
                    ? outer
                    : null;
    }

    /// <summary>
    /// The statement with the first use, where the method looks at some statuses itself between reading and using: what it
    /// does for these must go on working. Null where it does not.
    /// </summary>
    private static StatementSyntax? AfterOwnChecks(
        FixScene scene, Diagnostic diagnostic, IdentifierNameSyntax response, StatementSyntax read)
    {
        var use = diagnostic.AdditionalLocations.FirstOrDefault()?.SourceSpan;
        if (use is null || scene.Expression(use.Value) is not { } used || Placement.StatementOf(used) is not { } statement
            || !Placement.IsInList(read))
        {
            return null;
        }

        var list = read.Parent!.ChildNodes().OfType<StatementSyntax>().SkipWhile(s => s != read).Skip(1);
        var between = list.TakeWhile(s => s.SpanStart < statement.SpanStart).ToList();
        return between.Any(s => LooksAtStatus(s, response.Identifier.ValueText))
            && between.Concat(list).Any(s => s.Span.Contains(statement.Span))
            && Placement.IsInList(statement)
                ? statement
                : null;
    }

    private static bool LooksAtStatus(SyntaxNode node, string name) =>
        node.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>().Any(a =>
            a.Name.Identifier.ValueText is "StatusCode" or "IsSuccessStatusCode"
            && a.Expression is IdentifierNameSyntax of && of.Identifier.ValueText == name);

    private static bool Declares(StatementSyntax statement, string name) =>
        statement is LocalDeclarationStatementSyntax declaration
        && declaration.Declaration.Variables.Any(v => v.Identifier.ValueText == name);

    private static bool Mentions(SyntaxNode node, string name) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == name);
}
