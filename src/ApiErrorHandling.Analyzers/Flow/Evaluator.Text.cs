using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Text put together of parts: addresses above all.</content>
internal sealed partial class Evaluator
{
    // `builder.Append(a).Append(b)` appends to one builder.
    private IOperation? BuilderOf(IOperation operation)
    {
        while (operation is IInvocationOperation { Instance: { } instance } call
            && _context.Libraries.Find(call.TargetMethod) is Meaning.AppendText)
        {
            operation = instance;
        }

        return operation is IInvocationOperation ? null : operation;
    }

    private static Value? EditText(Meaning.EditText edit, ImmutableArray<Value> operands)
    {
        if (operands[0] is not (Value.Constant { Content: string } or Value.PartialText))
        {
            return null;
        }

        var texts = Flatten(operands).Select(o => o is Value.Constant { Content: long character }
            ? ((char)character).ToString()
            : Pattern(o) ?? Hole);
        var taint = operands.Aggregate(Taint.None, (t, o) => t | o.Taint);
        return edit.Function(texts.ToImmutableArray()) is not { } text
            ? null
            : text.Contains(Hole) ? new Value.PartialText(text, taint) : new Value.Constant(text);
    }

    // Arguments of `params` come as an array.
    private static ImmutableArray<Value> Flatten(ImmutableArray<Value> arguments) =>
        arguments.SelectMany(a => a is Value.Elements elements ? elements.Items : ImmutableArray.Create(a)).ToImmutableArray();

    private static Value MakeText(Meaning.MakeText make, ImmutableArray<Value> arguments)
    {
        arguments = Flatten(arguments);
        if (!make.IsFormat)
        {
            return arguments.Aggregate((Value)new Value.Constant(string.Empty), JoinText);
        }

        var taint = arguments.Aggregate(Taint.None, (t, a) => t | a.Taint);
        var position = arguments.Length > 0 && arguments[0] is Value.Constant { Content: string } ? 0 : 1;
        if (position >= arguments.Length || arguments[position] is not Value.Constant { Content: string format })
        {
            return Value.Derived(taint, isNotNull: true);
        }

        var text = new System.Text.StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '{' || i + 1 >= format.Length || format[i + 1] == '{')
            {
                text.Append(format[i]);
                continue;
            }

            var end = format.IndexOf('}', i);
            if (end < 0)
            {
                break;
            }

            var digits = new string(format.Skip(i + 1).TakeWhile(char.IsDigit).ToArray());
            var index = int.TryParse(digits, out var n) ? position + 1 + n : -1;
            text.Append(index > 0 && index < arguments.Length && Pattern(arguments[index]) is { } part ? part : Hole);
            i = end;
        }

        return new Value.PartialText(text.ToString(), taint);
    }

    // Longer than any address; text that is doubled again and again grows beyond all bounds.
    private const int MaxText = 4_096;

    private Value Interpolate(IInterpolatedStringOperation text, State state, GraphSolver? solver)
    {
        Value result = new Value.Constant(string.Empty);
        foreach (var part in text.Parts)
        {
            Value next;
            switch (part)
            {
                case IInterpolatedStringTextOperation literal:
                    next = Evaluate(literal.Text, state, solver);
                    break;
                case IInterpolationOperation interpolation:
                    next = Evaluate(interpolation.Expression, state, solver);
                    break;
                case IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation call }:
                    next = call.Arguments.Length > 0 ? Evaluate(call.Arguments[0].Value, state, solver) : Value.Any;
                    break;
                default:
                    next = EvaluateChildren(part, state, solver);
                    break;
            }

            result = JoinText(result, next);
        }

        return result;
    }

    /// <summary>Text with more behind it.</summary>
    public static Value Append(Value text, Value more) => JoinText(text, more);

    private static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;

    private static string? Pattern(Value value) => value switch
    {
        Value.Constant { Content: null } => string.Empty,
        Value.Constant c => Constants.Text(c.Content!),
        Value.PartialText p => p.Pattern,
        _ => null,
    };

    private static Value JoinText(Value x, Value y)
    {
        var a = Pattern(x);
        var b = Pattern(y);
        if ((a?.Length ?? 0) + (b?.Length ?? 0) > MaxText)
        {
            return Value.Derived(x.Taint | y.Taint, isNotNull: true);
        }

        if (x is Value.Constant && y is Value.Constant)
        {
            return new Value.Constant(a + b);
        }

        return new Value.PartialText((a ?? Hole) + (b ?? Hole), x.Taint | y.Taint);
    }

    private static readonly string Hole = AddressPattern.Hole.ToString();
}
