using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiErrorHandling.Analyzers.Tests.Verification;

/// <summary>Renames the declaration of a bad variable, and nothing else.</summary>
public class ToyFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ToyAnalyzer.BadName.Id];

    public override FixAllProvider? GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) =>
            await RenameAsync(document, diagnostics, name => BatchRename(name, context.CodeActionEquivalenceKey!)));

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var key in Keys)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Rename: " + key,
                    _ => RenameAsync(context.Document, context.Diagnostics, name => Rename(name, key)),
                    key),
                context.Diagnostics);
        }

        return Task.CompletedTask;
    }

    protected virtual string[] Keys => ["good"];

    protected virtual string Rename(string name, string key) => name.Replace("bad", key);

    protected virtual string BatchRename(string name, string key) => Rename(name, key);

    private static async Task<Document> RenameAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, Func<string, string> rename)
    {
        var root = (await document.GetSyntaxRootAsync())!;
        var tokens = diagnostics.Select(diagnostic => root.FindToken(diagnostic.Location.SourceSpan.Start));
        return document.WithSyntaxRoot(root.ReplaceTokens(tokens, (token, _) =>
            SyntaxFactory.Identifier(rename(token.Text)).WithTriviaFrom(token)));
    }
}

/// <summary>Offers two names.</summary>
public sealed class ToyFixWithChoice : ToyFix
{
    protected override string[] Keys => ["good", "better"];
}

/// <summary>Offers nothing.</summary>
public sealed class ToyFixThatOffersNothing : ToyFix
{
    protected override string[] Keys => [];
}

/// <summary>Leaves the name as it is.</summary>
public sealed class ToyFixThatChangesNothing : ToyFix
{
    protected override string Rename(string name, string key) => name;
}

/// <summary>Leaves each name bad.</summary>
public sealed class ToyFixWithoutEnd : ToyFix
{
    protected override string Rename(string name, string key) => name + "x";
}

/// <summary>Throws when it is applied.</summary>
public sealed class ToyFixThatThrows : ToyFix
{
    protected override string Rename(string name, string key) => throw new NotSupportedException("the toy fix broke");
}

/// <summary>Fixes all to another name than one.</summary>
public sealed class ToyFixWithOtherBatch : ToyFix
{
    protected override string BatchRename(string name, string key) => name.Replace("bad", "batch");
}

/// <summary>Makes two words into one identifier.</summary>
public sealed class ToyFixWithBrokenTree : ToyFix
{
    protected override string Rename(string name, string key) => "good, fine";
}
