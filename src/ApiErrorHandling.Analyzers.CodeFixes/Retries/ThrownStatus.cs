using System.Collections.Immutable;
using System.Linq;
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

    /// <summary>Gives the status to what is thrown where the request is sent, in the retry or in its helpers.</summary>
    /// <param name="retry">The retry.</param>
    /// <returns>Null if nothing of that kind is thrown, or if the exception of this framework has no status.</returns>
    public static RetryFix? Add(RetryScene retry)
    {
        if (retry.Scene.Model.Compilation.GetTypeByMetadataName(Failure)?.InstanceConstructors.Any(c => c.Parameters.Length == 3) != true)
        {
            return null;
        }

        var parts = retry.Helpers.Prepend(retry)
            .Select(scene => RetryFix.In(retry, scene, In(scene.Scene, scene.Function)))
            .Where(part => part.IsWritten)
            .ToList();
        return parts.Count == 0 ? null : parts.Aggregate((x, y) => x.With(y));
    }

    private static ImmutableArray<TextChange> In(FixScene scene, SyntaxNode function)
    {
        var imports = new Imports(scene);
        var changes = function.DescendantNodes(n => n == function || !RetryScene.IsFunction(n))
            .Select(n => (n as ThrowStatementSyntax)?.Expression ?? (n as ThrowExpressionSyntax)?.Expression)
            .OfType<ObjectCreationExpressionSyntax>()
            .SelectMany(thrown => Change(scene, thrown, imports))
            .ToImmutableArray();
        return changes.IsEmpty ? changes : changes.AddRange(imports.Changes);
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
