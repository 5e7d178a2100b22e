using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Storage: assignments, and changes to what a place holds.</content>
internal sealed partial class Evaluator
{
    private Value EvaluateAssignment(ISimpleAssignmentOperation assignment, State state, GraphSolver? solver)
    {
        // the target's own operands run first
        if (assignment.Target is IPropertyReferenceOperation { Instance: { } instance })
        {
            Evaluate(instance, state, solver);
        }

        var value = Evaluate(assignment.Value, state, solver);
        Assign(assignment.Target, value, state, solver);
        return value;
    }

    private void Assign(IOperation target, Value value, State state, GraphSolver? solver)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                state[local.Local] = value;
                NoteNext(local.Local, state);
                break;
            case IParameterReferenceOperation parameter:
                if (parameter.Parameter.RefKind != RefKind.None && solver is not { ReturnsToKnownCaller: true })
                {
                    Store(target, value, state);
                }

                state[parameter.Parameter] = value;
                break;
            case IFlowCaptureReferenceOperation capture:
                state[capture.Id] = value;
                if (solver?.Captured(capture.Id) is { } aliased and not IFlowCaptureReferenceOperation)
                {
                    Assign(aliased, value, state, solver);
                }

                break;
            case IFieldReferenceOperation field:
                if (!IsOwn(field.Instance) && UpdateMember(field.Instance!, field.Field.Name, value, state, solver))
                {
                    break;
                }

                Store(target, value, state);
                if (IsOwn(field.Instance))
                {
                    state[field.Field] = value;
                }
                else
                {
                    Tell(field.Instance, state);
                }

                break;
            case IPropertyReferenceOperation property:
                AssignProperty(property, value, state, solver);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, state, solver);
                break;
            case ITupleOperation:
                Deconstruct(target, value, state, solver);
                break;
            case IDiscardOperation:
                // whoever writes that has decided
                Look(value);
                break;
            case IArrayElementReferenceOperation:
                Store(target, value, state);
                break;
            case IConversionOperation conversion:
                Assign(conversion.Operand, value, state, solver);
                break;
        }
    }

    private void AssignProperty(IPropertyReferenceOperation property, Value value, State state, GraphSolver? solver)
    {
        var instance = property.Instance;
        switch (_context.Libraries.Find(property.Property))
        {
            case Meaning.AddressProperty when instance is not null:
                Update(instance, state, solver, v => v switch
                {
                    Value.Client client => client with { BaseAddress = value },
                    Value.Message message => message with { Address = value },
                    Value.Unknown when property.Property.Name == "BaseAddress" => new Value.Client(value, null),
                    _ => v,
                });
                return;
            case Meaning.AddressPartProperty { Part: var part } when instance is not null:
                Update(instance, state, solver, v => Addresses.With(v, part, value));
                return;
            case Meaning.MethodProperty when instance is not null:
                Update(instance, state, solver, v => v is Value.Message message
                    ? message with { Method = MethodName(property, value) }
                    : v);
                return;
        }

        if (instance is not null && !IsOwn(instance) && UpdateMember(instance, property.Property.Name, value, state, solver))
        {
            return;
        }

        Store(property, value, state);
        if (IsOwn(instance))
        {
            state[property.Property] = value;
        }
        else
        {
            Tell(instance, state);
        }
    }

    // What is stored is handed on; a status that is stored is there for whoever reads it.
    private void Store(IOperation target, Value value, State state)
    {
        HandOn(target, value, state);
        Look(value);

        // whoever makes an object has what it was made of in hand
        var isMade = Method?.MethodKind == MethodKind.Constructor
            && target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation };

        // how long to wait is no matter of whether to go on
        var isTime = RequestParts.Unwrap((target.Parent as IAssignmentOperation)?.Value)?.Type is { } type && WaitsLibrary.IsTime(type);
        if (!isMade && !isTime && value is Value.PerOutcome { TellsOutcome: true } or Value.Unknown)
        {
            // words are there for people
            foreach (var request in value.Taint.Requests(Aspect.Outcome).ToList())
            {
                state.AssumeChecked(request, IsText(target.Type) ? Doubt.Told : Doubt.Unread);
            }
        }
    }

    /// <summary>
    /// Something unseen is done to an object. Where only failures of a request get, a later look at the object tells of them:
    /// a list of errors, a flag of another object.
    /// </summary>
    /// <param name="changed">The operation that gives the object.</param>
    /// <param name="state">The state; changed.</param>
    private static void Tell(IOperation? changed, State state)
    {
        if (changed is null || RootOf(changed) is not { } place)
        {
            return;
        }

        foreach (var (request, known) in state.Requests.Select(r => (r.Key, r.Value)))
        {
            var successes = request.Contract.Successes & request.Possible;
            if (!known.IsAssumedChecked && !successes.IsEmpty && !known.Outcomes.Intersects(successes))
            {
                AddTaint(place, Taint.Of(request, Aspect.Told), state);
            }
        }
    }

    private static void AddTaint(ISymbol place, Taint taint, State state)
    {
        var type = JsonNames.TypeOf(place) ?? (place as IParameterSymbol)?.Type ?? (place as ILocalSymbol)?.Type;
        if (type is not
            {
                SpecialType: not SpecialType.System_String,
                TypeKind: not TypeKind.Delegate,
                Name: not "HttpClient" and not "HttpRequestMessage",
            })
        {
            return;
        }

        if (state[place] is null or Value.Unknown or Value.Elements or Value.Composite { IsPlain: true })
        {
            state[place] = Value.Derived((state[place]?.Taint ?? Taint.None) | taint, isNotNull: true);
        }
        else if (type.Name == "StringBuilder" && state[place] is { } built && Addresses.TextOf(built) is { } text)
        {
            state[place] = new Value.PartialText(text, built.Taint | taint);
        }
    }

    // The local, parameter or own member that leads to an object.
    private static ISymbol? RootOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field when IsOwn(field.Instance) => field.Field,
        IPropertyReferenceOperation property when IsOwn(property.Instance) => property.Property,
        IFieldReferenceOperation { Instance: { } instance } => RootOf(instance),
        IPropertyReferenceOperation { Instance: { } instance } => RootOf(instance),
        IConversionOperation conversion => RootOf(conversion.Operand),
        _ => null,
    };

    private static bool IsOwn(IOperation? instance) => instance is null or IInstanceReferenceOperation;

    /// <summary>Sets a member of a composite value that a local or capture holds.</summary>
    private bool UpdateMember(IOperation instance, string name, Value value, State state, GraphSolver? solver)
    {
        var isComposite = false;
        Update(instance, state, solver, v =>
        {
            if (v is Value.Composite composite)
            {
                isComposite = true;
                return new Value.Composite(composite.Type, composite.Members.SetItem(name, value));
            }

            return v;
        });
        return isComposite;
    }

    /// <summary>Changes the value in the storage that an operation names, if it names any.</summary>
    private void Update(IOperation place, State state, GraphSolver? solver, System.Func<Value, Value> change)
    {
        object? key = place switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFlowCaptureReferenceOperation capture => capture.Id,
            IFieldReferenceOperation field when IsOwn(field.Instance) => field.Field,
            IPropertyReferenceOperation property when IsOwn(property.Instance) => property.Property,
            IConversionOperation or IParenthesizedOperation => null,
            _ => null,
        };
        if (key is null)
        {
            if (place is IConversionOperation conversion)
            {
                Update(conversion.Operand, state, solver, change);
            }

            return;
        }

        var old = state[key] ?? Evaluate(place, state.Clone(), null);
        state[key] = change(old);
        if (place is IFlowCaptureReferenceOperation alias
            && solver?.Captured(alias.Id) is ILocalReferenceOperation or IParameterReferenceOperation)
        {
            Update(solver!.Captured(alias.Id)!, state, solver, _ => state[key] ?? Value.Any);
        }
    }

    private Value Compound(ICompoundAssignmentOperation compound, State state, GraphSolver? solver)
    {
        var left = Evaluate(compound.Target, state, solver);
        var right = Evaluate(compound.Value, state, solver);
        return compound.OperatorKind == BinaryOperatorKind.Add && IsText(compound.Type)
            ? JoinText(left, right)
            : Operators.Binary(compound.OperatorKind, left, right);
    }

    private Value Increment(IIncrementOrDecrementOperation increment, State state, GraphSolver? solver)
    {
        var old = Evaluate(increment.Target, state, solver);
        var changed = Operators.Binary(
            increment.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract,
            old,
            new Value.Constant(1L));
        Assign(increment.Target, changed, state, solver);
        return increment.IsPostfix ? old : changed;
    }

    private void Deconstruct(IOperation target, Value source, State state, GraphSolver? solver)
    {
        if (target is IDeclarationExpressionOperation declaration)
        {
            Deconstruct(declaration.Expression, source, state, solver);
            return;
        }

        if (target is not ITupleOperation tuple)
        {
            Assign(target, source, state, solver);
            return;
        }

        var members = (source as Value.Composite)?.Members;
        for (var i = 0; i < tuple.Elements.Length; i++)
        {
            var part = members is not null && members.TryGetValue("Item" + (i + 1), out var value)
                ? value
                : Value.Derived(source.Taint);
            Deconstruct(tuple.Elements[i], part, state, solver);
        }
    }
}
