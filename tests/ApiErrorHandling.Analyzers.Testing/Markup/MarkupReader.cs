using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Takes the markup out of the files of a state and collects what it expects.</summary>
internal sealed class MarkupReader
{
    private readonly MarkupMode _mode;
    private readonly MarkupOptions _options;
    private readonly DiagnosticDescriptor? _defaultDescriptor;
    private readonly ImmutableArray<DiagnosticDescriptor> _descriptors;
    private readonly ImmutableArray<string> _fixable;
    private readonly List<DiagnosticResult> _expected = [];
    private readonly Dictionary<int, FileLinePositionSpan> _keys = [];

    /// <summary>A reader for one state of a test.</summary>
    public MarkupReader(
        MarkupMode mode,
        MarkupOptions options,
        DiagnosticDescriptor? defaultDescriptor,
        ImmutableArray<DiagnosticDescriptor> descriptors,
        ImmutableArray<string> fixable)
    {
        _mode = mode;
        _options = options;
        _defaultDescriptor = defaultDescriptor;
        _descriptors = descriptors;
        _fixable = fixable;
    }

    /// <summary>Replaces the files by their text without markup.</summary>
    public void Read(List<(string filename, SourceText content)> files)
    {
        for (var i = 0; i < files.Count; i++)
        {
            files[i] = (files[i].filename, Read(files[i].filename, files[i].content));
        }
    }

    /// <summary>The diagnostics listed and those marked up, each with its locations resolved.</summary>
    public IEnumerable<DiagnosticResult> Resolve(IEnumerable<DiagnosticResult> listed, string defaultPath) =>
        listed.Select(result => result.WithSpans(ResolveKey).WithDefaultPath(defaultPath)).Concat(_expected).ToList();

    private SourceText Read(string path, SourceText source)
    {
        if (_mode == MarkupMode.None)
        {
            return source;
        }

        var input = source.ToString();
        Parse(input, out var output, out var positions, out var spans);
        var text = output == input ? source : SourceText.From(output, source.Encoding, source.ChecksumAlgorithm);
        foreach (var (name, span) in spans.SelectMany(pair => pair.Value, (pair, span) => (pair.Key, span)))
        {
            var location = new FileLinePositionSpan(path, text.Lines.GetLinePositionSpan(span));
            if (!name.StartsWith('#'))
            {
                Expect(name, result => result.WithSpan(location));
            }
            else if (!_keys.TryAdd(int.Parse(name[1..]), location))
            {
                throw new InvalidOperationException($"The markup has two locations for '{name}'.");
            }
        }

        foreach (var position in positions.Select(text.Lines.GetLinePosition))
        {
            Expect("", result => result.WithLocation(path, position.Line + 1, position.Character + 1));
        }

        return text;
    }

    private void Parse(
        string input,
        out string output,
        out ImmutableArray<int> positions,
        out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans)
    {
        if (_options.HasFlag(MarkupOptions.TreatPositionIndicatorsAsCode))
        {
            positions = [];
            TestFileMarkupParser.GetSpans(input, treatPositionIndicatorsAsCode: true, out output, out spans);
        }
        else
        {
            TestFileMarkupParser.GetPositionsAndSpans(input, out output, out positions, out spans);
        }
    }

    private void Expect(string id, Func<DiagnosticResult, DiagnosticResult> at)
    {
        if (_mode == MarkupMode.Ignore)
        {
            return;
        }

        var result = Result(id);
        if (_mode == MarkupMode.Allow || !_fixable.Contains(result.Id))
        {
            // Markup says where and which rule: no message, no additional locations.
            _expected.Add(at(result.WithMessage(null).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations)));
        }
    }

    private DiagnosticResult Result(string id)
    {
        if (id.Length == 0)
        {
            return new DiagnosticResult(_defaultDescriptor ?? throw new InvalidOperationException(
                "Markup can omit the diagnostic id only if the analyzer supports a single diagnostic."));
        }

        return _descriptors.FirstOrDefault(descriptor => descriptor.Id == id) is { } rule
            ? new DiagnosticResult(rule)
            : DiagnosticResult.CompilerError(id);
    }

    private DiagnosticLocation ResolveKey(DiagnosticLocation location)
    {
        if (!location.Options.HasFlag(DiagnosticLocationOptions.InterpretAsMarkupKey))
        {
            return location;
        }

        var key = location.Span.StartLinePosition.Character;
        return _keys.TryGetValue(key, out var span)
            ? new DiagnosticLocation(span, location.Options & ~DiagnosticLocationOptions.InterpretAsMarkupKey)
            : throw new InvalidOperationException($"The markup location '#{key}' was not found in the input.");
    }
}
