using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>Places where only people read what is written: consoles, traces, loggers.</summary>
internal sealed class LoggingLibrary : Library
{
    private static readonly string[] Levels =
    [
        "LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical", "Log", "Trace", "Debug", "Info",
        "Information", "Warn", "Warning", "Error", "Fatal", "Verbose", "Write", "WriteLine", "WriteLineAsync", "WriteAsync",
        "WriteLineIf", "TraceError", "TraceInformation", "TraceWarning", "ErrorFormat", "InfoFormat", "DebugFormat",
        "WarnFormat", "FatalFormat", "BeginScope", "Markup", "MarkupLine", "MarkupInterpolated", "MarkupLineInterpolated",
    ];

    private static readonly string[] Types =
    [
        "Microsoft.Extensions.Logging.LoggerExtensions", "Microsoft.Extensions.Logging.ILogger", "System.Console",
        "System.Diagnostics.Debug", "System.Diagnostics.Trace", "System.Diagnostics.TraceSource", "Serilog.ILogger",
        "Serilog.Log", "NLog.Logger", "NLog.ILogger", "log4net.ILog", "Spectre.Console.AnsiConsole",
    ];

    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        foreach (var type in Types)
        {
            table.Methods(type, Levels, _ => new Meaning.Log());
        }

        // Console.Error and Console.Out; a writer of a type of its own writes to something that may be read again
        table.Methods("System.IO.TextWriter", Levels, m => m.ContainingType.Name == "TextWriter" ? new Meaning.Log() : null);
    }

    private static readonly string[] LoggerTypes = ["Log", "Logger", "LogService", "LoggerService", "Logging", "LogHelper"];

    private static readonly string[] LoggerMethods =
    [
        "Verbose", "Trace", "Debug", "Info", "Information", "Warn", "Warning", "Error", "Fatal", "Critical", "Log",
        "LogTrace", "LogDebug", "LogInfo", "LogInformation", "LogWarn", "LogWarning", "LogError", "LogCritical", "Write",
        "WriteLine",
    ];

    private static readonly string[] LoggerWords = ["log", "debug", "trace", "warn", "info", "verbose", "print", "write", "output"];

    private static readonly string[] Writing = ["Write", "Log", "Print"];

    /// <summary>Whether a method writes to a log of its own, by the names of its type and itself, and by what it gets: words for people.</summary>
    public static bool IsOwnLogger(IMethodSymbol method) => IsOfService(method) || (method.ReturnsVoid
        && (IsNamed(method.Name) && (IsLogger(method.ContainingType) || (!method.DeclaringSyntaxReferences.IsEmpty && GetsWords(method) && !MayThrow(method)))));

    /// <summary>Whether a method of the project makes, or writes, what goes to a log: whatever it looks at, it decides nothing.</summary>
    public static bool MakesLog(IMethodSymbol method) => HasWord(method.Name, "Log")
        && (method.ReturnsVoid || method.ReturnType is { SpecialType: SpecialType.System_String } or { Name: "Task" or "List" or "StringBuilder" } or IArrayTypeSymbol)
        && !MayThrow(method);

    // `_logging.LogErrorRedacted(…)`, `_telemetry.Insert(…)`
    private static bool IsOfService(IMethodSymbol method) =>
        (method.ReturnsVoid || method.ReturnType is INamedTypeSymbol { Name: "Task", IsGenericType: false })
        && (method.IsAbstract || method.DeclaringSyntaxReferences.IsEmpty)
        && ((HasWord(method.Name, "Log") && method.ContainingType.Name.IndexOf("Log", StringComparison.Ordinal) >= 0)
            || Array.Exists(Services, service => method.ContainingType.Name.IndexOf(service, StringComparison.Ordinal) >= 0));

    private static readonly string[] Services = ["Telemetry", "Metrics"];

    // "Log" is in "LogError", not in "Login".
    private static bool HasWord(string name, string word)
    {
        var at = name.IndexOf(word, StringComparison.Ordinal);
        return at >= 0 && (at + word.Length == name.Length || !char.IsLower(name[at + word.Length]));
    }

    /// <summary>Whether a function of which no code is seen writes to a log, by the name it is kept under and by what it gets.</summary>
    /// <param name="invoke">The method that runs it.</param>
    /// <param name="name">The name of the field, property, parameter or local.</param>
    public static bool IsOwnLogger(IMethodSymbol invoke, string name) => invoke is { MethodKind: MethodKind.DelegateInvoke, ReturnsVoid: true }
        && GetsWords(invoke)
        && Array.Exists(LoggerWords, word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Whether a name is that of a method that writes to a log.</summary>
    public static bool IsLoggerName(string name) => Array.IndexOf(LoggerMethods, name) >= 0
        || name is "WriteError" or "WriteWarning" or "WriteInfo" or "Output";

    private static bool IsNamed(string name) => IsLoggerName(name)
        || name == "Message"
        || Array.Exists(Writing, prefix => name.Length > prefix.Length && char.IsUpper(name[prefix.Length])
            && name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsLogger(INamedTypeSymbol type) => !type.DeclaringSyntaxReferences.IsEmpty
        && Array.Exists(LoggerTypes, name => type.Name.EndsWith(name, StringComparison.Ordinal));

    private static bool GetsWords(IMethodSymbol method)
    {
        var hasText = false;
        foreach (var parameter in method.Parameters)
        {
            // an extension of whatever writes it
            if (method.IsExtensionMethod && parameter.Ordinal == 0 && method.Parameters.Length > 1)
            {
                continue;
            }

            hasText |= parameter.Type is { SpecialType: SpecialType.System_String } or { Name: "Exception" };
            if (parameter.Type is not (
                { SpecialType: SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Boolean or SpecialType.System_Int32 }
                or { TypeKind: TypeKind.Enum } or { Name: "Exception" } or IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object or SpecialType.System_String }))
            {
                return false;
            }
        }

        return hasText;
    }

    private static bool MayThrow(IMethodSymbol method) => method.DeclaringSyntaxReferences.Length > 0
        && method.DeclaringSyntaxReferences[0].GetSyntax().DescendantNodes().Any(n => n is ThrowStatementSyntax or ThrowExpressionSyntax);
}
