using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.CodeFixes;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes.Retries;

/// <summary>A program of one document whose retries are fixed, one report or one rule at a time.</summary>
internal sealed class FixedProgram
{
    private static readonly ImmutableArray<MetadataReference> References = ReferenceAssemblies.Net.Net80
        .AddPackages([new PackageIdentity("Newtonsoft.Json", "13.0.4")])
        .ResolveAsync(LanguageNames.CSharp, default).GetAwaiter().GetResult();

    private readonly Document _document;

    private FixedProgram(Document document, string text, ImmutableArray<Diagnostic> reports, int errors)
    {
        _document = document;
        Text = text;
        Reports = reports;
        CompileErrors = errors;
    }

    /// <summary>The rules whose reports are fixed.</summary>
    public static ImmutableArray<string> Rules { get; } = [RuleIds.PermanentErrorRetried, RuleIds.UsedUpQuotaRetried, RuleIds.UnboundedRetry, RuleIds.RetryWithoutWait];

    public string Text { get; }

    /// <summary>What the analyzer reports, in source order.</summary>
    public ImmutableArray<Diagnostic> Reports { get; }

    public int CompileErrors { get; }

    /// <summary>Makes a program.</summary>
    public static Task<FixedProgram> CreateAsync(string source, Setup? setup = null)
    {
        setup ??= new Setup();
        var project = new AdhocWorkspace().CurrentSolution.AddProject("Client", "Client", LanguageNames.CSharp)
            .WithMetadataReferences(References)
            .WithParseOptions(new CSharpParseOptions(setup.LanguageVersion))
            .WithCompilationOptions(new CSharpCompilationOptions(setup.OutputKind, nullableContextOptions: setup.Nullable));
        if (setup.LanguageVersion.MapSpecifiedToEffectiveVersion() >= LanguageVersion.CSharp10)
        {
            project = project.AddDocument("Usings.cs", SetupExtensions.GlobalUsings).Project;
        }

        foreach (var (path, text) in setup.MoreSources)
        {
            project = project.AddDocument(path, text, filePath: path).Project;
        }

        if (setup.EditorConfig is { } config)
        {
            var text = Microsoft.CodeAnalysis.Text.SourceText.From("root = true\n" + config);
            project = project.Solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(project.Id), ".editorconfig", text, filePath: "/.editorconfig").GetProject(project.Id)!;
        }

        return ReadAsync(project.AddDocument("Client.cs", source, filePath: "/Client.cs"));
    }

    /// <summary>The text of another document.</summary>
    public async Task<string> TextOfAsync(string name) => (await _document.Project.Documents.Single(d => d.Name == name).GetTextAsync()).ToString();

    /// <summary>Applies the fix of one report; null if none is offered.</summary>
    public async Task<FixedProgram?> FixAsync(Diagnostic report)
    {
        var actions = new List<CodeAction>();
        var fixer = FixerOf(report.Id);
        await fixer.RegisterCodeFixesAsync(new CodeFixContext(_document, report, (action, _) => actions.Add(action), default));
        return actions.Count == 0 ? null : await ApplyAsync(actions.Single());
    }

    /// <summary>Applies fix-all of one rule to the document, or to all of the solution.</summary>
    public async Task<FixedProgram> FixAllAsync(string rule, FixAllScope scope = FixAllScope.Document)
    {
        var reports = (scope == FixAllScope.Document ? Reports : await ReportsAsync(_document.Project)).Where(r => r.Id == rule).ToList();
        if (reports.Count == 0)
        {
            return this;
        }

        var fixer = FixerOf(rule);
        var action = await fixer.GetFixAllProvider()!.GetFixAsync(new FixAllContext(
            _document, fixer, scope, rule, [rule], new Known(reports), default));
        return action is null ? this : await ApplyAsync(action);
    }

    private async Task<FixedProgram> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(default);
        return await ReadAsync(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(_document.Id)!);
    }

    private static CodeFixProvider FixerOf(string rule) => rule switch
    {
        RuleIds.PermanentErrorRetried => new PermanentErrorRetriedFixer(),
        RuleIds.UsedUpQuotaRetried => new UsedUpQuotaRetriedFixer(),
        RuleIds.UnboundedRetry => new UnboundedRetryFixer(),
        RuleIds.RetryWithoutWait => new RetryWithoutWaitFixer(),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, null),
    };

    private static async Task<FixedProgram> ReadAsync(Document document)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        var tree = await document.GetSyntaxTreeAsync();
        var reports = await ReportsAsync(document.Project);
        return new FixedProgram(
            document,
            (await document.GetTextAsync()).ToString(),
            [.. reports.Where(r => r.Location.SourceTree == tree).OrderBy(r => r.Location.SourceSpan.Start).ThenBy(r => r.Id)],
            compilation.GetDiagnostics().Count(d => d.Severity == DiagnosticSeverity.Error));
    }

    private static async Task<ImmutableArray<Diagnostic>> ReportsAsync(Project project) =>
        await (await project.GetCompilationAsync())!.WithAnalyzers([new ApiErrorHandlingAnalyzer()]).GetAnalyzerDiagnosticsAsync();

    private sealed class Known(IEnumerable<Diagnostic> reports) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(reports);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult(reports);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
