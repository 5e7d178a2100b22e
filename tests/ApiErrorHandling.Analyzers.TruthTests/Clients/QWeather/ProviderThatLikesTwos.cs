// From: zxbmmmmmmmmm/SkylineWeather
// A provider that lets every code pass that begins with a two, or is missing; refused keys open a dialog before the exception.
using System.Text.Json;

public abstract class ReplyBase
{
    public string Code { get; set; }
}

public class WarningReply : ReplyBase
{
    public List<WarningItem> Warning { get; set; }
}

public class WarningItem
{
    public string Title { get; set; }
}

public class HttpReplyException(string message, HttpStatusCode status) : Exception(message)
{
    public HttpStatusCode Status => status;
}

public class SkyProvider
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };
    private readonly HttpClient _http = new();

    public int DialogsOpened { get; private set; }

    public async Task<List<string>> Warnings(string lon, string lat, string key)
    {
        var reply = await Request<WarningReply>($"https://devapi.qweather.com/v7/warning/now?location={lon},{lat}&key={key}");
        return reply.Warning?.ConvertAll(w =>
        {
            Probe.Data(w.Title);
            return w.Title;
        });
    }

    private async Task<TReply> Request<TReply>(string address)
        where TReply : ReplyBase
    {
        var message = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Get, address));
        var reply = JsonSerializer.Deserialize<TReply>(await message.Content.ReadAsStringAsync(), Options);
        if (reply.Code is not null && !reply.Code.StartsWith("2"))
        {
            if (reply.Code is "401" or "402" or "403")
            {
                DialogsOpened++;
            }

            throw new HttpReplyException("code " + reply.Code, (HttpStatusCode)Enum.Parse(typeof(HttpStatusCode), reply.Code));
        }

        return reply;
    }
}
