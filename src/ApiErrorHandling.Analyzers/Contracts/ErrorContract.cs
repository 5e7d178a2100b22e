using System.Collections.Immutable;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>The JSON type of a body code.</summary>
internal enum CodeType
{
    /// <summary>A JSON string.</summary>
    String,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>Either; neither is a wrong type.</summary>
    Either,
}

/// <summary>Where the code of a body-code API sits and what it means.</summary>
internal sealed class BodyCode
{
    /// <summary>The member names from the root of the body to the code: ["code"].</summary>
    public required ImmutableArray<string> Path { get; init; }

    /// <summary>The JSON type of the code.</summary>
    public CodeType Type { get; init; }

    /// <summary>The codes that mean success, as written in the body: ["200"].</summary>
    public required ImmutableArray<string> SuccessValues { get; init; }

    /// <summary>Whether a body without a code is a success.</summary>
    public bool AbsentMeansSuccess { get; init; }
}

/// <summary>The members of an error body, each as the names from the root of the body; empty where there is none.</summary>
internal sealed class ErrorBody
{
    /// <summary>Where the HTTP status is repeated (QWeather: error.status and error.code).</summary>
    public ImmutableArray<ImmutableArray<string>> Status { get; init; } = ImmutableArray<ImmutableArray<string>>.Empty;

    /// <summary>Where the stable error code of a failing HTTP status is (Tomorrow.io: code).</summary>
    public ImmutableArray<ImmutableArray<string>> Code { get; init; } = ImmutableArray<ImmutableArray<string>>.Empty;

    /// <summary>Where the title is that identifies the outcome (QWeather: error.title).</summary>
    public ImmutableArray<ImmutableArray<string>> Title { get; init; } = ImmutableArray<ImmutableArray<string>>.Empty;

    /// <summary>Where the error type is (QWeather: error.type, a URL; Tomorrow.io: type, a wording).</summary>
    public ImmutableArray<ImmutableArray<string>> Type { get; init; } = ImmutableArray<ImmutableArray<string>>.Empty;

    /// <summary>Members with wording for people, never to be decided on (message, error.detail).</summary>
    public ImmutableArray<ImmutableArray<string>> Wording { get; init; } = ImmutableArray<ImmutableArray<string>>.Empty;

    /// <summary>Members that name what was wrong with the request (QWeather: error.invalidParams).</summary>
    public ImmutableArray<ImmutableArray<string>> Details { get; init; } = ImmutableArray<ImmutableArray<string>>.Empty;

    /// <summary>
    /// Whether the wording may begin with a code in brackets that can be decided on (Tencent Cloud: "(100004) …").
    /// </summary>
    public bool HasCodeInWording { get; init; }

    /// <summary>
    /// Names of members, anywhere at the top of a body, that tell success from failure by convention. A branch on
    /// one of them is taken for a check. For contracts that know no more of their bodies (`http`).
    /// </summary>
    public ImmutableArray<string> Telltales { get; init; } = ImmutableArray<string>.Empty;
}

/// <summary>The answers that a path of the API gives.</summary>
internal sealed class ContractPath
{
    /// <summary>
    /// A pattern over the absolute path: literal segments, `*` within a segment, `**` for any rest.
    /// </summary>
    public required string Pattern { get; init; }

    /// <summary>The error models that answer there; empty: all.</summary>
    public ImmutableArray<string> Models { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Whether the path alone, on an unknown host, tells the contract.</summary>
    public bool IsDistinctive { get; init; }

    /// <summary>The host pattern the rule is limited to; null for every host of the contract.</summary>
    public string? Host { get; init; }
}

/// <summary>How one API reports errors: its addresses and its finite list of outcomes.</summary>
internal sealed class ErrorContract
{
    /// <summary>The identifier used in options and files: "qweather".</summary>
    public required string Id { get; init; }

    /// <summary>The name used in messages: "QWeather".</summary>
    public required string Name { get; init; }

    /// <summary>Host patterns: "api.tomorrow.io" or "*.qweather.com" (any depth of subdomain).</summary>
    public ImmutableArray<string> Hosts { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Hosts that the patterns would cover and that are not the API.</summary>
    public ImmutableArray<string> ExcludedHosts { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Paths with their error models, first match wins.</summary>
    public ImmutableArray<ContractPath> Paths { get; init; } = ImmutableArray<ContractPath>.Empty;

    /// <summary>Request headers that only this API has.</summary>
    public ImmutableArray<string> Headers { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>
    /// Sets of member names; a body type that has all names of one set is an answer of this API.
    /// </summary>
    public ImmutableArray<ImmutableArray<string>> AnswerSignatures { get; init; } =
        ImmutableArray<ImmutableArray<string>>.Empty;

    /// <summary>The code in the body under HTTP 200; null where the HTTP status says everything.</summary>
    public BodyCode? BodyCode { get; init; }

    /// <summary>The members of an error body.</summary>
    public ErrorBody ErrorBody { get; init; } = new();

    /// <summary>
    /// Whether a failing body tells itself from a successful one, so that the raw text may be handed on without
    /// its status.
    /// </summary>
    public bool BodyTellsFailure { get; init; }

    /// <summary>The member that carries soft errors of a successful answer; empty where there is none.</summary>
    public ImmutableArray<string> SoftErrorMembers { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The response header that identifies a request in reports; null where there is none.</summary>
    public string? CorrelationHeader { get; init; }

    /// <summary>Fields that must be fresh in each request (nonce, timestamp).</summary>
    public ImmutableArray<string> FreshFields { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Whether the API demands that waits grow.</summary>
    public bool WaitsMustGrow { get; init; }

    /// <summary>Every outcome, by index.</summary>
    public required ImmutableArray<Outcome> Outcomes { get; init; }

    /// <summary>Outcomes that are told by an HTTP status other than 2xx.</summary>
    public OutcomeSet StatusFailures { get; private set; }

    /// <summary>Failing outcomes that are told by the body's code under a successful HTTP status.</summary>
    public OutcomeSet CodeFailures { get; private set; }

    /// <summary>Outcomes with data.</summary>
    public OutcomeSet Successes { get; private set; }

    /// <summary>
    /// Those of them that a program waits for: told by the code, or by HTTP 200. What answers 201, 202 or 206 instead is another
    /// kind of answer; all of them where there is no such.
    /// </summary>
    public OutcomeSet OrdinarySuccesses { get; private set; }

    /// <summary>Outcomes that succeeded without data.</summary>
    public OutcomeSet NoData { get; private set; }

    /// <summary>Outcomes that arrive as an answer (a response exists).</summary>
    public OutcomeSet Answers { get; private set; }

    /// <summary>Outcomes with advice <see cref="Advice.Redirect"/>.</summary>
    public OutcomeSet Redirects { get; private set; }

    /// <summary>The `other` outcomes and those without advice: alone they justify no report.</summary>
    public OutcomeSet WithoutAdvice { get; private set; }

    /// <summary>Whether this contract knows statuses that fail.</summary>
    public bool HasStatusFailures => !StatusFailures.IsEmpty;

    /// <summary>Computes the sets; called once when the contract is built.</summary>
    /// <returns>This contract.</returns>
    public ErrorContract Seal()
    {
        foreach (var outcome in Outcomes)
        {
            var i = outcome.Index;
            if (outcome.Kind is OutcomeKind.Answer or OutcomeKind.UnreadableBody)
            {
                Answers = Answers.With(i);
            }

            if (outcome.Kind == OutcomeKind.Answer)
            {
                if (outcome.Advice == Advice.Success)
                {
                    Successes = Successes.With(i);
                    if (outcome.Code is not null || outcome.Status is null or { Min: 200, Max: 200 })
                    {
                        OrdinarySuccesses = OrdinarySuccesses.With(i);
                    }
                }
                else if (outcome.Advice == Advice.NoData)
                {
                    NoData = NoData.With(i);
                }
                else if (outcome.IsInBody)
                {
                    CodeFailures = CodeFailures.With(i);
                }
                else
                {
                    StatusFailures = StatusFailures.With(i);
                }

                if (outcome.Advice == Advice.Redirect)
                {
                    Redirects = Redirects.With(i);
                }

                if (outcome.Advice == Advice.None)
                {
                    WithoutAdvice = WithoutAdvice.With(i);
                }
            }
        }

        OrdinarySuccesses = OrdinarySuccesses.IsEmpty ? Successes : OrdinarySuccesses;
        return this;
    }

    /// <summary>
    /// The outcomes that a request can have when the given error models answer it; empty models: all outcomes.
    /// </summary>
    /// <param name="models">Names of error models of this contract.</param>
    public OutcomeSet OutcomesOf(ImmutableArray<string> models)
    {
        var set = OutcomeSet.Empty;
        foreach (var outcome in Outcomes)
        {
            var included = models.IsDefaultOrEmpty || outcome.Models.IsDefaultOrEmpty;
            if (!included)
            {
                foreach (var model in outcome.Models)
                {
                    included |= models.Contains(model);
                }
            }

            if (included)
            {
                set = set.With(outcome.Index);
            }
        }

        return set;
    }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
