using System;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
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
        table.Constructors("System.UriBuilder", m => m.Named("uri").Exists
            ? new Meaning.MakeAddress(m.Named("uri"), Operand.None)
            : new Meaning.MakeAddressOfParts(
                m.Named("schemeName", "scheme"), m.Named("hostName", "host"), m.Named("pathValue", "path")));
        foreach (var part in new[] { AddressPart.Scheme, AddressPart.Host, AddressPart.Path, AddressPart.Query })
        {
            table.Property("System.UriBuilder", part.ToString(), new Meaning.AddressPartProperty(part));
        }

        table.Property("System.UriBuilder", "Uri", new Meaning.Same(Operand.Instance));
        table.Property("System.Uri", "AbsoluteUri", new Meaning.Same(Operand.Instance));
        table.Property("System.Uri", "OriginalString", new Meaning.Same(Operand.Instance));
        table.Methods("System.Uri", ["ToString"], _ => new Meaning.Same(Operand.Instance));
        table.Methods("System.UriBuilder", ["ToString"], _ => new Meaning.Same(Operand.Instance));
        table.Methods("System.String", ["Format"], _ => new Meaning.MakeText(IsFormat: true));
        table.Methods("System.String", ["Concat"], _ => new Meaning.MakeText(IsFormat: false));
        table.Constructors("System.Text.StringBuilder", m =>
            m.Named("value").Exists ? new Meaning.MakeAddress(m.Named("value"), Operand.None) : null);
        table.Methods("System.Text.StringBuilder", ["Append", "AppendFormat", "AppendJoin", "AppendLine"], m =>
            new Meaning.AppendText(IsPlain: m.Name == "Append"));
        table.Methods("System.Text.StringBuilder", ["ToString"], _ => new Meaning.Same(Operand.Instance));
        table.Methods("Microsoft.AspNetCore.WebUtilities.QueryHelpers", ["AddQueryString"], m =>
            new Meaning.Same(m.Named("uri")));

        table.Methods("System.String", ["Replace"], _ => new Meaning.EditText(Replace));
        table.Methods("System.Text.RegularExpressions.Regex", ["Replace"], m =>
            m.IsStatic ? new Meaning.EditText(texts => KeepHost(texts[0])) : null);
        table.Methods("System.String", ["TrimEnd"], m => Trim(m, (text, characters) => text.TrimEnd(characters)));
        table.Methods("System.String", ["TrimStart"], m => Trim(m, (text, characters) => text.TrimStart(characters)));
        table.Methods("System.String", ["Trim"], m => Trim(m, (text, characters) => text.Trim(characters)));
    }

    // Whatever is replaced in an address, it is hardly the host.
    private static string? KeepHost(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var path = scheme < 0 ? -1 : text.IndexOf('/', scheme + 3);
        return path < 0 ? null : text.Substring(0, path + 1) + AddressPattern.Hole;
    }

    private static string? Replace(ImmutableArray<string> texts) =>
        texts.Length >= 3 && texts[1].Length > 0 && texts[1].IndexOf(AddressPattern.Hole) < 0
            ? texts[0].Replace(texts[1], texts[2])
            : null;

    private static Meaning? Trim(IMethodSymbol method, Func<string, char[], string> trim) => method.Parameters.Length == 1
        ? new Meaning.EditText(texts => !texts.Skip(1).Contains(AddressPattern.Hole.ToString())
            ? trim(texts[0], string.Concat(texts.Skip(1)).ToCharArray())
            : null)
        : null;
}
