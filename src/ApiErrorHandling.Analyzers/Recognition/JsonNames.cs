using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>Which JSON name a member of a type is bound to.</summary>
internal static class JsonNames
{
    private static readonly string[] NameAttributes =
        ["JsonPropertyNameAttribute", "JsonPropertyAttribute", "DataMemberAttribute"];

    /// <summary>The JSON name written in an attribute; null if there is none.</summary>
    public static string? Written(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || Array.IndexOf(NameAttributes, type.Name) < 0)
            {
                continue;
            }

            foreach (var argument in attribute.ConstructorArguments)
            {
                if (argument.Value is string name)
                {
                    return name;
                }
            }

            foreach (var pair in attribute.NamedArguments)
            {
                if (pair.Key is "PropertyName" or "Name" && pair.Value.Value is string name)
                {
                    return name;
                }
            }
        }

        // [property: JsonPropertyName] on a record's parameter is found on the property itself; a bare attribute on the
        // parameter of a record does not bind.
        return null;
    }

    /// <summary>Whether a member is excluded from binding.</summary>
    public static bool IsIgnored(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "JsonIgnoreAttribute" or "IgnoreDataMemberAttribute"
                && attribute.NamedArguments.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a member collects all JSON members that have no member of their own.</summary>
    public static bool IsExtensionData(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "JsonExtensionDataAttribute")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the member would receive the JSON member of this name.</summary>
    /// <param name="member">A property or field of the type parsed into.</param>
    /// <param name="jsonName">The name in the JSON text.</param>
    /// <param name="binding">How the parser binds names.</param>
    public static bool Binds(ISymbol member, string jsonName, NameBinding binding)
    {
        if (IsIgnored(member))
        {
            return false;
        }

        var written = Written(member);
        if (written is not null)
        {
            return string.Equals(
                written, jsonName, binding == NameBinding.Exact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
        }

        return binding switch
        {
            NameBinding.Exact => member.Name == jsonName,
            NameBinding.Unknown => SameWords(member.Name, jsonName),
            _ => string.Equals(member.Name, jsonName, StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The members of a type and its bases that a serializer can bind.</summary>
    public static IEnumerable<ISymbol> BindableMembers(ITypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property
                    && (property.DeclaredAccessibility == Accessibility.Public || Written(property) is not null))
                {
                    yield return property;
                }
                else if (member is IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field
                    && (field.DeclaredAccessibility == Accessibility.Public || Written(field) is not null))
                {
                    yield return field;
                }
            }
        }
    }

    /// <summary>The member that receives the JSON member of this name; null if there is none.</summary>
    public static ISymbol? Find(ITypeSymbol type, string jsonName, NameBinding binding)
    {
        foreach (var member in BindableMembers(type))
        {
            if (Binds(member, jsonName, binding))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Whether anything of the type can receive members that it does not declare.</summary>
    public static bool HasExtensionData(ITypeSymbol type)
    {
        foreach (var member in BindableMembers(type))
        {
            if (IsExtensionData(member))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The type of a property or field; null for other members.</summary>
    public static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };

    private static bool SameWords(string memberName, string jsonName)
    {
        var i = 0;
        var j = 0;
        while (true)
        {
            while (i < memberName.Length && memberName[i] is '_' or '-')
            {
                i++;
            }

            while (j < jsonName.Length && jsonName[j] is '_' or '-')
            {
                j++;
            }

            if (i == memberName.Length || j == jsonName.Length)
            {
                return i == memberName.Length && j == jsonName.Length;
            }

            if (char.ToUpperInvariant(memberName[i++]) != char.ToUpperInvariant(jsonName[j++]))
            {
                return false;
            }
        }
    }
}
