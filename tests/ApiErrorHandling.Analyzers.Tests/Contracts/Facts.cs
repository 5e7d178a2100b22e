using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Contracts;

namespace ApiErrorHandling.Analyzers.Tests.Contracts;

/// <summary>What facts.md says about a contract, as one line an outcome and one line an attribute.</summary>
internal sealed record Facts(string Id, IReadOnlyList<string> Lines)
{
    /// <summary>The text of facts.md.</summary>
    public static string ReadText()
    {
        using var stream = typeof(Facts).Assembly.GetManifestResourceStream("facts.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Reads the tables of every contract.</summary>
    public static IReadOnlyList<Facts> Parse(string markdown) =>
        markdown.Split("\n## ").Skip(1).Select(ParseSection).ToList();

    /// <summary>What only the facts say and what only the contract says.</summary>
    public IReadOnlyList<string> DifferencesFrom(ErrorContract contract)
    {
        var onlyFacts = Lines.ToList();
        var onlyContract = new List<string>();
        foreach (var line in LinesOf(contract))
        {
            if (!onlyFacts.Remove(line))
            {
                onlyContract.Add(line);
            }
        }

        return [.. onlyFacts.Select(line => "facts only: " + line), .. onlyContract.Select(x => "contract only: " + x)];
    }

    private static Facts ParseSection(string section)
    {
        var lines = section.Split('\n');
        var rows = lines.Where(line => line.StartsWith('|') && !line.Contains("---") && !line.StartsWith("| model |")
            && !line.StartsWith("| attribute |"));
        return new Facts(lines[0].Trim(), rows.SelectMany(Expand).ToList());
    }

    private static IEnumerable<string> Expand(string row)
    {
        var cells = row.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
        if (cells.Length == 2)
        {
            return [cells[0] + ": " + cells[1]];
        }

        return from status in Parts(cells[1])
               from code in Parts(cells[2])
               from title in Parts(cells[3])
               select Line(cells[0], status, code, title, cells[4], cells[5]);
    }

    private static string[] Parts(string cell) => cell.Split(" · ");

    private static IEnumerable<string> LinesOf(ErrorContract contract) =>
        contract.Outcomes.Select(LineOf).Concat(AttributesOf(contract));

    private static string LineOf(Outcome outcome)
    {
        var code = outcome is { IsInBody: true, IsOther: true }
            ? "(other)"
            : string.Join('+', outcome.ErrorCodes.Prepend(outcome.Code).OfType<string>());
        var title = outcome switch
        {
            { Kind: OutcomeKind.TransportFailure } => "(transport)",
            { Kind: OutcomeKind.Timeout } => "(timeout)",
            { Kind: OutcomeKind.UnreadableBody } => "(unreadable)",
            { IsOther: true, IsInBody: false } => "(other)",
            _ => outcome.ErrorType ?? string.Join(" = ", outcome.Titles),
        };
        var flags = new List<string>();
        Add(outcome.ConcernsAccount, "account");
        Add(!outcome.HasBody, "no body");
        Add(outcome is { MaySendRetryAfter: true, AdviceWithRetryAfter: null }, "Retry-After");
        Add(outcome.AdviceWithRetryAfter is not null, "Retry-After: " + Word(outcome.AdviceWithRetryAfter ?? default));
        Add(!outcome.RenewFields.IsEmpty, "renew " + string.Join(' ', outcome.RenewFields));
        Add(outcome.IsPending, "pending");
        var models = string.Join('+', outcome.Models);
        var status = outcome.Status?.ToString() ?? "";
        return Line(models, status, code, title, Word(outcome.Advice), string.Join(", ", flags));

        void Add(bool applies, string flag)
        {
            if (applies)
            {
                flags.Add(flag);
            }
        }
    }

    private static string Line(params string[] cells) => string.Join(" | ", cells);

    private static string Word(Advice advice) => advice switch
    {
        Advice.NoData => "no-data",
        Advice.AfterReset => "after-reset",
        _ => advice.ToString().ToLowerInvariant(),
    };

    private static IEnumerable<string> AttributesOf(ErrorContract contract)
    {
        var body = contract.ErrorBody;
        return new[]
        {
            List("hosts", contract.Hosts),
            List("not hosts", contract.ExcludedHosts),
            List("headers", contract.Headers),
            List("answers", contract.AnswerSignatures.Select(names => string.Join(' ', names))),
            contract.BodyCode is not { } code
                ? ""
                : $"body code: {string.Join('.', code.Path)}: {code.Type}, "
                    + $"success {string.Join(' ', code.SuccessValues)}"
                    + (code.AbsentMeansSuccess ? " or none" : ""),
            List("error body", new[]
            {
                Members("status", body.Status),
                Members("code", body.Code),
                Members("title", body.Title),
                Members("type", body.Type),
                Members("wording", body.Wording) + (body.HasCodeInWording ? " with a code in it" : ""),
                Members("details", body.Details),
            }.Where(part => part.Length > 0)),
            contract.BodyTellsFailure ? "body tells failure: yes" : "",
            List("soft errors", contract.SoftErrorMembers),
            contract.CorrelationHeader is { } header ? "correlation header: " + header : "",
            List("fresh fields", contract.FreshFields),
            contract.WaitsMustGrow ? "waits must grow: yes" : "",
        }.Where(line => line.Length > 0);
    }

    private static string List(string name, IEnumerable<string> values) =>
        values.Any() ? name + ": " + string.Join(" · ", values) : "";

    private static string Members(string name, ImmutableArray<ImmutableArray<string>> paths) =>
        !paths.IsEmpty ? name + " " + string.Join(' ', paths.Select(path => string.Join('.', path))) : "";
}
