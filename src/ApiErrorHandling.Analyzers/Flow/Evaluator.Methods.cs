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

/// <content>Calls of methods of the compilation: by their summaries, or run in line where they are given functions.</content>
internal sealed partial class Evaluator
{
    private const int MaxTargets = 3;
    private const int MaxWays = 6;
    private const int MaxUses = 64;

    // A second round shows all that a method that calls itself does again.
    private const int MaxRounds = 2;

    private readonly Dictionary<SummaryKey, Summary> _summaries = [];
    private readonly Dictionary<object, bool> _isOfInterest = [];
    private readonly Dictionary<(SyntaxNode, SyntaxNode, IMethodSymbol), List<CallerView>> _views = [];
    private readonly Dictionary<SyntaxNode, HashSet<MethodInputs>> _ways = [];

    // The call, in the method being analysed, of the code of another method that is run in line.
    private IOperation? _foreignCall;

    /// <summary>Where, in the method being analysed, an operation happens.</summary>
    private IOperation Here(IOperation operation) =>
        _foreignCall is null || Contains(_root, operation.Syntax) ? operation : _foreignCall;

    private static bool Contains(SyntaxNode? root, SyntaxNode node) =>
        root is null || (root.SyntaxTree == node.SyntaxTree && root.Span.Contains(node.Span));

    /// <summary>Does what a method of the compilation does.</summary>
    /// <param name="call">The call, the read of a property, the operator.</param>
    /// <param name="target">The method as it is called.</param>
    /// <param name="receiver">The operation that gives the instance.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="argumentOperations">The arguments.</param>
    /// <param name="arguments">Their values by ordinal.</param>
    /// <param name="isVirtual">Whether an override may be what is called.</param>
    /// <param name="state">The state; changed.</param>
    /// <param name="solver">The solver.</param>
    /// <returns>What it returns; null, and nothing done, if it is not seen or not of interest.</returns>
    private Value? CallMethod(
        IOperation call,
        IMethodSymbol target,
        IOperation? receiver,
        Value instance,
        ImmutableArray<IArgumentOperation> argumentOperations,
        ImmutableArray<Value> arguments,
        bool isVirtual,
        State state,
        GraphSolver? solver)
    {
        if (solver is null || target.DeclaringSyntaxReferences.IsEmpty || target.MethodKind == MethodKind.LocalFunction)
        {
            return null;
        }

        var isOwn = !target.IsStatic && IsOwn(receiver);
        var members = isOwn ? OwnMembers(state) : ImmutableArray<(ISymbol, Value)>.Empty;
        var isGivenFunction = arguments.Any(a => a is Value.Function function && (IsOfInterest(function) || RunsOther(function, state)))
            || (arguments.Any(a => a is Value.Function) && arguments.Any(TellsOutcome));
        if (!isGivenFunction
            && !TellsOutcome(instance) && !arguments.Any(TellsOutcome) && !members.Any(m => TellsOutcome(m.Item2) || IsTold(m.Item2))
            && !_context.Hot.IsHot(target))
        {
            return null;
        }

        var targets = Implementation(target, instance) is { } implementation
            ? ImmutableArray.Create(HotMembers.Definition(implementation))
            : _context.Hot.TargetsOf(target, isVirtual);
        if (targets.Length is 0 or > MaxTargets || targets.Any(MethodGraphs.IsIterator))
        {
            return null;
        }

        if (Method is not null && targets.Contains(Method, SymbolEqualityComparer.Default))
        {
            CallItself(call, argumentOperations, state);
        }
        else
        {
            // what it does may renew something for the others
            var sender = Here(call).Syntax;
            state.Happen((request, since) => !request.IsInput && request.Operation.Syntax == sender
                ? since
                : since with { Unrenewed = OutcomeSet.Empty });
            if (targets.Length == 1)
            {
                CallBack(call, targets[0], argumentOperations, state);
            }
        }

        if (isGivenFunction)
        {
            // what becomes of an answer depends on code of two methods
            Look(instance);
            return targets.Length == 1
                ? RunForeign(call, targets[0], instance, argumentOperations, arguments, state, solver)
                : null;
        }

        var abstraction = new Abstraction(_context);
        var inputs = InputsOf(call, target, targets[0], instance, arguments, members, abstraction);
        if (IsCalledInTooManyWays(call, inputs))
        {
            return null;
        }

        ForgetItems(argumentOperations, Taint.None, state);
        var ends = new Exits();
        foreach (var one in targets)
        {
            var summary = SummaryOf(new SummaryKey(one, inputs));
            if (summary.Flow is not { } flow)
            {
                if (summary.IsBottom)
                {
                    continue;
                }

                return null;
            }

            var view = ViewOf(call, flow, abstraction, target, one);
            view.Note(state);
            foreach (var exit in flow.Exits.Normal)
            {
                if (After(exit, view, target, isOwn, receiver, state) is { } end)
                {
                    ends.Add(end);
                }
            }

            foreach (var (exit, exception) in flow.Exits.Exceptional)
            {
                if (After(exit, view, target, isOwn, receiver, state) is { } end)
                {
                    ends.Add(end, view.MapException(exception));
                }
            }
        }

        // a method that calls itself keeps its own parameters
        var parameters = target.OriginalDefinition.Parameters;
        var own = parameters.Select(p => state[p]).ToList();
        var returned = End(ends, target.OriginalDefinition, targets.Any(t => t.IsAsync), argumentOperations, state, solver);
        for (var i = 0; i < own.Count; i++)
        {
            if (own[i] is { } value && state[parameters[i]] is null)
            {
                state[parameters[i]] = value;
            }
        }

        return returned;
    }

    // A member of an interface or base class, called on an answer of known type.
    private static IMethodSymbol? Implementation(IMethodSymbol target, Value instance)
    {
        if (instance is not Value.Body { Form: BodyForm.Parsed, Target: { Flavour: JsonFlavour.Typed, Type: { } type } }
            || !(target.IsAbstract || target.IsVirtual || target.IsOverride))
        {
            return null;
        }

        if (target.ContainingType.TypeKind == TypeKind.Interface)
        {
            return type.FindImplementationForInterfaceMember(target) as IMethodSymbol is { IsAbstract: false } found ? found : null;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(target.Name))
            {
                if (member is IMethodSymbol { IsOverride: true, IsAbstract: false } method)
                {
                    for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                    {
                        if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, target.OriginalDefinition))
                        {
                            return method;
                        }
                    }
                }
            }
        }

        return null;
    }

    // Whether a look at what a field holds can be a check: something was told of it where a request failed.
    private static bool IsTold(Value value) =>
        value is Value.Unknown unknown && unknown.Origin.Requests(Aspect.Outcome | Aspect.Told).Any();

    // Whether a check or a use of what is given is possible: data alone is used already.
    private static bool TellsOutcome(Value value) => value switch
    {
        Value.Response or Value.ResponseDetail or Value.PerOutcome { TellsOutcome: true } or Value.Body { IsData: false } => true,
        Value.PerOutcome varying => varying.ByOutcome.Any(TellsOutcome),
        Value.Exception exception => exception.Request is not null,
        Value.Task task => TellsOutcome(task.Result),
        Value.Composite composite => composite.Members.Values.Any(TellsOutcome),
        Value.Elements elements => elements.Items.Any(TellsOutcome),
        _ => false,
    };

    /// <summary>A call of which an argument does not bind, where there is but one method that can be meant, or but one kind of request.</summary>
    private Value? InvokeUnbound(IOperation call, State state, GraphSolver solver)
    {
        var syntax = (InvocationExpressionSyntax)call.Syntax;
        var model = _context.Compilation.GetSemanticModel(syntax.SyntaxTree);
        var info = model.GetSymbolInfo(syntax);
        var target = info.Symbol as IMethodSymbol;
        if (target is null)
        {
            var candidates = HotMembers.Candidates(info, syntax);
            if (candidates.Count == 0 || (candidates.Count > 1 && candidates.Any(c => RequestOf(c) is null)))
            {
                return null;
            }

            target = candidates[0];
        }

        var arguments = Enumerable.Repeat(Value.Any, target.Parameters.Length).ToArray();
        var instance = Value.Any;
        IOperation? receiver = null;
        foreach (var child in call.ChildOperations)
        {
            var value = Evaluate(child, state, solver);
            var position = syntax.ArgumentList.Arguments.IndexOf(a => a.Span.Contains(child.Syntax.Span));
            if (position < 0)
            {
                (receiver, instance) = (child, value);
            }
            else if (position < arguments.Length)
            {
                arguments[position] = value;
            }
        }

        if (state.IsDead)
        {
            return Value.Any;
        }

        if (RequestOf(target) is { } request)
        {
            return Apply(
                request, call, instance, ImmutableArray<IArgumentOperation>.Empty, arguments.ToImmutableArray(), state, solver);
        }

        return CallMethod(
            call,
            target,
            receiver,
            instance,
            ImmutableArray<IArgumentOperation>.Empty,
            arguments.ToImmutableArray(),
            isVirtual: true,
            state,
            solver);
    }

    // An extension method's operands are counted with its receiver, which stands elsewhere here.
    private Meaning.SendRequest? RequestOf(IMethodSymbol method) => method.ReducedFrom is null
        ? _context.Libraries.Find(method) as Meaning.SendRequest
        : null;

    /// <summary>Runs a constructor that gets something of a request, and gives the object it makes.</summary>
    private Value? Construct(
        IObjectCreationOperation creation,
        IMethodSymbol constructor,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver? solver)
    {
        if (constructor.DeclaringSyntaxReferences.Length != 1)
        {
            return null;
        }

        if (constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax primary)
        {
            // initialisers of members are not run: they may look at what they are made of
            if (arguments.Any(TellsOutcome) && HasInitialisers(primary))
            {
                var taint = arguments.Aggregate(Taint.None, (t, a) => t | a.Taint);
                Look(Value.Derived(taint));
                AssumeChecked(taint, Aspect.Check | Aspect.Body | Aspect.Data, state);
            }

            return null;
        }

        if (constructor.DeclaringSyntaxReferences[0].GetSyntax() is not ConstructorDeclarationSyntax)
        {
            return null;
        }

        // its fields are those of another object than the caller's own
        var own = OwnMembers(state);
        var called = state.Clone();
        called.Forget(place => place is IFieldSymbol or IPropertySymbol);
        if (CallMethod(
            creation, constructor, null, Value.Any, creation.Arguments, arguments, isVirtual: false, called, solver) is null)
        {
            return null;
        }

        var members = called.Members(place => place is IFieldSymbol or IPropertySymbol)
            .GroupBy(m => m.Place.Name)
            .ToImmutableSortedDictionary(m => m.Key, m => m.First().Value, System.StringComparer.Ordinal);
        called.Forget(place => place is IFieldSymbol or IPropertySymbol);
        foreach (var (member, value) in own)
        {
            called[member] = value;
        }

        state.Become(called);
        return state.IsDead ? Value.Any : new Value.Composite(creation.Type, members);
    }

    // Whether a member, or the base, is made of a parameter of a primary constructor.
    private static bool HasInitialisers(TypeDeclarationSyntax type)
    {
        var names = type.ChildNodes().OfType<ParameterListSyntax>().FirstOrDefault()?.Parameters
            .Select(p => p.Identifier.ValueText).ToImmutableHashSet();
        var initialisers = type.Members.SelectMany(member => member switch
        {
            FieldDeclarationSyntax field => field.Declaration.Variables.Select(v => (SyntaxNode?)v.Initializer),
            PropertyDeclarationSyntax property => [property.Initializer],
            _ => [],
        }).Concat(type.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().Select(b => (SyntaxNode?)b.ArgumentList) ?? []);
        return names is not null && initialisers.Any(i =>
            i?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(n => names.Contains(n.Identifier.ValueText)) == true);
    }

    /// <summary>The request of this method that a called method sends.</summary>
    internal RequestSite InstanceOf(IOperation call, FlowResult flow, RequestSite inner)
    {
        var key = (call.Syntax, inner.Operation.Syntax, inner.Id, inner.Contract);
        if (!_requests.TryGetValue(key, out var request))
        {
            request = new RequestSite(_requests.Count + 1, call, inner.Contract, inner.Possible, inner.Address)
            {
                Origin = (flow, inner),
            };
            _requests.Add(key, request);
        }

        return request;
    }

    /// <summary>Notes what a called method did with the bodies of requests of this one.</summary>
    internal void NoteInside(FlowResult flow, CallerView view, State state)
    {
        foreach (var inner in flow.Requests)
        {
            LookInside(flow, inner, view.Map(inner));
        }

        foreach (var inner in flow.LookedAt)
        {
            LookInside(flow, inner, view.Map(inner));
        }

        foreach (var inner in flow.WithTelltale)
        {
            WithTelltale.Add(view.Map(inner));
        }

        foreach (var binding in flow.InputBindings)
        {
            BindLate(view.Map(binding.Key), binding.Value);
        }

        foreach (var use in flow.InputUses)
        {
            if (view.Map(use.Body) is Value.Body body && state.Find(body.Request) is { IsAssumedChecked: false } known)
            {
                var inner = flow.InputUses.Length <= MaxUses ? use : null;
                UseAt(view.Call, body, use.Kind, inner).Reach(use.Outcomes & known.Outcomes);
            }
        }
    }

    /// <summary>Notes what an answer that a called method parsed is taken for here.</summary>
    internal void NoteAnswerOf(RequestSite request, ParseTarget target) => NoteAnswer(request, target);

    /// <summary>The use of a body that left a called method's hands.</summary>
    private Use HandedOnAt(IOperation call, Value.Body body, Use inner) => UseAt(call, body, UseKind.HandOn, inner);

    // What a call gets can differ in every partition; beyond a few it is left alone.
    private bool IsCalledInTooManyWays(IOperation call, MethodInputs inputs)
    {
        if (!_ways.TryGetValue(call.Syntax, out var ways))
        {
            _ways.Add(call.Syntax, ways = []);
        }

        if (ways.Contains(inputs) || (ways.Count < MaxWays && ways.Add(inputs)))
        {
            return false;
        }

        _context.Counters.CountLimit();
        return true;
    }

    // A call is come by again and again, in every state: what it does is taken over once.
    private CallerView ViewOf(
        IOperation call, FlowResult flow, Abstraction abstraction, IMethodSymbol called, IMethodSymbol target)
    {
        var here = Here(call);
        var key = (here.Syntax, call.Syntax, called);
        if (!_views.TryGetValue(key, out var views))
        {
            _views.Add(key, views = []);
        }

        foreach (var known in views)
        {
            if (known.IsOf(flow, abstraction))
            {
                return known;
            }
        }

        var view = new CallerView(this, here, flow, abstraction, TypesOf(called, target));
        views.Add(view);
        return view;
    }

    private Summary SummaryOf(SummaryKey key)
    {
        if (!_summaries.TryGetValue(key, out var summary))
        {
            _summaries.Add(key, summary = _context.Summaries.Of(key, _session));
        }

        return summary;
    }

    private MethodInputs InputsOf(
        IOperation call,
        IMethodSymbol called,
        IMethodSymbol target,
        Value instance,
        ImmutableArray<Value> arguments,
        ImmutableArray<(ISymbol Member, Value Value)> own,
        Abstraction abstraction)
    {
        abstraction.KeepsText = instance.Taint.IsNone ? arguments.Any(a => !a.Taint.IsNone) : true;
        var parameters = target.Parameters;
        var mapped = MethodInputs.Trim(
            arguments.Select((argument, i) => Reduce(argument, i < parameters.Length ? parameters[i].Type : null)));

        // a result or an exception made in view is known by its members
        var made = (instance as Value.Composite)?.Members ?? (instance as Value.Exception)?.Members;
        var members = made is not null
            ? made
                .Select(m => (Member: MemberNamed(target.ContainingType, m.Key), m.Value))
                .Where(m => m.Member is not null)
                .Select(m => (m.Member!, m.Value))
            : own;
        return new MethodInputs
        {
            Arguments = mapped,
            Instance = instance is Value.Composite || instance.Taint.IsNone ? Value.Any : abstraction.Map(instance),
            Members = members.Select(m => (m.Item1, abstraction.Map(m.Item2))).ToImmutableArray(),
            Types = MethodInputs.TypesOf(called),
            Requests = abstraction.Inputs,
            ContractOfFile = _contractOfFile,
            Binding = _bindings.TryGetValue(Here(call).Syntax, out var late) ? late : _binding,
        };

        // that a number is there is nothing to know, and a counter is another each time
        Value Reduce(Value argument, ITypeSymbol? type) => abstraction.Map(argument) is var value
            && (value.Equals(Value.AnyObject) || value is Value.Between)
            && type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } ? Value.Any : value;
    }

    private static ISymbol? MemberNamed(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers(name))
            {
                if (member is IFieldSymbol or IPropertySymbol)
                {
                    return member.OriginalDefinition;
                }
            }

            // a parameter of a primary constructor is a member by another name
            foreach (var constructor in type.InstanceConstructors)
            {
                foreach (var parameter in constructor.Parameters)
                {
                    if (parameter.Name == name
                        && constructor.DeclaringSyntaxReferences.Length == 1
                        && constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax)
                    {
                        return parameter.OriginalDefinition;
                    }
                }
            }
        }

        return null;
    }

    private static ImmutableArray<(ISymbol, Value)> OwnMembers(State state) => state
        .Members(place => place is IFieldSymbol or IPropertySymbol)
        .Where(m => !m.Value.Taint.IsNone || m.Value is Value.Client)
        .ToImmutableArray();

    /// <summary>The caller's state behind a call that ended so; null if it cannot have.</summary>
    private State? After(
        State exit, CallerView view, IMethodSymbol target, bool isOwn, IOperation? receiver, State state)
    {
        var end = state.Clone();
        end.Continuation = null;
        foreach (var parameter in target.OriginalDefinition.Parameters)
        {
            end[parameter] = null;
        }

        if (isOwn)
        {
            ForgetFields(target, end);
        }

        if (exit.HasWaited)
        {
            NoteWait(view.Call, end);
            end.Wait();
        }

        foreach (var (inner, known) in exit.Requests.Select(r => (r.Key, r.Value)))
        {
            var request = view.Map(inner);
            if (inner.IsInput)
            {
                var live = end.OutcomesOf(request);
                end.Restrict(request, known.Outcomes, decides: false);
                if (end.IsDead)
                {
                    return null;
                }

                end.Happen((site, since) => ReferenceEquals(site, request) ? since.Then(known.Since) : since);

                foreach (var handedOn in known.HandedOn)
                {
                    if (view.Map(handedOn.Key.Body) is Value.Body body)
                    {
                        end.HandOn(request, HandedOnAt(view.Call, body, handedOn.Key), handedOn.Value & live);
                    }
                }
            }
            else
            {
                SendAgain(view.Call, request, end);
                end.Send(request);
                end.Restrict(request, known.Outcomes, decides: false);

                // what was changed before it came back is the called method's own business
                end.Happen((site, since) => ReferenceEquals(site, request)
                    ? since.Then(known.Since) with { Unchanged = since.Unchanged, Unrenewed = since.Unrenewed }
                    : since);
            }

            // what is looked at for the length of a wait says nothing of whether to go on
            if (!WaitsLibrary.IsTime(target.ReturnType) && !LoggingLibrary.MakesLog(target))
            {
                end.AssumeChecked(request, known.Doubt);
            }
        }

        // what failed in there is why it ended so, not what failed before
        var decided = exit.Requests.Where(r => !r.Value.Since.Decisive.IsEmpty).Select(r => view.Map(r.Key)).ToList();
        if (decided.Count > 0)
        {
            end.Happen((site, since) => decided.Contains(site) ? since : since with { Decisive = OutcomeSet.Empty });
        }

        end.Returned = exit.Returned is { } returned ? view.Map(returned) : null;
        foreach (var (place, value) in exit.Members(_ => true))
        {
            if (place is IParameterSymbol parameter)
            {
                // the parameter of what implements it is that of what is called
                end[target.OriginalDefinition.Parameters[parameter.Ordinal]] = view.Map(value);
            }
            else if (isOwn || place.IsStatic || target.MethodKind == MethodKind.Constructor)
            {
                end[place] = view.Map(value);
            }
            else
            {
                // the other object keeps to itself what it was set to
                Tell(receiver, end);
            }
        }

        return end;
    }

    /// <summary>Runs the code of another method in line: it calls functions of this one.</summary>
    private Value? RunForeign(
        IOperation call,
        IMethodSymbol target,
        Value instance,
        ImmutableArray<IArgumentOperation> argumentOperations,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver solver)
    {
        // this call, and those around it, by which the method calls itself
        var rounds = _inLine.Count(at => target.DeclaringSyntaxReferences.Any(d => d.SyntaxTree == at.SyntaxTree && d.Span.Contains(at.Span)));
        if (solver.Depth >= MaxInlineDepth || rounds >= MaxRounds || _context.Graphs.Of(target) is not { } graph)
        {
            return null;
        }

        if (rounds > 0)
        {
            // the second round stands for all further ones
            arguments = arguments.Select(a => a is Value.Constant { Content: long } ? Value.AnyObject : a).ToImmutableArray();
        }

        var foreign = _foreignCall;
        _foreignCall = Here(call);
        var self = state[State.Self];
        state[State.Self] = instance;
        var value = RunGraph(graph, target, argumentOperations, arguments, state, solver);
        state[State.Self] = self;
        _foreignCall = foreign;
        return value;
    }

    // Whether a function sends a request, itself or through what it calls.
    private bool IsOfInterest(Value.Function function)
    {
        if (!_isOfInterest.TryGetValue(function.Code, out var isOfInterest))
        {
            isOfInterest = function.Code switch
            {
                IMethodSymbol { MethodKind: not MethodKind.LocalFunction } method => _context.Hot.IsHot(method),
                IMethodSymbol { DeclaringSyntaxReferences: { Length: 1 } references } => IsHotCode(references[0].GetSyntax()),
                IOperation lambda => IsHotCode(lambda.Syntax),
                _ => false,
            };
            _isOfInterest.Add(function.Code, isOfInterest);
        }

        return isOfInterest;
    }

    // `() => action()`: what it runs was given to the method that it stands in.
    private bool RunsOther(Value.Function function, State state) =>
        function.Code is IOperation { Syntax: AnonymousFunctionExpressionSyntax lambda }
        && state.Members(place => place is IParameterSymbol or ILocalSymbol).Any(m =>
            m.Value is Value.Function other && !other.Equals(function) && IsOfInterest(other)
            && lambda.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == m.Place.Name));

    private bool IsHotCode(SyntaxNode code) =>
        _context.Hot.Admits(code, _context.Compilation.GetSemanticModel(code.SyntaxTree));

    private static ImmutableDictionary<ITypeParameterSymbol, ITypeSymbol> TypesOf(IMethodSymbol called, IMethodSymbol target)
    {
        var types = ImmutableDictionary<ITypeParameterSymbol, ITypeSymbol>.Empty.WithComparers(SymbolEqualityComparer.Default);
        for (var i = 0; i < target.TypeParameters.Length && i < called.TypeArguments.Length; i++)
        {
            types = types.SetItem(target.TypeParameters[i], called.TypeArguments[i]);
        }

        for (var type = called.ContainingType; type is not null; type = type.BaseType)
        {
            for (var i = 0; i < type.TypeArguments.Length; i++)
            {
                types = types.SetItem(type.TypeParameters[i], type.TypeArguments[i]);
            }
        }

        return types;
    }
}
