namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>Dictionaries that JSON is parsed into.</summary>
internal sealed class DictionariesLibrary : Library
{
    /// <inheritdoc/>
    public override void Register(LibraryTable table)
    {
        foreach (var type in new[] { "Dictionary`2", "IDictionary`2", "IReadOnlyDictionary`2", "SortedDictionary`2" })
        {
            var name = "System.Collections.Generic." + type;
            table.Methods(name, ["TryGetValue"], m => Member(Operand.Instance, m.Named("key"), OnMissing.Try, m.Named("value")));
            table.Methods(name, ["ContainsKey"], m => Member(Operand.Instance, m.Named("key"), OnMissing.Try, Operand.None));
            table.Property(name, "Keys", new Meaning.Harmless());
            table.Property(name, "Count", new Meaning.Harmless());
        }

        table.Methods("System.Collections.Generic.CollectionExtensions", ["GetValueOrDefault"], m =>
            m.Parameters.Length == 2 ? Member(new Operand(0), m.Named("key"), OnMissing.Null, Operand.None) : null);
    }

    private static Meaning Member(Operand source, Operand name, OnMissing missing, Operand output) =>
        new Meaning.JsonMember(source, name, missing, output, IsPath: false, null);
}
