using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Requests that are sent again, and what happens on the way.</content>
internal sealed partial class Evaluator
{
    // Requests between a first and a second attempt, itself among them.
    private const int MaxBetween = 4;

    // Statuses that are told apart from the others to do something about them.
    private const int MaxMended = 2;

    private readonly Dictionary<(int Request, SyntaxNode By), Repeat> _repeats = [];
    private readonly Dictionary<(SyntaxNode, SyntaxNode), bool> _areAlike = [];

    private readonly Dictionary<(SyntaxNode At, RequestSite Request), OutcomeSet> _waits = [];

    private readonly Dictionary<(SyntaxNode At, RequestSite Request), OutcomeSet> _arrivals = [];

    // The calls whose code runs in line, the innermost last.
    private readonly List<SyntaxNode> _inLine = [];

    /// <summary>What the requests of the method are made of; null before it is known that one is sent again.</summary>
    public IReadOnlyDictionary<SyntaxNode, RequestParts>? Parts { get; init; }

    /// <summary>The method; null for an initialiser.</summary>
    public IMethodSymbol? Method { get; init; }

    /// <summary>The ways back to requests.</summary>
    public IEnumerable<Repeat> Repeats => _repeats.Values;

    /// <summary>The waits of the method, and the outcomes that come to each while the request is what it was.</summary>
    public IReadOnlyDictionary<(SyntaxNode At, RequestSite Request), OutcomeSet> Waits => _waits;

    /// <summary>The conditions and assignments of the method, and the outcomes that come to each while the request is what it was.</summary>
    public IReadOnlyDictionary<(SyntaxNode At, RequestSite Request), OutcomeSet> Arrivals => _arrivals;

    /// <summary>A request is about to be sent: the same may have been sent before.</summary>
    private void SendAgain(IOperation at, RequestSite request, State state)
    {
        NoteMended(request, state);
        if (state.Find(request) is { } earlier)
        {
            SettleHandedOn(request, earlier);
            NoteRepeat(request, at, RepeatKind.Loop, earlier, isSame: PartsOf(request) is { IsAnotherEachTime: false }, state);
            return;
        }

        // a second attempt follows the first soon
        for (var i = state.Requests.Count - 1; i >= 0 && i >= state.Requests.Count - MaxBetween; i--)
        {
            var (other, known) = (state.Requests[i].Key, state.Requests[i].Value);
            if (!other.IsInput && AreAlike(other.Operation, request.Operation) && !IsForAnother(at.Syntax, other, state))
            {
                NoteRepeat(other, at, RepeatKind.SecondCall, known, isSame: PartsOf(other) is not null, state);
            }
        }
    }

    // What is asked for on account of one failure that will not go away does away with its cause: 422, delete, send again.
    private void NoteMended(RequestSite request, State state)
    {
        if (Parts is not null)
        {
            state.Happen((site, since) => !ReferenceEquals(site, request) && !site.IsInput && !AreAlike(site.Operation, request.Operation)
                && state.OutcomesOf(site) is { IsEmpty: false, Count: <= MaxMended } failed
                && site.Contract.Outcomes.All(o => !failed.Contains(o.Index) || o is { Succeeds: false, Advice: Advice.Never })
                    ? After(PartChange.Changed, since)
                    : since);
        }
    }

    // `try { Step(); Report(failed); } catch { Report(failed); }`: what is told there is that something else failed.
    private static bool IsForAnother(SyntaxNode again, RequestSite first, State state) =>
        again.FirstAncestorOrSelf<CatchClauseSyntax>() is { Parent: TryStatementSyntax { Block: var block } }
        && Contains(block, first.Operation.Syntax)
        && state.Requests.Any(r => !r.Key.IsInput && r.Key.Operation.Syntax != first.Operation.Syntax && Contains(block, r.Key.Operation.Syntax));

    /// <summary>The method is about to call itself.</summary>
    private void CallItself(IOperation call, ImmutableArray<IArgumentOperation> arguments, State state) =>
        CallItself(call, arguments, state, RequestParts.Place);

    private void CallItself(IOperation call, ImmutableArray<IArgumentOperation> arguments, State state, Func<IOperation, ISymbol?> placeOf)
    {
        foreach (var (request, known) in WaitedAtEntry(state).Requests.Select(r => (r.Key, r.Value)))
        {
            if (!request.IsInput)
            {
                var parts = PartsOf(request);
                NoteRepeat(request, call, RepeatKind.Recursion, known, isSame: parts is { IsAnotherEachCall: false } && arguments.All(argument =>
                    argument.Parameter is null || !parts.DependsOn(argument.Parameter) || IsItself(argument)), state);
            }
        }

        bool IsItself(IArgumentOperation argument) => argument.ArgumentKind != ArgumentKind.Explicit
            || SymbolEqualityComparer.Default.Equals(placeOf(argument.Value), argument.Parameter!.OriginalDefinition)
            || argument.Value.Type?.Name is "HttpRequestMessage" or "HttpClient" or "CancellationToken";
    }

    // What is done before the first request is done before the next, too.
    private State WaitedAtEntry(State state)
    {
        if (state.Requests.Count == 0 || Method!.DeclaringSyntaxReferences.IsEmpty)
        {
            return state;
        }

        var first = state.Requests.Min(r => r.Key.IsInput ? int.MaxValue : Here(r.Key.Operation).Syntax.SpanStart);
        var waits = Method.DeclaringSyntaxReferences[0].GetSyntax()
            .DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<InvocationExpressionSyntax>()
            .Any(n => n.Span.End <= first && Model(n).GetSymbolInfo(n).Symbol is IMethodSymbol method
                && (_context.Effects.IsWait(method) || _context.Effects.Of(method).Waits));
        if (!waits)
        {
            return state;
        }

        var waited = state.Clone();
        waited.Wait();
        return waited;
    }

    /// <summary>The method calls another, which calls it again whatever the answer was.</summary>
    private void CallBack(IOperation call, IMethodSymbol between, ImmutableArray<IArgumentOperation> arguments, State state)
    {
        if (Method is null || state.Requests.All(r => r.Key.IsInput) || WayBack(between) is not { } back)
        {
            return;
        }

        var arrived = state;
        if (_context.Effects.Of(between, isVirtual: false).Waits)
        {
            NoteWait(call, state);
            arrived = state.Clone();
            arrived.Wait();
        }

        // what is handed through is what it was here
        CallItself(call, back.Arguments, arrived, value => RequestParts.Place(value) switch
        {
            IParameterSymbol parameter => arguments.FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.Parameter?.OriginalDefinition, parameter)) is { } given
                ? RequestParts.Place(given.Value)
                : null,
            var place => place,
        });
    }

    // The call of this method in another that comes to it on every way.
    private IInvocationOperation? WayBack(IMethodSymbol between)
    {
        var syntax = between.DeclaringSyntaxReferences[0].GetSyntax();
        foreach (var call in syntax.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (TreeIndex.NameOf(call) == Method!.Name
                && call.Ancestors().TakeWhile(n => n != syntax).All(n => n is BlockSyntax or ExpressionStatementSyntax or ReturnStatementSyntax or AwaitExpressionSyntax
                    or ArrowExpressionClauseSyntax or LocalDeclarationStatementSyntax or VariableDeclarationSyntax or VariableDeclaratorSyntax or EqualsValueClauseSyntax
                    or MemberAccessExpressionSyntax or InvocationExpressionSyntax or AssignmentExpressionSyntax)
                && !syntax.DescendantNodes().Any(n => n.SpanStart < call.SpanStart && n is ReturnStatementSyntax or ThrowStatementSyntax && !n.Contains(call))
                && Model(call).GetOperation(call) is IInvocationOperation operation
                && SymbolEqualityComparer.Default.Equals(operation.TargetMethod.OriginalDefinition, Method))
            {
                return operation;
            }
        }

        return null;
    }

    // A wait, and the outcomes that come to it.
    private void NoteWait(IOperation at, State state) => NoteArrival(_waits, Here(at).Syntax, state);

    /// <summary>A condition is about to be asked.</summary>
    public void NoteCondition(IOperation condition, State state) => NoteArrival(_arrivals, condition.Syntax, state);

    private void NoteArrival(Dictionary<(SyntaxNode At, RequestSite Request), OutcomeSet> arrivals, SyntaxNode at, State state)
    {
        if (Parts is not null)
        {
            foreach (var (request, known) in state.Requests.Select(r => (r.Key, r.Value)))
            {
                var key = (at, request);
                arrivals[key] = (known.Outcomes & (known.Since.Unchanged | known.Since.SteppedBack)) | (arrivals.TryGetValue(key, out var before) ? before : OutcomeSet.Empty);
            }
        }
    }

    private RequestParts? PartsOf(RequestSite request) =>
        Parts is not null && Parts.TryGetValue(request.Operation.Syntax, out var parts) ? parts : null;

    private void NoteRepeat(RequestSite request, IOperation at, RepeatKind kind, RequestState earlier, bool isSame, State state)
    {
        var by = Here(at);
        if (!_repeats.TryGetValue((request.Id, by.Syntax), out var repeat))
        {
            var (loop, sender) = kind == RepeatKind.Loop ? LoopAround(at.Syntax, PartsOf(request)) : (null, at.Syntax);
            _repeats.Add((request.Id, by.Syntax), repeat = new Repeat(request, by, kind)
            {
                Loop = loop is LabeledStatementSyntax ? null : loop, Label = loop as LabeledStatementSyntax, Sender = sender,
                IsInSteps = loop is not null && IsInSteps(loop, by.Syntax, PartsOf(request)),
            });
        }

        repeat.Add(earlier, isSame, state);
    }

    // The loop in the method itself, or in a helper that runs a function of it; or the label that is jumped back to.
    private (SyntaxNode? Loop, SyntaxNode Sender) LoopAround(SyntaxNode at, RequestParts? parts)
    {
        for (var i = _inLine.Count; i >= 0; i--)
        {
            var sender = i == _inLine.Count ? at : _inLine[i];
            var label = RetryBounds.LabelBefore(sender, jump => !Changes(jump, parts));
            for (var node = sender; node is not null and not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
                or MemberDeclarationSyntax and not GlobalStatementSyntax); node = node.Parent)
            {
                if (RetryBounds.IsLoop(node) && !Iterates(node, parts))
                {
                    return (label is not null && node.Contains(label) ? label : node, sender);
                }
            }

            if (label is not null)
            {
                return (label, sender);
            }
        }

        return (null, at);
    }

    // The only loop around the request, of which the request is not made.
    private bool IsInSteps(SyntaxNode loop, SyntaxNode by, RequestParts? parts) => parts is not null
        && Contains(loop, by)
        && !loop.DescendantNodes().Any(n => n is GotoStatementSyntax)
        && !loop.Ancestors().Any(RetryBounds.IsLoop)
        && loop switch
        {
            ForStatementSyntax { Incrementors: { Count: > 0 } steps } => !steps.SelectMany(s => s.DescendantNodes().OfType<IdentifierNameSyntax>())
                .Any(n => Model(n).GetSymbolInfo(n).Symbol is { } stepped && parts.DependsOn(stepped)),
            ForEachStatementSyntax => true,
            _ => false,
        };

    private bool Iterates(SyntaxNode loop, RequestParts? parts) => parts is not null
        && Contains(_root, loop)
        && (loop switch
        {
            CommonForEachStatementSyntax => [loop],
            ForStatementSyntax { Incrementors: var incrementors } => incrementors.SelectMany(n => n.DescendantNodesAndSelf()),
            _ => Enumerable.Empty<SyntaxNode>(),
        }).Any(n => parts.ChangeBy(n) == PartChange.Changed
            || (n is ForEachStatementSyntax && Model(n).GetDeclaredSymbol(n) is { } local && parts.IsIterated(local)));

    // A jump that asks for something else: a redirect that is followed by hand.
    private static bool Changes(GotoStatementSyntax jump, RequestParts? parts) => parts is not null
        && jump.Parent is BlockSyntax block
        && block.DescendantNodes().Any(n => n.SpanStart < jump.SpanStart && parts.ChangeBy(n) == PartChange.Changed);

    private SemanticModel Model(SyntaxNode node) => _context.Compilation.GetSemanticModel(node.SyntaxTree);

    /// <summary>An operation was evaluated that may change what requests are made of.</summary>
    private void NoteChange(IOperation operation, State state)
    {
        if (Parts is null || state.IsDead)
        {
            return;
        }

        if (operation is not IInvocationOperation)
        {
            NoteArrival(_arrivals, operation.Syntax, state);
        }

        state.Happen((request, since) => request.IsInput || PartsOf(request) is not { } parts
            ? since
            : After(parts.ChangeBy(operation.Syntax), since));
    }

    // A local takes the next value of a sequence.
    private void NoteNext(ISymbol local, State state)
    {
        if (Parts is not null)
        {
            state.Happen((request, since) => !request.IsInput && PartsOf(request) is { } parts && parts.IsIterated(local)
                ? After(PartChange.Changed, since)
                : since);
        }
    }

    // A function is called, and gets something.
    private void NoteGiven(IMethodSymbol function, State state)
    {
        if (Parts is not null && !function.Parameters.IsEmpty)
        {
            state.Happen((request, since) => !request.IsInput && PartsOf(request) is { } parts && function.Parameters.Any(parts.IsGiven)
                ? After(PartChange.Changed, since)
                : since);
        }
    }

    private static Since After(PartChange change, Since since) => change switch
    {
        PartChange.Changed => since with { Unchanged = OutcomeSet.Empty, SteppedBack = OutcomeSet.Empty },
        PartChange.Back => since with { Unchanged = OutcomeSet.Empty, SteppedBack = since.Unchanged },
        PartChange.Forward => since with { Unchanged = since.SteppedBack, SteppedBack = OutcomeSet.Empty },
        PartChange.Renewed => since with { Unrenewed = OutcomeSet.Empty },
        _ => since,
    };

    /// <summary>A call of which it is not seen what it does may wait, and may renew what requests carry.</summary>
    private void NoteUnseen(IInvocationOperation call, IMethodSymbol method, State state)
    {
        if (state.Requests.Count == 0)
        {
            return;
        }

        var isSource = !method.DeclaringSyntaxReferences.IsEmpty;
        var effects = isSource && MayWait(method) ? _context.Effects.Of(method, call.IsVirtual) : null;
        if (effects?.Waits ?? (!isSource && WaitsLibrary.IsWait(method)))
        {
            NoteWait(call, state);
            state.Wait();
            if (effects?.Asks ?? WaitsLibrary.IsQuestion(method))
            {
                state.Happen((_, since) => After(PartChange.Changed, since));
            }
        }
        else if (method.IsAbstract || method.ReturnType.Name is "Task" or "ValueTask"
            || (isSource && (Parts is null || !_context.Effects.Of(method, call.IsVirtual).Writes.IsEmpty)))
        {
            state.Happen((_, since) => since with { Unrenewed = OutcomeSet.Empty });
        }
    }

    /// <summary>The same for a call that does not bind, as where its argument comes out of a package that is missing.</summary>
    private static void NoteUnbound(InvocationExpressionSyntax call, State state)
    {
        var name = TreeIndex.NameOf(call) ?? string.Empty;
        if (WaitsLibrary.IsQuestion(name))
        {
            state.Wait();
            state.Happen((_, since) => After(PartChange.Changed, since));
        }
        else if (WaitsLibrary.IsWait(name))
        {
            state.Wait();
        }
        else
        {
            state.Happen((_, since) => since with { Unrenewed = OutcomeSet.Empty });
        }
    }

    // A coroutine tells its scheduler to wait.
    private static void YieldTo(IOperation? told, State state)
    {
        if (told is IConversionOperation conversion)
        {
            told = conversion.Operand;
        }

        if (told?.Type is { } type && WaitsLibrary.IsWait(type.Name))
        {
            state.Wait();
        }
    }

    // Cheaper than to read what it does.
    private bool MayWait(IMethodSymbol method) => _context.Hot.TargetsOf(method, isVirtualCall: true).Any(target =>
        WaitsLibrary.IsWait(target.Name) || target.DeclaringSyntaxReferences[0].GetSyntax().DescendantTokens().Any(t =>
            t.IsKind(SyntaxKind.IdentifierToken) && (WaitsLibrary.IsWait(t.ValueText) || WaitsLibrary.IsQuestion(t.ValueText))));

    /// <summary>Whether two calls send the same, as far as it can be told from what they are given.</summary>
    private bool AreAlike(IOperation one, IOperation other)
    {
        if (!_areAlike.TryGetValue((one.Syntax, other.Syntax), out var areAlike))
        {
            areAlike = one.Syntax != other.Syntax
                && one is IInvocationOperation a
                && other is IInvocationOperation b
                && SymbolEqualityComparer.Default.Equals(a.TargetMethod.OriginalDefinition, b.TargetMethod.OriginalDefinition)
                && IsSame(a.Instance, b.Instance)
                && a.Arguments.Length == b.Arguments.Length
                && a.Arguments.Zip(b.Arguments, (x, y) => IsSame(x.Value, y.Value)).All(same => same);
            _areAlike.Add((one.Syntax, other.Syntax), areAlike);
        }

        return areAlike;
    }

    private static bool IsSame(IOperation? one, IOperation? other)
    {
        if (one is null || other is null)
        {
            return one is null && other is null;
        }

        if (one.Type?.Name is "CancellationToken" || (one.Syntax.IsEquivalentTo(other.Syntax, topLevel: false) && NamesTheSame(one, other)))
        {
            return true;
        }

        // a message can be sent but once, so the second is a copy or made in the same way
        return one.Type?.Name == "HttpRequestMessage"
            && MadeBy(one) is { } made && MadeBy(other) is { } madeAgain
            && (made.IsEquivalentTo(madeAgain, topLevel: false) || madeAgain.DescendantTokens().Any(t => t.ValueText == one.Syntax.ToString()));
    }

    // Two blocks can have a local of one name each.
    private static bool NamesTheSame(IOperation one, IOperation other) => one.DescendantsAndSelf().OfType<ILocalReferenceOperation>()
        .Zip(other.DescendantsAndSelf().OfType<ILocalReferenceOperation>(), (x, y) => (x.Local, y.Local))
        .All(pair => SymbolEqualityComparer.Default.Equals(pair.Item1, pair.Item2));

    private static SyntaxNode? MadeBy(IOperation message) => message is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: { Length: 1 } declared }
        ? (declared[0].GetSyntax() as VariableDeclaratorSyntax)?.Initializer?.Value
        : message.Syntax;
}
