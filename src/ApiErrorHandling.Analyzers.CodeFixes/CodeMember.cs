using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>A new member for the code of an answer, written like the other members of its type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type: string or int.</param>
/// <param name="Changes">The changes that add it.</param>
internal sealed record CodeMember(string Name, string Type, ImmutableArray<TextChange> Changes)
{
    private static readonly string[] NamingAttributes = ["JsonPropertyName", "JsonProperty", "DataMember"];

    /// <summary>Plans a member; null if the type leaves no place for one.</summary>
    /// <param name="scene">The document of the type.</param>
    /// <param name="declaration">The type.</param>
    /// <param name="jsonName">The JSON name of the code.</param>
    /// <param name="isText">Whether the code is a text, not a number.</param>
    /// <param name="successCode">The code that means success.</param>
    /// <param name="nameAttribute">The full name of the attribute by which the parser renames members; null if unknown.</param>
    public static CodeMember? In(
        FixScene scene,
        TypeDeclarationSyntax declaration,
        string jsonName,
        bool isText,
        string successCode,
        string? nameAttribute)
    {
        if (scene.Model.GetDeclaredSymbol(declaration) is not { } type || IsConditional(declaration))
        {
            return null;
        }

        var siblings = Siblings(declaration).ToList();
        var parameters = declaration is RecordDeclarationSyntax { ParameterList.Parameters: { Count: > 0 } list } ? list : default;
        if (AccessorsLike(scene, declaration, type, siblings) is not { } accessors)
        {
            return null;
        }

        var usual = UsualName(type, jsonName);
        var name = new[] { usual, "Error" + Pascal(jsonName), "Response" + Pascal(jsonName) }.FirstOrDefault(n => IsFree(type, n));
        if (name is null)
        {
            return null;
        }

        var attributes = AttributesLike(
            siblings.Select(s => s.AttributeLists).Concat(parameters.Select(p => p.AttributeLists)).ToList(), jsonName, type);
        if (attributes.Length == 0 && !string.Equals(name, jsonName, StringComparison.OrdinalIgnoreCase))
        {
            if (nameAttribute is null || scene.Model.Compilation.GetTypeByMetadataName(nameAttribute) is null)
            {
                return null;
            }

            var written = scene.TypeName(nameAttribute, declaration.SpanStart);
            attributes = $"[{written.Substring(0, written.Length - "Attribute".Length)}(\"{jsonName}\")]";
        }

        var initial = isText ? InitialLike(siblings) : null;
        var text = isText
            ? initial is null && scene.HasNullableAnnotations(declaration.Identifier.SpanStart) ? "string?" : "string"
            : "int";
        var identifier = SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
        var declared = siblings.Count > 0 && siblings.All(IsField)
            ? $"public {text} {identifier}{initial};"
            : $"public {text} {identifier} {accessors}{(initial is null ? string.Empty : initial + ";")}";
        var last = siblings.LastOrDefault();
        var comment = last?.GetLeadingTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)) == true
            ? $"/// <summary>The code of the answer; {successCode} means success.</summary>"
            : null;
        var changes = Insert(scene, declaration, siblings, (indentation, isOneLine) =>
        {
            var line = isOneLine ? " " : scene.NewLine + indentation;
            return (comment is null || isOneLine ? string.Empty : indentation + comment + scene.NewLine)
                + (isOneLine ? string.Empty : indentation)
                + (attributes.Length == 0 ? string.Empty : attributes + (IsBesideAttributes(scene, last) ? " " : line))
                + declared;
        });
        return changes.IsDefault ? null : new CodeMember(identifier, isText ? "string" : "int", changes);
    }

    // The properties and fields that a parser fills, in source order.
    private static IEnumerable<MemberDeclarationSyntax> Siblings(TypeDeclarationSyntax declaration) =>
        declaration.Members.Where(m => !m.Modifiers.Any(SyntaxKind.StaticKeyword)
            && (m.Modifiers.Any(SyntaxKind.PublicKeyword) || m.AttributeLists.Count > 0)
            && !m.Modifiers.Any(SyntaxKind.ConstKeyword)
            && !m.AttributeLists.SelectMany(l => l.Attributes).Any(a => SimpleName(a) is "JsonIgnore" or "IgnoreDataMember")
            && (m is FieldDeclarationSyntax { Declaration.Variables.Count: 1 }
                || (m is PropertyDeclarationSyntax { AccessorList.Accessors: var accessors }
                    && (accessors.Count > 1 || accessors.All(a => a is { Body: null, ExpressionBody: null })))));

    private static bool IsField(MemberDeclarationSyntax member) =>
        member is FieldDeclarationSyntax && !member.Modifiers.Any(SyntaxKind.ReadOnlyKeyword);

    private static bool IsConditional(TypeDeclarationSyntax declaration) => declaration.ContainsDirectives
        && declaration.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.IfDirectiveTrivia) || t.IsKind(SyntaxKind.EndIfDirectiveTrivia));

    private static string? AccessorsLike(
        FixScene scene, TypeDeclarationSyntax declaration, INamedTypeSymbol type, List<MemberDeclarationSyntax> siblings)
    {
        // before C# 11 every constructor of a struct must set every member
        if (type.IsValueType && scene.LanguageVersion < LanguageVersion.CSharp11
            && type.InstanceConstructors.Any(c => !c.IsImplicitlyDeclared))
        {
            return null;
        }

        foreach (var property in siblings.OfType<PropertyDeclarationSyntax>().Reverse())
        {
            if (property.AccessorList!.Accessors.FirstOrDefault(a => !a.IsKind(SyntaxKind.GetAccessorDeclaration)) is { } setter
                && !setter.Modifiers.Any())
            {
                return setter.IsKind(SyntaxKind.InitAccessorDeclaration) ? "{ get; init; }" : "{ get; set; }";
            }
        }

        var isImmutable = type.IsReadOnly || (siblings.Count == 0 && declaration is RecordDeclarationSyntax { ParameterList: not null } && !type.IsValueType);
        return !isImmutable
            ? "{ get; set; }"
            : scene.LanguageVersion >= LanguageVersion.CSharp9
                && scene.Model.Compilation.GetTypeByMetadataName("System.Runtime.CompilerServices.IsExternalInit") is not null
                    ? "{ get; init; }"
                    : null;
    }

    private static string UsualName(INamedTypeSymbol type, string jsonName)
    {
        var names = JsonNames.BindableMembers(type).Select(m => m.Name).ToList();
        return SyntaxFacts.IsValidIdentifier(jsonName) && names.Count(n => char.IsLower(n[0])) * 2 > names.Count
            ? jsonName
            : Pascal(jsonName);
    }

    private static string Pascal(string jsonName) => string.Concat(jsonName.Split('_', '-', '.', ' ')
        .Where(word => word.Length > 0)
        .Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    private static bool IsFree(INamedTypeSymbol type, string name)
    {
        if (type.Name == name || !SyntaxFacts.IsValidIdentifier(name) || type.TypeParameters.Any(p => p.Name == name))
        {
            return false;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (!current.GetMembers(name).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    // The attributes that name members, where most siblings have them.
    private static string AttributesLike(
        List<SyntaxList<AttributeListSyntax>> siblings, string jsonName, INamedTypeSymbol type)
    {
        var named = siblings
            .Select(lists => lists.SelectMany(l => l.Attributes).Where(IsNaming).ToList())
            .Where(attributes => attributes.Count > 0)
            .ToList();
        if (named.Count == 0
            || (named.Count * 2 < siblings.Count && !type.GetAttributes().Any(a => a.AttributeClass?.Name == "DataContractAttribute")))
        {
            return string.Empty;
        }

        return string.Concat(named[named.Count - 1].Select(a =>
        {
            var argument = a.ArgumentList?.Arguments.FirstOrDefault(x => x.NameEquals?.Name.Identifier.ValueText is "Name" or "PropertyName");
            var isNamed = argument is not null || SimpleName(a) == "DataMember";
            return $"[{a.Name}({(isNamed ? (argument?.NameEquals!.Name.ToString() ?? "Name") + " = " : string.Empty)}\"{jsonName}\")]";
        }));
    }

    private static bool IsNaming(AttributeSyntax attribute) => NamingAttributes.Contains(SimpleName(attribute))
        && (attribute.ArgumentList?.Arguments.Count > 0 || SimpleName(attribute) == "DataMember");

    private static string SimpleName(AttributeSyntax attribute)
    {
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => string.Empty,
        };
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    // ` = string.Empty` where other texts have it, and thereby need no question mark
    private static string? InitialLike(List<MemberDeclarationSyntax> siblings)
    {
        foreach (var sibling in Enumerable.Reverse(siblings))
        {
            var (type, initial) = sibling switch
            {
                PropertyDeclarationSyntax property => (property.Type, property.Initializer),
                FieldDeclarationSyntax field => (field.Declaration.Type, field.Declaration.Variables[0].Initializer),
                _ => default,
            };
            if (type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.StringKeyword })
            {
                return initial is null ? null : " " + initial;
            }
        }

        return null;
    }

    private static bool IsBesideAttributes(FixScene scene, MemberDeclarationSyntax? sibling) =>
        sibling is { AttributeLists: { Count: > 0 } lists }
        && LineOf(scene, lists.Last().Span.End) == LineOf(scene, lists.Last().GetLastToken().GetNextToken().SpanStart);

    private static ImmutableArray<TextChange> Insert(
        FixScene scene, TypeDeclarationSyntax declaration, List<MemberDeclarationSyntax> siblings, Func<string, bool, string> write)
    {
        var outer = scene.IndentationOf(declaration);
        if (declaration.OpenBraceToken.Span.IsEmpty)
        {
            var inner = outer + scene.IndentationStep(declaration);
            var open = BraceOnSameLine(scene) ? " {" : scene.NewLine + outer + "{";
            return declaration.SemicolonToken.Span.IsEmpty
                ? default
                : ImmutableArray.Create(new TextChange(
                    declaration.SemicolonToken.Span,
                    open + scene.NewLine + write(inner, false) + scene.NewLine + outer + "}"));
        }

        var isOneLine = LineOf(scene, declaration.OpenBraceToken.SpanStart) == LineOf(scene, declaration.CloseBraceToken.SpanStart);
        var position = siblings.Count > 0 ? siblings[siblings.Count - 1].Span.End : declaration.OpenBraceToken.Span.End;
        if (isOneLine)
        {
            return ImmutableArray.Create(new TextChange(new TextSpan(position, 0), " " + write(string.Empty, true)));
        }

        // behind a comment at the end of the line
        var line = scene.Text.Lines.GetLineFromPosition(position);
        var rest = scene.Text.ToString(TextSpan.FromBounds(position, line.End)).Trim();
        if (rest.Length > 0 && !rest.StartsWith("//", StringComparison.Ordinal))
        {
            return default;
        }

        var indentation = declaration.Members.Count > 0
            ? scene.IndentationOf(declaration.Members[declaration.Members.Count - 1])
            : outer + scene.IndentationStep(declaration);
        var text = scene.NewLine + write(indentation, false);
        if (siblings.Count == 0)
        {
            text += declaration.Members.Count > 0 ? scene.NewLine : string.Empty;
        }
        else if (siblings.Count > 1
            ? HasBlankLineBefore(scene, siblings[siblings.Count - 1])
            : siblings[0].GetLeadingTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)))
        {
            text = scene.NewLine + text;
        }

        return ImmutableArray.Create(new TextChange(new TextSpan(line.End, 0), text));
    }

    private static bool HasBlankLineBefore(FixScene scene, MemberDeclarationSyntax member)
    {
        var previous = LineOf(scene, member.GetFirstToken().GetPreviousToken().Span.End);
        return Enumerable.Range(previous + 1, LineOf(scene, member.SpanStart) - previous - 1 is var count && count > 0 ? count : 0)
            .Any(n => string.IsNullOrWhiteSpace(scene.Text.Lines[n].ToString()));
    }

    private static bool BraceOnSameLine(FixScene scene)
    {
        foreach (var type in scene.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
        {
            if (!type.OpenBraceToken.Span.IsEmpty
                && LineOf(scene, type.OpenBraceToken.SpanStart) != LineOf(scene, type.CloseBraceToken.SpanStart))
            {
                return LineOf(scene, type.OpenBraceToken.GetPreviousToken().Span.End) == LineOf(scene, type.OpenBraceToken.SpanStart);
            }
        }

        return false;
    }

    private static int LineOf(FixScene scene, int position) => scene.Text.Lines.GetLineFromPosition(position).LineNumber;
}
