using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Calls: what known members mean, functions run in line, and calls of which nothing is known.</content>
internal sealed partial class Evaluator
{
    // Members of every object that look at nothing.
    private static readonly HashSet<string> Neutral = new(StringComparer.Ordinal)
    {
        "ToString", "Equals", "GetHashCode", "GetType", "Dispose", "DisposeAsync", "HasFlag", "CompareTo", "GetAwaiter",
        "ConfigureAwait", "Close", "ThrowIfCancellationRequested",
    };

    private Value Invoke(IInvocationOperation invocation, State state, GraphSolver? solver)
    {
        var instance = Evaluate(invocation.Instance, state, solver);
        var arguments = new Value[invocation.TargetMethod.Parameters.Length];
        foreach (var argument in invocation.Arguments)
        {
            var value = argument.Parameter?.RefKind == RefKind.Out
                ? Value.Any
                : Evaluate(argument.Value, state, solver);
            if (argument.Parameter is { } parameter && parameter.Ordinal < arguments.Length)
            {
                arguments[parameter.Ordinal] = value;
            }
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] ??= Value.Any;
        }

        if (state.IsDead)
        {
            return Value.Any;
        }

        _context.CallObserver?.Invoke(invocation, state);
        var operands = arguments.ToImmutableArray();
        var method = invocation.TargetMethod;
        if (_context.Libraries.Find(method) is { } meaning
            && Apply(meaning, invocation, instance, invocation.Arguments, operands, state, solver) is { } known)
        {
            return known;
        }

        if (method.MethodKind == MethodKind.LocalFunction
            && RunInline(method.OriginalDefinition, invocation.Arguments, operands, state, solver) is { } local)
        {
            return local;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke && instance is Value.Function function
            && RunInline(function.Code, invocation.Arguments, operands, state, solver) is { } result)
        {
            return result;
        }

        if (method.Name == "GetEnumerator" && instance is Value.Elements enumerated)
        {
            return new Value.Cursor(enumerated, -1);
        }

        if (method.Name == "MoveNext" && instance is Value.Cursor cursor && invocation.Instance is { } enumerator)
        {
            Update(enumerator, state, solver, _ => cursor with { Position = cursor.Position + 1 });
            return Value.Of(cursor.Position + 1 < cursor.Over.Items.Length);
        }

        if (method.Name == "Contains" && Contains(instance, operands) is { } contains)
        {
            return contains;
        }

        if (method.Name == "Add" && operands.Length == 1 && instance is Value.Elements elements
            && operands[0] is Value.Constant && invocation.Instance is { } list)
        {
            Update(list, state, solver, _ => elements.Items.Length < 64
                ? new Value.Elements(elements.Items.Add(operands[0]))
                : Value.AnyObject);
            return Value.AnyObject;
        }

        if (_context.NeverReturns(method))
        {
            state.Kill();
            return Value.Any;
        }

        return CallUnknown(invocation, method, instance, operands, state, solver);
    }

    private static Value? Contains(Value instance, ImmutableArray<Value> arguments)
    {
        var all = instance is Value.Elements ? arguments.Insert(0, instance) : arguments;
        return all.Length >= 2 && all[0] is Value.Elements set
            ? Operators.Lift(all[1], v =>
            {
                var isUnknown = false;
                foreach (var item in set.Items)
                {
                    switch (Operators.AreEqual(v, item))
                    {
                        case Value.Constant { Content: true }:
                            return Value.True;
                        case Value.Constant:
                            break;
                        default:
                            isUnknown = true;
                            break;
                    }
                }

                return isUnknown ? Value.Derived(v.Taint, isNotNull: true) : Value.False;
            })
            : null;
    }

    /// <summary>A call of which nothing is known.</summary>
    private Value CallUnknown(
        IInvocationOperation invocation,
        IMethodSymbol method,
        Value instance,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver? solver)
    {
        if (Neutral.Contains(method.Name))
        {
            return instance is Value.Body { Form: BodyForm.Parsed } parsed && method.Name == "ToString"
                ? Recast(parsed, BodyForm.Text)
                : Value.Derived(arguments.Aggregate(instance.Taint, (t, a) => t | a.Taint));
        }

        var isSource = method.DeclaringSyntaxReferences.Length > 0;
        instance = Concrete(instance, state);
        if (state.IsDead)
        {
            return Value.Any;
        }

        // a part of a body asked for something: LINQ, enumeration, a helper of the project
        if (instance is Value.Body receiver)
        {
            return CallOnBody(invocation, method, receiver, isSource, state);
        }

        var operands = instance is Value.Composite ? arguments.Insert(0, instance) : arguments;
        if (method.IsExtensionMethod && arguments.Length > 0
            && Concrete(arguments[0], state) is Value.Body { IsData: false } extended && !isSource)
        {
            operands = operands.RemoveAt(0);
            Touch(invocation, extended, UseKind.Opaque, state);
        }

        var taint = PassOn(invocation, operands, isSource, state) | instance.Taint;
        RunCallbacks(operands, state, solver);
        SetOuts(invocation.Arguments, Value.Derived(taint), state, solver);
        ForgetFields(method, state);
        return Value.Derived(taint);
    }

    private Value CallOnBody(
        IInvocationOperation invocation, IMethodSymbol method, Value.Body body, bool isSource, State state)
    {
        if (body.Form == BodyForm.Parsed)
        {
            if (isSource)
            {
                // a method of the answer's own class may well be its check
                state.AssumeChecked(body.Request);
                return Value.Derived(Taint.Outcome(body.Request));
            }

            if (body.IsData)
            {
                return Value.Derived(Taint.Data(body.Request));
            }

            // what comes of a whole document may be its code
            Touch(invocation, body, UseKind.Opaque, state);
            return Value.Derived(Taint.Data(body.Request) | Taint.Outcome(body.Request));
        }

        if (body.Form == BodyForm.Text)
        {
            switch (method.Name)
            {
                case "Trim" or "TrimStart" or "TrimEnd" or "Replace" or "Substring" or "Remove" or "Insert" or "ToLower"
                    or "ToUpper" or "Normalize":
                    return body;
                case "Contains":
                    return ContainsCode(invocation, body) ?? Value.Derived(Taint.Examined(body.Request), true);
                case "StartsWith" or "EndsWith" or "IndexOf" or "Equals" or "CompareTo" or "LastIndexOf":
                    return Value.Derived(Taint.Examined(body.Request), true);
            }
        }
        else if (body.Form == BodyForm.Content)
        {
            return Value.Derived(Taint.Body(body.Request));
        }

        if (method.Name.StartsWith("Read", StringComparison.Ordinal)
            || method.Name is "Split" or "ToArray" or "AsSpan" or "GetEnumerator" or "ToCharArray")
        {
            Touch(invocation, body, UseKind.Opaque, state);
        }

        return Value.Derived(Taint.Body(body.Request));
    }

    // `text.Contains("\"code\":\"200\"")` is a check of the code, made on the text.
    private static Value? ContainsCode(IInvocationOperation invocation, Value.Body body)
    {
        if (body.Request.Contract.BodyCode is not { } code
            || invocation.Arguments.Length == 0
            || invocation.Arguments[0].Value.ConstantValue.Value is not string text)
        {
            return null;
        }

        var compact = new string(text.Where(c => !char.IsWhiteSpace(c) && c != '"').ToArray());
        var prefix = code.Path[code.Path.Length - 1] + ":";
        if (!compact.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var value = new Value.Constant(compact.Substring(prefix.Length).TrimEnd(',', '}'));
        return Operators.AreEqual(Operators.FromJson(Attributes.Code(body.Request), null), value);
    }

    /// <summary>Passes operands to code that is not seen.</summary>
    /// <returns>What the result may derive from.</returns>
    private Taint PassOn(IOperation call, ImmutableArray<Value> operands, bool isSource, State state)
    {
        var taint = operands.Aggregate(Taint.None, (t, v) => t | v.Taint);
        AssumeChecked(taint, Aspect.Outcome, state);
        foreach (var operand in operands)
        {
            if (Concrete(operand, state) is not { } value || state.IsDead)
            {
                continue;
            }

            if (value is Value.Body { IsData: false } body)
            {
                taint |= Taint.Examined(body.Request);
                if (isSource && body.Form != BodyForm.Parsed)
                {
                    // a parser or check of the project: it may find the error in the text
                    state.AssumeChecked(body.Request);
                }
                else
                {
                    HandOn(call, body, state);
                    if (isSource && CarriesOutcome(body))
                    {
                        state.AssumeChecked(body.Request);
                    }
                }
            }
            else if (value is Value.Composite)
            {
                HandOn(call, value, state);
            }
        }

        return taint;
    }

    private void SetOuts(
        ImmutableArray<IArgumentOperation> arguments, Value value, State state, GraphSolver? solver)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref)
            {
                Assign(argument.Value, value, state, solver);
            }
        }
    }

    // Code of the same type may assign its fields.
    private static void ForgetFields(IMethodSymbol method, State state)
    {
        if (method.DeclaringSyntaxReferences.Length > 0 && !method.IsStatic)
        {
            state.Forget(place => place is IFieldSymbol { IsReadOnly: false } or IPropertySymbol { IsReadOnly: false });
        }
    }

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
            case Meaning.ReadResponse read:
                return ReadResponse(operation, read.Part, Concrete(instance, state), state);
            case Meaning.ReadBody read:
                return Concrete(Get(read.Source), state) is Value.Body { Form: BodyForm.Content } content
                    ? ReadBody(operation, content, read, argumentOperations, state, solver)
                    : null;
            case Meaning.Recast recast:
                return Concrete(Get(recast.Source), state) is Value.Body { Form: not BodyForm.Parsed } source
                    ? Wrap(Recast(source, recast.Form), recast.IsAsync)
                    : null;
            case Meaning.CopyBody copy:
                if (Concrete(Get(copy.Source), state) is Value.Body copied)
                {
                    var readAt = copied.ReadAt ?? operation;
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
            case Meaning.CompletedTask completed:
                return new Value.Task(Get(completed.Source), ImmutableArray<Fault>.Empty);
            case Meaning.Log:
                RunCallbacks(arguments, state, solver);
                return Value.Any;
            case Meaning.Harmless:
                return Value.Derived(instance.Taint);
            case Meaning.RunDelegate run:
                if (Get(run.Delegate) is Value.Function function
                    && RunInline(
                        function.Code,
                        ImmutableArray<IArgumentOperation>.Empty,
                        ImmutableArray<Value>.Empty,
                        state,
                        solver) is { } ran)
                {
                    return ran is Value.Task ? ran : new Value.Task(ran, ImmutableArray<Fault>.Empty);
                }

                return null;
            case Meaning.Pure pure:
                return Compute(pure, operation, instance, argumentOperations, arguments, state, solver);
            case Meaning.MakeText make:
                return MakeText(make, arguments);
            case Meaning.EditText edit:
                return EditText(edit, arguments.Insert(0, instance));
            case Meaning.AppendText append:
                var appended = append.IsPlain && arguments.Length > 0
                    ? JoinText(instance, arguments[0])
                    : JoinText(instance, Value.Derived(arguments.Aggregate(Taint.None, (t, a) => t | a.Taint)));
                if (BuilderOf(operation) is { } builder)
                {
                    Update(builder, state, solver, _ => appended);
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
                return new Value.Client(Value.Any, null)
                {
                    IsFromFactory = make.IsFactory,
                    Name = make.Name.Exists ? (Get(make.Name) as Value.Constant)?.Content as string : string.Empty,
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

    /// <summary>Waits for a task: its exceptions surface here.</summary>
    private Value Await(IOperation operation, Value value, State state, GraphSolver? solver, bool wraps)
    {
        value = Concrete(value, state);
        if (value is not Value.Task task)
        {
            return value is Value.PerOutcome or Value.Response or Value.Body ? value : Value.Derived(value.Taint);
        }

        foreach (var fault in task.Faults)
        {
            Throw(wraps
                ? fault with
                {
                    Exception = new Value.Exception(
                        _context.Aggregate, IsExact: true, fault.Exception.Request, CarriesStatus: false, fault.Exception),
                }
                : fault, state, solver);
        }

        return task.Result;
    }

    /// <summary>Lets the outcomes of a fault leave by its exception; the state goes on with the others.</summary>
    private static void Throw(Fault fault, State state, GraphSolver? solver)
    {
        if (state.IsDead)
        {
            return;
        }

        if (fault.Exception.Request is not { } request)
        {
            if (solver is { CatchesHere: true })
            {
                solver.Raise(state.Clone(), fault.Exception);
            }

            return;
        }

        var outcomes = state.OutcomesOf(request);
        var thrown = outcomes & fault.Outcomes;
        if (thrown.IsEmpty)
        {
            return;
        }

        if (solver is not null && (solver.CatchesHere || solver.Caller is not null))
        {
            var raised = state.Clone();
            raised.Restrict(request, thrown);
            solver.Raise(raised, fault.Exception);
        }

        state.Restrict(request, outcomes - thrown);
    }

    /// <summary>Runs a lambda or local function at the place of its call.</summary>
    /// <returns>What it returns; null if it cannot be run.</returns>
    private Value? RunInline(
        object code,
        ImmutableArray<IArgumentOperation> argumentOperations,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver? solver)
    {
        if (solver is null || solver.Depth >= MaxInlineDepth || GraphOf(code, solver) is not var (graph, symbol))
        {
            return null;
        }

        _invoked.Add(symbol);
        var entry = state.Clone();
        entry.Continuation = null;
        entry.Returned = null;
        Bind(symbol, arguments, entry);
        var exits = new GraphSolver(this, graph, solver, returnsToKnownCaller: true).Run(entry);
        if (exits is null)
        {
            GiveUp();
            return null;
        }

        var faults = ImmutableArray.CreateBuilder<Fault>();
        foreach (var (raised, exception) in exits.Exceptional)
        {
            // what an async function throws comes out of its task
            if (symbol.IsAsync && FaultOf(exception, raised, exits.Normal) is { } fault)
            {
                faults.Add(fault);
                continue;
            }

            raised.Continuation = state.Continuation;
            raised.Returned = state.Returned;
            solver.Raise(raised, exception);
        }

        if (exits.Normal.Count == 0)
        {
            state.Kill();
            return Value.Any;
        }

        var joined = exits.Normal.Aggregate(State.Join);
        foreach (var fault in faults)
        {
            if (fault.Exception.Request is { } request)
            {
                joined.Widen(request, fault.Outcomes);
            }
        }

        var returned = joined.Returned ?? Value.Any;
        joined.Returned = state.Returned;
        joined.Continuation = state.Continuation;
        var assigned = symbol.Parameters.Select(p => joined[p] ?? Value.Any).ToList();
        foreach (var parameter in symbol.Parameters)
        {
            joined[parameter] = null;
        }

        state.Become(joined);
        foreach (var argument in argumentOperations)
        {
            if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref, Ordinal: var ordinal } && ordinal < assigned.Count)
            {
                Assign(argument.Value, assigned[ordinal], state, solver);
            }
        }

        return symbol.IsAsync && returned is not Value.Task
            ? new Value.Task(returned, faults.ToImmutable())
            : returned;
    }

    /// <summary>
    /// The fault of a task, where the outcomes of the exception's request tell it from all normal ends; null where they
    /// do not.
    /// </summary>
    private static Fault? FaultOf(Value.Exception exception, State raised, List<State> normal)
    {
        if (normal.Count == 0)
        {
            return null;
        }

        if (exception.Request is not { } request)
        {
            return new Fault(exception, OutcomeSet.Empty);
        }

        var outcomes = raised.OutcomesOf(request);
        return normal.All(n => n.Find(request) is { } known && !known.Outcomes.Intersects(outcomes))
            ? new Fault(exception, outcomes)
            : null;
    }

    /// <summary>
    /// Runs the lambdas among operands as callbacks that nobody knows when are called: their uses count, and what they
    /// assign becomes unknown.
    /// </summary>
    private void RunCallbacks(ImmutableArray<Value> operands, State state, GraphSolver? solver)
    {
        foreach (var operand in operands)
        {
            if (operand is Value.Function function)
            {
                RunCallback(function.Code, state, solver);
            }
        }
    }

    private void RunCallback(object code, State state, GraphSolver? solver)
    {
        if (solver is null || solver.Depth >= MaxInlineDepth || GraphOf(code, solver) is not var (graph, symbol)
            || IsRunning(symbol, solver))
        {
            return;
        }

        _invoked.Add(symbol);
        var entry = state.Clone();
        entry.Continuation = null;
        entry.Returned = null;
        entry.ForgetHandedOn();
        Bind(symbol, ImmutableArray<Value>.Empty, entry);
        var exits = new GraphSolver(this, graph, solver, returnsToKnownCaller: false).Run(entry);
        if (exits is null)
        {
            GiveUp();
            return;
        }

        exits.Normal.ForEach(SettleHandedOn);
        foreach (var exit in exits.Normal)
        {
            foreach (var place in exit.Differences(entry))
            {
                if (place is ISymbol && state[place] is { } before)
                {
                    state[place] = Operators.Join(before, exit[place] ?? Value.Any);
                }
            }
        }
    }

    /// <summary>
    /// Runs the lambdas that nothing invoked, as handlers of events do, from where they were made, and the local
    /// functions from an empty state.
    /// </summary>
    public void RunUninvoked(GraphSolver solver)
    {
        // running one can make another
        for (var i = 0; i < _waiting.Count; i++)
        {
            var (lambda, state, owner) = _waiting[i];
            if (!_invoked.Contains(lambda.Symbol))
            {
                RunCallback(lambda, state, owner);
            }
        }

        foreach (var function in solver.Graph.LocalFunctions)
        {
            if (!_invoked.Contains(function))
            {
                RunCallback(function, new State(), solver);
            }
        }
    }

    private static bool IsRunning(IMethodSymbol symbol, GraphSolver solver)
    {
        for (var current = solver; current is not null; current = current.Caller)
        {
            if (current.Depth >= MaxInlineDepth)
            {
                return true;
            }
        }

        return false;
    }

    private static void Bind(IMethodSymbol function, ImmutableArray<Value> arguments, State entry)
    {
        foreach (var parameter in function.Parameters)
        {
            entry[parameter] = parameter.Ordinal < arguments.Length ? arguments[parameter.Ordinal] : null;
        }
    }

    private (ControlFlowGraph Graph, IMethodSymbol Symbol)? GraphOf(object code, GraphSolver solver)
    {
        if (code is IFlowAnonymousFunctionOperation lambda)
        {
            return _lambdas.TryGetValue(lambda, out var graph) ? (graph, lambda.Symbol) : null;
        }

        var function = (IMethodSymbol)code;
        for (var current = solver; current is not null; current = current.Caller)
        {
            foreach (var candidate in current.Graph.LocalFunctions)
            {
                if (SymbolEqualityComparer.Default.Equals(candidate, function))
                {
                    return (current.Graph.GetLocalFunctionControlFlowGraph(candidate), candidate);
                }
            }
        }

        return null;
    }
}
