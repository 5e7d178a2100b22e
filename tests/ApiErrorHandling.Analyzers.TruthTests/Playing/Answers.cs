using System.Globalization;
using System.Text.Json.Nodes;
using ApiErrorHandling.Analyzers.Contracts;

namespace ApiErrorHandling.Analyzers.TruthTests.Playing;

/// <summary>Makes the answers that a contract's outcomes are: one for each spelling that the contract knows.</summary>
internal static class Answers
{
    /// <summary>When every program begins.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What a server asks to wait, where it does.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(17);

    private const string NotJson = "<html><body>It works!</body></html>";

    /// <summary>The ways in which an outcome can show itself, the plainest first.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="outcome">One of its outcomes.</param>
    /// <param name="success">The body of a successful answer: an object, or whatever the client reads.</param>
    public static IEnumerable<Answer> Of(ErrorContract contract, Outcome outcome, string success)
    {
        var plain = new Answer { Contract = contract, Outcome = outcome, Headers = Correlation(contract) };
        switch (outcome.Kind)
        {
            case OutcomeKind.TransportFailure or OutcomeKind.Timeout:
                yield return plain;
                yield break;
            case OutcomeKind.UnreadableBody:
                yield return plain with { Body = NotJson, ContentType = "text/html" };
                yield return plain with { Body = string.Empty, IsOdd = true };
                yield break;
        }

        foreach (var status in Statuses(contract, outcome))
        {
            plain = plain with { Status = status };
            if (!outcome.HasBody)
            {
                yield return plain;
                yield return plain with { Body = success, IsOdd = true };
            }
            else if (outcome.IsInBody)
            {
                foreach (var code in Codes(contract, outcome))
                {
                    foreach (var answer in InBody(plain, success, code))
                    {
                        yield return answer;
                    }
                }
            }
            else if (outcome.Advice == Advice.Success)
            {
                yield return plain with { Body = success };
                yield return plain with { Body = "{}", IsOdd = true };
                yield return plain with { Body = "null", IsOdd = true };
            }
            else
            {
                foreach (var (errorCode, title) in Details(outcome))
                {
                    yield return plain with
                    {
                        Body = ErrorBody(contract, outcome, status, errorCode, title).ToJsonString(),
                        ContentType = contract.ErrorBody.Title.IsEmpty ? "application/json" : "application/problem+json",
                    };
                }

                yield return plain with { Body = success, IsOdd = true };
                yield return plain with { Body = "null", IsOdd = true };
            }
        }
    }

    private static IEnumerable<Answer> InBody(Answer plain, string success, string code)
    {
        var (contract, outcome) = (plain.Contract, plain.Outcome);
        var bare = WithCode("{}", success, contract, code);
        var full = WithCode(success, success, contract, code);
        if (outcome.Advice == Advice.Success)
        {
            yield return plain with { Body = full };
            yield return plain with { Body = bare, IsOdd = true };
            yield return plain with { Body = "null", IsOdd = true };
            yield break;
        }

        yield return plain with { Body = bare };
        yield return plain with { Body = full, IsOdd = outcome.Advice != Advice.Partial };
        if (contract.ErrorBody.HasCodeInWording)
        {
            var body = JsonNode.Parse(bare)!;
            Set(body, contract.ErrorBody.Wording[0], "(100004) incorrect projectId");
            yield return plain with { Body = body.ToJsonString() };
        }
    }

    // `other` is every code that is not listed: below, above and among those that are.
    private static IEnumerable<string> Codes(ErrorContract contract, Outcome outcome) => outcome.IsOther
        ? new[] { "9999", "1", "299", "-1" }.Except(contract.Outcomes.Select(o => o.Code).OfType<string>())
        : [outcome.Code!];

    /// <summary>An answer that also says when to come again.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="asDate">Whether it says so by a date instead of seconds.</param>
    /// <param name="now">The server's time.</param>
    public static Answer WithRetryAfter(Answer answer, bool asDate, DateTimeOffset now) => answer with
    {
        Headers =
        [
            .. answer.Headers,
            ("Retry-After", asDate
                ? (now + RetryAfter).ToString("R", CultureInfo.InvariantCulture)
                : RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
        ],
    };

    private static IReadOnlyList<(string, string)> Correlation(ErrorContract contract) =>
        contract.CorrelationHeader is { } header ? [(header, "b9f3a1c2")] : [];

    // `other` stands for what is not listed; its ends and its middle are as good as any.
    private static IEnumerable<int> Statuses(ErrorContract contract, Outcome outcome)
    {
        if (outcome.Status is not { } range)
        {
            return [200];
        }

        if (range.IsSingle)
        {
            return [range.Min];
        }

        var listed = contract.Outcomes.Where(o => o.Status is { IsSingle: true }).Select(o => o.Status!.Value.Min).ToHashSet();
        var free = Enumerable.Range(range.Min, range.Max - range.Min + 1).Where(s => !listed.Contains(s)).ToList();
        return new[] { free[0], free[free.Count / 2], free[^1] }.Distinct();
    }

    private static IEnumerable<(string? Code, string? Title)> Details(Outcome outcome) =>
        outcome.ErrorCodes.Length > 0 ? outcome.ErrorCodes.Select(code => ((string?)code, outcome.ErrorType))
        : outcome.Titles.Length > 0 ? outcome.Titles.Select(title => ((string?)null, (string?)title))
        : [(null, outcome.ErrorType)];

    private static JsonNode ErrorBody(ErrorContract contract, Outcome outcome, int status, string? code, string? title)
    {
        var names = contract.ErrorBody;
        JsonNode body = new JsonObject();
        if (names.Status.Length > 0)
        {
            Set(body, names.Status[0], status);
        }

        if (names.Code.Length > 0 && code is not null)
        {
            Set(body, names.Code[0], int.TryParse(code, out var number) ? number : code);
        }

        if (names.Title.Length > 0)
        {
            Set(body, names.Title[0], title ?? "SOMETHING ELSE");
        }

        if (names.Type.Length > 0)
        {
            Set(body, names.Type[0], outcome.ErrorType ?? "https://example.com/errors#" + (title ?? code ?? "other").Replace(' ', '-'));
        }

        if (names.Wording.Length > 0)
        {
            Set(body, names.Wording[0], "what went wrong, for people");
        }

        if (names.Details.Length > 0)
        {
            Set(body, names.Details[0], new JsonArray("location"));
        }

        return body;
    }

    // Where the contract does not say whether the code is a text or a number, it is as the client reads it.
    private static string WithCode(string body, string success, ErrorContract contract, string? code)
    {
        if (contract.BodyCode is not { } place || code is null || JsonNode.Parse(body) is not JsonObject root)
        {
            return body;
        }

        var isText = place.Type == CodeType.String
            || (place.Type == CodeType.Either && JsonNode.Parse(success) is JsonObject known
                && place.Path.Aggregate((JsonNode?)known, (node, name) => (node as JsonObject)?[name])
                    is System.Text.Json.Nodes.JsonValue written
                && written.GetValueKind() == System.Text.Json.JsonValueKind.String);
        JsonNode value = !isText && int.TryParse(code, out var number) ? number : code;
        Set(root, place.Path, value);
        return root.ToJsonString();
    }

    // Readers that compare names exactly find the code as C# writes it, too.
    private static void Set(JsonNode root, IReadOnlyList<string> path, JsonNode value)
    {
        var parent = root.AsObject();
        foreach (var name in path.Take(path.Count - 1))
        {
            if (parent[name] is not JsonObject child)
            {
                parent[name] = child = new JsonObject();
            }

            parent = child;
        }

        parent[path[^1]] = value;
        var pascal = char.ToUpperInvariant(path[^1][0]) + path[^1][1..];
        if (pascal != path[^1] && parent.ContainsKey(pascal))
        {
            parent[pascal] = value.DeepClone();
        }
    }
}
