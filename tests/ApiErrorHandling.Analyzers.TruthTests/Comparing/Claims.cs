using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using ApiErrorHandling.Analyzers.Recognition;
using ApiErrorHandling.Analyzers.Rules;
using ApiErrorHandling.Analyzers.TruthTests.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.TruthTests.Comparing;

/// <summary>A place, and the requests that one statement of one method has sent before.</summary>
/// <param name="Place">The place.</param>
/// <param name="Method">The method.</param>
/// <param name="Statement">Its statement that sends the request, or calls what does.</param>
internal readonly record struct Site(int Place, int Method, int Statement);

/// <summary>What the engine says of one contract's outcomes at a place.</summary>
/// <param name="Contract">The contract it takes the request for.</param>
/// <param name="Known">The outcomes that come there, as it knows.</param>
/// <param name="Possible">Those that it leaves open because something looked at the outcome that it cannot read.</param>
internal sealed record Claim(ErrorContract Contract, OutcomeSet Known, OutcomeSet Possible);

/// <summary>What the engine and the rules say about a program.</summary>
internal sealed class Claims
{
    private readonly Places _places;
    private readonly Dictionary<Site, List<Claim>> _bySite = [];
    private readonly Dictionary<Site, List<Claim>> _byUse = [];
    private readonly List<(int Place, SyntaxNode Send, ErrorContract Contract, OutcomeSet Outcomes)> _undecided = [];
    private readonly Dictionary<(int Method, int Statement), HashSet<SyntaxNode>> _sends = [];
    private readonly HashSet<(int Method, int Statement)> _requests = [];
    private readonly HashSet<(int Method, int Statement)> _mixed = [];
    private readonly HashSet<(int Method, int Statement)> _inLambda = [];

    /// <summary>Analyses a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="catalog">The contracts.</param>
    public Claims(ClientProgram program, ContractCatalog catalog)
    {
        var seen = new List<(int Place, RequestSite Request, RequestState State)>();
        _places = program.Places;
        var undecided = new List<(SyntaxNode At, RequestSite Request, OutcomeSet Outcomes)>();
        var open = new List<(SyntaxNode At, RequestSite Request, RequestState State)>();
        var context = new FlowContext(program.Marked, LibraryTable.Create(program.Marked), catalog, _ => null)
        {
            CallObserver = (call, state) => Observe(call, state, seen),
            BranchObserver = (condition, whenTrue, whenFalse) => Observe(condition, whenTrue, whenFalse, undecided),
            UseObserver = (at, request, state) => open.Add((at.Syntax, request, state)),
        };
        var results = Run(program, context, out var givenUp);
        GivenUp = givenUp;

        // states of a run that was repeated, for another contract, say nothing
        var requests = results.SelectMany(r => r.Requests).ToHashSet();
        foreach (var group in requests.GroupBy(r => SiteOf(program, -1, r)))
        {
            _requests.Add((group.Key.Method, group.Key.Statement));
            _sends.Add((group.Key.Method, group.Key.Statement), group.Select(SendOf).ToHashSet());
            if (group.Any(r => r.Operation.Syntax.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not null
                || r.Operation.Syntax.FirstAncestorOrSelf<LocalFunctionStatementSyntax>() is not null))
            {
                _inLambda.Add((group.Key.Method, group.Key.Statement));
            }

            if (group.Select(r => r.Operation.Syntax).Distinct().Count() > 1)
            {
                _mixed.Add((group.Key.Method, group.Key.Statement));
            }
        }

        foreach (var (place, request, state) in seen.Where(s => requests.Contains(s.Request)))
        {
            Add(_bySite, SiteOf(program, place, request), request.Contract, state.Outcomes, state.IsAssumedChecked);
        }

        foreach (var (at, request, outcomes) in undecided.Where(u => requests.Contains(u.Request)))
        {
            _undecided.Add((Places.At(at), SendOf(request), request.Contract, outcomes));
        }

        foreach (var result in results)
        {
            // a task that is handed back fails later
            if (MethodOf(result) is not (var method and >= 0)
                || result.Method is { IsAsync: false, ReturnType.Name: "Task" or "ValueTask" or "IAsyncEnumerable" or "IEnumerable" })
            {
                continue;
            }

            AddEnds(program.Places.EndOf(method, byThrowing: false), result.Solver.WaysOut.Normal);
            AddEnds(program.Places.EndOf(method, byThrowing: true), result.Solver.WaysOut.Exceptional.Select(e => e.State));
        }

        foreach (var use in results.SelectMany(r => r.Uses).Where(u => IsSeenHere(u, program)))
        {
            var syntax = use.At.Syntax;
            if (!UsePlaces.TryGetValue(syntax, out var place))
            {
                var line = syntax.SyntaxTree.GetLineSpan(syntax.Span).StartLinePosition.Line + 1;
                place = program.Places.Add(
                    program.Places.MethodOf(Places.At(syntax)), "use of " + syntax.ToString().Split('\n')[0], line);
                UsePlaces.Add(syntax, place);
            }

            Add(_byUse, SiteOf(program, place, use.Request), use.Request.Contract, use.Outcomes, isAssumed: false);
        }

        foreach (var (at, request, state) in open.Where(o => requests.Contains(o.Request) && o.State.IsAssumedChecked))
        {
            if (UsePlaces.TryGetValue(at, out var place))
            {
                Add(_byUse, SiteOf(program, place, request), request.Contract, state.Outcomes, isAssumed: true);
            }
        }

        void AddEnds(int place, IEnumerable<State> states)
        {
            foreach (var (request, state) in states.SelectMany(s => s.Requests).Where(r => requests.Contains(r.Key)))
            {
                var site = SiteOf(program, place, request);
                Add(_bySite, site, request.Contract, state.Outcomes, state.IsAssumedChecked);
            }
        }

        Uses = results.SelectMany(r => r.Uses).ToList();
        Requests = requests;
        Reports = Report(program.Marked);
    }

    /// <summary>Whether a body was too much for the engine.</summary>
    public bool GivenUp { get; }

    /// <summary>The expressions that use a body, with the places they are given.</summary>
    public Dictionary<SyntaxNode, int> UsePlaces { get; } = [];

    public IReadOnlyList<Use> Uses { get; }

    public IReadOnlySet<RequestSite> Requests { get; }

    /// <summary>What the rules report.</summary>
    public IReadOnlyList<Diagnostic> Reports { get; }

    /// <summary>The contracts that the engine takes requests for.</summary>
    public IEnumerable<ErrorContract> Contracts => Requests.Select(r => r.Contract).Distinct();

    /// <summary>The places of which anything is said.</summary>
    public IEnumerable<Site> Sites => _bySite.Keys;

    /// <summary>The uses of which anything is said.</summary>
    public IEnumerable<Site> UseSites => _byUse.Keys;

    /// <summary>Whether the engine knows of a request there.</summary>
    public bool HasRequest(int method, int statement) => _requests.Contains((method, statement));

    /// <summary>Whether a request is sent in a lambda or local function.</summary>
    public bool IsInLambda(int method, int statement) => _inLambda.Contains((method, statement));

    /// <summary>Whether a statement sends several requests, of which only the last can be told.</summary>
    public bool IsMixed(int method, int statement) => _mixed.Contains((method, statement));

    /// <summary>What is said of a place.</summary>
    public IReadOnlyList<Claim> At(Site site) => _bySite.GetValueOrDefault(site) ?? [];

    /// <summary>What is said of a use.</summary>
    public IReadOnlyList<Claim> AtUse(Site site) => _byUse.GetValueOrDefault(site) ?? [];

    /// <summary>Whether the engine left an outcome open anywhere behind the request.</summary>
    public bool LeavesOpen(int method, int statement, Func<ErrorContract, int?> outcome) => Behind(method, statement)
        .Any(c => outcome(c.Contract) is { } index && c.Possible.Contains(index));

    /// <summary>Whether it left it open everywhere behind the request: a handler may have looked at it before anybody.</summary>
    public bool LeavesOpenFromTheStart(int method, int statement, Func<ErrorContract, int?> outcome) =>
        LeavesOpen(method, statement, outcome)
        && !Behind(method, statement).Any(c => outcome(c.Contract) is { } index && c.Known.Contains(index));

    private IEnumerable<Claim> Behind(int method, int statement) => _bySite
        .Where(s => s.Key.Method == method && s.Key.Statement == statement)
        .SelectMany(s => s.Value);

    /// <summary>Whether a condition before a place, or in a method called before it, was left undecided for an outcome.</summary>
    public bool IsUndecided(Site site, Func<ErrorContract, int?> outcome) =>
        _sends.TryGetValue((site.Method, site.Statement), out var sends)
        && _undecided.Exists(u => sends.Contains(u.Send)
            && (u.Place <= site.Place || _places.IsInLoop(site.Place)
                || _places.HomeOf(_places.MethodOf(u.Place)) != site.Method)
            && outcome(u.Contract) is { } index && u.Outcomes.Contains(index));

    // The call that sends a request, in whatever method.
    private static SyntaxNode SendOf(RequestSite request)
    {
        while (request.Origin is var (_, inner) && !inner.IsInput)
        {
            request = inner;
        }

        return request.Operation.Syntax;
    }

    /// <summary>The place and the statement of a request.</summary>
    public static Site SiteOf(ClientProgram program, int place, RequestSite request)
    {
        var statement = Places.At(request.Operation.Syntax);
        return new Site(place, statement < 0 ? -1 : program.Places.HomeOf(program.Places.MethodOf(statement)), statement);
    }

    /// <summary>The reports of the analyzer over a compilation, in order.</summary>
    public static IReadOnlyList<Diagnostic> Report(Compilation compilation) => compilation
        .WithAnalyzers([new ApiErrorHandlingAnalyzer()])
        .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
        .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(d => d.Location.SourceSpan)
        .ToList();

    private static List<FlowResult> Run(ClientProgram program, FlowContext context, out bool givenUp)
    {
        var results = new List<FlowResult>();
        foreach (var tree in program.Trees)
        {
            var model = program.Marked.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodesAndSelf())
            {
                var (symbol, body) = node switch
                {
                    CompilationUnitSyntax unit when unit.Members.Any(m => m is GlobalStatementSyntax) =>
                        ((ISymbol?)program.Marked.GetEntryPoint(default), model.GetOperation(unit)),
                    BaseMethodDeclarationSyntax or AccessorDeclarationSyntax => (model.GetDeclaredSymbol(node), model.GetOperation(node)),
                    PropertyDeclarationSyntax { ExpressionBody: { } arrow } property =>
                        ((model.GetDeclaredSymbol(property) as IPropertySymbol)?.GetMethod, model.GetOperation(arrow)),
                    _ => (null, null),
                };
                if (symbol is not null && body is not null && context.Hot.Admits(body.Syntax, model))
                {
                    results.AddRange(BodyFlow.Run(context, symbol, body, default));
                }
            }
        }

        givenUp = context.Counters.LimitsHit > 0;
        return results;
    }

    private static int MethodOf(FlowResult result) => result.Method?.DeclaringSyntaxReferences
        .Select(r => r.GetSyntax())
        .Select(node => Places.MethodAt(node) is var method and >= 0 ? method
            : node.Parent is { } around ? Places.MethodAt(around) : -1)
        .FirstOrDefault(-1) ?? -1;

    // What is handed on counts where the method ends, data that is kept where it is used, and what a called method does in there.
    private static bool IsSeenHere(Use use, ClientProgram program) => use.Kind is UseKind.Member or UseKind.NullTest
        && use.Body.KeptAt is null
        && Places.At(use.At.Syntax) >= 0
        && use.At is not (IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.Length: > 0 } or IObjectCreationOperation)
        && program.Trees.Contains(use.At.Syntax.SyntaxTree);

    private static void Observe(
        IOperation condition, State whenTrue, State whenFalse, List<(SyntaxNode, RequestSite, OutcomeSet)> undecided)
    {
        if (whenTrue.IsDead || whenFalse.IsDead)
        {
            return;
        }

        foreach (var (request, state) in whenTrue.Requests.Where(r => !r.Key.IsInput))
        {
            undecided.Add((condition.Syntax, request, state.Outcomes & whenFalse.OutcomesOf(request)));
        }
    }

    private static void Observe(IInvocationOperation call, State state, List<(int, RequestSite, RequestState)> seen)
    {
        if (call.TargetMethod is { Name: "At", ContainingType.Name: "Probe" }
            && call.Arguments is [_, { Value.ConstantValue.Value: int place }])
        {
            lock (seen)
            {
                seen.AddRange(state.Requests.Where(r => !r.Key.IsInput).Select(r => (place, r.Key, r.Value)));
            }
        }
    }

    private static void Add(
        Dictionary<Site, List<Claim>> claims, Site site, ErrorContract contract, OutcomeSet outcomes, bool isAssumed)
    {
        if (!claims.TryGetValue(site, out var list))
        {
            claims.Add(site, list = []);
        }

        var index = list.FindIndex(c => ReferenceEquals(c.Contract, contract));
        var before = index < 0 ? new Claim(contract, OutcomeSet.Empty, OutcomeSet.Empty) : list[index];
        var after = isAssumed
            ? before with { Possible = before.Possible | outcomes }
            : before with { Known = before.Known | outcomes };
        if (index < 0)
        {
            list.Add(after);
        }
        else
        {
            list[index] = after;
        }
    }
}
