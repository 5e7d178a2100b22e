using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>
/// The analysis of one compilation: its contracts and options and, once a text mentions a request, its flow. The analyzer
/// makes one, and so does a fix that looks whether what it wrote is right.
/// </summary>
internal sealed class CompilationAnalysis
{
    private readonly Lazy<FlowContext?> _flow;

    /// <summary>Reads contract files.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="options">Its additional files and options.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public CompilationAnalysis(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        var files = options.AdditionalFiles
            .Where(file => file.Path.EndsWith(ContractCatalog.FileSuffix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => (file.Path, Text: file.GetText(cancellation)))
            .Where(file => file.Text is not null)
            .Select(file => (file.Path, file.Text!));
        var contracts = ContractCatalog.Create(files, out var errors);
        ContractErrors = errors;
        Options = new FileOptions(options.AnalyzerConfigOptionsProvider, contracts);

        // nothing is made before a text mentions a request: to look up a type opens every reference
        _flow = new Lazy<FlowContext?>(() =>
        {
            var helpers = Options.HelpersOf(compilation);
            return (RequestMarkers.AreInAny(compilation) || !helpers.Requests.IsEmpty) && LibraryTable.HasRequests(compilation)
                ? new FlowContext(compilation, LibraryTable.Create(compilation, helpers), contracts, Options.ContractOf)
                : null;
        });
    }

    /// <summary>What is wrong in contract files.</summary>
    public ImmutableArray<ContractError> ContractErrors { get; }

    /// <summary>The options of files.</summary>
    public FileOptions Options { get; }

    /// <summary>Whether anything in the compilation sends a request.</summary>
    public bool HasRequests => _flow.Value is { Hot.IsEmpty: false };

    /// <summary>Runs the flow over a body; nothing if no request is sent there.</summary>
    /// <param name="owner">The symbol the body belongs to.</param>
    /// <param name="root">The outermost operation of the body.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>A result for each way in which the body is called.</returns>
    public IEnumerable<FlowResult> Run(ISymbol owner, IOperation root, CancellationToken cancellation) =>
        HasRequests && _flow.Value is { } flow && root.SemanticModel is { } model && flow.Hot.Admits(root.Syntax, model)
            ? BodyFlow.Run(flow, owner, root, cancellation)
            : [];

    /// <summary>Runs the flow over the body around a place.</summary>
    /// <param name="model">The model of the place's tree, of this compilation.</param>
    /// <param name="place">The place.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>A result for each way in which the body is called; none if no body is around the place.</returns>
    public IEnumerable<FlowResult> RunAround(SemanticModel model, SyntaxNode place, CancellationToken cancellation)
    {
        var body = place.AncestorsAndSelf().LastOrDefault(n => n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
                or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }
                or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } })
            ?? place.AncestorsAndSelf().OfType<CompilationUnitSyntax>().FirstOrDefault();
        var owner = body switch
        {
            null => null,
            ArrowExpressionClauseSyntax arrow => (model.GetDeclaredSymbol(arrow.Parent!, cancellation) as IPropertySymbol)?.GetMethod,
            EqualsValueClauseSyntax value => model.GetDeclaredSymbol(value.Parent!, cancellation),
            _ => model.GetDeclaredSymbol(body, cancellation),
        };
        return owner is not null && model.GetOperation(body!, cancellation) is { } root ? Run(owner, root, cancellation) : [];
    }

    /// <summary>The contract option of each file, with the errors met, once per distinct value.</summary>
    internal sealed class FileOptions(AnalyzerConfigOptionsProvider provider, ContractCatalog contracts)
    {
        private readonly ConcurrentDictionary<SyntaxTree, ErrorContract?> _contracts = new();
        private readonly ConcurrentDictionary<string, OptionError> _errors = new(StringComparer.Ordinal);

        /// <summary>What is wrong in the options of the files asked for so far.</summary>
        public IOrderedEnumerable<OptionError> Errors => _errors.Values.OrderBy(e => e.Value, StringComparer.Ordinal);

        /// <summary>The helpers of other projects: the same for all files, so one is asked.</summary>
        public ConfiguredHelpers HelpersOf(Compilation compilation) =>
            compilation.SyntaxTrees.FirstOrDefault() is { } first ? ConfiguredHelpers.Read(provider.GetOptions(first)) : ConfiguredHelpers.None;

        /// <summary>The contract that options give to a file; null if none do.</summary>
        public ErrorContract? ContractOf(SyntaxTree tree) => _contracts.GetOrAdd(tree, t =>
        {
            var contract = ContractOptions.ReadContract(provider.GetOptions(t), contracts, out var error);
            if (error is not null)
            {
                _errors.TryAdd(error.Key + "=" + error.Value, error);
            }

            return contract;
        });
    }
}
