using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>What the members of known libraries do.</content>
internal sealed partial class Evaluator
{
    private Value? Apply(
        Meaning meaning,
        IOperation operation,
        Value instance,
        ImmutableArray<IArgumentOperation> argumentOperations,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver? solver)
    {
        switch (meaning)
        {
            case Meaning.SendRequest send:
                return Send(operation, send, Get(send.Client), Get(send.Address), Get(send.Message), arguments, state, solver);
            case Meaning.EnsureSuccess:
                return Concrete(instance, state) is Value.Response ensured
                    ? EnsureSuccess(operation, ensured, state, solver)
                    : Checked(instance, state);
            case Meaning.CheckAnswer check:
                return CheckAnswer(check, operation, arguments.Insert(0, instance), state, solver);
            case Meaning.ReadResponse read:
                return ReadResponse(operation, read.Part, Concrete(instance, state), state);
            case Meaning.ReadBody read:
                return Concrete(Get(read.Source), state) is Value.Body { Form: BodyForm.Content } content
                    ? ReadBody(operation, content, read, argumentOperations, state, solver)
                    : null;
            case Meaning.Recast recast:
                return Concrete(Get(recast.Source), state) is Value.Body { Form: not BodyForm.Parsed } source
                    ? Wrap(Recast(source, recast.Form), recast.IsAsync)

                    // of the body of a failure that was thrown
                    : Get(recast.Source) is Value.Unknown { Origin.IsNone: false } thrown
                        ? Wrap(Value.Derived(thrown.Taint, isNotNull: true), recast.IsAsync)
                        : null;
            case Meaning.CopyBody copy:
                if (Concrete(Get(copy.Source), state) is Value.Body copied)
                {
                    var readAt = copied.ReadAt ?? Here(operation);
                    if (ArgumentOf(argumentOperations, copy.Destination) is { } destination)
                    {
                        Update(destination, state, solver, _ => Recast(copied, BodyForm.Stream) with { ReadAt = readAt });
                        if (destination.Type?.Name != "MemoryStream")
                        {
                            HandOn(operation, copied with { Form = BodyForm.Stream, ReadAt = readAt }, state);
                        }
                    }

                    return Wrap(Value.AnyObject, copy.IsAsync);
                }

                return null;
            case Meaning.Parse parse:
                return Concrete(Get(parse.Source), state) is Value.Body unparsed
                    ? Parse(operation, unparsed, Target(parse.Target, argumentOperations), parse.IsAsync, state, solver)
                    : null;
            case Meaning.JsonMember member:
                return Concrete(Get(member.Source), state) is Value.Body { Form: BodyForm.Parsed } document
                    ? LookUp(operation, document, member, Get(member.Name), argumentOperations, state, solver)
                    : Get(member.Source) is var other && other.Taint.IsNone
                        ? null
                        : LookUpUnknown(member, other, argumentOperations, state, solver);
            case Meaning.JsonConvert convert:
                var converted = ConvertJson(operation, Get(convert.Source), convert.Target, state, solver);
                if (ArgumentOf(argumentOperations, convert.Out) is { } output)
                {
                    Assign(output, converted, state, solver);
                    return Value.AnyObject;
                }

                return converted;
            case Meaning.Same same:
                return Get(same.Source);
            case Meaning.BlockOn block:
                var result = Await(operation, instance, state, solver, block.WrapsExceptions);
                return block.HasResult ? result : Value.Any;
            case Meaning.Wait wait:
                NoteWait(operation, state);
                var takesTime = !IsNothing(Get(wait.Time), ArgumentOf(argumentOperations, wait.Time));
                if (wait.IsAsync)
                {
                    if (!takesTime)
                    {
                        state.Hurry();
                    }

                    return new Value.Task(Value.Any, ImmutableArray<Fault>.Empty) { TakesTime = takesTime };
                }

                if (takesTime)
                {
                    state.Wait();
                }
                else
                {
                    state.Hurry();
                }

                return Value.Any;
            case Meaning.FailedTask faulted:
                return FailedTask(Get(faulted.Exception), state);
            case Meaning.AllOf all:
                Look(Get(all.Tasks));
                return AllOf(Get(all.Tasks));
            case Meaning.CompletedTask completed:
                return new Value.Task(Get(completed.Source), ImmutableArray<Fault>.Empty);
            case Meaning.Log:
                RunCallbacks(arguments, state, solver);
                return Value.Any;
            case Meaning.Harmless harmless:
                return Value.Derived(instance.Taint, harmless.IsNotNull);
            case Meaning.RunDelegate run:
                if (Get(run.Delegate) is Value.Function function
                    && RunFunction(
                        operation,
                        function,
                        ImmutableArray<IArgumentOperation>.Empty,
                        run.Argument.Exists ? ImmutableArray.Create(Get(run.Argument)) : ImmutableArray<Value>.Empty,
                        state,
                        solver,
                        asTask: true) is { } ran)
                {
                    return ran is Value.Task ? ran : new Value.Task(ran, ImmutableArray<Fault>.Empty);
                }

                return null;
            case Meaning.Pure pure:
                return Compute(pure, operation, instance, argumentOperations, arguments, state, solver);
            case Meaning.MakeText make:
                return MakeText(make, arguments);
            case Meaning.EditText edit:
                return EditText(
                    edit, operation is IInvocationOperation { Instance: null } ? arguments : arguments.Insert(0, instance));
            case Meaning.AppendText append:
                var appended = append.IsPlain && arguments.Length > 0
                    ? JoinText(instance, arguments[0])
                    : JoinText(instance, Value.Derived(arguments.Aggregate(Taint.None, (t, a) => t | a.Taint)));
                if (BuilderOf(operation) is { } builder)
                {
                    Update(builder, state, solver, _ => appended);
                    Tell(builder, state);
                }

                return appended;
            case Meaning.MakeAddress address:
                return address.Base.Exists
                    ? Addresses.Combine(Get(address.Base), Get(address.Text))
                    : Get(address.Text) is Value.Constant or Value.PartialText ? Get(address.Text) : Value.AnyObject;
            case Meaning.MakeAddressOfParts parts:
                var made = (Value)new Value.Constant("http://localhost/");
                foreach (var (part, given) in new[]
                {
                    (AddressPart.Scheme, parts.Scheme), (AddressPart.Host, parts.Host), (AddressPart.Path, parts.Path),
                })
                {
                    made = given.Exists ? Addresses.With(made, part, Get(given)) : made;
                }

                return made;
            case Meaning.AddressPartProperty:
                return Value.Any;
            case Meaning.MakeClient make:
                var clientName = make.Name.Exists ? (Get(make.Name) as Value.Constant)?.Content as string : string.Empty;
                var registered = make.IsFactory && clientName is { Length: > 0 }
                    ? _context.Registrations.BaseAddressOf(clientName, _memberDepth)
                    : Value.Any;
                return new Value.Client(registered, null)
                {
                    IsFromFactory = make.IsFactory,
                    Name = clientName,
                    Handlers = string.Join(",", HandlersOf(Get(make.Handler))),
                };
            case Meaning.MakeMessage make:
                return new Value.Message(
                    Get(make.Address),
                    ArgumentOf(argumentOperations, make.Method) is { } verb ? MethodName(verb, Get(make.Method)) : null,
                    null);
            case Meaning.AddressProperty:
                return instance switch
                {
                    Value.Client client => client.BaseAddress,
                    Value.Message message => message.Address,
                    _ => Value.Any,
                };
            case Meaning.HeadersProperty:
                return operation is IPropertyReferenceOperation { Instance: { } owner }
                    ? new Value.Headers(owner)
                    : Value.AnyObject;
            case Meaning.MethodProperty:
                return Value.AnyObject;
            case Meaning.AddHeader add:
                AddHeader(instance, Get(add.Name), state, solver);
                return Value.Any;
            case Meaning.ExceptionStatus:
                return instance is Value.Exception { CarriesStatus: true, Request: { } failed }
                    ? Attributes.StatusOfException(failed)
                    : Value.Derived(instance.Taint);
            case Meaning.ExceptionResponse:
                return instance is Value.Exception { Request: { } answered }
                    ? Attributes.ResponseOfException(answered)
                    : Value.Derived(instance.Taint);
            case Meaning.ExceptionReason:
                return instance is Value.Exception { Request: { } broken }
                    ? Attributes.ReasonOfException(broken)
                    : Value.Derived(instance.Taint);
            case Meaning.InnermostException:
                return instance is Value.Exception caught ? Innermost(caught) : Value.Derived(instance.Taint);
            case Meaning.EndProgram:
                state.Kill();
                return Value.Any;
            default:
                return null;
        }

        Value Get(Operand operand) => operand.Ordinal switch
        {
            -2 => Value.Any,
            -1 => instance,
            _ => operand.Ordinal < arguments.Length ? arguments[operand.Ordinal] : Value.Any,
        };
    }

    // a handler and those it was made with
    private static IEnumerable<string> HandlersOf(Value handler) => handler is Value.Composite { Type: { } type } composite
        ? composite.Members.Values.SelectMany(HandlersOf).Prepend(type.Name)
        : [];

    private static IOperation? ArgumentOf(ImmutableArray<IArgumentOperation> arguments, Operand operand)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Ordinal == operand.Ordinal)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private static Value Wrap(Value value, bool isAsync) =>
        isAsync ? new Value.Task(value, ImmutableArray<Fault>.Empty) : value;

    private static Value Checked(Value value, State state)
    {
        AssumeChecked(value.Taint, Aspect.Check, state);
        return value;
    }

    private void AddHeader(Value headers, Value name, State state, GraphSolver? solver)
    {
        if (headers is Value.Headers { Owner: var owner }
            && name is Value.Constant { Content: string header }
            && _context.Contracts.MatchHeader(header) is not null)
        {
            Update(owner, state, solver, v => v switch
            {
                Value.Client client => client with { Header = header },
                Value.Message message => message with { Header = header },
                Value.Unknown => new Value.Client(Value.Any, header),
                _ => v,
            });
        }
    }

    private static Value.Exception Innermost(Value.Exception exception) => exception.Inner is { } inner ? Innermost(inner) : exception;
}
