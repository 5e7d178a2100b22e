using System.Collections.Generic;
using System.Linq;
using ApiErrorHandling.Analyzers.Recognition;

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
