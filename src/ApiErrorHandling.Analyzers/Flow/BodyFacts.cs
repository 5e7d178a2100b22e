using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>Facts read off the bodies of methods without running the flow.</summary>
internal static class BodyFacts
{
    /// <summary>Whether control never comes back from a method: its end and every return are unreachable.</summary>
    public static bool NeverReturns(IMethodSymbol method, Compilation compilation)
    {
        if (method.IsAbstract || method.IsVirtual || method.IsOverride || method.IsAsync)
        {
            return false;
        }

        var syntax = method.DeclaringSyntaxReferences[0].GetSyntax();
        var (block, expression) = BodyOf(syntax);
        if (expression is not null)
        {
            return expression is ThrowExpressionSyntax;
        }

        // a throw somewhere is the cheap precondition
        if (block is null
            || !block.DescendantNodes().Any(n => n is ThrowStatementSyntax or ThrowExpressionSyntax)
            || !compilation.ContainsSyntaxTree(syntax.SyntaxTree))
        {
            return false;
        }

        var flow = compilation.GetSemanticModel(syntax.SyntaxTree).AnalyzeControlFlow(block);
        return flow is { Succeeded: true, EndPointIsReachable: false } && flow.ReturnStatements.IsEmpty
            && !block.DescendantNodes().Any(n => n.IsKind(SyntaxKind.YieldReturnStatement));
    }

    /// <summary>The types of what the throws of a body throw, with whether that is the very type; in source order.</summary>
    public static ImmutableArray<(ITypeSymbol Type, bool IsExact)> ThrownBy(IMethodSymbol method, Compilation compilation)
    {
        var syntax = method.DeclaringSyntaxReferences[0].GetSyntax();
        if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree))
        {
            return ImmutableArray<(ITypeSymbol, bool)>.Empty;
        }

        var model = compilation.GetSemanticModel(syntax.SyntaxTree);
        return syntax
            .DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax && (node == syntax || node is not LocalFunctionStatementSyntax))
            .Select(node => (node as ThrowStatementSyntax)?.Expression ?? (node as ThrowExpressionSyntax)?.Expression)
            .OfType<ExpressionSyntax>()
            .Select(thrown => (model.GetTypeInfo(thrown).Type, thrown is BaseObjectCreationExpressionSyntax))
            .Where(thrown => thrown.Type is not null)
            .Select(thrown => (thrown.Type!, thrown.Item2))
            .Distinct()
            .ToImmutableArray();
    }

    /// <summary>What a method returns that does nothing else: one expression, or one statement; null otherwise.</summary>
    public static ExpressionSyntax? ReturnedBy(IMethodSymbol method) => BodyOf(method.DeclaringSyntaxReferences[0].GetSyntax()) switch
    {
        (_, { } expression) => expression,
        ({ Statements: { Count: 1 } only }, _) => (only[0] as ReturnStatementSyntax)?.Expression,
        _ => null,
    };

    /// <summary>Whether a virtual method does nothing, and is there to be filled: `{ }`, or a task that is completed.</summary>
    public static bool IsEmptyHook(IMethodSymbol method) => method.IsVirtual
        && method.DeclaringSyntaxReferences.Length == 1
        && (BodyOf(method.DeclaringSyntaxReferences[0].GetSyntax()).Block is { Statements.Count: 0 }
            || ReturnedBy(method) is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" });

    private static (BlockSyntax? Block, ExpressionSyntax? Expression) BodyOf(SyntaxNode method) => method switch
    {
        BaseMethodDeclarationSyntax m => (m.Body, m.ExpressionBody?.Expression),
        LocalFunctionStatementSyntax f => (f.Body, f.ExpressionBody?.Expression),
        _ => (null, null),
    };
}
