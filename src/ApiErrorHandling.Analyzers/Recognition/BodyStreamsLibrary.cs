using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>What bodies travel through before they are parsed: decompressors, readers, buffers, encodings.</summary>
internal sealed class BodyStreamsLibrary : Library
{
    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        foreach (var type in new[]
        {
            "System.IO.Compression.GZipStream", "System.IO.Compression.BrotliStream",
            "System.IO.Compression.DeflateStream", "System.IO.Compression.ZLibStream", "System.IO.BufferedStream",
            "System.IO.StreamReader", "System.IO.StringReader", "System.IO.MemoryStream", "System.IO.BinaryReader",
            "Newtonsoft.Json.JsonTextReader",
        })
        {
            table.Constructors(type, m => m.Parameters.Length > 0 && IsBody(m.Parameters[0].Type)
                ? new Meaning.Recast(new Operand(0), BodyForm.Stream, IsAsync: false)
                : null);
        }

        foreach (var type in new[] { "System.IO.TextReader", "System.IO.StreamReader", "System.IO.StringReader" })
        {
            table.Methods(type, ["ReadToEnd", "ReadToEndAsync"], m => Recast(m, BodyForm.Text));
        }

        table.Methods("System.IO.MemoryStream", ["ToArray", "GetBuffer"], m => Recast(m, BodyForm.Bytes));
        table.Methods("System.Text.Encoding", ["GetString"], _ =>
            new Meaning.Recast(new Operand(0), BodyForm.Text, IsAsync: false));
        table.Methods("System.Text.Encoding", ["GetBytes"], m => m.Parameters.Length == 1
            ? new Meaning.Recast(new Operand(0), BodyForm.Bytes, IsAsync: false)
            : null);

        // spans and memories over bytes or text; newer compilers convert without these operators
        foreach (var type in new[]
        {
            "System.Span`1", "System.ReadOnlySpan`1", "System.Memory`1", "System.ReadOnlyMemory`1", "System.String",
        })
        {
            table.Methods(type, ["op_Implicit"], _ => new Meaning.Same(new Operand(0)));
        }

        table.Methods("System.MemoryExtensions", ["AsSpan", "AsMemory"], _ => new Meaning.Same(new Operand(0)));
        table.Methods("System.IO.Stream", ["CopyTo", "CopyToAsync"], m =>
            new Meaning.CopyBody(Operand.Instance, m.Named("destination"), m.ReturnsTask()));
        table.Methods("System.IO.Stream", ["Seek", "Flush", "FlushAsync"], _ => new Meaning.Harmless());
        foreach (var type in new[] { "System.IO.Stream", "System.IO.MemoryStream" })
        {
            table.Property(type, "Position", new Meaning.Harmless());
            table.Property(type, "Length", new Meaning.Harmless());
        }
    }

    private static Meaning Recast(IMethodSymbol method, BodyForm form) =>
        new Meaning.Recast(Operand.Instance, form, method.ReturnsTask());

    private static bool IsBody(ITypeSymbol type) =>
        type is IArrayTypeSymbol || type.SpecialType == SpecialType.System_String
        || type.Name is "Stream" or "TextReader";
}
