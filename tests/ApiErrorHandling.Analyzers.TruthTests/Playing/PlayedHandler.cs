using ApiErrorHandling.Analyzers.TruthTests.Running;

namespace ApiErrorHandling.Analyzers.TruthTests.Playing;

/// <summary>
/// Takes the place of the network: hands each request to the player of the program that runs at that moment, since clients
/// outlive runs in static fields.
/// </summary>
internal sealed class PlayedHandler : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content = request.Content is { } body ? Read(body.ReadAsStream(cancellationToken)) : null;
        return RunLog.Current.Player.Play(request, content) ?? throw new RunEndedException();
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content = request.Content is { } body ? Read(await body.ReadAsStreamAsync(cancellationToken)) : null;
        var log = RunLog.Current;
        return log.Player.Play(request, content) ?? await log.Park<HttpResponseMessage>();
    }

    // A stream that cannot go back is used up by being sent, as on the wire.
    private static string Read(Stream content)
    {
        using var reader = new StreamReader(content, leaveOpen: true);
        var text = reader.ReadToEnd();
        if (content.CanSeek)
        {
            content.Position = 0;
        }

        return text;
    }
}
