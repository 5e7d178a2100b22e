using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>How a method says that it failed: by an exception, or by a value it returns.</summary>
/// <param name="Returned">The text of the expression that is returned on failure; null if failures are thrown.</param>
internal sealed record FailureConvention(string? Returned)
{
    private const string OptionKey = "api_error_handling.fix_failure";

    private static readonly FailureConvention Throw = new((string?)null);

    /// <summary>Whether failures are thrown.</summary>
    public bool Throws => Returned is null;

    /// <summary>The convention at a place: the option's, else the method's own, else throwing.</summary>
    public static FailureConvention At(FixScene scene, SyntaxNode place)
    {
        scene.Options.TryGetValue(OptionKey, out var option);
        if (string.Equals(option?.Trim(), "throw", StringComparison.OrdinalIgnoreCase))
        {
            return Throw;
        }

        // a handler around the place already turns exceptions into the method's own failure
        var function = FunctionOf(place);
        if (function is null || IsInsideCatchingTry(scene, place, function))
        {
            return Throw;
        }

        foreach (var @return in function.DescendantNodes(n => n == function || !IsFunction(n)).OfType<ReturnStatementSyntax>())
        {
            if (@return.Expression is { } value && IsFailureValue(value) && IsOnFailurePath(@return))
            {
                return new FailureConvention(value.ToString());
            }
        }

        return string.Equals(option?.Trim(), "return", StringComparison.OrdinalIgnoreCase)
            && DefaultFailure(scene, function) is { } fallback
                ? new FailureConvention(fallback)
                : Throw;
    }

    private static bool IsFunction(SyntaxNode node) =>
        node is LambdaExpressionSyntax or AnonymousMethodExpressionSyntax or LocalFunctionStatementSyntax;

    private static SyntaxNode? FunctionOf(SyntaxNode place) => place.Ancestors().FirstOrDefault(n =>
        IsFunction(n) || n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);

    private static bool IsInsideCatchingTry(FixScene scene, SyntaxNode place, SyntaxNode function)
    {
        foreach (var node in place.AncestorsAndSelf().TakeWhile(n => n != function))
        {
            if (node is TryStatementSyntax @try
                && @try.Block.Span.Contains(place.Span)
                && @try.Catches.Any(c => c.Declaration is null
                    || scene.Model.GetTypeInfo(c.Declaration.Type).Type?.Name is "Exception" or "HttpRequestException"))
            {
                return true;
            }
        }

        return false;
    }

    // null, false, default, an empty string or list: what a caller can tell from success
    private static bool IsFailureValue(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax literal => literal.Kind() is SyntaxKind.NullLiteralExpression
            or SyntaxKind.FalseLiteralExpression or SyntaxKind.DefaultLiteralExpression
            || literal is { Token.ValueText: "" },
        DefaultExpressionSyntax => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } => true,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call => call.Expression.ToString() is var name
            && (name.StartsWith("Array.Empty", StringComparison.Ordinal)
                || name.StartsWith("Enumerable.Empty", StringComparison.Ordinal)),
        _ => false,
    };

    // in a catch, or under a condition that asks for a status, a code or success
    private static bool IsOnFailurePath(ReturnStatementSyntax @return)
    {
        foreach (var node in @return.Ancestors())
        {
            switch (node)
            {
                case CatchClauseSyntax:
                    return true;
                case IfStatementSyntax @if:
                    return @if.Condition.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(n =>
                        n.Identifier.ValueText.IndexOf("Status", StringComparison.OrdinalIgnoreCase) >= 0
                        || n.Identifier.ValueText.IndexOf("Code", StringComparison.OrdinalIgnoreCase) >= 0
                        || n.Identifier.ValueText.IndexOf("Success", StringComparison.OrdinalIgnoreCase) >= 0);
                case MemberDeclarationSyntax or LambdaExpressionSyntax or LocalFunctionStatementSyntax:
                    return false;
            }
        }

        return false;
    }

    private static string? DefaultFailure(FixScene scene, SyntaxNode function)
    {
        var type = function switch
        {
            MethodDeclarationSyntax method => scene.Model.GetDeclaredSymbol(method)?.ReturnType,
            LocalFunctionStatementSyntax local => (scene.Model.GetDeclaredSymbol(local) as IMethodSymbol)?.ReturnType,
            _ => null,
        };
        if (type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 1 } task)
        {
            type = task.TypeArguments[0];
        }

        return type switch
        {
            { SpecialType: SpecialType.System_Boolean } => "false",
            { IsReferenceType: true } => "null",
            { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => "null",
            _ => null,
        };
    }
}
