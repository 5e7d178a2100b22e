using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Tasks and the exceptions that surface where they are waited for.</content>
internal sealed partial class Evaluator
{
    /// <summary>Waits for a task: its exceptions surface here.</summary>
    private Value Await(IOperation operation, Value value, State state, GraphSolver? solver, bool wraps)
    {
        value = Concrete(value, state);
        WaitFor(value);
        if (value is not Value.Task task)
        {
            return value is Value.PerOutcome or Value.Response or Value.Body ? value : Value.Derived(value.Taint);
        }

        foreach (var fault in task.Faults)
        {
            Throw(wraps
                ? fault with
                {
                    Exception = new Value.Exception(
                        _context.Aggregate, IsExact: true, fault.Exception.Request, CarriesStatus: false, fault.Exception),
                }
                : fault, state, solver);
        }

        return task.Result;
    }

    /// <summary>Lets the outcomes of a fault leave by its exception; the state goes on with the others.</summary>
    private static void Throw(Fault fault, State state, GraphSolver? solver)
    {
        if (state.IsDead)
        {
            return;
        }

        if (fault.Request is not { } request)
        {
            solver?.Raise(Raised(), fault.Exception);
            return;
        }

        var outcomes = state.OutcomesOf(request);
        var thrown = outcomes & fault.Outcomes;
        if (thrown.IsEmpty)
        {
            return;
        }

        if (solver is not null)
        {
            var raised = Raised();
            raised.Restrict(request, thrown);
            solver.Raise(raised, fault.Exception);
        }

        state.Restrict(request, outcomes - thrown);

        State Raised()
        {
            var raised = state.Clone();
            foreach (var (place, value) in fault.Undone)
            {
                raised[place] = value;
            }

            return raised;
        }
    }
}
