using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Flow.Interprocedural;

/// <summary>
/// Which methods a call can mean, told by the types of its receiver alone. To ask the model for a call binds the whole
/// body around it, with its nullable state; nearly all bodies that only look like requests are told apart without.
/// </summary>
internal static class CallTargets
{
    // Receivers nest seldom deeper, fluent builders aside, and those end in one type.
    private const int MaxDepth = 8;

    /// <summary>The methods of the called name that the receiver has; default if only binding can tell.</summary>
    /// <param name="call">An invocation or an object creation.</param>
    /// <param name="model">The model of its tree.</param>
    /// <param name="mayBeExtension">Whether an extension method can be meant where the receiver has such a member.</param>
    public static ImmutableArray<IMethodSymbol> Find(ExpressionSyntax call, SemanticModel model, bool mayBeExtension) =>
        Find(call, model, mayBeExtension, depth: 0);

    private static ImmutableArray<IMethodSymbol> Find(
        ExpressionSyntax call, SemanticModel model, bool mayBeExtension, int depth)
    {
        switch (call)
        {
            case InvocationExpressionSyntax { Expression: SimpleNameSyntax name }:
                return OnlyMethods(MembersInScope(name, model));

            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
                when access.IsKind(SyntaxKind.SimpleMemberAccessExpression):
                return Members(TypeOf(access.Expression, model, depth + 1), access.Name, mayBeExtension);

            case InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding }
                when binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } conditional
                    && conditional.WhenNotNull.Span.Start == binding.SpanStart:
                return Members(TypeOf(conditional.Expression, model, depth + 1), binding.Name, mayBeExtension);

            case ObjectCreationExpressionSyntax creation:
                return KnownType(creation.Type, model) is { } type ? type.InstanceConstructors : default;

            default:
                return default;
        }
    }

    private static ImmutableArray<IMethodSymbol> Members(ITypeSymbol? type, SimpleNameSyntax name, bool mayBeExtension)
    {
        // what is called on a type that is not there binds to nothing
        if (type is { TypeKind: TypeKind.Error })
        {
            return ImmutableArray<IMethodSymbol>.Empty;
        }

        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct } || mayBeExtension)
        {
            return default;
        }

        return OnlyMethods(MembersOf(type, name.Identifier.ValueText));
    }

    // Own members and those that are inherited; none where a part of the type is not known.
    private static ImmutableArray<ISymbol> MembersOf(ITypeSymbol type, string name)
    {
        var found = type.GetMembers(name);
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.TypeKind == TypeKind.Error)
            {
                return ImmutableArray<ISymbol>.Empty;
            }

            found = found.AddRange(current.GetMembers(name));
        }

        if (type.TypeKind == TypeKind.Interface)
        {
            foreach (var contract in type.AllInterfaces)
            {
                found = found.AddRange(contract.GetMembers(name));
            }
        }

        return found;
    }

    // The members that a simple name can mean: of the innermost type that has one.
    private static ImmutableArray<ISymbol> MembersInScope(SimpleNameSyntax name, SemanticModel model)
    {
        for (SyntaxNode? node = name; node is not null; node = node.Parent)
        {
            if (node is TypeDeclarationSyntax declaration
                && model.GetDeclaredSymbol(declaration) is { } type
                && MembersOf(type, name.Identifier.ValueText) is { IsEmpty: false } members)
            {
                return members;
            }
        }

        return ImmutableArray<ISymbol>.Empty;
    }

    private static ImmutableArray<IMethodSymbol> OnlyMethods(ImmutableArray<ISymbol> symbols) =>
        !symbols.IsEmpty && symbols.All(s => s is IMethodSymbol { MethodKind: MethodKind.Ordinary })
            ? ImmutableArray.CreateRange(symbols.Cast<IMethodSymbol>())
            : default;

    private static ITypeSymbol? TypeOf(ExpressionSyntax expression, SemanticModel model, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        switch (expression)
        {
            case IdentifierNameSyntax name:
                return TypeOfName(name, model, depth);

            case ThisExpressionSyntax or BaseExpressionSyntax:
                var own = expression.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
                    ? model.GetDeclaredSymbol(declaration)
                    : null;
                return expression is ThisExpressionSyntax ? own : own?.BaseType;

            case MemberAccessExpressionSyntax access when access.IsKind(SyntaxKind.SimpleMemberAccessExpression):
                return Member(TypeOf(access.Expression, model, depth + 1), access.Name.Identifier.ValueText);

            case ParenthesizedExpressionSyntax parenthesized:
                return TypeOf(parenthesized.Expression, model, depth + 1);

            case PostfixUnaryExpressionSyntax suppression when suppression.IsKind(SyntaxKind.SuppressNullableWarningExpression):
                return TypeOf(suppression.Operand, model, depth + 1);

            case ObjectCreationExpressionSyntax creation:
                return NamedType(creation.Type, model);

            case CastExpressionSyntax cast:
                return NamedType(cast.Type, model);

            case AwaitExpressionSyntax awaited:
                return TypeOf(awaited.Expression, model, depth + 1) is INamedTypeSymbol
                {
                    Name: "Task" or "ValueTask",
                    TypeArguments: { Length: 1 } results,
                }
                    ? results[0]
                    : null;

            case InvocationExpressionSyntax invocation:
                var targets = Find(invocation, model, mayBeExtension: false, depth);
                return targets.IsDefaultOrEmpty
                    || targets.Any(t => t.IsGenericMethod || !SymbolEqualityComparer.Default.Equals(t.ReturnType, targets[0].ReturnType))
                        ? null
                        : targets[0].ReturnType;

            default:
                return null;
        }
    }

    // The scopes are gone through from the inside, by syntax: a look-up by the model costs more than to bind the body.
    private static ITypeSymbol? TypeOfName(IdentifierNameSyntax name, SemanticModel model, int depth)
    {
        var text = name.Identifier.ValueText;
        for (SyntaxNode? node = name; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or SwitchStatementSyntax:
                    return null;

                case BlockSyntax block:
                    foreach (var statement in block.Statements)
                    {
                        if (statement.SpanStart < name.SpanStart
                            && statement is LocalDeclarationStatementSyntax local
                            && Declares(local.Declaration, text) is { } declarator)
                        {
                            return TypeOf(local.Declaration, declarator, model, depth);
                        }
                    }

                    break;

                case UsingStatementSyntax { Declaration: { } declaration } when Declares(declaration, text) is { } declarator:
                    return TypeOf(declaration, declarator, model, depth);

                case ForEachStatementSyntax loop when loop.Identifier.ValueText == text:
                    return loop.Type.IsVar ? null : NamedType(loop.Type, model);

                case ForStatementSyntax { Declaration: { } declaration } when Declares(declaration, text) is not null:
                case CatchClauseSyntax { Declaration: { } caught } when caught.Identifier.ValueText == text:
                    return null;

                case LocalFunctionStatementSyntax function when Parameter(function.ParameterList, text) is { } parameter:
                    return parameter.Type is null ? null : NamedType(parameter.Type, model);

                case BaseMethodDeclarationSyntax method when Parameter(method.ParameterList, text) is { } parameter:
                    return parameter.Type is null ? null : NamedType(parameter.Type, model);

                case MemberDeclarationSyntax member:
                    var members = MembersInScope(name, model);
                    return members.Length == 1 && !DesignatesVariable(member, text) ? TypeOf(members[0]) : null;
            }
        }

        return null;
    }

    // A pattern or an out argument makes a variable that can hide a member.
    private static bool DesignatesVariable(MemberDeclarationSyntax member, string name)
    {
        foreach (var node in member.DescendantNodes())
        {
            if (node is SingleVariableDesignationSyntax designation && designation.Identifier.ValueText == name)
            {
                return true;
            }
        }

        return false;
    }

    private static VariableDeclaratorSyntax? Declares(VariableDeclarationSyntax declaration, string name)
    {
        foreach (var declarator in declaration.Variables)
        {
            if (declarator.Identifier.ValueText == name)
            {
                return declarator;
            }
        }

        return null;
    }

    private static ParameterSyntax? Parameter(ParameterListSyntax list, string name)
    {
        foreach (var parameter in list.Parameters)
        {
            if (parameter.Identifier.ValueText == name)
            {
                return parameter;
            }
        }

        return null;
    }

    private static ITypeSymbol? TypeOf(
        VariableDeclarationSyntax declaration, VariableDeclaratorSyntax declarator, SemanticModel model, int depth) =>
        !declaration.Type.IsVar ? NamedType(declaration.Type, model)
        : declarator.Initializer is { } initializer ? TypeOf(initializer.Value, model, depth + 1)
        : null;

    private static ITypeSymbol? Member(ITypeSymbol? type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            var members = current.GetMembers(name);
            if (members.Length > 0)
            {
                return members.Length == 1 && members[0] is IFieldSymbol or IPropertySymbol ? TypeOf(members[0]) : null;
            }
        }

        return null;
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        INamedTypeSymbol type => type,
        _ => null,
    };

    private static ITypeSymbol? NamedType(TypeSyntax type, SemanticModel model) =>
        model.GetSpeculativeTypeInfo(type.SpanStart, type, SpeculativeBindingOption.BindAsTypeOrNamespace).Type;

    private static INamedTypeSymbol? KnownType(TypeSyntax type, SemanticModel model) =>
        NamedType(type, model) is INamedTypeSymbol { TypeKind: not TypeKind.Error } known ? known : null;
}
