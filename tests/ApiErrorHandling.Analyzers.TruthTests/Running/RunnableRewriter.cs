using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>
/// Makes the program that runs out of the marked one that was analysed: methods say where they begin and end, expressions of
/// interest say that they are evaluated, and the world is the probe's.
/// </summary>
/// <param name="model">The semantics of the marked tree.</param>
/// <param name="places">The places.</param>
/// <param name="uses">The expressions to watch, with their places.</param>
internal sealed class RunnableRewriter(
    SemanticModel model, Places places, IReadOnlyDictionary<SyntaxNode, int> uses) : CSharpSyntaxRewriter
{
    private static readonly Dictionary<string, string> Calls = new(StringComparer.Ordinal)
    {
        ["System.Threading.Tasks.Task.Delay"] = "Probe.Delay",
        ["System.Threading.Tasks.Task.Run"] = "Probe.Run",
        ["System.Threading.Tasks.TaskFactory.StartNew"] = "Probe.Run",
        ["System.Threading.Thread.Sleep"] = "Probe.Sleep",
        ["System.Console.WriteLine"] = "Probe.Write",
        ["System.Console.Write"] = "Probe.Write",
        ["System.IO.TextWriter.WriteLine"] = "Probe.Write",
        ["System.IO.TextWriter.Write"] = "Probe.Write",
        ["System.Console.ReadLine"] = "Probe.ReadLine",
        ["System.Threading.Tasks.Parallel.ForEachAsync"] = "Probe.ForEachAsync",
        ["System.Threading.Tasks.Parallel.ForEach"] = "Probe.ForEach",
        ["System.IO.Path.GetTempFileName"] = "Probe.TemporaryFile",
        ["System.Environment.Exit"] = "Probe.Exit",
        ["System.Environment.FailFast"] = "Probe.Exit",
    };

    private const string Stopwatch = "global::ApiErrorHandling.Analyzers.TruthTests.Running.VirtualStopwatch";

    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["System.DateTime.UtcNow"] = "Probe.UtcNow",
        ["System.DateTime.Now"] = "Probe.Now",
        ["System.DateTimeOffset.UtcNow"] = "Probe.OffsetNow",
        ["System.DateTimeOffset.Now"] = "Probe.OffsetNow",
        ["System.TimeProvider.System"] = "Probe.Time",
        ["System.Random.Shared"] = "Probe.Random()",
        ["System.Environment.TickCount"] = "Probe.TickCount",
        ["System.Environment.TickCount64"] = "Probe.TickCount64",
    };

    /// <summary>The expressions that could be made to say that they are evaluated.</summary>
    public HashSet<SyntaxNode> Watched { get; } = [];

    /// <inheritdoc/>
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var visited = base.Visit(node)!;
        if (uses.TryGetValue(node, out var place) && node is ExpressionSyntax expression)
        {
            visited = Watch(expression, visited, place);
        }

        return Places.MethodAt(node) is var method and >= 0 ? Entering(node, visited, method) : visited;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
        if ((model.GetSymbolInfo(node) is var info ? info.Symbol ?? info.CandidateSymbols.FirstOrDefault() : null) is not IMethodSymbol symbol)
        {
            return visited;
        }

        var name = symbol.ContainingType.ToDisplayString() + "." + symbol.Name;
        if (Calls.TryGetValue(name, out var call) && !IsForgotten(node))
        {
            return visited.WithExpression(Parse(call, visited.Expression));
        }

        switch (name)
        {
            case "System.Threading.CancellationTokenSource.CancelAfter"
                when visited.Expression is MemberAccessExpressionSyntax { Expression: var source }:
                return SyntaxFactory.InvocationExpression(
                    Parse("Probe.CancelAfter", visited),
                    visited.ArgumentList.WithArguments(
                        visited.ArgumentList.Arguments.Insert(0, SyntaxFactory.Argument(source.WithoutTrivia()))));
            case "System.Threading.WaitHandle.WaitOne" or "System.Threading.Thread.Join" when visited.ArgumentList.Arguments.Count > 0:
                return visited.WithExpression(Parse("Probe.WaitOne", visited.Expression));
            case "System.Net.WebRequest.Create" or "System.Net.WebRequest.CreateHttp":
                var cast = symbol.ReturnType.Name == "HttpWebRequest" ? "(global::System.Net.HttpWebRequest)" : string.Empty;
                return SyntaxFactory.ParseExpression($"({cast}Probe.Socket({visited.WithoutTrivia().ToFullString()}))")
                    .WithTriviaFrom(node);
            default:
                return visited;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Programs that run side by side write to files of one name.</remarks>
    public override SyntaxNode? VisitArgument(ArgumentSyntax node)
    {
        var visited = (ArgumentSyntax)base.VisitArgument(node)!;
        return model.GetOperation(node) is IArgumentOperation { Parameter: { Type.SpecialType: SpecialType.System_String } parameter }
            && parameter.ContainingType.ToDisplayString() is "System.IO.File" or "System.IO.FileInfo" or "System.IO.FileStream"
                or "System.IO.StreamReader" or "System.IO.StreamWriter" or "System.IO.Directory"
            && (parameter.Name == "path" || parameter.Name.EndsWith("FileName", StringComparison.OrdinalIgnoreCase))
                ? visited.WithExpression(SyntaxFactory.ParseExpression($"Probe.OwnPath({visited.Expression.ToFullString()})"))
                : visited;
    }

    // A task of a wait that nobody keeps passes no time; a function that returns nothing does not keep it.
    private bool IsForgotten(InvocationExpressionSyntax call) => call.Expression.ToString().EndsWith("Task.Delay", StringComparison.Ordinal)
        && (call.Parent is ExpressionStatementSyntax or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } }
            || call.Parent is LambdaExpressionSyntax lambda && model.GetSymbolInfo(lambda).Symbol is IMethodSymbol { ReturnsVoid: true });

    /// <inheritdoc/>
    public override SyntaxNode? VisitObjectCreationExpression(ObjectCreationExpressionSyntax node) =>
        Creation(node, (BaseObjectCreationExpressionSyntax)base.VisitObjectCreationExpression(node)!);

    /// <inheritdoc/>
    public override SyntaxNode? VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node) =>
        Creation(node, (BaseObjectCreationExpressionSyntax)base.VisitImplicitObjectCreationExpression(node)!);

    /// <inheritdoc/>
    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        if (IsStopwatch(node))
        {
            return Parse(Stopwatch, node);
        }

        // a method as a value
        if (node.Parent is not InvocationExpressionSyntax
            && model.GetSymbolInfo(node).Symbol is IMethodSymbol { IsStatic: true } method
            && Calls.TryGetValue(method.ContainingType.ToDisplayString() + "." + method.Name, out var call))
        {
            return Parse(call, node);
        }

        var visited = base.VisitMemberAccessExpression(node)!;
        return model.GetSymbolInfo(node).Symbol is IPropertySymbol { IsStatic: true } property
            && Properties.TryGetValue(property.ContainingType.ToDisplayString() + "." + property.Name, out var replacement)
                ? Parse(replacement, visited)
                : visited;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitQualifiedName(QualifiedNameSyntax node) =>
        IsStopwatch(node) ? SyntaxFactory.ParseName(Stopwatch).WithTriviaFrom(node) : base.VisitQualifiedName(node);

    /// <inheritdoc/>
    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) =>
        node.Parent is not (QualifiedNameSyntax or MemberAccessExpressionSyntax { Expression: not IdentifierNameSyntax }) && IsStopwatch(node)
            ? SyntaxFactory.ParseName(Stopwatch).WithTriviaFrom(node)
            : base.VisitIdentifierName(node);

    /// <inheritdoc/>
    /// <remarks>Plain sockets speak no TLS here.</remarks>
    public override SyntaxToken VisitToken(SyntaxToken token) => UsesSockets && token.ValueText.StartsWith("https://", StringComparison.Ordinal)
        && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            ? SyntaxFactory.Token(
                token.LeadingTrivia, token.Kind(), token.Text.Replace("https://", "http://"), token.ValueText.Replace("https://", "http://"), token.TrailingTrivia)
            : base.VisitToken(token);

    private bool UsesSockets { get; } = model.SyntaxTree.GetRoot().DescendantTokens()
        .Any(t => t.ValueText is "WebRequest" or "HttpWebRequest" or "WebClient");

    private bool IsStopwatch(ExpressionSyntax name) =>
        name.ToString().EndsWith("Stopwatch", StringComparison.Ordinal)
        && model.GetSymbolInfo(name).Symbol is INamedTypeSymbol type
        && type.ToDisplayString() == "System.Diagnostics.Stopwatch";

    private SyntaxNode Creation(BaseObjectCreationExpressionSyntax node, BaseObjectCreationExpressionSyntax visited)
    {
        var type = model.GetTypeInfo(node).Type?.ToDisplayString();
        var arguments = visited.ArgumentList ?? SyntaxFactory.ArgumentList();
        switch (type)
        {
            case "System.Net.Http.HttpClient" or "System.Net.Http.HttpMessageInvoker":
                var handler = SyntaxFactory.InvocationExpression(SyntaxFactory.ParseExpression("Probe.Handler"), arguments.WithoutTrivia());
                var creation = SyntaxFactory.ObjectCreationExpression(
                    SyntaxFactory.ParseTypeName("global::" + type),
                    SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(handler))),
                    visited.Initializer);
                var made = creation.WithNewKeyword(creation.NewKeyword.WithTrailingTrivia(SyntaxFactory.Space));
                return type!.EndsWith("Client", StringComparison.Ordinal)
                    ? SyntaxFactory.ParseExpression($"Probe.Client({made.ToFullString()})").WithTriviaFrom(node)
                    : made.WithTriviaFrom(node);
            case "System.Threading.CancellationTokenSource" when arguments.Arguments.Count == 1:
                return SyntaxFactory.InvocationExpression(Parse("Probe.Cancellation", visited), arguments.WithoutTrivia());
            case "System.Random":
                return SyntaxFactory.InvocationExpression(Parse("Probe.Random", visited), arguments.WithoutTrivia());
            case "System.Net.WebClient":
                return SyntaxFactory.ParseExpression($"Probe.Socket({visited.WithoutTrivia().ToFullString()})").WithTriviaFrom(node);
            default:
                return visited;
        }
    }

    private static ExpressionSyntax Parse(string text, SyntaxNode like) =>
        SyntaxFactory.ParseExpression(text).WithTriviaFrom(like);

    // What is watched is the moment before: reading the member may throw.
    private SyntaxNode Watch(ExpressionSyntax node, SyntaxNode visited, int place)
    {
        switch (node, visited)
        {
            case (MemberAccessExpressionSyntax before, MemberAccessExpressionSyntax after) when IsValue(before.Expression):
                Watched.Add(node);
                return after.WithExpression(Watching(after.Expression, place));
            case (ElementAccessExpressionSyntax before, ElementAccessExpressionSyntax after) when IsValue(before.Expression):
                Watched.Add(node);
                return after.WithExpression(Watching(after.Expression, place));
            case (InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax before },
                    InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } after) when IsValue(before.Expression):
                Watched.Add(node);
                return after.WithExpression(member.WithExpression(Watching(member.Expression, place)));
            case (_, ExpressionSyntax after) when IsValue(node)
                && node.Parent is not (AssignmentExpressionSyntax or ArgumentSyntax { RefOrOutKeyword.RawKind: not 0 } or MemberAccessExpressionSyntax
                    or ConditionalAccessExpressionSyntax or ExpressionStatementSyntax)
                && node is IdentifierNameSyntax or AwaitExpressionSyntax or InvocationExpressionSyntax:
                Watched.Add(node);
                return Watching(after, place);
            default:
                return visited;
        }
    }

    private static ExpressionSyntax Watching(ExpressionSyntax expression, int place) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.ParseExpression("Probe.Used"),
        SyntaxFactory.ParseArgumentList($"({place}, {expression.WithoutTrivia().ToFullString()})"))
        .WithTriviaFrom(expression);

    private bool IsValue(ExpressionSyntax expression) =>
        model.GetTypeInfo(expression).Type is { IsRefLikeType: false, SpecialType: not SpecialType.System_Void, TypeKind: not TypeKind.Error }
        && model.GetSymbolInfo(expression).Symbol is not (ITypeSymbol or INamespaceSymbol)
        && expression is not (BaseExpressionSyntax or MemberBindingExpressionSyntax or ElementBindingExpressionSyntax);

    private SyntaxNode Entering(SyntaxNode node, SyntaxNode visited, int method)
    {
        var home = places.HomeOf(method);
        var enter = SyntaxFactory.ParseStatement($"using var __frame{method} = Probe.Enter({method}, {(home == method ? -1 : home)}); ");
        switch (visited)
        {
            case CompilationUnitSyntax unit:
                return unit.WithMembers(unit.Members.Insert(
                    unit.Members.IndexOf(m => m is GlobalStatementSyntax), SyntaxFactory.GlobalStatement(enter)));
            case BaseMethodDeclarationSyntax { Body: { } body } declaration:
                return declaration.WithBody(Entered(body));
            case BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } declaration:
                var text = declaration.WithExpressionBody(null).WithSemicolonToken(default);
                return text.WithBody(Block(arrow));
            case AccessorDeclarationSyntax { Body: { } body } accessor:
                return accessor.WithBody(Entered(body));
            case AccessorDeclarationSyntax { ExpressionBody: { } arrow } accessor:
                return accessor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block(arrow));
            case PropertyDeclarationSyntax { ExpressionBody: { } arrow } property:
                return property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(arrow));
            case IndexerDeclarationSyntax { ExpressionBody: { } arrow } indexer:
                return indexer.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(arrow));
            case LocalFunctionStatementSyntax { Body: { } body } function:
                return function.WithBody(Entered(body));
            case LocalFunctionStatementSyntax { ExpressionBody: { } arrow } function:
                return function.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block(arrow));
            case AnonymousFunctionExpressionSyntax { Block: { } body } function:
                return function.WithBlock(Entered(body));
            case AnonymousFunctionExpressionSyntax { ExpressionBody: { } expression } function
                when Places.OwnPlace(((AnonymousFunctionExpressionSyntax)node).ExpressionBody!) is var at and >= 0
                && model.GetTypeInfo(node).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }:
                return function.WithExpressionBody(null).WithBlock(Returning(expression, at, ReturnsNothing(invoke, function.AsyncKeyword.RawKind != 0)));
            default:
                return visited;
        }

        BlockSyntax Entered(BlockSyntax body)
        {
            var statements = Places.IsOneExpression(body) ? body.Statements.Insert(0, At(Places.At(body.Statements[0]))) : body.Statements;
            return body.WithStatements(statements.Insert(0, enter));
        }

        BlockSyntax Block(ArrowExpressionClauseSyntax arrow) => Returning(
            arrow.Expression,
            Places.At(arrow),
            model.GetDeclaredSymbol(node) is IMethodSymbol declared && ReturnsNothing(declared, declared.IsAsync));

        StatementSyntax At(int place) => SyntaxFactory.ParseStatement($"Probe.At({method}, {place}); ");

        BlockSyntax Returning(ExpressionSyntax expression, int place, bool isNothing)
        {
            StatementSyntax statement = expression switch
            {
                ThrowExpressionSyntax { Expression: var thrown } => SyntaxFactory.ThrowStatement(
                    SyntaxFactory.Token(SyntaxKind.ThrowKeyword).WithTrailingTrivia(SyntaxFactory.Space), thrown, SyntaxFactory.Token(SyntaxKind.SemicolonToken)),
                _ when isNothing => SyntaxFactory.ExpressionStatement(expression.WithoutTrivia()),
                _ => SyntaxFactory.ReturnStatement(
                    SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space), expression, SyntaxFactory.Token(SyntaxKind.SemicolonToken)),
            };
            return SyntaxFactory.Block(enter, At(place), statement).WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed);
        }

        AccessorListSyntax Getter(ArrowExpressionClauseSyntax arrow) => SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(
            SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, Block(arrow))));
    }

    private static bool ReturnsNothing(IMethodSymbol method, bool isAsync) =>
        method.ReturnsVoid || (isAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false });
}
