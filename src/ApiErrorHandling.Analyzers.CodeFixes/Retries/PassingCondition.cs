using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>What a failure is where any exception is caught.</summary>
/// <param name="IsOfWebRequest">Whether it is a WebException, and not an HttpRequestException.</param>
/// <param name="IsWrapped">Whether it comes inside another exception, as out of a task that is waited for.</param>
internal readonly record struct CaughtAs(bool IsOfWebRequest, bool IsWrapped);

/// <summary>The condition under which a failure passes by itself, so that another attempt has a chance.</summary>
/// <param name="retry">The retry.</param>
internal sealed class PassingCondition(RetryScene retry)
{
    private const int MaxWidth = 90;

    private const string StatusType = "System.Net.HttpStatusCode";

    // That everybody knows; others that pass are rare, and make a condition long.
    private static readonly ImmutableArray<int> Usual = ImmutableArray.Create(408, 429);

    private FixScene Scene => retry.Scene;

    /// <summary>What failures are taken for where a handler catches any exception.</summary>
    public CaughtAs CaughtAs { get; init; }

    /// <summary>The using directives that the conditions need.</summary>
    public Imports Imports { get; } = new(retry.Scene);

    /// <summary>Whether patterns with `or` can be written.</summary>
    public bool HasPatterns => Scene.LanguageVersion >= LanguageVersion.CSharp9;

    /// <summary>The condition over a status.</summary>
    /// <param name="status">An expression of type HttpStatusCode, or its nullable; it is written up to three times in old C#.</param>
    /// <param name="isNullable">Whether it can be null, for failures without an answer: they pass.</param>
    /// <param name="negated">Whether the condition is that the failure does not pass.</param>
    /// <param name="position">Where it is written.</param>
    public string OfStatus(string status, bool isNullable, bool negated, int position)
    {
        var type = Imports.Name(StatusType, position);
        var names = Below500().Select(number => Name(type, number)).ToList();
        if (HasPatterns)
        {
            var pattern = string.Join(" or ", names.Append($">= {Name(type, 500)}"));
            pattern = isNullable ? "null or " + pattern : pattern;
            return negated ? $"{status} is not ({pattern})" : $"{status} is {pattern}";
        }

        var (equals, and) = negated ? ("!=", " && ") : ("==", " || ");
        var parts = names.Select(name => $"{status} {equals} {name}")
            .Prepend(negated ? $"(int){status} < 500" : $"(int){status} >= 500");
        return string.Join(and, isNullable ? parts.Prepend($"{status} {equals} null") : parts);
    }

    /// <summary>The condition over a code in the body; null if the code is not of a type that it can be compared with.</summary>
    /// <param name="code">The expression that reads the code.</param>
    /// <param name="negated">Whether the condition is that the failure does not pass.</param>
    public string? OfCode(ExpressionSyntax code, bool negated)
    {
        var isText = Scene.Model.GetTypeInfo(code).Type?.SpecialType switch
        {
            SpecialType.System_String => true,
            SpecialType.System_Int32 or SpecialType.System_Int64 => false,
            _ => (bool?)null,
        };
        var codes = retry.Contract.Outcomes
            .Where(o => o is { Advice: Advice.Backoff, Code: not null, IsOther: false })
            .Select(o => isText == true ? "\"" + o.Code + "\"" : o.Code!)
            .Distinct()
            .ToList();
        if (isText is null || codes.Count == 0)
        {
            return null;
        }

        if (HasPatterns)
        {
            var pattern = string.Join(" or ", codes);
            return !negated ? $"{code} is {pattern}" : codes.Count == 1 ? $"{code} is not {pattern}" : $"{code} is not ({pattern})";
        }

        var (equals, and) = negated ? ("!=", " && ") : ("==", " || ");
        return string.Join(and, codes.Select(c => $"{code} {equals} {c}"));
    }

    /// <summary>The condition over what a handler caught; null if it does not carry a status.</summary>
    /// <param name="caught">The type it catches.</param>
    /// <param name="name">The name it gives.</param>
    /// <param name="negated">Whether the condition is that the failure does not pass.</param>
    /// <param name="near">Where it is written.</param>
    public string? OfCaught(ITypeSymbol caught, string name, bool negated, SyntaxNode near)
    {
        var position = near.SpanStart;
        if (StatusMember(caught) is { } own)
        {
            return OfStatus($"{name}.{own.Name}", IsNullable(own), negated, position);
        }

        if (caught.Name == "WebException")
        {
            return OfPart($"{name}.Response", "System.Net.HttpWebResponse", "response", "StatusCode", isNullable: false);
        }

        if (caught.Name is not ("Exception" or "AggregateException") || (caught.Name == "AggregateException" && !CaughtAs.IsWrapped))
        {
            return null;
        }

        name = CaughtAs.IsWrapped ? name + ".GetBaseException()" : name;

        if (CaughtAs.IsOfWebRequest)
        {
            return OfWebException();
        }

        return Scene.Model.Compilation.GetTypeByMetadataName("System.Net.Http.HttpRequestException") is { } failure
            && StatusMember(failure) is { } status
            && HasPatterns
                ? OfPart(name, "System.Net.Http.HttpRequestException", "failure", status.Name, isNullable: true)
                : null;

        string OfWebException()
        {
            var (response, failed) = (Scene.FreeName("response", near), Scene.FreeName("failure", near));
            var (ofWeb, ofHttp) = (Imports.Name("System.Net.WebException", position), Imports.Name("System.Net.HttpWebResponse", position));
            var ofStatus = OfStatus($"{response}.StatusCode", isNullable: false, negated, position);
            var match = HasPatterns
                ? $"{ofWeb} {{ Response: {ofHttp} {response} }}"
                : $"{ofWeb} {failed} && {failed}.Response is {ofHttp} {response}";
            return negated ? $"{name} is {match} && {ofStatus}"
                : HasPatterns ? $"{name} is not {match} || {ofStatus}"
                : $"!({name} is {match}) || {ofStatus}";
        }

        string OfPart(string value, string type, string wish, string status, bool isNullable)
        {
            var (part, typeName) = (Scene.FreeName(wish, near), Imports.Name(type, position));
            var ofStatus = OfStatus($"{part}.{status}", isNullable, negated, position);
            return negated ? $"{value} is {typeName} {part} && {ofStatus}"
                : HasPatterns ? $"{value} is not {typeName} {part} || {ofStatus}"
                : $"!({value} is {typeName} {part}) || {ofStatus}";
        }
    }

    /// <summary>Breaks a condition that is too long for one line, wherever it stands in it.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="indentation">The indentation of the further lines.</param>
    public string Wrap(string condition, string indentation)
    {
        var (lines, line) = (new List<string>(), string.Empty);
        foreach (var part in Regex.Split(condition, @" (?=(?:or|\|\||&&) )"))
        {
            if (line.Length > 0 && line.Length + part.Length >= MaxWidth)
            {
                lines.Add(line);
                line = part;
            }
            else
            {
                line += (line.Length > 0 ? " " : string.Empty) + part;
            }
        }

        return string.Join(Scene.NewLine + indentation, lines.Append(line));
    }

    private static IPropertySymbol? StatusMember(ITypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            foreach (var property in t.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false }
                    && (property.Type.Name == "HttpStatusCode" || IsNullable(property)))
                {
                    return property;
                }
            }
        }

        return null;
    }

    private static bool IsNullable(IPropertySymbol property) =>
        property.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } type
        && type.TypeArguments[0].Name == "HttpStatusCode";

    private IEnumerable<int> Below500()
    {
        var passing = retry.Contract.Outcomes
            .Where(o => o is { Advice: Advice.Backoff, Status: { IsSingle: true, Min: >= 400 and < 500 } })
            .Select(o => o.Status!.Value.Min)
            .Distinct()
            .ToList();
        return (retry.Contract.Id == ContractCatalog.HttpId ? passing.Intersect(Usual) : passing).OrderBy(s => s);
    }

    private string Name(string type, int status)
    {
        var name = (System.Net.HttpStatusCode)status;
        var member = status == 429 ? "TooManyRequests" : name.ToString();
        return Scene.Model.Compilation.GetTypeByMetadataName(StatusType)?.GetMembers(member).IsEmpty == false
            ? $"{type}.{member}"
            : $"({type}){status.ToString(CultureInfo.InvariantCulture)}";
    }
}
