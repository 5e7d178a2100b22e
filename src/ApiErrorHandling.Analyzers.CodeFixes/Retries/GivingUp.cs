using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>How a retry ends without success, as its method does already or would.</summary>
internal static class GivingUp
{
    /// <summary>The statements that do it, the most natural first.</summary>
    /// <param name="retry">The retry.</param>
    /// <param name="at">Where they are written.</param>
    /// <param name="response">The text of what has the status; null if it is not at hand.</param>
    /// <param name="imports">Collects using directives.</param>
    public static IEnumerable<string> At(RetryScene retry, SyntaxNode at, string? response, Imports imports)
    {
        var scene = retry.Scene;
        var next = retry.Loop is { } loop ? Next(loop) : null;
        var givesResponse = response is not null && IsResponse(retry.ReturnType);
        // what follows has to do with failures already, or it would not be reached after the last attempt
        var canBreak = retry.EndsByCondition && CanBreak(retry, at);
        if (canBreak && (next is ReturnStatementSyntax or null || (next is ThrowStatementSyntax && response is not null)))
        {
            yield return "break;";
        }

        if (givesResponse)
        {
            yield return $"return {response};";
        }

        if (next is ReturnStatementSyntax { Expression: { } value } && IsFailure(value))
        {
            yield return $"return {value};";
        }

        if (!retry.Function.IsKind(SyntaxKind.CompilationUnit) && FailureConvention.At(scene, at).Returned is { } returned)
        {
            yield return $"return {returned};";
        }

        if (response is not null && scene.Model.GetSpeculativeTypeInfo(
            at.SpanStart, SyntaxFactory.ParseExpression(response), SpeculativeBindingOption.BindAsExpression).Type?.Name is "HttpResponseMessage" or null)
        {
            yield return $"{response}.EnsureSuccessStatusCode();";
        }

        if (canBreak)
        {
            yield return "break;";
        }

        if (response is null)
        {
            var failure = imports.Name("System.Net.Http.HttpRequestException", at.SpanStart);
            yield return $"throw new {failure}(\"The request failed.\");";
        }
    }

    /// <summary>Whether a plain `break` leaves the retry's loop.</summary>
    private static bool CanBreak(RetryScene retry, SyntaxNode at) => at.AncestorsAndSelf()
        .TakeWhile(n => n != retry.Region)
        .All(n => n is not (SwitchStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
            or FinallyClauseSyntax));

    // What is run when the loop has ended.
    private static StatementSyntax? Next(StatementSyntax loop)
    {
        var siblings = loop.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        var index = siblings.IndexOf(loop);
        return index >= 0 && index + 1 < siblings.Count ? siblings[index + 1] : null;
    }

    private static bool IsFailure(ExpressionSyntax value) => value.Kind() is SyntaxKind.NullLiteralExpression
        or SyntaxKind.FalseLiteralExpression or SyntaxKind.DefaultLiteralExpression or SyntaxKind.DefaultExpression
        || value.ToString() is "string.Empty" or "\"\"" or "[]";

    private static bool IsResponse(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: { Length: 1 } arguments }
        ? IsResponse(arguments[0])
        : type?.Name == "HttpResponseMessage";
}
