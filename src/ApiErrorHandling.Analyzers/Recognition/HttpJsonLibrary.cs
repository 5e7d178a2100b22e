using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>System.Net.Http.Json: requests and contents as JSON in one call.</summary>
internal sealed class HttpJsonLibrary : Library
{
    private const string Client = "System.Net.Http.Json.HttpClientJsonExtensions";
    private const string Content = "System.Net.Http.Json.HttpContentJsonExtensions";

    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        table.Requests(Client, ["GetFromJsonAsync"], m => SendAndParse(m, "GET"));
        table.Requests(Client, ["DeleteFromJsonAsync"], m => SendAndParse(m, "DELETE"));
        table.Requests(Client, ["GetFromJsonAsAsyncEnumerable"], m => SendAndParse(m, "GET"));
        table.Requests(Client, ["PostAsJsonAsync"], m => Send(m, "POST"));
        table.Requests(Client, ["PutAsJsonAsync"], m => Send(m, "PUT"));
        table.Requests(Client, ["PatchAsJsonAsync"], m => Send(m, "PATCH"));
        table.Methods(Content, ["ReadFromJsonAsync", "ReadFromJsonAsAsyncEnumerable"], m => new Meaning.ReadBody(
            new Operand(0), BodyForm.Parsed, Target(m), IsAsync: m.ReturnsTask()));
    }

    private static Meaning Send(IMethodSymbol method, string verb) => new Meaning.SendRequest(
        new Operand(0), method.Named("requestUri"), Operand.None, verb, null, null, ThrowsOnFailure: false, true);

    private static Meaning SendAndParse(IMethodSymbol method, string verb) => new Meaning.SendRequest(
        new Operand(0),
        method.Named("requestUri"),
        Operand.None,
        verb,
        BodyForm.Parsed,
        Target(method),
        ThrowsOnFailure: true,
        IsAsync: method.ReturnsTask());

    // Without options the calls of this library use the web defaults.
    private static ParseTarget Target(IMethodSymbol method) => JsonTargets.Of(
        method,
        method.Named("options", "jsonTypeInfo", "context").Exists ? NameBinding.Unknown : NameBinding.Web,
        throwsOnEmpty: true);
}
