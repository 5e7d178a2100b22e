using System;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>System.Net.Http: clients, messages, responses, contents.</summary>
internal sealed class HttpClientLibrary : Library
{
    /// <summary>What every client inherits from.</summary>
    public const string MessageInvoker = "System.Net.Http.HttpMessageInvoker";

    /// <summary>The type of a response.</summary>
    public const string Response = "System.Net.Http.HttpResponseMessage";

    /// <summary>The type of its content.</summary>
    public const string Content = "System.Net.Http.HttpContent";

    private const string Client = "System.Net.Http.HttpClient";
    private const string Handler = "System.Net.Http.HttpMessageHandler";
    private const string Message = "System.Net.Http.HttpRequestMessage";

    private static readonly string[] Identifiers = ["request-id", "requestid", "correlation", "traceid", "trace-id"];

    private static readonly string[] Descriptions = ["Date", "Server", "ETag", "Content-Type", "Content-Length"];

    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        table.Requests(Client, ["GetAsync"], m => Send(m, "GET"));
        table.Requests(Client, ["PostAsync"], m => Send(m, "POST"));
        table.Requests(Client, ["PutAsync"], m => Send(m, "PUT"));
        table.Requests(Client, ["PatchAsync"], m => Send(m, "PATCH"));
        table.Requests(Client, ["DeleteAsync"], m => Send(m, "DELETE"));
        table.Requests(Client, ["SendAsync", "Send"], m => Send(m, null));
        table.Requests(MessageInvoker, ["SendAsync", "Send"], m => Send(m, null));

        // a handler hands the request on to the next; one of the project's own is followed instead
        table.Requests(Handler, ["SendAsync", "Send"], m => m.DeclaringSyntaxReferences.IsEmpty ? Send(m, null) : null);
        table.Requests(Client, ["GetStringAsync"], m => SendAndRead(m, BodyForm.Text));
        table.Requests(Client, ["GetByteArrayAsync"], m => SendAndRead(m, BodyForm.Bytes));
        table.Requests(Client, ["GetStreamAsync"], m => SendAndRead(m, BodyForm.Stream));
        table.Methods(Client, ["CancelPendingRequests"], _ => new Meaning.Harmless());
        table.Constructors(Client, m => new Meaning.MakeClient(IsFactory: false, Operand.None, m.Named("handler")));
        table.Methods("System.Net.Http.IHttpClientFactory", ["CreateClient"], Make);
        table.Methods("System.Net.Http.HttpClientFactoryExtensions", ["CreateClient"], Make);
        table.Property(Client, "BaseAddress", new Meaning.AddressProperty());
        table.Property(Client, "DefaultRequestHeaders", new Meaning.HeadersProperty());

        table.Constructors(Message, m => new Meaning.MakeMessage(m.Named("method"), m.Named("requestUri")));
        table.Property(Message, "RequestUri", new Meaning.AddressProperty());
        table.Property(Message, "Method", new Meaning.MethodProperty());
        table.Property(Message, "Headers", new Meaning.HeadersProperty());
        table.Methods(
            "System.Net.Http.Headers.HttpHeaders",
            ["Add", "TryAddWithoutValidation"],
            m => new Meaning.AddHeader(m.Named("name")));

        table.Methods(Response, ["EnsureSuccessStatusCode"], _ => new Meaning.EnsureSuccess());
        table.Property(Response, "StatusCode", new Meaning.ReadResponse(ResponsePart.Status));
        table.Property(Response, "IsSuccessStatusCode", new Meaning.ReadResponse(ResponsePart.IsSuccess));
        table.Property(Response, "Content", new Meaning.ReadResponse(ResponsePart.Content));
        table.Property(Response, "Headers", new Meaning.ReadResponse(ResponsePart.Headers));
        table.Property(Response, "TrailingHeaders", new Meaning.ReadResponse(ResponsePart.Headers));
        table.Property(Response, "ReasonPhrase", new Meaning.ReadResponse(ResponsePart.Reason));
        table.Property(Response, "RequestMessage", new Meaning.ReadResponse(ResponsePart.Message));
        table.Property(Response, "Version", new Meaning.ReadResponse(ResponsePart.Message));
        table.Property("System.Net.Http.HttpRequestException", "StatusCode", new Meaning.ExceptionStatus());

        table.Methods(Content, ["ReadAsStringAsync"], m => Read(m, BodyForm.Text));
        table.Methods(Content, ["ReadAsByteArrayAsync"], m => Read(m, BodyForm.Bytes));
        table.Methods(Content, ["ReadAsStreamAsync", "ReadAsStream"], m => Read(m, BodyForm.Stream));
        table.Methods(Content, ["CopyToAsync", "CopyTo"], m =>
            new Meaning.CopyBody(Operand.Instance, m.Named("stream"), m.ReturnsTask()));
        table.Methods(Content, ["LoadIntoBufferAsync"], m =>
            new Meaning.Recast(Operand.Instance, BodyForm.Content, IsAsync: true));

        // Microsoft.AspNet.WebApi.Client
        table.Methods("System.Net.Http.HttpContentExtensions", ["ReadAsAsync"], m =>
            new Meaning.ReadBody(new Operand(0), BodyForm.Parsed, JsonTargets.Of(m, NameBinding.IgnoreCase, false), true));
        foreach (var (name, method) in new[]
        {
            ("PostAsJsonAsync", "POST"), ("PostAsXmlAsync", "POST"), ("PostAsync", "POST"), ("PutAsJsonAsync", "PUT"),
            ("PutAsXmlAsync", "PUT"), ("PutAsync", "PUT"),
        })
        {
            table.Requests("System.Net.Http.HttpClientExtensions", [name], m => Send(m, method));
        }
    }

    /// <summary>Whether a response header identifies or describes the answer, and says nothing of the outcome.</summary>
    /// <param name="header">Its name.</param>
    public static bool IsIdentifying(string header) =>
        Array.Exists(Identifiers, part => header.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0)
        || Array.Exists(Descriptions, name => header.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Meaning Make(IMethodSymbol method) =>
        new Meaning.MakeClient(IsFactory: true, method.Named("name"), Operand.None);

    private static Meaning? Send(IMethodSymbol method, string? verb)
    {
        var address = method.Named("requestUri");
        var message = method.Named("request");
        return address.Exists || message.Exists
            ? new Meaning.SendRequest(
                method.Receiver(), address, message, verb, null, null, ThrowsOnFailure: false, method.ReturnsTask())
            : null;
    }

    private static Meaning SendAndRead(IMethodSymbol method, BodyForm form) => new Meaning.SendRequest(
        Operand.Instance, method.Named("requestUri"), Operand.None, "GET", form, null, ThrowsOnFailure: true, true);

    private static Meaning Read(IMethodSymbol method, BodyForm form) =>
        new Meaning.ReadBody(Operand.Instance, form, null, method.ReturnsTask());
}
