using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
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
        var analysis = new CompilationAnalysis(context.Compilation, context.Options, context.CancellationToken);
        var errors = analysis.ContractErrors;
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

        context.RegisterCompilationEndAction(end =>
        {
            foreach (var tree in end.Compilation.SyntaxTrees)
            {
                analysis.Options.ContractOf(tree);
            }

            foreach (var error in analysis.Options.Errors)
            {
                end.ReportDiagnostic(Diagnostic.Create(InvalidOption, Location.None, error.Message));
            }
        });

        context.RegisterOperationBlockAction(block => Analyse(block, analysis));
    }

    private static void Analyse(OperationBlockAnalysisContext context, CompilationAnalysis analysis)
    {
        if (!analysis.HasRequests)
        {
            return;
        }

        foreach (var root in Roots(context.OperationBlocks))
        {
            HashSet<(string Id, Location Location)>? reported = null;
            foreach (var result in analysis.Run(context.OwningSymbol, root, context.CancellationToken))
            {
                foreach (var rule in Rule.All)
                {
                    // callers with different contracts can show the same fault
                    rule.Check(result, diagnostic =>
                    {
                        if ((reported ??= []).Add((diagnostic.Id, diagnostic.Location)))
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
}
