using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

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

        if (task.TakesTime)
        {
            state.Wait();
        }

        return task.Result;
    }

    // A wait of no length.
    private static bool IsNothing(Value time, IOperation? argument) => time is Value.Constant { Content: 0L or 0.0 }
        || argument is IFieldReferenceOperation { Field: { Name: "Zero", IsStatic: true } };

    /// <summary>A task that has failed: whoever waits for it gets no further with the outcomes that led here.</summary>
    private Value FailedTask(Value exception, State state)
    {
        var thrown = exception as Value.Exception
            ?? new Value.Exception(_context.ExceptionType, IsExact: false, null, CarriesStatus: false, null);
        var led = state.Requests.Select(r => r.Key).FirstOrDefault();
        var fault = new Fault(thrown, led, led is null ? OutcomeSet.Empty : state.OutcomesOf(led));
        return new Value.Task(Value.Any, ImmutableArray.Create(fault));
    }

    /// <summary>A task that waits for known tasks; null if they are not known.</summary>
    private static Value? AllOf(Value tasks)
    {
        if (tasks is not Value.Elements { Items: { IsEmpty: false } items } || !items.All(i => i is Value.Task))
        {
            return null;
        }

        return new Value.Task(
            new Value.Elements(items.Select(i => ((Value.Task)i).Result).ToImmutableArray()),
            items.SelectMany(i => ((Value.Task)i).Faults).ToImmutableArray())
        {
            TakesTime = items.Any(i => ((Value.Task)i).TakesTime),
        };
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
