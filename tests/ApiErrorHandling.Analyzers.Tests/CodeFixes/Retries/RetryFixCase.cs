using Microsoft.CodeAnalysis;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes;

/// <summary>Members of a client whose retries are fixed.</summary>
internal static class RetryFixCase
{
    /// <summary>The fixes of a rule turn members into others, one by one and all at once, and leave none of its reports.</summary>
    public static async Task Check(string rule, string before, string after, Setup? setup = null)
    {
        var program = await ProgramOf(before, setup);
        Assert.Contains(program.Reports, r => r.Id == rule);

        var all = await program.FixAllAsync(rule);
        Assert.Equal(Source(after), all.Text);
        Assert.Equal(0, all.CompileErrors);
        Assert.DoesNotContain(all.Reports, r => r.Id == rule);

        if (program.Reports.Count(r => r.Id == rule) == 1)
        {
            var alone = await program.FixAsync(program.Reports.First(r => r.Id == rule));
            Assert.Equal(all.Text, alone?.Text);
        }
    }

    /// <summary>No fix is offered for a rule's reports.</summary>
    public static async Task HasNone(string rule, string members, Setup? setup = null)
    {
        var program = await ProgramOf(members, setup);
        foreach (var report in program.Reports.Where(r => r.Id == rule))
        {
            Assert.Null(await program.FixAsync(report));
        }

        Assert.Contains(program.Reports, r => r.Id == rule);
        Assert.Equal(program.Text, (await program.FixAllAsync(rule)).Text);
    }

    private static async Task<Retries.FixedProgram> ProgramOf(string members, Setup? setup)
    {
        var program = await Retries.FixedProgram.CreateAsync(
            Source(members), (setup ?? new Setup()) with { Nullable = NullableContextOptions.Disable });
        Assert.Equal(0, program.CompileErrors);
        return program;
    }

    private static string Indented(string members) => string.Join('\n', members.Split('\n').Select(l => l.Length == 0 ? l : "    " + l));

    private static string Source(string members) =>
        $$"""
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading;
        using System.Threading.Tasks;

        public class Failed : Exception { public Failed(HttpStatusCode status) { Status = status; } public HttpStatusCode Status { get; } }

        public class Weather { public string code { get; set; } public string temp { get; set; } }

        public class Client
        {
            private static readonly HttpClient Http = new HttpClient();
            private readonly HttpClient http = new HttpClient();

        {{Indented(members)}}
        }

        """;
}
