using System;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>Waits, and the lengths of time that they get.</summary>
internal sealed class WaitsLibrary : Library
{
    private static readonly string[] Names =
        ["Delay", "Sleep", "Backoff", "BackOff", "Throttle", "Pause", "CoolDown", "Cooldown", "WaitFor", "Wait"];

    // Who waits for a lock or for other work does not give a server time.
    private static readonly string[] Others = ["Semaphore", "Task", "Monitor", "Process", "Lock", "Mutex", "Barrier", "Exit"];

    // A person who is asked takes longer than any program.
    private static readonly string[] Questions = ["ReadLine", "ReadKey", "ShowDialog", "ShowDialogAsync", "DisplayAlert", "DisplayAlertAsync", "ShowMessageBox"];

    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        table.Methods("System.Threading.Tasks.Task", ["Delay"], m => new Meaning.Wait(Time(m), IsAsync: true));
        table.Methods("System.Threading.Tasks.TimeProviderTaskExtensions", ["Delay"], m => new Meaning.Wait(Time(m), IsAsync: true));
        table.Methods("System.Threading.Thread", ["Sleep"], m => new Meaning.Wait(Time(m), IsAsync: false));

        // of the current thread it is a pause; of another it may be over sooner, and is taken for one, too
        table.Methods("System.Threading.Thread", ["Join"], m => Time(m) is { Exists: true } time ? new Meaning.Wait(time, IsAsync: false) : null);
        table.Methods("System.Threading.WaitHandle", ["WaitOne"], m => Time(m) is { Exists: true } time
            ? new Meaning.Wait(time, IsAsync: false)
            : null);
        table.Methods("System.Threading.PeriodicTimer", ["WaitForNextTickAsync"], _ =>
            new Meaning.Wait(Operand.None, IsAsync: true));

        // lengths of time are counted in milliseconds
        foreach (var (name, unit) in new[]
        {
            ("FromMilliseconds", 1.0), ("FromSeconds", 1e3), ("FromMinutes", 6e4), ("FromHours", 3.6e6), ("FromDays", 8.64e7),
        })
        {
            table.Methods("System.TimeSpan", [name], _ => new Meaning.Pure(
                operands => operands.Length > 0 && operands[0] switch { long n => n, double d => d, _ => (double?)null } is { } count
                    ? new PureResult(count * unit)
                    : null,
                Operand.None));
        }
    }

    /// <summary>Whether a method that is not seen waits, by its name, or a function by getting a length of time.</summary>
    public static bool IsWait(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            foreach (var parameter in method.Parameters)
            {
                if (parameter.Type.Name == "TimeSpan")
                {
                    return true;
                }
            }

            return false;
        }

        return IsQuestion(method) || (IsWait(method.Name) && !Array.Exists(Others, other =>
            method.ContainingType.Name.IndexOf(other, StringComparison.Ordinal) >= 0
            || method.Name.IndexOf(other, StringComparison.Ordinal) >= 0));
    }

    /// <summary>Whether a method that is not seen asks a person, who decides what comes next.</summary>
    public static bool IsQuestion(IMethodSymbol method) => method.DeclaringSyntaxReferences.IsEmpty && (IsQuestion(method.Name)
        ? method.ContainingType.Name is not ("TextReader" or "StreamReader" or "StringReader")
        : method.ContainingType.Name == "MessageBox");

    /// <summary>Whether a type is that of a length of time or of Retry-After, or a nullable of one.</summary>
    public static bool IsLength(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } arguments } =>
            arguments[0].Name is "TimeSpan" or "DateTimeOffset",
        _ => type.Name == "RetryConditionHeaderValue",
    };

    /// <summary>Whether a type is that of a length of time, that may be missing.</summary>
    public static bool IsTime(ITypeSymbol type) => type.Name == "TimeSpan" || IsLength(type);

    /// <summary>Whether the name of a function that is kept somewhere says that it waits.</summary>
    public static bool IsNamedWait(string name) => Array.Exists(Names, n => name.IndexOf(n, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Whether a name is that of something that asks a person.</summary>
    public static bool IsQuestion(string name) => Array.IndexOf(Questions, name) >= 0;

    /// <summary>Whether a name is that of something that waits.</summary>
    public static bool IsWait(string name) => Array.Exists(Names, n => name.IndexOf(n, StringComparison.Ordinal) >= 0);

    private static Operand Time(IMethodSymbol method) => method.Named("millisecondsDelay", "delay", "millisecondsTimeout", "timeout");
}
