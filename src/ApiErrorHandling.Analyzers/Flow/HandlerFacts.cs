using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>
/// The message handlers of the compilation that may throw for failing statuses, and the clients they are attached to. For
/// such a client the status counts as checked.
/// </summary>
internal sealed class HandlerFacts
{
    private static readonly string[] Bases = ["DelegatingHandler", "HttpClientHandler", "HttpMessageHandler"];

    private readonly Compilation _compilation;
    private Attachments? _attachments;

    /// <summary>Makes the facts of a compilation; nothing is read before the first question.</summary>
    public HandlerFacts(Compilation compilation) => _compilation = compilation;

    /// <summary>Whether a handler that may throw for failing statuses is attached to a client.</summary>
    /// <param name="client">What is known of the client; null if nothing is.</param>
    /// <param name="call">The call that sends with it.</param>
    public bool MayThrowFor(Value.Client? client, SyntaxNode call)
    {
        var attachments = _attachments ?? Read();
        if (attachments.ToAll)
        {
            return true;
        }

        if (client is { IsFromFactory: true })
        {
            return !attachments.Names.IsEmpty && (client.Name is null || attachments.Names.Contains(client.Name));
        }

        return (attachments.ByHand && client is null or { IsGiven: true })
            || (client is not null && client.Handlers.Split(',').Any(attachments.Handlers.Contains))
            || (!attachments.Types.IsEmpty && UserOf(call) is { } user && attachments.Types.Contains(user.Name));
    }

    // A typed client is registered by the type that uses it.
    private INamedTypeSymbol? UserOf(SyntaxNode call) => _compilation.GetSemanticModel(call.SyntaxTree)
        .GetEnclosingSymbol(call.SpanStart)?.ContainingType;

    private Attachments Read()
    {
        var read = Collect();
        return Interlocked.CompareExchange(ref _attachments, read, null) ?? read;
    }

    private Attachments Collect()
    {
        var handlers = ImmutableHashSet.CreateBuilder<string>();
        foreach (var root in Bases.SelectMany(TreesWith))
        {
            foreach (var type in root.DescendantNodes().OfType<ClassDeclarationSyntax>())
            {
                if (IsHandler(type) && MayThrowForStatus(type))
                {
                    handlers.Add(type.Identifier.ValueText);
                }
            }
        }

        if (handlers.Count == 0)
        {
            return new Attachments(
                ImmutableHashSet<string>.Empty,
                ImmutableHashSet<string>.Empty,
                ImmutableHashSet<string>.Empty,
                ByHand: false,
                ToAll: false);
        }

        var names = ImmutableHashSet.CreateBuilder<string>();
        var types = ImmutableHashSet.CreateBuilder<string>();
        var attached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in TreesWith("AddHttpMessageHandler"))
        {
            foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (NameOf(call) != "AddHttpMessageHandler"
                    || call.DescendantTokens().Select(t => t.ValueText).FirstOrDefault(handlers.Contains) is not { } handler)
                {
                    continue;
                }

                if (Registration(call) is { } registration)
                {
                    attached.Add(handler);
                    Note(registration, names, types);
                }
            }
        }

        var isByHand = false;
        foreach (var handler in handlers)
        {
            if (TreesWith("new " + handler + "(").Any())
            {
                // given to a client by hand: the client shows it where it is made, but not where it was handed to
                isByHand = true;
                attached.Add(handler);
            }
        }

        return new Attachments(
            handlers.ToImmutable(),
            names.ToImmutable(),
            types.ToImmutable(),
            isByHand,
            ToAll: handlers.Any(h => !attached.Contains(h)));
    }

    private IEnumerable<SyntaxNode> TreesWith(string marker)
    {
        foreach (var tree in _compilation.SyntaxTrees)
        {
            if (tree.TryGetText(out var text) || (text = tree.GetText()) is not null)
            {
                if (text.ToString().IndexOf(marker, StringComparison.Ordinal) >= 0)
                {
                    yield return tree.GetRoot();
                }
            }
        }
    }

    private static bool IsHandler(ClassDeclarationSyntax type) => type.BaseList?.Types.Any(t =>
        t.Type.ToString().EndsWith("Handler", StringComparison.Ordinal)) == true;

    // What a handler does with a failing status is taken for a throw if it can throw at all where it looks at the status.
    private static bool MayThrowForStatus(ClassDeclarationSyntax type)
    {
        var looks = false;
        var throws = false;
        var answers = new HashSet<string>(type.DescendantNodes()
            .OfType<VariableDeclaratorSyntax>()
            .Where(v => v.Initializer?.Value.DescendantNodesAndSelf().OfType<BaseExpressionSyntax>().Any() == true)
            .Select(v => v.Identifier.ValueText));
        foreach (var node in type.DescendantNodes())
        {
            switch (node)
            {
                case IdentifierNameSyntax { Identifier.ValueText: "EnsureSuccessStatusCode" }:
                    return true;
                case IdentifierNameSyntax { Identifier.ValueText: "IsSuccessStatusCode" or "StatusCode" }:
                    looks = true;
                    break;
                case ArgumentSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var given } } argument
                    when answers.Contains(given) && argument.Parent?.Parent is InvocationExpressionSyntax called && IsHelper(called):
                    // the helper of another class may look and throw
                    return true;
                case ThrowStatementSyntax { Expression: not null } or ThrowExpressionSyntax:
                    throws = true;
                    break;
            }
        }

        return looks && throws;
    }

    // `Guard.Check(response)`; what the handler does itself, or tells its logger, is seen as it is.
    private static bool IsHelper(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax
    {
        Expression: IdentifierNameSyntax { Identifier.ValueText: { Length: > 0 } type },
        Name.Identifier.ValueText: var name,
    }
        && char.IsUpper(type[0]) && type is not ("Task" or "Console" or "Debug" or "Trace" or "Log" or "Logger")
        && !name.StartsWith("Log", StringComparison.Ordinal);

    private static string? NameOf(InvocationExpressionSyntax call) =>
        (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;

    /// <summary>The AddHttpClient at the head of a fluent chain.</summary>
    private static InvocationExpressionSyntax? Registration(InvocationExpressionSyntax call)
    {
        for (ExpressionSyntax? current = call; current is InvocationExpressionSyntax invocation;
            current = (invocation.Expression as MemberAccessExpressionSyntax)?.Expression)
        {
            if (NameOf(invocation) is "AddHttpClient" or "AddRefitClient")
            {
                return invocation;
            }
        }

        return null;
    }

    private void Note(
        InvocationExpressionSyntax registration,
        ImmutableHashSet<string>.Builder names,
        ImmutableHashSet<string>.Builder types)
    {
        if (registration.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax generic })
        {
            foreach (var type in generic.TypeArgumentList.Arguments)
            {
                if (ClientRegistrations.NameOf(type) is { } name)
                {
                    types.Add(name);
                }
            }
        }

        foreach (var argument in registration.ArgumentList.Arguments)
        {
            if (_compilation.GetSemanticModel(argument.SyntaxTree).GetConstantValue(argument.Expression).Value is string text)
            {
                names.Add(text);
            }
        }
    }

    private sealed record Attachments(
        ImmutableHashSet<string> Handlers,
        ImmutableHashSet<string> Names,
        ImmutableHashSet<string> Types,
        bool ByHand,
        bool ToAll);
}
