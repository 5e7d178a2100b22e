using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>
/// Exceptions that are thrown for failing answers and do not tell which: they get the status, so that a filter can ask for it.
/// </summary>
internal static class ThrownStatus
{
    private const string Failure = "System.Net.Http.HttpRequestException";

    /// <summary>The changes that give the status to what is thrown where the request is sent, here or in helpers of the same file.</summary>
    /// <param name="retry">The retry.</param>
    /// <param name="imports">Collects using directives.</param>
    /// <returns>None if nothing of that kind is thrown, or if the exception of this framework has no status.</returns>
    public static ImmutableArray<TextChange> Add(RetryScene retry, Imports imports)
    {
        if (retry.Scene.Model.Compilation.GetTypeByMetadataName(Failure)?.InstanceConstructors.Any(c => c.Parameters.Length == 3) != true)
        {
            return ImmutableArray<TextChange>.Empty;
        }

        return Functions(retry)
            .SelectMany(f => f.DescendantNodes(n => n == f || !RetryScene.IsFunction(n)))
            .Select(n => (n as ThrowStatementSyntax)?.Expression ?? (n as ThrowExpressionSyntax)?.Expression)
            .OfType<ObjectCreationExpressionSyntax>()
            .Distinct()
            .SelectMany(thrown => Change(retry.Scene, thrown, imports))
            .ToImmutableArray();
    }

    // The one that repeats, and those through which it sends.
    private static IEnumerable<SyntaxNode> Functions(RetryScene retry)
    {
        for (RequestSite? request = retry.Repeat.Request; request is not null; request = request.Origin?.Request)
        {
            if (request.Operation?.Syntax is { } sent && sent.SyntaxTree == retry.Scene.Root.SyntaxTree)
            {
                yield return RetryScene.FunctionAround(sent);
            }
        }
    }

    private static ImmutableArray<TextChange> Change(FixScene scene, ObjectCreationExpressionSyntax thrown, Imports imports)
    {
        if (thrown is not { Initializer: null, ArgumentList.Arguments: { Count: < 3 } arguments }
            || scene.Model.GetTypeInfo(thrown).Type?.ToDisplayString() is not ("System.Exception" or Failure)
            || arguments.Any(a => a.NameColon is not null)
            || ResponseOf(thrown) is not { } response)
        {
            return ImmutableArray<TextChange>.Empty;
        }

        var more = string.Concat(Enumerable.Repeat("null, ", 2 - arguments.Count)) + response + ".StatusCode";
        return ImmutableArray.Create(
            new TextChange(thrown.Type.Span, imports.Name(Failure, thrown.SpanStart)),
            new TextChange(new TextSpan(thrown.ArgumentList.CloseParenToken.SpanStart, 0), arguments.Count > 0 ? ", " + more : more));
    }

    // What failed, where the exception is thrown because of that.
    private static string? ResponseOf(ExpressionSyntax thrown)
    {
        SyntaxNode child = thrown;
        for (var node = thrown.Parent; node is not null && !RetryScene.IsFunction(node) && node is not MemberDeclarationSyntax; child = node, node = node.Parent)
        {
            (ExpressionSyntax Condition, SyntaxNode Then, SyntaxNode? Otherwise)? branches = node switch
            {
                IfStatementSyntax i => (i.Condition, i.Statement, i.Else),
                ConditionalExpressionSyntax c => (c.Condition, c.WhenTrue, c.WhenFalse),
                _ => null,
            };
            if (branches is var (condition, then, otherwise) && FailingPlaces.TestOf(condition) is { } test
                && child == (test.HoldsForFailure ? then : otherwise))
            {
                return test.Response;
            }
        }

        return null;
    }
}
