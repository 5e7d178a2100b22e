using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>The type of a JSON value.</summary>
internal enum JsonKind
{
    /// <summary>null.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object.</summary>
    Object,
}

/// <summary>A JSON value that knows its place in the file.</summary>
internal sealed class JsonValue
{
    private JsonValue(JsonKind kind, TextSpan span)
    {
        Kind = kind;
        Span = span;
    }

    /// <summary>The type of the value.</summary>
    public JsonKind Kind { get; }

    /// <summary>Where it stands.</summary>
    public TextSpan Span { get; }

    /// <summary>A string without quotes and escapes; a number, true, false or null as written; else empty.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>The elements of an array.</summary>
    public ImmutableArray<JsonValue> Items { get; private set; } = ImmutableArray<JsonValue>.Empty;

    /// <summary>The members of an object in the order of the file, repeated names included.</summary>
    public ImmutableArray<JsonMember> Members { get; private set; } = ImmutableArray<JsonMember>.Empty;

    /// <summary>A value without parts.</summary>
    public static JsonValue Scalar(JsonKind kind, TextSpan span, string text) => new(kind, span) { Text = text };

    /// <summary>An array.</summary>
    public static JsonValue Array(TextSpan span, ImmutableArray<JsonValue> items) =>
        new(JsonKind.Array, span) { Items = items };

    /// <summary>An object.</summary>
    public static JsonValue Object(TextSpan span, ImmutableArray<JsonMember> members) =>
        new(JsonKind.Object, span) { Members = members };

    /// <summary>The first member of this name, or null.</summary>
    public JsonMember? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Name == name)
            {
                return member;
            }
        }

        return null;
    }
}

/// <summary>A member of a JSON object.</summary>
/// <param name="Name">The name without quotes and escapes.</param>
/// <param name="NameSpan">Where the name stands, quotes included.</param>
/// <param name="Value">The value.</param>
internal sealed record JsonMember(string Name, TextSpan NameSpan, JsonValue Value);
