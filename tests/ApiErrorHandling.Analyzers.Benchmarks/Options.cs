using System.Collections.Immutable;
using System.Globalization;

namespace ApiErrorHandling.Analyzers.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Folders">The folders of sources; none for the synthetic libraries.</param>
/// <param name="Runs">How often each set of analyzers runs.</param>
/// <param name="MaxRatioToCa2016">How many times the time of CA2016 our rules may take, if that is limited.</param>
/// <param name="MaxRatioToEmpty">How many times the time of an empty callback our rules may take, likewise.</param>
internal sealed record Options(
    ImmutableArray<string> Folders, int Runs, double? MaxRatioToCa2016, double? MaxRatioToEmpty)
{
    /// <summary>How the program is called.</summary>
    public const string Usage =
        "Arguments: [-n RUNS] [--max-ratio-ca2016 RATIO] [--max-ratio-empty RATIO] [FOLDER...]";

    private const int FewestRuns = 5;

    /// <summary>Reads the command line; null, and what is wrong, if it cannot be understood.</summary>
    public static Options? Parse(IReadOnlyList<string> arguments, out string? fault)
    {
        var options = new Options([], FewestRuns, null, null);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith('-'))
            {
                if (!Directory.Exists(argument))
                {
                    fault = $"There is no folder {argument}.";
                    return null;
                }

                options = options with { Folders = options.Folders.Add(argument) };
                continue;
            }

            var value = ++i < arguments.Count ? Number(arguments[i]) : null;
            switch (argument)
            {
                case "-n" when value >= FewestRuns && value == Math.Floor(value.Value):
                    options = options with { Runs = (int)value };
                    break;
                case "--max-ratio-ca2016" when value > 0:
                    options = options with { MaxRatioToCa2016 = value };
                    break;
                case "--max-ratio-empty" when value > 0:
                    options = options with { MaxRatioToEmpty = value };
                    break;
                default:
                    fault = $"{argument} is no option, or its number is missing or too low (there are at least "
                        + $"{FewestRuns} runs).";
                    return null;
            }
        }

        fault = null;
        return options;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
