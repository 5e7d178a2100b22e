using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>Reads JSON values as what a contract file needs and reports those that are something else.</summary>
internal sealed class ContractFields
{
    private readonly string _path;
    private readonly SourceText _text;
    private readonly ImmutableArray<ContractError>.Builder _errors;

    public ContractFields(string path, SourceText text, ImmutableArray<ContractError>.Builder errors)
    {
        _path = path;
        _text = text;
        _errors = errors;
    }

    /// <summary>Whether something was reported.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Reports an error.</summary>
    public void Report(ContractErrorKind kind, TextSpan span, params string[] arguments)
    {
        HasErrors = true;
        var lines = _text.Lines.GetLinePositionSpan(span);
        _errors.Add(new ContractError(_path, span, lines, kind, arguments.ToImmutableArray()));
    }

    /// <summary>Reports a field that an object lacks, at the object's bracket.</summary>
    public void ReportMissing(JsonValue value, string field) =>
        Report(ContractErrorKind.MissingField, new TextSpan(value.Span.Start, 1), field);

    /// <summary>Reports a field that nobody knows.</summary>
    public void ReportUnknown(JsonMember member) =>
        Report(ContractErrorKind.UnknownField, member.NameSpan, member.Name);

    /// <summary>The members of an object, each name once.</summary>
    public IEnumerable<JsonMember> Members(JsonValue value, string field)
    {
        if (!Is(value, field, "object", JsonKind.Object))
        {
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.Members)
        {
            if (seen.Add(member.Name))
            {
                yield return member;
            }
            else
            {
                Report(ContractErrorKind.DuplicateField, member.NameSpan, member.Name);
            }
        }
    }

    /// <summary>The elements of an array.</summary>
    public ImmutableArray<JsonValue> Items(JsonMember member) =>
        Is(member.Value, member.Name, "array", JsonKind.Array) ? member.Value.Items : ImmutableArray<JsonValue>.Empty;

    /// <summary>true or false.</summary>
    public bool Flag(JsonMember member) =>
        Is(member.Value, member.Name, "boolean", JsonKind.Boolean) && member.Value.Text == "true";

    /// <summary>A text; empty ones are errors.</summary>
    public string? Text(JsonMember member) =>
        Is(member.Value, member.Name, "string", JsonKind.String) && HasText(member.Value, member.Name)
            ? member.Value.Text
            : null;

    /// <summary>One text or an array of them, with their places.</summary>
    public List<JsonValue> Texts(JsonMember member)
    {
        var values = OneOrMore(member, "string|array", JsonKind.String, JsonKind.String);
        values.RemoveAll(value => !HasText(value, member.Name));
        return values;
    }

    /// <summary>One text or an array of them.</summary>
    public ImmutableArray<string> Words(JsonMember member) =>
        Texts(member).ConvertAll(value => value.Text).ToImmutableArray();

    /// <summary>One pattern or an array of them.</summary>
    public ImmutableArray<string> Patterns(JsonMember member, Predicate<string> isPattern, ContractErrorKind otherwise)
    {
        var patterns = Texts(member);
        foreach (var pattern in patterns)
        {
            if (!isPattern(pattern.Text))
            {
                Report(otherwise, pattern.Span, pattern.Text);
            }
        }

        return patterns.ConvertAll(pattern => pattern.Text).ToImmutableArray();
    }

    /// <summary>One member of a body or an array of them, written from the root with dots: "error.title".</summary>
    public ImmutableArray<ImmutableArray<string>> MemberPaths(JsonMember member) =>
        Texts(member).ConvertAll(value => MemberPath(member, value)).ToImmutableArray();

    /// <summary>A member of a body, written from the root with dots.</summary>
    public ImmutableArray<string> MemberPath(JsonMember member) =>
        Text(member) is null ? ImmutableArray<string>.Empty : MemberPath(member, member.Value);

    /// <summary>One code or an array of them, as strings or whole numbers.</summary>
    public List<JsonValue> Codes(JsonMember member)
    {
        var values = OneOrMore(member, "string|integer|array", JsonKind.String, JsonKind.Number);
        values.RemoveAll(value => !HasText(value, member.Name));
        foreach (var value in values)
        {
            if (value.Kind == JsonKind.Number && value.Text.IndexOfAny(['.', 'e', 'E']) >= 0)
            {
                ReportBadValue(value, member.Name);
            }
        }

        return values;
    }

    /// <summary>One status of a final answer or an array of them.</summary>
    public List<JsonValue> Statuses(JsonMember member)
    {
        var values = OneOrMore(member, "integer|array", JsonKind.Number, JsonKind.Number);
        values.RemoveAll(value =>
        {
            var isStatus = StatusOf(value) is >= 200 and <= 599;
            if (!isStatus)
            {
                Report(ContractErrorKind.BadStatus, value.Span, value.Text);
            }

            return !isStatus;
        });
        return values;
    }

    /// <summary>The number in a value that <see cref="Statuses"/> returned.</summary>
    public static int StatusOf(JsonValue value) =>
        int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;

    /// <summary>An advice.</summary>
    public Advice AdviceOf(JsonMember member)
    {
        if (!Is(member.Value, member.Name, "string", JsonKind.String))
        {
            return Advice.None;
        }

        switch (member.Value.Text)
        {
            case "none":
                return Advice.None;
            case "success":
                return Advice.Success;
            case "no-data":
                return Advice.NoData;
            case "never":
                return Advice.Never;
            case "backoff":
                return Advice.Backoff;
            case "after-reset":
                return Advice.AfterReset;
            case "renew":
                return Advice.Renew;
            case "partial":
                return Advice.Partial;
            case "redirect":
                return Advice.Redirect;
            default:
                Report(ContractErrorKind.UnknownAdvice, member.Value.Span, member.Value.Text);
                return Advice.None;
        }
    }

    /// <summary>Reports a value that its field cannot have.</summary>
    public void ReportBadValue(JsonValue value, string field) =>
        Report(ContractErrorKind.BadValue, value.Span, field, value.Kind == JsonKind.Array ? "[]" : value.Text);

    private ImmutableArray<string> MemberPath(JsonMember member, JsonValue value)
    {
        var names = value.Text.Split('.').ToImmutableArray();
        if (names.Contains(string.Empty))
        {
            ReportBadValue(value, member.Name);
        }

        return names;
    }

    private List<JsonValue> OneOrMore(JsonMember member, string type, JsonKind kind, JsonKind orKind)
    {
        var values = new List<JsonValue>();
        if (member.Value.Kind != JsonKind.Array)
        {
            Add(member.Value);
            return values;
        }

        if (member.Value.Items.IsEmpty)
        {
            ReportBadValue(member.Value, member.Name);
        }

        foreach (var item in member.Value.Items)
        {
            Add(item);
        }

        return values;

        void Add(JsonValue value)
        {
            if (value.Kind == orKind || Is(value, member.Name, type, kind))
            {
                values.Add(value);
            }
        }
    }

    private bool Is(JsonValue value, string field, string type, JsonKind kind)
    {
        if (value.Kind != kind)
        {
            // A whole object or array would underline half the file.
            var length = value.Kind is JsonKind.Object or JsonKind.Array ? 1 : value.Span.Length;
            Report(ContractErrorKind.WrongType, new TextSpan(value.Span.Start, length), field, type);
        }

        return value.Kind == kind;
    }

    private bool HasText(JsonValue value, string field)
    {
        var hasText = value.Text.Trim().Length > 0;
        if (!hasText)
        {
            ReportBadValue(value, field);
        }

        return hasText;
    }
}
