using System;
using System.Collections.Generic;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// Whether a retry comes to an end by something else than the answers: a count, a time, a sequence, a token, whatever is not
/// known. Only where every way out depends on nothing but answers it does not.
/// </summary>
internal sealed class RetryBounds
{
    private readonly SemanticModel _model;
    private readonly SyntaxNode _region;
    private readonly SyntaxNode _sender;
    private readonly int _start;
    private readonly HashSet<ISymbol> _ofAnswer = new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ISymbol, List<SyntaxNode>?> _steps = new(SymbolEqualityComparer.Default);

    // Whether some failure in question comes to a place; null where that does not count.
    private Func<SyntaxNode, bool>? _isReached;

    private RetryBounds(SemanticModel model, SyntaxNode function, SyntaxNode region, SyntaxNode sender, SyntaxNode? label = null)
    {
        _start = (label ?? region).SpanStart;
        _model = model;
        _region = region;
        _sender = sender;
        CollectAnswers(function, sender);
    }

    /// <summary>Whether a retry ends whatever the answers are.</summary>
    /// <param name="repeat">The retry.</param>
    /// <param name="compilation">The compilation.</param>
    public static bool AreKnown(Repeat repeat, Compilation compilation)
    {
        if (repeat is { Kind: RepeatKind.Loop, Loop: { } loop, Sender: { } sender })
        {
            return OfLoop(loop, sender, compilation).IsBounded(loop);
        }

        if (repeat is { Kind: RepeatKind.Loop, Label: { Parent: { } block } label, Sender: { } sent })
        {
            return new RetryBounds(compilation.GetSemanticModel(label.SyntaxTree), FunctionAround(label), block, sent, label).IsBounded(label);
        }

        if (repeat is { Kind: RepeatKind.Recursion, Sender: { } call })
        {
            var method = FunctionAround(call);
            var bounds = new RetryBounds(compilation.GetSemanticModel(call.SyntaxTree), method, method, repeat.Request.Operation.Syntax);
            bounds.CollectUnchanged(method, call);
            return bounds.IsBounded(method, call);
        }

        return true;
    }

    /// <summary>
    /// The outcomes that a retry never ends for, as where only some failures are counted: they come to no condition that would
    /// leave, or none of them steps the counter that it asks for.
    /// </summary>
    /// <param name="repeat">The retry.</param>
    /// <param name="flow">The method that it is in.</param>
    public static OutcomeSet Endless(Repeat repeat, FlowResult flow)
    {
        if (repeat is not { Kind: RepeatKind.Loop, Loop: { } loop, Sender: { } sender })
        {
            return AreKnown(repeat, flow.Context.Compilation) ? OutcomeSet.Empty : repeat.Same;
        }

        var bounds = OfLoop(loop, sender, flow.Context.Compilation);
        if (!bounds.IsBounded(loop))
        {
            return repeat.Same;
        }

        // what runs in line elsewhere can have been looked at for another call of it, and a loop around it can end it
        if (loop is CommonForEachStatementSyntax || bounds.ObservesToken(loop)
            || loop.SyntaxTree != flow.Syntax.SyntaxTree || !flow.Syntax.Span.Contains(loop.Span)
            || loop.Ancestors().TakeWhile(n => n != FunctionAround(loop)).Any(IsLoop))
        {
            return OutcomeSet.Empty;
        }

        var arrivals = flow.Arrivals.Where(a => ReferenceEquals(a.Key.Request, repeat.Request) && a.Key.At.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(a.Key.At.Span))
            .ToDictionary(a => a.Key.At, a => a.Value);
        var endless = OutcomeSet.Empty;
        var contract = repeat.Request.Contract;
        var left = repeat.Same - (contract.Answers - contract.StatusFailures - contract.CodeFailures);
        while (!left.IsEmpty)
        {
            // those that come to the same places
            var first = left.Indices().First();
            var alike = arrivals.Values.Aggregate(left, (set, here) => here.Contains(first) ? set & here : set - here);
            bounds._isReached = place =>
            {
                // of `a && b` each is asked by itself
                var asked = place.DescendantNodesAndSelf().Where(arrivals.ContainsKey).ToList();
                return asked.Count == 0 || asked.Exists(node => arrivals[node].Intersects(alike));
            };
            endless |= bounds.IsBounded(loop) ? OutcomeSet.Empty : alike;
            left -= alike;
        }

        return endless;
    }

    private static RetryBounds OfLoop(SyntaxNode loop, SyntaxNode sender, Compilation compilation) =>
        new(compilation.GetSemanticModel(loop.SyntaxTree), FunctionAround(loop), loop, sender);

    /// <summary>Whether the loop's own condition ends it, so that what follows it is reached after the last failure.</summary>
    /// <inheritdoc cref="AreKnown"/>
    public static bool AreInCondition(Repeat repeat, Compilation compilation) =>
        repeat is { Kind: RepeatKind.Loop, Loop: { } loop, Sender: { } sender }
        && (loop is CommonForEachStatementSyntax
            || (Condition(loop) is { } condition
                && OfLoop(loop, sender, compilation).Asks(condition)));

    /// <summary>The label before a request that is jumped back to from behind it; null if there is none.</summary>
    /// <param name="sender">The expression that sends the request.</param>
    /// <param name="counts">Which jumps count; null for all.</param>
    public static LabeledStatementSyntax? LabelBefore(SyntaxNode sender, Func<GotoStatementSyntax, bool>? counts = null)
    {
        var function = FunctionAround(sender);
        return function.DescendantNodes(IsOfFunction(function)).OfType<LabeledStatementSyntax>()
            .LastOrDefault(label => label.SpanStart <= sender.SpanStart && JumpsTo(label).Any(jump => jump.SpanStart > sender.SpanStart && counts?.Invoke(jump) != false));
    }

    // Those that come from behind it.
    private static IEnumerable<GotoStatementSyntax> JumpsTo(LabeledStatementSyntax label) => label.Parent!
        .DescendantNodes(IsOfFunction(label.Parent))
        .OfType<GotoStatementSyntax>()
        .Where(jump => jump.SpanStart > label.SpanStart
            && jump.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == label.Identifier.ValueText);

    private static Func<SyntaxNode, bool> IsOfFunction(SyntaxNode function) =>
        n => n == function || n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    // What lies between a label and the last jump to it is the body of a loop.
    private bool IsBounded(LabeledStatementSyntax label)
    {
        var jumps = JumpsTo(label).ToList();
        var end = jumps[jumps.Count - 1].Span.End;
        return jumps.TrueForAll(IsGuarded)
            || ObservesToken(_region.DescendantNodes().Where(IsInside))
            || _region.DescendantNodes().OfType<CatchFilterClauseSyntax>().Any(filter => IsInside(filter) && Asks(filter.FilterExpression))
            || Exits(_region).Any(exit => IsInside(exit) && !jumps.Contains(exit) && IsGuarded(exit));

        bool IsInside(SyntaxNode node) => node.SpanStart >= label.SpanStart && node.Span.End <= end;
    }

    private static SyntaxNode FunctionAround(SyntaxNode node) => node.Ancestors().FirstOrDefault(n =>
        n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax
            or PropertyDeclarationSyntax) ?? node.SyntaxTree.GetRoot();

    private bool IsBounded(SyntaxNode loop) => loop switch
    {
        CommonForEachStatementSyntax => true,
        _ when HasAskingFilter(loop) => true,
        ForStatementSyntax { Condition: { } condition } counting when Asks(condition) && !StepsBack(counting) => true,
        WhileStatementSyntax { Condition: var condition } when Asks(condition) => true,
        DoStatementSyntax { Condition: var condition } when Asks(condition) => true,
        _ => ObservesToken(loop) || Exits(loop).Any(IsGuarded) || AreAllRoundsGuarded(loop) || CallsWhatEndsIt(loop)

            // of some failures alone it takes but a condition on their way that may decide
            || (_isReached is not null && loop.DescendantNodes(IsOfFunction(loop)).Any(n => ConditionOf(n) is { } asked && (Asks(asked) || (n is IfStatementSyntax && IsSpent(asked, n))))),
    };

    private static ExpressionSyntax? ConditionOf(SyntaxNode node) => node switch
    {
        IfStatementSyntax { Condition: var c } => c,
        ConditionalExpressionSyntax { Condition: var c } => c,
        _ => Condition(node),
    };

    // The counter that ends it is counted down for whatever fails.
    private bool StepsBack(ForStatementSyntax loop) => loop.Incrementors.OfType<PostfixUnaryExpressionSyntax>()
        .Any(step => step.IsKind(SyntaxKind.PostIncrementExpression)
            && loop.Statement.DescendantNodes().OfType<ExpressionSyntax>().Any(back =>
                back is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostDecrementExpression, Operand: var operand }
                && operand.IsEquivalentTo(step.Operand, topLevel: false)
                && _isReached?.Invoke(back) != false
                && !IsGuarded(back)));

    // Nothing but `continue` gets back, each time under a condition of its own.
    private bool AreAllRoundsGuarded(SyntaxNode loop)
    {
        var rounds = Rounds(loop).ToList();
        return rounds.Count > 0 && rounds.All(IsGuarded)
            && loop.ChildNodes().OfType<BlockSyntax>().FirstOrDefault() is { } body
            && _model.AnalyzeControlFlow(body) is { Succeeded: true, EndPointIsReachable: false };
    }

    private static IEnumerable<ContinueStatementSyntax> Rounds(SyntaxNode loop) => loop.DescendantNodes(IsOfFunction(loop))
        .OfType<ContinueStatementSyntax>()
        .Where(c => c.Ancestors().First(IsLoop) == loop);

    /// <summary>Whether a statement is a loop.</summary>
    public static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private bool IsBounded(SyntaxNode method, SyntaxNode call) => ObservesToken(method)
        || HasAskingFilter(method)
        || IsGuarded(call)
        || Exits(method).Where(exit => exit.SpanStart < call.SpanStart && !exit.Contains(call)).Any(IsGuarded);

    // What a filter refuses leaves, too.
    private bool HasAskingFilter(SyntaxNode region) => region.DescendantNodes().OfType<CatchFilterClauseSyntax>()
        .Any(filter => Asks(filter.FilterExpression));

    // What leaves the loop, or decides whether it goes on.
    private IEnumerable<SyntaxNode> Exits(SyntaxNode region)
    {
        foreach (var node in region.DescendantNodes(n => n == region || n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or GotoStatementSyntax:
                case YieldStatementSyntax { RawKind: (int)SyntaxKind.YieldBreakStatement }:
                    yield return node;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EnsureSuccessStatusCode" } }:
                    yield return node;
                    break;
                case BreakStatementSyntax when Target(node) == region:
                    yield return node;
                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax flag } assignment
                    when Condition(region) is { } condition && condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
                        .Any(n => n.Identifier.ValueText == flag.Identifier.ValueText):
                    yield return assignment;
                    break;
            }
        }
    }

    private static SyntaxNode? Target(SyntaxNode breaks) => breaks.Ancestors().FirstOrDefault(n => IsLoop(n) || n is SwitchStatementSyntax);

    private static ExpressionSyntax? Condition(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax w => w.Condition,
        DoStatementSyntax d => d.Condition,
        ForStatementSyntax f => f.Condition,
        _ => null,
    };

    // `Run(url, remaining--)` hands on what it got, as `Run(url, remaining)` does: such a number ends nothing.
    private void CollectUnchanged(SyntaxNode method, SyntaxNode call)
    {
        foreach (var argument in (call as InvocationExpressionSyntax)?.ArgumentList.Arguments ?? [])
        {
            var handed = argument.Expression is PostfixUnaryExpressionSyntax { Operand: var operand } ? operand : argument.Expression;
            if (handed is IdentifierNameSyntax
                && _model.GetSymbolInfo(handed).Symbol is IParameterSymbol { Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } parameter
                && _model.GetOperation(argument) is IArgumentOperation { Parameter: { } given } && SymbolEqualityComparer.Default.Equals(given.OriginalDefinition, parameter.OriginalDefinition)
                && !method.DescendantNodes().Any(n => n switch
                {
                    AssignmentExpressionSyntax { Left: IdentifierNameSyntax set } => set.Identifier.ValueText == parameter.Name,
                    PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax step } => step.Identifier.ValueText == parameter.Name && n != argument.Expression,
                    PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax step, RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } =>
                        step.Identifier.ValueText == parameter.Name,
                    ArgumentSyntax { RefKindKeyword.RawKind: not 0, Expression: IdentifierNameSyntax filled } => filled.Identifier.ValueText == parameter.Name,
                    _ => false,
                }))
            {
                _ofAnswer.Add(parameter);
            }
        }
    }

    // Whether something else than answers decides about it.
    private bool IsGuarded(SyntaxNode exit)
    {
        var child = exit;
        for (var node = exit.Parent; node is not null && child != _region; child = node, node = node.Parent)
        {
            var condition = node switch
            {
                IfStatementSyntax { Condition: var c } when c != child => c,
                ConditionalExpressionSyntax { Condition: var c } when c != child => c,
                WhileStatementSyntax { Condition: var c } when c != child && node != _region => c,
                ForStatementSyntax { Condition: var c } when c != child && node != _region => c,
                SwitchStatementSyntax { Expression: var c } when c != child => c,
                SwitchExpressionSyntax { GoverningExpression: var c } when c != child => c,
                CatchClauseSyntax { Filter.FilterExpression: var c } => c,
                BinaryExpressionSyntax { Left: var c, RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression }
                    when c != child => c,
                _ => null,
            };
            if (condition is not null && (Asks(condition) || WhenClauses(node).Any(Asks) || (node is IfStatementSyntax && IsSpent(condition, node))))
            {
                return true;
            }
        }

        return false;
    }

    // `case TooManyRequests when attempt < 5` decides what comes to the other cases, too.
    private static IEnumerable<ExpressionSyntax> WhenClauses(SyntaxNode node) => node switch
    {
        SwitchStatementSyntax { Sections: var sections } => sections.SelectMany(s => s.Labels).OfType<CasePatternSwitchLabelSyntax>()
            .Where(label => label.WhenClause is not null).Select(label => label.WhenClause!.Condition),
        SwitchExpressionSyntax { Arms: var arms } => arms.Where(arm => arm.WhenClause is not null).Select(arm => arm.WhenClause!.Condition),
        _ => [],
    };

    // `if (!again) { again = true; …`, and nothing sets it back.
    private bool IsSpent(ExpressionSyntax condition, SyntaxNode guarded) => _isReached?.Invoke(condition) != false && condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(flag =>
    {
        var isRefused = flag.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression };
        var isSet = false;
        foreach (var node in _region.DescendantNodes())
        {
            var value = node switch
            {
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax set } assignment when set.Identifier.ValueText == flag.Identifier.ValueText =>
                    assignment.Right,
                VariableDeclaratorSyntax { Initializer.Value: var first } declared when declared.Identifier.ValueText == flag.Identifier.ValueText
                    && declared.SpanStart >= _start => first,
                _ => null,
            };
            if (value is not null)
            {
                if (!value.IsKind(isRefused ? SyntaxKind.TrueLiteralExpression : SyntaxKind.FalseLiteralExpression))
                {
                    return false;
                }

                isSet |= guarded.Contains(node);
            }
        }

        return isSet;
    });

    /// <summary>Whether a condition asks for something else than answers and what was caught.</summary>
    private bool Asks(ExpressionSyntax condition)
    {
        if (_isReached?.Invoke(condition) == false)
        {
            return false;
        }

        // what is sent in a condition asks for nothing but its answer
        foreach (var name in condition.DescendantNodesAndSelf(n => n != _sender).OfType<SimpleNameSyntax>())
        {
            if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name && access.Expression is not ThisExpressionSyntax
                && !IsStaticMember(name))
            {
                // what it is read off is asked for, and comes by itself
                continue;
            }

            if (name.Parent is MemberBindingExpressionSyntax or NameColonSyntax)
            {
                continue;
            }

            switch (_model.GetSymbolInfo(name).Symbol)
            {
                case ILocalSymbol { IsConst: true } or IFieldSymbol { IsConst: true } or INamespaceOrTypeSymbol or IRangeVariableSymbol:
                    break;
                case IFieldSymbol { IsStatic: true, IsReadOnly: true }:
                    break;
                case ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol:
                    var symbol = _model.GetSymbolInfo(name).Symbol!;
                    if (!_ofAnswer.Contains(symbol) && MovesOn(symbol))
                    {
                        return true;
                    }

                    break;
                case IMethodSymbol counting when Counts(counting):
                    return true;
                case IMethodSymbol { IsStatic: false, MethodKind: not MethodKind.LocalFunction } method
                    when name.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
                        || method.Parameters.IsEmpty && name.Parent is not MemberAccessExpressionSyntax:
                    return true;
                case null when name.Parent is InvocationExpressionSyntax:
                    return true;
            }
        }

        return false;
    }

    // `budget.Spend();`
    private bool CallsWhatEndsIt(SyntaxNode loop) => loop.DescendantNodes(n => n != _sender).OfType<InvocationExpressionSyntax>().Any(call =>
        call != _sender
        && _isReached?.Invoke(call) != false
        && _model.GetSymbolInfo(call).Symbol is IMethodSymbol method
        && Counts(method)
        && method.DeclaringSyntaxReferences[0].GetSyntax().DescendantNodes().Any(n => n is ThrowStatementSyntax or ThrowExpressionSyntax));

    // `n++`, `--n`, `n += 2`: what is counted.
    private static ExpressionSyntax? Stepped(SyntaxNode node) => node switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression, Operand: var operand } => operand,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: var operand } => operand,
        AssignmentExpressionSyntax { RawKind: not ((int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression), Left: var operand } => operand,
        _ => null,
    };

    // Whether a method counts something that outlives it, so that it can tell one round from another.
    private bool Counts(IMethodSymbol method)
    {
        // of a project that is referred to there is no model here
        if (method.DeclaringSyntaxReferences is not { Length: 1 } declared || declared[0].GetSyntax() is not { } body
            || !_model.Compilation.ContainsSyntaxTree(body.SyntaxTree))
        {
            return false;
        }

        return body.DescendantNodes().Any(node => Stepped(node) is { } counted
            && _model.Compilation.GetSemanticModel(body.SyntaxTree).GetSymbolInfo(counted).Symbol is { } symbol
            && (symbol is IFieldSymbol or IPropertySymbol or IParameterSymbol { RefKind: RefKind.Ref }
                || (symbol is ILocalSymbol && !SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, method))));
    }

    // A local that is counted is another number in the next round only for what comes to a step.
    private bool MovesOn(ISymbol symbol)
    {
        if (_isReached is not { } isReached)
        {
            return true;
        }

        if (!_steps.TryGetValue(symbol, out var steps))
        {
            _steps.Add(symbol, steps = StepsOf(symbol));
        }

        return steps is not { Count: > 0 } || steps.Exists(step => isReached(step));
    }

    // The places that count a local in the loop; null if it gets another number there in any other way.
    private List<SyntaxNode>? StepsOf(ISymbol symbol)
    {
        var steps = new List<SyntaxNode>();
        foreach (var name in FunctionAround(_region).DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText != symbol.Name || !SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(name).Symbol, symbol))
            {
                continue;
            }

            var isInside = _region.Contains(name) && !IsInFunction(name);
            var isStep = (name.Parent is { } parent && Stepped(parent) == name)
                || (name.Parent is AssignmentExpressionSyntax { Left: var left, Right: var value } && left == name
                    && value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == symbol.Name));
            var isSet = isStep || (name.Parent is AssignmentExpressionSyntax { Left: var set } && set == name)
                || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } };
            if (isSet && (isInside ? !isStep : IsInFunction(name)))
            {
                return null;
            }

            if (isSet && isInside)
            {
                steps.Add(name.Parent!);
            }
        }

        // what is declared in the loop's body begins anew in each round
        return symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared }
            && !_region.ChildNodes().OfType<StatementSyntax>().Any(body => body.Span.Contains(declared[0].Span))
                ? steps
                : null;

        bool IsInFunction(SyntaxNode name) => FunctionAround(name) != FunctionAround(_region);
    }

    private bool IsStaticMember(SimpleNameSyntax name) => _model.GetSymbolInfo(name).Symbol is IPropertySymbol { IsStatic: true }
        or IFieldSymbol { IsStatic: true, IsConst: false, IsReadOnly: false };

    private bool ObservesToken(SyntaxNode region) => ObservesToken(region.DescendantNodes());

    private bool ObservesToken(IEnumerable<SyntaxNode> nodes) => nodes.Any(node => node switch
    {
        ArgumentSyntax { Expression: var argument } => argument is not (LiteralExpressionSyntax or DefaultExpressionSyntax)
            && _model.GetTypeInfo(argument).Type is { Name: "CancellationToken" or "CancellationTokenSource" }
            && !argument.ToString().EndsWith("CancellationToken.None", StringComparison.Ordinal),
        SimpleNameSyntax { Identifier.ValueText: "ThrowIfCancellationRequested" or "IsCancellationRequested" or "WaitHandle" } => true,
        _ => false,
    });

    // Locals that hold answers, what is made of them and flags that only they decide; and exceptions.
    private void CollectAnswers(SyntaxNode function, SyntaxNode sender)
    {
        var sources = new Dictionary<ISymbol, List<ExpressionSyntax>>(SymbolEqualityComparer.Default);
        var before = new Dictionary<ISymbol, List<ExpressionSyntax>>(SymbolEqualityComparer.Default);
        foreach (var node in function.DescendantNodes())
        {
            switch (node)
            {
                case CatchDeclarationSyntax or SingleVariableDesignationSyntax or VariableDeclaratorSyntax { Initializer: null }:
                    if (_model.GetDeclaredSymbol(node) is { } declared)
                    {
                        if (node is CatchDeclarationSyntax)
                        {
                            _ofAnswer.Add(declared);
                        }
                        else if (node is SingleVariableDesignationSyntax && SourceOf(node) is { } source)
                        {
                            Add(declared, source);
                        }
                    }

                    break;
                case VariableDeclaratorSyntax { Initializer.Value: var value }:
                    Add(_model.GetDeclaredSymbol(node), value);
                    break;
                case AssignmentExpressionSyntax { Left: var left, Right: var right } assignment:
                    Add(_model.GetSymbolInfo(left).Symbol, right);
                    if (assignment.RawKind != (int)SyntaxKind.SimpleAssignmentExpression)
                    {
                        Add(_model.GetSymbolInfo(left).Symbol, null);
                    }

                    break;
                case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword, Expression: var filled }:
                    Add(_model.GetSymbolInfo(filled).Symbol, null);
                    break;
                case ExpressionSyntax when Stepped(node) is { } counted:
                    Add(_model.GetSymbolInfo(counted).Symbol, null);
                    break;
                case ForEachStatementSyntax loop:
                    Add(_model.GetDeclaredSymbol(loop), loop.Expression);
                    break;
            }
        }

        // what a local is before the first round ends no later one, if it gets another value in each
        foreach (var first in before)
        {
            if (first.Key is not ILocalSymbol || !sources.ContainsKey(first.Key))
            {
                first.Value.ForEach(value => AddTo(sources, first.Key, value));
            }
        }

        for (var count = -1; count != _ofAnswer.Count;)
        {
            count = _ofAnswer.Count;
            foreach (var source in sources)
            {
                if (!_ofAnswer.Contains(source.Key)
                    && source.Value.All(IsOfAnswer)
                    && (source.Value.Any(v => !IsConstant(v)) || source.Key is ILocalSymbol))
                {
                    _ofAnswer.Add(source.Key);
                }
            }
        }

        void Add(ISymbol? symbol, ExpressionSyntax? value)
        {
            if (symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol)
            {
                AddTo(value is null || IsInRound(value) ? sources : before, symbol, value ?? SyntaxFactory.IdentifierName("step"));
            }
        }

        static void AddTo(Dictionary<ISymbol, List<ExpressionSyntax>> to, ISymbol symbol, ExpressionSyntax value)
        {
            if (!to.TryGetValue(symbol, out var all))
            {
                to.Add(symbol, all = []);
            }

            all.Add(value);
        }

        bool IsInRound(ExpressionSyntax value) => _region.Span.Contains(value.Span) && value.SpanStart >= _start;

        bool IsOfAnswer(ExpressionSyntax value) => IsConstant(value)
            || (value.SyntaxTree == sender.SyntaxTree && value.Span.Contains(sender.Span))
            || (value.SyntaxTree == sender.SyntaxTree
                && value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n =>
                    _model.GetSymbolInfo(n).Symbol is { } used && _ofAnswer.Contains(used))
                && !value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(IsCounted));

        // `Judge(response, attempts)`, `response.IsBusy && attempts < 5`
        bool IsCounted(IdentifierNameSyntax name) => _model.GetSymbolInfo(name).Symbol is { } counter
            && sources.TryGetValue(counter, out var values) && values.Exists(v => v.Parent is null);
    }

    private static bool IsConstant(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax or DefaultExpressionSyntax => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } => true,
        PostfixUnaryExpressionSyntax { Operand: var operand, RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } => IsConstant(operand),
        CastExpressionSyntax { Expression: var operand } => IsConstant(operand),
        _ => false,
    };

    // `x is { } y`, `TryParse(x, out var y)`.
    private static ExpressionSyntax? SourceOf(SyntaxNode designation) => designation.Ancestors().Select(n => n switch
    {
        IsPatternExpressionSyntax { Expression: var e } => e,
        InvocationExpressionSyntax call => call,
        AssignmentExpressionSyntax { Right: var right } => right,
        SwitchStatementSyntax { Expression: var e } => e,
        _ => (ExpressionSyntax?)null,
    }).FirstOrDefault(e => e is not null);
}
