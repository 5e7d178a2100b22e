using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>System.Net's older clients: <c>HttpWebRequest</c> and <c>WebClient</c>. Both throw for a failing status.</summary>
internal sealed class WebRequestLibrary : Library
{
    private const string Request = "System.Net.WebRequest";
    private const string HttpRequest = "System.Net.HttpWebRequest";
    private const string Client = "System.Net.WebClient";
    private const string Failure = "System.Net.WebException";

    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        var failure = table.Compilation.GetTypeByMetadataName(Failure);
        table.Methods(Request, ["Create", "CreateHttp", "CreateDefault"], _ =>
            new Meaning.MakeMessage(Operand.None, new Operand(0)));
        foreach (var type in new[] { Request, HttpRequest })
        {
            table.Requests(type, ["GetResponse", "GetResponseAsync"], m => IsOther(m.ContainingType) ? null : new Meaning.SendRequest(
                Operand.None, Operand.None, Operand.Instance, null, null, null, ThrowsOnFailure: true, m.ReturnsTask())
            {
                Failure = failure,
            });
        }

        // the stream of a response is that of its content
        foreach (var type in new[] { "System.Net.WebResponse", "System.Net.HttpWebResponse" })
        {
            table.Methods(type, ["GetResponseStream"], _ => new Meaning.ReadResponse(ResponsePart.Stream));
            table.Property(type, "StatusCode", new Meaning.ReadResponse(ResponsePart.Status));
            table.Property(type, "Headers", new Meaning.ReadResponse(ResponsePart.Headers));
        }

        table.Constructors(Client, _ => new Meaning.MakeClient(IsFactory: false, Operand.None, Operand.None));
        table.Property(Client, "BaseAddress", new Meaning.AddressProperty());
        Reads(table, BodyForm.Text, failure, "GET", "DownloadString", "DownloadStringTaskAsync");
        Reads(table, BodyForm.Bytes, failure, "GET", "DownloadData", "DownloadDataTaskAsync");
        Reads(table, BodyForm.Stream, failure, "GET", "OpenRead", "OpenReadTaskAsync");
        Reads(table, BodyForm.Text, failure, "POST", "UploadString", "UploadStringTaskAsync");
        Reads(table, BodyForm.Bytes, failure, "POST", "UploadData", "UploadDataTaskAsync", "UploadValues", "UploadValuesTaskAsync");
        Reads(table, BodyForm.Bytes, failure, "POST", "UploadFile", "UploadFileTaskAsync");

        // into a file; those that end in Async alone tell of a failure in an event
        Reads(table, null, failure, "GET", "DownloadFile", "DownloadFileTaskAsync");

        table.Property(Failure, "Response", new Meaning.ExceptionResponse());
        table.Property(Failure, "Status", new Meaning.ExceptionReason());
    }

    /// <summary>Whether a type is that of a request or response of another protocol than HTTP.</summary>
    public static bool IsOther(ITypeSymbol? type) =>
        type?.Name is "FtpWebRequest" or "FtpWebResponse" or "FileWebRequest" or "FileWebResponse";

    private static void Reads(
        LibraryTable table, BodyForm? form, ITypeSymbol? failure, string method, params string[] names) =>
        table.Requests(Client, names, m => new Meaning.SendRequest(
            Operand.Instance, m.Named("address"), Operand.None, method, form, null, ThrowsOnFailure: true, m.ReturnsTask())
        {
            Failure = failure,
        });
}
