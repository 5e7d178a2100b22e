using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>An option that cannot be used.</summary>
/// <param name="Key">The option.</param>
/// <param name="Value">Its value.</param>
internal sealed record OptionError(string Key, string Value)
{
    /// <summary>The sentence in the reader's language; can itself be an argument of a diagnostic.</summary>
    public LocalizableString Message => Resources.Format("OptionError_UnknownContract", Key, Value);
}

/// <summary>The option that says which contract the requests of a file have.</summary>
internal static class ContractOptions
{
    /// <summary>The key in `.editorconfig`.</summary>
    public const string ContractKey = "api_error_handling.contract";

    /// <summary>The contract that the options name; null if they name none, or one that does not exist.</summary>
    /// <param name="options">The options of a file.</param>
    /// <param name="catalog">The project's contracts.</param>
    /// <param name="error">What is wrong with the value; null if nothing is.</param>
    public static ErrorContract? ReadContract(
        AnalyzerConfigOptions options, ContractCatalog catalog, out OptionError? error)
    {
        error = null;
        if (!options.TryGetValue(ContractKey, out var value) || string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var id = value.Trim();
        var contract = catalog.Find(id)
            ?? catalog.Contracts.FirstOrDefault(x => x.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
        error = contract is null ? new OptionError(ContractKey, id) : null;
        return contract;
    }
}
