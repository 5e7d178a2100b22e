using System;
using Microsoft.CodeAnalysis;

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

    /// <summary>Whether a method of the compilation writes to a log of its own, by the names of its type and itself.</summary>
    public static bool IsOwnLogger(IMethodSymbol method) =>
        !method.DeclaringSyntaxReferences.IsEmpty
        && method.ReturnsVoid
        && Array.IndexOf(LoggerMethods, method.Name) >= 0
        && Array.Exists(LoggerTypes, name => method.ContainingType.Name.EndsWith(name, StringComparison.Ordinal));
}
