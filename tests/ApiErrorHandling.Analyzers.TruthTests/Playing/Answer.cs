using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ApiErrorHandling.Analyzers.Contracts;

namespace ApiErrorHandling.Analyzers.TruthTests.Playing;

/// <summary>What comes back for a request: one way in which an outcome of a contract shows itself.</summary>
internal sealed record Answer
{
    /// <summary>The contract whose outcome it is.</summary>
    public required ErrorContract Contract { get; init; }

    /// <summary>The outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The HTTP status; meaningless where no answer comes.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The body; null for none.</summary>
    public string? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>Headers beside those of the body.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>
    /// Whether no API answers like that: a failure with data, a success without, an empty body. Only with such answers a
    /// program goes on after a use of data that it should not have made, and into branches for what should not happen, so that
    /// what lies there is seen, too.
    /// </summary>
    public bool IsOdd { get; init; }

    /// <summary>The response.</summary>
    /// <param name="request">What it answers.</param>
    /// <exception cref="HttpRequestException">The outcome is a failing connection.</exception>
    /// <exception cref="TaskCanceledException">The outcome is a time-out.</exception>
    public HttpResponseMessage ToResponse(HttpRequestMessage request)
    {
        switch (Outcome.Kind)
        {
            case OutcomeKind.TransportFailure:
                throw new HttpRequestException(
                    HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused));
            case OutcomeKind.Timeout:
                throw new TaskCanceledException("The request was canceled due to the timeout.", new TimeoutException());
        }

        var response = new HttpResponseMessage((HttpStatusCode)Status) { RequestMessage = request };
        foreach (var (name, value) in Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        // no answer to a HEAD request has a body
        if (Body is not null && request.Method != HttpMethod.Head)
        {
            response.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body))
            {
                Headers = { ContentType = MediaTypeHeaderValue.Parse(ContentType + "; charset=utf-8") },
            };
        }

        return response;
    }

    /// <inheritdoc/>
    public override string ToString() => IsOdd ? Outcome.Id + " (odd)" : Outcome.Id;
}
