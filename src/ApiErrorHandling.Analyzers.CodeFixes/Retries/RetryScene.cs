using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>
/// A retry as it is written: what repeats, what is sent, what is caught, where the answer is. Or, with a <see cref="Document"/>,
/// a helper through which one sends, seen in the same way.
/// </summary>
internal sealed class RetryScene
{
    private RetryScene(FixScene scene, Repeat repeat, FlowResult flow, Diagnostic diagnostic, ExpressionSyntax sender, SyntaxNode region)
    {
        Scene = scene;
        Repeat = repeat;
        Flow = flow;
        Diagnostic = diagnostic;
        Sender = sender;
        Region = region;
        Function = FunctionAround(region is StatementSyntax ? region : sender);
        Response = Holder(sender);
    }

    /// <summary>The document.</summary>
    public FixScene Scene { get; }

    /// <summary>The way back.</summary>
    public Repeat Repeat { get; }

    /// <summary>What the flow found in the method.</summary>
    public FlowResult Flow { get; }

    /// <summary>The report.</summary>
    public Diagnostic Diagnostic { get; }

    /// <summary>The contract of the request.</summary>
    public ErrorContract Contract => Repeat.Request.Contract;

    /// <summary>The expression by which the request is sent.</summary>
    public ExpressionSyntax Sender { get; }

    /// <summary>What is run again: the loop, else the function, of which a jump may repeat a part.</summary>
    public SyntaxNode Region { get; }

    /// <summary>The loop; null where the function calls itself, calls twice or jumps back.</summary>
    public StatementSyntax? Loop => Region as StatementSyntax is { } loop and not LocalFunctionStatementSyntax ? loop : null;

    /// <summary>The body of the loop, if it is a block.</summary>
    public BlockSyntax? Body => BodyOf(Region) as BlockSyntax;

    /// <summary>The method, local function, lambda or file around the retry.</summary>
    public SyntaxNode Function { get; }

    /// <summary>The local that holds the response; null if there is none.</summary>
    public string? Response { get; }

    /// <summary>The call by which the function calls itself, or the second call; null in a loop.</summary>
    public ExpressionSyntax? Again => Repeat.Kind == RepeatKind.Loop ? null : Repeat.By.Syntax as ExpressionSyntax;

    /// <summary>Reads a retry; null if it is not written in this document, or not with a loop or call that can be changed.</summary>
    public static RetryScene? Of(FixScene scene, Repeat repeat, FlowResult flow, Diagnostic diagnostic)
    {
        var sender = (repeat.Kind == RepeatKind.Loop ? repeat.Sender : repeat.Request.Operation.Syntax) as ExpressionSyntax;
        var region = sender is null ? null : (repeat.Kind == RepeatKind.Loop ? repeat.Loop : null) ?? FunctionAround(sender);
        return sender is null || region is null || sender.SyntaxTree != scene.Root.SyntaxTree || region.SyntaxTree != sender.SyntaxTree
            || (repeat.Kind != RepeatKind.Loop && repeat.By.Syntax.SyntaxTree != sender.SyntaxTree)
                ? null
                : new RetryScene(scene, repeat, flow, diagnostic, sender, region);
    }

    /// <summary>The methods through which the request is sent, the outermost first.</summary>
    public ImmutableArray<RetryScene> Helpers { get; set; } = ImmutableArray<RetryScene>.Empty;

    /// <summary>The document of a helper; null for the retry itself.</summary>
    public DocumentId? Document { get; private init; }

    /// <summary>The name of the function; null if it has none.</summary>
    public string? Name => Function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => null,
    };

    /// <summary>A helper of this retry.</summary>
    /// <param name="scene">Its document, read.</param>
    /// <param name="document">Its document.</param>
    /// <param name="sender">The expression by which it sends the request.</param>
    public RetryScene At(FixScene scene, DocumentId document, ExpressionSyntax sender) =>
        new(scene, Repeat, Flow, Diagnostic, sender, FunctionAround(sender)) { Document = document };

    /// <summary>Whether the function can await.</summary>
    public bool IsAsync => Function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.RawKind != 0,
        CompilationUnitSyntax unit => unit.DescendantNodes(n => !IsFunction(n)).OfType<AwaitExpressionSyntax>().Any(),
        _ => false,
    };

    /// <summary>Whether the function can block: not if it gives a task or items back.</summary>
    public bool CanBlock => !IsAsync
        && !Function.DescendantNodes(n => n == Function || !IsFunction(n)).OfType<YieldStatementSyntax>().Any()
        && (Function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
            || ReturnType?.Name is not ("Task" or "ValueTask"));

    /// <summary>What the function returns; null if that is not known.</summary>
    public ITypeSymbol? ReturnType => Function switch
    {
        MethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax =>
            (Scene.Model.GetDeclaredSymbol(Function) as IMethodSymbol)?.ReturnType,
        AnonymousFunctionExpressionSyntax => (Scene.Model.GetSymbolInfo(Function).Symbol as IMethodSymbol)?.ReturnType,
        _ => null,
    };

    /// <summary>The handlers around the request, within what is run again, that go on after a failure, the innermost first.</summary>
    public IEnumerable<CatchClauseSyntax> Catches => Sender.Ancestors()
        .TakeWhile(n => n != Region)
        .OfType<TryStatementSyntax>()
        .Where(t => t.Block.Span.Contains(Sender.Span))
        .SelectMany(t => t.Catches)
        .Where(GoesOn);

    /// <summary>Whether a handler may get the status of a failing answer, and whatever fails without one.</summary>
    public bool CatchesFailures(CatchClauseSyntax clause) => clause.Declaration is null
        || Scene.Model.GetTypeInfo(clause.Declaration.Type).Type is not { Name: "TaskCanceledException" or "OperationCanceledException" or "TimeoutException" };

    // Control comes back to the request, or gets out of the handler on a way that leads there.
    private bool GoesOn(CatchClauseSyntax clause)
    {
        if (Document is null && Again is { } again && (clause.Span.Contains(again.Span) || again.SpanStart < clause.SpanStart))
        {
            return clause.Span.Contains(again.Span);
        }

        return EndIsReachable(clause.Block)
            || clause.Block.DescendantNodes(n => !IsFunction(n)).Any(n => n is ContinueStatementSyntax or GotoStatementSyntax
                || (Document is not null && n is ReturnStatementSyntax));
    }

    /// <summary>Whether control can come to the end of a block.</summary>
    public bool EndIsReachable(StatementSyntax block) =>
        Scene.Model.AnalyzeControlFlow(block) is not { Succeeded: true, EndPointIsReachable: false };

    /// <summary>The statement that is run again and again.</summary>
    public static StatementSyntax? BodyOf(SyntaxNode? loop) => loop switch
    {
        WhileStatementSyntax l => l.Statement,
        DoStatementSyntax l => l.Statement,
        ForStatementSyntax l => l.Statement,
        CommonForEachStatementSyntax l => l.Statement,
        _ => null,
    };

    /// <summary>The condition of the loop; null if it has none.</summary>
    public ExpressionSyntax? Condition => Region switch
    {
        WhileStatementSyntax l => l.Condition,
        DoStatementSyntax l => l.Condition,
        ForStatementSyntax l => l.Condition,
        _ => null,
    };

    /// <summary>Whether nothing but jumps leaves the loop.</summary>
    public bool IsEndless => Loop is not null and not CommonForEachStatementSyntax
        && (Condition is null || Condition.IsKind(SyntaxKind.TrueLiteralExpression));

    /// <summary>Whether the loop's own condition ends the retry, so that what follows it is reached after the last failure.</summary>
    public bool EndsByCondition => RetryBounds.AreInCondition(Repeat, Scene.Model.Compilation);

    /// <summary>How many attempts a limit allows.</summary>
    public int MaxAttempts =>
        Scene.Options.TryGetValue("api_error_handling.max_attempts", out var option)
        && int.TryParse(option.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var max) && max is > 0 and < 5
            ? max
            : 5;

    /// <summary>The name of the cancellation token that the function was given; null if it has none.</summary>
    public string? Token(SyntaxNode at) => Scene.Model.LookupSymbols(at.SpanStart)
        .Where(s => s is IParameterSymbol { Type.Name: "CancellationToken" } || (s is ILocalSymbol { Type.Name: "CancellationToken" } local
            && local.DeclaringSyntaxReferences.All(r => r.Span.End < at.SpanStart)))
        .OrderBy(s => s is ILocalSymbol)
        .Select(s => s.Name)
        .FirstOrDefault(name => name != "_");

    /// <summary>What awaits have behind them here.</summary>
    public string AwaitSuffix => Function.DescendantNodes(n => n == Function || !IsFunction(n)).OfType<AwaitExpressionSyntax>()
        .Select(a => (a.Expression as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax)
        .Any(a => a?.Name.Identifier.ValueText == "ConfigureAwait" && a.Parent!.ToString().EndsWith("(false)", StringComparison.Ordinal))
            ? ".ConfigureAwait(false)"
            : string.Empty;

    /// <summary>How locals with an obvious type are declared here: by var or by that type.</summary>
    public string Declare(string type)
    {
        var declared = Function.DescendantNodes().OfType<VariableDeclarationSyntax>()
            .Where(d => d.Parent is LocalDeclarationStatementSyntax or ForStatementSyntax)
            .Select(d => d.Type)
            .ToList();
        return declared.Count(t => t.IsVar) >= declared.Count(t => t is PredefinedTypeSyntax) ? "var" : type;
    }

    /// <summary>Whether a node is a function of its own.</summary>
    public static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    /// <summary>The function, member or file around a node.</summary>
    public static SyntaxNode FunctionAround(SyntaxNode node) => node.Ancestors().First(n =>
        IsFunction(n) || n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);

    private string? Holder(ExpressionSyntax sender)
    {
        var whole = Answers.Whole(sender);
        return Answers.HolderOf(whole) is { } holder && holder != "_"
            && Scene.Model.GetTypeInfo(whole).Type is { } type && HasStatus(type)
                ? holder
                : null;
    }

    private static bool HasStatus(ITypeSymbol type) => type.Name is "HttpResponseMessage" or "HttpWebResponse";
}
