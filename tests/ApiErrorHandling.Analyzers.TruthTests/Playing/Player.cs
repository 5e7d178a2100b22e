using System.Runtime.CompilerServices;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.TruthTests.Running;

namespace ApiErrorHandling.Analyzers.TruthTests.Playing;

/// <summary>
/// The server's side of a run, in the process: answers each request as the script says, under the contract of its address,
/// and writes it down.
/// </summary>
/// <param name="catalog">The contracts.</param>
/// <param name="otherwise">The contract and outcomes of addresses that no contract claims.</param>
/// <param name="script">What to answer.</param>
/// <param name="successBody">The body of a success.</param>
/// <param name="log">Where it is written down.</param>
internal sealed class Player(
    ContractCatalog catalog, ContractBinding otherwise, Script script, string successBody, RunLog log)
{
    private readonly ConditionalWeakTable<object, object> _identities = [];

    /// <summary>How many requests a program may send before it is taken for endless.</summary>
    public const int MaxRequests = 40;

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="content">The text of its content.</param>
    /// <returns>The response; null once the run has ended.</returns>
    public HttpResponseMessage? Play(HttpRequestMessage request, string? content)
    {
        if (log.HasEnded || log.Requests.Count >= MaxRequests)
        {
            log.End(isEndless: true);
            return null;
        }

        var answer = AnswerTo(request.RequestUri!, log.Requests.Count);
        log.Add(new RecordedRequest
        {
            Number = log.Requests.Count,
            Time = log.Clock.GetUtcNow(),
            Method = request.Method.Method,
            Address = request.RequestUri!,
            Headers = request.Headers
                .Concat(request.Content?.Headers.AsEnumerable() ?? [])
                .SelectMany(h => h.Value.Select(value => KeyValuePair.Create(h.Key, value)))
                .ToList(),
            Content = content,
            Message = IdentityOf(request),
            ContentIdentity = request.Content is null ? -1 : IdentityOf(request.Content),
            Answer = answer,
        });
        return answer.ToResponse(request);
    }

    /// <summary>What the script has for a request of this address and number.</summary>
    public Answer AnswerTo(Uri address, int number)
    {
        var (contract, possible) = catalog.MatchAddress(address.AbsoluteUri) ?? otherwise;
        var known = contract.Outcomes.Where(o => possible.Contains(o.Index)).ToList();
        var choice = script.At(number);
        var outcome = choice is { } chosen ? known.FirstOrDefault(o => o.Id == chosen.Outcome) : null;
        if (choice is not { } wanted || outcome is null)
        {
            var success = known.First(o => o.Kind == OutcomeKind.Answer && o.Advice == Advice.Success);
            return Answers.Of(contract, success, successBody).First();
        }

        var variants = Answers.Of(contract, outcome, successBody).ToList();
        var answer = variants[Math.Min(wanted.Variant, variants.Count - 1)];
        return wanted.RetryAfter == RetryAfterForm.None
            ? answer
            : Answers.WithRetryAfter(answer, wanted.RetryAfter == RetryAfterForm.Date, log.Clock.GetUtcNow());
    }

    private int IdentityOf(object message)
    {
        if (!_identities.TryGetValue(message, out var number))
        {
            _identities.Add(message, number = _identities.Count());
        }

        return (int)number;
    }
}
