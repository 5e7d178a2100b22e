using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// Evaluates operations of control-flow graphs over one partition: the values they give, what they do to storage, what
/// they throw, and which uses of bodies they make. One evaluator serves one method with its lambdas.
/// </summary>
internal sealed partial class Evaluator
{
    // Operations that the oldest Roslyn does not know by name: `[a, .. b]`, also where `params` takes a span.
    private const int CollectionExpression = 0x7f;
    private const int Spread = 0x80;

    private const int MaxSteps = 6_000;
    private const int MaxOperations = 120_000;
    private const int MaxInlineDepth = 4;

    // Bounds the stack: an expression may have thousands of operands.
    private const int MaxDepth = 300;

    private readonly FlowContext _context;
    private readonly ErrorContract? _contractOfFile;
    private readonly IReadOnlyDictionary<SyntaxNode, ContractBinding> _bindings;
    private readonly ContractBinding? _binding;
    private readonly SummarySession _session;
    private readonly SyntaxNode? _root;
    private readonly ImmutableArray<ITypeSymbol?> _types;
    private readonly int _memberDepth;
    private readonly Dictionary<(SyntaxNode At, SyntaxNode? Inside, int Inner, ErrorContract? Contract), RequestSite> _requests = [];
    // Uses in called methods lie at the call, but each by itself: one may be reached by failures alone, another by success.
    private readonly Dictionary<(SyntaxNode At, int Request, UseKind Kind, Use? Inner), Use> _uses = [];
    private readonly Dictionary<IOperation, ControlFlowGraph> _lambdas = [];
    private readonly List<(IFlowAnonymousFunctionOperation Lambda, State State, GraphSolver Solver)> _waiting = [];
    private readonly HashSet<ISymbol> _invoked = new(SymbolEqualityComparer.Default);

    private int _steps;
    private int _operations;
    private int _depth;

    /// <summary>Makes an evaluator.</summary>
    /// <param name="context">The compilation's facts.</param>
    /// <param name="contractOfFile">The contract an option gives to this file.</param>
    /// <param name="bindings">Contracts of requests that were told by their answers in an earlier run.</param>
    /// <param name="inputs">What the method is called with.</param>
    /// <param name="session">The methods being run.</param>
    /// <param name="root">The body being evaluated; null for an expression outside of any.</param>
    /// <param name="memberDepth">How many members are being evaluated in one another.</param>
    public Evaluator(
        FlowContext context,
        ErrorContract? contractOfFile,
        IReadOnlyDictionary<SyntaxNode, ContractBinding> bindings,
        MethodInputs inputs,
        SummarySession session,
        SyntaxNode? root,
        int memberDepth = 0)
    {
        _context = context;
        _contractOfFile = contractOfFile;
        _bindings = bindings;
        _binding = inputs.Binding;
        _types = inputs.Types;
        _session = session;
        _root = root;
        _memberDepth = memberDepth;
    }

    /// <summary>Whether the budget was used up; then nothing that was found may be reported.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>Sees each condition; null outside of tests.</summary>
    public Action<IOperation, State, State>? BranchObserver => _context.BranchObserver;

    /// <summary>The requests found, in order of discovery.</summary>
    public IEnumerable<RequestSite> Requests => _requests.Values.OrderBy(r => r.Id);

    /// <summary>The uses found.</summary>
    public IEnumerable<Use> Uses => _uses.Values;

    /// <summary>Contracts that an answer's type told after the request had been taken for another.</summary>
    public Dictionary<SyntaxNode, ContractBinding> LateBindings { get; } = [];

    /// <summary>The same for requests that came in with arguments.</summary>
    public Dictionary<RequestSite, ContractBinding> InputBindings { get; } = [];

    /// <summary>The requests of whose body a member was read that tells success from failure by convention.</summary>
    public HashSet<RequestSite> WithTelltale { get; } = [];

    /// <summary>Evaluates an expression outside of any graph: an initialiser, a member's value, an argument.</summary>
    /// <param name="context">The compilation's facts.</param>
    /// <param name="operation">The expression.</param>
    /// <param name="memberDepth">How many members are being evaluated in one another.</param>
    /// <param name="state">What is known of parameters; null if nothing is.</param>
    public static Value EvaluateDetached(FlowContext context, IOperation operation, int memberDepth, State? state = null)
    {
        var evaluator = new Evaluator(
            context,
            null,
            ImmutableDictionary<SyntaxNode, ContractBinding>.Empty,
            MethodInputs.None,
            new SummarySession(),
            root: null,
            memberDepth);
        return evaluator.Evaluate(operation, state ?? new State(), null);
    }

    /// <summary>Steps counted so far.</summary>
    public int Steps => _steps;

    /// <summary>Counts a step of the solver.</summary>
    /// <returns>Whether the budget allows it.</returns>
    public bool Step()
    {
        if (++_steps > MaxSteps)
        {
            GiveUp();
        }

        return !HasGivenUp;
    }

    /// <summary>Gives the method up; nothing is reported.</summary>
    public void GiveUp() => HasGivenUp = true;

    /// <summary>The exception that a throw statement throws.</summary>
    public Value.Exception ThrownBy(IOperation operation, Value value) => value as Value.Exception
        ?? new Value.Exception(operation.Type ?? _context.ExceptionType, IsExact: false, null, false, null);

    /// <summary>Evaluates what a return statement returns.</summary>
    public Value Return(IOperation operation, Value value, State state, GraphSolver solver)
    {
        if (!solver.ReturnsToKnownCaller)
        {
            HandOn(operation, value, state, isReturn: true);
            LookAtReturned(value, solver);
        }

        return value;
    }

    /// <summary>Evaluates an operation, with all that it does to the state.</summary>
    /// <param name="operation">The operation; null gives an unknown value.</param>
    /// <param name="state">The state; changed.</param>
    /// <param name="solver">The solver of the operation's graph; null for an expression outside of any.</param>
    public Value Evaluate(IOperation? operation, State state, GraphSolver? solver)
    {
        if (operation is null || state.IsDead)
        {
            return Value.Any;
        }

        if (++_operations > MaxOperations || _depth >= MaxDepth)
        {
            GiveUp();
            return Value.Any;
        }

        _depth++;
        var value = EvaluateOperation(operation, state, solver);
        if (operation is IAssignmentOperation or IIncrementOrDecrementOperation or IInvocationOperation)
        {
            NoteChange(operation, state);
        }

        _depth--;
        return value;
    }

    private Value EvaluateOperation(IOperation operation, State state, GraphSolver? solver)
    {
        if (operation.ConstantValue.HasValue)
        {
            return new Value.Constant(Constants.Normalise(operation.ConstantValue.Value));
        }

        switch (operation)
        {
            case IExpressionStatementOperation statement:
                return Evaluate(statement.Operation, state, solver);
            case IParenthesizedOperation parenthesized:
                return Evaluate(parenthesized.Operand, state, solver);
            case ILocalReferenceOperation local when solver is null && state[local.Local] is null:
                return _context.Members.ValueOf(local.Local, _memberDepth, state);
            case ILocalReferenceOperation local:
                return Recall(local, state[local.Local] ?? Value.Any, state);
            case IParameterReferenceOperation parameter:
                return Recall(parameter, state[parameter.Parameter] ?? OfParameter(parameter.Parameter), state);
            case IFlowCaptureReferenceOperation capture:
                return state[capture.Id] ?? Value.Any;
            case IFlowCaptureOperation capture:
                var captured = Evaluate(capture.Value, state, solver);
                solver?.Capture(capture.Id, capture.Value);
                state[capture.Id] = captured;
                return captured;
            case IFieldReferenceOperation field:
                return ReadField(field, state, solver);
            case IPropertyReferenceOperation property:
                return ReadProperty(property, state, solver);
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                return state[State.Self] ?? Value.AnyObject;
            case IInstanceReferenceOperation:
                return Value.AnyObject;
            case ISimpleAssignmentOperation assignment:
                return EvaluateAssignment(assignment, state, solver);
            case ICompoundAssignmentOperation compound:
                var result = Compound(compound, state, solver);
                Assign(compound.Target, result, state, solver);
                return result;
            case IIncrementOrDecrementOperation increment:
                return Increment(increment, state, solver);
            case ICoalesceAssignmentOperation coalesce:
                Evaluate(coalesce.Target, state, solver);
                var assigned = Evaluate(coalesce.Value, state, solver);
                Assign(coalesce.Target, Value.Any, state, solver);
                return assigned;
            case IDeconstructionAssignmentOperation deconstruction:
                var source = Evaluate(deconstruction.Value, state, solver);
                Deconstruct(deconstruction.Target, source, state, solver);
                return source;
            case IDeclarationExpressionOperation declaration:
                return Evaluate(declaration.Expression, state, solver);
            case IInvocationOperation invocation:
                return Invoke(invocation, state, solver);
            case IObjectCreationOperation creation:
                return Create(creation, state, solver);
            case IConversionOperation conversion:
                return Convert(conversion, state, solver);
            case IBinaryOperation binary:
                return Binary(binary, state, solver);
            case IUnaryOperation unary:
                var operand = Evaluate(unary.Operand, state, solver);
                return RunOperator(unary, unary.OperatorMethod, state, solver, operand)
                    ?? Operators.Unary(unary.OperatorKind, operand);
            case IIsNullOperation isNull:
                return Operators.IsNull(Concrete(Evaluate(isNull.Operand, state, solver), state));
            case IIsTypeOperation isType:
                return IsType(isType, Evaluate(isType.ValueOperand, state, solver), state);
            case IIsPatternOperation isPattern:
                return Match(isPattern.Pattern, Evaluate(isPattern.Value, state, solver), isPattern, state, solver);
            case IAwaitOperation awaited:
                return Await(awaited, Evaluate(awaited.Operation, state, solver), state, solver, wraps: false);
            case IInterpolatedStringOperation text:
                return Interpolate(text, state, solver);
            case ITupleOperation tuple:
                return Tuple(tuple, state, solver);
            case IAnonymousObjectCreationOperation anonymous:
                return Anonymous(anonymous, state, solver);
            case IArrayCreationOperation array:
                return Array(array, state, solver);
            case IArrayInitializerOperation initializer:
                // `T[] field = { a, b }`
                return Items(initializer.Type, initializer.ElementValues, state, solver);
            case IArrayElementReferenceOperation element:
                return ReadElement(element, state, solver);
            case IDelegateCreationOperation creation:
                return Evaluate(creation.Target, state, solver);
            case IFlowAnonymousFunctionOperation function:
                return Lambda(function, state, solver);
            case IMethodReferenceOperation method:
                Evaluate(method.Instance, state, solver);
                return method.Method.MethodKind == MethodKind.LocalFunction
                    || !method.Method.DeclaringSyntaxReferences.IsEmpty
                        ? new Value.Function(
                            method.Method.MethodKind == MethodKind.LocalFunction
                                ? method.Method.OriginalDefinition
                                : method.Method)
                        : Value.AnyObject;
            case ICaughtExceptionOperation:
                return solver?.HandlerRegion() is { } region && state[region] is { } exception
                    ? exception
                    : Value.AnyObject;
            case IReturnOperation { Kind: OperationKind.YieldReturn } yielded:
                var item = Evaluate(yielded.ReturnedValue, state, solver);
                HandOn(yielded.ReturnedValue!, item, state);
                Look(item);
                YieldTo(yielded.ReturnedValue, state);
                return Value.Any;
            case IDynamicMemberReferenceOperation dynamicMember:
                return ReadDynamicMember(dynamicMember, state, solver);
            case IDynamicIndexerAccessOperation dynamicIndexer:
                return ReadDynamicIndexer(dynamicIndexer, state, solver);
            case IDynamicInvocationOperation dynamicInvocation:
                return InvokeDynamic(dynamicInvocation, state, solver);
            case ICoalesceOperation coalesce:
                var left = Evaluate(coalesce.Value, state, solver);
                return left.IsNull == false ? left : Operators.Join(left, Evaluate(coalesce.WhenNull, state, solver));
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                Evaluate(conditional.Condition, state, solver);
                return Operators.Join(
                    Evaluate(conditional.WhenTrue, state, solver), Evaluate(whenFalse, state, solver));
            case IDefaultValueOperation { Type: { } type }:
                return type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
                    ? Value.Null
                    : Constants.DefaultOf(type) is { } zero ? new Value.Constant(zero) : Value.Any;
            case IFlowAnonymousFunctionOperation or INameOfOperation or ITypeOfOperation:
                return Value.AnyObject;
            default:
                return (int)operation.Kind == CollectionExpression
                    ? Items(operation.Type, operation.ChildOperations, state, solver)
                    : EvaluateChildren(operation, state, solver);
        }
    }

    private Value EvaluateChildren(IOperation operation, State state, GraphSolver? solver)
    {
        // something of a type that is not known is put into a list
        if (operation is IInvalidOperation { Syntax: InvocationExpressionSyntax filling }
            && TreeIndex.NameOf(filling) is { } filled && Mutators.Contains(filled))
        {
            foreach (var child in operation.ChildOperations)
            {
                ForgetItems(child, Taint.None, state);
            }
        }

        if (operation is IInvalidOperation { Syntax: InvocationExpressionSyntax call } && solver is not null
            && (AskUnbound(operation, call, state, solver) ?? InvokeUnbound(operation, state, solver)) is { } called)
        {
            return called;
        }

        var taint = Taint.None;
        Value? only = null;
        var isTelling = operation is IInvalidOperation && operation.Syntax is InvocationExpressionSyntax told
            && IsTelling(told, TreeIndex.NameOf(told), returnsNothing: false);
        foreach (var child in operation.ChildOperations)
        {
            var value = Evaluate(child, state, solver);
            taint |= isTelling && IsWords(child) ? value.Taint.Worded() : value.Taint;
            only = operation.ChildOperations.Count == 1 ? value : null;
        }

        if (operation is IInvalidOperation)
        {
            if (only is not null && ReadUnboundMember(operation, only, state, solver) is { } member)
            {
                return member;
            }

            // code that does not bind may be a check, a parser, anything; a wait says so
            if (operation.Syntax is InvocationExpressionSyntax unbound)
            {
                if (unbound.Parent is ExpressionStatementSyntax && TreeIndex.NameOf(unbound) is { } name && LoggingLibrary.IsLoggerName(name))
                {
                    return Value.Any;
                }

                NoteUnbound(unbound, state);
            }

            Look(Value.Derived(taint));
            AssumeChecked(taint, Aspect.Check | Aspect.Body, state);
        }

        return Value.Derived(taint);
    }

    // Where a call does not bind, neither do the members read off its answer; but the answer's type is known here.
    private Value? ReadUnboundMember(IOperation operation, Value instance, State state, GraphSolver? solver)
    {
        var name = operation.Syntax switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            _ => null,
        };
        if (name is not null && MemberOfAnswer(Concrete(instance, state), name, 0) is IPropertySymbol property
            && _context.Libraries.Find(property) is { } meaning)
        {
            return Apply(
                meaning, operation, instance, ImmutableArray<IArgumentOperation>.Empty, ImmutableArray<Value>.Empty, state, solver);
        }

        return name is not null
            && Concrete(instance, state) is Value.Body { Form: BodyForm.Parsed, Target: { Flavour: JsonFlavour.Typed, Type: { } type } } body
            && JsonNames.BindableMembers(type).FirstOrDefault(m => m.Name == name) is { } member
                ? ReadTypedMember(operation, body, member, JsonNames.TypeOf(member), state, solver)
                : null;
    }

    // The same for what is asked of a response and its content.
    private Value? AskUnbound(IOperation operation, InvocationExpressionSyntax call, State state, GraphSolver solver)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } access
            || operation.ChildOperations.FirstOrDefault(c => c.Syntax == access) is not { ChildOperations.Count: 1 } callee)
        {
            return null;
        }

        var instance = Evaluate(callee.ChildOperations.First(), state, solver);
        var count = call.ArgumentList.Arguments.Count;
        return MemberOfAnswer(Concrete(instance, state), access.Name.Identifier.ValueText, count) is IMethodSymbol method
            && _context.Libraries.Find(method) is { } meaning
                ? Apply(
                    meaning,
                    operation,
                    instance,
                    ImmutableArray<IArgumentOperation>.Empty,
                    Enumerable.Repeat(Value.Any, method.Parameters.Length).ToImmutableArray(),
                    state,
                    solver)
                : null;
    }

    private ISymbol? MemberOfAnswer(Value answer, string name, int parameters) => answer switch
    {
        Value.Response => _context.Compilation.GetTypeByMetadataName(HttpClientLibrary.Response),
        Value.Body { Form: BodyForm.Content } => _context.Compilation.GetTypeByMetadataName(HttpClientLibrary.Content),
        _ => null,
    } is { } type
        ? type.GetMembers(name).FirstOrDefault(m => m is IPropertySymbol || (m is IMethodSymbol method && method.Parameters.Length == parameters))
        : null;

    private static void AssumeChecked(Taint taint, Aspect aspects, State state)
    {
        foreach (var (request, aspect) in taint.Entries.Select(e => (e.Key, e.Value & aspects)).ToList())
        {
            if (aspect != Aspect.None)
            {
                state.AssumeChecked(request, aspect == Aspect.Told ? Doubt.Told : Doubt.Unread);
            }
        }
    }

    private Value OfParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor }
        && parameter.Type.Name == "HttpClient"
            ? _context.Members.ValueOf(parameter, _memberDepth)
            : Value.Any;

    /// <summary>Runs an operator or conversion of the project; what cannot be run may be a check of what it gets.</summary>
    /// <returns>Null if there is none, or nothing of a request comes in.</returns>
    private Value? RunOperator(
        IOperation at, IMethodSymbol? method, State state, GraphSolver? solver, params Value[] operands)
    {
        // a record's own == looks at nothing
        if (method is null or { IsImplicitlyDeclared: true }
            || method.DeclaringSyntaxReferences.IsEmpty || !operands.Any(TellsOutcome) || state.IsDead)
        {
            return null;
        }

        var result = CallMethod(
            at,
            method,
            receiver: null,
            Value.Any,
            ImmutableArray<IArgumentOperation>.Empty,
            operands.ToImmutableArray(),
            isVirtual: false,
            state,
            solver);
        if (result is not null || state.IsDead)
        {
            return result ?? Value.Any;
        }

        var taint = Taint.None;
        foreach (var entry in operands.SelectMany(o => o.Taint.Entries))
        {
            taint |= Taint.Of(entry.Key, entry.Value | Aspect.Examined);
        }

        Look(Value.Derived(taint));
        return Value.Derived(taint);
    }

    private Value Binary(IBinaryOperation binary, State state, GraphSolver? solver)
    {
        if (ComparedTypes(binary) is var (instance, type) && Evaluate(instance, state, solver) is Value.Exception thrown)
        {
            var isType = thrown.IsExact ? Value.Of(SymbolEqualityComparer.Default.Equals(thrown.Type, type))
                : Value.Derived(thrown.Taint, isNotNull: true);
            return binary.OperatorKind == BinaryOperatorKind.Equals ? isType : Operators.Unary(UnaryOperatorKind.Not, isType);
        }

        var left = Evaluate(binary.LeftOperand, state, solver);
        var right = Evaluate(binary.RightOperand, state, solver);
        if (binary.OperatorKind == BinaryOperatorKind.Add && IsText(binary.Type))
        {
            return JoinText(left, right);
        }

        if (RunOperator(binary, binary.OperatorMethod, state, solver, left, right) is { } result)
        {
            return result;
        }

        if (binary.LeftOperand is IPropertyReferenceOperation { Property.Name: "Length", Instance: { } measured }
            && right is Value.Constant { Content: 0L }
            && binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.GreaterThan
            && Value.Emptiness.Of(Evaluate(measured, state, solver)) is { } emptiness)
        {
            return binary.OperatorKind == BinaryOperatorKind.Equals ? emptiness : Operators.Unary(UnaryOperatorKind.Not, emptiness);
        }

        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
        {
            if (right.IsNull == true)
            {
                var isNull = Operators.IsNull(IsNullForSome(left, state) ? left : Concrete(left, state));
                return binary.OperatorKind == BinaryOperatorKind.Equals
                    ? isNull
                    : Operators.Unary(UnaryOperatorKind.Not, isNull);
            }
        }

        return Operators.Binary(binary.OperatorKind, Scalar(left), Scalar(right));
    }

    // `e.GetType() == typeof(WebException)`.
    private static (IOperation Instance, ITypeSymbol Type)? ComparedTypes(IBinaryOperation binary) =>
        binary is
        {
            OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals,
            LeftOperand: IInvocationOperation { TargetMethod.Name: "GetType", Instance: { } instance, Arguments.Length: 0 },
            RightOperand: ITypeOfOperation { TypeOperand: var type },
        }
        && instance is ILocalReferenceOperation or IParameterReferenceOperation
            ? (instance, type)
            : null;

    // A body compared as a whole says nothing: neither a check nor a use.
    private static Value Scalar(Value value) => value is Value.Task or Value.Client ? Value.AnyObject : value;

    // Who compares with null asks for the outcomes that make it null; with `?.` they just get no further.
    private static bool IsNullForSome(Value value, State state)
    {
        if (value is Value.PerOutcome varying)
        {
            foreach (var index in state.OutcomesOf(varying.Request).Indices())
            {
                if (varying.ByOutcome[index].IsNull == true)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Value IsType(IIsTypeOperation isType, Value value, State state) => value.IsNull == true
        ? Value.Of(isType.IsNegated)
        : (value is Value.Exception || value is Value.PerOutcome { ByOutcome: var all } && all.Any(v => v is Value.Response)) && !isType.IsNegated
            ? HasType(value, isType.TypeOperand, state)
            : Value.Derived(value.Taint, isNotNull: true);

    private Value Convert(IConversionOperation conversion, State state, GraphSolver? solver)
    {
        var value = Evaluate(conversion.Operand, state, solver);
        if (conversion.OperatorMethod is { } method)
        {
            switch (_context.Libraries.Find(method))
            {
                case Meaning.JsonConvert convert:
                    return ConvertJson(conversion, value, convert.Target, state, solver);
                case Meaning.Same:
                    return value;
            }

            // string to JsonNode, string to Uri-like wrappers, anything of the project
            return RunOperator(conversion, method, state, solver, value)
                ?? (value is Value.Constant or Value.PartialText ? value : Value.Derived(value.Taint));
        }

        if (value is Value.Body { Form: BodyForm.Parsed } body && conversion.Type is { } target
            && body.Target?.Flavour == JsonFlavour.Dynamic && conversion.Operand.Type?.TypeKind == TypeKind.Dynamic)
        {
            return ConvertJson(conversion, value, target, state, solver);
        }

        if (conversion.Operand.Type?.TypeKind == TypeKind.Dynamic)
        {
            return Operators.FromJson(value, conversion.Type);
        }

        // `as JObject` of a parsed document keeps it; a cast of an opaque one tells what it is
        return value is Value.Body { Form: BodyForm.Parsed, Target: { Flavour: JsonFlavour.Dynamic or JsonFlavour.Opaque } t } b
            && conversion.Type is { TypeKind: not TypeKind.Dynamic } named
            && named.SpecialType != SpecialType.System_Object
            ? b.Path.Length == 0
                ? Reparse(b, JsonTargets.Of(named, t.Binding, t.ThrowsOnEmpty))
                : b with { Target = JsonTargets.Of(named, t.Binding, t.ThrowsOnEmpty) }
            : Operators.Convert(value, conversion.Type);
    }

    private Value Tuple(ITupleOperation tuple, State state, GraphSolver? solver)
    {
        var members = ImmutableSortedDictionary.CreateBuilder<string, Value>(System.StringComparer.Ordinal);
        for (var i = 0; i < tuple.Elements.Length; i++)
        {
            members["Item" + (i + 1)] = Evaluate(tuple.Elements[i], state, solver);
        }

        return new Value.Composite(tuple.Type, members.ToImmutable());
    }

    private Value Anonymous(IAnonymousObjectCreationOperation anonymous, State state, GraphSolver? solver)
    {
        var members = ImmutableSortedDictionary.CreateBuilder<string, Value>(System.StringComparer.Ordinal);
        foreach (var initializer in anonymous.Initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment)
            {
                members[property.Property.Name] = Evaluate(assignment.Value, state, solver);
            }
        }

        return new Value.Composite(anonymous.Type, members.ToImmutable());
    }

    private Value Array(IArrayCreationOperation array, State state, GraphSolver? solver)
    {
        foreach (var size in array.DimensionSizes)
        {
            Evaluate(size, state, solver);
        }

        if (array.Initializer is not { } initializer)
        {
            return Value.AnyObject;
        }

        return Items(array.Type, initializer.ElementValues, state, solver);
    }

    private Value Items(ITypeSymbol? type, IEnumerable<IOperation> elements, State state, GraphSolver? solver)
    {
        var items = elements.Select(e => Evaluate(e, state, solver)).ToImmutableArray();
        if (elements.Any(e => (int)e.Kind == Spread))
        {
            return Value.Derived(items.Aggregate(Taint.None, (t, i) => t | i.Taint), isNotNull: true);
        }

        if (items.Any(i => i is Value.Body || Kept(i) is not null))
        {
            // it depends on what gets the array, such as the parameters of a log call, what becomes of them
            return new Value.Composite(
                type,
                items.Select((value, index) => (Name: "[" + index + "]", Value: value))
                    .ToImmutableSortedDictionary(i => i.Name, i => i.Value, System.StringComparer.Ordinal));
        }

        return items.All(i => i is Value.Constant or Value.PartialText or Value.Task || i.Taint.IsNone)
            ? new Value.Elements(items)
            : Value.Derived(items.Aggregate(Taint.None, (t, i) => t | i.Taint), isNotNull: true);
    }

    private Value ReadElement(IArrayElementReferenceOperation element, State state, GraphSolver? solver)
    {
        var array = Concrete(Evaluate(element.ArrayReference, state, solver), state);
        var taint = array.Taint;
        foreach (var index in element.Indices)
        {
            taint |= Evaluate(index, state, solver).Taint;
        }

        if (array is Value.Elements elements
            && element.Indices.Length == 1
            && element.Indices[0].ConstantValue.Value is int position && position >= 0 && position < elements.Items.Length)
        {
            return elements.Items[position];
        }

        return array is Value.Body { Form: BodyForm.Parsed } body
            ? ReadMember(element, body, "[]", null, state, solver)
            : Value.Derived(taint);
    }

    private Value Lambda(IFlowAnonymousFunctionOperation function, State state, GraphSolver? solver)
    {
        if (solver is not null && !_lambdas.ContainsKey(function))
        {
            _lambdas.Add(function, solver.Graph.GetAnonymousFunctionControlFlowGraph(function));
            _waiting.Add((function, state.Clone(), solver));
        }

        return new Value.Function(function);
    }

    private Value ReadField(IFieldReferenceOperation field, State state, GraphSolver? solver)
    {
        if (IsOwn(field.Instance))
        {
            return ReadOwn(field, field.Field, field.Type, state, solver);
        }

        var instance = Concrete(Evaluate(field.Instance, state, solver), state);
        return ReadAnyMember(field, instance, field.Field, field.Type, state, solver);
    }

    private Value ReadProperty(IPropertyReferenceOperation property, State state, GraphSolver? solver)
    {
        if (IsOwn(property.Instance) && property.Arguments.IsEmpty
            && _context.Libraries.Find(property.Property) is null)
        {
            return ReadComputed(property, property.Instance is null ? Value.Any : Evaluate(property.Instance, state, solver), state, solver)
                ?? ReadOwn(property, property.Property, property.Type, state, solver);
        }

        var instance = Evaluate(property.Instance, state, solver);
        var arguments = property.Arguments.Select(a => Evaluate(a.Value, state, solver)).ToImmutableArray();
        if (state.IsDead)
        {
            return Value.Any;
        }

        if (_context.Libraries.Find(property.Property) is { } meaning
            && Apply(meaning, property, instance, property.Arguments, arguments, state, solver) is { } known)
        {
            return known;
        }

        instance = Concrete(instance, state);
        if (instance is Value.Body { Form: BodyForm.Parsed } body && property.Property.IsIndexer)
        {
            return ReadMember(property, body, arguments.Length == 1 ? IndexName(arguments[0]) : "[]", property.Type, state, solver);
        }

        if (ReadComputed(property, instance, state, solver) is { } computed)
        {
            return computed;
        }

        if (state.IsDead)
        {
            return Value.Any;
        }

        var value = ReadAnyMember(property, instance, property.Property, property.Type, state, solver);
        var taint = arguments.Aggregate(Taint.None, (t, a) => t | a.Taint);

        // what a table says of a code is derived from the code
        return taint.IsNone ? value : Value.Derived(value.Taint | taint);
    }

    /// <summary>Runs the getter of a property that computes its value from what is known of its instance.</summary>
    private Value? ReadComputed(IPropertyReferenceOperation property, Value instance, State state, GraphSolver? solver) =>
        property.Arguments.IsEmpty
        && property.Property is { GetMethod: { DeclaringSyntaxReferences.IsEmpty: false } getter } computed
        && (IsComputed(computed) || Implementation(getter, instance) is not null)
            ? CallMethod(
                property,
                getter,
                property.Instance,
                instance,
                ImmutableArray<IArgumentOperation>.Empty,
                ImmutableArray<Value>.Empty,
                isVirtual: property.Instance is not IInstanceReferenceOperation { Syntax: BaseExpressionSyntax },
                state,
                solver)
            : null;

    private Value ReadOwn(IMemberReferenceOperation at, ISymbol member, ITypeSymbol? type, State state, GraphSolver? solver)
    {
        if (state[member] is { } known)
        {
            return known;
        }

        return (state[State.Self] is { } self ? Concrete(self, state) : null) switch
        {
            Value.Body { Form: BodyForm.Parsed } body => ReadTypedMember(at, body, member, type, state, solver),
            Value.Exception thrown => ReadAnyMember(at, thrown, member, type, state, solver),
            _ => _context.Members.ValueOf(member, _memberDepth),
        };
    }

    private Value ReadAnyMember(
        IOperation at, Value instance, ISymbol member, ITypeSymbol? type, State state, GraphSolver? solver)
    {
        switch (instance)
        {
            case Value.Body { Form: BodyForm.Parsed } body:
                return ReadTypedMember(at, body, member, type, state, solver);
            case Value.Exception exception:
                return member.Name == "InnerException"
                    ? exception.Inner ?? Value.Derived(exception.Taint)
                    : exception.Members.TryGetValue(member.Name, out var given) ? given : Value.Derived(exception.Taint, isNotNull: member.Name == "Message");
            case Value.Cursor cursor when member.Name == "Current":
                return cursor.Current;
            case Value.Composite composite:
                return composite.Members.TryGetValue(member.Name, out var value)
                    || composite.Members.TryGetValue(TupleName(member), out value)
                        ? Recall(at, value, state)
                        : Value.Derived(composite.Taint);
            case Value.Body { Form: not BodyForm.Content } raw when member.Name == "Length":
                return Value.Derived(Taint.Body(raw.Request), isNotNull: true);
            case Value.PerOutcome or Value.Constant:
                return Value.Derived(instance.Taint);
            case Value.Unknown:
                // members of settings and the like
                return instance.Taint.IsNone && !member.IsStatic
                    ? _context.Members.ValueOf(member, _memberDepth)
                    : Value.Derived(instance.Taint);
            default:
                return Value.Derived(instance.Taint);
        }
    }

    private static string TupleName(ISymbol member) =>
        member is IFieldSymbol { CorrespondingTupleField: { } field } ? field.Name : member.Name;

    private static string IndexName(Value index) => index is Value.Constant { Content: string name } ? name : "[]";

    private static string? MethodName(IOperation operation, Value value)
    {
        // HttpMethod.Post, or new HttpMethod("POST")
        if (value is Value.Constant { Content: string name })
        {
            return name.ToUpperInvariant();
        }

        return operation switch
        {
            IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType.Name: "HttpMethod" } method } =>
                method.Name.ToUpperInvariant(),
            _ => null,
        };
    }
}
