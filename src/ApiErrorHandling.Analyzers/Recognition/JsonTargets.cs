using System.Linq;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>Tells how a type holds the JSON that is parsed into it.</summary>
internal static class JsonTargets
{
    /// <summary>The target of a generic parse, by its last type argument; opaque without one.</summary>
    public static ParseTarget Of(IMethodSymbol method, NameBinding binding, bool throwsOnEmpty) =>
        method.TypeArguments.Length > 0
            ? Of(method.TypeArguments[method.TypeArguments.Length - 1], binding, throwsOnEmpty)
            : new ParseTarget(JsonFlavour.Opaque, null, binding, throwsOnEmpty);

    /// <summary>The target of a parse into this type.</summary>
    public static ParseTarget Of(ITypeSymbol type, NameBinding binding, bool throwsOnEmpty)
    {
        var flavour = FlavourOf(type);
        var known = flavour == JsonFlavour.Typed || type is ITypeParameterSymbol ? Unwrap(type) : null;
        return new ParseTarget(flavour, known, binding, throwsOnEmpty);
    }

    /// <summary>How a type holds JSON.</summary>
    public static JsonFlavour FlavourOf(ITypeSymbol type)
    {
        type = Unwrap(type);
        if (type.TypeKind == TypeKind.Dynamic)
        {
            return JsonFlavour.Dynamic;
        }

        if (type.TypeKind == TypeKind.TypeParameter)
        {
            return JsonFlavour.Opaque;
        }

        switch (type.Name)
        {
            case "JsonDocument" or "JsonElement":
                return JsonFlavour.Element;
            case "JsonNode" or "JsonObject" or "JsonArray" or "JsonValue" when IsIn(type, "System.Text.Json.Nodes"):
                return JsonFlavour.Node;
            case "JToken" or "JObject" or "JArray" or "JValue" or "JContainer" or "JProperty":
                return JsonFlavour.Token;
            case "ExpandoObject":
                return JsonFlavour.Dynamic;
            case "Dictionary" or "IDictionary" or "IReadOnlyDictionary" or "SortedDictionary":
                return JsonFlavour.Dictionary;
        }

        // object becomes JsonElement, JObject or a string, whatever the serializer says: nobody can read members off it
        return type.SpecialType == SpecialType.System_Object || type.TypeKind is TypeKind.Error
            ? JsonFlavour.Opaque
            : JsonFlavour.Typed;
    }

    /// <summary>The type below <c>Nullable&lt;T&gt;</c>.</summary>
    public static ITypeSymbol Unwrap(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    /// <summary>Whether a type is a list of parsed things (an array or a generic collection).</summary>
    public static bool IsSequence(ITypeSymbol type) =>
        type is IArrayTypeSymbol
        || (type.SpecialType != SpecialType.System_String
            && type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable)
            && FlavourOf(type) == JsonFlavour.Typed);

    /// <summary>Whether a type holds JSON objects, among those of a parser that has types for each kind of JSON.</summary>
    public static bool IsObject(ITypeSymbol? type, JsonFlavour flavour) => flavour switch
    {
        JsonFlavour.Token => type?.Name == "JObject",
        JsonFlavour.Node => type?.Name == "JsonObject",
        _ => false,
    };

    private static bool IsIn(ISymbol symbol, string @namespace) =>
        symbol.ContainingNamespace?.ToDisplayString() == @namespace;
}
