// From: jellyfin/jellyfin
// A programme guide: a refusal or the code of an expired token makes one more attempt with a fresh token, the rest is thrown with its status.
// Body: {"token":"abc","programs":[{"programID":"EP1"}]}
using System.Text.Json;

public class ProgrammeGuide(HttpClient http)
{
    private string _token;

    public async Task<string> FirstProgramme(string station, CancellationToken cancellation)
    {
        _token ??= await Token(cancellation);
        var page = await Request("https://guide.example.org/schedules?station=" + station, true, cancellation);
        var id = page.GetProperty("programs")[0].GetProperty("programID").GetString();
        Probe.Data(id);
        return id;
    }

    private async Task<string> Token(CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "https://guide.example.org/token");
        message.Content = new StringContent("{\"username\":\"me\"}");
        using var response = await http.SendAsync(message, cancellation).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
        var token = document.RootElement.GetProperty("token").GetString();
        Probe.Data(token);
        return token;
    }

    private async Task<JsonElement> Request(string address, bool mayRetry, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        message.Headers.TryAddWithoutValidation("token", _token);
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        var body = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return JsonDocument.Parse(body).RootElement;
        }

        int? code = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.TryGetProperty("code", out var number) && number.TryGetInt32(out var parsed))
            {
                code = parsed;
            }
        }
        catch (JsonException)
        {
            Console.WriteLine("The failure is not explained.");
        }

        if (mayRetry && (int)response.StatusCode < 500 && (code == 4006 || (response.StatusCode == HttpStatusCode.Forbidden && code is null)))
        {
            _token = await Token(cancellation);
            return await Request(address, false, cancellation);
        }

        throw new HttpRequestException("The guide failed: " + response.ReasonPhrase, null, response.StatusCode);
    }
}
