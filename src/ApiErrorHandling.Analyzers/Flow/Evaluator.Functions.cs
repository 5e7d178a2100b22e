using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Functions of constants, computed for each outcome.</content>
internal sealed partial class Evaluator
{
    private Value? Compute(
        Meaning.Pure pure,
        IOperation operation,
        Value instance,
        ImmutableArray<IArgumentOperation> argumentOperations,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver? solver)
    {
        var operands = operation is IInvocationOperation { Instance: null } ? arguments : arguments.Insert(0, instance);
        if (operation is IInvocationOperation { Instance: not null } && instance is Value.Body)
        {
            return null;
        }

        Value.PerOutcome? varying = null;
        foreach (var operand in operands)
        {
            if (operand is Value.PerOutcome p)
            {
                if (varying is not null && !ReferenceEquals(varying.Request, p.Request))
                {
                    varying = null;
                    break;
                }

                varying ??= p;
            }
        }

        Value result;
        Value output;
        if (varying is null)
        {
            (result, output) = Scalars(operands);
        }
        else
        {
            var results = ImmutableArray.CreateBuilder<Value>();
            var outputs = ImmutableArray.CreateBuilder<Value>();
            var tells = operands.Any(o => o is Value.PerOutcome { TellsOutcome: true });
            for (var i = 0; i < varying.ByOutcome.Length; i++)
            {
                var (r, o) = Scalars(operands.Select(v => v is Value.PerOutcome p ? p.ByOutcome[i] : v).ToImmutableArray());
                results.Add(r);
                outputs.Add(o);
            }

            result = new Value.PerOutcome(varying.Request, results.ToImmutable(), tells);
            output = new Value.PerOutcome(varying.Request, outputs.ToImmutable(), tells);
        }

        if (ArgumentOf(argumentOperations, pure.Out) is { } target)
        {
            Assign(target, output, state, solver);
        }

        return result;

        (Value Result, Value Output) Scalars(ImmutableArray<Value> values)
        {
            var constants = ImmutableArray.CreateBuilder<object?>(values.Length);
            foreach (var value in values)
            {
                switch (value)
                {
                    case Value.Constant c:
                        constants.Add(c.Content);
                        break;
                    case Value.Unlisted or Value.Between or Value.Wording:
                        constants.Add(value);
                        break;
                    default:
                        constants.Add(Undefined);
                        break;
                }
            }

            if (values.Length == 1 && Value.Emptiness.Of(values[0]) is { } emptiness
                && operation is IInvocationOperation { TargetMethod.Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace" })
            {
                return (emptiness, Value.Any);
            }

            var unknown = Value.Derived(values.Aggregate(Taint.None, (t, v) => t | v.Taint));
            var evaluated = constants.Contains(Undefined) && !IsOptional(values) ? null : pure.Function(Normal(constants));
            if (evaluated is not null && !ReferenceEquals(evaluated, PureResult.Throws)
                && !constants.Any(c => c is Value))
            {
                return (new Value.Constant(evaluated.Value), new Value.Constant(evaluated.OutValue));
            }

            // functions that keep "any but the listed codes" what it is
            return values.Length > 0 && values[0] is Value.Unlisted or Value.Between
                ? KeepOther(pure, operation, values)
                : (unknown, unknown);
        }

        static ImmutableArray<object?> Normal(ImmutableArray<object?>.Builder constants) =>
            constants.Select(c => ReferenceEquals(c, Undefined) ? null : c).ToImmutableArray();

        // trailing cultures, formats and out arguments need not be known
        bool IsOptional(ImmutableArray<Value> values)
        {
            var first = operation is IInvocationOperation { Instance: null } ? 0 : 1;
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is Value.Constant or Value.Unlisted or Value.Between or Value.Wording)
                {
                    continue;
                }

                var parameter = i - first >= 0 && operation is IInvocationOperation call
                    && i - first < call.TargetMethod.Parameters.Length
                        ? call.TargetMethod.Parameters[i - first]
                        : null;
                if (parameter is null
                    || !(parameter.RefKind == RefKind.Out
                        || parameter.Type.Name is "CultureInfo" or "IFormatProvider" or "NumberStyles" or "StringComparison"))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static readonly object Undefined = new();

    private static (Value Result, Value Output) KeepOther(Meaning.Pure pure, IOperation operation, ImmutableArray<Value> values)
    {
        var name = operation is IInvocationOperation call ? call.TargetMethod.Name : string.Empty;
        return name switch
        {
            "Parse" or "ToInt32" or "ToInt16" or "ToInt64" or "ToString" or "Trim" or "GetValueOrDefault" =>
                (values[0], values[0]),
            "TryParse" => (Value.AnyObject, values[0]),
            "Equals" or "op_Equality" when values.Length > 1 => (Operators.AreEqual(values[0], values[1]), Value.Any),
            "IsNullOrEmpty" or "IsNullOrWhiteSpace" => (Value.False, Value.Any),
            _ => (Value.AnyObject, Value.Any),
        };
    }
}
