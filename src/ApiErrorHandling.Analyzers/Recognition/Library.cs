using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>
/// One library known to the flow: which of its members mean what. A new library is a new heir and a line in
/// <see cref="LibraryTable"/>.
/// </summary>
internal abstract class Library
{
    /// <summary>Adds the members of this library; types that the compilation lacks add nothing.</summary>
    /// <param name="table">Where to add them.</param>
    public abstract void Register(LibraryTable table);
}

/// <summary>
/// The meanings of all known members in one compilation. Lookups compare the name first, then the symbol.
/// </summary>
internal sealed class LibraryTable
{
    private readonly Dictionary<string, List<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _requestNames = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ISymbol, Meaning?> _cache = new(SymbolEqualityComparer.IncludeNullability);

    private LibraryTable(Compilation compilation) => Compilation = compilation;

    /// <summary>The compilation.</summary>
    public Compilation Compilation { get; }

    /// <summary>Makes the table of a compilation.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="helpers">Helpers of other projects that options name; null for none.</param>
    public static LibraryTable Create(Compilation compilation, ConfiguredHelpers? helpers = null)
    {
        var table = new LibraryTable(compilation);
        Library[] libraries =
        [
            new HttpClientLibrary(),
            new HttpJsonLibrary(),
            new WebRequestLibrary(),
            new BodyStreamsLibrary(),
            new SystemTextJsonLibrary(),
            new NewtonsoftJsonLibrary(),
            new DictionariesLibrary(),
            new AddressLibrary(),
            new TasksLibrary(),
            new WaitsLibrary(),
            new LoggingLibrary(),
            new PureFunctionsLibrary(),
            new ConfiguredHelpersLibrary(helpers ?? ConfiguredHelpers.None),
        ];
        foreach (var library in libraries)
        {
            library.Register(table);
        }

        return table;
    }

    /// <summary>The names of methods that send requests.</summary>
    public IEnumerable<string> RequestNames => _requestNames;

    /// <summary>Whether a library that sends requests is referenced at all.</summary>
    public static bool HasRequests(Compilation compilation) =>
        compilation.GetTypeByMetadataName(HttpClientLibrary.MessageInvoker) is not null;

    /// <summary>Adds members of a type by name; every overload asks <paramref name="meaning"/>.</summary>
    public void Add(string metadataName, string[] names, Func<ISymbol, Meaning?> meaning)
    {
        if (Compilation.GetTypeByMetadataName(metadataName) is not { } type)
        {
            return;
        }

        foreach (var name in names)
        {
            if (!_entries.TryGetValue(name, out var list))
            {
                _entries.Add(name, list = []);
            }

            list.Add(new Entry(type, meaning));
        }
    }

    /// <summary>Adds methods of a type by name.</summary>
    public void Methods(string metadataName, string[] names, Func<IMethodSymbol, Meaning?> meaning) =>
        Add(metadataName, names, symbol => symbol is IMethodSymbol method ? meaning(method) : null);

    /// <summary>Adds methods of a type that send requests.</summary>
    public void Requests(string metadataName, string[] names, Func<IMethodSymbol, Meaning?> meaning)
    {
        _requestNames.UnionWith(names);
        Methods(metadataName, names, meaning);
    }

    /// <summary>Adds a property of a type.</summary>
    public void Property(string metadataName, string name, Meaning meaning) =>
        Add(metadataName, [name], symbol => symbol is IPropertySymbol ? meaning : null);

    /// <summary>Adds the constructors of a type.</summary>
    public void Constructors(string metadataName, Func<IMethodSymbol, Meaning?> meaning) =>
        Methods(metadataName, [".ctor"], meaning);

    /// <summary>What a member means; null if it is unknown.</summary>
    public Meaning? Find(ISymbol member)
    {
        if (!_entries.TryGetValue(member.Name, out var candidates))
        {
            return null;
        }

        if (_cache.TryGetValue(member, out var cached))
        {
            return cached;
        }

        var found = Search(member, candidates);
        _cache.TryAdd(member, found);
        return found;
    }

    /// <summary>Whether a member of this name is known at all; a cheap test before <see cref="Find"/>.</summary>
    public bool HasName(string name) => _entries.ContainsKey(name);

    private static Meaning? Search(ISymbol member, List<Entry> candidates)
    {
        for (var symbol = member; symbol is not null; symbol = Overridden(symbol))
        {
            var type = symbol.ContainingType?.OriginalDefinition;
            foreach (var entry in candidates)
            {
                if (SymbolEqualityComparer.Default.Equals(entry.Type, type) && entry.Meaning(member) is { } meaning)
                {
                    return meaning;
                }
            }
        }

        return null;
    }

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    private readonly record struct Entry(INamedTypeSymbol Type, Func<ISymbol, Meaning?> Meaning);
}

/// <summary>Finds operands of a method by the names of its parameters, which are part of a library's surface.</summary>
internal static class Operands
{
    /// <summary>The first parameter with one of these names; none if there is none.</summary>
    public static Operand Named(this IMethodSymbol method, params string[] names)
    {
        foreach (var name in names)
        {
            foreach (var parameter in method.Parameters)
            {
                if (parameter.Name == name)
                {
                    return new Operand(parameter.Ordinal);
                }
            }
        }

        return Operand.None;
    }

    /// <summary>The receiver: the instance, or the first parameter of an extension method.</summary>
    public static Operand Receiver(this IMethodSymbol method) =>
        method.IsStatic ? new Operand(0) : Operand.Instance;

    /// <summary>Whether the method returns a task.</summary>
    public static bool ReturnsTask(this IMethodSymbol method) =>
        method.ReturnType.Name is "Task" or "ValueTask";
}
