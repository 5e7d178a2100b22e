using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Bodies: parsing, members, and what counts as a use.</content>
internal sealed partial class Evaluator
{
    private Value Parse(
        IOperation operation, Value.Body source, ParseTarget target, bool isAsync, State state, GraphSolver? solver)
    {
        if (source.Form == BodyForm.Parsed && source.Path.Length > 0)
        {
            // a part parsed into a type of its own
            return Wrap(source with { Target = target }, isAsync);
        }

        NoteAnswer(source.Request, target);
        var faults = ParseFaults(source.Request, target);
        var parsed = source with { Form = BodyForm.Parsed, Target = target, Root = target, ParsedAt = Here(operation) };
        if (isAsync)
        {
            return new Value.Task(parsed, faults);
        }

        foreach (var fault in faults)
        {
            Throw(fault, state, solver);
        }

        return parsed;
    }

    private ImmutableArray<Fault> ParseFaults(RequestSite request, ParseTarget target)
    {
        var outcomes = OutcomeSet.Empty;
        foreach (var outcome in request.Contract.Outcomes)
        {
            if (outcome.Kind == OutcomeKind.UnreadableBody
                || (!outcome.HasBody && outcome.Kind == OutcomeKind.Answer && target.ThrowsOnEmpty))
            {
                outcomes = outcomes.With(outcome.Index);
            }
        }

        var type = target.Flavour is JsonFlavour.Token
            || target.Binding == NameBinding.IgnoreCase ? _context.NewtonsoftFailure : _context.JsonFailure;
        return ImmutableArray.Create(new Fault(
            new Value.Exception(type, IsExact: true, request, CarriesStatus: false, null), outcomes));
    }

    /// <summary>The target of a parse, with what an options argument or a Type argument says of it.</summary>
    private ParseTarget Target(ParseTarget target, ImmutableArray<IArgumentOperation> arguments)
    {
        if (target.Type is ITypeParameterSymbol { Ordinal: var ordinal, TypeParameterKind: TypeParameterKind.Method }
            && ordinal < _types.Length && _types[ordinal] is { } actual)
        {
            target = JsonTargets.Of(actual, target.Binding, target.ThrowsOnEmpty);
        }

        foreach (var argument in arguments)
        {
            var value = argument.Value is IConversionOperation conversion ? conversion.Operand : argument.Value;
            if (target.Flavour is JsonFlavour.Opaque or JsonFlavour.Dynamic && value is ITypeOfOperation typeOf)
            {
                target = JsonTargets.Of(typeOf.TypeOperand, target.Binding, target.ThrowsOnEmpty);
            }

            if (argument.Parameter?.Name is "options" or "settings"
                && (argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.ConstantValue is { HasValue: true, Value: null }))
            {
                var binding = argument.Parameter.Name == "settings"
                    ? NameBinding.IgnoreCase
                    : argument.Parameter.ContainingType.Name.StartsWith("Http", StringComparison.Ordinal)
                        ? NameBinding.Web
                        : NameBinding.Exact;
                target = target with { Binding = binding };
            }
        }

        return target;
    }

    private Value LookUp(
        IOperation operation,
        Value.Body document,
        Meaning.JsonMember member,
        Value name,
        ImmutableArray<IArgumentOperation> arguments,
        State state,
        GraphSolver? solver)
    {
        var text = name switch
        {
            Value.Constant { Content: string s } => s,
            _ => "[]",
        };
        var names = member.IsPath
            ? text.TrimStart('$', '.').Split(['.'], StringSplitOptions.RemoveEmptyEntries)
            : [text];
        Value value = document;
        for (var i = 0; i < names.Length; i++)
        {
            if (Concrete(value, state) is not Value.Body { Form: BodyForm.Parsed } part)
            {
                value = Value.Derived(value.Taint);
                break;
            }

            // where only its presence is asked for, a member is not yet used
            value = ReadMember(operation, part, names[i], null, state, solver, member.Missing == OnMissing.Null);
        }

        if (member.Missing == OnMissing.Try)
        {
            if (ArgumentOf(arguments, member.Out) is { } output)
            {
                Assign(output, value, state, solver);
            }

            return Operators.Unary(UnaryOperatorKind.Not, Operators.IsNull(value));
        }

        if (member.Missing == OnMissing.Throw && value is Value.PerOutcome varying)
        {
            var missing = OutcomeSet.Empty;
            foreach (var outcome in varying.Request.Contract.Outcomes)
            {
                if (varying.ByOutcome[outcome.Index].IsNull == true)
                {
                    missing = missing.With(outcome.Index);
                }
            }

            Throw(
                new Fault(
                    new Value.Exception(_context.MissingMember, IsExact: true, varying.Request, false, null), missing),
                state,
                solver);
        }

        return member.Target is { } target ? Operators.FromJson(value, target) : value;
    }

    private Value LookUpUnknown(
        Meaning.JsonMember member,
        Value source,
        ImmutableArray<IArgumentOperation> arguments,
        State state,
        GraphSolver? solver)
    {
        var value = Value.Derived(source.Taint);
        if (member.Missing == OnMissing.Try && ArgumentOf(arguments, member.Out) is { } output)
        {
            Assign(output, value, state, solver);
        }

        return value;
    }

    private Value ReadTypedMember(
        IOperation at, Value.Body body, ISymbol member, ITypeSymbol? type, State state, GraphSolver? solver)
    {
        if (member.Name is "Value" or "HasValue"
            && member.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return member.Name == "Value" ? body : Operators.Unary(UnaryOperatorKind.Not, Operators.IsNull(body));
        }

        if (member is IPropertySymbol { SetMethod: null, DeclaringSyntaxReferences.Length: > 0 } computed
            && (IsComputed(computed)
                || (computed.IsAbstract
                    && !IsPlainMember(computed, body)
                    && !NextNames(body.Request.Contract, body.Path).Any(n => JsonNames.Binds(computed, n, NameBinding.Unknown)))))
        {
            // what a class of the project computes from its answer may well be its check
            return Value.Derived(Taint.Outcome(body.Request));
        }

        if (JsonTargets.FlavourOf(member.ContainingType) != JsonFlavour.Typed
            || member.DeclaringSyntaxReferences.IsEmpty && body.Target?.Flavour != JsonFlavour.Typed)
        {
            return ReadMember(at, body, "[]", type, state, solver);
        }

        var written = JsonNames.Written(member);
        if (written is null)
        {
            // the name in the contract that it would be bound to, else its own
            var next = NextNames(body.Request.Contract, body.Path);
            written = next.FirstOrDefault(n => JsonNames.Binds(member, n, NameBinding.Unknown)) ?? member.Name;
        }

        return ReadMember(at, body, written, type, state, solver, canBeMissing: true);
    }

    // Whether an abstract property, on an answer of known type, is one that the answer is bound to.
    private static bool IsPlainMember(IPropertySymbol property, Value.Body body) =>
        property.GetMethod is { } getter
        && Implementation(getter, body) is { AssociatedSymbol: IPropertySymbol { DeclaringSyntaxReferences.IsEmpty: false } implementing }
        && !IsComputed(implementing);

    private static bool IsComputed(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences[0].GetSyntax() is PropertyDeclarationSyntax syntax
        && (syntax.ExpressionBody is not null
            || syntax.AccessorList?.Accessors.Any(a => a.Body is not null || a.ExpressionBody is not null) == true);

    private static IEnumerable<string> NextNames(ErrorContract contract, string path)
    {
        var depth = path.Length == 0 ? 0 : path.Split('.').Length;
        foreach (var known in KnownPaths(contract))
        {
            if (known.Length > depth && string.Join(".", known.Take(depth)) == path)
            {
                yield return known[depth];
            }
        }
    }

    private static IEnumerable<ImmutableArray<string>> KnownPaths(ErrorContract contract)
    {
        if (contract.BodyCode is { } code)
        {
            yield return code.Path;
        }

        var body = contract.ErrorBody;
        foreach (var path in body.Status.Concat(body.Code).Concat(body.Title).Concat(body.Type).Concat(body.Wording))
        {
            yield return path;
        }
    }

    /// <summary>Reads a member of parsed JSON: an attribute of the outcome, or data.</summary>
    /// <param name="at">The operation that reads.</param>
    /// <param name="body">The document or part.</param>
    /// <param name="name">The JSON name; "[]" for an element or what cannot be told.</param>
    /// <param name="type">The type of the member, where it is a typed one.</param>
    /// <param name="state">The state.</param>
    /// <param name="solver">The solver.</param>
    /// <param name="canBeMissing">Whether reading an absent member is harmless.</param>
    private Value ReadMember(
        IOperation at,
        Value.Body body,
        string name,
        ITypeSymbol? type,
        State state,
        GraphSolver? solver,
        bool canBeMissing = false)
    {
        var request = body.Request;
        var contract = request.Contract;
        var path = body.Path.Length == 0 ? name : body.Path + "." + name;
        var part = body with { Path = path, Target = PartTarget(body.Target, type) };
        if (body.IsData)
        {
            // data that is not there where it is looked into
            if (solver is { CatchesHere: true })
            {
                solver.Raise(state.Clone(), new Value.Exception(_context.NullReference, IsExact: false, request, false, null));
            }

            return part;
        }

        var isTyped = type is not null && body.Target?.Flavour == JsonFlavour.Typed;
        if (contract.BodyCode is { } code && Is(path, code.Path))
        {
            var value = Attributes.Code(request);
            return isTyped ? Operators.FromJson(value, type) : value;
        }

        var error = contract.ErrorBody;
        if (error.Status.Any(p => Is(path, p)))
        {
            return Attributes.StatusInBody(request);
        }

        if (error.Code.Any(p => Is(path, p)))
        {
            return isTyped ? Operators.FromJson(Attributes.ErrorCode(request), type) : Attributes.ErrorCode(request);
        }

        if (error.Title.Any(p => Is(path, p)))
        {
            return Attributes.Title(request);
        }

        if (error.Type.Any(p => Is(path, p)))
        {
            return Attributes.ErrorType(request);
        }

        if (error.Wording.Any(p => Is(path, p)))
        {
            return Value.Derived(Taint.Outcome(request));
        }

        if (KnownPaths(contract).Any(p => IsPrefix(path, p)))
        {
            return Attributes.Of(request, o => contract.StatusFailures.Contains(o.Index) ? part : Value.Null);
        }

        if (body.Path.Length == 0
            && (contract.SoftErrorMembers.Contains(name, StringComparer.OrdinalIgnoreCase)
                || error.Telltales.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            WithTelltale.Add(request);
            return Value.Derived(Taint.Outcome(request));
        }

        part = part with { IsData = true, KeptAt = canBeMissing && IsKept(at) ? Here(at) : null };
        if (part.KeptAt is null)
        {
            Touch(at, part, IsNullTest(at) ? UseKind.NullTest : UseKind.Member, state);
        }

        return Attributes.DataPart(request, part);
    }

    /// <summary>Whether what an operation gives is only put somewhere: a local, a tuple, a member of a new object.</summary>
    private bool IsKept(IOperation at)
    {
        var value = at;
        while (value.Parent is IConversionOperation conversion)
        {
            value = conversion;
        }

        switch (value.Parent)
        {
            case ISimpleAssignmentOperation simple:
                return ReferenceEquals(simple.Value, value);
            case ITupleOperation:
                return true;
            case IArgumentOperation { Parent: IObjectCreationOperation { Type: { } type } creation }:
                return creation.Constructor?.DeclaringSyntaxReferences.IsEmpty == false || type.IsRecord;
            case IFlowCaptureOperation:
                // `var now = weather?.Now;`, `var temp = weather?.Now?.Temp;`
                SyntaxNode node = at.Syntax;
                while (node.Parent is ConditionalAccessExpressionSyntax access)
                {
                    node = access;
                }

                // operands of tuples, objects and anonymous objects come through captures, too
                return node.Parent is AnonymousObjectMemberDeclaratorSyntax
                    or ArgumentSyntax { Parent: TupleExpressionSyntax }
                    || (node.Parent is ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creating }
                        && _context.Compilation.GetSemanticModel(creating.SyntaxTree).GetSymbolInfo(creating).Symbol is { DeclaringSyntaxReferences.IsEmpty: false })
                    || (node != at.Syntax && node.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax })
                    || (node != at.Syntax
                        && node.Parent is AssignmentExpressionSyntax { OperatorToken.ValueText: "=" } assignment
                        && assignment.Right == node);
            default:
                return false;
        }
    }

    /// <summary>Data that was kept is used where it is taken out of what keeps it, unless to be kept again.</summary>
    private Value Recall(IOperation at, Value value, State state)
    {
        if (Kept(value) is { } data && !IsKept(at) && !(IsNullTest(at) && IsTestedWithCode(at, data.Request, state)))
        {
            Touch(data.KeptAt!, data, IsNullTest(at) ? UseKind.NullTest : UseKind.Member, state);
        }

        return value;
    }

    private static Value.Body? Kept(Value value) => value switch
    {
        Value.Body { KeptAt: not null } body => body,
        Value.PerOutcome varying => varying.ByOutcome.OfType<Value.Body>().FirstOrDefault(b => b.KeptAt is not null),
        _ => null,
    };

    private static ParseTarget? PartTarget(ParseTarget? target, ITypeSymbol? type) =>
        target is not null && type is not null && target.Flavour == JsonFlavour.Typed
            ? JsonTargets.Of(type, target.Binding, target.ThrowsOnEmpty)
            : target;

    private static bool Is(string path, ImmutableArray<string> names) =>
        string.Equals(path, string.Join(".", names), StringComparison.OrdinalIgnoreCase);

    private static bool IsPrefix(string path, ImmutableArray<string> names) =>
        string.Join(".", names).StartsWith(path + ".", StringComparison.OrdinalIgnoreCase);

    private static bool IsNullTest(IOperation at)
    {
        for (var node = at.Syntax.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case ParenthesizedExpressionSyntax or MemberBindingExpressionSyntax:
                    continue;
                case ConditionalAccessExpressionSyntax access when access.WhenNotNull.Span.Contains(at.Syntax.Span):
                    continue;
                case BinaryExpressionSyntax binary:
                    return IsNullLiteral(binary.Left) || IsNullLiteral(binary.Right);
                case IsPatternExpressionSyntax
                {
                    Pattern: ConstantPatternSyntax { Expression: LiteralExpressionSyntax literal },
                }:
                    return IsNullLiteral(literal);
                case IsPatternExpressionSyntax
                {
                    Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression: LiteralExpressionSyntax literal } },
                }:
                    return IsNullLiteral(literal);
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: var called } }:
                    return called.ToString().EndsWith("IsNullOrEmpty", StringComparison.Ordinal)
                        || called.ToString().EndsWith("IsNullOrWhiteSpace", StringComparison.Ordinal);
                default:
                    return false;
            }
        }

        return false;

        static bool IsNullLiteral(ExpressionSyntax expression) =>
            expression is LiteralExpressionSyntax { Token.ValueText: "null" };
    }

    private Value ReadDynamicMember(IDynamicMemberReferenceOperation member, State state, GraphSolver? solver)
    {
        var instance = Concrete(Evaluate(member.Instance, state, solver), state);
        return instance is Value.Body { Form: BodyForm.Parsed } body
            ? ReadMember(member, body, member.MemberName, null, state, solver)
            : Value.Derived(instance.Taint);
    }

    private Value ReadDynamicIndexer(IDynamicIndexerAccessOperation indexer, State state, GraphSolver? solver)
    {
        var instance = Concrete(Evaluate(indexer.Operation, state, solver), state);
        var name = indexer.Arguments.Length == 1 ? IndexName(Evaluate(indexer.Arguments[0], state, solver)) : "[]";
        return instance is Value.Body { Form: BodyForm.Parsed } body
            ? ReadMember(indexer, body, name, null, state, solver)
            : Value.Derived(instance.Taint);
    }

    private Value InvokeDynamic(IDynamicInvocationOperation invocation, State state, GraphSolver? solver)
    {
        var arguments = invocation.Arguments.Select(a => Evaluate(a, state, solver)).ToImmutableArray();
        if (invocation.Operation is IDynamicMemberReferenceOperation { MemberName: "ToString" or "Value", Instance: { } of })
        {
            var value = Concrete(Evaluate(of, state, solver), state);
            return ConvertJson(invocation, value, null, state, solver);
        }

        if (invocation.Operation is IDynamicMemberReferenceOperation { Instance: { } receiver })
        {
            arguments = arguments.Insert(0, Evaluate(receiver, state, solver));
        }
        else if (invocation.Operation is IDynamicMemberReferenceOperation { ContainingType: { } type, MemberName: var name }
            && type.GetMembers(name).OfType<IMethodSymbol>().ToList() is { Count: > 0 } overloads
            && overloads.All(_context.NeverReturns))
        {
            return NeverReturn(overloads, state, solver);
        }

        return Value.Derived(PassOn(invocation, arguments, isSource: false, state));
    }

    private Value ConvertJson(IOperation at, Value source, ITypeSymbol? target, State state, GraphSolver? solver)
    {
        if (source is Value.Body { Form: BodyForm.Parsed, IsData: false, Path.Length: 0 } root)
        {
            return target is null || target.SpecialType == SpecialType.System_String
                ? Recast(root, BodyForm.Text)
                : Reparse(root, JsonTargets.Of(target, NameBinding.IgnoreCase, throwsOnEmpty: false));
        }

        return source switch
        {
            Value.Body part => target is null ? part : part with
            {
                Target = JsonTargets.Of(target, NameBinding.IgnoreCase, throwsOnEmpty: false),
            },
            _ => Operators.FromJson(source, target),
        };
    }

    private static Value.Body Reparse(Value.Body root, ParseTarget target) => root with { Target = target, Root = target };

    private static Value.Body Recast(Value.Body body, BodyForm form) => body with { Form = form };

    /// <summary>
    /// The one thing a value can be where it is used as an object: where some outcomes make it null, these cannot get
    /// further.
    /// </summary>
    private static Value Concrete(Value value, State state)
    {
        if (value is not Value.PerOutcome varying)
        {
            return value;
        }

        var live = state.OutcomesOf(varying.Request);
        Value? single = null;
        foreach (var index in live.Indices())
        {
            var candidate = varying.ByOutcome[index];
            if (candidate.IsNull == true || candidate.Equals(single))
            {
                continue;
            }

            if (single is not null || candidate is Value.Constant)
            {
                return value;
            }

            single = candidate;
        }

        return single is Value.Body or Value.Response or Value.Task or Value.Composite or Value.Client ? single : value;
    }

    /// <summary>Notes a use of data with the outcomes that reach it.</summary>
    private void Touch(IOperation at, Value.Body body, UseKind kind, State state)
    {
        LookedAt.Add(body.Request);
        if (state.Find(body.Request) is not { } known)
        {
            return;
        }

        _context.UseObserver?.Invoke(at, body.Request, known);
        if (!known.IsAssumedChecked
            && !(kind == UseKind.NullTest && IsTestedWithCode(at, body.Request, state)))
        {
            UseAt(at, body, kind).Reach(known.Outcomes);
        }
    }

    // `data == null || code != "200"`: the two are one test, in whatever order.
    private static bool IsTestedWithCode(IOperation at, RequestSite request, State state)
    {
        if (request.Contract.BodyCode is not { } code)
        {
            return false;
        }

        SyntaxNode? chain = null;
        for (var node = at.Syntax.Parent; node is ExpressionSyntax; node = node.Parent)
        {
            if (node is BinaryExpressionSyntax { OperatorToken.ValueText: "||" or "&&" })
            {
                chain = node;
            }
        }

        if (chain is null)
        {
            return false;
        }

        var codes = state.Members(_ => true)
            .Where(m => m.Value is Value.PerOutcome { TellsOutcome: true } varying && ReferenceEquals(varying.Request, request))
            .Select(m => m.Place.Name)
            .ToImmutableHashSet();
        return chain.DescendantTokens().Any(t => codes.Contains(t.ValueText)
            || string.Equals(t.ValueText, code.Path[code.Path.Length - 1], StringComparison.OrdinalIgnoreCase));
    }

    private Use UseAt(IOperation at, Value.Body body, UseKind kind, Use? inner = null)
    {
        at = Here(at);
        var key = (at.Syntax, body.Request.Id, kind, inner);
        if (!_uses.TryGetValue(key, out var use))
        {
            _uses.Add(key, use = new Use(body.Request, at, kind, body));
        }

        return use;
    }

    /// <summary>
    /// Counts the bodies that left the method's hands, where it ends: if success and failure end alike, nobody can tell.
    /// </summary>
    public void SettleHandedOn(State state)
    {
        foreach (var pair in state.Requests)
        {
            // whoever gets the response, or its status, can look; what came in is settled by the caller
            if (!pair.Key.IsInput && (state.Returned is not { } returned || !Tells(returned, pair.Key)))
            {
                SettleHandedOn(pair.Key, pair.Value);
            }
        }
    }

    private static bool Tells(Value value, RequestSite request) => value switch
    {
        Value.Response or Value.ResponseDetail or Value.PerOutcome { TellsOutcome: true } or Value.Unknown
            or Value.PartialText =>
            value.Taint.Requests(Aspect.Outcome | Aspect.Told).Contains(request),
        Value.Task task => Tells(task.Result, request),
        Value.Composite composite => composite.Members.Values.Any(v => Tells(v, request)),
        _ => false,
    };

    private static void SettleHandedOn(RequestSite request, RequestState known)
    {
        if (known.IsAssumedChecked)
        {
            return;
        }

        foreach (var (use, handedOn) in known.HandedOn.Select(p => (p.Key, p.Value)))
        {
            var untold = handedOn & known.Outcomes;
            if (untold.Includes(request.Contract.Successes & request.Possible))
            {
                use.Reach(untold);
            }
        }
    }

    /// <summary>Notes that a value leaves the method's hands: returned, stored, passed to code that is not seen.</summary>
    /// <param name="at">The operation by which it does.</param>
    /// <param name="value">The value.</param>
    /// <param name="state">The state.</param>
    /// <param name="isReturn">Whether it is returned: then the caller has what it gave back.</param>
    private void HandOn(IOperation at, Value value, State state, bool isReturn = false)
    {
        if (Kept(value) is { } data)
        {
            Touch(data.KeptAt!, data, UseKind.Member, state);
            return;
        }

        value = Concrete(value, state);
        switch (value)
        {
            case Value.Body { IsData: false } body when !CarriesOutcome(body) && !(isReturn && body.Request.IsInput):
                state.HandOn(body.Request, UseAt(at, body, UseKind.HandOn));
                break;
            case Value.Task task:
                // what the task throws never arrives
                var completed = state.Clone();
                foreach (var fault in task.Faults)
                {
                    Throw(fault, completed, solver: null);
                }

                if (!completed.IsDead)
                {
                    HandOn(at, task.Result, completed, isReturn);
                    foreach (var fault in task.Faults)
                    {
                        // it still comes to whoever waits for the task
                        if (fault.Request is { } request && state.Find(request) is { } known)
                        {
                            completed.Widen(request, fault.Outcomes & known.Outcomes, known.Since);
                        }
                    }

                    state.Become(completed);
                }

                break;
            case Value.Composite composite:
                foreach (var part in composite.Members.Values)
                {
                    // together with its status or code a body loses nothing
                    if ((Kept(part) ?? Concrete(part, state)) is Value.Body inner
                        && (!inner.IsData || inner.KeptAt is not null)
                        && !composite.Members.Values.Any(v => v.Taint.Requests(Aspect.Outcome).Contains(inner.Request)))
                    {
                        HandOn(at, inner, state, isReturn);
                    }
                }

                break;
        }
    }

    /// <summary>Whether whoever gets this body can still tell success from failure.</summary>
    private static bool CarriesOutcome(Value.Body body)
    {
        var contract = body.Request.Contract;
        if (body.Form == BodyForm.Content)
        {
            return true;
        }

        if (body.Form != BodyForm.Parsed || body.Target?.Flavour != JsonFlavour.Typed)
        {
            return contract.BodyTellsFailure;
        }

        if (body.Target.Type is not { } type || body.Path.Length > 0)
        {
            return body.Path.Length > 0;
        }

        if (JsonNames.HasExtensionData(type))
        {
            return true;
        }

        var names = KnownPaths(contract).Select(p => p[0]).Concat(contract.ErrorBody.Telltales);
        return names.Any(n => JsonNames.Find(type, n, NameBinding.Unknown) is not null);
    }
}
