using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// Operators over values, in three-valued logic: pure functions. A value that depends on the outcome is computed for
/// each outcome by itself.
/// </summary>
internal static class Operators
{
    /// <summary>Applies a function of one scalar, for each outcome where the value depends on one.</summary>
    public static Value Lift(Value x, Func<Value, Value> function) =>
        x is Value.PerOutcome p ? p.Map(function) : function(x);

    /// <summary>Applies a function of two scalars, for each outcome where they depend on one request.</summary>
    public static Value Lift(Value x, Value y, Func<Value, Value, Value> function)
    {
        if (x is Value.PerOutcome p)
        {
            if (y is not Value.PerOutcome q)
            {
                return p.Map(v => function(v, y));
            }

            if (!ReferenceEquals(p.Request, q.Request))
            {
                return Value.Derived(x.Taint | y.Taint);
            }

            var builder = ImmutableArray.CreateBuilder<Value>(p.ByOutcome.Length);
            for (var i = 0; i < p.ByOutcome.Length; i++)
            {
                builder.Add(function(p.ByOutcome[i], q.ByOutcome[i]));
            }

            return new Value.PerOutcome(p.Request, builder.MoveToImmutable(), p.TellsOutcome || q.TellsOutcome);
        }

        return y is Value.PerOutcome r ? r.Map(v => function(x, v)) : function(x, y);
    }

    /// <summary>A binary operator.</summary>
    public static Value Binary(BinaryOperatorKind kind, Value x, Value y) =>
        Lift(x, y, (a, b) => BinaryScalar(kind, a, b));

    /// <summary>A unary operator.</summary>
    public static Value Unary(UnaryOperatorKind kind, Value x) => Lift(x, v => kind switch
    {
        UnaryOperatorKind.Not when v is Value.Constant { Content: bool b } => Value.Of(!b),
        UnaryOperatorKind.Minus when v is Value.Constant { Content: long n } => new Value.Constant(-n),
        UnaryOperatorKind.Not when v is Value.Emptiness emptiness => emptiness with { WhenTrue = !emptiness.WhenTrue },
        UnaryOperatorKind.Plus => v,
        _ => Value.Derived(v.Taint, isNotNull: true),
    });

    /// <summary>Whether a value is null.</summary>
    public static Value IsNull(Value x) => Lift(x, v => v.IsNull is { } known
        ? Value.Of(known)
        : Value.Emptiness.Of(v) ?? Value.Derived(v.Taint));

    /// <summary>Whether two values are equal.</summary>
    public static Value AreEqual(Value x, Value y) => Binary(BinaryOperatorKind.Equals, x, y);

    /// <summary>Converts a scalar of JSON to a type, as a serializer does.</summary>
    /// <param name="x">The scalar.</param>
    /// <param name="target">The type; null for text.</param>
    public static Value FromJson(Value x, ITypeSymbol? target) => Lift(x, v => FromJsonScalar(v, target));

    /// <summary>A conversion between types of the language.</summary>
    public static Value Convert(Value x, ITypeSymbol? target)
    {
        if (target is null)
        {
            return x;
        }

        return Lift(x, v => v is Value.Constant { Content: double d } && IsIntegral(JsonTargets.Unwrap(target))
            ? new Value.Constant((long)d)
            : v is Value.Constant { Content: long n } && IsFloating(JsonTargets.Unwrap(target))
                ? new Value.Constant((double)n)
                : v);
    }

    /// <summary>Whether the type is an integral number or an enum.</summary>
    public static bool IsIntegral(ITypeSymbol type) => type.TypeKind == TypeKind.Enum || type.SpecialType is
        SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt16
        or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Byte
        or SpecialType.System_SByte;

    /// <summary>Joins what is known on two paths without further knowledge.</summary>
    public static Value Join(Value x, Value y)
    {
        if (x.Equals(y))
        {
            return x;
        }

        if (x is Value.PerOutcome p && y is Value.PerOutcome q && ReferenceEquals(p.Request, q.Request))
        {
            return Lift(x, y, Join);
        }

        if (x is Value.Client c && y is Value.Client d)
        {
            return c with
            {
                BaseAddress = Join(c.BaseAddress, d.BaseAddress),
                Header = c.Header == d.Header ? c.Header : null,
                Name = c.Name == d.Name ? c.Name : null,
                Handlers = c.Handlers == d.Handlers ? c.Handlers : c.Handlers + "," + d.Handlers,
            };
        }

        // counters of different rounds
        if (Span(x) is var (xMin, xMax) && Span(y) is var (yMin, yMax) && (x is Value.Between || y is Value.Between))
        {
            return Between(Math.Min(xMin, yMin), Math.Max(xMax, yMax));
        }

        return Value.Derived(x.Taint | y.Taint, isNotNull: x.IsNull == false && y.IsNull == false);
    }

    /// <summary>
    /// What a number can be that changes each time a loop comes round: from the first on in the direction it moves. Else what is
    /// known on both ways.
    /// </summary>
    /// <param name="earlier">What it was.</param>
    /// <param name="later">What it is a round later.</param>
    /// <param name="limits">Numbers where it may stop, ascending.</param>
    public static Value Widen(Value earlier, Value later, IReadOnlyCollection<long> limits)
    {
        if (Span(earlier) is not var (min, max) || Span(later) is not var (newMin, newMax))
        {
            return Join(earlier, later);
        }

        return newMin >= min ? Between(min, newMax > max ? Limit(newMax) : max)
            : newMax <= max ? Between(long.MinValue, max)
            : Value.AnyObject;

        long Limit(long least)
        {
            foreach (var limit in limits)
            {
                if (limit >= least)
                {
                    return limit;
                }
            }

            return long.MaxValue;
        }
    }

    private static Value Between(long min, long max) => new Value.Between(min, max, ImmutableHashSet<long>.Empty);

    private static Value BinaryScalar(BinaryOperatorKind kind, Value x, Value y)
    {
        switch (kind)
        {
            case BinaryOperatorKind.Equals:
                return Equality(x, y) is { } equal ? Value.Of(equal) : IsEmpty(x, y) ?? Unknown(x, y);
            case BinaryOperatorKind.NotEquals:
                return Equality(x, y) is { } same
                    ? Value.Of(!same)
                    : IsEmpty(x, y) is { } isEmpty ? Unary(UnaryOperatorKind.Not, isEmpty) : Unknown(x, y);
            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
                or BinaryOperatorKind.GreaterThanOrEqual when x.IsNull == true || y.IsNull == true:
                return Value.False;
            case BinaryOperatorKind.LessThan:
                return Order(x, y, (a, b) => a < b) is { } less ? Value.Of(less) : Unknown(x, y);
            case BinaryOperatorKind.LessThanOrEqual:
                return Order(x, y, (a, b) => a <= b) is { } atMost ? Value.Of(atMost) : Unknown(x, y);
            case BinaryOperatorKind.GreaterThan:
                return Order(x, y, (a, b) => a > b) is { } more ? Value.Of(more) : Unknown(x, y);
            case BinaryOperatorKind.GreaterThanOrEqual:
                return Order(x, y, (a, b) => a >= b) is { } atLeast ? Value.Of(atLeast) : Unknown(x, y);
            case BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd:
                return Content(x) is false || Content(y) is false
                    ? Value.False
                    : Content(x) is true && Content(y) is true ? Value.True : OfEmptiness(x, y, neutral: true) ?? Integers(kind, x, y);
            case BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr:
                return Content(x) is true || Content(y) is true
                    ? Value.True
                    : Content(x) is false && Content(y) is false ? Value.False : OfEmptiness(x, y, neutral: false) ?? Integers(kind, x, y);
            case BinaryOperatorKind.ExclusiveOr when Content(x) is bool a && Content(y) is bool b:
                return Value.Of(a ^ b);
            case BinaryOperatorKind.Divide when x is Value.Between { Min: >= 0 } span && Content(y) is long n and > 0:
                return new Value.Between(span.Min / n, span.Max / n, ImmutableHashSet<long>.Empty);
            default:
                return Integers(kind, x, y);
        }
    }

    // `text == ""`
    private static Value? IsEmpty(Value x, Value y) => (x, y) switch
    {
        (_, Value.Constant { Content: "" or null }) => Value.Emptiness.Of(x),
        (Value.Constant { Content: "" or null }, _) => Value.Emptiness.Of(y),
        _ => null,
    };

    // `text is null or ""`
    private static Value? OfEmptiness(Value x, Value y, bool neutral) =>
        x is Value.Emptiness && (Content(y) is bool b && b == neutral || x.Equals(y)) ? x
        : y is Value.Emptiness && Content(x) is bool a && a == neutral ? y
        : null;

    private static Value Integers(BinaryOperatorKind kind, Value x, Value y)
    {
        if (Content(x) is not long a || Content(y) is not long b)
        {
            return Spans(kind, x, y) ?? Unknown(x, y);
        }

        unchecked
        {
            return kind switch
            {
                BinaryOperatorKind.Add => new Value.Constant(a + b),
                BinaryOperatorKind.Subtract => new Value.Constant(a - b),
                BinaryOperatorKind.Multiply => new Value.Constant(a * b),
                BinaryOperatorKind.Divide when b != 0 && b != -1 => new Value.Constant(a / b),
                BinaryOperatorKind.Remainder when b != 0 && b != -1 => new Value.Constant(a % b),
                BinaryOperatorKind.And => new Value.Constant(a & b),
                BinaryOperatorKind.Or => new Value.Constant(a | b),
                BinaryOperatorKind.ExclusiveOr => new Value.Constant(a ^ b),
                BinaryOperatorKind.RightShift when b is >= 0 and < 64 => new Value.Constant(a >> (int)b),
                BinaryOperatorKind.LeftShift when b is >= 0 and < 64 => new Value.Constant(a << (int)b),
                _ => Unknown(x, y),
            };
        }
    }

    // A counter of which only the least or the most is known.
    private static Value? Spans(BinaryOperatorKind kind, Value x, Value y) => (x, y, kind) switch
    {
        (Value.Between { Except.IsEmpty: true } span, Value.Constant { Content: long n and > -Far and < Far }, BinaryOperatorKind.Add) =>
            Between(Shift(span.Min, n), Shift(span.Max, n)),
        (Value.Constant { Content: long n and > -Far and < Far }, Value.Between { Except.IsEmpty: true } span, BinaryOperatorKind.Add) =>
            Between(Shift(span.Min, n), Shift(span.Max, n)),
        (Value.Between { Except.IsEmpty: true } span, Value.Constant { Content: long n and > -Far and < Far }, BinaryOperatorKind.Subtract) =>
            Between(Shift(span.Min, -n), Shift(span.Max, -n)),
        _ => null,
    };

    /// <summary>What is left of a span where a comparison with a number holds; null if that says nothing new.</summary>
    public static Value? Narrow(Value.Between span, BinaryOperatorKind comparison, long limit)
    {
        var (min, max) = comparison switch
        {
            BinaryOperatorKind.LessThan => (span.Min, Math.Min(span.Max, limit - 1)),
            BinaryOperatorKind.LessThanOrEqual => (span.Min, Math.Min(span.Max, limit)),
            BinaryOperatorKind.GreaterThan => (Math.Max(span.Min, limit + 1), span.Max),
            BinaryOperatorKind.GreaterThanOrEqual => (Math.Max(span.Min, limit), span.Max),
            BinaryOperatorKind.Equals => (Math.Max(span.Min, limit), Math.Min(span.Max, limit)),
            BinaryOperatorKind.NotEquals when limit == span.Max => (span.Min, limit - 1),
            BinaryOperatorKind.NotEquals when limit == span.Min => (limit + 1, span.Max),
            _ => (span.Min, span.Max),
        };
        return min > max || (min == span.Min && max == span.Max) ? null
            : min == max ? new Value.Constant(min) : new Value.Between(min, max, span.Except);
    }

    /// <summary>The comparison that holds where another does not.</summary>
    public static BinaryOperatorKind Opposite(BinaryOperatorKind comparison) => comparison switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.Equals => BinaryOperatorKind.NotEquals,
        BinaryOperatorKind.NotEquals => BinaryOperatorKind.Equals,
        _ => comparison,
    };

    private const long Far = long.MaxValue / 4;

    private static long Shift(long bound, long by) => bound is > Far or < -Far ? bound : bound + by;

    private static Value Unknown(Value x, Value y) => Value.Derived(x.Taint | y.Taint, isNotNull: true);

    private static object? Content(Value value) => value is Value.Constant c ? c.Content : null;

    private static bool? Equality(Value x, Value y)
    {
        if (x.IsNull is { } a && y.IsNull is { } b && (a || b))
        {
            return a && b;
        }

        if (x is Value.Constant c && y is Value.Constant d)
        {
            return Constants.AreEqual(c.Content, d.Content, StringComparison.Ordinal).Value as bool?;
        }

        return x is Value.Constant k ? EqualsConstant(y, k.Content) : y is Value.Constant l ? EqualsConstant(x, l.Content) : null;
    }

    private static bool? EqualsConstant(Value value, object? constant)
    {
        if (constant is null)
        {
            return value.IsNull;
        }

        switch (value)
        {
            case Value.Between span:
                return constant is long n || (constant is string digits && long.TryParse(
                    digits, NumberStyles.None, CultureInfo.InvariantCulture, out n))
                    ? n < span.Min || n > span.Max || span.Except.Contains(n) ? false : null
                    : null;
            case Value.Unlisted unlisted:
                return unlisted.Except.Contains(Constants.Text(constant)) ? false : null;
            case Value.Wording wording:
                return constant is string text && Titles.AreEqual(wording.Text, text);
            default:
                return null;
        }
    }

    private static bool? Order(Value x, Value y, Func<long, long, bool> holds)
    {
        if (Span(x) is not var (xMin, xMax) || Span(y) is not var (yMin, yMax))
        {
            return Content(x) is double or long && Content(y) is double or long
                ? Fractions(x, y, holds)
                : null;
        }

        // monotone in both operands: the corners decide
        var first = holds(xMin, yMin);
        return holds(xMin, yMax) == first && holds(xMax, yMin) == first && holds(xMax, yMax) == first ? first : null;
    }

    private static bool? Fractions(Value x, Value y, Func<long, long, bool> holds)
    {
        var a = System.Convert.ToDouble(Content(x), CultureInfo.InvariantCulture);
        var b = System.Convert.ToDouble(Content(y), CultureInfo.InvariantCulture);
        return holds(a.CompareTo(b), 0);
    }

    private static (long Min, long Max)? Span(Value value) => value switch
    {
        Value.Constant { Content: long n } => (n, n),
        Value.Between span => (span.Min, span.Max),
        _ => null,
    };

    private static bool IsFloating(ITypeSymbol type) => type.SpecialType is SpecialType.System_Double
        or SpecialType.System_Single or SpecialType.System_Decimal;

    private static Value FromJsonScalar(Value value, ITypeSymbol? target)
    {
        if (value is Value.Body or Value.Unknown)
        {
            return value;
        }

        if (target is null || target.SpecialType is SpecialType.System_String)
        {
            return value switch
            {
                Value.Constant { Content: not null } c => new Value.Constant(Constants.Text(c.Content)),
                Value.Between => Value.Derived(value.Taint, isNotNull: true),
                _ => value,
            };
        }

        var type = JsonTargets.Unwrap(target);
        var isNullable = !SymbolEqualityComparer.Default.Equals(type, target) || target.IsReferenceType;
        if (value is Value.Constant { Content: null })
        {
            return isNullable
                ? value
                : Constants.DefaultOf(type) is { } zero ? new Value.Constant(zero) : Value.AnyObject;
        }

        if (IsIntegral(type))
        {
            return value switch
            {
                Value.Constant { Content: string s } => long.TryParse(
                    s, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n)
                    ? new Value.Constant(n)
                    : EnumMember(type, s) ?? Value.AnyObject,
                Value.Constant or Value.Between or Value.Unlisted => value,
                _ => Value.AnyObject,
            };
        }

        if (IsFloating(type) && value is Value.Constant { Content: { } number })
        {
            return double.TryParse(Constants.Text(number), NumberStyles.Float, CultureInfo.InvariantCulture, out var d)
                ? new Value.Constant(d)
                : Value.AnyObject;
        }

        return type.SpecialType == SpecialType.System_Object || JsonTargets.FlavourOf(type) != JsonFlavour.Typed
            ? value
            : Value.Derived(value.Taint, isNotNull: true);
    }

    private static Value? EnumMember(ITypeSymbol type, string name) => type.TypeKind == TypeKind.Enum
        && type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f =>
            string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)) is { HasConstantValue: true } field
        ? new Value.Constant(Constants.Normalise(field.ConstantValue))
        : null;
}

/// <summary>Compares error titles: headings differ from the wire text in case, separators and number.</summary>
internal static class Titles
{
    /// <summary>Whether two titles mean the same.</summary>
    public static bool AreEqual(string x, string y) => Normalise(x) == Normalise(y);

    private static string Normalise(string title)
    {
        var words = title.ToUpperInvariant().Split([' ', '_', '-'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(" ", words.Select(w => w.Length > 3 && w[w.Length - 1] == 'S' && w[w.Length - 2] != 'S'
            ? w.Substring(0, w.Length - 1)
            : w));
    }
}
