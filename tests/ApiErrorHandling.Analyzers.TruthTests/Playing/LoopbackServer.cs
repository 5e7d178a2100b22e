using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ApiErrorHandling.Analyzers.TruthTests.Running;

namespace ApiErrorHandling.Analyzers.TruthTests.Playing;

/// <summary>
/// The player behind a socket, for the clients of .NET that take no message handler: they are told that it is their proxy.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Player _player;

    private LoopbackServer(Player player)
    {
        _player = player;
        _listener.Start();
        new Thread(Serve) { IsBackground = true, Name = nameof(LoopbackServer) }.Start();
    }

    /// <summary>Sends a request to the player of the program that runs here.</summary>
    public static WebRequest Redirect(WebRequest request)
    {
        request.Proxy = ServerOf(RunLog.Current).Proxy;
        return request;
    }

    /// <summary>Sends the requests of a client to the player of the program that runs here.</summary>
    public static T Redirect<T>(T client)
        where T : WebClient
    {
        client.Proxy = ServerOf(RunLog.Current).Proxy;
        return client;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static LoopbackServer ServerOf(RunLog log) => log.Server ??= new LoopbackServer(log.Player);

    private WebProxy Proxy => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = _listener.AcceptTcpClient();
                Answer(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // the run is over
        }
    }

    private void Answer(TcpClient client)
    {
        try
        {
            using var stream = client.GetStream();
            if (ReadRequest(stream) is not var (request, content)
                || _player.Play(request, content) is not { } response)
            {
                return;
            }

            var body = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
            var head = new StringBuilder($"HTTP/1.1 {(int)response.StatusCode} {response.ReasonPhrase}\r\n");
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
            {
                if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                {
                    head.Append($"{name}: {string.Join(", ", values)}\r\n");
                }
            }

            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n");
            stream.Write(Encoding.ASCII.GetBytes(head.ToString()));
            stream.Write(body);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            // a failing connection: the socket is closed without an answer
            client.Client.Close(timeout: 0);
        }
    }

    private static (HttpRequestMessage, string?)? ReadRequest(Stream stream)
    {
        if (ReadLine(stream)?.Split(' ') is not [var method, var target, _])
        {
            return null;
        }

        var request = new HttpRequestMessage(new HttpMethod(method), target);
        var length = 0;
        var fields = new List<(string Name, string Value)>();
        while (ReadLine(stream) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            fields.Add((line[..colon], line[(colon + 1)..].Trim()));
        }

        foreach (var (name, value) in fields)
        {
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(value, CultureInfo.InvariantCulture);
            }
            else if (name.Equals("Expect", StringComparison.OrdinalIgnoreCase))
            {
                stream.Write("HTTP/1.1 100 Continue\r\n\r\n"u8);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (length == 0)
        {
            return (request, null);
        }

        var content = new byte[length];
        stream.ReadExactly(content);
        var text = Encoding.UTF8.GetString(content);
        request.Content = new StringContent(text);
        return (request, text);
    }

    private static string? ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        for (var b = stream.ReadByte(); b != '\n'; b = stream.ReadByte())
        {
            if (b < 0)
            {
                return null;
            }

            if (b != '\r')
            {
                line.Append((char)b);
            }
        }

        return line.ToString();
    }
}
