using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>
/// A document with what the analysis says of it: a fix of a retry is written in several ways, and that is taken which the
/// analysis finds right.
/// </summary>
internal sealed class FixTrial
{
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
    private int CompileErrors => _compileErrors ??= Scene.Model.GetDiagnostics(cancellationToken: _cancellation)
        .Count(d => d.Severity == DiagnosticSeverity.Error);

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

    /// <summary>Makes a change and looks at what the analysis says of it.</summary>
    /// <param name="rule">The rule that should say less.</param>
    /// <param name="at">The place of its report.</param>
    /// <param name="changes">The changes.</param>
    /// <returns>The changed document, if the report is gone, no other came and it still compiles; else null.</returns>
    public async Task<FixTrial?> TryAsync(RetryRule rule, TextSpan at, ImmutableArray<TextChange> changes)
    {
        var text = Scene.Text.WithChanges(changes.OrderBy(c => c.Span.Start).ThenBy(c => c.Span.End));
        if (Moved(at, changes) is not { } moved
            || await CreateAsync(_document.WithText(text), _cancellation).ConfigureAwait(false) is not { } changed
            || changed.CompileErrors > CompileErrors)
        {
            return null;
        }

        var id = rule.Descriptors[0].Id;
        var before = ReportsAround(at);
        var after = changed.ReportsAround(moved);
        return Count(after, id) < Count(before, id) && after.Keys.All(k => Count(after, k) <= Count(before, k)) ? changed : null;

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

    private Dictionary<string, int> ReportsAround(TextSpan at)
    {
        var reports = new HashSet<(string Id, TextSpan Span)>();
        foreach (var flow in ResultsAround(at))
        {
            foreach (var rule in Rule.All)
            {
                rule.Check(flow, d => reports.Add((d.Id, d.Location.SourceSpan)));
            }
        }

        return reports.GroupBy(r => r.Id).ToDictionary(g => g.Key, g => g.Count());
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
