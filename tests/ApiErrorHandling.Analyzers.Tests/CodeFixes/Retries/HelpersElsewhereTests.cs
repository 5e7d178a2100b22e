using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.CodeFixes.Retries;

/// <summary>Retries whose request is sent by a helper in another document.</summary>
public class HelpersElsewhereTests
{
    private const string Retry =
        """
        public class Retry
        {
            private readonly Sender sender = new Sender();

            public async Task<string> First(string url)
            {
                for (var n = 0; n < 3; n++)
                {
                    try
                    {
                        return await sender.Send(url);
                    }
                    catch (Exception e)
                    {
                        if (n == 2) throw;
                        await Task.Delay(1000 << n);
                    }
                }

                return null;
            }

            public async Task<string> Second(string url)
            {
                var text = default(string);
                for (var n = 0; n < 3 && text == null; n++)
                {
                    await Task.Delay(1000 << n);
                    text = await sender.Send(url);
                }

                return text;
            }
        }

        """;

    private const string Sender =
        """
        public class Sender
        {
            private readonly HttpClient http = new HttpClient();

            public async Task<string> Send(string url)
            {
                try
                {
                    return await http.GetStringAsync(url);
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            }
        }

        """;

    [Fact]
    public async Task What_it_throws_gets_the_status()
    {
        var program = await Create(
            """
            public class Sender
            {
                private readonly HttpClient http = new HttpClient();

                public async Task<string> Send(string url)
                {
                    var response = await http.GetAsync(url);
                    if (!response.IsSuccessStatusCode)
                        throw new Exception(response.ReasonPhrase);
                    return await response.Content.ReadAsStringAsync();
                }
            }

            """);
        var fixedProgram = await program.FixAsync(program.Reports.First(r => r.Id == RuleIds.PermanentErrorRetried));

        Assert.NotNull(fixedProgram);
        Assert.Equal(0, fixedProgram.CompileErrors);
        Assert.Contains("throw new HttpRequestException(response.ReasonPhrase, null, response.StatusCode);", await fixedProgram.TextOfAsync("Sender.cs"), StringComparison.Ordinal);
        Assert.Contains("catch (Exception e) when (e is not HttpRequestException failure", fixedProgram.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_swallows_is_let_out()
    {
        var program = await Create(
            """
            public class Sender
            {
                private readonly HttpClient http = new HttpClient();

                public async Task<string> Send(string url)
                {
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    catch (HttpRequestException e)
                    {
                        Console.WriteLine(e.Message);
                        return null;
                    }
                }
            }

            """,
            Retry.Replace("catch (Exception e)", "catch (TimeoutException e)", StringComparison.Ordinal));
        Assert.Single(program.Reports, r => r.Id == RuleIds.PermanentErrorRetried);

        var all = await program.FixAllAsync(RuleIds.PermanentErrorRetried);

        Assert.Equal(program.Text, all.Text);
        Assert.Equal(0, all.CompileErrors);
        Assert.DoesNotContain(all.Reports, r => r.Id == RuleIds.PermanentErrorRetried);
        Assert.Equal(
            """
            using System;
            using System.Net;
            using System.Net.Http;
            using System.Threading.Tasks;

            public class Sender
            {
                private readonly HttpClient http = new HttpClient();

                public async Task<string> Send(string url)
                {
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    catch (HttpRequestException e) when (e.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
                        or >= HttpStatusCode.InternalServerError)
                    {
                        Console.WriteLine(e.Message);
                        return null;
                    }
                }
            }

            """,
            await all.TextOfAsync("Sender.cs"));
    }

    // the first retry would send again what it is let out
    [Fact]
    public async Task Not_where_others_would_be_wrong_then()
    {
        var program = await Create(
            Sender);

        Assert.Null(await program.FixAsync(program.Reports.Single(r => r.Id == RuleIds.PermanentErrorRetried)));
    }

    // both retries ask for the same change, which is made once
    [Fact]
    public async Task Two_retries_by_one_helper()
    {
        var program = await Create(
            Sender.Replace("catch (HttpRequestException)", "catch (Exception)", StringComparison.Ordinal),
            Retry.Replace("return await sender.Send(url);", "if (await sender.Send(url) is { } got) return got; throw new Exception();", StringComparison.Ordinal));
        Assert.Equal(2, program.Reports.Count(r => r.Id == RuleIds.PermanentErrorRetried));

        var all = await program.FixAllAsync(RuleIds.PermanentErrorRetried);

        Assert.Equal(0, all.CompileErrors);
        Assert.DoesNotContain(all.Reports, r => r.Id == RuleIds.PermanentErrorRetried);
        Assert.Equal(2, (await all.TextOfAsync("Sender.cs")).Split(" when ").Length);
    }

    // what one fix writes into the other document moves the report there
    [Fact]
    public async Task Fix_all_of_a_solution()
    {
        var program = await Create(
            Sender[..Sender.LastIndexOf('}')] + """

                public async Task<string> Own(string url)
                {
                    for (var n = 0; n < 3; n++)
                    {
                        try
                        {
                            return await http.GetStringAsync(url);
                        }
                        catch (HttpRequestException)
                        {
                            await Task.Delay(1000 << n);
                        }
                    }

                    throw new TimeoutException();
                }
            }

            """,
            Retry.Replace("catch (Exception e)", "catch (TimeoutException e)", StringComparison.Ordinal));

        var all = await program.FixAllAsync(RuleIds.PermanentErrorRetried, Microsoft.CodeAnalysis.CodeFixes.FixAllScope.Solution);

        Assert.Equal(0, all.CompileErrors);
        Assert.DoesNotContain(all.Reports, r => r.Id == RuleIds.PermanentErrorRetried);
        var sender = await all.TextOfAsync("Sender.cs");
        Assert.Equal(2, sender.Split("catch (HttpRequestException e) when (e.StatusCode is null or ").Length);
        Assert.Equal(2, sender.Split("if (e.StatusCode is not (null or ").Length);
    }

    private static async Task<FixedProgram> Create(string sender, string retry = Retry)
    {
        const string Usings = "using System;\nusing System.Net;\nusing System.Net.Http;\nusing System.Threading.Tasks;\n\n";
        var program = await FixedProgram.CreateAsync(Usings + retry, new Setup
        {
            Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable, MoreSources = [("Sender.cs", Usings + sender)],
        });
        Assert.Equal(0, program.CompileErrors);
        return program;
    }
}
