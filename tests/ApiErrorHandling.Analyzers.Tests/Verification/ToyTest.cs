using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace ApiErrorHandling.Analyzers.Tests.Verification;

/// <summary>A code fix test as the library has it, without the conveniences of <see cref="Verify"/>.</summary>
public sealed class ToyTest<TFix> : CSharpCodeFixTest<ToyAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new();
