using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>A rule about requests that are sent again.</summary>
internal abstract class RetryRule : Rule
{
    /// <inheritdoc/>
    public sealed override void Check(FlowResult flow, Action<Diagnostic> report)
    {
        foreach (var (_, diagnostic) in Find(flow))
        {
            report(diagnostic);
        }
    }

    /// <summary>The retries with something wrong, and the reports, in source order.</summary>
    /// <param name="flow">What the flow found in the method.</param>
    public IEnumerable<(Repeat Repeat, Diagnostic Diagnostic)> Find(FlowResult flow)
    {
        var found = flow.Repeats
            .Select(repeat => (Repeat: repeat, Diagnostic: Check(repeat, flow)!))
            .Where(f => f.Diagnostic is not null)
            .ToList();

        // of a first attempt before a loop of further ones the loop says all
        return found
            .Where(f => f.Repeat.Kind != RepeatKind.SecondCall || !found.Exists(other => other.Repeat.Kind != RepeatKind.SecondCall
                && other.Repeat.Request.Operation.Syntax == f.Repeat.By.Syntax))
            .OrderBy(f => f.Diagnostic.Location.SourceSpan.Start);
    }

    /// <summary>What is wrong with a request that is sent again; null if nothing is.</summary>
    /// <param name="repeat">The way back to it.</param>
    /// <param name="flow">What the flow found in the method.</param>
    protected abstract Diagnostic? Check(Repeat repeat, FlowResult flow);

    /// <summary>The outcomes among some that have a piece of advice.</summary>
    protected static OutcomeSet WithAdvice(ErrorContract contract, OutcomeSet outcomes, params Advice[] advice)
    {
        var set = OutcomeSet.Empty;
        foreach (var outcome in contract.Outcomes)
        {
            if (outcomes.Contains(outcome.Index) && advice.Contains(outcome.Advice))
            {
                set = set.With(outcome.Index);
            }
        }

        return set;
    }

    /// <summary>The place that repeats: the loop's keyword, the recursive call, the second call, or the call of the helper.</summary>
    protected static Location PlaceOf(Repeat repeat)
    {
        var syntax = repeat.By.Syntax;
        return repeat.Loop is { } loop && loop.SyntaxTree == syntax.SyntaxTree && MemberAround(loop) == MemberAround(syntax)
            ? loop switch
            {
                WhileStatementSyntax { WhileKeyword: var keyword } => keyword.GetLocation(),
                DoStatementSyntax { DoKeyword: var keyword } => keyword.GetLocation(),
                ForStatementSyntax { ForKeyword: var keyword } => keyword.GetLocation(),
                CommonForEachStatementSyntax { ForEachKeyword: var keyword } => keyword.GetLocation(),
                _ => syntax.GetLocation(),
            }
            : syntax.GetLocation();
    }

    /// <summary>A report about outcomes of a request that is sent again.</summary>
    protected static Diagnostic Create(
        DiagnosticDescriptor descriptor, Location location, Repeat repeat, OutcomeSet outcomes, params object?[] arguments)
    {
        var contract = repeat.Request.Contract;
        var places = new List<Location>();
        if (repeat.Request.Operation.Syntax.GetLocation() is var request && request != location)
        {
            places.Add(request);
        }

        places.AddRange(PlacesInside(repeat.Request));
        return Diagnostic.Create(
            descriptor,
            location,
            places,
            ImmutableDictionary<string, string?>.Empty
                .Add(PropertyKeys.Contract, contract.Id)
                .Add(PropertyKeys.ContractName, contract.Name)
                .Add(PropertyKeys.Outcomes, OutcomeNames.Ids(contract, outcomes)),
            arguments);
    }

    /// <summary>A report at the place that repeats, which names the contract and some outcomes: all of them, typical ones, or none that has a number.</summary>
    /// <param name="some">The message that names all.</param>
    /// <param name="any">The message that names examples.</param>
    /// <param name="connection">The message for failures without a number.</param>
    /// <param name="repeat">The way back to the request.</param>
    /// <param name="outcomes">The outcomes.</param>
    protected static Diagnostic CreateNaming(
        DiagnosticDescriptor some, DiagnosticDescriptor any, DiagnosticDescriptor connection, Repeat repeat, OutcomeSet outcomes)
    {
        var contract = repeat.Request.Contract;
        var names = OutcomeNames.OfNumbers(contract, outcomes);
        var isAny = names.More > 0;
        names = isAny ? OutcomeNames.OfTypicalStatuses(contract, outcomes) : names;
        return Create(
            names.List.Length == 0 ? connection : isAny ? any : some, PlaceOf(repeat), repeat, outcomes, contract.Name, names.List);
    }

    private static SyntaxNode? MemberAround(SyntaxNode syntax) => syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>();
}
