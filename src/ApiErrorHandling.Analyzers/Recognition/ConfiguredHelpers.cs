using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>
/// Helpers of other projects, whose code is not seen, as options name them: documentation ids, separated by bars. An id
/// without parameters means all overloads.
/// </summary>
/// <param name="Requests">Methods that send a request and look at nothing.</param>
/// <param name="Checks">
/// Methods that get a response or a body and throw for a failing one, or tell with a boolean; of
/// <paramref name="Requests"/>, those that throw.
/// </param>
/// <param name="Throws">Methods that always throw.</param>
internal sealed record ConfiguredHelpers(
    ImmutableHashSet<string> Requests, ImmutableHashSet<string> Checks, ImmutableHashSet<string> Throws)
{
    /// <summary>The key of <see cref="Requests"/> in `.editorconfig`.</summary>
    public const string RequestsKey = "api_error_handling.request_methods";

    /// <summary>The key of <see cref="Checks"/>.</summary>
    public const string ChecksKey = "api_error_handling.checking_methods";

    /// <summary>The key of <see cref="Throws"/>.</summary>
    public const string ThrowsKey = "api_error_handling.throwing_methods";

    /// <summary>No helpers.</summary>
    public static ConfiguredHelpers None { get; } =
        new(ImmutableHashSet<string>.Empty, ImmutableHashSet<string>.Empty, ImmutableHashSet<string>.Empty);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Requests.IsEmpty && Checks.IsEmpty && Throws.IsEmpty;

    /// <summary>Reads the options; what they name need not exist in every project that they are given to.</summary>
    public static ConfiguredHelpers Read(AnalyzerConfigOptions options)
    {
        var read = new ConfiguredHelpers(Ids(RequestsKey), Ids(ChecksKey), Ids(ThrowsKey));
        return read.IsEmpty ? None : read;

        ImmutableHashSet<string> Ids(string key) => options.TryGetValue(key, out var value)
            ? value.Split('|').Select(id => id.Trim()).Where(id => id.Length > 0).ToImmutableHashSet(StringComparer.Ordinal)
            : ImmutableHashSet<string>.Empty;
    }
}

/// <summary>Gives the helpers of options their meanings.</summary>
/// <param name="helpers">The helpers.</param>
internal sealed class ConfiguredHelpersLibrary(ConfiguredHelpers helpers) : Library
{
    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        foreach (var id in helpers.Requests)
        {
            if (Split(id, table.Compilation) is var (type, name))
            {
                table.Requests(type, [name], m => IsMeant(m, id) ? Send(m, helpers.Checks.Any(check => IsMeant(m, check))) : null);
            }
        }

        foreach (var id in helpers.Checks.Except(helpers.Requests))
        {
            if (Split(id, table.Compilation) is var (type, name))
            {
                table.Methods(type, [name], m => IsMeant(m, id) ? Check(m) : null);
            }
        }

        foreach (var id in helpers.Throws)
        {
            if (Split(id, table.Compilation) is var (type, name))
            {
                table.Methods(type, [name], m => IsMeant(m, id) ? new Meaning.EndProgram() : null);
            }
        }
    }

    // "M:Shop.Net.Http.Get``1(System.String)" is the method Get of Shop.Net.Http; null where there is no such type.
    private static (string Type, string Name)? Split(string id, Compilation compilation)
    {
        var start = id.StartsWith("M:", StringComparison.Ordinal) ? 2 : 0;
        var end = id.IndexOf('(') is var parameters and >= 0 ? parameters : id.Length;
        var generic = id.IndexOf("``", start, end - start, StringComparison.Ordinal);
        end = generic >= 0 ? generic : end;
        var dot = id.LastIndexOf('.', end - 1);
        return dot > start && dot + 1 < end
            && DocumentationCommentId.GetFirstSymbolForDeclarationId("T:" + id.Substring(start, dot - start), compilation)
                is INamedTypeSymbol type
                ? (MetadataNameOf(type), id.Substring(dot + 1, end - dot - 1))
                : null;
    }

    private static string MetadataNameOf(INamedTypeSymbol type) => type switch
    {
        { ContainingType: { } outer } => MetadataNameOf(outer) + "+" + type.MetadataName,
        { ContainingNamespace.IsGlobalNamespace: true } => type.MetadataName,
        _ => type.ContainingNamespace.ToDisplayString() + "." + type.MetadataName,
    };

    private static bool IsMeant(IMethodSymbol method, string id) => id.IndexOf('(') < 0
        || (method.ReducedFrom ?? method).OriginalDefinition.GetDocumentationCommentId()
            == (id.StartsWith("M:", StringComparison.Ordinal) ? id : "M:" + id);

    private static Meaning Send(IMethodSymbol method, bool throwsOnFailure)
    {
        var address = method.Named("requestUri", "url", "uri", "address", "path", "endpoint");
        var message = method.Named("request", "message", "requestMessage");
        if (!address.Exists && !message.Exists)
        {
            address = method.Parameters.FirstOrDefault(p =>
                p.Type.SpecialType == SpecialType.System_String || p.Type.Name == "Uri") is { } text
                    ? new Operand(text.Ordinal)
                    : Operand.None;
        }

        var result = ResultOf(method);
        BodyForm? form = result switch
        {
            null or { Name: "HttpResponseMessage" } => null,
            { SpecialType: SpecialType.System_String } => BodyForm.Text,
            IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => BodyForm.Bytes,
            { Name: "Stream" } => BodyForm.Stream,
            { Name: "HttpContent" } => BodyForm.Content,
            _ => BodyForm.Parsed,
        };
        return new Meaning.SendRequest(
            Operand.None,
            address,
            message,
            null,
            form,
            form == BodyForm.Parsed ? JsonTargets.Of(result!, NameBinding.IgnoreCase, throwsOnEmpty: false) : null,
            throwsOnFailure,
            method.ReturnsTask());
    }

    private static Meaning Check(IMethodSymbol method) => new Meaning.CheckAnswer(
        Tells: ResultOf(method)?.SpecialType == SpecialType.System_Boolean, method.ReturnsTask());

    private static ITypeSymbol? ResultOf(IMethodSymbol method) => method switch
    {
        { ReturnsVoid: true } => null,
        { ReturnType: INamedTypeSymbol { TypeArguments.Length: 1 } task } when method.ReturnsTask() => task.TypeArguments[0],
        _ when method.ReturnsTask() => null,
        _ => method.ReturnType,
    };
}
