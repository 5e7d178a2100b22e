using System.Diagnostics;
using System.Text;

namespace ApiErrorHandling.Analyzers.EndToEnd;

/// <summary>What a finished command left behind.</summary>
/// <param name="Command">The command line.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output and standard error.</param>
internal sealed record Result(string Command, int ExitCode, string Output)
{
    /// <summary>Throws, with the whole output, unless the command ended with exit code 0.</summary>
    /// <returns>This result.</returns>
    public Result Succeeded() => ExitCode == 0
        ? this
        : throw new InvalidOperationException($"'{Command}' ended with exit code {ExitCode}:\n{Output}");
}

/// <summary>
/// Runs dotnet commands as a user would in a shell of their own: nothing that `dotnet test` or MSBuild put into the
/// environment reaches them, and no build server outlives them.
/// </summary>
internal static class Dotnet
{
    private static readonly string[] Inherited =
        ["MSBUILD", "DOTNET_CLI_", "DOTNET_HOST_PATH", "VSTEST", "COVERLET", "CORECLR_"];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command and waits for its end.</summary>
    /// <param name="folder">The current folder of the command.</param>
    /// <param name="arguments">The arguments of dotnet.</param>
    public static async Task<Result> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var inherited = start.Environment.Keys
            .Where(key => Inherited.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        foreach (var key in inherited)
        {
            start.Environment.Remove(key);
        }

        // It would win over the package folder that a consumer's nuget.config sets.
        start.Environment.Remove("NUGET_PACKAGES");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["UseSharedCompilation"] = "false";

        var command = $"dotnet {string.Join(' ', arguments)}";
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{command}' did not end within {Limit}:\n{Text()}");
        }

        return new Result(command, process.ExitCode, Text());

        void Append(string? line)
        {
            if (line is not null)
            {
                lock (output)
                {
                    output.AppendLine(line);
                }
            }
        }

        string Text()
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }
}
