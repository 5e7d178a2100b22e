using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

/// <summary>Broken files: never an exception, always a place, and never at the cost of the other files.</summary>
public class MutationTests
{
    private const int Files = 1000;

    private const string Good = """
        { "id": "good", "name": "Good", "hosts": "api.good.example",
          "outcomes": [{ "status": 200, "advice": "success" }] }
        """;

    private static readonly string[] Snippets =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "/*", "//", "null", "-1", "1e9", "\"never\"", "\uD800", "\0", "\r\n",
    ];

    [Fact]
    public void Mutated_files_are_read_or_have_an_error_with_a_place()
    {
        var random = new Random(20240229);
        var faulty = 0;
        for (var i = 0; i < Files; i++)
        {
            var (name, original) = BuiltInFiles.All[i % BuiltInFiles.All.Count];
            var text = SourceText.From(Mutate(original, random));

            var catalog = ContractCatalog.Create(
                [("bad/" + name, text), ("good.json", SourceText.From(Good))], out var errors);

            Assert.All(errors, error =>
            {
                Assert.Equal("bad/" + name, error.Path);
                Assert.InRange(error.TextSpan.End, 0, text.Length);
                Assert.Equal(text.Lines.GetLinePositionSpan(error.TextSpan), error.Span);
                Assert.DoesNotContain("{0}", error.Message.ToString());
            });
            Assert.Equal("good", catalog.MatchAddress("https://api.good.example/x")?.Contract.Id);
            Assert.NotNull(catalog.Http);
            if (!errors.IsEmpty)
            {
                faulty++;
                Assert.All(ContractCatalog.BuiltIn.Contracts, x => Assert.Same(x, catalog.Find(x.Id)));
            }
        }

        // Neither kind of file may be missing from the sample.
        Assert.InRange(faulty, Files / 4, Files - (Files / 20));
    }

    [Fact]
    public void Every_truncated_file_has_an_error()
    {
        foreach (var (name, original) in BuiltInFiles.All)
        {
            var end = original.TrimEnd().Length;
            for (var length = 0; length < end; length++)
            {
                ContractCatalog.Create([(name, SourceText.From(original[..length]))], out var errors);
                Assert.NotEmpty(errors);
            }
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var rounds = random.Next(1, 4); rounds > 0 && text.Length > 1; rounds--)
        {
            var at = random.Next(text.Length);
            text = random.Next(7) switch
            {
                0 => text[..at] + (char)(text[at] ^ (1 << random.Next(8))) + text[(at + 1)..],
                1 => random.Next(4) == 0 ? text[..at] : text.Remove(at, 1),
                2 => text.Insert(at, Snippets[random.Next(Snippets.Length)]),
                3 => SwapTokens(text, random),
                4 => text.Remove(at, Math.Min(random.Next(40), text.Length - at)),
                5 => text.Insert(at, text.Substring(random.Next(at + 1), Math.Min(20, text.Length - at))),
                _ => text[..at] + (char)random.Next(' ', 0x2FFF) + text[(at + 1)..],
            };
        }

        return text;
    }

    private static string SwapTokens(string text, Random random)
    {
        var tokens = text.Split('"');
        var (x, y) = (random.Next(tokens.Length), random.Next(tokens.Length));
        (tokens[x], tokens[y]) = (tokens[y], tokens[x]);
        return string.Join('"', tokens);
    }
}
