using System;
using System.Linq;
using System.Runtime.CompilerServices;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// Decides cheaply whether a body can be of interest: first by the text of its tree, then by the names it calls, last
/// by what they mean.
/// </summary>
internal static class RequestGate
{
    private static readonly string[] Markers =
    [
        "GetAsync", "PostAsync", "PutAsync", "PatchAsync", "DeleteAsync", "SendAsync", ".Send(", "GetStringAsync",
        "GetByteArrayAsync", "GetStreamAsync", "JsonAsync",
    ];

    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<bool>> Trees = new();

    /// <summary>Whether the text of a tree mentions a call that sends a request.</summary>
    public static bool Mentions(SyntaxTree tree) => Trees.GetValue(tree, static t =>
    {
        var text = t.GetText().ToString();
        foreach (var marker in Markers)
        {
            if (text.IndexOf(marker, StringComparison.Ordinal) >= 0)
            {
                return new StrongBox<bool>(true);
            }
        }

        return new StrongBox<bool>(false);
    }).Value;

    /// <summary>Whether code calls a member that sends a request.</summary>
    /// <param name="body">The syntax of a body.</param>
    /// <param name="model">The model of its tree.</param>
    /// <param name="libraries">The known members.</param>
    public static bool SendsRequest(SyntaxNode body, SemanticModel model, LibraryTable libraries)
    {
        foreach (var node in body.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax invocation
                && NameOf(invocation.Expression) is { } name
                && libraries.HasName(name)
                && model.GetSymbolInfo(invocation).Symbol is IMethodSymbol method
                && libraries.Find(method.ReducedFrom is { } full ? Construct(full, method) : method) is Meaning.SendRequest)
            {
                return true;
            }
        }

        return false;
    }

    private static IMethodSymbol Construct(IMethodSymbol full, IMethodSymbol reduced) =>
        reduced.TypeArguments.Length == full.TypeParameters.Length && full.TypeParameters.Length > 0
            ? full.Construct(reduced.TypeArguments.ToArray())
            : full;

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}
