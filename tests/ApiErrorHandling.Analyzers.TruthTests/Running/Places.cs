using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>The places of a program: its statements and the expressions that are whole bodies, by number.</summary>
internal sealed class Places
{
    private const string PlaceKind = "place";
    private const string MethodKind = "method";

    private readonly List<(int Method, string Text, int Line, bool IsMarked, bool IsInLoop)> _places = [];
    private readonly List<int> _homes = [];
    private readonly Dictionary<(int Method, bool ByThrowing), int> _ends = [];

    /// <summary>Adds a place.</summary>
    public int Add(int method, string text, int line, bool isMarked = false, bool isInLoop = false)
    {
        _places.Add((method, text, line, isMarked, isInLoop));
        return _places.Count - 1;
    }

    /// <summary>Adds a method, lambda or local function.</summary>
    /// <param name="home">The method around; -1 for a method.</param>
    public int AddMethod(int home)
    {
        _homes.Add(home < 0 ? _homes.Count : home);
        return _homes.Count - 1;
    }

    /// <summary>The end of a method, as a place.</summary>
    /// <param name="method">The method.</param>
    /// <param name="byThrowing">Whether it ends by an exception.</param>
    public int EndOf(int method, bool byThrowing)
    {
        if (!_ends.TryGetValue((method, byThrowing), out var place))
        {
            place = Add(method, byThrowing ? "throws" : "returns", 0);
            _ends.Add((method, byThrowing), place);
        }

        return place;
    }

    /// <summary>Whether a place is the end of a method.</summary>
    public bool IsEnd(int place) => _ends.ContainsValue(place);

    /// <summary>Whether the analysis, too, can say when it comes to a place.</summary>
    public bool IsMarked(int place) => _places[place].IsMarked;

    /// <summary>Whether what lies behind a place may come before it again.</summary>
    public bool IsInLoop(int place) => _places[place].IsInLoop;

    /// <summary>The method, lambda or local function of a place.</summary>
    public int MethodOf(int place) => _places[place].Method;

    /// <summary>The method around a lambda or local function; itself for a method.</summary>
    public int HomeOf(int method) => _homes[method];

    /// <summary>The place for people.</summary>
    public string Describe(int place) =>
        place < 0 ? "nowhere" : $"line {_places[place].Line}: {_places[place].Text}";

    /// <summary>Marks every statement of a tree by a call that says that the program is there.</summary>
    public SyntaxTree Mark(SyntaxTree tree)
    {
        var root = new Marker(this).Visit(tree.GetRoot())!;
        return CSharpSyntaxTree.Create((CSharpSyntaxNode)root, (CSharpParseOptions)tree.Options, tree.FilePath, System.Text.Encoding.UTF8);
    }

    /// <summary>The number of the innermost place around a node of a marked tree; -1 outside of all.</summary>
    public static int At(SyntaxNode node) => Find(node, PlaceKind);

    /// <summary>The number of the place that a node of a marked tree is itself; -1 if it is none.</summary>
    public static int OwnPlace(SyntaxNode node) =>
        node.GetAnnotations(PlaceKind).FirstOrDefault()?.Data is { } data ? int.Parse(data) : -1;

    /// <summary>The number of the method, lambda or local function that a node of a marked tree is; -1 if it is none.</summary>
    public static int MethodAt(SyntaxNode node) =>
        node.GetAnnotations(MethodKind).FirstOrDefault()?.Data is { } data ? int.Parse(data) : -1;

    /// <summary>Whether a body does nothing but return an expression.</summary>
    public static bool IsOneExpression(BlockSyntax body) =>
        body.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        && body.Statements is [ReturnStatementSyntax { Expression: not null }];

    /// <summary>Whether the expression that a lambda consists of calls anything: then it is a place.</summary>
    public static bool MayCall(ExpressionSyntax body) => body.DescendantNodesAndSelf().Any(n => n is InvocationExpressionSyntax);

    private static int Find(SyntaxNode node, string kind)
    {
        foreach (var around in node.AncestorsAndSelf())
        {
            if (around.GetAnnotations(kind).FirstOrDefault()?.Data is { } data)
            {
                return int.Parse(data);
            }
        }

        return -1;
    }

    private sealed class Marker(Places places) : CSharpSyntaxRewriter
    {
        private int _method = -1;
        private int _home = -1;

        public override SyntaxNode? VisitCompilationUnit(CompilationUnitSyntax node)
        {
            if (!node.Members.OfType<GlobalStatementSyntax>().Any())
            {
                return base.VisitCompilationUnit(node);
            }

            var method = _home = _method = places.AddMethod(-1);
            var members = new List<MemberDeclarationSyntax>();
            foreach (var member in node.Members)
            {
                if (member is GlobalStatementSyntax { Statement: var statement } global)
                {
                    members.AddRange(MarkedList(statement).Select(s => s == statement ? global : SyntaxFactory.GlobalStatement(s)));
                }
                else
                {
                    members.Add((MemberDeclarationSyntax)Visit(member)!);
                }
            }

            return Annotated(node.WithMembers(SyntaxFactory.List(members)), MethodKind, method);
        }

        public override SyntaxNode? Visit(SyntaxNode? node)
        {
            switch (node)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                case PropertyDeclarationSyntax { ExpressionBody: not null } or IndexerDeclarationSyntax { ExpressionBody: not null }:
                    return InMethod(node, isMethod: true);
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax when _home >= 0:
                    return InMethod(node, isMethod: false);
                case ArrowExpressionClauseSyntax arrow when _method >= 0:
                    var place = Add(arrow.Expression);
                    return Annotated(base.Visit(arrow)!, PlaceKind, place);
                case ExpressionSyntax { Parent: AnonymousFunctionExpressionSyntax function } expression
                    when _method >= 0 && function.ExpressionBody == expression && MayCall(expression):
                    var body = Add(expression);
                    return Annotated(base.Visit(expression)!, PlaceKind, body);
                case StatementSyntax statement when _method >= 0 && IsEmbedded(statement) && IsMarkable(statement):
                    // what ends the line stands behind the brace, once: a mark moves nothing to another line
                    var marked = MarkedList(statement).ToList();
                    marked[^1] = marked[^1].WithTrailingTrivia(SyntaxFactory.Space);
                    return SyntaxFactory.Block(marked).WithTrailingTrivia(statement.GetTrailingTrivia());
                default:
                    return base.Visit(node);
            }
        }

        public override SyntaxNode? VisitBlock(BlockSyntax node)
        {
            if (_method < 0)
            {
                return base.VisitBlock(node);
            }

            // a method that is one expression is read as such, so nothing is put beside it
            if (IsOneExpression(node))
            {
                var only = (ReturnStatementSyntax)node.Statements[0];
                var place = Add(only.Expression!);
                return node.WithStatements(SyntaxFactory.SingletonList(
                    (StatementSyntax)Annotated(base.Visit(only)!, PlaceKind, place)));
            }

            return node.WithStatements(SyntaxFactory.List(node.Statements.SelectMany(MarkedList)));
        }

        public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node)
        {
            var visited = (SwitchSectionSyntax)base.VisitSwitchSection(node.WithStatements(default))!;
            return visited.WithStatements(SyntaxFactory.List(node.Statements.SelectMany(MarkedList)));
        }

        private SyntaxNode InMethod(SyntaxNode node, bool isMethod)
        {
            var (method, home) = (_method, _home);
            _method = places.AddMethod(isMethod ? -1 : _home);
            _home = isMethod ? _method : _home;
            var visited = Annotated(base.Visit(node)!, MethodKind, _method);
            (_method, _home) = (method, home);
            return visited;
        }

        private static bool IsEmbedded(StatementSyntax statement) => statement.Parent is not
            (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax or BaseMethodDeclarationSyntax or null)
            && statement is not BlockSyntax
            && !(statement.Parent is LabeledStatementSyntax && statement is LocalDeclarationStatementSyntax);

        private static bool IsMarkable(StatementSyntax statement) =>
            statement is not (BlockSyntax or LocalFunctionStatementSyntax or EmptyStatementSyntax or LabeledStatementSyntax);

        private IEnumerable<StatementSyntax> MarkedList(StatementSyntax statement)
        {
            if (statement is LabeledStatementSyntax { Statement: LocalDeclarationStatementSyntax declaration } labeled)
            {
                // what it declares is in scope behind, so it stays beside the label
                var marked = MarkedList(declaration).ToList();
                yield return labeled.WithStatement(marked[0]);
                yield return marked[1];
                yield break;
            }

            if (!IsMarkable(statement))
            {
                yield return (StatementSyntax)Visit(statement)!;
                yield break;
            }

            var place = Add(statement);
            yield return SyntaxFactory.ParseStatement($"Probe.At({_method}, {place}); ")
                .WithLeadingTrivia(statement.GetLeadingTrivia());
            yield return (StatementSyntax)Annotated(
                base.Visit(statement)!.WithLeadingTrivia(SyntaxFactory.Space), PlaceKind, place);
        }

        private int Add(SyntaxNode node) => places.Add(
            _method,
            node.ToString().Split('\n')[0].Trim(),
            node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1,
            isMarked: node is StatementSyntax,
            isInLoop: node.Ancestors().Any(n => n is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                || (n is BlockSyntax block && block.Statements.Any(s => s is LabeledStatementSyntax))));

        private static T Annotated<T>(T node, string kind, int number)
            where T : SyntaxNode => node.WithAdditionalAnnotations(new SyntaxAnnotation(kind, number.ToString()));
    }
}
