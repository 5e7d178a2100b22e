using System.Text.Json.Nodes;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>
/// Bodies that a client may take for a success, guessed from what it reads: the types that it parses into, and the names
/// that it looks up. The one with which it gets farthest is the right one.
/// </summary>
internal sealed class SuccessBodies
{
    private const int MaxDepth = 4;
    private const int MaxTypes = 6;

    // As many days as the shortest forecast has.
    private const int Items = 3;

    private static readonly HashSet<string> LookUps =
        ["GetProperty", "TryGetProperty", "SelectToken", "Value", "GetValue", "TryGetValue", "TryGetPropertyValue", "ContainsKey", "Property"];

    private static readonly HashSet<string> Numbers =
        ["GetInt32", "GetInt64", "GetDouble", "GetDecimal", "GetSingle", "TryGetInt32", "TryGetInt64", "TryGetDouble"];

    private static readonly HashSet<string> Sequences =
        ["EnumerateArray", "GetArrayLength", "First", "FirstOrDefault", "Select", "Children", "AsArray", "Any", "Where", "ToArray", "ToList"];

    private readonly Dictionary<string, IReadOnlyList<string>> _locals = new(StringComparer.Ordinal);

    private SuccessBodies()
    {
    }

    /// <summary>The guesses.</summary>
    public static IReadOnlyList<string> Guess(Compilation compilation, IEnumerable<SyntaxTree> trees)
    {
        var guesser = new SuccessBodies();
        var all = new JsonObject();
        var types = new List<JsonNode>();
        foreach (var tree in trees)
        {
            var model = compilation.GetSemanticModel(tree);
            guesser.AddLookUps(tree.GetRoot(), model, all);
            foreach (var type in ParsedTypes(tree.GetRoot(), model))
            {
                if (Sample(type, string.Empty, 0) is { } sample && types.Count < MaxTypes && !types.Exists(t => JsonNode.DeepEquals(t, sample)))
                {
                    types.Add(sample);
                }
            }
        }

        foreach (var sample in types)
        {
            if ((sample is JsonArray { Count: > 0 } array ? array[0] : sample) is JsonObject members)
            {
                Merge(all, members);
            }
        }

        var bodies = new List<JsonNode> { all };
        bodies.AddRange(types);
        bodies.Add(new JsonArray(all.DeepClone()));
        return bodies.Select(b => b.ToJsonString()).Append("\"text\"").Distinct().ToList();
    }

    private static IEnumerable<ITypeSymbol> ParsedTypes(SyntaxNode root, SemanticModel model)
    {
        foreach (var node in root.DescendantNodes())
        {
            var types = node switch
            {
                GenericNameSyntax generic when generic.Parent is not (ObjectCreationExpressionSyntax or VariableDeclarationSyntax) =>
                    generic.TypeArgumentList.Arguments.Select(a => model.GetTypeInfo(a).Type),
                TypeOfExpressionSyntax typeOf => [model.GetTypeInfo(typeOf.Type).Type],
                _ => [],
            };
            foreach (var type in types)
            {
                if (type is not null && (IsOwn(type) || ItemOf(type) is { } item && IsOwn(item)))
                {
                    yield return type;
                }
            }
        }

        static bool IsOwn(ITypeSymbol type) =>
            type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } && !type.DeclaringSyntaxReferences.IsEmpty;
    }

    private static ITypeSymbol? ItemOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var item] } named when JsonTargets.IsSequence(named) => item,
        _ => null,
    };

    private static JsonNode? Sample(ITypeSymbol type, string name, int depth)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        var isTelling = name.Contains("err", StringComparison.OrdinalIgnoreCase)
            || name.Contains("fail", StringComparison.OrdinalIgnoreCase) || name.Contains("next", StringComparison.OrdinalIgnoreCase);
        switch (type.SpecialType)
        {
            case SpecialType.System_String:
                return isTelling ? null : name.EndsWith("url", StringComparison.OrdinalIgnoreCase) ? "https://host.example/x" : "21";
            case SpecialType.System_Boolean:
                return !isTelling;
            case SpecialType.System_Object:
                return isTelling ? null : new JsonObject();
            case SpecialType.System_DateTime:
                return "2026-01-01T00:00:00Z";
            case >= SpecialType.System_SByte and <= SpecialType.System_Double:
                return isTelling || name.EndsWith("code", StringComparison.OrdinalIgnoreCase) ? 0 : 21;
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return 0;
        }

        if (depth >= MaxDepth)
        {
            return null;
        }

        if (ItemOf(type) is { } item)
        {
            return isTelling
                ? new JsonArray()
                : new JsonArray(Enumerable.Range(0, Items).Select(_ => Sample(item, string.Empty, depth + 1)).ToArray());
        }

        switch (type.Name)
        {
            case "DateTimeOffset":
                return "2026-01-01T00:00:00Z";
            case "Uri":
                return isTelling ? null : "https://host.example/x";
            case "Dictionary" or "IDictionary" or "IReadOnlyDictionary" when type is INamedTypeSymbol { TypeArguments: [_, var value] }:
                return new JsonObject { ["a"] = Sample(value, string.Empty, depth + 1) };
        }

        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } || type.DeclaringSyntaxReferences.IsEmpty)
        {
            return isTelling ? null : new JsonObject();
        }

        var sample = new JsonObject();
        foreach (var member in JsonNames.BindableMembers(type))
        {
            var written = JsonNames.Written(member) ?? member.Name;
            var value = Sample(JsonNames.TypeOf(member)!, written, depth + 1);
            sample[written] = value;

            // for readers that compare names exactly, and those that do not
            var camel = char.ToLowerInvariant(written[0]) + written[1..];
            if (camel != written && !sample.ContainsKey(camel))
            {
                sample[camel] = value?.DeepClone();
            }
        }

        return isTelling ? null : sample;
    }

    private static void Merge(JsonObject into, JsonObject members)
    {
        foreach (var (name, value) in members)
        {
            if (into[name] is JsonObject mine && value is JsonObject theirs)
            {
                Merge(mine, theirs);
            }
            else if (value is not null || !into.ContainsKey(name))
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    private void AddLookUps(SyntaxNode root, SemanticModel model, JsonObject into)
    {
        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Initializer.Value: var value } variable:
                    _locals[variable.Identifier.ValueText] = PathOf(value, model);
                    break;
                case ForEachStatementSyntax loop:
                    _locals[loop.Identifier.ValueText] = [.. PathOf(loop.Expression, model), "[]"];
                    break;
                case SimpleLambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } } } lambda:
                    _locals[lambda.Parameter.Identifier.ValueText] = [.. PathOf(called.Expression, model), "[]"];
                    break;
                case ArgumentSyntax { RefOrOutKeyword.RawKind: (int)SyntaxKind.OutKeyword, Expression: DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax found },
                    Parent.Parent: InvocationExpressionSyntax invocation }:
                    _locals[found.Identifier.ValueText] = PathOf(invocation, model);
                    break;
            }

            if (node is ExpressionSyntax expression && PathOf(expression, model) is { Count: > 0 } path)
            {
                Put(into, path, Leaf(expression, path));
            }
        }
    }

    private static JsonNode? Leaf(ExpressionSyntax expression, IReadOnlyList<string> path) =>
        expression.Parent is CastExpressionSyntax { Type: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.IntKeyword or (int)SyntaxKind.LongKeyword or (int)SyntaxKind.DoubleKeyword } }
        || (expression.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && Numbers.Contains(name))
            ? 21
            : expression.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var sequence } && Sequences.Contains(sequence)
                ? new JsonArray(new JsonObject())
                : path[^1].Contains("next", StringComparison.OrdinalIgnoreCase) ? null : "21";

    private IReadOnlyList<string> PathOf(ExpressionSyntax expression, SemanticModel model)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return PathOf(inner, model);
            case CastExpressionSyntax { Expression: var inner }:
                return PathOf(inner, model);
            case AwaitExpressionSyntax { Expression: var inner }:
                return PathOf(inner, model);
            case PostfixUnaryExpressionSyntax { Operand: var inner }:
                return PathOf(inner, model);
            case ConditionalAccessExpressionSyntax { WhenNotNull: var inner }:
                return PathOf(inner, model);
            case IdentifierNameSyntax { Identifier.ValueText: var name }:
                return _locals.GetValueOrDefault(name) ?? [];
            case ElementAccessExpressionSyntax { Expression: var on, ArgumentList.Arguments: [{ Expression: var key }] }:
                return Extend(on, key, model);
            case ElementBindingExpressionSyntax { ArgumentList.Arguments: [{ Expression: var key }] }:
                return Extend(Bound(expression), key, model);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member, ArgumentList.Arguments: var arguments }:
                return Called(member.Expression, member.Name, arguments, model);
            case InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member, ArgumentList.Arguments: var arguments }:
                return Called(Bound(expression), member.Name, arguments, model);
            case MemberAccessExpressionSyntax { Expression: var on, Name: var name }:
                return model.GetTypeInfo(on).Type?.TypeKind == TypeKind.Dynamic
                    ? [.. PathOf(on, model), name.Identifier.ValueText]
                    : PathOf(on, model);
            default:
                return [];
        }
    }

    private IReadOnlyList<string> Called(
        ExpressionSyntax? on, SimpleNameSyntax name, SeparatedSyntaxList<ArgumentSyntax> arguments, SemanticModel model) =>
        LookUps.Contains(name.Identifier.ValueText) && arguments.Count > 0
            ? Extend(on, arguments[0].Expression, model)
            : on is null ? []
            : name.Identifier.ValueText is "First" or "FirstOrDefault" ? [.. PathOf(on, model), "[]"]
            : PathOf(on, model);

    private IReadOnlyList<string> Extend(ExpressionSyntax? on, ExpressionSyntax key, SemanticModel model)
    {
        var path = on is null ? [] : PathOf(on, model);
        return model.GetConstantValue(key).Value switch
        {
            string text => [.. path, .. text.TrimStart('$', '.').Split('.')],
            int when path.Count > 0 => [.. path, "[]"],
            _ => path,
        };
    }

    private static ExpressionSyntax? Bound(ExpressionSyntax expression) => expression.Ancestors()
        .OfType<ConditionalAccessExpressionSyntax>()
        .FirstOrDefault(c => c.WhenNotNull.Span.Contains(expression.Span))?.Expression;

    private static void Put(JsonObject root, IReadOnlyList<string> path, JsonNode? leaf)
    {
        var current = root;
        for (var i = 0; i < path.Count; i++)
        {
            var name = path[i];
            if (name is "[]" or "")
            {
                return;
            }

            var isArray = i + 1 < path.Count && path[i + 1] == "[]";
            if (i + 1 == path.Count || (isArray && i + 2 == path.Count))
            {
                var value = isArray ? new JsonArray("21") : leaf;
                if (current[name] is null || (current[name] is not (JsonObject or JsonArray) && value is JsonArray))
                {
                    current[name] = value;
                }
                else if (leaf is not null && leaf.GetValueKind() == System.Text.Json.JsonValueKind.Number && current[name] is not (JsonObject or JsonArray))
                {
                    current[name] = leaf;
                }

                return;
            }

            if (isArray)
            {
                if (current[name] is not JsonArray { Count: > 0 } array || array[0] is not JsonObject)
                {
                    current[name] = new JsonArray(new JsonObject());
                }

                current = (JsonObject)current[name]![0]!;
                i++;
            }
            else
            {
                if (current[name] is not JsonObject child)
                {
                    current[name] = child = new JsonObject();
                }

                current = child;
            }
        }
    }
}
