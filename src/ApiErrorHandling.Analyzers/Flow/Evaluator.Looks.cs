using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Which requests have an outcome that somebody looks at, and which are only waited for.</content>
internal sealed partial class Evaluator
{
    private readonly HashSet<RequestSite> _waitedFor = [];

    /// <summary>The requests whose outcome decides something, or that left for code that is not seen.</summary>
    public HashSet<RequestSite> LookedAt { get; } = [];

    /// <summary>The requests whose response, or answer with its code, the method gives back.</summary>
    public HashSet<RequestSite> HandedBack { get; } = [];

    /// <summary>
    /// Requests that the method waits for and whose outcome nobody looks at: their response, or the answer with its code, is
    /// dropped.
    /// </summary>
    public IEnumerable<RequestSite> Dropped => Requests.Where(request =>
        _waitedFor.Contains(request) && !LookedAt.Contains(request) && !HandedBack.Contains(request));

    private void Look(Value value)
    {
        foreach (var entry in value.Taint.Entries)
        {
            LookedAt.Add(entry.Key);
        }
    }

    // Methods that may throw for what they are told.
    private static readonly string[] Deciding =
        ["Throw", "Rethrow", "Ensure", "Assert", "Check", "Validate", "Verify", "Guard", "Require", "Handle", "Fail", "Abort", "Stop"];

    /// <summary>
    /// Whether a call only tells someone: nobody asks what comes of it. Words that it gets of a failure, or the exception itself,
    /// decide nothing then.
    /// </summary>
    private static bool IsTelling(SyntaxNode call, string? name, bool returnsNothing)
    {
        if (name is null || System.Array.Exists(Deciding, d => name.IndexOf(d, System.StringComparison.Ordinal) >= 0))
        {
            return false;
        }

        var around = call.Parent;
        while (around is AwaitExpressionSyntax or ConditionalAccessExpressionSyntax or ParenthesizedExpressionSyntax
            or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" }
            or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } })
        {
            around = around.Parent;
        }

        return returnsNothing || around is ExpressionStatementSyntax
            or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax };
    }

    // Exceptions and text among what a call gets.
    private ImmutableArray<Value> Worded(ImmutableArray<IArgumentOperation> operations, ImmutableArray<Value> arguments)
    {
        foreach (var argument in operations)
        {
            if (argument.Parameter is { Ordinal: var ordinal } && ordinal < arguments.Length
                && arguments[ordinal] is Value.Exception or Value.PartialText or Value.Unknown or Value.Elements
                && IsWords(argument.Value))
            {
                arguments = arguments.SetItem(ordinal, Value.Derived(arguments[ordinal].Taint.Worded(), isNotNull: true));
            }
        }

        return arguments;
    }

    private bool IsWords(IOperation operation) => operation switch
    {
        IConversionOperation { OperatorMethod: null, Operand: var operand } => IsWords(operand),
        IArrayCreationOperation { Initializer.ElementValues: var elements } => elements.All(IsWords),
        ILocalReferenceOperation or IParameterReferenceOperation when operation.Type is { IsValueType: true, SpecialType: not SpecialType.None } => true,
        _ => operation.ConstantValue.HasValue || IsText(operation.Type) || IsException(operation.Type),
    };

    /// <summary>Notes what a return statement gives away.</summary>
    private void LookAtReturned(Value value, GraphSolver solver)
    {
        if (solver.Caller is not null)
        {
            // whoever calls a function that is not seen being called has it
            Look(value);
            return;
        }

        foreach (var entry in value.Taint.Entries)
        {
            if (GivesBack(value, entry.Key))
            {
                HandedBack.Add(entry.Key);
            }
            else
            {
                LookedAt.Add(entry.Key);
            }
        }
    }

    private static bool GivesBack(Value value, RequestSite request) => value switch
    {
        Value.Task task => GivesBack(task.Result, request),
        Value.Response response => ReferenceEquals(response.Request, request),
        Value.Body { Form: BodyForm.Parsed, IsData: false } body =>
            ReferenceEquals(body.Request, request) && request.Contract.BodyCode is not null && CarriesOutcome(body),
        _ => false,
    };

    /// <summary>Notes that the body of a response is read: by itself a decision, but where a code is in it.</summary>
    private void LookAtBody(RequestSite request, BodyForm form)
    {
        if (form != BodyForm.Parsed || request.Contract.BodyCode is null)
        {
            LookedAt.Add(request);
        }
    }

    /// <summary>Notes that a task, and with it its request, is waited for.</summary>
    private void WaitFor(Value value)
    {
        foreach (var entry in value.Taint.Entries)
        {
            _waitedFor.Add(entry.Key);
        }
    }

    /// <summary>Takes over what a called method looked at.</summary>
    private void LookInside(FlowResult flow, RequestSite inner, RequestSite request)
    {
        if (flow.LookedAt.Contains(inner) || (!inner.IsInput && !flow.HandedBack.Contains(inner)))
        {
            LookedAt.Add(request);
        }
    }
}
