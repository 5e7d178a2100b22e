using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using ApiErrorHandling.Analyzers.Flow.Interprocedural;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>Hosts all rules: the flow runs once for each body that sends a request, and every rule asks its result.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ApiErrorHandlingAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor InvalidContract = Descriptors.Create(
        RuleIds.InvalidContract, Descriptors.Configuration, DiagnosticSeverity.Warning);

    private static readonly DiagnosticDescriptor InvalidOption = Descriptors.Create(
        RuleIds.InvalidOption,
        Descriptors.Configuration,
        DiagnosticSeverity.Warning,
        "Message",
        WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Rule.All
        .SelectMany(rule => rule.Descriptors)
        .Concat([InvalidContract, InvalidOption])
        .ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var files = context.Options.AdditionalFiles
            .Where(file => file.Path.EndsWith(ContractCatalog.FileSuffix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => (file.Path, Text: file.GetText(context.CancellationToken)))
            .Where(file => file.Text is not null)
            .Select(file => (file.Path, file.Text!));
        var contracts = ContractCatalog.Create(files, out var errors);
        if (!errors.IsEmpty)
        {
            context.RegisterAdditionalFileAction(file =>
            {
                foreach (var error in errors.Where(e => e.Path == file.AdditionalFile.Path))
                {
                    file.ReportDiagnostic(Diagnostic.Create(InvalidContract, error.Location, error.Message));
                }
            });
        }

        var options = new FileOptions(context.Options.AnalyzerConfigOptionsProvider, contracts);
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var tree in end.Compilation.SyntaxTrees)
            {
                options.ContractOf(tree);
            }

            foreach (var error in options.Errors)
            {
                end.ReportDiagnostic(Diagnostic.Create(InvalidOption, Location.None, error.Message));
            }
        });

        // nothing is made before a text mentions a request: to look up a type opens every reference
        var compilation = context.Compilation;
        var flow = new Lazy<FlowContext?>(() =>
        {
            var helpers = options.HelpersOf(compilation);
            return (RequestMarkers.AreInAny(compilation) || !helpers.Requests.IsEmpty) && LibraryTable.HasRequests(compilation)
                ? new FlowContext(compilation, LibraryTable.Create(compilation, helpers), contracts, options.ContractOf)
                : null;
        });
        context.RegisterOperationBlockAction(block =>
        {
            if (flow.Value is { } made)
            {
                Analyse(block, made);
            }
        });
    }

    private static void Analyse(OperationBlockAnalysisContext context, FlowContext flow)
    {
        if (flow.Hot.IsEmpty)
        {
            return;
        }

        foreach (var root in Roots(context.OperationBlocks))
        {
            if (root.SemanticModel is not { } model || !flow.Hot.Admits(root.Syntax, model))
            {
                continue;
            }

            var reported = new HashSet<(string Id, Location Location)>();
            foreach (var result in BodyFlow.Run(flow, context.OwningSymbol, root, context.CancellationToken))
            {
                foreach (var rule in Rule.All)
                {
                    // callers with different contracts can show the same fault
                    rule.Check(result, diagnostic =>
                    {
                        if (reported.Add((diagnostic.Id, diagnostic.Location)))
                        {
                            context.ReportDiagnostic(diagnostic);
                        }
                    });
                }
            }
        }
    }

    // A constructor with an initialiser has two blocks, and one graph over both.
    private static ImmutableArray<IOperation> Roots(ImmutableArray<IOperation> blocks)
    {
        var roots = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var block in blocks)
        {
            var root = block;
            while (root.Parent is { } parent)
            {
                root = parent;
            }

            if (!roots.Contains(root))
            {
                roots.Add(root);
            }
        }

        return roots.ToImmutable();
    }

    /// <summary>The contract option of each file, with the errors met, once per distinct value.</summary>
    private sealed class FileOptions(AnalyzerConfigOptionsProvider provider, ContractCatalog contracts)
    {
        private readonly ConcurrentDictionary<SyntaxTree, ErrorContract?> _contracts = new();
        private readonly ConcurrentDictionary<string, OptionError> _errors = new(StringComparer.Ordinal);

        public IOrderedEnumerable<OptionError> Errors => _errors.Values.OrderBy(e => e.Value, StringComparer.Ordinal);

        /// <summary>The helpers of other projects: the same for all files, so one is asked.</summary>
        public ConfiguredHelpers HelpersOf(Compilation compilation) =>
            compilation.SyntaxTrees.FirstOrDefault() is { } first ? ConfiguredHelpers.Read(provider.GetOptions(first)) : ConfiguredHelpers.None;

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
