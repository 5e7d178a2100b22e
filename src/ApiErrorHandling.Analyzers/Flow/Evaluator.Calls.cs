using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
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

    // Members of collections that change what they hold.
    private static readonly HashSet<string> Mutators = new(StringComparer.Ordinal)
    {
        "Add", "AddRange", "AddFirst", "AddLast", "TryAdd", "Insert", "InsertRange", "Push", "Enqueue", "UnionWith",
        "Remove", "RemoveAt", "RemoveAll", "RemoveRange", "Clear", "Pop", "Dequeue", "ExceptWith", "IntersectWith",
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

        // what is called may run functions of this method
        _inLine.Add(invocation.Syntax);
        var known = _context.Libraries.Find(method) is { } meaning
            ? Apply(meaning, invocation, instance, invocation.Arguments, operands, state, solver)
            : null;
        var seen = known ?? InvokeSeen(invocation, instance, operands, state, solver);
        _inLine.RemoveAt(_inLine.Count - 1);
        var result = seen ?? (state.IsDead ? Value.Any : InvokeUnseen(invocation, instance, operands, state, solver));
        return result is Value.Unknown { Taint.IsNone: true } && state.Requests.Count > 0 && JudgesStatus(method)
            ? Value.Derived(Taint.Outcome(state.Requests[state.Requests.Count - 1].Key))
            : result;
    }

    // `ShouldRetry(0, attempt)` where there is no status: what it says of a failure cannot be read, but it is about one.
    private static bool JudgesStatus(IMethodSymbol method)
    {
        if (method.ReturnType.SpecialType == SpecialType.System_Boolean)
        {
            foreach (var parameter in method.Parameters)
            {
                if (parameter.Name.IndexOf("status", StringComparison.OrdinalIgnoreCase) >= 0 && parameter.RefKind == RefKind.None)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Calls what is seen: functions of this method, methods of the compilation.</summary>
    /// <returns>Null, and nothing done, if it is not seen.</returns>
    private Value? InvokeSeen(
        IInvocationOperation invocation, Value instance, ImmutableArray<Value> operands, State state, GraphSolver? solver)
    {
        var method = invocation.TargetMethod;
        if (method.MethodKind == MethodKind.LocalFunction
            && RunInline(method.OriginalDefinition, invocation.Arguments, operands, state, solver) is { } local)
        {
            return local;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke && instance is Value.Function function
            && RunFunction(invocation, function, invocation.Arguments, operands, state, solver) is { } result)
        {
            return result;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke
            && PlaceOfFunction(invocation.Instance, solver) is { } place && LoggingLibrary.IsOwnLogger(method, place.Name))
        {
            return Value.Any;
        }

        if (LoggingLibrary.IsOwnLogger(method)
            && !(method.IsExtensionMethod && operands[0] is not Value.Exception && TellsOutcome(operands[0])))
        {
            RunCallbacks(operands, state, solver);
            return Value.Any;
        }

        return CallMethod(
            invocation,
            method,
            invocation.Instance,
            instance,
            invocation.Arguments,
            operands,
            invocation.IsVirtual,
            state,
            solver);
    }

    // Of a function that is given it is not known what it is for.
    private static bool IsEvent(IOperation? function, GraphSolver? solver) =>
        (function is IFlowCaptureReferenceOperation capture ? solver?.Captured(capture.Id) : function) is IEventReferenceOperation;

    // `log(text)`, or `log?.Invoke(text)`.
    private static ISymbol? PlaceOfFunction(IOperation? function, GraphSolver? solver) => RequestParts.Place(
        function is IFlowCaptureReferenceOperation capture ? solver?.Captured(capture.Id) : function);

    private Value InvokeUnseen(
        IInvocationOperation invocation, Value instance, ImmutableArray<Value> operands, State state, GraphSolver? solver)
    {
        var method = invocation.TargetMethod;
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
            Tell(list, state);
            return Value.AnyObject;
        }

        if (_context.NeverReturns(method))
        {
            return NeverReturn([method], state, solver);
        }

        return AddressBy(method, operands)
            ?? CallUnknown(invocation, method, instance, operands, state, solver);
    }

    // A handler around may catch what is thrown instead.
    private Value NeverReturn(IEnumerable<IMethodSymbol> methods, State state, GraphSolver? solver)
    {
        foreach (var thrown in methods.SelectMany(m => _context.ThrownBy(m)))
        {
            solver?.Raise(state.Clone(), thrown);
        }

        state.Kill();
        return Value.Any;
    }

    /// <summary>The address that a method of the project builds in one expression.</summary>
    private Value? AddressBy(IMethodSymbol method, ImmutableArray<Value> arguments)
    {
        if (!_context.HasKnownAddresses
            || _memberDepth >= MemberFacts.MaxDepth
            || method.IsAsync
            || !(method.ReturnType.SpecialType == SpecialType.System_String || method.ReturnType.Name == "Uri")
            || arguments.Any(a => !a.Taint.IsNone)
            || HotMembers.Definition(method) is not { IsVirtual: false, DeclaringSyntaxReferences.Length: 1 } definition
            || BodyFacts.ReturnedBy(definition) is not { } returned
            || !_context.Compilation.ContainsSyntaxTree(returned.SyntaxTree)
            || _context.Compilation.GetSemanticModel(returned.SyntaxTree).GetOperation(returned) is not { } operation)
        {
            return null;
        }

        var entry = new State();
        Bind(definition, arguments, entry);
        var address = EvaluateDetached(_context, operation, _memberDepth + 1, entry);
        return address is Value.Constant or Value.PartialText ? address : null;
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

        if (method.MethodKind == MethodKind.DelegateInvoke
            && PlaceOfFunction(invocation.Instance, solver) is { } place && _context.Effects.IsWait(place, method))
        {
            NoteWait(invocation, state);
            state.Wait();
        }

        NoteUnseen(invocation, method, state);
        var isSource = method.DeclaringSyntaxReferences.Length > 0;
        instance = Concrete(instance, state);
        if (state.IsDead)
        {
            return Value.Any;
        }

        if (IsTelling(invocation.Syntax, method.Name, method.ReturnsVoid)
            && (method.MethodKind != MethodKind.DelegateInvoke || IsEvent(invocation.Instance, solver)))
        {
            arguments = Worded(invocation.Arguments, arguments);
        }

        if (instance is Value.ResponseDetail && arguments.Length > 0 && arguments[0] is Value.Constant { Content: string header }
            && HttpClientLibrary.IsIdentifying(header))
        {
            SetOuts(invocation.Arguments, Value.Any, state, solver);
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
        if (Mutators.Contains(method.Name))
        {
            ForgetItems(invocation.Instance, taint, state);
        }

        ForgetItems(invocation.Arguments, taint, state);
        Tell(invocation.Instance, state);
        return Value.Derived(taint);
    }

    // A method that is given a list may put something into it.
    private void ForgetItems(ImmutableArray<IArgumentOperation> arguments, Taint taint, State state)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type is INamedTypeSymbol type && _context.IsCollection(type))
            {
                ForgetItems(argument.Value, taint, state);
            }
        }
    }

    // What a list made in view holds is no longer known.
    private static void ForgetItems(IOperation? list, Taint taint, State state)
    {
        if (list is not null && RootOf(list) is { } place && state[place] is Value.Elements)
        {
            state[place] = Value.Derived(taint, isNotNull: true);
        }
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
        Look(Value.Derived(taint));
        AssumeChecked(taint, Aspect.Outcome | Aspect.Told, state);
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
}
