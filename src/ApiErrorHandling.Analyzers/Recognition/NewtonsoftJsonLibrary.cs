using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>Newtonsoft.Json: the converter, the serializer, LINQ to JSON.</summary>
internal sealed class NewtonsoftJsonLibrary : Library
{
    private const string Token = "Newtonsoft.Json.Linq.JToken";
    private const string Extensions = "Newtonsoft.Json.Linq.Extensions";

    private static readonly ParseTarget TokenTarget = new(JsonFlavour.Token, null, NameBinding.IgnoreCase, true);

    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        table.Methods("Newtonsoft.Json.JsonConvert", ["DeserializeObject"], m =>
            new Meaning.Parse(new Operand(0), Target(m), IsAsync: false));
        table.Methods("Newtonsoft.Json.JsonConvert", ["DeserializeAnonymousType"], m =>
            new Meaning.Parse(new Operand(0), Target(m), IsAsync: false));
        table.Methods("Newtonsoft.Json.JsonConvert", ["DeserializeXmlNode", "DeserializeXNode"], _ =>
            new Meaning.Parse(new Operand(0), Opaque(), IsAsync: false));
        table.Methods("Newtonsoft.Json.JsonSerializer", ["Deserialize"], m =>
            new Meaning.Parse(new Operand(0), Target(m), IsAsync: false));

        foreach (var type in new[] { Token, "Newtonsoft.Json.Linq.JObject", "Newtonsoft.Json.Linq.JArray" })
        {
            table.Methods(type, ["Parse", "Load", "LoadAsync", "ReadFrom"], m =>
                new Meaning.Parse(new Operand(0), TokenTarget, m.ReturnsTask()));
            table.Add(type, ["this[]"], _ => Member(OnMissing.Null, isPath: false, null));
        }

        table.Methods(Token, ["SelectToken"], _ => Member(OnMissing.Null, isPath: true, null));
        table.Methods(Token, ["Value"], m => m.Parameters.Length == 1
            ? Member(OnMissing.Null, isPath: false, m.ReturnType)
            : null);
        table.Methods(Extensions, ["Value"], m => m.Parameters.Length == 1
            ? new Meaning.JsonConvert(new Operand(0), m.ReturnType, Operand.None)
            : null);
        table.Methods("Newtonsoft.Json.Linq.JObject", ["GetValue"], _ => Member(OnMissing.Null, isPath: false, null));
        table.Methods("Newtonsoft.Json.Linq.JObject", ["TryGetValue"], m => new Meaning.JsonMember(
            Operand.Instance, m.Named("propertyName"), OnMissing.Try, m.Named("value"), IsPath: false, null));
        table.Methods("Newtonsoft.Json.Linq.JObject", ["ContainsKey"], m => new Meaning.JsonMember(
            Operand.Instance, new Operand(0), OnMissing.Try, Operand.None, IsPath: false, null));
        table.Methods("Newtonsoft.Json.Linq.JObject", ["Property"], _ => Member(OnMissing.Null, isPath: false, null));
        table.Property("Newtonsoft.Json.Linq.JProperty", "Value", new Meaning.Same(Operand.Instance));
        table.Property(Token, "Type", new Meaning.Harmless());
        table.Property(Token, "HasValues", new Meaning.Harmless());
        table.Property(Token, "Path", new Meaning.Harmless());
        table.Property("Newtonsoft.Json.Linq.JContainer", "Count", new Meaning.Harmless());
        table.Property("Newtonsoft.Json.Linq.JContainer", "HasValues", new Meaning.Harmless());
        table.Property("Newtonsoft.Json.Linq.JObject", "Type", new Meaning.Harmless());
        table.Methods(Token, ["ToObject"], m => m.TypeArguments.Length == 1
            ? new Meaning.JsonConvert(Operand.Instance, m.ReturnType, Operand.None)
            : null);
        table.Methods(Token, ["ToString"], _ => new Meaning.JsonConvert(Operand.Instance, null, Operand.None));
        table.Methods(Token, ["op_Explicit", "op_Implicit"], m =>
            new Meaning.JsonConvert(new Operand(0), m.ReturnType, Operand.None));
        table.Property(Token, "Root", new Meaning.Same(Operand.Instance));
        table.Methods(Token, ["DeepClone"], _ => new Meaning.Same(Operand.Instance));
        table.Property("Newtonsoft.Json.Linq.JValue", "Value", new Meaning.JsonConvert(Operand.Instance, null, Operand.None));
    }

    private static Meaning Member(OnMissing missing, bool isPath, ITypeSymbol? target) =>
        new Meaning.JsonMember(Operand.Instance, new Operand(0), missing, Operand.None, isPath, target);

    private static ParseTarget Opaque() => new(JsonFlavour.Opaque, null, NameBinding.Unknown, true);

    // Without a type argument DeserializeObject gives a JObject behind `object`, mostly used as dynamic.
    private static ParseTarget Target(IMethodSymbol method) => method.TypeArguments.Length > 0
        ? JsonTargets.Of(
            method,
            method.Named("settings", "converters").Exists ? NameBinding.Unknown : NameBinding.IgnoreCase,
            throwsOnEmpty: false)
        : new ParseTarget(JsonFlavour.Dynamic, null, NameBinding.IgnoreCase, false);
}
