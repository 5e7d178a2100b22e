using System;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>
/// Constants in one normal form: integral numbers, characters and enums are <see cref="long"/>, other numbers
/// <see cref="double"/>; strings, booleans and null stay what they are.
/// </summary>
internal static class Constants
{
    /// <summary>The normal form of a compiler constant.</summary>
    public static object? Normalise(object? value) => value switch
    {
        int n => (long)n,
        short n => (long)n,
        byte n => (long)n,
        sbyte n => (long)n,
        ushort n => (long)n,
        uint n => (long)n,
        ulong n => unchecked((long)n),
        char c => (long)c,
        float f => (double)f,
        decimal d => (double)d,
        _ => value,
    };

    /// <summary>Compares by value; a number equals its decimal notation, as in comparisons through JSON.</summary>
    public static PureResult AreEqual(object? x, object? y, StringComparison comparison)
    {
        if (x is string s && y is string t)
        {
            return new PureResult(string.Equals(s, t, comparison));
        }

        return new PureResult(x is null || y is null ? x is null && y is null : Text(x) == Text(y));
    }

    /// <summary>The text of a constant, as JSON writes a scalar.</summary>
    public static string Text(object value) => value switch
    {
        bool b => b ? "true" : "false",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    /// <summary>The default of a type, in the normal form; null for types of which it is not a constant.</summary>
    public static object? DefaultOf(ITypeSymbol type) => type.TypeKind == TypeKind.Enum
        ? 0L
        : type.SpecialType switch
        {
            SpecialType.System_Boolean => false,
            SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Byte
                or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64
                or SpecialType.System_SByte or SpecialType.System_Char => 0L,
            SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal => 0d,
            _ => null,
        };
}
