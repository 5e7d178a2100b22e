using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>System.Text.Json: the serializer, documents, elements, nodes.</summary>
internal sealed class SystemTextJsonLibrary : Library
{
    private const string Serializer = "System.Text.Json.JsonSerializer";
    private const string Document = "System.Text.Json.JsonDocument";
    private const string Element = "System.Text.Json.JsonElement";
    private const string Node = "System.Text.Json.Nodes.JsonNode";

    private static readonly ParseTarget ElementTarget = new(JsonFlavour.Element, null, NameBinding.Exact, true);
    private static readonly ParseTarget NodeTarget = new(JsonFlavour.Node, null, NameBinding.Exact, true);

    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        table.Methods(Serializer, ["Deserialize", "DeserializeAsync", "DeserializeAsyncEnumerable"], m =>
        {
            var source = m.Named("json", "utf8Json", "reader", "document", "element", "node", "jsonDocument");
            return source.Exists ? new Meaning.Parse(source, Target(m), m.ReturnsTask()) : null;
        });
        table.Methods(Document, ["Parse", "ParseAsync", "ParseValue"], m =>
            new Meaning.Parse(new Operand(0), ElementTarget, m.ReturnsTask()));
        table.Methods(Element, ["Parse"], m => new Meaning.Parse(new Operand(0), ElementTarget, false));
        table.Methods(Node, ["Parse", "ParseAsync"], m =>
            new Meaning.Parse(new Operand(0), NodeTarget, m.ReturnsTask()));

        table.Property(Document, "RootElement", new Meaning.Same(Operand.Instance));
        table.Methods(Element, ["Clone"], _ => new Meaning.Same(Operand.Instance));
        table.Methods(Element, ["GetProperty"], _ => Member(OnMissing.Throw));
        table.Methods(Element, ["TryGetProperty"], m => new Meaning.JsonMember(
            Operand.Instance, new Operand(0), OnMissing.Try, m.Named("value"), IsPath: false, null));
        table.Add(Element, ["this[]"], symbol => Member(OnMissing.Throw));
        table.Methods(Element, ["GetString", "GetRawText", "ToString"], _ => Convert(null));
        table.Methods(
            Element,
            [
                "GetBoolean", "GetInt16", "GetInt32", "GetInt64", "GetUInt16", "GetUInt32", "GetUInt64", "GetDouble",
                "GetSingle", "GetDecimal", "GetByte", "GetGuid", "GetDateTime", "GetDateTimeOffset",
            ],
            m => Convert(m.ReturnType));
        table.Methods(
            Element,
            ["TryGetInt16", "TryGetInt32", "TryGetInt64", "TryGetDouble", "TryGetDecimal"],
            m => new Meaning.JsonConvert(Operand.Instance, m.Parameters[0].Type, new Operand(0)));

        table.Property(Element, "ValueKind", new Meaning.Harmless());
        table.Methods(Element, ["GetArrayLength"], _ => new Meaning.Harmless());
        table.Methods(Node, ["GetValueKind", "GetPath"], _ => new Meaning.Harmless());
        table.Property("System.Text.Json.Nodes.JsonObject", "Count", new Meaning.Harmless());

        table.Add(Node, ["this[]"], _ => Member(OnMissing.Null));
        table.Methods("System.Text.Json.Nodes.JsonObject", ["TryGetPropertyValue"], m => new Meaning.JsonMember(
            Operand.Instance, new Operand(0), OnMissing.Try, new Operand(1), IsPath: false, null));
        table.Methods("System.Text.Json.Nodes.JsonObject", ["ContainsKey"], m => new Meaning.JsonMember(
            Operand.Instance, new Operand(0), OnMissing.Try, Operand.None, IsPath: false, null));
        table.Methods(Node, ["AsObject", "AsArray", "AsValue", "DeepClone"], _ => new Meaning.Same(Operand.Instance));
        table.Methods(Node, ["GetValue"], m => Convert(m.ReturnType));
        table.Methods(Node, ["ToString", "ToJsonString"], _ => Convert(null));
        table.Methods(Node, ["op_Explicit"], m => new Meaning.JsonConvert(new Operand(0), m.ReturnType, Operand.None));
    }

    private static Meaning Member(OnMissing missing) =>
        new Meaning.JsonMember(Operand.Instance, new Operand(0), missing, Operand.None, IsPath: false, null);

    private static Meaning Convert(ITypeSymbol? target) =>
        new Meaning.JsonConvert(Operand.Instance, target, Operand.None);

    private static ParseTarget Target(IMethodSymbol method)
    {
        var binding = method.Named("options", "jsonTypeInfo", "context").Exists ? NameBinding.Unknown : NameBinding.Exact;
        return JsonTargets.Of(method, binding, throwsOnEmpty: true);
    }
}
