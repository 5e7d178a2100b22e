using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>Tasks and their awaiters.</summary>
internal sealed class TasksLibrary : Library
{
    private static readonly string[] TaskTypes =
    [
        "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1", "System.Threading.Tasks.ValueTask",
        "System.Threading.Tasks.ValueTask`1",
    ];

    private static readonly string[] AwaiterTypes =
    [
        "System.Runtime.CompilerServices.TaskAwaiter", "System.Runtime.CompilerServices.TaskAwaiter`1",
        "System.Runtime.CompilerServices.ValueTaskAwaiter", "System.Runtime.CompilerServices.ValueTaskAwaiter`1",
        "System.Runtime.CompilerServices.ConfiguredTaskAwaitable+ConfiguredTaskAwaiter",
        "System.Runtime.CompilerServices.ConfiguredTaskAwaitable`1+ConfiguredTaskAwaiter",
        "System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable`1+ConfiguredValueTaskAwaiter",
    ];

    private static readonly string[] AwaitableTypes =
    [
        "System.Runtime.CompilerServices.ConfiguredTaskAwaitable",
        "System.Runtime.CompilerServices.ConfiguredTaskAwaitable`1",
        "System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable`1",
    ];

    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        foreach (var type in TaskTypes)
        {
            table.Methods(type, ["ConfigureAwait", "AsTask", "WaitAsync", "GetAwaiter"], _ =>
                new Meaning.Same(Operand.Instance));
            table.Methods(type, ["ContinueWith"], m => m.Parameters[0].Type is INamedTypeSymbol { DelegateInvokeMethod.Parameters.Length: 1 }
                ? new Meaning.RunDelegate(new Operand(0), Operand.Instance)
                : null);
            table.Property(type, "Result", new Meaning.BlockOn(WrapsExceptions: true, HasResult: true));
            table.Methods(type, ["Wait"], m => m.IsStatic ? null : new Meaning.BlockOn(true, HasResult: false));
        }

        foreach (var type in AwaitableTypes)
        {
            table.Methods(type, ["GetAwaiter"], _ => new Meaning.Same(Operand.Instance));
        }

        foreach (var type in AwaiterTypes)
        {
            table.Methods(type, ["GetResult"], _ => new Meaning.BlockOn(WrapsExceptions: false, HasResult: true));
        }

        // what a task failed with comes wrapped out of it
        table.Methods("System.Exception", ["GetBaseException"], _ => new Meaning.InnermostException());
        table.Methods("System.Exception", ["ToString"], _ => new Meaning.Harmless(IsNotNull: true));
        table.Methods("System.AggregateException", ["GetBaseException"], _ => new Meaning.InnermostException());

        // which of several ended says nothing of how
        table.Methods("System.Threading.Tasks.Task", ["WhenAny"], _ => new Meaning.Harmless());
        table.Methods("System.Threading.Tasks.Task", ["FromResult"], _ => new Meaning.CompletedTask(new Operand(0)));
        table.Methods("System.Threading.Tasks.Task", ["FromException"], m => new Meaning.FailedTask(m.Named("exception")));
        table.Methods("System.Threading.Tasks.Task", ["WhenAll"], _ => new Meaning.AllOf(new Operand(0)));
        table.Constructors("System.Threading.Tasks.ValueTask`1", m => m.Parameters.Length == 1
            ? new Meaning.CompletedTask(new Operand(0))
            : null);
        table.Methods("System.Threading.Tasks.Task", ["Run"], m => new Meaning.RunDelegate(
            m.Named("function", "action"), Operand.None));
        table.Methods("System.Environment", ["Exit", "FailFast"], _ => new Meaning.EndProgram());
    }
}
