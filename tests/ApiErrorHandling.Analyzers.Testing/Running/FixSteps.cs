using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The steps of fixing: one diagnostic, or all that one action can fix.</summary>
internal sealed class FixSteps
{
    private readonly ImmutableArray<CodeFixProvider> _providers;
    private readonly Func<ImmutableArray<CodeAction>, CodeAction?> _choose;
    private readonly Func<Solution, CodeAction, Task<Solution>> _apply;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Steps with these code fixes.</summary>
    public FixSteps(
        ImmutableArray<CodeFixProvider> providers,
        Func<ImmutableArray<CodeAction>, CodeAction?> choose,
        Func<Solution, CodeAction, Task<Solution>> apply,
        CancellationToken cancellationToken)
    {
        _providers = providers;
        _choose = choose;
        _apply = apply;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Fixes the first diagnostic that has a fix.</summary>
    public async Task<Solution?> FixFirstAsync(Solution solution, IReadOnlyList<(Project, Diagnostic)> diagnostics)
    {
        var (action, _, _) = await FirstActionAsync(solution, diagnostics, _providers);
        return action is null ? null : await _apply(solution, action);
    }

    /// <summary>Fixes all in the scope around the first diagnostic that has a fix.</summary>
    public async Task<Solution?> FixAllAsync(
        Solution solution, IReadOnlyList<(Project, Diagnostic)> diagnostics, FixAllScope scope)
    {
        var able = _providers.Where(provider => FixAllIn(scope, provider) is not null);
        var (first, provider, document) = await FirstActionAsync(solution, diagnostics, able);
        if (first is null)
        {
            return null;
        }

        var context = new FixAllContext(
            document!,
            provider!,
            scope,
            first.EquivalenceKey,
            provider!.FixableDiagnosticIds,
            new FixAllDiagnostics(diagnostics),
            _cancellationToken);
        var all = await FixAllIn(scope, provider)!.GetFixAsync(context);
        return all is null ? null : await _apply(solution, all);
    }

    /// <summary>Whether any fix can fix all in this scope.</summary>
    public bool CanFixAllIn(FixAllScope scope) => _providers.Any(provider => FixAllIn(scope, provider) is not null);

    private static FixAllProvider? FixAllIn(FixAllScope scope, CodeFixProvider provider) =>
        provider.GetFixAllProvider() is { } all && all.GetSupportedFixAllScopes().Contains(scope) ? all : null;

    private async Task<(CodeAction? Action, CodeFixProvider? Provider, Document? Document)> FirstActionAsync(
        Solution solution,
        IReadOnlyList<(Project Project, Diagnostic Diagnostic)> diagnostics,
        IEnumerable<CodeFixProvider> providers)
    {
        foreach (var (_, diagnostic) in diagnostics)
        {
            var document = solution.GetDocument(diagnostic.Location.SourceTree)!;
            foreach (var provider in providers.Where(one => one.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var actions = ImmutableArray.CreateBuilder<CodeAction>();
                await provider.RegisterCodeFixesAsync(new CodeFixContext(
                    document, diagnostic, (action, _) => actions.Add(action), _cancellationToken));
                if (_choose(actions.ToImmutable()) is { } chosen)
                {
                    return (chosen, provider, document);
                }
            }
        }

        return default;
    }
}
