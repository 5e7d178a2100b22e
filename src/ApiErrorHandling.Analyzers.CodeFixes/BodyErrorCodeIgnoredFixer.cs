using System.Globalization;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>
/// AEH1001: checks the code after parsing, and throws or returns along the method's own failure convention. Where the
/// answer has no name yet, it gets one.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BodyErrorCodeIgnoredFixer : TextFixer
{
    private const string NewLocal = "answer";

    /// <summary>Makes the fixer.</summary>
    public BodyErrorCodeIgnoredFixer()
        : base(RuleIds.BodyErrorCodeIgnored)
    {
    }

    private protected override PlannedFix? Plan(FixScene scene, Diagnostic diagnostic)
    {
        if (diagnostic.AdditionalLocations.Count == 0
            || diagnostic.AdditionalLocations[0].SourceTree != scene.Root.SyntaxTree
            || scene.Expression(diagnostic.AdditionalLocations[0].SourceSpan) is not { } parse)
        {
            return null;
        }

        var whole = Whole(parse);
        var statement = Placement.StatementOf(parse);
        var arrow = statement is null ? Placement.ExpressionBodyOf(parse) : null;
        if (((SyntaxNode?)statement ?? arrow) is not { } place)
        {
            return null;
        }

        var type = scene.Model.GetTypeInfo(whole).Type;
        if (type is null || type.Name is "Task" or "ValueTask" || type.TypeKind == TypeKind.Error)
        {
            return null;
        }

        var use = scene.Expression(diagnostic.Location.SourceSpan);
        var holder = statement is null ? null : HolderOf(whole);
        var convention = FailureConvention.At(scene, parse);
        var name = holder ?? scene.NewName(NewLocal, place);
        var isMaybeNull = IsMaybeNull(scene, whole, use);
        if (Condition(diagnostic, type, name, isMaybeNull, scene, whole) is not var (condition, code))
        {
            return null;
        }

        var title = convention.Returned is { } returned
            ? string.Format(FixTitles.CheckCodeAndReturn, MemberName(diagnostic), returned)
            : string.Format(FixTitles.CheckCodeAndThrow, MemberName(diagnostic));
        var body = convention.Returned is { } value
            ? $"return {value};"
            : $"throw new {scene.TypeName("System.Net.Http.HttpRequestException", place.SpanStart)}($\"{diagnostic.Properties[PropertyKeys.ContractName]} answered with code {{{code}}}.\");";
        string Check(string indentation) => scene.If(place, indentation, condition, body);

        if (statement is not null && holder is not null)
        {
            var changes = statement is UsingStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } block }
                ? Placement.Before(scene, block.Statements[0], Check, blankLine: true)
                : statement is UsingStatementSyntax
                    ? default
                    : FirstReadOfCode(scene, diagnostic, statement, use) is { } later
                        ? Placement.Before(scene, later, Check, blankLine: true)
                        : Placement.After(scene, statement, Check);
            return changes.IsDefault ? null : new PlannedFix(title, changes);
        }

        // a document needs a using declaration, which came with C# 8
        if (!Placement.IsEvaluatedFirst(whole, place)
            || (IsDisposable(type) && scene.LanguageVersion < LanguageVersion.CSharp8))
        {
            return null;
        }

        SyntaxNode replaced = whole.Parent is ParenthesizedExpressionSyntax parenthesized ? parenthesized : whole;
        var declared = $"{(IsDisposable(type) ? "using " : string.Empty)}var {name} = {whole};{scene.NewLine}";
        if (arrow is not null)
        {
            var expanded = Placement.ExpandBody(
                scene, arrow, new TextChange(replaced.Span, name), indentation => indentation + declared + Check(indentation));
            return expanded.IsDefault ? null : new PlannedFix(title, expanded);
        }

        if (statement is null or UsingStatementSyntax || !Placement.IsInList(statement))
        {
            return null;
        }

        var declaration = Placement.Before(
            scene, statement, indentation => indentation + declared + Check(indentation), blankLine: true);
        return declaration.IsDefault
            ? null
            : new PlannedFix(title, declaration.Add(new TextChange(replaced.Span, name)));
    }

    private static bool IsDisposable(ITypeSymbol type) => type.Name == "JsonDocument";

    private static string MemberName(Diagnostic diagnostic) => diagnostic.Properties[PropertyKeys.CodeMember]!;

    /// <summary>The parse with what only unwraps it: await, parentheses, RootElement, casts.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax parse)
    {
        var whole = parse;
        while (true)
        {
            switch (whole.Parent)
            {
                case AwaitExpressionSyntax @await:
                    whole = @await;
                    break;
                case ParenthesizedExpressionSyntax { Parent: AwaitExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax } p:
                    whole = p;
                    break;
                case PostfixUnaryExpressionSyntax postfix when postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression):
                    whole = postfix;
                    break;
                case CastExpressionSyntax cast:
                    whole = cast;
                    break;
                case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.AsExpression):
                    whole = binary;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RootElement" or "Result" } access:
                    whole = access;
                    break;
                case MemberAccessExpressionSyntax
                    {
                        Name.Identifier.ValueText: "ConfigureAwait" or "GetAwaiter" or "GetResult" or "AsObject" or "Clone",
                        Parent: InvocationExpressionSyntax call,
                    }:
                    whole = call;
                    break;
                default:
                    return whole;
            }
        }
    }

    /// <summary>The local or field that a statement puts the parsed answer into.</summary>
    private static string? HolderOf(ExpressionSyntax whole)
    {
        // `Parse(…) ?? throw …` is the answer all the same
        var value = whole;
        while (value.Parent is ParenthesizedExpressionSyntax
            || (value.Parent is BinaryExpressionSyntax coalesce && coalesce.IsKind(SyntaxKind.CoalesceExpression)
                && coalesce.Left == value && coalesce.Right is ThrowExpressionSyntax))
        {
            value = (ExpressionSyntax)value.Parent;
        }

        return value.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } variable } =>
                variable.Identifier.ValueText,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }, Parent: ExpressionStatementSyntax } assignment
                when assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && assignment.Right == value =>
                assignment.Left.ToString(),
            _ => null,
        };
    }

    // In a nullable context the parser's null is a warning; elsewhere the use itself shows whether null is expected.
    private static bool IsMaybeNull(FixScene scene, ExpressionSyntax whole, ExpressionSyntax? use)
    {
        if (use is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax)
        {
            return true;
        }

        return scene.Model.GetTypeInfo(whole).Nullability.FlowState == NullableFlowState.MaybeNull;
    }

    /// <summary>The condition under which the answer is a failure, and the expression of its code.</summary>
    private static (string Condition, string Code)? Condition(
        Diagnostic diagnostic, ITypeSymbol type, string name, bool isMaybeNull, FixScene scene, ExpressionSyntax whole)
    {
        var success = diagnostic.Properties[PropertyKeys.SuccessCode]!;
        var path = diagnostic.Properties[PropertyKeys.CodeMember]!.Split('.');
        var isText = diagnostic.Properties[PropertyKeys.CodeType] == nameof(CodeType.String);
        var dot = isMaybeNull ? "?." : ".";
        var text = scene.HasNullableAnnotations(whole.SpanStart) ? "string?" : "string";
        string code;
        switch (diagnostic.Properties[PropertyKeys.Flavour])
        {
            case nameof(JsonFlavour.Typed):
                code = name + dot + string.Join(".", path);
                return Literal(diagnostic.Properties[PropertyKeys.CodeMemberType], success) is { } literal
                    ? (code + " != " + literal, code)
                    : null;
            case nameof(JsonFlavour.Element):
                var root = type.Name == "JsonDocument" ? name + dot + "RootElement" : name;
                code = root + string.Concat(path.Select(p => $".GetProperty(\"{p}\")")) + (isText ? ".GetString()" : ".ToString()");
                return ($"{code} != \"{success}\"", code);
            case nameof(JsonFlavour.Node) or nameof(JsonFlavour.Token):
                // both have a conversion to string that takes numbers and null as they come
                code = name + string.Concat(path.Select((p, i) =>
                    $"{(i > 0 || isMaybeNull ? "?" : string.Empty)}[\"{p}\"]"));
                return ($"({text}){code} != \"{success}\"", code);
            case nameof(JsonFlavour.Dynamic):
                code = $"{name}.{string.Join(".", path)}";
                return ($"({text}){code} != \"{success}\"", code);
            default:
                return null;
        }
    }

    private static string? Literal(string? type, string success)
    {
        var isNumber = long.TryParse(success, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        return type?.TrimEnd('?') switch
        {
            "string" => $"\"{success}\"",
            "int" or "long" or "short" or "uint" or "ulong" or "ushort" when isNumber => success,
            _ => null,
        };
    }

    /// <summary>
    /// The statement, in the same list as the parse, that holds the first use, if something before it already looks at the
    /// code: then the new check goes behind that.
    /// </summary>
    private static StatementSyntax? FirstReadOfCode(
        FixScene scene, Diagnostic diagnostic, StatementSyntax parse, ExpressionSyntax? use)
    {
        if (use is null || parse.Parent is not BlockSyntax block)
        {
            return null;
        }

        var member = diagnostic.Properties[PropertyKeys.CodeMember]!.Split('.').Last();
        var at = block.Statements.FirstOrDefault(s => s.Span.Contains(use.Span));
        if (at is null || at == parse)
        {
            return null;
        }

        var between = block.Statements.SkipWhile(s => s != parse).Skip(1).TakeWhile(s => s != at);
        return between.Any(s => s.DescendantTokens().Any(t => t.ValueText == member)) ? at : null;
    }
}
