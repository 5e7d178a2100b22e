// From: Tyrrrz/DiscordChatExporter
// An exporter of chats with two ways to read: one throws by a switch on the status, the other says null for any failure.
using System.Net.Http.Headers;
using System.Text.Json;

public class ChannelExporter(HttpClient http, string token)
{
    public async Task<string> Title(string channel, CancellationToken cancellation)
    {
        var root = await Need($"channels/{channel}", cancellation);
        var parent = await Want($"channels/{root.GetProperty("parent_id").GetString()}", cancellation);
        var name = root.GetProperty("name").GetString();
        Probe.Data(name);
        if (parent is { } category)
        {
            var above = category.GetProperty("name").GetString();
            Probe.Data(above);
            return above + " / " + name;
        }

        return name;
    }

    private async ValueTask<HttpResponseMessage> Get(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri("https://chat.example.org/api/v10/"), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bot", token);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private async ValueTask<JsonElement> Need(string path, CancellationToken cancellation)
    {
        using var response = await Get(path, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw response.StatusCode switch
            {
                HttpStatusCode.Unauthorized => new ExportException("The token does not work.", true),
                HttpStatusCode.Forbidden => new ExportException($"Not allowed to read {path}."),
                HttpStatusCode.NotFound => new ExportException($"There is no {path}."),
                _ => new ExportException($"{path}: {response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellation)}", true),
            };
        }

        return await Parse(response, cancellation);
    }

    private async ValueTask<JsonElement?> Want(string path, CancellationToken cancellation)
    {
        using var response = await Get(path, cancellation);
        return response.IsSuccessStatusCode ? await Parse(response, cancellation) : null;
    }

    private static async Task<JsonElement> Parse(HttpResponseMessage response, CancellationToken cancellation)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
        return document.RootElement.Clone();
    }
}

public class ExportException(string message, bool isFatal = false) : Exception(message)
{
    public bool IsFatal { get; } = isFatal;
}
