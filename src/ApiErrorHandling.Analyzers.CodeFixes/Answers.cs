using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>What becomes of the value that a call gives.</summary>
internal static class Answers
{
    /// <summary>The call with what only unwraps it: await, parentheses, RootElement, casts.</summary>
    public static ExpressionSyntax Whole(ExpressionSyntax call)
    {
        var whole = call;
        while (true)
        {
            switch (whole.Parent)
            {
                case AwaitExpressionSyntax @await:
                    whole = @await;
                    break;
                case ParenthesizedExpressionSyntax { Parent: AwaitExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax } p:
                    whole = p;
                    break;
                case PostfixUnaryExpressionSyntax postfix when postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression):
                    whole = postfix;
                    break;
                case CastExpressionSyntax cast:
                    whole = cast;
                    break;
                case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.AsExpression):
                    whole = binary;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RootElement" or "Result" } access:
                    whole = access;
                    break;
                case MemberAccessExpressionSyntax
                    {
                        Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "GetResult" or "AsObject" or "Clone",
                        Parent: InvocationExpressionSyntax invocation,
                    }:
                    whole = invocation;
                    break;
                default:
                    return whole;
            }
        }
    }

    /// <summary>The local or field that a statement puts the parsed answer into.</summary>
    public static string? HolderOf(ExpressionSyntax whole)
    {
        // `Parse(…) ?? throw …` is the answer all the same
        var value = whole;
        while (value.Parent is ParenthesizedExpressionSyntax
            || (value.Parent is BinaryExpressionSyntax coalesce && coalesce.IsKind(SyntaxKind.CoalesceExpression)
                && coalesce.Left == value && coalesce.Right is ThrowExpressionSyntax))
        {
            value = (ExpressionSyntax)value.Parent;
        }

        return value.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } variable } =>
                variable.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }, Parent: ExpressionStatementSyntax } assignment
                when assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && assignment.Right == value =>
                assignment.Left.ToString(),
            _ => null,
        };
    }

    /// <summary>
    /// Whether an answer can be null: in a nullable context as the parser says; elsewhere as the use itself expects, and
    /// where nothing is read off it here.
    /// </summary>
    public static bool IsMaybeNull(FixScene scene, ExpressionSyntax whole, ExpressionSyntax? use)
    {
        if (use is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax)
        {
            return true;
        }

        var type = scene.Model.GetTypeInfo(whole);
        return type.Nullability.FlowState == NullableFlowState.MaybeNull
            || type.Type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            || (type.Type is { IsReferenceType: true }
                && (use is not (MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax)
                    || whole.Span.Contains(use.Span))
                && !scene.HasNullableAnnotations(whole.SpanStart));
    }
}
