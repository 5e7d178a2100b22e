// From: hanmin0822/MisakaTranslator
// A translator for games: it parses the body before it looks at the status, and takes the error text from the same object.
using System.Text.Json;

public class GameTranslator
{
    private static readonly HttpClient Client = new();
    private string _error;

    public async Task<string> Translate(string sentence, string language)
    {
        if (sentence == "" || language == "")
        {
            _error = "Parameter missing";
            return null;
        }

        HttpResponseMessage reply;
        var request = new HttpRequestMessage(HttpMethod.Post, "https://translate.example.org/v3/translate");
        try
        {
            request.Content = new StringContent(JsonSerializer.Serialize(new { text = new[] { sentence }, target = language }));
            reply = await Client.SendAsync(request);
        }
        catch (HttpRequestException e)
        {
            _error = e.Message;
            return null;
        }
        catch (TaskCanceledException e)
        {
            _error = e.Message;
            return null;
        }
        finally
        {
            request.Dispose();
        }

        var text = await reply.Content.ReadAsStringAsync();
        var result = JsonSerializer.Deserialize<TranslationResult>(text, JsonSerializerOptions.Web);
        if (!reply.IsSuccessStatusCode)
        {
            _error = result.Error;
            return null;
        }

        var translation = result.Translations[0].Translation;
        Probe.Data(translation);
        return translation;
    }

    public string LastError() => _error;
}

public class TranslationResult
{
    public string Error { get; set; }
    public List<TranslatedSentence> Translations { get; set; }
}

public class TranslatedSentence
{
    public string Translation { get; set; }
}
