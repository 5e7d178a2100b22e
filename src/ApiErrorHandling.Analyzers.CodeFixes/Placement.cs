using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>Where new statements can go.</summary>
internal static class Placement
{
    /// <summary>The statement around an expression that is no lambda's; null in expression bodies and initialisers.</summary>
    public static StatementSyntax? StatementOf(ExpressionSyntax expression)
    {
        for (SyntaxNode? node = expression; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case StatementSyntax statement:
                    return statement;
                case LambdaExpressionSyntax or ArrowExpressionClauseSyntax or MemberDeclarationSyntax
                    or ConstructorInitializerSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The expression body of a method or local function around an expression; null if there is none.</summary>
    public static ArrowExpressionClauseSyntax? ExpressionBodyOf(ExpressionSyntax expression)
    {
        for (SyntaxNode? node = expression; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax } arrow:
                    return arrow;
                case ArrowExpressionClauseSyntax or LambdaExpressionSyntax or StatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Turns an expression body into a block.</summary>
    /// <param name="scene">The document.</param>
    /// <param name="arrow">The body.</param>
    /// <param name="change">A change inside the expression.</param>
    /// <param name="write">Writes the statements before it, all lines indented but without a last line end.</param>
    public static ImmutableArray<TextChange> ExpandBody(
        FixScene scene, ArrowExpressionClauseSyntax arrow, TextChange change, System.Func<string, string> write)
    {
        var text = Changed(arrow.Expression, ImmutableArray.Create(change));
        var returns = !ReturnsNothing(scene.Model.GetDeclaredSymbol(arrow.Parent!) as IMethodSymbol);
        return ExpandBody(scene, arrow, indentation =>
            $"{write(indentation)}{scene.NewLine}{scene.NewLine}{indentation}{(returns ? "return " : string.Empty)}{text};");
    }

    /// <summary>Turns an expression body into a block of other statements.</summary>
    /// <param name="scene">The document.</param>
    /// <param name="arrow">The body.</param>
    /// <param name="write">Writes the statements, all lines indented but without a last line end.</param>
    public static ImmutableArray<TextChange> ExpandBody(
        FixScene scene, ArrowExpressionClauseSyntax arrow, System.Func<string, string> write)
    {
        var member = arrow.Parent!;
        var semicolon = member switch
        {
            MethodDeclarationSyntax method => method.SemicolonToken,
            LocalFunctionStatementSyntax function => function.SemicolonToken,
            _ => default,
        };
        if (scene.Model.GetDeclaredSymbol(member) is not IMethodSymbol || semicolon.Span.IsEmpty || HasComments(arrow))
        {
            return default;
        }

        var previous = arrow.ArrowToken.GetPreviousToken();
        return ImmutableArray.Create(new TextChange(
            TextSpan.FromBounds(previous.Span.End, semicolon.Span.End), Block(scene, member, write)));
    }

    /// <summary>Turns the expression of a lambda into a block of other statements.</summary>
    /// <inheritdoc cref="ExpandBody(FixScene, ArrowExpressionClauseSyntax, System.Func{string, string})"/>
    public static ImmutableArray<TextChange> ExpandLambda(
        FixScene scene, LambdaExpressionSyntax lambda, System.Func<string, string> write) =>
        lambda.ExpressionBody is not { } body || HasComments(body) || lambda.ArrowToken.TrailingTrivia.Any(IsComment)
            ? default
            : ImmutableArray.Create(new TextChange(
                TextSpan.FromBounds(lambda.ArrowToken.Span.End, body.Span.End), Block(scene, lambda, write)));

    /// <summary>Whether a method gives its caller no value: what stands for its body is a statement.</summary>
    public static bool ReturnsNothing(IMethodSymbol? method) =>
        method is { ReturnsVoid: true }
            or { IsAsync: true, ReturnType: INamedTypeSymbol { Name: "Task" or "ValueTask", IsGenericType: false } };

    private static string Block(FixScene scene, SyntaxNode owner, System.Func<string, string> write) =>
        Block(scene, scene.IndentationOf(owner), owner, write);

    private static string Block(FixScene scene, string outer, SyntaxNode owner, System.Func<string, string> write)
    {
        var open = scene.BracesOnSameLine(owner) ? " {" : scene.NewLine + outer + "{";
        return open + scene.NewLine + write(outer + scene.IndentationStep(owner)) + scene.NewLine + outer + "}";
    }

    private static bool HasComments(SyntaxNode node) => node.DescendantTrivia().Any(IsComment);

    private static bool IsComment(SyntaxTrivia trivia) =>
        !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    // The text of a node with changes inside it.
    private static string Changed(SyntaxNode node, ImmutableArray<TextChange> changes)
    {
        var text = node.ToString();
        foreach (var change in changes.Reverse())
        {
            var start = change.Span.Start - node.SpanStart;
            text = text.Substring(0, start) + change.NewText + text.Substring(start + change.Span.Length);
        }

        return text;
    }

    /// <summary>Whether other statements can stand beside a statement.</summary>
    public static bool IsInList(StatementSyntax statement) =>
        statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;

    /// <summary>
    /// Whether a statement or expression body evaluates an expression exactly once, before anything else that it does: then code may be moved
    /// from the expression to before the statement.
    /// </summary>
    public static bool IsEvaluatedFirst(ExpressionSyntax expression, SyntaxNode statement)
    {
        SyntaxNode child = expression;
        for (var node = child.Parent; node is not null && child != statement; child = node, node = node.Parent)
        {
            var goesOn = node switch
            {
                AwaitExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax
                    or PrefixUnaryExpressionSyntax or EqualsValueClauseSyntax or IsPatternExpressionSyntax => true,
                MemberAccessExpressionSyntax access => access.Expression == child,
                ElementAccessExpressionSyntax access => access.Expression == child,
                ConditionalAccessExpressionSyntax access => access.Expression == child,
                ConditionalExpressionSyntax conditional => conditional.Condition == child,
                BinaryExpressionSyntax binary => binary.Left == child,
                InvocationExpressionSyntax invocation => invocation.Expression == child || invocation.ArgumentList == child,
                BaseObjectCreationExpressionSyntax creation => creation.ArgumentList == child
                    || (creation.Initializer == child
                        && creation.ArgumentList?.Arguments.All(a => IsPure(a.Expression)) != false),
                InitializerExpressionSyntax initializer => initializer.Expressions[0] == child,
                ArgumentListSyntax list => list.Arguments.TakeWhile(a => a != child).All(a => IsPure(a.Expression))
                    && (list.Parent is not InvocationExpressionSyntax call || IsPure(call.Expression)),
                ArgumentSyntax or InterpolationSyntax or AnonymousObjectMemberDeclaratorSyntax => true,
                InterpolatedStringExpressionSyntax text => text.Contents.TakeWhile(c => c != child)
                    .OfType<InterpolationSyntax>().All(i => IsPure(i.Expression)),
                AssignmentExpressionSyntax assignment => assignment.Right == child && IsPure(assignment.Left),
                VariableDeclaratorSyntax => true,
                VariableDeclarationSyntax declaration => declaration.Variables[0] == child,
                LocalDeclarationStatementSyntax or ReturnStatementSyntax or ExpressionStatementSyntax
                    or ThrowStatementSyntax or ForEachStatementSyntax => true,
                IfStatementSyntax @if => @if.Condition == child,
                SwitchStatementSyntax @switch => @switch.Expression == child,
                SwitchExpressionSyntax @switch => @switch.GoverningExpression == child,
                UsingStatementSyntax or ArrowExpressionClauseSyntax => true,
                _ => false,
            };
            if (!goesOn)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Inserts lines before a statement.</summary>
    /// <param name="scene">The document.</param>
    /// <param name="statement">A statement of a list, or one that stands alone under an if or loop.</param>
    /// <param name="write">Writes the new statements, all lines indented but without a last line end.</param>
    /// <param name="blankLine">Whether a blank line follows them.</param>
    public static ImmutableArray<TextChange> Before(
        FixScene scene, StatementSyntax statement, System.Func<string, string> write, bool blankLine)
    {
        if (!IsInList(statement))
        {
            return Wrap(scene, statement, write, before: true, blankLine, ImmutableArray<TextChange>.Empty);
        }

        var indentation = scene.IndentationOf(statement);
        var line = scene.Text.Lines.GetLineFromPosition(statement.SpanStart);
        var end = blankLine ? scene.NewLine + scene.NewLine : scene.NewLine;
        var isFirstOnLine = string.IsNullOrWhiteSpace(
            scene.Text.ToString(TextSpan.FromBounds(line.Start, statement.SpanStart)));
        return isFirstOnLine
            ? ImmutableArray.Create(new TextChange(new TextSpan(line.Start, 0), write(indentation) + end))
            : ImmutableArray.Create(new TextChange(
                new TextSpan(statement.SpanStart, 0), write(indentation).TrimStart() + scene.NewLine + indentation));
    }

    /// <summary>Inserts lines after a statement.</summary>
    /// <inheritdoc cref="Before"/>
    /// <param name="scene">The document.</param>
    /// <param name="statement">A statement of a list, or one that stands alone under an if or loop.</param>
    /// <param name="write">Writes the new statements, all lines indented but without a last line end.</param>
    /// <param name="blankLine">Whether a blank line follows them where a statement does.</param>
    /// <param name="inside">Changes inside the statement itself, in the order of the text.</param>
    public static ImmutableArray<TextChange> After(
        FixScene scene,
        StatementSyntax statement,
        System.Func<string, string> write,
        bool blankLine = true,
        ImmutableArray<TextChange> inside = default)
    {
        inside = inside.IsDefault ? ImmutableArray<TextChange>.Empty : inside;
        if (!IsInList(statement))
        {
            return Wrap(scene, statement, write, before: false, blankLine, inside);
        }

        // behind a comment at the end of the line
        var line = scene.Text.Lines.GetLineFromPosition(statement.Span.End);
        var rest = scene.Text.ToString(TextSpan.FromBounds(statement.Span.End, line.End)).Trim();
        if (rest.Length > 0 && !rest.StartsWith("//", System.StringComparison.Ordinal))
        {
            // between others on the line
            return inside.Add(new TextChange(
                new TextSpan(statement.Span.End, 0), " " + Regex.Replace(write(string.Empty), @"\s*\n\s*", " ")));
        }

        var text = scene.NewLine + write(scene.IndentationOf(statement));
        if (blankLine && NextLineIsStatement(scene, statement))
        {
            text += scene.NewLine;
        }

        return inside.Add(new TextChange(new TextSpan(line.End, 0), text));
    }

    /// <summary>Writes the first lines of an empty block.</summary>
    /// <inheritdoc cref="Before"/>
    public static ImmutableArray<TextChange> Fill(FixScene scene, BlockSyntax block, System.Func<string, string> write)
    {
        var owner = block.Parent!;
        var outer = scene.IndentationOf(owner);
        var inner = outer + scene.IndentationStep(owner);
        var text = scene.Text;
        if (HasComments(block))
        {
            // behind the comments
            var line = text.Lines.GetLineFromPosition(block.CloseBraceToken.SpanStart);
            return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, block.CloseBraceToken.SpanStart)))
                ? ImmutableArray.Create(new TextChange(new TextSpan(line.Start, 0), write(inner) + scene.NewLine))
                : default;
        }

        var previous = block.OpenBraceToken.GetPreviousToken();
        return previous.TrailingTrivia.Any(IsComment) ? default : ImmutableArray.Create(new TextChange(
            TextSpan.FromBounds(previous.Span.End, block.Span.End), Block(scene, outer, owner, write)));
    }

    /// <summary>Writes the block of a handler that stands on one line on several, with more lines before one of its statements.</summary>
    /// <param name="scene">The document.</param>
    /// <param name="block">The block.</param>
    /// <param name="write">Writes the lines with an indentation.</param>
    /// <param name="index">Before how many of its statements they come.</param>
    /// <returns>The changes; none if the block has more lines, or comments, or is of something else.</returns>
    public static ImmutableArray<TextChange> Unfold(FixScene scene, BlockSyntax block, System.Func<string, string> write, int index)
    {
        var lines = scene.Text.Lines;
        var previous = block.OpenBraceToken.GetPreviousToken();
        return block.Parent is not CatchClauseSyntax
            || lines.GetLineFromPosition(block.SpanStart).LineNumber != lines.GetLineFromPosition(block.Span.End).LineNumber
            || HasComments(block) || previous.TrailingTrivia.Any(IsComment)
                ? default
                : ImmutableArray.Create(new TextChange(
                    TextSpan.FromBounds(previous.Span.End, block.Span.End),
                    Block(scene, scene.IndentationOf(block.Parent!), block.Parent!, All)));

        string All(string indentation)
        {
            var all = block.Statements.Select(s => indentation + s).ToList();
            all.Insert(index, write(indentation));
            return string.Join(scene.NewLine, all);
        }
    }

    /// <summary>Inserts lines at the start of the block of a using statement.</summary>
    /// <inheritdoc cref="Before"/>
    public static ImmutableArray<TextChange> Inside(
        FixScene scene, UsingStatementSyntax @using, System.Func<string, string> write, bool blankLine) =>
        @using.Statement switch
        {
            BlockSyntax { Statements.Count: > 0 } block => Before(scene, block.Statements[0], write, blankLine),
            BlockSyntax block => HasComments(block)
                ? default
                : ImmutableArray.Create(new TextChange(
                    TextSpan.FromBounds(@using.CloseParenToken.Span.End, block.Span.End), Block(scene, @using, write))),
            UsingStatementSyntax => default,
            var single => Before(scene, single, write, blankLine),
        };

    private static bool NextLineIsStatement(FixScene scene, StatementSyntax statement)
    {
        var number = scene.Text.Lines.GetLineFromPosition(statement.Span.End).LineNumber + 1;
        if (number >= scene.Text.Lines.Count)
        {
            return false;
        }

        var next = scene.Text.Lines[number].ToString().Trim();
        return next.Length > 0 && !next.StartsWith("}", System.StringComparison.Ordinal);
    }

    // A statement that stands alone under an if or loop gets braces.
    private static ImmutableArray<TextChange> Wrap(
        FixScene scene, StatementSyntax statement, System.Func<string, string> write, bool before, bool blankLine, ImmutableArray<TextChange> changes)
    {
        // braces would hide what a labelled declaration declares, and leave the lines of a longer statement where they were
        var lines = scene.Text.Lines;
        if (statement is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax
            || lines.GetLineFromPosition(statement.SpanStart).LineNumber
                != lines.GetLineFromPosition(statement.Span.End).LineNumber)
        {
            return default;
        }

        var outer = scene.IndentationOf(statement.Parent!);
        var inner = outer + scene.IndentationStep(statement.Parent!);
        var own = inner + Changed(statement, changes);
        var added = write(inner);
        var blank = before && blankLine ? scene.NewLine : string.Empty;
        var inside = before ? added + scene.NewLine + blank + own : own + scene.NewLine + added;
        var previous = statement.GetFirstToken().GetPreviousToken();
        var start = scene.BracesOnSameLine(statement)
            ? " {" + scene.NewLine
            : scene.NewLine + outer + "{" + scene.NewLine;
        return statement.GetLeadingTrivia().Concat(previous.TrailingTrivia).All(t =>
            t.IsKind(SyntaxKind.WhitespaceTrivia) || t.IsKind(SyntaxKind.EndOfLineTrivia))
            ? ImmutableArray.Create(new TextChange(
                TextSpan.FromBounds(previous.Span.End, statement.Span.End), start + inside + scene.NewLine + outer + "}"))
            : default;
    }

    // Names, literals and members of names: evaluating them later or earlier makes no difference.
    private static bool IsPure(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or LiteralExpressionSyntax or ThisExpressionSyntax or BaseExpressionSyntax
            or PredefinedTypeSyntax or TypeOfExpressionSyntax or GenericNameSyntax or InterpolatedStringExpressionSyntax
            { Contents.Count: 0 } => true,
        MemberAccessExpressionSyntax access => IsPure(access.Expression),
        ParenthesizedExpressionSyntax parenthesized => IsPure(parenthesized.Expression),
        _ => false,
    };
}
