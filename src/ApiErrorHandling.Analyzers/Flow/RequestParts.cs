using System;
using System.Collections.Generic;
using System.Linq;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

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

    /// <summary>A number that is counted up elsewhere is counted down: the step that follows makes it the same again.</summary>
    Back,

    /// <summary>A number that is counted down elsewhere is counted up.</summary>
    Forward,
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
    // What text or numbers are made of that are made before the first attempt.
    private readonly HashSet<ISymbol> _readBefore = new(SymbolEqualityComparer.Default);
    private bool _isBefore;
    private readonly HashSet<ISymbol> _substituted = new(SymbolEqualityComparer.Default);
    private TextSpan? _attempt;
    private readonly HashSet<ISymbol> _given = new(SymbolEqualityComparer.Default);

    private RequestParts(
        FlowContext context,
        SyntaxNode request,
        Dictionary<ISymbol, List<(IOperation At, IOperation? Value, bool IsMember)>> assignments)
    {
        _context = context;
        _request = request;
        _assignments = assignments;
    }

    /// <summary>Whether it is made of its own last answer, so that no two are the same.</summary>
    public bool IsAnotherEachTime { get; private set; }

    /// <summary>Whether something it is made of, and that outlives the method, is changed before it is sent: each call sends another one.</summary>
    public bool IsAnotherEachCall { get; private set; }

    /// <summary>Reads what the requests of a body are made of.</summary>
    /// <param name="context">The compilation's facts.</param>
    /// <param name="root">The body.</param>
    /// <param name="requests">The calls that send them.</param>
    public static Dictionary<SyntaxNode, RequestParts> Of(FlowContext context, IOperation root, IEnumerable<SyntaxNode> requests)
    {
        var operations = root.DescendantsAndSelf().ToList();
        var assignments = AssignmentsIn(context, operations);
        var given = GivenIn(operations);
        var parts = new Dictionary<SyntaxNode, RequestParts>();
        foreach (var request in requests.Distinct())
        {
            if (operations.FirstOrDefault(o => o.Syntax == request && o is not (IAwaitOperation or IExpressionStatementOperation)) is { } operation)
            {
                var read = new RequestParts(context, request, assignments);
                read.Read(operation, operations, given);
                parts.Add(request, read);
            }
        }

        return parts;
    }

    /// <summary>What the evaluation of an operation does to them, by its syntax.</summary>
    public PartChange ChangeBy(SyntaxNode syntax) => _changes.TryGetValue(syntax, out var change) ? change : PartChange.None;

    /// <summary>Whether a local takes one value after the other in a loop over a sequence.</summary>
    public bool IsIterated(ISymbol local) => _iterated.Contains(local);

    /// <summary>Whether a parameter of a function is something else each time that the function is called.</summary>
    public bool IsGiven(ISymbol parameter) => _given.Contains(parameter.OriginalDefinition);

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

    private void Read(IOperation operation, List<IOperation> operations, ILookup<ISymbol, IOperation> given)
    {
        CollectAnswers();
        var pending = new Queue<ISymbol>();
        foreach (var operand in OperandsOf(operation))
        {
            // of a client it does not matter how it was made
            if (IsClient(operand) && Place(operand) is { } client)
            {
                _parts.Add(client);
                foreach (var way in WaysOf(client))
                {
                    Add(way, pending);
                }
            }
            else
            {
                IsAnotherEachTime |= Add(operand, pending);
            }
        }

        // of what the helper reads that sends it, texts that are set here are set for it
        if (operation is IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false } helper } sent)
        {
            foreach (var member in _context.Effects.Of(helper, sent.IsVirtual).Reads.Where(m => IsVariable(m) && IsText(m) && !_answers.Contains(m) && _assignments.ContainsKey(m)))
            {
                AddPart(member, pending);
            }
        }

        while (pending.Count > 0)
        {
            var part = pending.Dequeue();
            if (part is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } })
            {
                // whoever runs a function may give it something else each time
                var values = given[part].ToList();
                if (values.Count == 0 && HandedThrough((IParameterSymbol)part, operations) is { } handed)
                {
                    values.Add(handed);
                }

                // a client that is handed in is the one there is
                if ((values.Count == 0 && !IsClientType(((IParameterSymbol)part).Type)) || values.Exists(v => !v.Syntax.IsEquivalentTo(values[0].Syntax, topLevel: false)))
                {
                    _given.Add(part);
                }

                values.ForEach(v => Add(v, pending));
            }

            if (_assignments.TryGetValue(part, out var assigned))
            {
                foreach (var (at, value, _) in assigned)
                {
                    if ((value ?? (at as ICompoundAssignmentOperation)?.Value) is { } source)
                    {
                        _isBefore = _readBefore.Contains(part) || IsMadeBefore(part, at);
                        Add(source, pending);
                        _isBefore = false;
                    }
                }
            }
        }

        AddConditions();
        foreach (var part in _parts)
        {
            if (_assignments.TryGetValue(part, out var assigned))
            {
                if (IsSteppedBothWays(assigned))
                {
                    foreach (var step in assigned.Select(a => a.At).OfType<IIncrementOrDecrementOperation>())
                    {
                        Note(step, step.Kind == OperationKind.Decrement ? PartChange.Back : PartChange.Forward);
                    }

                    continue;
                }

                var isMadeAnew = IsMadeAnew(part, assigned);
                foreach (var (at, value, isMember) in assigned)
                {
                    IsAnotherEachCall |= part is IFieldSymbol or IPropertySymbol && at is IIncrementOrDecrementOperation or ICompoundAssignmentOperation
                        && at.Syntax.Span.End <= _request.SpanStart;
                    Note(at, (isMadeAnew ? value ?? (at as ICompoundAssignmentOperation)?.Value : value) is { } source
                        ? ChangeOf(part, at, source, isMember, assigned, isMadeAnew)
                        : PartChange.Changed);
                }
            }
        }

        foreach (var call in operations.OfType<IInvocationOperation>())
        {
            Note(call, ChangeBy(call));
        }

        foreach (var way in operations.OfType<ISimpleAssignmentOperation>())
        {
            if (way.Target is IPropertyReferenceOperation { Property: { IsStatic: true, Name: "DefaultProxy" or "DefaultWebProxy" } })
            {
                Note(way, PartChange.Changed);
            }
        }

        foreach (var loop in operations.OfType<IForEachLoopOperation>())
        {
            foreach (var local in loop.Locals.Where(_parts.Contains))
            {
                _iterated.Add(local);
            }
        }
    }

    // `for (…; i++) … catch { i--; }`
    private static bool IsSteppedBothWays(List<(IOperation At, IOperation? Value, bool IsMember)> assigned) =>
        assigned.TrueForAll(a => a.At is IIncrementOrDecrementOperation or IVariableDeclaratorOperation)
        && assigned.Exists(a => a.At.Kind == OperationKind.Decrement)
        && assigned.Exists(a => a.At is { Kind: OperationKind.Increment, Syntax.Parent: ForStatementSyntax });

    // What local functions are called with.
    private static ILookup<ISymbol, IOperation> GivenIn(List<IOperation> operations) => operations.OfType<IInvocationOperation>()
        .Where(call => call.TargetMethod.MethodKind == MethodKind.LocalFunction)
        .SelectMany(call => call.Arguments)
        .Where(argument => argument.Parameter is not null)
        .ToLookup(argument => (ISymbol)argument.Parameter!.OriginalDefinition, argument => argument.Value, SymbolEqualityComparer.Default!);

    // What a helper that runs a function got itself for one of its parameters, if it hands just that through: `send(url)`.
    private static IOperation? HandedThrough(IParameterSymbol parameter, List<IOperation> operations)
    {
        IOperation? function = operations.OfType<IAnonymousFunctionOperation>()
            .FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.Symbol, parameter.ContainingSymbol));
        while (function is IAnonymousFunctionOperation or IDelegateCreationOperation or IConversionOperation)
        {
            function = function.Parent;
        }

        if (function is not IArgumentOperation { Parameter: { } run, Parent: IInvocationOperation { TargetMethod: { IsVirtual: false, IsAbstract: false } helper } call }
            || helper.DeclaringSyntaxReferences is not { Length: 1 } declared)
        {
            return null;
        }

        var given = new HashSet<string>();
        var rounds = new List<InvocationExpressionSyntax>();
        var names = declared[0].GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>().ToList();
        foreach (var name in names.Where(n => n.Identifier.ValueText == run.Name))
        {
            var invoked = name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } access && access.Expression == name ? access : (ExpressionSyntax)name;
            switch (invoked.Parent)
            {
                case InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } invocation
                    when invocation.Expression == invoked && arguments.Count > parameter.Ordinal && arguments[parameter.Ordinal].Expression is IdentifierNameSyntax value:
                    given.Add(value.Identifier.ValueText);
                    break;

                // handed on to itself
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax again } when TreeIndex.NameOf(again) == helper.Name:
                    rounds.Add(again);
                    break;
                default:
                    return null;
            }
        }

        return given.Count == 1
            && call.Arguments.FirstOrDefault(a => a.Parameter?.Name == given.First()) is { } argument
            && rounds.TrueForAll(again => again.ArgumentList.Arguments.Any(a => a.Expression is IdentifierNameSyntax same && same.Identifier.ValueText == given.First()))
            && !names.Exists(n => n.Identifier.ValueText == given.First() && n.Parent is PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax
                or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or AssignmentExpressionSyntax { Left: IdentifierNameSyntax })
                ? argument.Value
                : null;
    }

    // A flag of the method that decides how the request is made is a part of it.
    private void AddConditions()
    {
        foreach (var part in _parts.ToList())
        {
            if (!_assignments.TryGetValue(part, out var assigned))
            {
                continue;
            }

            var isMadeAnew = IsMadeAnew(part, assigned);
            foreach (var (at, _, _) in assigned)
            {
                for (var (child, node) = (at.Syntax, at.Syntax.Parent); node is StatementSyntax or ExpressionSyntax or ElseClauseSyntax or SwitchSectionSyntax; child = node, node = node.Parent)
                {
                    var condition = (node as IfStatementSyntax)?.Condition ?? (node as SwitchStatementSyntax)?.Expression;
                    if (condition is not null && condition != child && Attempt.Contains(node.Span)
                        && at.SemanticModel?.GetOperation(condition) is { } asked)
                    {
                        _parts.UnionWith(asked.DescendantsAndSelf()
                            .Where(o => o is IParameterReferenceOperation || (isMadeAnew && o is ILocalReferenceOperation or IFieldReferenceOperation))
                            .Select(Place)
                            .Where(place => place is not null && !_answers.Contains(place))!);
                    }
                }
            }
        }
    }

    // The code that is run for each attempt: the loop around the request, what a label is before, or the whole function.
    private TextSpan Attempt => _attempt ??= FindAttempt();

    private TextSpan FindAttempt()
    {
        var label = RetryBounds.LabelBefore(_request);
        foreach (var node in _request.Ancestors())
        {
            if (node == label?.Parent)
            {
                return TextSpan.FromBounds(label!.SpanStart, node.Span.End);
            }

            switch (node)
            {
                case WhileStatementSyntax { Statement: var body }:
                    return body.Span;
                case DoStatementSyntax { Statement: var body }:
                    return body.Span;
                case ForStatementSyntax { Statement: var body }:
                    return body.Span;
                case CommonForEachStatementSyntax { Statement: var body }:
                    return body.Span;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return node.Span;
            }
        }

        return _request.SyntaxTree.GetRoot().Span;
    }

    // A local of the attempt, or one that it sets before anything else is done with it: what is done then is done each time.
    private bool IsMadeAnew(ISymbol part, List<(IOperation At, IOperation? Value, bool IsMember)> assigned) =>
        part is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared }
        && (Attempt.Contains(declared[0].Span)
            || (assigned.Where(a => Attempt.Contains(a.At.Syntax.Span)).OrderBy(a => a.At.Syntax.SpanStart).FirstOrDefault() is
                {
                    At: ISimpleAssignmentOperation { Syntax: var first }, Value: not null, IsMember: false,
                }
                && first.FirstAncestorOrSelf<StatementSyntax>()?.Parent?.Contains(_request) == true
                && !first.SyntaxTree.GetRoot().DescendantTokens(TextSpan.FromBounds(Attempt.Start, first.SpanStart))
                    .Any(t => t.SpanStart < first.SpanStart && t.ValueText == part.Name)));

    private void Note(IOperation at, PartChange change)
    {
        if (change != PartChange.None && (!_changes.TryGetValue(at.Syntax, out var known) || known < change))
        {
            _changes[at.Syntax] = change;
        }
    }

    // What says how long to wait, or where to write to, is no part of the request.
    private static IEnumerable<IOperation> OperandsOf(IOperation operation) => operation.ChildOperations.Where(child =>
        child is not IArgumentOperation { Parameter.RefKind: RefKind.Out }
        && ((child as IArgumentOperation)?.Value ?? child).Type?.Name is not ("CancellationToken" or "HttpCompletionOption" or "TimeSpan"
            or "JsonSerializerOptions" or "ILogger"));

    /// <returns>Whether the answer to the request, or something that is drawn by lot, is among what an operand is made of.</returns>
    private bool Add(IOperation operand, Queue<ISymbol> pending)
    {
        var isAnswer = false;
        foreach (var operation in operand.DescendantsAndSelf())
        {
            switch (operation)
            {
                case ICoalesceOperation { Value: var value } when Place(value) is { } substituted:
                    _substituted.Add(substituted);
                    break;
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
                    else
                    {
                        AddPart(symbol, pending);
                    }

                    if (operation is IPropertyReferenceOperation { Property.GetMethod: { DeclaringSyntaxReferences.IsEmpty: false } getter })
                    {
                        AddReads(getter, isVirtual: true, pending);
                    }

                    break;
                case IInvocationOperation call:
                    AddReads(call.TargetMethod, call.IsVirtual, pending);

                    // a random number alone is there to get past caches
                    isAnswer |= call.TargetMethod is { DeclaringSyntaxReferences.IsEmpty: false, Name: var name }
                        && name.IndexOf("Random", StringComparison.Ordinal) >= 0 && Attempt.Contains(call.Syntax.Span);
                    break;
            }
        }

        return isAnswer;
    }

    private void AddPart(ISymbol part, Queue<ISymbol> pending)
    {
        var isNew = _parts.Add(part);
        if (isNew && _isBefore)
        {
            _readBefore.Add(part);
        }

        // what an attempt reads itself, too, has to be looked at again
        if (isNew || (!_isBefore && _readBefore.Remove(part)))
        {
            pending.Enqueue(part);
        }
    }

    // Text or a number that is made once, of whatever it was made of.
    private bool IsMadeBefore(ISymbol part, IOperation at) =>
        part is ILocalSymbol { Type: { IsValueType: true } or { SpecialType: SpecialType.System_String } or { Name: "Uri" } }
        && !Attempt.Contains(at.Syntax.Span);

    private static bool IsClient(IOperation operand) => IsClientType(Unwrap(operand)?.Type);

    private static bool IsClientType(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name is "HttpClient" or "HttpMessageInvoker" or "WebClient")
            {
                return true;
            }
        }

        return false;
    }

    // By which proxy, to which server and for whom a client, or the handler that it is given, sends.
    private IEnumerable<IOperation> WaysOf(ISymbol client)
    {
        foreach (var (at, value, _) in _assignments.TryGetValue(client, out var assigned) ? assigned : [])
        {
            foreach (var operation in at.DescendantsAndSelf().Concat(value?.DescendantsAndSelf() ?? []))
            {
                if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Proxy" or "BaseAddress" or "Credentials" } } set)
                {
                    yield return set.Value;
                }
                else if (operation is IArgumentOperation { Parent: IObjectCreationOperation } handler && IsClient(operation.Parent)
                    && Place(handler) is ILocalSymbol local && !SymbolEqualityComparer.Default.Equals(local, client))
                {
                    foreach (var way in WaysOf(local))
                    {
                        yield return way;
                    }
                }
            }
        }
    }

    private void AddReads(IMethodSymbol method, bool isVirtual, Queue<ISymbol> pending)
    {
        foreach (var member in _context.Effects.Of(method, isVirtual).Reads)
        {
            if (IsVariable(member) && !_answers.Contains(member))
            {
                AddPart(member, pending);
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

    private static bool IsText(ISymbol member) => ((member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type) is { } type
        && (type.SpecialType == SpecialType.System_String || type.Name == "Uri");

    // Everything that is made of the answer to the request, and of nothing else: what also has a value of its own keeps that
    // until the answer is put in its place.
    private void CollectAnswers()
    {
        for (var count = -1; count != _answers.Count;)
        {
            count = _answers.Count;
            foreach (var assignment in _assignments)
            {
                if (assignment.Key is ILocalSymbol or IFieldSymbol or IPropertySymbol
                    && assignment.Value.Any(a => !a.IsMember && a.Value is not null && IsOfAnswer(a.Value))
                    && assignment.Value.All(a => a.IsMember || a.Value is null || IsNothing(a.Value) || IsOfAnswer(a.Value)))
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
        List<(IOperation At, IOperation? Value, bool IsMember)> assigned,
        bool isMadeAnew)
    {
        if (IsOfAnswer(value))
        {
            return PartChange.Changed;
        }

        if (!isMember && IsCopy(value))
        {
            return PartChange.None;
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
                ILocalReferenceOperation local when SymbolEqualityComparer.Default.Equals(local.Local, part) && !isMember && !isMadeAnew
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
        if (change == PartChange.None && !isMember && !isMadeAnew
            && (IsOneOfSeveral(part, value, assigned) || (at.Syntax.SpanStart > _request.Span.End && IsNothingAtFirst(assigned))))
        {
            return IsRenewing(value.Syntax.ToString()) ? PartChange.Renewed : PartChange.Changed;
        }

        return change;
    }

    // Few requests can be sent twice: what is made of the one before, or of one that was kept, is the same again.
    private static bool IsCopy(IOperation value)
    {
        var made = Unwrap((Unwrap(value) as IAwaitOperation)?.Operation ?? value) as IInvocationOperation;
        if (made is { TargetMethod.Name: "ConfigureAwait", Instance: { } awaited })
        {
            made = Unwrap(awaited) as IInvocationOperation;
        }

        return made is not null && made.Arguments.Select(a => a.Value).Append(made.Instance).Any(o =>
            Place(o) is not null && Unwrap(o)!.Type?.Name is "HttpRequestMessage" or "HttpWebRequest" or "WebRequest" or "RestRequest");
    }

    // Made anew each time.
    private bool IsInSameLoop(SyntaxNode assignment) => _request.Ancestors()
        .FirstOrDefault(RetryBounds.IsLoop)
        ?.Span.Contains(assignment.Span) == true;

    // Null is a value like any other where something else is taken in its place.
    private bool IsOneOfSeveral(
        ISymbol part, IOperation value, List<(IOperation At, IOperation? Value, bool IsMember)> assigned) =>
        part is IParameterSymbol or IFieldSymbol or IPropertySymbol
        || assigned.Any(a => !a.IsMember && a.Value is { } other && (!IsNothing(other) || _substituted.Contains(part)) && !other.Syntax.IsEquivalentTo(value.Syntax, topLevel: false));

    // What a failure sets the first request went without.
    private bool IsNothingAtFirst(List<(IOperation At, IOperation? Value, bool IsMember)> assigned) =>
        assigned.Exists(a => a.Value is { } first && IsNothing(first) && a.At.Syntax.Span.End <= _request.SpanStart && !Attempt.Contains(a.At.Syntax.Span));

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

        if (EffectsOfMethods.AddsCookies(call) && !IsDoneEachTime(call.Syntax))
        {
            return PartChange.Changed;
        }

        // what is left of a list moves up
        if (Place(call.Instance) is { } list && _parts.Contains(list) && method.Name is "RemoveAt" or "Remove" or "Clear" or "Insert")
        {
            return PartChange.Changed;
        }

        if (method.DeclaringSyntaxReferences.IsEmpty && !method.IsAbstract)
        {
            return PartChange.None;
        }

        var writes = _context.Effects.Of(method, call.IsVirtual).Writes;
        if (writes.Any(w => EffectsOfMethods.IsCookies(JsonNames.TypeOf(w))) && !IsDoneEachTime(call.Syntax))
        {
            return PartChange.Changed;
        }

        // what was read before the first attempt may be anything now
        var isInAttempt = Attempt.Contains(call.Syntax.Span);
        var written = writes.Where(w => _parts.Contains(w) && !(isInAttempt && _readBefore.Contains(w))).ToList();
        return written.Count == 0 ? PartChange.None
            : (IsRenewing(method.Name) || _context.Hot.IsHot(method)) && written.TrueForAll(CarriesCredentials) ? PartChange.Renewed
            : PartChange.Changed;
    }

    // What is renewed for the same request; anything else that is fetched anew makes its address or content another.
    private static bool CarriesCredentials(ISymbol member) =>
        IsRenewing(member.Name) || member.Name is "Headers" or "DefaultRequestHeaders" || IsClientType(JsonNames.TypeOf(member));

    // Before each attempt alike, or in it.
    private bool IsDoneEachTime(SyntaxNode syntax) => Attempt.Contains(syntax.Span)
        && syntax.Span.End <= _request.Span.End
        && syntax.FirstAncestorOrSelf<StatementSyntax>()?.Parent?.Contains(_request) == true;

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

    /// <summary>An operand without the conversions, parentheses and argument around it.</summary>
    public static IOperation? Unwrap(IOperation? operation)
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
                            if (argument.Parameter.RefKind == RefKind.Ref && !MayAssign(argument.Parameter))
                            {
                                if (Place(argument.Value) is { } filled)
                                {
                                    Add(filled, operation, call, isMember: true);
                                }

                                continue;
                            }

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

    // Much is handed over by reference that is only filled in.
    private static bool MayAssign(IParameterSymbol parameter) =>
        parameter.OriginalDefinition.ContainingSymbol is not IMethodSymbol { IsAbstract: false, IsVirtual: false, DeclaringSyntaxReferences: { Length: 1 } references }
        || references[0].GetSyntax().DescendantNodes().Any(n => n switch
        {
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => name.Identifier.ValueText == parameter.Name,
            ArgumentSyntax { RefKindKeyword.RawKind: not 0, Expression: IdentifierNameSyntax name } => name.Identifier.ValueText == parameter.Name,
            _ => false,
        });

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
