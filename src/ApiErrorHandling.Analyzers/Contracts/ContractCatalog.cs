using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>A contract that a request is under, and the outcomes that are possible at its address.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Outcomes">Outcomes of the error models that answer there.</param>
internal readonly record struct ContractBinding(ErrorContract Contract, OutcomeSet Outcomes);

/// <summary>All contracts of a project: the built-in ones and those of its files.</summary>
internal sealed class ContractCatalog
{
    /// <summary>How the names of contract files end.</summary>
    public const string FileSuffix = ".errorcontract.json";

    /// <summary>The id of the contract of requests of which nothing else is known.</summary>
    public const string HttpId = "http";

    // Any address that no contract claims.
    private const string Elsewhere = "https://host.invalid/";

    private readonly ImmutableArray<Entry> _entries;

    private ContractCatalog(IEnumerable<ErrorContract> contracts)
    {
        _entries = contracts.Select(contract => new Entry(contract)).ToImmutableArray();
        Http = Find(HttpId)!;
    }

    /// <summary>The contracts of this package.</summary>
    public static ContractCatalog BuiltIn { get; } = ReadBuiltIn();

    /// <summary>The contract of a request that no other contract claims.</summary>
    public ErrorContract Http { get; }

    /// <summary>All contracts, in the order in which they are asked.</summary>
    public IEnumerable<ErrorContract> Contracts => _entries.Select(entry => entry.Contract);

    /// <summary>Adds the contracts of a project's files to the built-in ones.</summary>
    /// <param name="files">Paths and texts; a later file with the id of an earlier one is an error.</param>
    /// <param name="errors">What is wrong with the files; a faulty one adds nothing, the others go on working.</param>
    public static ContractCatalog Create(
        IEnumerable<(string Path, SourceText Text)> files, out ImmutableArray<ContractError> errors)
    {
        var found = ImmutableArray.CreateBuilder<ContractError>();
        var read = new List<ErrorContract>();
        foreach (var (path, text) in files)
        {
            var taken = read.Select(contract => contract.Id).ToImmutableArray();
            if (ContractReader.Read(path, text, BuiltIn.Find, taken, found) is { } contract)
            {
                read.Add(contract);
            }
        }

        errors = found.ToImmutable();
        if (read.Count == 0)
        {
            return BuiltIn;
        }

        // The project knows its own addresses best: its contracts come first.
        var untouched = BuiltIn._entries.Select(entry => entry.Contract).Where(old => read.All(x => x.Id != old.Id));
        return new ContractCatalog(read.Concat(untouched));
    }

    /// <summary>The contract of this id, or null.</summary>
    public ErrorContract? Find(string id)
    {
        foreach (var entry in _entries)
        {
            if (entry.Contract.Id == id)
            {
                return entry.Contract;
            }
        }

        return null;
    }

    /// <summary>The contract that an address belongs to.</summary>
    /// <param name="address">
    /// The text of a URL, absolute, relative or known in part; <see cref="AddressPattern.Hole"/> stands for a part that
    /// is not known.
    /// </param>
    public ContractBinding? MatchAddress(string address)
    {
        var parsed = Address.Parse(address);
        if (parsed.Host.Length > 0)
        {
            var isOpen = false;
            foreach (var entry in _entries)
            {
                switch (entry.MatchHost(parsed.Host))
                {
                    case PatternMatch.Yes:
                        return entry.At(parsed);
                    case PatternMatch.Maybe:
                        isOpen = true;
                        break;
                }
            }

            if (!parsed.IsHostCertain)
            {
                parsed = Address.ParseRelative(address);
            }
            else if (!isOpen)
            {
                return null;
            }
        }

        foreach (var entry in _entries)
        {
            if (entry.AtDistinctive(parsed.Path) is { } binding)
            {
                return binding;
            }
        }

        return null;
    }

    /// <summary>
    /// What the contract of a request depends on in (a part of) its address, so that texts alike in that are one: the host
    /// where it is that of a contract, the path where a contract knows it.
    /// </summary>
    /// <param name="text">Text that may be an address or a part of one.</param>
    /// <returns>The reduced text; null if no contract depends on it.</returns>
    public string? Reduce(string text)
    {
        var parsed = Address.Parse(text);
        if (parsed.Host.Length > 0)
        {
            foreach (var entry in _entries)
            {
                if (entry.MatchHost(parsed.Host) == PatternMatch.Yes)
                {
                    return WithoutQuery(text);
                }
            }

            if (parsed.IsHostCertain && parsed.Host.IndexOf(AddressPattern.Hole) < 0)
            {
                return Elsewhere;
            }
        }

        var path = Address.ParseRelative(text.TrimStart(AddressPattern.Hole)).Path;
        return parsed.Path.Length > 0 && _entries.Any(entry => entry.KnowsPath(parsed.Path) || entry.KnowsPath(path))
            ? WithoutQuery(text)
            : null;
    }

    /// <summary>
    /// Whether code with only certain words in its text can build an address of a contract: the longest label of one of its
    /// hosts, or all literal segments of a path that tells the contract on an unknown host.
    /// </summary>
    /// <param name="isMentioned">Whether a word stands in the text, in whatever case.</param>
    public bool CanMatchAddress(Func<string, bool> isMentioned) => _entries.Any(entry =>
        entry.Contract.Hosts.Any(host => isMentioned(AddressPattern.LongestLabel(host)))
        || entry.Contract.Paths.Any(path => path.IsDistinctive && AddressPattern.Literals(path.Pattern).All(isMentioned)));

    /// <summary>The contract that alone has this request header.</summary>
    public ContractBinding? MatchHeader(string headerName)
    {
        foreach (var entry in _entries)
        {
            if (entry.Contract.Headers.Contains(headerName, StringComparer.OrdinalIgnoreCase))
            {
                return entry.Anywhere;
            }
        }

        return null;
    }

    /// <summary>The contract whose answers have these members.</summary>
    /// <param name="memberNames">The names in the type that a body is parsed into.</param>
    public ContractBinding? MatchAnswer(IReadOnlyCollection<string> memberNames)
    {
        foreach (var entry in _entries)
        {
            foreach (var signature in entry.Contract.AnswerSignatures)
            {
                if (signature.All(name => memberNames.Contains(name, StringComparer.OrdinalIgnoreCase)))
                {
                    return entry.WithAnswer(signature);
                }
            }
        }

        return null;
    }

    // What is appended to an address behind a question mark is not part of its path.
    private static string WithoutQuery(string text)
    {
        var end = text.IndexOfAny(['?', '#']);
        return end < 0 ? text : text.Substring(0, end) + "?";
    }

    private static ContractCatalog ReadBuiltIn()
    {
        var assembly = typeof(ContractCatalog).Assembly;
        var errors = ImmutableArray.CreateBuilder<ContractError>();
        var contracts = new List<ErrorContract>();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (name.EndsWith(FileSuffix, StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var text = SourceText.From(stream);
                var contract = ContractReader.Read(name, text, _ => null, ImmutableArray<string>.Empty, errors);
                contracts.Add(contract ?? throw new InvalidOperationException(errors[0].ToString()));
            }
        }

        // No host but the header, a distinctive path or the answer tells: the order must not depend on the build.
        return new ContractCatalog(contracts.OrderBy(contract => contract.Id, StringComparer.Ordinal));
    }

    /// <summary>A contract with the outcome sets of its addresses.</summary>
    private sealed class Entry
    {
        private readonly ImmutableArray<OutcomeSet> _ofPaths;
        private readonly OutcomeSet _all;

        public Entry(ErrorContract contract)
        {
            Contract = contract;
            _all = contract.OutcomesOf(ImmutableArray<string>.Empty);
            _ofPaths = contract.Paths.Select(path => contract.OutcomesOf(path.Models)).ToImmutableArray();
        }

        public ErrorContract Contract { get; }

        public ContractBinding Anywhere => new(Contract, _all);

        public PatternMatch MatchHost(string host)
        {
            foreach (var pattern in Contract.ExcludedHosts)
            {
                if (AddressPattern.MatchHost(pattern, host) == PatternMatch.Yes)
                {
                    return PatternMatch.No;
                }
            }

            var best = PatternMatch.No;
            foreach (var pattern in Contract.Hosts)
            {
                var match = AddressPattern.MatchHost(pattern, host);
                best = match > best ? match : best;
            }

            return best;
        }

        /// <summary>
        /// The outcomes at an address on a host of this contract: those of the first path that surely fits and of all
        /// before it that may; every outcome where no path surely fits.
        /// </summary>
        public ContractBinding At(Address address)
        {
            var outcomes = OutcomeSet.Empty;
            for (var i = 0; i < Contract.Paths.Length; i++)
            {
                var path = Contract.Paths[i];
                var onHost = path.Host is null ? PatternMatch.Yes : AddressPattern.MatchHost(path.Host, address.Host);
                var match = AddressPattern.MatchPath(path.Pattern, address.Path);
                if (onHost == PatternMatch.No || match == PatternMatch.No)
                {
                    continue;
                }

                outcomes |= _ofPaths[i];
                if (onHost == PatternMatch.Yes && match == PatternMatch.Yes)
                {
                    return new ContractBinding(Contract, outcomes);
                }
            }

            return Anywhere;
        }

        public bool KnowsPath(string path) =>
            Contract.Paths.Any(known => AddressPattern.MatchPath(known.Pattern, path) == PatternMatch.Yes);

        public ContractBinding? AtDistinctive(string path)
        {
            for (var i = 0; i < Contract.Paths.Length; i++)
            {
                if (Contract.Paths[i].IsDistinctive
                    && AddressPattern.MatchPath(Contract.Paths[i].Pattern, path) == PatternMatch.Yes)
                {
                    return new ContractBinding(Contract, _ofPaths[i]);
                }
            }

            return null;
        }

        /// <summary>An answer with a place for the code is not of those that succeed without one.</summary>
        public ContractBinding WithAnswer(ImmutableArray<string> signature)
        {
            if (Contract.BodyCode is not { AbsentMeansSuccess: false } bodyCode
                || !signature.Contains(bodyCode.Path[0], StringComparer.OrdinalIgnoreCase))
            {
                return Anywhere;
            }

            var outcomes = _all;
            foreach (var outcome in Contract.Outcomes)
            {
                if (outcome.Succeeds && !outcome.IsInBody)
                {
                    outcomes -= OutcomeSet.Empty.With(outcome.Index);
                }
            }

            return new ContractBinding(Contract, outcomes);
        }
    }
}
