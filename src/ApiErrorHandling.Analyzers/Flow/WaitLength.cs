using System;
using System.Collections.Generic;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>What decides how long a wait between two attempts takes.</summary>
/// <remarks>Made for rules about growth, chance, caps and <c>Retry-After</c>; none asks for it yet.</remarks>
/// <param name="Grows">Whether a later attempt is waited for longer.</param>
/// <param name="Shrinks">Whether it is waited for less long.</param>
/// <param name="IsRandom">Whether chance has a part in it.</param>
/// <param name="IsCapped">Whether something keeps what grows from growing on.</param>
/// <param name="IsFromRetryAfter">Whether the server's <c>Retry-After</c> has a part in it.</param>
internal readonly record struct WaitLength(bool Grows, bool Shrinks, bool IsRandom, bool IsCapped, bool IsFromRetryAfter)
{
    /// <summary>The same each time.</summary>
    public static WaitLength Constant => default;

    /// <summary>What has both for its parts.</summary>
    public static WaitLength operator |(WaitLength x, WaitLength y) => new(
        x.Grows || y.Grows, x.Shrinks || y.Shrinks, x.IsRandom || y.IsRandom, x.IsCapped || y.IsCapped, x.IsFromRetryAfter || y.IsFromRetryAfter);

    /// <summary>Whether the attempts have no part in it.</summary>
    public bool IsSteady => !Grows && !Shrinks;

    /// <summary>Reads how long a wait takes.</summary>
    /// <param name="context">The compilation's facts.</param>
    /// <param name="wait">What waits: an operation of the method that the retry is in.</param>
    /// <param name="repeat">The retry.</param>
    public static WaitLength Of(FlowContext context, IOperation wait, Repeat repeat) => new WaitReader(context, wait, repeat).Read();

    /// <summary>The same with what comes after it taken off, or divided by it.</summary>
    internal WaitLength Inverse() => this with { Grows = Shrinks, Shrinks = Grows };
}

/// <summary>Reads lengths of waits off operations: what they are computed from, and what becomes of that from one attempt to the next.</summary>
internal sealed class WaitReader
{
    private const int MaxDepth = 3;
    private const int MaxOperations = 2_000;

    private readonly FlowContext _context;
    private readonly IOperation _wait;

    // What is gone through once for each attempt, and the part of it whose locals are other ones each time.
    private readonly SyntaxNode? _attempt;
    private readonly SyntaxNode? _body;
    private readonly Dictionary<ISymbol, List<(SyntaxNode At, IOperation Value)>> _assigned = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, WaitLength> _given = new(SymbolEqualityComparer.Default);
    private readonly List<(ISymbol Place, bool IsRound)> _reading = [];
    private readonly List<ISymbol> _running = [];
    private int _left = MaxOperations;

    /// <summary>Makes a reader.</summary>
    /// <inheritdoc cref="WaitLength.Of"/>
    public WaitReader(FlowContext context, IOperation wait, Repeat repeat)
    {
        _context = context;
        _wait = wait;
        var root = wait;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        _attempt = repeat.Kind == RepeatKind.Loop ? repeat.Loop ?? repeat.Label?.Parent : root.Syntax;
        _body = repeat.Kind == RepeatKind.Recursion ? root.Syntax : repeat.Loop?.ChildNodes().OfType<StatementSyntax>().LastOrDefault();
        if (wait.SemanticModel?.GetEnclosingSymbol(wait.Syntax.SpanStart) is { } method)
        {
            _running.Add(method.OriginalDefinition);
        }

        Collect(root);
        if (repeat is { Kind: RepeatKind.Recursion, By: IInvocationOperation call })
        {
            foreach (var argument in call.Arguments.Where(a => a.Parameter is not null && !IsItself(a)))
            {
                Add(argument.Parameter!, call.Syntax, argument.Value);
            }
        }
    }

    /// <summary>What decides how long the wait takes.</summary>
    public WaitLength Read() => ReadWait(_wait) ?? WaitLength.Constant;

    private static bool IsItself(IArgumentOperation argument) => argument.ArgumentKind != ArgumentKind.Explicit
        || SymbolEqualityComparer.Default.Equals(RequestParts.Place(argument.Value), argument.Parameter!.OriginalDefinition);

    // Null for what does not wait.
    private WaitLength? ReadWait(IOperation operation)
    {
        if (operation is not IInvocationOperation call)
        {
            return operation.ChildOperations.Select(ReadWait).FirstOrDefault(length => length is not null);
        }

        if (_context.Libraries.Find(call.TargetMethod) is Meaning.Wait)
        {
            // the unit of the number is the method's business
            return Unite(call.Arguments.Select(a => a.Value));
        }

        if (BodyOf(call) is { } body)
        {
            return Within(call, body, () => body.DescendantsAndSelf().OfType<IInvocationOperation>()
                .Where(inner => _context.Effects.IsWait(inner.TargetMethod) || _context.Effects.Of(inner.TargetMethod, inner.IsVirtual).Waits)
                .Select(ReadWait)
                .Aggregate((WaitLength?)null, (all, one) => one is null ? all : (all ?? WaitLength.Constant) | one));
        }

        return WaitsLibrary.IsWait(call.TargetMethod) ? Unite(call.Arguments.Select(a => a.Value)) : call.ChildOperations.Select(ReadWait).FirstOrDefault(length => length is not null);
    }

    private WaitLength Unite(IEnumerable<IOperation> operations) =>
        operations.Aggregate(WaitLength.Constant, (all, operation) => all | Read(operation));

    private WaitLength Read(IOperation operation)
    {
        if (--_left < 0 || operation.ConstantValue.HasValue)
        {
            return WaitLength.Constant;
        }

        switch (operation)
        {
            case ILocalReferenceOperation local:
                return ReadPlace(local.Local);
            case IParameterReferenceOperation parameter:
                return ReadPlace(parameter.Parameter);
            case IFieldReferenceOperation { Field: var field }:
                return ReadPlace(field.OriginalDefinition);
            case IPropertyReferenceOperation { Property.Name: "RetryAfter" }:
                return new WaitLength { IsFromRetryAfter = true };
            case IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property: var property }:
                return ReadPlace(property.OriginalDefinition);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract or BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift } binary:
                var left = Read(binary.LeftOperand);
                return (IsRunning(RequestParts.Place(binary.LeftOperand)) ? left.Inverse() : left) | Read(binary.RightOperand).Inverse();
            case IConditionalOperation { WhenFalse: { } otherwise } conditional:
                return Either(Read(conditional.WhenTrue), Read(otherwise));
            case ISwitchExpressionOperation table:
                var arms = table.Arms.Select(arm => Read(arm.Value)).ToList();
                var chosen = Read(table.Value);
                return arms.Aggregate(arms.TrueForAll(arm => arm.IsSteady) && !chosen.IsSteady ? chosen with { IsCapped = true } : WaitLength.Constant, Either);
            case IArrayElementReferenceOperation element:
                var index = Unite(element.Indices);
                return index.IsSteady ? index : index with { IsCapped = true };
            case IInvocationOperation call:
                return ReadCall(call);
            default:
                return Unite(operation.ChildOperations);
        }
    }

    private WaitLength ReadCall(IInvocationOperation call)
    {
        var type = call.TargetMethod.ContainingType;
        if (type.Name is "Random" or "RandomNumberGenerator")
        {
            return Unite(call.Arguments.Select(a => a.Value)) with { IsRandom = true };
        }

        if (type.Name == "Math" && call.TargetMethod.Name is "Min" or "Clamp")
        {
            var all = call.Arguments.Select(a => Read(a.Value)).ToList();
            return all.Aggregate(Either);
        }

        if (call.Arguments.Any(a => a.Value.ConstantValue is { HasValue: true, Value: string name } && name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)))
        {
            return new WaitLength { IsFromRetryAfter = true };
        }

        if (BodyOf(call) is { } body)
        {
            return Within(call, body, () => ReadResult(call, body));
        }

        return Unite(call.ChildOperations);
    }

    // What a method returns, or what it puts where its caller looks.
    private WaitLength ReadResult(IInvocationOperation call, IOperation body)
    {
        var results = body.DescendantsAndSelf().OfType<IReturnOperation>().Select(r => r.ReturnedValue).OfType<IOperation>();
        var outputs = call.Arguments.Where(a => a.Parameter is { RefKind: RefKind.Out }).Select(a => ReadPlace(a.Parameter!.OriginalDefinition));
        return outputs.Aggregate(Unite(results), (all, one) => all | one);
    }

    // Of two of which one is taken, the one that stays the same keeps the other from growing on.
    private static WaitLength Either(WaitLength x, WaitLength y) =>
        (x | y) with { IsCapped = x.IsCapped || y.IsCapped || IsCap(x, y) || IsCap(y, x) };

    private static bool IsCap(WaitLength cap, WaitLength growing) => growing.Grows && cap.IsSteady && !cap.IsFromRetryAfter;

    private WaitLength ReadPlace(ISymbol place)
    {
        var running = _reading.FindIndex(r => SymbolEqualityComparer.Default.Equals(r.Place, place));
        if (running >= 0)
        {
            // made of itself, in each round
            return new WaitLength { Grows = _reading[running].IsRound };
        }

        if (_given.TryGetValue(place, out var given))
        {
            return given;
        }

        if (!_assigned.TryGetValue(place, out var assigned))
        {
            return WaitLength.Constant;
        }

        var isKept = !(place is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared } && _body?.Contains(declared[0].GetSyntax()) == true);
        var all = WaitLength.Constant;
        foreach (var (at, value) in assigned)
        {
            var isRound = isKept && _attempt?.Contains(at) == true && at is not VariableDeclaratorSyntax;
            _reading.Add((place, isRound));
            var length = value switch
            {
                IIncrementOrDecrementOperation when !isRound => WaitLength.Constant,
                IIncrementOrDecrementOperation step => step.Kind == OperationKind.Increment ? new WaitLength { Grows = true } : new WaitLength { Shrinks = true },
                ICompoundAssignmentOperation step => Step(step, isRound),
                IForEachLoopOperation { Syntax: var loop } list => loop == _attempt ? ReadList(list) : Read(list.Collection),
                _ => Read(value),
            };
            _reading.RemoveAt(_reading.Count - 1);

            // `if (delay > max) delay = max;`, `if (delay < max) delay *= 2;`
            all |= isRound && IsUnderConditionOn(place, at) ? length with { IsCapped = true } : length;
        }

        return all.Grows || all.Shrinks ? all : all with { IsCapped = false };
    }

    private bool IsRunning(ISymbol? place) => _reading.Exists(r => SymbolEqualityComparer.Default.Equals(r.Place, place));

    private WaitLength Step(ICompoundAssignmentOperation step, bool isRound)
    {
        var length = Read(step.Value);
        return !isRound
            ? length
            : step.OperatorKind is BinaryOperatorKind.Subtract or BinaryOperatorKind.Divide or BinaryOperatorKind.RightShift
                ? length with { Shrinks = true }
                : length with { Grows = true };
    }

    // Whoever lists the waits means them to differ; equal ones do not.
    private WaitLength ReadList(IForEachLoopOperation loop)
    {
        var elements = Elements(loop.Collection);
        return elements is not null && elements.All(e => e.ConstantValue.HasValue && Equals(e.ConstantValue.Value, elements[0].ConstantValue.Value))
            ? WaitLength.Constant
            : new WaitLength { Grows = true, IsCapped = true };
    }

    private IReadOnlyList<IOperation>? Elements(IOperation collection) => collection switch
    {
        IConversionOperation conversion => Elements(conversion.Operand),
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        ILocalReferenceOperation { Local: var local } when _assigned.TryGetValue(local, out var assigned) && assigned.Count == 1
            && assigned[0].Value is not ILocalReferenceOperation => Elements(assigned[0].Value),
        _ => null,
    };

    private bool IsUnderConditionOn(ISymbol place, SyntaxNode at) => at.Ancestors()
        .TakeWhile(n => n != _attempt && n is StatementSyntax or ElseClauseSyntax or AssignmentExpressionSyntax)
        .OfType<IfStatementSyntax>()
        .Any(branch => branch.Condition.DescendantNodesAndSelf().Any(n => n is IdentifierNameSyntax name && name.Identifier.ValueText == place.Name));

    private IOperation? BodyOf(IInvocationOperation call)
    {
        var method = call.TargetMethod.OriginalDefinition;
        if (_running.Count > MaxDepth
            || _running.Contains(method, SymbolEqualityComparer.Default)
            || method is not { IsAbstract: false, DeclaringSyntaxReferences: { Length: > 0 } declared })
        {
            return null;
        }

        var syntax = declared[0].GetSyntax();
        return _context.Compilation.ContainsSyntaxTree(syntax.SyntaxTree)
            ? _context.Compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax)
            : null;
    }

    // In a method that is called its parameters are what it is given.
    private T Within<T>(IInvocationOperation call, IOperation body, Func<T> read)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: not RefKind.Out } parameter)
            {
                _given[parameter.OriginalDefinition] = Read(argument.Value);
            }
        }

        Collect(body);
        _running.Add(call.TargetMethod.OriginalDefinition);
        var result = read();
        _running.RemoveAt(_running.Count - 1);
        return result;
    }

    private void Collect(IOperation? root)
    {
        foreach (var operation in root?.DescendantsAndSelf() ?? [])
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var value } declarator:
                    Add(declarator.Symbol, operation.Syntax, value);
                    break;
                case ISimpleAssignmentOperation assignment when RequestParts.Place(assignment.Target) is { } place:
                    Add(place, operation.Syntax, assignment.Value);
                    break;
                case ICompoundAssignmentOperation compound when RequestParts.Place(compound.Target) is { } place:
                    Add(place, operation.Syntax, compound);
                    break;
                case IIncrementOrDecrementOperation step when RequestParts.Place(step.Target) is { } place:
                    Add(place, operation.Syntax, step);
                    break;
                case IForEachLoopOperation loop:
                    foreach (var local in loop.Locals)
                    {
                        Add(local, operation.Syntax, loop);
                    }

                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Out, Value: var output, Parent: IInvocationOperation call }
                    when (output is IDeclarationExpressionOperation declaration ? declaration.Expression : output) is var target && RequestParts.Place(target) is { } place:
                    Add(place, operation.Syntax, call);
                    break;
                case IIsPatternOperation { Value: var value, Pattern: var pattern }:
                    foreach (var designated in pattern.DescendantsAndSelf().Select(Designated).OfType<ISymbol>())
                    {
                        Add(designated, operation.Syntax, value);
                    }

                    break;
            }
        }
    }

    private static ISymbol? Designated(IOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation { DeclaredSymbol: var symbol } => symbol,
        IRecursivePatternOperation { DeclaredSymbol: var symbol } => symbol,
        _ => null,
    };

    private void Add(ISymbol place, SyntaxNode at, IOperation value)
    {
        if (!_assigned.TryGetValue(place, out var all))
        {
            _assigned.Add(place, all = []);
        }

        if (!all.Exists(a => a.At == at))
        {
            all.Add((at, value));
        }
    }
}
