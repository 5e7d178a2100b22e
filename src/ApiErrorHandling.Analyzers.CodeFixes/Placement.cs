using System.Collections.Immutable;
using System.Linq;
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
        var member = arrow.Parent!;
        var symbol = scene.Model.GetDeclaredSymbol(member) as IMethodSymbol;
        var semicolon = member switch
        {
            MethodDeclarationSyntax method => method.SemicolonToken,
            LocalFunctionStatementSyntax function => function.SemicolonToken,
            _ => default,
        };
        if (symbol is null || semicolon.Span.IsEmpty || arrow.DescendantTrivia().Any(t => !t.IsKind(SyntaxKind.WhitespaceTrivia)
            && !t.IsKind(SyntaxKind.EndOfLineTrivia)))
        {
            return default;
        }

        var outer = scene.IndentationOf(member);
        var inner = outer + scene.IndentationStep(member);
        var text = arrow.Expression.ToString();
        var start = change.Span.Start - arrow.Expression.SpanStart;
        text = text.Substring(0, start) + change.NewText + text.Substring(start + change.Span.Length);
        var returns = symbol is not { ReturnsVoid: true }
            && !(symbol is { IsAsync: true, ReturnType: INamedTypeSymbol { Name: "Task" or "ValueTask", IsGenericType: false } });
        var previous = arrow.ArrowToken.GetPreviousToken();
        var open = scene.BracesOnSameLine(member) ? " {" : scene.NewLine + outer + "{";
        return ImmutableArray.Create(new TextChange(
            TextSpan.FromBounds(previous.Span.End, semicolon.Span.End),
            $"{open}{scene.NewLine}{write(inner)}{scene.NewLine}{scene.NewLine}{inner}{(returns ? "return " : string.Empty)}{text};{scene.NewLine}{outer}}}"));
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
            return Wrap(scene, statement, write, before: true);
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
    public static ImmutableArray<TextChange> After(
        FixScene scene, StatementSyntax statement, System.Func<string, string> write)
    {
        if (!IsInList(statement))
        {
            return Wrap(scene, statement, write, before: false);
        }

        var text = scene.NewLine + write(scene.IndentationOf(statement));
        if (NextLineIsStatement(scene, statement))
        {
            text += scene.NewLine;
        }

        // behind a comment at the end of the line
        var line = scene.Text.Lines.GetLineFromPosition(statement.Span.End);
        var rest = scene.Text.ToString(TextSpan.FromBounds(statement.Span.End, line.End)).Trim();
        var position = rest.Length == 0 || rest.StartsWith("//", System.StringComparison.Ordinal) ? line.End : statement.Span.End;
        return ImmutableArray.Create(new TextChange(new TextSpan(position, 0), text));
    }

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
        FixScene scene, StatementSyntax statement, System.Func<string, string> write, bool before)
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
        var own = inner + statement.ToString();
        var added = write(inner);
        var inside = before ? added + scene.NewLine + own : own + scene.NewLine + added;
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
