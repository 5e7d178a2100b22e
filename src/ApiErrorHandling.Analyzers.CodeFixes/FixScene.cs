using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>A document being fixed, with the habits of whoever wrote it: line ends, indentation, braces, language.</summary>
internal sealed class FixScene
{
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal);

    private FixScene(SyntaxNode root, SemanticModel model, SourceText text, AnalyzerConfigOptions options)
    {
        Root = root;
        Model = model;
        Text = text;
        Options = options;
        NewLine = text.Lines.Count > 1 && text.ToString(TextSpan.FromBounds(text.Lines[0].End, text.Lines[0].EndIncludingLineBreak)) is { Length: > 0 } end
            ? end
            : "\n";
        LanguageVersion = (root.SyntaxTree.Options as CSharpParseOptions)?.LanguageVersion ?? LanguageVersion.Default;
    }

    /// <summary>The root of the tree.</summary>
    public SyntaxNode Root { get; }

    /// <summary>Its model.</summary>
    public SemanticModel Model { get; }

    /// <summary>Its text.</summary>
    public SourceText Text { get; }

    /// <summary>The options of its file.</summary>
    public AnalyzerConfigOptions Options { get; }

    /// <summary>The line end in use.</summary>
    public string NewLine { get; }

    /// <summary>The version of the language.</summary>
    public LanguageVersion LanguageVersion { get; }

    /// <summary>Reads a document.</summary>
    public static async Task<FixScene?> CreateAsync(Document document, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return root is null || model is null
            ? null
            : new FixScene(
                root,
                model,
                text,
                document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(root.SyntaxTree));
    }

    /// <summary>The expression of exactly this span; null if there is none.</summary>
    public ExpressionSyntax? Expression(TextSpan span)
    {
        var node = Root.FindNode(span, getInnermostNodeForTie: true);
        for (; node is not null && node.Span.Start >= span.Start && node.Span.End <= span.End; node = node.Parent)
        {
            if (node.Span == span && node is ExpressionSyntax expression)
            {
                return expression;
            }
        }

        return Root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<ExpressionSyntax>();
    }

    /// <summary>Whether `string?` can be written at a position.</summary>
    public bool HasNullableAnnotations(int position) =>
        Model.GetNullableContext(position).AnnotationsEnabled();

    /// <summary>The white space at the start of the line that a node starts on.</summary>
    public string IndentationOf(SyntaxNode node)
    {
        var line = Text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>One step of indentation, as around a node.</summary>
    public string IndentationStep(SyntaxNode node)
    {
        var block = node.FirstAncestorOrSelf<BlockSyntax>(b => b.Statements.Count > 0);
        if (block is not null)
        {
            var inner = IndentationOf(block.Statements[0]);
            var outer = IndentationOf(block.Parent!);
            if (inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal))
            {
                return inner.Substring(outer.Length);
            }
        }

        return IndentationOf(node).Contains('\t') ? "\t" : "    ";
    }

    /// <summary>Whether opening braces stand on the line of what they belong to.</summary>
    public bool BracesOnSameLine(SyntaxNode node)
    {
        // the nearest habit counts: blocks of the same member, then of the file
        foreach (var scope in new[] { node.FirstAncestorOrSelf<MemberDeclarationSyntax>(), Root })
        {
            foreach (var block in scope?.DescendantNodes().OfType<BlockSyntax>() ?? [])
            {
                if (block.Parent is not (StatementSyntax or ElseClauseSyntax or CatchClauseSyntax or BaseMethodDeclarationSyntax)
                    || block.GetLocation().GetLineSpan() is var lines && lines.StartLinePosition.Line == lines.EndLinePosition.Line)
                {
                    continue;
                }

                var before = block.OpenBraceToken.GetPreviousToken();
                return Text.Lines.GetLineFromPosition(before.Span.End).LineNumber
                    == Text.Lines.GetLineFromPosition(block.OpenBraceToken.SpanStart).LineNumber;
            }
        }

        return false;
    }

    /// <summary>An if statement in the style of the place: each line with its line end but the last.</summary>
    /// <param name="near">The node whose style and indentation it takes.</param>
    /// <param name="indentation">The indentation of its first line.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="body">The one statement inside.</param>
    public string If(SyntaxNode near, string indentation, string condition, string body)
    {
        var step = IndentationStep(near);
        return BracesOnSameLine(near)
            ? $"{indentation}if ({condition}) {{{NewLine}{indentation}{step}{body}{NewLine}{indentation}}}"
            : $"{indentation}if ({condition}){NewLine}{indentation}{{{NewLine}{indentation}{step}{body}{NewLine}{indentation}}}";
    }

    /// <summary>The name of a type as it must be written at a position.</summary>
    public string TypeName(string metadataName, int position)
    {
        var simple = metadataName.Substring(metadataName.LastIndexOf('.') + 1);
        var found = Model.LookupNamespacesAndTypes(position, name: simple).Where(s => s is not INamedTypeSymbol { Arity: > 0 }).ToList();
        return found.Count == 1 && found[0].ToDisplayString() == metadataName ? simple : "global::" + metadataName;
    }

    /// <summary>A name for a new local that nothing else at the position has, nor any other new one in its member.</summary>
    public string NewName(string wish, SyntaxNode near)
    {
        for (var i = 1; ; i++)
        {
            var name = FreeName(wish, near, ref i);
            if (_reserved.Add(MemberAround(near).SpanStart + ":" + name))
            {
                return name;
            }
        }
    }

    /// <summary>A name for a new local that nothing else at the position has.</summary>
    public string FreeName(string wish, SyntaxNode near)
    {
        var first = 1;
        return FreeName(wish, near, ref first);
    }

    private string FreeName(string wish, SyntaxNode near, ref int number)
    {
        var taken = new HashSet<string>(
            MemberAround(near).DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText),
            StringComparer.Ordinal);
        for (; ; number++)
        {
            var name = number == 1 ? wish : wish + number.ToString(CultureInfo.InvariantCulture);
            if (!taken.Contains(name) && Model.LookupSymbols(near.SpanStart, name: name).IsEmpty)
            {
                return name;
            }
        }
    }

    // Top-level statements share their locals.
    private SyntaxNode MemberAround(SyntaxNode near) =>
        near.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not GlobalStatementSyntax) ?? Root;
}
