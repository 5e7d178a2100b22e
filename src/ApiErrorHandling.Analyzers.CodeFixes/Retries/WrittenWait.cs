using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.CodeFixes.Retries;

/// <summary>Writes waits: as long as Retry-After says, else longer with each attempt, with some randomness and a cap.</summary>
/// <param name="retry">The retry.</param>
/// <param name="imports">Collects using directives.</param>
internal sealed class WrittenWait(RetryScene retry, Imports imports)
{
    private const string Cap = "30";

    private readonly List<(SyntaxNode Scope, string Name)> _names = [];

    private FixScene Scene => retry.Scene;

    /// <summary>Writes the lines of a wait.</summary>
    /// <param name="at">Where they are written.</param>
    /// <param name="attempt">The number of the attempt; null where there is but one more.</param>
    /// <param name="response">The text of what may have Retry-After; null if it is not at hand.</param>
    /// <returns>Writes all lines with an indentation, without a last line end; null if there is no way to wait here.</returns>
    public System.Func<string, string>? Lines(SyntaxNode at, string? attempt, string? response)
    {
        var position = at.SpanStart;
        var span = imports.Name("System.TimeSpan", position);
        var random = Random(at);
        var length = attempt is null
            ? $"{span}.FromSeconds(1 + {random}.NextDouble())"
            : $"{span}.FromSeconds({imports.Name("System.Math", position)}.Min({imports.Name("System.Math", position)}.Pow(2, {attempt}), {Cap}) * (0.5 + ({random}.NextDouble() / 2)))";
        var delay = NewName(at);
        var asked = response is not null && MayBeAsked ? $"{response}.Headers.RetryAfter?.Delta ?? {delay}" : delay;
        return Call(at, asked) is { } call
            ? indentation => $"{indentation}{retry.Declare(span)} {delay} = {length};{Scene.NewLine}{indentation}{call}"
            : null;
    }

    /// <summary>Writes the pause between two questions of a poll.</summary>
    /// <inheritdoc cref="Lines"/>
    public System.Func<string, string>? Pause(SyntaxNode at) =>
        Call(at, $"{imports.Name("System.TimeSpan", at.SpanStart)}.FromSeconds(1)") is { } call ? indentation => indentation + call : null;

    // Where one scope is within the other, a local of the inner one needs another name.
    private string NewName(SyntaxNode at)
    {
        var scope = at.FirstAncestorOrSelf<BlockSyntax>() ?? Scene.Root;
        var free = Scene.FreeName("delay", at);
        var name = free;
        for (var i = 2; _names.Exists(n => n.Name == name && (n.Scope.Contains(scope) || scope.Contains(n.Scope))); i++)
        {
            name = free + i.ToString(CultureInfo.InvariantCulture);
        }

        _names.Add((scope, name));
        return name;
    }

    // The contract says that an outcome that is sent again may come with the header.
    private bool MayBeAsked => retry.Contract.Outcomes.Any(o => o.MaySendRetryAfter && retry.Repeat.Same.Contains(o.Index));

    private string? Call(SyntaxNode at, string length)
    {
        if (at.AncestorsAndSelf().TakeWhile(n => n != retry.Function).Any(n => n is LockStatementSyntax or UnsafeStatementSyntax))
        {
            return null;
        }

        var token = retry.Token(at) is { } name ? ", " + name : string.Empty;
        return retry.IsAsync
            ? $"await {imports.Name("System.Threading.Tasks.Task", at.SpanStart)}.Delay({length}{token}){retry.AwaitSuffix};"
            : retry.CanBlock ? $"{imports.Name("System.Threading.Thread", at.SpanStart)}.Sleep({length});" : null;
    }

    // The shared one, the class' own, else a new one.
    private string Random(SyntaxNode at)
    {
        var type = imports.Name("System.Random", at.SpanStart);
        if (Scene.Model.Compilation.GetTypeByMetadataName("System.Random") is { } random && !random.GetMembers("Shared").IsEmpty)
        {
            return type + ".Shared";
        }

        return Scene.Model.LookupSymbols(at.SpanStart)
            .Where(s => (s is IFieldSymbol { Type.Name: "Random" } && !IsUnusable(s)) || s is IParameterSymbol { Type.Name: "Random" })
            .Select(s => s.Name)
            .FirstOrDefault() ?? $"new {type}()";

        bool IsUnusable(ISymbol field) => !field.IsStatic && Scene.Model.GetEnclosingSymbol(at.SpanStart) is { IsStatic: true };
    }
}
