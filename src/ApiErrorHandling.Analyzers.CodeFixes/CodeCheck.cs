using System;
using System.Globalization;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>The check of an answer's code: throws, or returns along the method's own failure convention.</summary>
/// <param name="ContractName">The name of the contract for people.</param>
/// <param name="SuccessCode">The code that means success.</param>
/// <param name="Flavour">How the answer is held.</param>
/// <param name="Member">The member that holds the code, with dots between the steps of its path.</param>
/// <param name="MemberType">Its C# type, for typed answers.</param>
/// <param name="IsText">Whether the code is always a JSON string.</param>
internal sealed record CodeCheck(
    string ContractName, string SuccessCode, JsonFlavour Flavour, string Member, string? MemberType, bool IsText)
{
    private const string NewLocal = "answer";

    /// <summary>The check that a diagnostic of AEH1001 asks for.</summary>
    public static CodeCheck? From(Diagnostic diagnostic) =>
        Enum.TryParse<JsonFlavour>(diagnostic.Properties[PropertyKeys.Flavour], out var flavour)
            ? From(diagnostic, flavour, diagnostic.Properties[PropertyKeys.CodeMember]!, diagnostic.Properties[PropertyKeys.CodeMemberType])
            : null;

    /// <summary>The check of a member that a diagnostic does not name, with its other facts.</summary>
    public static CodeCheck From(Diagnostic diagnostic, JsonFlavour flavour, string member, string? memberType) => new(
        diagnostic.Properties[PropertyKeys.ContractName]!,
        diagnostic.Properties[PropertyKeys.SuccessCode]!,
        flavour,
        member,
        memberType,
        diagnostic.Properties[PropertyKeys.CodeType] == nameof(CodeType.String));

    /// <summary>Whether a using declaration is due where a value of this type gets a name.</summary>
    public static bool IsDisposable(ITypeSymbol type) => type.Name == "JsonDocument";

    /// <summary>A name for an answer that has none.</summary>
    public static string NewName(FixScene scene, SyntaxNode place) => scene.NewName(NewLocal, place);

    /// <summary>The check of an answer that has a name.</summary>
    /// <param name="scene">The document.</param>
    /// <param name="place">The node whose style the check takes.</param>
    /// <param name="whole">The expression that gives the answer.</param>
    /// <param name="type">Its type.</param>
    /// <param name="name">The answer's name.</param>
    /// <param name="isMaybeNull">Whether it can be null.</param>
    public WrittenCheck? Write(
        FixScene scene, SyntaxNode place, ExpressionSyntax whole, ITypeSymbol type, string name, bool isMaybeNull)
    {
        if (Condition(scene, whole, type, name, isMaybeNull) is not var (condition, code))
        {
            return null;
        }

        var convention = FailureConvention.At(scene, whole);
        var body = convention.Returned is { } value
            ? $"return {value};"
            : $"throw new {scene.TypeName("System.Net.Http.HttpRequestException", place.SpanStart)}($\"{ContractName} answered with code {{{code}}}.\");";
        return new WrittenCheck(
            convention.Returned is { } returned
                ? string.Format(FixTitles.CheckCodeAndReturn, Member, returned)
                : string.Format(FixTitles.CheckCodeAndThrow, Member),
            indentation => scene.If(place, indentation, condition, body));
    }

    /// <summary>Puts the check behind a parse; an answer without a name gets one.</summary>
    /// <param name="scene">The document.</param>
    /// <param name="parse">The parse.</param>
    /// <param name="use">The first use of data.</param>
    public PlannedFix? AfterParse(FixScene scene, ExpressionSyntax parse, ExpressionSyntax? use)
    {
        var whole = Answers.Whole(parse);
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

        var holder = statement is null ? null : Answers.HolderOf(whole);
        var name = holder ?? NewName(scene, place);
        if (Write(scene, place, whole, type, name, Answers.IsMaybeNull(scene, whole, use)) is not { } check)
        {
            return null;
        }

        if (statement is not null && holder is not null)
        {
            var changes = statement is UsingStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } block }
                ? Placement.Before(scene, block.Statements[0], check.Text, blankLine: true)
                : statement is UsingStatementSyntax
                    ? default
                    : FirstReadOfCode(statement, use) is { } later
                        ? Placement.Before(scene, later, check.Text, blankLine: true)
                        : Placement.After(scene, statement, check.Text);
            return changes.IsDefault ? null : new PlannedFix(check.Title, changes);
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
                scene, arrow, new TextChange(replaced.Span, name), indentation => indentation + declared + check.Text(indentation));
            return expanded.IsDefault ? null : new PlannedFix(check.Title, expanded);
        }

        if (statement is null or UsingStatementSyntax || !Placement.IsInList(statement))
        {
            return null;
        }

        var declaration = Placement.Before(
            scene, statement, indentation => indentation + declared + check.Text(indentation), blankLine: true);
        return declaration.IsDefault
            ? null
            : new PlannedFix(check.Title, declaration.Add(new TextChange(replaced.Span, name)));
    }

    /// <summary>The condition under which the answer is a failure, and the expression of its code.</summary>
    private (string Condition, string Code)? Condition(
        FixScene scene, ExpressionSyntax whole, ITypeSymbol type, string name, bool isMaybeNull)
    {
        var path = Member.Split('.');
        var dot = isMaybeNull ? "?." : ".";
        var text = scene.HasNullableAnnotations(whole.SpanStart) ? "string?" : "string";
        string code;
        switch (Flavour)
        {
            case JsonFlavour.Typed:
                code = name + dot + string.Join(".", path);
                return Literal() is { } literal ? (code + " != " + literal, code) : null;
            case JsonFlavour.Element:
                var root = type.Name == "JsonDocument" ? name + dot + "RootElement" : name;
                code = root + string.Concat(path.Select(p => $".GetProperty(\"{p}\")")) + (IsText ? ".GetString()" : ".ToString()");
                return ($"{code} != \"{SuccessCode}\"", code);
            case JsonFlavour.Node or JsonFlavour.Token:
                // both have a conversion to string that takes numbers and null as they come
                code = name + string.Concat(path.Select((p, i) =>
                    $"{(i > 0 || isMaybeNull ? "?" : string.Empty)}[\"{p}\"]"));
                return ($"({text}){code} != \"{SuccessCode}\"", code);
            case JsonFlavour.Dynamic:
                code = $"{name}.{string.Join(".", path)}";
                return ($"({text}){code} != \"{SuccessCode}\"", code);
            default:
                return null;
        }
    }

    private string? Literal()
    {
        var isNumber = long.TryParse(SuccessCode, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        return MemberType?.TrimEnd('?') switch
        {
            "string" => $"\"{SuccessCode}\"",
            "int" or "long" or "short" or "uint" or "ulong" or "ushort" when isNumber => SuccessCode,
            _ => null,
        };
    }

    /// <summary>
    /// The statement, in the same list as the parse, that holds the first use, if something before it already looks at the
    /// code: then the new check goes behind that.
    /// </summary>
    private StatementSyntax? FirstReadOfCode(StatementSyntax parse, ExpressionSyntax? use)
    {
        if (use is null || parse.Parent is not BlockSyntax block)
        {
            return null;
        }

        var member = Member.Split('.').Last();
        var at = block.Statements.FirstOrDefault(s => s.Span.Contains(use.Span));
        if (at is null || at == parse)
        {
            return null;
        }

        var between = block.Statements.SkipWhile(s => s != parse).Skip(1).TakeWhile(s => s != at);
        return between.Any(s => s.DescendantTokens().Any(t => t.ValueText == member)) ? at : null;
    }
}

/// <summary>A check in the words of the place it is for.</summary>
/// <param name="Title">What the light bulb says.</param>
/// <param name="Text">Writes it with an indentation; all lines indented but without a last line end.</param>
internal sealed record WrittenCheck(string Title, Func<string, string> Text);
