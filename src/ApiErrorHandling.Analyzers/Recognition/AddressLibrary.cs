using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>How addresses and other text are put together.</summary>
internal sealed class AddressLibrary : Library
{
    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        table.Constructors("System.Uri", m => m.Parameters.Length == 0
            ? null
            : new Meaning.MakeAddress(m.Named("relativeUri", "uriString"), m.Named("baseUri")));
        table.Constructors("System.UriBuilder", m => new Meaning.MakeAddress(m.Named("uri"), Operand.None));
        table.Property("System.UriBuilder", "Uri", new Meaning.Same(Operand.Instance));
        table.Property("System.Uri", "AbsoluteUri", new Meaning.Same(Operand.Instance));
        table.Property("System.Uri", "OriginalString", new Meaning.Same(Operand.Instance));
        table.Methods("System.Uri", ["ToString"], _ => new Meaning.Same(Operand.Instance));
        table.Methods("System.UriBuilder", ["ToString"], _ => new Meaning.Same(Operand.Instance));
        table.Methods("System.String", ["Format"], _ => new Meaning.MakeText(IsFormat: true));
        table.Methods("System.String", ["Concat"], _ => new Meaning.MakeText(IsFormat: false));
        table.Constructors("System.Text.StringBuilder", m =>
            m.Named("value").Exists ? new Meaning.MakeAddress(m.Named("value"), Operand.None) : null);
        table.Methods("System.Text.StringBuilder", ["Append"], _ => new Meaning.AppendText());
        table.Methods("System.Text.StringBuilder", ["ToString"], _ => new Meaning.Same(Operand.Instance));
        table.Methods("Microsoft.AspNetCore.WebUtilities.QueryHelpers", ["AddQueryString"], m =>
            new Meaning.Same(m.Named("uri")));
    }
}
