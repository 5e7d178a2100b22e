using System;
using System.Collections.Generic;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>What an operation does to what a request is made of.</summary>
internal enum PartChange
{
    /// <summary>Nothing, or it makes the same anew.</summary>
    None,

    /// <summary>Something is made anew that the request carries: a token, a time, a nonce.</summary>
    Renewed,

    /// <summary>The next request is another one: another page, item, server.</summary>
    Changed,
}

/// <summary>
/// What a request is made of - the locals, parameters and members that its arguments derive from - and which operations of
/// the method around it change that. Read off the operations of the body alone; only methods that send a request again ask.
/// </summary>
internal sealed class RequestParts
{
    // Values that are not the same a second time, by the members that give them.
    private static readonly HashSet<string> Fresh = new(StringComparer.Ordinal)
    {
        "Now", "UtcNow", "Today", "Ticks", "TickCount", "TickCount64", "NewGuid", "CreateVersion7", "GetTimestamp", "GetUtcNow",
        "ToUnixTimeSeconds", "ToUnixTimeMilliseconds",
    };

    // What moves on to the next of several.
    private static readonly string[] Advancing =
        ["Read", "Dequeue", "Pop", "Take", "Next", "MoveNext", "TryDequeue", "TryPop", "TryTake", "Rotate", "Shift", "Skip", "Append", "Push", "Enqueue"];

    private static readonly string[] Renewing =
        ["Token", "Auth", "Login", "LogIn", "SignIn", "Sign", "Renew", "Refresh", "Credential", "Session", "Cookie", "Reconnect", "Nonce", "Key"];

    private readonly FlowContext _context;
    private readonly SyntaxNode _request;
    private readonly Dictionary<ISymbol, List<(IOperation At, IOperation? Value, bool IsMember)>> _assignments;
    private readonly HashSet<ISymbol> _answers = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _parts = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, PartChange> _changes = [];
    private readonly HashSet<ISymbol> _iterated = new(SymbolEqualityComparer.Default);

    private RequestParts(
        FlowContext context,
        SyntaxNode request,
        Dictionary<ISymbol, List<(IOperation At, IOperation? Value, bool IsMember)>> assignments)
    {
        _context = context;
        _request = request;
        _assignments = assignments;
    }

    /// <summary>Whether it is made of its own last answer, or of what a function is given, so that no two are the same.</summary>
    public bool IsAnotherEachTime { get; private set; }

    /// <summary>Reads what the requests of a body are made of.</summary>
    /// <param name="context">The compilation's facts.</param>
    /// <param name="root">The body.</param>
    /// <param name="requests">The calls that send them.</param>
    public static Dictionary<SyntaxNode, RequestParts> Of(FlowContext context, IOperation root, IEnumerable<SyntaxNode> requests)
    {
        var operations = root.DescendantsAndSelf().ToList();
        var assignments = AssignmentsIn(context, operations);
        var parts = new Dictionary<SyntaxNode, RequestParts>();
        foreach (var request in requests.Distinct())
        {
            if (operations.FirstOrDefault(o => o.Syntax == request && o is not (IAwaitOperation or IExpressionStatementOperation)) is { } operation)
            {
                var read = new RequestParts(context, request, assignments);
                read.Read(operation, operations);
                parts.Add(request, read);
            }
        }

        return parts;
    }

    /// <summary>What the evaluation of an operation does to them, by its syntax.</summary>
    public PartChange ChangeBy(SyntaxNode syntax) => _changes.TryGetValue(syntax, out var change) ? change : PartChange.None;

    /// <summary>Whether a local takes one value after the other in a loop over a sequence.</summary>
    public bool IsIterated(ISymbol local) => _iterated.Contains(local);

    /// <summary>Whether the request derives from a local, parameter or member.</summary>
    public bool DependsOn(ISymbol symbol) => _parts.Contains(symbol.OriginalDefinition);

    /// <summary>The part that an expression is, where it is nothing else.</summary>
    public static ISymbol? Place(IOperation? operation) => Unwrap(operation) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field.OriginalDefinition,
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => property.Property.OriginalDefinition,
        _ => null,
    };

    private void Read(IOperation operation, List<IOperation> operations)
    {
        CollectAnswers();
        var pending = new Queue<ISymbol>();
        foreach (var operand in OperandsOf(operation))
        {
            // of a client it does not matter how it was made
            if (IsClient(operand) && Place(operand) is { } client)
            {
                _parts.Add(client);
            }
            else
            {
                IsAnotherEachTime |= Add(operand, pending);
            }
        }

        while (pending.Count > 0)
        {
            if (_assignments.TryGetValue(pending.Dequeue(), out var assigned))
            {
                foreach (var (_, value, _) in assigned)
                {
                    if (value is not null)
                    {
                        Add(value, pending);
                    }
                }
            }
        }

        AddConditions();

        // whoever runs a function may give it something else each time
        IsAnotherEachTime |= _parts.OfType<IParameterSymbol>().Any(p => p.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction });
        foreach (var part in _parts)
        {
            if (_assignments.TryGetValue(part, out var assigned))
            {
                foreach (var (at, value, isMember) in assigned)
                {
                    Note(at, value is null ? PartChange.Changed : ChangeOf(part, at, value, isMember, assigned));
                }
            }
        }

        foreach (var call in operations.OfType<IInvocationOperation>())
        {
            Note(call, ChangeBy(call));
        }

        foreach (var loop in operations.OfType<IForEachLoopOperation>())
        {
            foreach (var local in loop.Locals.Where(_parts.Contains))
            {
                _iterated.Add(local);
            }
        }
    }

    // A flag of the method that decides how the request is made is a part of it.
    private void AddConditions()
    {
        foreach (var at in _parts.ToList().SelectMany(p => _assignments.TryGetValue(p, out var assigned) ? assigned : []).Select(a => a.At).ToList())
        {
            for (var (child, node) = (at.Syntax, at.Syntax.Parent); node is StatementSyntax or ExpressionSyntax or ElseClauseSyntax; child = node, node = node.Parent)
            {
                if (node is IfStatementSyntax { Condition: var condition } && condition != child
                    && at.SemanticModel?.GetOperation(condition) is { } asked)
                {
                    _parts.UnionWith(asked.DescendantsAndSelf().OfType<IParameterReferenceOperation>().Select(p => p.Parameter));
                }
            }
        }
    }

    private void Note(IOperation at, PartChange change)
    {
        if (change != PartChange.None && (!_changes.TryGetValue(at.Syntax, out var known) || known < change))
        {
            _changes[at.Syntax] = change;
        }
    }

    // What says how long to wait, or where to write to, is no part of the request.
    private static IEnumerable<IOperation> OperandsOf(IOperation operation) => operation.ChildOperations.Where(child =>
        ((child as IArgumentOperation)?.Value ?? child).Type?.Name is not ("CancellationToken" or "HttpCompletionOption" or "TimeSpan"
            or "JsonSerializerOptions" or "ILogger"));

    /// <returns>Whether the answer to the request is among what an operand is made of.</returns>
    private bool Add(IOperation operand, Queue<ISymbol> pending)
    {
        var isAnswer = false;
        foreach (var operation in operand.DescendantsAndSelf())
        {
            switch (operation)
            {
                case ILocalReferenceOperation or IParameterReferenceOperation
                    or IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol }:
                    var symbol = (operation switch
                    {
                        ILocalReferenceOperation local => local.Local,
                        IParameterReferenceOperation parameter => parameter.Parameter,
                        _ => ((IMemberReferenceOperation)operation).Member,
                    }).OriginalDefinition;
                    if (_answers.Contains(symbol))
                    {
                        isAnswer = true;
                    }
                    else if (_parts.Add(symbol))
                    {
                        pending.Enqueue(symbol);
                    }

                    if (operation is IPropertyReferenceOperation { Property.GetMethod: { DeclaringSyntaxReferences.IsEmpty: false } getter })
                    {
                        AddReads(getter, isVirtual: true, pending);
                    }

                    break;
                case IInvocationOperation call:
                    AddReads(call.TargetMethod, call.IsVirtual, pending);
                    break;
            }
        }

        return isAnswer;
    }

    private static bool IsClient(IOperation operand) => Unwrap(operand)?.Type?.Name is "HttpClient" or "HttpMessageInvoker" or "WebClient";

    private void AddReads(IMethodSymbol method, bool isVirtual, Queue<ISymbol> pending)
    {
        foreach (var member in _context.Effects.Of(method, isVirtual).Reads)
        {
            if (IsVariable(member) && !_answers.Contains(member) && _parts.Add(member))
            {
                pending.Enqueue(member);
            }
        }
    }

    // What is set once and for all is the same each time.
    private static bool IsVariable(ISymbol member) => member switch
    {
        IFieldSymbol { IsReadOnly: false, IsConst: false } => !member.DeclaringSyntaxReferences.IsEmpty,
        IPropertySymbol { SetMethod.IsInitOnly: false } => !member.DeclaringSyntaxReferences.IsEmpty,
        _ => false,
    };

    // Everything that is made of the answer to the request.
    private void CollectAnswers()
    {
        for (var count = -1; count != _answers.Count;)
        {
            count = _answers.Count;
            foreach (var assignment in _assignments)
            {
                if (assignment.Value.Any(a => !a.IsMember && a.Value is not null && IsOfAnswer(a.Value)))
                {
                    _answers.Add(assignment.Key);
                }
            }
        }
    }

    private bool IsOfAnswer(IOperation value) => value.DescendantsAndSelf().Any(o => o.Syntax == _request
        || (Place(o) is { } place && _answers.Contains(place)));

    private PartChange ChangeOf(
        ISymbol part,
        IOperation at,
        IOperation value,
        bool isMember,
        List<(IOperation At, IOperation? Value, bool IsMember)> assigned)
    {
        if (IsOfAnswer(value))
        {
            return PartChange.Changed;
        }

        var change = PartChange.None;
        foreach (var operation in value.DescendantsAndSelf())
        {
            var found = operation switch
            {
                IInvocationOperation call => ChangeOfValue(call.TargetMethod),
                IPropertyReferenceOperation property when Fresh.Contains(property.Property.Name) => PartChange.Renewed,
                IPropertyReferenceOperation { Property.Name: "Current" } => PartChange.Changed,
                IIncrementOrDecrementOperation => PartChange.Changed,
                ILocalReferenceOperation local when SymbolEqualityComparer.Default.Equals(local.Local, part) && !isMember
                    && at is not ICoalesceAssignmentOperation => PartChange.Changed,
                _ => PartChange.None,
            };
            change = found > change ? found : change;
        }

        // of what is made on the spot it only counts what it is made of
        if (at.Parent is IObjectOrCollectionInitializerOperation)
        {
            return change;
        }

        // something is set in what was sent already
        if (change == PartChange.None && isMember && at.Syntax.SpanStart > _request.Span.End
            && !assigned.Any(a => !a.IsMember && IsInSameLoop(a.At.Syntax)))
        {
            return IsRenewing(at.Syntax.ToString()) ? PartChange.Renewed : PartChange.Changed;
        }

        // another value than it had before, unless it is always made in the same way
        if (change == PartChange.None && !isMember && IsOneOfSeveral(part, value, assigned))
        {
            return IsRenewing(value.Syntax.ToString()) ? PartChange.Renewed : PartChange.Changed;
        }

        return change;
    }

    // Made anew each time.
    private bool IsInSameLoop(SyntaxNode assignment) => _request.Ancestors()
        .FirstOrDefault(n => n is StatementSyntax and (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax))
        ?.Span.Contains(assignment.Span) == true;

    private static bool IsOneOfSeveral(
        ISymbol part, IOperation value, List<(IOperation At, IOperation? Value, bool IsMember)> assigned) =>
        part is IParameterSymbol or IFieldSymbol or IPropertySymbol
        || assigned.Any(a => !a.IsMember && a.Value is { } other && !IsNothing(other) && !other.Syntax.IsEquivalentTo(value.Syntax, topLevel: false));

    private static bool IsNothing(IOperation value) =>
        Unwrap(value) is IDefaultValueOperation or ILiteralOperation { ConstantValue: { HasValue: true, Value: null } };

    private PartChange ChangeOfValue(IMethodSymbol method)
    {
        if (Fresh.Contains(method.Name) || method.ContainingType?.Name is "Random" or "RandomNumberGenerator")
        {
            return PartChange.Renewed;
        }

        if (IsAdvancing(method))
        {
            return PartChange.Changed;
        }

        // a token, or whatever else is asked for before the request
        return _context.Hot.IsHot(method) || (IsRenewing(method.Name) && method.ReturnType.Name is "Task" or "ValueTask")
            ? PartChange.Renewed
            : PartChange.None;
    }

    // A call that changes a part by itself.
    private PartChange ChangeBy(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (LoggingLibrary.IsOwnLogger(method) || LoggingLibrary.IsLoggerName(method.Name))
        {
            return PartChange.None;
        }

        if (Place(Root(call.Instance)) is { } place && _parts.Contains(place) && IsAdvancing(method)
            && method.DeclaringSyntaxReferences.IsEmpty)
        {
            return PartChange.Changed;
        }

        if (method.DeclaringSyntaxReferences.IsEmpty && !method.IsAbstract)
        {
            return PartChange.None;
        }

        return _context.Effects.Of(method, call.IsVirtual).Writes.Any(_parts.Contains)
            ? IsRenewing(method.Name) || _context.Hot.IsHot(method) ? PartChange.Renewed : PartChange.Changed
            : PartChange.None;
    }

    private static bool IsAdvancing(IMethodSymbol method) => Advancing.Any(name =>
        method.Name.StartsWith(name, StringComparison.Ordinal)
        && (method.Name.Length == name.Length || !char.IsLower(method.Name[name.Length])))
        && method.ContainingType?.Name is not ("StringBuilder" or "Path" or "Enumerable" or "File" or "JsonSerializer");

    private static bool IsRenewing(string text) => Renewing.Any(name => text.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0);

    private static IOperation? Root(IOperation? operation)
    {
        while (Unwrap(operation) is IMemberReferenceOperation { Instance: { } instance and not IInstanceReferenceOperation })
        {
            operation = instance;
        }

        return operation;
    }

    private static IOperation? Unwrap(IOperation? operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation or IArgumentOperation)
        {
            operation = operation switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation parenthesized => parenthesized.Operand,
                _ => ((IArgumentOperation)operation).Value,
            };
        }

        return operation;
    }

    private static Dictionary<ISymbol, List<(IOperation At, IOperation? Value, bool IsMember)>> AssignmentsIn(FlowContext context, List<IOperation> operations)
    {
        var assignments = new Dictionary<ISymbol, List<(IOperation, IOperation?, bool)>>(SymbolEqualityComparer.Default);
        foreach (var operation in operations)
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator:
                    Add(declarator.Symbol, operation, (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value);
                    break;
                case ICompoundAssignmentOperation compound:
                    AddTarget(compound.Target, operation, null);
                    break;
                case IDeconstructionAssignmentOperation deconstruction:
                    foreach (var target in deconstruction.Target.DescendantsAndSelf().Where(o => Place(o) is not null))
                    {
                        AddTarget(target, operation, deconstruction.Value);
                    }

                    break;
                case IAssignmentOperation assignment:
                    AddTarget(assignment.Target, operation, assignment.Value);
                    break;
                case IIncrementOrDecrementOperation increment:
                    AddTarget(increment.Target, operation, null);
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: { } declared } pattern:
                    Add(declared, operation, (AroundPattern(pattern) as IIsPatternOperation)?.Value);
                    break;
                case IRecursivePatternOperation { DeclaredSymbol: { } declared } pattern:
                    Add(declared, operation, (AroundPattern(pattern) as IIsPatternOperation)?.Value);
                    break;
                case IInvocationOperation call:
                    foreach (var argument in call.Arguments)
                    {
                        if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref)
                        {
                            AddTarget((argument.Value as IDeclarationExpressionOperation)?.Expression ?? argument.Value, operation, call);
                        }
                        else if (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty
                            && context.Libraries.Find(call.TargetMethod) is not Meaning.SendRequest
                            && Place(Root(call.Instance)) is { } changed
                            && argument.Value.Type?.SpecialType != SpecialType.System_Boolean)
                        {
                            // `message.Headers.Add(name, value)`
                            Add(changed, operation, argument.Value, isMember: true);
                        }
                    }

                    break;
            }
        }

        return assignments;

        void AddTarget(IOperation target, IOperation at, IOperation? value)
        {
            if (Place(target) is { } place)
            {
                Add(place, at, value);
            }

            if (Root(target) is { } root && !ReferenceEquals(root, target) && Place(root) is { } owner)
            {
                Add(owner, at, value, isMember: true);
            }
        }

        void Add(ISymbol symbol, IOperation at, IOperation? value, bool isMember = false)
        {
            if (value is null && at is IVariableDeclaratorOperation or IDeclarationPatternOperation or IRecursivePatternOperation)
            {
                return;
            }

            if (!assignments.TryGetValue(symbol, out var all))
            {
                assignments.Add(symbol, all = []);
            }

            all.Add((at, value, isMember));
        }
    }

    private static IOperation? AroundPattern(IOperation pattern)
    {
        IOperation? around = pattern;
        while (around is IPatternOperation or IPropertySubpatternOperation)
        {
            around = around.Parent;
        }

        return around;
    }
}
