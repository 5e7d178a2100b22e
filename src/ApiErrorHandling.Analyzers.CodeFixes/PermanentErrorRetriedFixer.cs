using ApiErrorHandling.Analyzers.CodeFixes.Retries;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>AEH2001: narrows what is retried to what passes by itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class PermanentErrorRetriedFixer : RetryConditionFixer
{
    /// <summary>Makes the fixer.</summary>
    public PermanentErrorRetriedFixer()
        : base(new PermanentErrorRetried())
    {
    }
}
