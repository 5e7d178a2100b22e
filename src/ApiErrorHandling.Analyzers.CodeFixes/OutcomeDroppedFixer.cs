using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>
/// AEH1010: keeps the response, or the answer with its code, and checks it: calls EnsureSuccessStatusCode, or compares the
/// code, or returns along the method's own failure convention.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class OutcomeDroppedFixer : TextFixer
{
    private const string NewLocal = "response";

    /// <summary>Makes the fixer.</summary>
    public OutcomeDroppedFixer()
        : base(RuleIds.OutcomeDropped)
    {
    }

    private protected override PlannedFix? Plan(FixScene scene, Diagnostic diagnostic)
    {
        if (scene.Expression(diagnostic.Location.SourceSpan) is not { } call
            || IsCleanUp(call)
            || Kept.Of(scene, call) is not { } kept)
        {
            return null;
        }

        var outer = kept.Outer;
        if (Answers.HolderOf(kept.Value) is { } holder && kept.Value == outer)
        {
            return Placement.StatementOf(outer) switch
            {
                UsingStatementSyntax @using => Check(holder) is { } check
                    ? Made(check, FirstThatTell(@using, holder) is { } told
                        ? Placement.After(scene, told, check.Text, NeedsBlankLine(check))
                        : Placement.Inside(scene, @using, check.Text, NeedsBlankLine(check)))
                    : null,
                { } statement when statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax
                    && holder != "_" && Check(holder) is { } check =>
                    Made(check, Placement.After(scene, LastThatTells(statement, holder), check.Text, NeedsBlankLine(check))),
                _ => null,
            };
        }

        switch (outer.Parent)
        {
            case ExpressionStatementSyntax statement when NewCheck() is var (name, check):
                return Made(check, Placement.After(
                    scene, statement, check.Text, NeedsBlankLine(check), kept.Declare(Declarator(statement, name))));
            case UsingStatementSyntax @using when NewCheck() is var (name, check):
                var inside = Placement.Inside(scene, @using, check.Text, NeedsBlankLine(check));
                return inside.IsDefault ? null : Made(check, kept.Declare($"var {name} = ").AddRange(inside));
            case LambdaExpressionSyntax lambda
                when Placement.ReturnsNothing(scene.Model.GetSymbolInfo(lambda).Symbol as IMethodSymbol)
                    && NewCheck() is var (name, check):
                return Made(check, Placement.ExpandLambda(scene, lambda, Body(name, check)));
            case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax } arrow
                when Placement.ReturnsNothing(scene.Model.GetDeclaredSymbol(arrow.Parent!) as IMethodSymbol)
                    && NewCheck() is var (name, check):
                return Made(check, Placement.ExpandBody(scene, arrow, Body(name, check)));
            default:
                return null;
        }

        WrittenCheck? Check(string name) => kept.IsResponse
            ? kept.IsMaybeNull ? null : CheckStatus(scene, diagnostic, outer, name)
            : CheckCode(scene, diagnostic, kept, name);

        (string Name, WrittenCheck Check)? NewCheck()
        {
            var name = kept.IsResponse ? scene.NewName(NewLocal, outer) : CodeCheck.NewName(scene, outer);
            return Check(name) is { } check ? (name, check) : null;
        }

        string Declarator(SyntaxNode place, string name) =>
            $"{(kept.IsDisposable && CanDeclareUsing(scene, place) ? "using " : string.Empty)}var {name} = ";

        System.Func<string, string> Body(string name, WrittenCheck check) => indentation =>
            $"{indentation}{Declarator(outer, name)}{kept.Text};{scene.NewLine}{check.Text(indentation)}";
    }

    private static PlannedFix? Made(WrittenCheck check, ImmutableArray<TextChange> changes) =>
        changes.IsDefault ? null : new PlannedFix(check.Title, changes);

    private static bool NeedsBlankLine(WrittenCheck check) => check.Title != FixTitles.EnsureSuccess;

    // A contract whose errors come under HTTP 200 needs the body to be read: that is more than a check.
    private static WrittenCheck? CheckStatus(FixScene scene, Diagnostic diagnostic, ExpressionSyntax place, string name) =>
        diagnostic.Properties.ContainsKey(PropertyKeys.CodeMember)
            ? null
            : FailureConvention.At(scene, place).Returned is { } value
                ? new WrittenCheck(
                    string.Format(FixTitles.ReturnOnFailingStatus, value),
                    indentation => scene.If(place, indentation, $"!{name}.IsSuccessStatusCode", $"return {value};"))
                : new WrittenCheck(FixTitles.EnsureSuccess, indentation => $"{indentation}{name}.EnsureSuccessStatusCode();");

    private static WrittenCheck? CheckCode(FixScene scene, Diagnostic diagnostic, Kept kept, string name)
    {
        var type = JsonTargets.Unwrap(kept.Type);
        var flavour = JsonTargets.FlavourOf(type);
        return diagnostic.Properties.TryGetValue(PropertyKeys.CodeMember, out var path)
            && BodyErrorCodeIgnored.CodeMember(flavour, type, path!.Split('.')) is var (member, memberType)
                ? CodeCheck.From(diagnostic, flavour, member, memberType)
                    .Write(scene, kept.Outer, kept.Value, type, name, kept.IsMaybeNull)
                : null;
    }

    // Where something is cleaned up, an exception hides the one that is on its way, and nothing can be returned.
    private static bool IsCleanUp(ExpressionSyntax call)
    {
        foreach (var node in call.Ancestors())
        {
            switch (node)
            {
                case FinallyClauseSyntax or CatchClauseSyntax or DestructorDeclarationSyntax
                    or MethodDeclarationSyntax { Identifier.ValueText: "Dispose" or "DisposeAsync" or "DisposeAsyncCore" }:
                    return true;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    // Using declarations came with C# 8, cannot stand right under a case, and no goto may jump over one.
    private static bool CanDeclareUsing(FixScene scene, SyntaxNode place) =>
        scene.LanguageVersion >= LanguageVersion.CSharp8
        && place.Parent is not (SwitchSectionSyntax or LabeledStatementSyntax)
        && place.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().Any(n => n.IsKind(SyntaxKind.GotoStatement)) != true;

    // The statements right behind that log the response go first: they are there to tell of failures too.
    private static StatementSyntax LastThatTells(StatementSyntax statement, string holder)
    {
        if (!Placement.IsInList(statement))
        {
            return statement;
        }

        var siblings = statement.Parent is GlobalStatementSyntax
            ? statement.Parent.Parent!.ChildNodes().OfType<GlobalStatementSyntax>().Select(g => g.Statement)
            : statement.Parent!.ChildNodes().OfType<StatementSyntax>();
        return siblings.SkipWhile(s => s != statement).Skip(1).TakeWhile(s => Tells(s, holder)).LastOrDefault() ?? statement;
    }

    private static StatementSyntax? FirstThatTell(UsingStatementSyntax @using, string holder) =>
        (@using.Statement as BlockSyntax)?.Statements.TakeWhile(s => Tells(s, holder)).LastOrDefault();

    private static bool Tells(StatementSyntax statement, string holder) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax log }
        && log.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == holder);

    /// <summary>The value that a call gives in the end, and what drops it.</summary>
    /// <param name="Value">The call with its await.</param>
    /// <param name="Outer">The expression around it that stands for nothing more: with parentheses, Wait() or Dispose().</param>
    /// <param name="Suffix">What must follow the value.</param>
    /// <param name="Type">The value's type.</param>
    /// <param name="IsMaybeNull">Whether it can be null.</param>
    private sealed record Kept(ExpressionSyntax Value, ExpressionSyntax Outer, string Suffix, ITypeSymbol Type, bool IsMaybeNull)
    {
        public bool IsResponse => Type.Name == "HttpResponseMessage";

        public bool IsDisposable => IsResponse || CodeCheck.IsDisposable(Type);

        public string Text => Value + Suffix;

        public static Kept? Of(FixScene scene, ExpressionSyntax call)
        {
            var value = Answers.Whole(call);
            if (scene.Model.GetTypeInfo(value).Type is not { SpecialType: not SpecialType.System_Void } type)
            {
                return null;
            }

            if (type is INamedTypeSymbol { Name: "Task", TypeArguments.Length: 1 } task)
            {
                // Result fails as Wait does, with an AggregateException
                return Called(value, "Wait") is { } wait
                    ? new Kept(value, wait, ".Result", task.TypeArguments[0], IsMaybeNull: task.TypeArguments[0].NullableAnnotation == NullableAnnotation.Annotated)
                    : WaitOf(scene, value) is { } later ? Of(scene, later) : null;
            }

            if (type is { Name: "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "TaskAwaiter", TypeKind: not TypeKind.Error })
            {
                return null;
            }

            var outer = WithParentheses(value);
            var dispose = CanDeclareUsing(scene, Placement.StatementOf(value) ?? (SyntaxNode)value) ? Called(outer, "Dispose") : null;
            return new Kept(value, dispose ?? outer, string.Empty, type, CanBeNull(scene, value, type));
        }

        // Parsers give null for "null"; a client always gives a response.
        private static bool CanBeNull(FixScene scene, ExpressionSyntax value, ITypeSymbol type) =>
            type.Name == "HttpResponseMessage"
                ? scene.Model.GetTypeInfo(value).Nullability.FlowState == NullableFlowState.MaybeNull
                : Answers.IsMaybeNull(scene, value, use: null);

        /// <summary>Puts the declaration of a local before the value.</summary>
        public ImmutableArray<TextChange> Declare(string declarator)
        {
            var changes = new List<TextChange> { new(TextSpan.FromBounds(Outer.SpanStart, Value.SpanStart), declarator) };
            var end = TextSpan.FromBounds(Value.Span.End, Outer.Span.End);
            if (!end.IsEmpty)
            {
                changes.Add(new TextChange(end, Suffix));
            }

            return changes.ToImmutableArray();
        }

        private static ExpressionSyntax WithParentheses(ExpressionSyntax value) =>
            value.Parent is ParenthesizedExpressionSyntax parenthesized ? WithParentheses(parenthesized) : value;

        private static ExpressionSyntax? Called(ExpressionSyntax value, string method) =>
            value.Parent is MemberAccessExpressionSyntax
            {
                Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call,
            } access && access.Expression == value && access.Name.Identifier.ValueText == method
                ? call
                : null;

        // A task with a name that is mentioned once: there it is waited for.
        private static ExpressionSyntax? WaitOf(FixScene scene, ExpressionSyntax task)
        {
            if (task.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
                || variable.FirstAncestorOrSelf<BlockSyntax>() is not { } block
                || scene.Model.GetDeclaredSymbol(variable) is not ILocalSymbol local)
            {
                return null;
            }

            var mentions = block.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(n => n.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(scene.Model.GetSymbolInfo(n).Symbol, local))
                .ToList();
            return mentions.Count == 1 && !IsCleanUp(mentions[0]) ? mentions[0] : null;
        }
    }
}
