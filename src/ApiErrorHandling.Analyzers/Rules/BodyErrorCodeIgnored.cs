using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// AEH1001: data of a body is used where a failing code in that body is still possible. Shown at the first such use of
/// each request, in source order.
/// </summary>
internal sealed class BodyErrorCodeIgnored : Rule
{
    private static readonly DiagnosticDescriptor Used = Rules.Descriptors.Create(
        RuleIds.BodyErrorCodeIgnored, Rules.Descriptors.Answers, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor UsedMore = Rules.Descriptors.Create(
        RuleIds.BodyErrorCodeIgnored, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageMore");

    private static readonly DiagnosticDescriptor Tested = Rules.Descriptors.Create(
        RuleIds.BodyErrorCodeIgnored, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageNullTest");

    private static readonly DiagnosticDescriptor TestedMore = Rules.Descriptors.Create(
        RuleIds.BodyErrorCodeIgnored, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageNullTestMore");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } =
        ImmutableArray.Create(Used, UsedMore, Tested, TestedMore);

    /// <inheritdoc/>
    public override void Check(FlowResult flow, Action<Diagnostic> report)
    {
        var reported = new HashSet<RequestSite>();
        var places = new HashSet<SyntaxNode>();
        var lost = new HashSet<RequestSite>(
            flow.Uses.Where(use => !BodyErrorCodeLost.LostBy(use).IsEmpty).Select(use => use.Request));
        foreach (var use in flow.Uses)
        {
            var contract = use.Request.Contract;
            if (Ignored(use) is not var (ignored, member)
                || lost.Contains(use.Request)
                || IsReportedInside(use.Request, (_, inner) => Ignored(inner) is not null)
                || !reported.Add(use.Request)
                || !places.Add(use.At.Syntax))
            {
                // one place can use the answers to two requests
                continue;
            }

            var code = contract.BodyCode!;
            var parsedAt = use.Body.ParsedAt!;
            var root = use.Body.Root!;
            var names = OutcomeNames.OfCodes(contract, ignored);
            var descriptor = use.Kind == UseKind.NullTest
                ? names.More > 0 ? TestedMore : Tested
                : names.More > 0 ? UsedMore : Used;
            var properties = ImmutableDictionary<string, string?>.Empty
                .Add(PropertyKeys.Contract, contract.Id)
                .Add(PropertyKeys.ContractName, contract.Name)
                .Add(PropertyKeys.Outcomes, OutcomeNames.Ids(contract, ignored))
                .Add(PropertyKeys.Flavour, root.Flavour.ToString())
                .Add(PropertyKeys.CodeMember, member.Name)
                .Add(PropertyKeys.CodeMemberType, member.Type)
                .Add(PropertyKeys.SuccessCode, code.SuccessValues[0])
                .Add(PropertyKeys.CodeType, code.Type.ToString());
            report(Diagnostic.Create(
                descriptor,
                use.At.Syntax.GetLocation(),
                [parsedAt.Syntax.GetLocation(), use.Request.Operation.Syntax.GetLocation(), .. PlacesInside(use)],
                properties,
                use.Body.Path.Split('.').Last(),
                contract.Name,
                names.List,
                member.Name,
                code.SuccessValues[0],
                names.More));
        }
    }

    /// <summary>The failing codes that a use of data does not exclude, and the member that would tell them; else null.</summary>
    private static (OutcomeSet Outcomes, (string Name, string? Type) Member)? Ignored(Use use)
    {
        var contract = use.Request.Contract;
        if (contract.BodyCode is not { } code
            || use.Kind is not (UseKind.Member or UseKind.NullTest)
            || use.Body is not { ParsedAt: not null, Root: { } root })
        {
            return null;
        }

        var ignored = (use.Outcomes & contract.CodeFailures) - contract.WithoutAdvice;
        return !ignored.IsEmpty
            && use.Outcomes.Intersects(contract.Successes)
            && CodeMember(root.Flavour, root.Type, code.Path) is { } member
                ? (ignored, member)
                : null;
    }

    /// <summary>
    /// The member that holds the code. A type without one has lost the code: that is another fault than not looking.
    /// </summary>
    public static (string Name, string? Type)? CodeMember(
        JsonFlavour flavour, ITypeSymbol? type, IReadOnlyCollection<string> path)
    {
        if (flavour == JsonFlavour.Opaque)
        {
            return null;
        }

        if (flavour != JsonFlavour.Typed)
        {
            return (string.Join(".", path), null);
        }

        ISymbol? member = null;
        var names = new List<string>();
        foreach (var name in path)
        {
            member = type is null ? null : JsonNames.Find(type, name, NameBinding.Unknown);
            if (member is null)
            {
                return null;
            }

            names.Add(member.Name);
            type = JsonNames.TypeOf(member);
        }

        return (string.Join(".", names), type!.ToDisplayString());
    }
}
