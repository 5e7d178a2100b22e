using ApiErrorHandling.Analyzers.CodeFixes.Retries;
using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>AEH2002: leaves a retry for outcomes that say that a quota is used up.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class UsedUpQuotaRetriedFixer : RetryConditionFixer
{
    /// <summary>Makes the fixer.</summary>
    public UsedUpQuotaRetriedFixer()
        : base(new UsedUpQuotaRetried())
    {
    }
}
