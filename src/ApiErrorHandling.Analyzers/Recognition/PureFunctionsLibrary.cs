using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>
/// Functions of the base library that conditions over statuses and codes are made of: computed on constants, and so for
/// each outcome.
/// </summary>
internal sealed class PureFunctionsLibrary : Library
{
    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        const string text = "System.String";
        Text(table, "StartsWith", (s, x, c) => s.StartsWith(x, c));
        Text(table, "EndsWith", (s, x, c) => s.EndsWith(x, c));
        Text(table, "Contains", (s, x, c) => s.IndexOf(x, c) >= 0);
        table.Methods(text, ["Equals"], m => new Meaning.Pure(
            operands => Constants.AreEqual(operands[0], operands[1], Comparison(m, operands)), Operand.None));
        table.Methods(text, ["op_Equality"], _ => new Meaning.Pure(
            operands => Constants.AreEqual(operands[0], operands[1], StringComparison.Ordinal), Operand.None));
        table.Methods(text, ["Compare", "CompareOrdinal"], m => m.Parameters.Length <= 3
            ? new Meaning.Pure(
                operands => new PureResult((long)string.Compare(
                    operands[0] as string, operands[1] as string, Comparison(m, operands))),
                Operand.None)
            : null);
        table.Methods(text, ["IsNullOrEmpty"], _ => One<string?>(s => string.IsNullOrEmpty(s), allowNull: true));
        table.Methods(text, ["IsNullOrWhiteSpace"], _ => One<string?>(s => string.IsNullOrWhiteSpace(s), allowNull: true));
        table.Methods(text, ["Trim", "TrimStart", "TrimEnd"], m => m.Parameters.Length == 0
            ? One<string>(s => s.Trim())
            : null);
        table.Methods(text, ["ToLower", "ToLowerInvariant"], _ => One<string>(s => s.ToLowerInvariant()));
        table.Methods(text, ["ToUpper", "ToUpperInvariant"], _ => One<string>(s => s.ToUpperInvariant()));
        table.Methods(text, ["ToString", "Normalize"], _ => One<string>(s => s));
        table.Methods(text, ["Substring"], _ => new Meaning.Pure(Substring, Operand.None));
        table.Property(text, "Length", One<string>(s => (long)s.Length));

        foreach (var type in new[]
        {
            "System.Int16", "System.Int32", "System.Int64", "System.UInt16", "System.UInt32", "System.UInt64", "System.Byte",
        })
        {
            table.Methods(type, ["Parse"], m => IsText(m, 0) ? One<string>(ParseInteger, allowNull: true) : null);
            table.Methods(type, ["TryParse"], m => IsText(m, 0) ? TryParse(m) : null);
            table.Methods(type, ["ToString"], m => IsInvariantToString(m) ? One<long>(FormatInteger) : null);
            table.Methods(type, ["Equals"], _ => EqualsMeaning());
            table.Methods(type, ["CompareTo"], _ => new Meaning.Pure(
                operands => operands[0] is long x && operands[1] is long y ? new PureResult((long)x.CompareTo(y)) : null,
                Operand.None));
        }

        table.Methods(
            "System.Convert",
            ["ToInt16", "ToInt32", "ToInt64", "ToUInt16", "ToUInt32", "ToUInt64"],
            _ => One<object?>(ConvertToInteger, allowNull: true));
        table.Methods("System.Convert", ["ToString"], m => One<object?>(
            value => value is null ? string.Empty : value is long n ? FormatInteger(n) : value as string, allowNull: true));

        table.Methods("System.Object", ["Equals", "ReferenceEquals"], _ => EqualsMeaning());
        table.Methods("System.Enum", ["Equals"], _ => EqualsMeaning());
        table.Methods("System.Enum", ["HasFlag"], _ => new Meaning.Pure(
            operands => operands[0] is long value && operands[1] is long flag ? new PureResult((value & flag) == flag) : null,
            Operand.None));
        table.Methods("System.Nullable`1", ["GetValueOrDefault"], m => new Meaning.Pure(
            operands => operands[0] is not null
                ? new PureResult(operands[0])
                : operands.Length > 1
                    ? new PureResult(operands[1])
                    : Constants.DefaultOf(m.ReturnType) is { } zero ? new PureResult(zero) : null,
            Operand.None));
        table.Methods("System.Nullable`1", ["Equals"], _ => EqualsMeaning());
        table.Property("System.Nullable`1", "HasValue", One<object?>(value => value is not null, allowNull: true));
        table.Property("System.Nullable`1", "Value", One<object>(value => value));
        table.Methods("System.Math", ["Abs"], _ => One<long>(n => Math.Abs(n)));
        table.Methods("System.Math", ["Min"], _ => Two((x, y) => Math.Min(x, y)));
        table.Methods("System.Math", ["Max"], _ => Two((x, y) => Math.Max(x, y)));
    }

    private static Meaning Two(Func<long, long, long> function) => new Meaning.Pure(
        operands => operands.Length == 2 && operands[0] is long x && operands[1] is long y
            ? new PureResult(function(x, y))
            : null,
        Operand.None);

    private static Meaning One<T>(Func<T, object?> function, bool allowNull = false) => new Meaning.Pure(
        operands => operands.Length == 0
            ? null
            : operands[0] is T value
                ? Result(function(value))
                : operands[0] is null && allowNull ? Result(function(default!)) : null,
        Operand.None);

    private static PureResult Result(object? value) => value as PureResult ?? new PureResult(value);

    private static Meaning EqualsMeaning() => new Meaning.Pure(
        operands => operands.Length == 2 ? Constants.AreEqual(operands[0], operands[1], StringComparison.Ordinal) : null,
        Operand.None);

    private static void Text(LibraryTable table, string name, Func<string, string, StringComparison, bool> function) =>
        table.Methods("System.String", [name], m => new Meaning.Pure(
            operands => operands.Length > 1 && operands[0] is string s && operands[1] is string x
                ? new PureResult(function(s, x, Comparison(m, operands)))
                : null,
            Operand.None));

    private static StringComparison Comparison(IMethodSymbol method, ImmutableArray<object?> operands)
    {
        var offset = method.IsStatic ? 0 : 1;
        for (var i = 0; i < method.Parameters.Length && i + offset < operands.Length; i++)
        {
            if (method.Parameters[i].Type.Name == nameof(StringComparison) && operands[i + offset] is long comparison)
            {
                return (StringComparison)comparison is StringComparison.Ordinal or StringComparison.InvariantCulture
                    or StringComparison.CurrentCulture
                    ? StringComparison.Ordinal
                    : StringComparison.OrdinalIgnoreCase;
            }

            if (method.Parameters[i].Name == "ignoreCase" && operands[i + offset] is true)
            {
                return StringComparison.OrdinalIgnoreCase;
            }
        }

        return StringComparison.Ordinal;
    }

    private static PureResult? Substring(ImmutableArray<object?> operands)
    {
        if (operands[0] is not string s || operands.Length < 2 || operands[1] is not long start || start < 0)
        {
            return null;
        }

        var length = operands.Length > 2 ? operands[2] as long? ?? -1 : s.Length - start;
        return length < 0 || start + length > s.Length
            ? PureResult.Throws
            : new PureResult(s.Substring((int)start, (int)length));
    }

    private static Meaning TryParse(IMethodSymbol method) => new Meaning.Pure(
        operands => ParseInteger(operands[0] as string) is long n ? new PureResult(true, n) : new PureResult(false, 0L),
        method.Named("result"));

    private static object? ParseInteger(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : PureResult.Throws;

    private static object? ConvertToInteger(object? value) => value switch
    {
        null => 0L,
        long n => n,
        bool b => b ? 1L : 0L,
        string s => ParseInteger(s),
        _ => null,
    };

    private static string FormatInteger(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsText(IMethodSymbol method, int ordinal) =>
        method.Parameters.Length > ordinal && method.Parameters[ordinal].Type.SpecialType == SpecialType.System_String;

    private static bool IsInvariantToString(IMethodSymbol method) =>
        method.Parameters.All(p => p.Type.SpecialType != SpecialType.System_String);
}
