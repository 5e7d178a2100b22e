using System.Collections.Generic;
using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Conditions: which outcomes take which branch, and patterns.</content>
internal sealed partial class Evaluator
{
    private readonly SortedSet<long> _limits = [];

    /// <summary>The numbers that others were compared with so far.</summary>
    public IReadOnlyCollection<long> Limits => _limits;

    /// <summary>Goes on with what is the case when a condition has this truth.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="value">Its value.</param>
    /// <param name="truth">The branch taken.</param>
    /// <param name="state">The state; changed, dead if the branch cannot be taken.</param>
    /// <param name="solver">The solver of the condition's graph.</param>
    public void Assume(IOperation condition, Value value, bool truth, State state, GraphSolver? solver)
    {
        Look(value);
        if (condition is IBinaryOperation { RightOperand: var compared } && Number(compared, state) is { } number)
        {
            _limits.Add(number);
        }

        switch (value)
        {
            case Value.Constant { Content: bool known }:
                if (known != truth)
                {
                    state.Kill();
                }

                return;
            case Value.PerOutcome varying:
                var live = state.OutcomesOf(varying.Request);
                var taken = OutcomeSet.Empty;
                var empty = OutcomeSet.Empty;
                var isReadable = false;
                foreach (var index in live.Indices())
                {
                    var decided = varying.ByOutcome[index] is Value.Constant { Content: bool b } ? b : (bool?)null;
                    isReadable |= decided is not null;
                    if (decided is null || decided == truth)
                    {
                        taken = taken.With(index);
                    }

                    if (varying.ByOutcome[index] is Value.Emptiness found && found.WhenTrue == truth)
                    {
                        empty = empty.With(index);
                    }
                }

                state.Restrict(varying.Request, taken);
                if (!empty.IsEmpty)
                {
                    state.FindEmpty(varying.Request, empty);
                }

                if (!isReadable && varying.TellsOutcome)
                {
                    state.AssumeChecked(varying.Request);
                }

                break;
            case var _ when (condition is IIsNullOperation { Operand.Type: { } type } && WaitsLibrary.IsLength(type))
                || (condition is IPropertyReferenceOperation { Property.Name: "HasValue", Instance: IParameterReferenceOperation { Type: { } nullable } } && WaitsLibrary.IsLength(nullable))
                || (condition is IIsPatternOperation { Value: IParameterReferenceOperation { Type: { } given } } && WaitsLibrary.IsLength(given)):
                // `Retry-After ?? …` decides how long to wait, not whether to go on
                break;
            case Value.Emptiness emptiness when emptiness.WhenTrue == truth:
                state.FindEmpty(emptiness.Request, state.OutcomesOf(emptiness.Request));
                break;
            default:
                AssumeChecked(value.Taint, Aspect.Check, state);
                break;
        }

        if (!state.IsDead)
        {
            Refine(condition, truth, state, solver);
        }
    }

    // `5`, `attempts`, `attempts - 1`.
    private static long? Number(IOperation operand, State state) => operand switch
    {
        { ConstantValue: { HasValue: true, Value: int constant } } => constant,
        ILocalReferenceOperation local when state[local.Local] is Value.Constant { Content: long number } => number,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } minus => Number(minus.LeftOperand, state) - Number(minus.RightOperand, state),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } plus => Number(plus.LeftOperand, state) + Number(plus.RightOperand, state),
        _ => null,
    };

    // What a condition says of the storage it names.
    private void Refine(IOperation condition, bool truth, State state, GraphSolver? solver)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                Refine(not.Operand, !truth, state, solver);
                break;
            case IParenthesizedOperation parenthesized:
                Refine(parenthesized.Operand, truth, state, solver);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation
                when condition.Type?.SpecialType == SpecialType.System_Boolean:
                Set(condition, Value.Of(truth));
                break;
            case IIsNullOperation isNull:
                SetNull(isNull.Operand, truth);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary
                when IsNullLiteral(binary.RightOperand):
                SetNull(binary.LeftOperand, truth == (binary.OperatorKind == BinaryOperatorKind.Equals));
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary
                when truth == (binary.OperatorKind == BinaryOperatorKind.Equals)
                    && binary.LeftOperand.Type?.TypeKind == TypeKind.Enum
                    && binary.RightOperand.ConstantValue is { HasValue: true, Value: { } constantOfEnum }
                    && Peek(binary.LeftOperand) is Value.Unknown { Taint.IsNone: true }:
                // which of several ways a method is told to go is the same in each round
                Set(binary.LeftOperand, new Value.Constant(Constants.Normalise(constantOfEnum)));
                break;
            case IBinaryOperation { RightOperand: var right } comparison when Number(right, state) is { } limit:
                if (Peek(comparison.LeftOperand) is Value.Between span
                    && Operators.Narrow(span, truth ? comparison.OperatorKind : Operators.Opposite(comparison.OperatorKind), limit) is { } narrower)
                {
                    // a counter that has come to its limit is still there where the exception is caught
                    Set(comparison.LeftOperand, narrower);
                }

                break;
            case IIsPatternOperation { Pattern: IConstantPatternOperation constant } isNullPattern
                when IsNullLiteral(constant.Value):
                SetNull(isNullPattern.Value, truth);
                break;
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation negated } } isNotNull
                when IsNullLiteral(negated.Value):
                SetNull(isNotNull.Value, !truth);
                break;
        }

        void SetNull(IOperation operand, bool isNull)
        {
            var old = Peek(operand);
            if (old is Value.Unknown unknown)
            {
                Set(operand, isNull ? Value.Null : unknown with { IsNotNull = true });
            }
            else if (old is Value.Body && isNull)
            {
                Set(operand, Value.Null);
            }
        }

        Value? Peek(IOperation operand) => operand switch
        {
            ILocalReferenceOperation local => state[local.Local] ?? Value.Any,
            IParameterReferenceOperation parameter => state[parameter.Parameter] ?? Value.Any,
            IFlowCaptureReferenceOperation capture => state[capture.Id] ?? Value.Any,
            IConversionOperation conversion => Peek(conversion.Operand),
            _ => null,
        };

        void Set(IOperation place, Value known)
        {
            switch (place)
            {
                case ILocalReferenceOperation local when state[local.Local] is null or Value.Unknown or Value.Body or Value.Between:
                    state[local.Local] = known;
                    break;
                case IParameterReferenceOperation parameter when state[parameter.Parameter] is null or Value.Unknown or Value.Between:
                    state[parameter.Parameter] = known;
                    break;
                case IFlowCaptureReferenceOperation capture:
                    state[capture.Id] = known;
                    if (solver?.Captured(capture.Id) is ILocalReferenceOperation or IParameterReferenceOperation)
                    {
                        Set(solver!.Captured(capture.Id)!, known);
                    }

                    break;
                case IConversionOperation conversion:
                    Set(conversion.Operand, known);
                    break;
            }
        }
    }

    private static bool IsNullLiteral(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    /// <summary>Whether a value matches a pattern; variables it declares are assigned.</summary>
    private Value Match(
        IPatternOperation pattern, Value value, IOperation at, State state, GraphSolver? solver)
    {
        if (_depth >= MaxDepth)
        {
            GiveUp();
            return Value.Any;
        }

        _depth++;
        var result = MatchPattern(pattern, value, at, state, solver);
        _depth--;
        return result;
    }

    private Value MatchPattern(
        IPatternOperation pattern, Value value, IOperation at, State state, GraphSolver? solver)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                var expected = Evaluate(constant.Value, state, solver);
                return expected.IsNull == true ? Operators.IsNull(value) : Operators.AreEqual(value, expected);
            case IRelationalPatternOperation relational:
                return Operators.Binary(relational.OperatorKind, value, Evaluate(relational.Value, state, solver));
            case INegatedPatternOperation negated:
                return Operators.Unary(
                    UnaryOperatorKind.Not, Match(negated.Pattern, value, at, state, solver));
            case IBinaryPatternOperation binary:
                return Operators.Binary(
                    binary.OperatorKind,
                    Match(binary.LeftPattern, value, at, state, solver),
                    Match(binary.RightPattern, value, at, state, solver));
            case IDiscardPatternOperation:
                return Value.True;
            case ITypePatternOperation type:
                return HasType(value, type.MatchedType, state);
            case IDeclarationPatternOperation declaration:
                Declare(declaration.DeclaredSymbol, declaration.MatchedType, value, state);
                return declaration.MatchesNull ? Value.True : HasType(value, declaration.MatchedType, state);
            case IRecursivePatternOperation recursive:
                return MatchMembers(recursive, value, at, state, solver);
            default:
                return Value.Derived(value.Taint, isNotNull: true);
        }
    }

    private static void Declare(ISymbol? symbol, ITypeSymbol? type, Value value, State state)
    {
        if (symbol is null)
        {
            return;
        }

        // a document tested for being an object is still that document
        state[symbol] = value is Value.Body { Target: { Flavour: JsonFlavour.Opaque or JsonFlavour.Dynamic } target } body
            && type is not null
            ? body with { Target = JsonTargets.Of(type, target.Binding, target.ThrowsOnEmpty) }
            : value;
    }

    private static Value HasType(Value value, ITypeSymbol? type, State state)
    {
        if (value is Value.Body { Path.Length: 0, Target: { } target } && JsonTargets.IsObject(type, target.Flavour))
        {
            // an answer that is no object at all is no matter of codes
            return Value.True;
        }

        if (value is Value.Body or Value.Response)
        {
            // the type parsed into or sent; null where parsing gave nothing
            return Value.Derived(Taint.None, isNotNull: true);
        }

        if (value is Value.Exception exception && type is not null)
        {
            for (var current = exception.Type; current is not null; current = current.BaseType)
            {
                if (SymbolEqualityComparer.Default.Equals(current, type))
                {
                    return Value.True;
                }
            }

            return exception.IsExact ? Value.False : Value.Derived(exception.Taint, isNotNull: true);
        }

        return Operators.Lift(value, v => v.IsNull == true
            ? Value.False
            : v is Value.Constant or Value.Between or Value.Unlisted or Value.Response ? Value.True : Value.Derived(v.Taint, true));
    }

    private Value MatchMembers(
        IRecursivePatternOperation recursive, Value value, IOperation at, State state, GraphSolver? solver)
    {
        Declare(recursive.DeclaredSymbol, recursive.MatchedType, value, state);
        var result = Operators.Unary(UnaryOperatorKind.Not, Operators.IsNull(value));
        if (!SymbolEqualityComparer.Default.Equals(recursive.MatchedType, recursive.InputType))
        {
            result = Operators.Binary(BinaryOperatorKind.And, result, HasType(value, recursive.MatchedType, state));
        }

        if (result is Value.Constant { Content: false })
        {
            return result;
        }

        // a member is read only where the members before it matched
        var inner = state.Clone();
        var instance = Concrete(value, inner);
        foreach (var property in recursive.PropertySubpatterns)
        {
            if (inner.IsDead || property.Member is not IMemberReferenceOperation reference)
            {
                continue;
            }

            var member = reference is IPropertyReferenceOperation p
                && _context.Libraries.Find(p.Property) is { } meaning
                && Apply(meaning, reference, instance, ImmutableArray<IArgumentOperation>.Empty,
                    ImmutableArray<Value>.Empty, inner, solver) is { } known
                ? known
                : ReadAnyMember(reference, instance, reference.Member, reference.Type, inner, solver);
            var matched = Match(property.Pattern, member, at, inner, solver);
            result = Operators.Binary(BinaryOperatorKind.And, result, matched);
            Assume(reference, matched, true, inner, solver);
        }

        for (var i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
        {
            var part = instance is Value.Composite composite
                && composite.Members.TryGetValue("Item" + (i + 1), out var item)
                    ? item
                    : Value.Derived(instance.Taint);
            result = Operators.Binary(
                BinaryOperatorKind.And, result, Match(recursive.DeconstructionSubpatterns[i], part, at, inner, solver));
        }

        foreach (var place in inner.Differences(state))
        {
            if (place is ILocalSymbol)
            {
                state[place] = inner[place];
            }
        }

        return result;
    }
}
