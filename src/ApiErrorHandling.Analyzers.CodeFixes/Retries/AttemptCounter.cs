using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>The number of the attempt under way: a local of the retry's own, or a new one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNew">Whether it is new: 1 in the first attempt.</param>
/// <param name="Changes">What declares and counts it.</param>
internal sealed record AttemptCounter(string Name, bool IsNew, ImmutableArray<TextChange> Changes)
{
    private const string Wish = "attempt";

    /// <summary>What it is when the first attempt is made; null if that is not known.</summary>
    public int? First { get; private init; } = IsNew ? 1 : null;

    /// <summary>The counter of a retry; null if there is none and none can be added.</summary>
    /// <param name="retry">The retry.</param>
    public static AttemptCounter? Of(RetryScene retry) => Find(retry) is { } counter
        ? new AttemptCounter(counter.Name, IsNew: false, ImmutableArray<TextChange>.Empty) { First = FirstOf(counter, retry) }
        : New(retry);

    /// <summary>A counter of its own for a retry; null if none can be added.</summary>
    /// <param name="retry">The retry.</param>
    public static AttemptCounter? New(RetryScene retry) => retry.Loop is { } loop ? InLoop(retry, loop)
        : retry.Repeat.Kind == Flow.RepeatKind.Recursion ? InRecursion(retry)
        : retry.Repeat.Label is { } label ? AtLabel(retry, label) : null;

    /// <summary>The attempts made so far, as a counter of the retry's own tells that counts down from a number; null if there is none.</summary>
    /// <param name="retry">The retry.</param>
    public static AttemptCounter? CountedDown(RetryScene retry)
    {
        // a local of a method that calls itself begins anew
        if (retry.Again is not null)
        {
            return null;
        }

        var counted = retry.Region.DescendantNodes(n => n == retry.Region || !RetryScene.IsFunction(n))
            .Where(n => n.RawKind is (int)SyntaxKind.PostDecrementExpression or (int)SyntaxKind.PreDecrementExpression)
            .Select(n => retry.Scene.Model.GetSymbolInfo(n is PostfixUnaryExpressionSyntax p ? p.Operand : ((PrefixUnaryExpressionSyntax)n).Operand).Symbol)
            .OfType<ILocalSymbol>()
            .FirstOrDefault(s => s.Type.SpecialType == SpecialType.System_Int32 && IsDeclaredOutside(s, retry) && !IsInNestedLoop(s, retry));
        return counted is not null && InitialOf(counted) is { } number
            ? new AttemptCounter(number.ToString(CultureInfo.InvariantCulture) + " - " + counted.Name, IsNew: false, ImmutableArray<TextChange>.Empty)
            : null;
    }

    // What counts at the head of the loop has counted the first attempt.
    private static int? FirstOf(ISymbol counter, RetryScene retry) => InitialOf(counter) is not { } initial ? null
        : retry.Body?.Statements.TakeWhile(s => s.Span.End <= retry.Sender.SpanStart).Any(s => Counts(s, counter.Name)) == true ? initial + 1 : initial;

    private static bool Counts(StatementSyntax statement, string name) => (statement as ExpressionStatementSyntax)?.Expression switch
    {
        PostfixUnaryExpressionSyntax { Operand: var o } => o.ToString() == name,
        PrefixUnaryExpressionSyntax { Operand: var o } => o.ToString() == name,
        AssignmentExpressionSyntax { Left: var o } => o.ToString() == name,
        _ => false,
    };

    private static int? InitialOf(ISymbol counter) => counter.DeclaringSyntaxReferences is { Length: 1 } references
        && references[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax { Token.Value: int number } }
            ? number
            : null;

    private static ISymbol? Find(RetryScene retry)
    {
        var model = retry.Scene.Model;

        // what comes before a label is not counted again by a jump to it
        var start = retry.Repeat.Label?.SpanStart ?? 0;
        var steps = retry.Region.DescendantNodes(n => n == retry.Region || !RetryScene.IsFunction(n))
            .Where(n => n.SpanStart >= start)
            .Select(n => n switch
            {
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression, Operand: var o } => o,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression, Operand: var o } => o,
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression, Left: var o, Right: LiteralExpressionSyntax { Token.Value: 1 } } => o,
                ArgumentSyntax { Parent.Parent: var call, Expression: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Left: var o, Right: LiteralExpressionSyntax { Token.Value: 1 } } }
                    when call == retry.Again => o,
                _ => null,
            })
            .OfType<IdentifierNameSyntax>()
            .Select(n => model.GetSymbolInfo(n).Symbol)
            .Where(s => s is ILocalSymbol { Type.SpecialType: SpecialType.System_Int32 } or IParameterSymbol { Type.SpecialType: SpecialType.System_Int32 }
                && IsDeclaredOutside(s, retry) && !IsInNestedLoop(s, retry))
            .Distinct(SymbolEqualityComparer.Default);
        return steps.FirstOrDefault();
    }

    // Of the loop's own header or before it: what is declared inside starts anew each time.
    private static bool IsDeclaredOutside(ISymbol symbol, RetryScene retry) => symbol is IParameterSymbol
        || symbol.DeclaringSyntaxReferences.All(r => retry.Body is not { } body || !body.Span.Contains(r.Span));

    private static bool IsInNestedLoop(ISymbol symbol, RetryScene retry) => symbol.DeclaringSyntaxReferences.Any(r =>
        r.GetSyntax().FirstAncestorOrSelf<ForStatementSyntax>() is { } loop && loop != retry.Region
            && !loop.Span.Contains(retry.Repeat.Label?.Span ?? retry.Region.Span));

    private static AttemptCounter? InLoop(RetryScene retry, StatementSyntax loop)
    {
        var scene = retry.Scene;
        if (retry.Body is not { Statements: { Count: > 0 } statements } || !Placement.IsInList(loop) || loop.Parent is LabeledStatementSyntax)
        {
            return null;
        }

        var name = scene.FreeName(Wish, loop);
        var declared = Placement.Before(scene, loop, i => $"{i}{retry.Declare("int")} {name} = 0;", blankLine: false);
        var counted = Placement.Before(scene, statements[0], i => $"{i}{name}++;", blankLine: false);
        return declared.IsDefault || counted.IsDefault ? null : new AttemptCounter(name, IsNew: true, declared.AddRange(counted));
    }

    // Behind the label that is jumped back to.
    private static AttemptCounter? AtLabel(RetryScene retry, LabeledStatementSyntax label)
    {
        var (scene, first) = (retry.Scene, label.Statement);
        if (!Placement.IsInList(label) || label.SyntaxTree != scene.Root.SyntaxTree || first is LabeledStatementSyntax)
        {
            return null;
        }

        var name = scene.FreeName(Wish, label);
        var line = scene.Text.Lines.GetLineFromPosition(first.SpanStart);
        var isAlone = string.IsNullOrWhiteSpace(scene.Text.ToString(TextSpan.FromBounds(line.Start, first.SpanStart)));
        var indentation = scene.IndentationOf(first);
        var declared = Placement.Before(scene, label, _ => $"{indentation}{retry.Declare("int")} {name} = 0;", blankLine: false);
        var counted = isAlone
            ? new TextChange(new TextSpan(line.Start, 0), $"{indentation}{name}++;{scene.NewLine}")
            : new TextChange(new TextSpan(first.SpanStart, 0), $"{name}++;{scene.NewLine}{indentation}");
        return declared.IsDefault ? null : new AttemptCounter(name, IsNew: true, declared.Add(counted));
    }

    // As a parameter that callers need not give; where others rely on the signature, as one of an overload.
    private static AttemptCounter? InRecursion(RetryScene retry)
    {
        var scene = retry.Scene;
        var parameters = retry.Function switch
        {
            MethodDeclarationSyntax method => method.ParameterList,
            LocalFunctionStatementSyntax local => local.ParameterList,
            _ => null,
        };
        if (parameters is null
            || retry.Again is not InvocationExpressionSyntax again
            || scene.Model.GetDeclaredSymbol(retry.Function) is not IMethodSymbol symbol
            || symbol.PartialDefinitionPart is not null || symbol.PartialImplementationPart is not null
            || symbol.Parameters.Any(p => p.IsParams))
        {
            return null;
        }

        if (CountedElsewhere(retry, symbol) is { } counted)
        {
            return new AttemptCounter(counted, IsNew: false, ImmutableArray.Create(Argument(again, counted)));
        }

        var name = scene.FreeName(Wish, parameters);
        if (symbol.IsOverride || symbol.IsVirtual || IsSeenOutside(symbol, scene.Model.Compilation) || IsOfInterface(symbol))
        {
            return retry.Function is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } whole
                ? new AttemptCounter(name, IsNew: true, Overload(scene, whole, name).Add(Argument(again, name)))
                : null;
        }

        return new AttemptCounter(name, IsNew: true, ImmutableArray.Create(
            new TextChange(new TextSpan(parameters.CloseParenToken.SpanStart, 0), (parameters.Parameters.Count > 0 ? ", " : string.Empty) + $"int {name} = 1"),
            Argument(again, name)));
    }

    // The method hands over to a private one, which gets its body.
    private static ImmutableArray<TextChange> Overload(FixScene scene, MethodDeclarationSyntax method, string name)
    {
        var (indentation, step) = (scene.IndentationOf(method), scene.IndentationStep(method));
        var types = method.TypeParameterList is { } list ? "<" + string.Join(", ", list.Parameters.Select(p => p.Identifier.ValueText)) + ">" : string.Empty;
        var given = method.ParameterList.Parameters
            .Select(p => string.Concat(p.Modifiers.Where(m => m.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword).Select(m => m.ValueText + " ")) + p.Identifier.Text)
            .Append(name + ": 1");
        var taken = method.ParameterList.Parameters
            .Select(p => p.WithDefault(null).WithoutTrivia().ToString().TrimEnd())
            .Append("int " + name);
        var modifiers = method.Modifiers
            .Where(m => m.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.AsyncKeyword or SyntaxKind.UnsafeKeyword)
            .Select(m => m.ValueText + " ");
        var constraints = string.Concat(method.ConstraintClauses.Select(c => " " + c.WithoutTrivia()));
        var end = method.ConstraintClauses.Count > 0 ? method.ConstraintClauses.Last().Span.End : method.ParameterList.Span.End;
        var text = $" =>{scene.NewLine}{indentation}{step}{method.Identifier.Text}{types}({string.Join(", ", given)});{scene.NewLine}{scene.NewLine}"
            + $"{indentation}private {string.Concat(modifiers)}{method.ReturnType} {method.Identifier.Text}{types}({string.Join(", ", taken)}){constraints}";
        var handedOver = ImmutableArray.Create(new TextChange(new TextSpan(end, 0), text));

        // only the private one awaits
        return method.Modifiers.FirstOrDefault(m => m.IsKind(SyntaxKind.AsyncKeyword)) is { RawKind: not 0 } async
            ? handedOver.Add(new TextChange(TextSpan.FromBounds(async.SpanStart, async.GetNextToken().SpanStart), string.Empty))
            : handedOver;
    }

    private static TextChange Argument(InvocationExpressionSyntax again, string name) => new(
        new TextSpan(again.ArgumentList.CloseParenToken.SpanStart, 0),
        (again.ArgumentList.Arguments.Count > 0 ? ", " : string.Empty) + $"{name}: {name} + 1");

    // The parameter that another call of the function by itself counts up, and that this one leaves out.
    private static string? CountedElsewhere(RetryScene retry, IMethodSymbol method) => retry.Function
        .DescendantNodes()
        .OfType<ArgumentSyntax>()
        .Where(a => a is
            {
                NameColon.Name: var named,
                Expression: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Left: IdentifierNameSyntax left, Right: LiteralExpressionSyntax { Token.Value: 1 } },
                Parent.Parent: InvocationExpressionSyntax call,
            }
            && named.Identifier.ValueText == left.Identifier.ValueText
            && SymbolEqualityComparer.Default.Equals(retry.Scene.Model.GetSymbolInfo(call).Symbol, method))
        .Select(a => a.NameColon!.Name.Identifier.ValueText)
        .FirstOrDefault(name => method.Parameters.Any(p => p.Name == name && p.IsOptional && p.Type.SpecialType == SpecialType.System_Int32));

    private static bool IsSeenOutside(ISymbol symbol, Compilation compilation)
    {
        for (var s = symbol; s is not null and not INamespaceSymbol; s = s.ContainingSymbol)
        {
            if (s.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary;
    }

    private static bool IsOfInterface(IMethodSymbol method) => !method.ExplicitInterfaceImplementations.IsEmpty
        || method.ContainingType.AllInterfaces.SelectMany(i => i.GetMembers(method.Name)).Any(m =>
            SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method));
}
