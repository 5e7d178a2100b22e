using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace ApiErrorHandling.Analyzers.Tests.Rules.Retries;

/// <summary>Members of a client that sends requests again.</summary>
internal static class RetryCase
{
    /// <summary>Checks the reports of a class with these members, beside these types; markup names the rules.</summary>
    public static Task Check(string members, string types = "") => Verify.Analyzer<ApiErrorHandlingAnalyzer>(Source(members, types), Setup);

    /// <summary>Checks the reports of a class that uses this library, a project of its own.</summary>
    public static Task CheckWith(string library, string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        Source(members, string.Empty),
        Setup with
        {
            Configure = test =>
            {
                test.TestState.AdditionalProjectReferences.Add("Library");
                test.TestState.AdditionalProjects["Library"].Sources.Add(library);
            },
        });

    /// <summary>Checks the message of a rule's one report of a class, at the place marked <c>{|#0:…|}</c>.</summary>
    public static Task CheckMessage(string members, string id, string message) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        Source(members, string.Empty),
        Setup with { Rules = [id] },
        new DiagnosticResult(id, DiagnosticSeverity.Warning).WithLocation(0).WithMessage(message).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));

    /// <summary>Checks the reports of a class that uses what is missing.</summary>
    public static Task CheckBroken(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        Source(members, string.Empty), Setup with { CompilerDiagnostics = CompilerDiagnostics.None });

    /// <summary>Checks the reports of a method with this body.</summary>
    public static Task CheckBody(string body) => Check($"async Task<string> Run(string url, CancellationToken token)\n{{\n{body}\n}}");

    private static Setup Setup => new() { Nullable = NullableContextOptions.Disable };

    private static string Source(string members, string types) =>
        $$"""
        using System.Collections.Concurrent;
        using System.Diagnostics;
        using System.Net;
        using System.Net.Http.Headers;
        using System.Net.Http.Json;
        using System.Text;
        using System.Text.Json;

        class Now { public string temp { get; set; } }
        class Weather { public string code { get; set; } public Now now { get; set; } }
        class Receipt { public int code { get; set; } public string requestId { get; set; } }
        class Failed : Exception { public Failed(HttpStatusCode status) => Status = status; public HttpStatusCode Status { get; } }

        class Client
        {
            readonly HttpClient client = new();

            {{members.ReplaceLineEndings("\n    ")}}
        }

        {{types}}
        """;
}
