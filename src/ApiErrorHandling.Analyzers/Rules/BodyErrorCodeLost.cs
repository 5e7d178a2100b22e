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
/// AEH1003: a body is parsed into a type without a member for the code, and used or given away where a failing code is
/// still possible. Shown at the parse.
/// </summary>
internal sealed class BodyErrorCodeLost : Rule
{
    private static readonly DiagnosticDescriptor Some = Rules.Descriptors.Create(
        RuleIds.BodyErrorCodeLost, Rules.Descriptors.Answers, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor SomeMore = Rules.Descriptors.Create(
        RuleIds.BodyErrorCodeLost, Rules.Descriptors.Answers, DiagnosticSeverity.Warning, "MessageMore");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = ImmutableArray.Create(Some, SomeMore);

    /// <inheritdoc/>
    public override void Check(FlowResult flow, Action<Diagnostic> report)
    {
        var places = new HashSet<SyntaxNode>();
        foreach (var use in flow.Uses)
        {
            var lost = LostBy(use);
            if (lost.IsEmpty || IsReportedInside(use.Request, (_, inner) => !LostBy(inner).IsEmpty)
                || !places.Add(use.Body.ParsedAt!.Syntax))
            {
                continue;
            }

            var contract = use.Request.Contract;
            var code = contract.BodyCode!;
            var type = use.Body.Root!.Type!;
            var names = OutcomeNames.OfCodes(contract, lost);
            var properties = ImmutableDictionary<string, string?>.Empty
                .Add(PropertyKeys.Contract, contract.Id)
                .Add(PropertyKeys.ContractName, contract.Name)
                .Add(PropertyKeys.Outcomes, OutcomeNames.Ids(contract, lost))
                .Add(PropertyKeys.AnswerType, type.OriginalDefinition.GetDocumentationCommentId())
                .Add(PropertyKeys.CodeMember, string.Join(".", code.Path))
                .Add(PropertyKeys.SuccessCode, code.SuccessValues[0])
                .Add(PropertyKeys.CodeType, code.Type.ToString());
            report(Diagnostic.Create(
                names.More > 0 ? SomeMore : Some,
                use.Body.ParsedAt.Syntax.GetLocation(),
                [use.At.Syntax.GetLocation(), use.Request.Operation.Syntax.GetLocation(), .. PlacesInside(use)],
                properties,
                type.Name,
                contract.Name,
                names.List,
                string.Join(".", code.Path),
                code.SuccessValues[0],
                names.More));
        }
    }

    /// <summary>
    /// The failing codes that a use of data does not exclude and that what the body was parsed into cannot tell.
    /// </summary>
    public static OutcomeSet LostBy(Use use)
    {
        var contract = use.Request.Contract;
        if (contract.BodyCode is not { } code
            || use.Body is not
            {
                Form: BodyForm.Parsed, ParsedAt: not null, Root: { Flavour: JsonFlavour.Typed, Type: { } type },
            }
            || !HoldsNoCode(type, code)
            || !use.Outcomes.Intersects(contract.Successes))
        {
            return OutcomeSet.Empty;
        }

        return (use.Outcomes & contract.CodeFailures) - contract.WithoutAdvice;
    }

    // A list, a text or a number is no answer of the API: something else is parsed there.
    private static bool HoldsNoCode(ITypeSymbol type, BodyCode code) =>
        type is INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct }
        && !type.DeclaringSyntaxReferences.IsEmpty
        && !JsonTargets.IsSequence(type)
        && !JsonNames.HasExtensionData(type)
        && JsonNames.BindableMembers(type).Any()
        && JsonNames.Find(type, code.Path[0], NameBinding.Unknown) is null;
}
