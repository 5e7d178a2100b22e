using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// What fields and properties of the compilation hold, as far as their own type shows it: initialisers, assignments,
/// and the base address and headers given to a client.
/// </summary>
internal sealed class MemberFacts
{
    /// <summary>How many members are asked in turn at most.</summary>
    public const int MaxDepth = 6;

    private readonly FlowContext _context;

    // By depth, too: what the depth cuts short must not be told to those who are less deep, nor the other way round.
    private readonly ConcurrentDictionary<ISymbol, Value>[] _values = Enumerable
        .Range(0, MaxDepth + 1)
        .Select(_ => new ConcurrentDictionary<ISymbol, Value>(SymbolEqualityComparer.Default))
        .ToArray();

    private readonly ConcurrentDictionary<(ILocalSymbol Local, int Depth), Value> _locals = new();

    // What parameters hold may be known, and locals depend on it.
    private readonly ConditionalWeakTable<State, ConcurrentDictionary<(ILocalSymbol Local, int Depth), Value>> _localsOf = new();

    private readonly ConcurrentDictionary<INamedTypeSymbol, Assignments> _assignments = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<MemberDeclarationSyntax, ILookup<string, AssignmentExpressionSyntax>> _toLocals = new();

    /// <summary>Makes the facts of a compilation.</summary>
    public MemberFacts(FlowContext context) => _context = context;

    /// <summary>What a field, property or primary constructor's parameter holds.</summary>
    /// <param name="member">The symbol.</param>
    /// <param name="depth">How many members were asked in turn to get here; bounds cycles.</param>
    public Value ValueOf(ISymbol member, int depth)
    {
        if (!CanBeKnown(JsonNames.TypeOf(member) ?? (member as IParameterSymbol)?.Type))
        {
            return Value.Any;
        }

        if (depth > MaxDepth)
        {
            return Value.Any;
        }

        member = member.OriginalDefinition;
        return _values[depth].TryGetValue(member, out var known)
            ? known
            : _values[depth].GetOrAdd(member, Compute(member, depth));
    }

    /// <summary>What a local holds, as far as its initialiser and all assignments to it show.</summary>
    /// <param name="local">The local.</param>
    /// <param name="depth">How many members were asked in turn to get here; bounds cycles.</param>
    /// <param name="state">What is known of the parameters of its method.</param>
    public Value ValueOf(ILocalSymbol local, int depth, State state)
    {
        if (depth > MaxDepth
            || !CanBeKnown(local.Type)
            || local.DeclaringSyntaxReferences.Length != 1
            || local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax declarator
            || declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return Value.Any;
        }

        var values = state.IsBlank ? _locals : _localsOf.GetOrCreateValue(state);
        return values.TryGetValue((local, depth), out var known)
            ? known
            : values.GetOrAdd((local, depth), Compute(local, declarator, member, depth, state));
    }

    private Value Compute(ILocalSymbol local, VariableDeclaratorSyntax declarator, MemberDeclarationSyntax member, int depth, State state)
    {
        Value? value = declarator.Initializer is { Value: var initial } ? Evaluate(initial, depth, state) : null;
        foreach (var assignment in _toLocals.GetOrAdd(member, CollectToLocals)[local.Name])
        {
            var isSimple = assignment.IsKind(SyntaxKind.SimpleAssignmentExpression);
            var assigned = Evaluate(assignment.Right, depth, state);
            value = value is null
                ? isSimple ? assigned : Value.Any
                : isSimple ? Operators.Join(value, assigned) : Evaluator.Append(value, assigned);
        }

        return value ?? Value.Any;
    }

    /// <summary>What the type of a member assigns to it, its initialiser among it.</summary>
    public IReadOnlyList<ExpressionSyntax> AssignedTo(ISymbol member) => member.ContainingType is { } type
        ? _assignments.GetOrAdd(type.OriginalDefinition, Collect).Of(member.Name)
        : [];

    // Text, addresses, clients, numbers, and lists of these: anything else is not known without running the code.
    private static bool CanBeKnown(ITypeSymbol? type) => type switch
    {
        null => false,
        { SpecialType: not SpecialType.None and not SpecialType.System_Object } or { TypeKind: TypeKind.Enum or TypeKind.Array } => true,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => true,
        { Name: "Uri" or "UriBuilder" or "StringBuilder" or "HttpRequestMessage" or "HttpStatusCode" or "FormattableString" } => true,
        INamedTypeSymbol { IsGenericType: true, ContainingNamespace.Name: "Generic" or "Immutable" or "Frozen" } => true,
        _ => IsClient(type),
    };

    private static ILookup<string, AssignmentExpressionSyntax> CollectToLocals(MemberDeclarationSyntax member) => member
        .DescendantNodes()
        .OfType<AssignmentExpressionSyntax>()
        .Where(a => a.Left is IdentifierNameSyntax)
        .ToLookup(a => ((IdentifierNameSyntax)a.Left).Identifier.ValueText);

    private Value Compute(ISymbol member, int depth)
    {
        if (member.ContainingType is not { } type || member.DeclaringSyntaxReferences.IsEmpty)
        {
            return Value.Any;
        }

        var assignments = _assignments.GetOrAdd(type, Collect);
        if (assignments.IsChanged(member.Name))
        {
            return Value.Any;
        }

        Value? value = null;
        foreach (var expression in assignments.Of(member.Name))
        {
            var next = Evaluate(expression, depth);
            value = value is null ? next : Operators.Join(value, next);
        }

        if (IsClient(member))
        {
            // a typed client is registered by the type that gets it
            var client = value as Value.Client
                ?? new Value.Client(_context.Registrations.BaseAddressOf(member.ContainingType.Name, depth), null)
                {
                    IsGiven = true,
                };
            var names = new HashSet<string>(assignments.Of(member.Name)
                .Select(e => (Unwrap(e) as IdentifierNameSyntax)?.Identifier.ValueText)
                .OfType<string>()) { member.Name };
            foreach (var (receiver, address) in assignments.BaseAddresses)
            {
                if (names.Contains(receiver))
                {
                    client = client with { BaseAddress = Evaluate(address, depth) };
                }
            }

            foreach (var (receiver, header) in assignments.Headers)
            {
                if (names.Contains(receiver)
                    && Evaluate(header, depth) is Value.Constant { Content: string name }
                    && _context.Contracts.MatchHeader(name) is not null)
                {
                    client = client with { Header = name };
                }
            }

            return client;
        }

        // a default address is the best guess at what is configured; a default flag is none
        return value is Value.Constant constant && IsSetFromOutside(member)
            ? constant.Content is string { Length: > 0 } ? constant : Value.Any
            : value is Value.Constant or Value.PartialText or Value.Client or Value.Elements ? value : Value.Any;
    }

    private static bool IsSetFromOutside(ISymbol member) => member switch
    {
        IFieldSymbol field => field is { IsReadOnly: false, IsConst: false, DeclaredAccessibility: not Accessibility.Private },
        IPropertySymbol property => property.SetMethod is { DeclaredAccessibility: not Accessibility.Private },
        _ => false,
    };

    private Value Evaluate(ExpressionSyntax expression, int depth, State? state = null)
    {
        if (!_context.Compilation.ContainsSyntaxTree(expression.SyntaxTree))
        {
            return Value.Any;
        }

        var operation = _context.Compilation.GetSemanticModel(expression.SyntaxTree).GetOperation(expression);
        return operation is null ? Value.Any : Evaluator.EvaluateDetached(_context, operation, depth + 1, state);
    }

    private static bool IsClient(ISymbol member) => member switch
    {
        IFieldSymbol field => IsClient(field.Type),
        IPropertySymbol property => IsClient(property.Type),
        IParameterSymbol parameter => IsClient(parameter.Type),
        _ => false,
    };

    private static bool IsClient(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name == "HttpClient")
            {
                return true;
            }
        }

        return false;
    }

    private static ExpressionSyntax Unwrap(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax p:
                    expression = p.Expression;
                    break;
                case BinaryExpressionSyntax b when b.IsKind(SyntaxKind.CoalesceExpression):
                    expression = b.Left;
                    break;
                case PostfixUnaryExpressionSyntax s when s.IsKind(SyntaxKind.SuppressNullableWarningExpression):
                    expression = s.Operand;
                    break;
                default:
                    return expression;
            }
        }
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static Assignments Collect(INamedTypeSymbol type)
    {
        var result = new Assignments();
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                switch (node)
                {
                    case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax, Initializer: { } initializer } field:
                        result.Add(field.Identifier.ValueText, initializer.Value);
                        break;
                    case PropertyDeclarationSyntax property:
                        if ((property.Initializer?.Value ?? property.ExpressionBody?.Expression) is { } expression)
                        {
                            result.Add(property.Identifier.ValueText, expression);
                        }
                        else if (property.AccessorList?.Accessors.FirstOrDefault(a =>
                            a.IsKind(SyntaxKind.GetAccessorDeclaration))?.ExpressionBody?.Expression is { } getter)
                        {
                            result.Add(property.Identifier.ValueText, getter);
                        }

                        break;
                    case AssignmentExpressionSyntax assignment:
                        if (NameOf(assignment.Left) is { } name
                            && assignment.Parent is not InitializerExpressionSyntax)
                        {
                            result.Add(name, assignment.Right);
                            if (!assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
                                && !assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression))
                            {
                                result.Change(name);
                            }
                        }
                        else if (assignment.Left is MemberAccessExpressionSyntax
                            {
                                Name.Identifier.ValueText: "BaseAddress",
                            } access
                            && NameOf(access.Expression) is { } receiver)
                        {
                            result.BaseAddresses.Add((receiver, assignment.Right));
                        }

                        break;
                    case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } prefix:
                        result.Change(NameOf(prefix.Operand));
                        break;
                    case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } postfix:
                        result.Change(NameOf(postfix.Operand));
                        break;
                    case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument:
                        result.Change(NameOf(argument.Expression));
                        break;
                    case InvocationExpressionSyntax
                        {
                            Expression: MemberAccessExpressionSyntax
                            {
                                Name.Identifier.ValueText: "Add" or "TryAddWithoutValidation",
                                Expression: MemberAccessExpressionSyntax
                                {
                                    Name.Identifier.ValueText: "DefaultRequestHeaders",
                                } headers,
                            },
                            ArgumentList.Arguments: { Count: > 0 } arguments,
                        }:
                        if (NameOf(headers.Expression) is { } owner)
                        {
                            result.Headers.Add((owner, arguments[0].Expression));
                        }

                        break;
                }
            }
        }

        return result;
    }

    private sealed class Assignments
    {
        private readonly Dictionary<string, List<ExpressionSyntax>> _byName = [];
        private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

        public List<(string Receiver, ExpressionSyntax Address)> BaseAddresses { get; } = [];

        public List<(string Receiver, ExpressionSyntax Header)> Headers { get; } = [];

        public void Add(string name, ExpressionSyntax value)
        {
            if (!_byName.TryGetValue(name, out var list))
            {
                _byName.Add(name, list = []);
            }

            list.Add(value);
        }

        /// <summary>Notes that a member is changed in a way that does not show what it holds then.</summary>
        public void Change(string? name)
        {
            if (name is not null)
            {
                _changed.Add(name);
            }
        }

        public bool IsChanged(string name) => _changed.Contains(name);

        public IReadOnlyList<ExpressionSyntax> Of(string name) =>
            _byName.TryGetValue(name, out var list) ? list : [];
    }
}
