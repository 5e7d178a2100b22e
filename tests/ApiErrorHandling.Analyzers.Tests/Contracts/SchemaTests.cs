using System.Text.Json;
using System.Text.RegularExpressions;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

/// <summary>The schema in the package says of a file what the reader says of it.</summary>
public class SchemaTests
{
    /// <summary>A file with every field there is.</summary>
    private const string Everything = """
        {
          "$schema": "errorcontract.schema.json",
          "id": "all", "replace": true, "name": "All",
          "hosts": ["*.example.com"], "excludedHosts": "www.example.com",
          "paths": [{ "pattern": "/v1/**", "models": ["a"], "distinctive": true, "host": "api.example.com" }],
          "headers": "X-All",
          "answers": [["code", "data"]],
          "bodyCode": { "path": "head.code", "type": "number", "absentMeansSuccess": false },
          "errorBody": {
            "status": "error.status", "code": "error.code", "title": "error.title", "type": ["error.type"],
            "wording": "error.detail", "codeInWording": true, "details": "error.fields", "telltales": ["error"]
          },
          "bodyTellsFailure": true, "softErrors": "warnings", "correlationHeader": "X-Id", "freshFields": "nonce",
          "waitsMustGrow": true,
          "outcomes": [
            { "models": ["a", "b"], "code": [0, "OK"], "advice": "success" },
            { "status": [204], "body": false, "advice": "no-data" },
            { "status": 202, "pending": true, "advice": "success" },
            { "status": 429, "title": "SLOW DOWN", "alsoTitled": ["SLOWER"], "retryAfter": true, "advice": "backoff" },
            { "status": 400, "errors": { "17": "Seventeen" }, "account": true, "advice": "never" },
            { "status": 413, "adviceWithRetryAfter": "backoff", "advice": "never" },
            { "status": 409, "renew": "ETag", "advice": "renew" },
            { "status": 300, "advice": "redirect" },
            { "code": 1, "advice": "partial" },
            { "code": 2, "advice": "after-reset" },
            { "code": 3, "advice": "none" }
          ],
          "unlisted": { "3xx": "redirect", "4xx": "never", "5xx": "backoff", "code": "none" }
        }
        """;

    private static readonly JsonDocumentOptions Lenient =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly JsonElement Schema = ReadSchema();

    public static TheoryData<string> Names => [.. BuiltInFiles.All.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Built_in_files_follow_the_schema(string name) =>
        Assert.Empty(Faults(BuiltInFiles.All.Single(file => file.Name == name).Text));

    [Fact]
    public void Reader_and_schema_know_the_same_fields()
    {
        ContractCatalog.Create([("all.json", SourceText.From(Everything))], out var errors);
        Assert.Empty(errors);
        Assert.Empty(Faults(Everything));

        var used = new HashSet<string>();
        Validate(Parse(Everything), Schema, "", [], used);
        Assert.Equal(Properties(Schema, "").Order(), used.Order());
    }

    [Theory]
    [InlineData("\"id\": \"all\"", "\"id\": \"a b\"")]
    [InlineData("\"id\": \"all\", ", "")]
    [InlineData("*.example.com", "https://example.com")]
    [InlineData("*.example.com", "a..b")]
    [InlineData("/v1/**", "/v1/**/x")]
    [InlineData("/v1/**", "/v1/")]
    [InlineData("/v1/**", "v1")]
    [InlineData("head.code", "head..code")]
    [InlineData("\"number\"", "\"int\"")]
    [InlineData("\"status\": 202", "\"status\": 102")]
    [InlineData("\"status\": [204]", "\"status\": []")]
    [InlineData("\"status\": 300", "\"status\": \"300\"")]
    [InlineData("\"code\": 1", "\"code\": 1.5")]
    [InlineData("\"redirect\" }", "\"elsewhere\" }")]
    [InlineData("\"advice\": \"partial\"", "\"pending\": false")]
    [InlineData("\"waitsMustGrow\": true", "\"waitsMustGrow\": 1")]
    [InlineData("\"waitsMustGrow\"", "\"waitsGrow\"")]
    [InlineData("\"4xx\"", "\"2xx\"")]
    [InlineData("\"Seventeen\"", "17")]
    [InlineData("\"host\"", "\"hosts\"")]
    [InlineData("[\"code\", \"data\"]", "[]")]
    public void Reader_and_schema_find_the_same_faults(string good, string bad)
    {
        var text = Everything.Replace(good, bad);
        ContractCatalog.Create([("all.json", SourceText.From(text))], out var errors);

        Assert.NotEqual(Everything, text);
        Assert.NotEmpty(errors);
        Assert.NotEmpty(Faults(text));
    }

    private static JsonElement ReadSchema()
    {
        using var stream = typeof(SchemaTests).Assembly.GetManifestResourceStream("errorcontract.schema.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }

    private static JsonElement Parse(string text) => JsonDocument.Parse(text, Lenient).RootElement;

    private static List<string> Faults(string text)
    {
        var faults = new List<string>();
        Validate(Parse(text), Schema, "", faults, []);
        return faults;
    }

    /// <summary>The paths of all properties that a schema names.</summary>
    private static IEnumerable<string> Properties(JsonElement schema, string path)
    {
        if (schema.TryGetProperty("items", out var items))
        {
            return Properties(items, path + "[]");
        }

        return schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().SelectMany(property =>
                Properties(property.Value, path + "/" + property.Name).Prepend(path + "/" + property.Name))
            : [];
    }

    /// <summary>As much of JSON Schema as this schema uses.</summary>
    private static void Validate(
        JsonElement value, JsonElement schema, string path, List<string> faults, HashSet<string> used)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            var rule = keyword.Value;
            var isRight = keyword.Name switch
            {
                "$schema" or "$defs" or "title" or "description" or "default" or "properties" => true,
                "$ref" => Check(value, Definition(rule.GetString()!)),
                "type" => IsOfType(value, rule.GetString()!),
                "enum" => rule.EnumerateArray().Any(item => item.ToString() == value.ToString()),
                "pattern" => Regex.IsMatch(value.ToString(), rule.GetString()!),
                "minimum" => value.GetInt32() >= rule.GetInt32(),
                "maximum" => value.GetInt32() <= rule.GetInt32(),
                "minItems" => value.GetArrayLength() >= rule.GetInt32(),
                "items" => All(value.EnumerateArray().Select(item => Check(item, rule, "[]"))),
                "anyOf" => rule.EnumerateArray().Any(option => IsValid(value, option)),
                "required" => rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
                "additionalProperties" => All(value.EnumerateObject().Select(member => CheckMember(member, rule))),
                _ => throw new NotSupportedException(keyword.Name),
            };
            if (!isRight)
            {
                faults.Add(path + " " + keyword.Name);
                if (keyword.Name == "type")
                {
                    return;
                }
            }
        }

        bool Check(JsonElement part, JsonElement rule, string step = "")
        {
            var before = faults.Count;
            Validate(part, rule, path + step, faults, used);
            return faults.Count == before;
        }

        bool CheckMember(JsonProperty member, JsonElement others)
        {
            if (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out var rule))
            {
                used.Add(path + "/" + member.Name);
                return Check(member.Value, rule, "/" + member.Name);
            }

            return others.ValueKind == JsonValueKind.Object && Check(member.Value, others, "/*");
        }
    }

    private static bool IsValid(JsonElement value, JsonElement schema)
    {
        var faults = new List<string>();
        Validate(value, schema, "", faults, []);
        return faults.Count == 0;
    }

    /// <summary>Like Enumerable.All, and looks at every element.</summary>
    private static bool All(IEnumerable<bool> results) => results.Count(result => !result) == 0;

    private static JsonElement Definition(string reference) =>
        Schema.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        _ => throw new NotSupportedException(type),
    };
}
