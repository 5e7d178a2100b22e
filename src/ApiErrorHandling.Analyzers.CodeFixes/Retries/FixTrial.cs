using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>
/// A document with what the analysis says of it: a fix of a retry is written in several ways, and that is taken which the
/// analysis finds right.
/// </summary>
internal sealed class FixTrial
{
    // Of a helper that is changed.
    private const int MaxCallers = 40;

    private readonly Document _document;
    private readonly CompilationAnalysis _analysis;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<SyntaxNode, ImmutableArray<FlowResult>> _results = [];
    private int? _compileErrors;

    private FixTrial(Document document, FixScene scene, CompilationAnalysis analysis, CancellationToken cancellation)
    {
        _document = document;
        Scene = scene;
        _analysis = analysis;
        _cancellation = cancellation;
    }

    /// <summary>The document.</summary>
    public Document Document => _document;

    /// <summary>Its scene.</summary>
    public FixScene Scene { get; }

    // Those of its own tree: a fix changes no signature that others see.
    private int CompileErrors => _compileErrors ??= Errors(Scene.Model);

    /// <summary>Reads a document.</summary>
    public static async Task<FixTrial?> CreateAsync(Document document, CancellationToken cancellation) =>
        await FixScene.CreateAsync(document, cancellation).ConfigureAwait(false) is { } scene
            ? new FixTrial(
                document,
                scene,
                new CompilationAnalysis(scene.Model.Compilation, document.Project.AnalyzerOptions, cancellation),
                cancellation)
            : null;

    /// <summary>The retry that a rule reports at a place; null if it reports none.</summary>
    public (Repeat Repeat, FlowResult Flow, Diagnostic Diagnostic)? Find(RetryRule rule, TextSpan at)
    {
        foreach (var flow in ResultsAround(at))
        {
            foreach (var (repeat, diagnostic) in rule.Find(flow))
            {
                if (diagnostic.Location.SourceTree == Scene.Root.SyntaxTree && diagnostic.Location.SourceSpan == at)
                {
                    return (repeat, flow, diagnostic);
                }
            }
        }

        return null;
    }

    /// <summary>The methods through which a retry sends its request, as far as their documents can be changed.</summary>
    /// <param name="retry">The retry.</param>
    public async Task<ImmutableArray<RetryScene>> HelpersOf(RetryScene retry)
    {
        var helpers = ImmutableArray.CreateBuilder<RetryScene>();
        for (var request = retry.Repeat.Request.Origin?.Request; request is not null; request = request.Origin?.Request)
        {
            if (request.Operation?.Syntax is ExpressionSyntax sent
                && _document.Project.GetDocument(sent.SyntaxTree) is { } document and not SourceGeneratedDocument
                && (document.Id == _document.Id ? Scene : await FixScene.CreateAsync(document, _cancellation).ConfigureAwait(false)) is { } scene)
            {
                helpers.Add(retry.At(scene, document.Id, sent));
            }
        }

        return helpers.ToImmutable();
    }

    /// <summary>Makes a fix and looks at what the analysis says of it.</summary>
    /// <param name="rule">The rule that should say less.</param>
    /// <param name="at">The place of its report.</param>
    /// <param name="fix">The fix.</param>
    /// <returns>The changed document, if the report is gone, no other came and it still compiles; else null.</returns>
    public async Task<FixTrial?> TryAsync(RetryRule rule, TextSpan at, RetryFix fix)
    {
        var solution = _document.Project.Solution.WithDocumentText(_document.Id, Changed(Scene.Text, fix.Changes));
        foreach (var other in fix.Elsewhere.GroupBy(e => e.Document, e => e.Change))
        {
            var document = solution.GetDocument(other.Key)!;
            var errors = await ErrorsIn(document).ConfigureAwait(false);
            solution = solution.WithDocumentText(other.Key, Changed(await document.GetTextAsync(_cancellation).ConfigureAwait(false), other));
            if (await ErrorsIn(solution.GetDocument(other.Key)!).ConfigureAwait(false) > errors)
            {
                return null;
            }
        }

        if (Moved(at, fix.Changes) is not { } moved
            || await CreateAsync(solution.GetDocument(_document.Id)!, _cancellation).ConfigureAwait(false) is not { } changed
            || changed.CompileErrors > CompileErrors)
        {
            return null;
        }

        var id = rule.Descriptors[0].Id;
        var before = ReportsAround(at, fix.Helpers);
        var after = changed.ReportsAround(moved, fix.Helpers);
        return before is not null && after is not null
            && (fix.Helpers.IsEmpty || changed.Find(rule, moved) is null)
            && Count(after, id) < Count(before, id) && after.Keys.All(k => Count(after, k) <= Count(before, k)) ? changed : null;

        static int Count(Dictionary<string, int> reports, string id) => reports.TryGetValue(id, out var count) ? count : 0;
    }

    /// <summary>The outcomes that take a way back in the method around a place.</summary>
    public OutcomeSet Repeated(TextSpan at) => Repeats(at).Aggregate(OutcomeSet.Empty, (all, repeat) => all | repeat.Same);

    /// <summary>The ways back in the method around a place.</summary>
    public IEnumerable<Repeat> Repeats(TextSpan at) => ResultsAround(at).SelectMany(flow => flow.Repeats);

    /// <summary>Whether a successful answer comes to one of the waits inside some spans.</summary>
    /// <param name="at">A place in the method.</param>
    /// <param name="inside">The spans.</param>
    /// <param name="before">The retry before the change: with a success that it sent again something else was wrong.</param>
    public bool SuccessWaits(TextSpan at, ImmutableArray<TextSpan> inside, Repeat before) => ResultsAround(at)
        .SelectMany(flow => flow.Waits)
        .Any(wait => inside.Any(span => span.Contains(wait.Key.At.Span))
            && (wait.Key.Request.Contract == before.Request.Contract ? wait.Value - before.Same : wait.Value)
                .Intersects(wait.Key.Request.Contract.OrdinarySuccesses));

    /// <summary>Where a place is after changes; null if it is no longer whole.</summary>
    public static TextSpan? Moved(TextSpan at, ImmutableArray<TextChange> changes)
    {
        var (start, length) = (at.Start, at.Length);
        foreach (var change in changes)
        {
            if (change.Span.End <= at.Start)
            {
                start += change.NewText!.Length - change.Span.Length;
            }
            else if (change.Span.Start >= at.Start && change.Span.End <= at.End)
            {
                length += change.NewText!.Length - change.Span.Length;
            }
            else if (change.Span.Start < at.End)
            {
                return null;
            }
        }

        return new TextSpan(start, length);
    }

    private static SourceText Changed(SourceText text, IEnumerable<TextChange> changes) =>
        text.WithChanges(changes.OrderBy(c => c.Span.Start).ThenBy(c => c.Span.End));

    private async Task<int> ErrorsIn(Document document) =>
        await document.GetSemanticModelAsync(_cancellation).ConfigureAwait(false) is { } model ? Errors(model) : 0;

    private int Errors(SemanticModel model) => model.GetDiagnostics(cancellationToken: _cancellation).Count(d => d.Severity == DiagnosticSeverity.Error);

    // What is said of a method and of those that call some helpers; null if they are too many to look at.
    private Dictionary<string, int>? ReportsAround(TextSpan at, ImmutableArray<string> helpers) => helpers.IsEmpty
        ? ReportsOf(ResultsAround(at))
        : ResultsOfCallers(helpers) is { } callers ? ReportsOf(ResultsAround(at).Concat(callers)) : null;

    private static Dictionary<string, int> ReportsOf(IEnumerable<FlowResult> flows)
    {
        var reports = new HashSet<(string Id, SyntaxTree? Tree, TextSpan Span)>();
        foreach (var flow in flows)
        {
            foreach (var rule in Rule.All)
            {
                rule.Check(flow, d => reports.Add((d.Id, d.Location.SourceTree, d.Location.SourceSpan)));
            }
        }

        return reports.GroupBy(r => r.Id).ToDictionary(g => g.Key, g => g.Count());
    }

    private IEnumerable<FlowResult>? ResultsOfCallers(IEnumerable<string> names)
    {
        var compilation = Scene.Model.Compilation;
        var calls = compilation.SyntaxTrees
            .Where(tree => names.Any(name => tree.GetText(_cancellation).ToString().Contains(name)))
            .SelectMany(tree => tree.GetRoot(_cancellation).DescendantNodes())
            .OfType<InvocationExpressionSyntax>()
            .Where(call => TreeIndex.NameOf(call) is { } name && names.Contains(name))
            .GroupBy(call => call.FirstAncestorOrSelf<MemberDeclarationSyntax>())
            .Select(group => group.First())
            .Take(MaxCallers + 1)
            .ToList();
        return calls.Count > MaxCallers
            ? null
            : calls.SelectMany(call => _analysis.RunAround(compilation.GetSemanticModel(call.SyntaxTree), call, _cancellation));
    }

    private ImmutableArray<FlowResult> ResultsAround(TextSpan at)
    {
        var place = Scene.Root.FindNode(at, getInnermostNodeForTie: true);
        if (!_results.TryGetValue(place, out var results))
        {
            results = _analysis.RunAround(Scene.Model, place, _cancellation).ToImmutableArray();
            _results.Add(place, results);
        }

        return results;
    }
}
