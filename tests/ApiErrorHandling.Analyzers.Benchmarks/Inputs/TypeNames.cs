namespace ApiErrorHandling.Analyzers.Benchmarks.Inputs;

/// <summary>The names in one class of the synthetic library.</summary>
/// <param name="Type">The class.</param>
/// <param name="Item">What it gives.</param>
/// <param name="Lookup">The method that gives one item.</param>
internal sealed record TypeNames(string Type, string Item, string Lookup);
