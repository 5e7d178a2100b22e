using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Changes a few tokens of a body at random.</summary>
internal static class Mutation
{
    private static readonly string[] Operators =
    [
        "==", "!=", "<", ">=", "&&", "||", "&", "+", "-", "/", "??", "=", "+=", "??=", "=>", "is", "is not", "as", "?", ":",
        ".", "?.", "!", "..", "^",
    ];

    private static readonly string[] Openings =
    [
        "{", "(", "if (flag) {", "while (flag) {", "for (;;) {", "try {", "try { } finally {", "catch {", "lock (client) {",
        "{ void Local() {", "Func<Task> f = async () => {", "switch (count) { case 1:", "using (client) {", "goto x; x:",
        "do {", "foreach (var c in url) {", "unsafe {", "checked (", "await ", "throw ", "yield return ", "return ",
    ];

    private static readonly string[] Names =
    [
        "client", "url", "flag", "count", "client.GetAsync(url)", "null", "default", "this", "undefined", "Run", "0", "\"200\"",
        "new()", "await Run(client, url, flag, count)", "(1, flag)", "[1, ..]", "x => x", "true",
    ];

    public static string Of(string body, IReadOnlyList<string> others, Random random)
    {
        var tokens = Tokens(body);
        for (var rounds = random.Next(1, 5); rounds > 0 && tokens.Count > 2; rounds--)
        {
            Change(tokens, others, random);
        }

        return string.Concat(tokens);
    }

    private static List<string> Tokens(string body) =>
        SyntaxFactory.ParseTokens(body).Select(t => t.ToFullString() is { Length: > 0 } text ? text + " " : "").ToList();

    private static void Change(List<string> tokens, IReadOnlyList<string> others, Random random)
    {
        var at = random.Next(tokens.Count);
        switch (random.Next(11))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, tokens[at]);
                break;
            case 2:
                var other = random.Next(tokens.Count);
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 3:
                Replace(t => char.IsLetter(t[0]), Names[random.Next(Names.Length)]);
                break;
            case 4:
                var names = tokens.Where(t => t.Length > 0 && char.IsLetter(t[0])).ToList();
                Replace(t => char.IsLetter(t[0]), names.Count > 0 ? names[random.Next(names.Count)] : "x");
                break;
            case 5:
                Replace(t => char.IsPunctuation(t[0]) || char.IsSymbol(t[0]), Operators[random.Next(Operators.Length)]);
                break;
            case 6:
                Replace(t => t[0] == ';', "");
                break;
            case 7:
                tokens.Insert(at, Openings[random.Next(Openings.Length)] + " ");
                break;
            case 8:
                tokens.Insert(at, random.Next(3) switch { 0 => "} ", 1 => ") ", _ => "; } " });
                break;
            case 9:
                tokens.RemoveRange(at, Math.Min(random.Next(1, 8), tokens.Count - at));
                break;
            default:
                var donor = Tokens(others[random.Next(others.Count)]);
                var from = random.Next(donor.Count);
                tokens.InsertRange(at, donor.Skip(from).Take(random.Next(1, 20)));
                break;
        }

        void Replace(Func<string, bool> kind, string text)
        {
            var candidates = Enumerable.Range(0, tokens.Count)
                .Where(i => tokens[i].Length > 0 && kind(tokens[i].TrimStart() is { Length: > 0 } t ? t : " "))
                .ToList();
            if (candidates.Count > 0)
            {
                tokens[candidates[random.Next(candidates.Count)]] = text + " ";
            }
        }
    }
}
