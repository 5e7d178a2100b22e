// From: TelegramBots/Telegram.Bot
// A bot library: only 200 holds a result; all else has an error body, and a throttling one may say in the body how long to wait.
// Body: {"ok":true,"result":{"id":7,"name":"b"}}
using System.Net.Http.Json;

public class BotLibrary(HttpClient http)
{
    private const int MostSeconds = 60;
    private const int MostTries = 3;

    public async Task<string> Me(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var message = new HttpRequestMessage(HttpMethod.Post, "https://api.example.org/bot/getMe");
            HttpResponseMessage answer;
            try
            {
                answer = await http.SendAsync(message, cancel).ConfigureAwait(false);
            }
            catch (TaskCanceledException late)
            {
                if (cancel.IsCancellationRequested)
                {
                    throw;
                }

                throw new BotException("no answer in time", late);
            }
            catch (Exception other)
            {
                throw new BotException("no answer at all", other);
            }

            using (answer)
            {
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    var good = await Read(answer, b => b.Ok && b.Result != null, cancel);
                    Probe.Data(good.Result.Name);
                    return good.Result.Name;
                }

                var bad = await Read(answer, b => b.ErrorCode != 0, cancel);
                if (bad.ErrorCode != 429 || attempt >= MostTries || !(bad.Parameters?.RetryAfter <= MostSeconds))
                {
                    throw new BotException("refused with " + bad.ErrorCode, null);
                }

                await Task.Delay(bad.Parameters.RetryAfter.Value * 1000, cancel);
            }
        }
    }

    private static async Task<BotBody> Read(HttpResponseMessage answer, Func<BotBody, bool> isRight, CancellationToken cancel)
    {
        BotBody body;
        try
        {
            body = await answer.Content.ReadFromJsonAsync<BotBody>(cancel);
        }
        catch (Exception problem)
        {
            throw new BotException("not readable", problem);
        }

        return body is not null && isRight(body) ? body : throw new BotException("not what was awaited", null);
    }
}

public class BotBody
{
    public bool Ok { get; set; }
    public BotUser Result { get; set; }
    public int ErrorCode { get; set; }
    public BotParameters Parameters { get; set; }
}

public class BotUser
{
    public string Name { get; set; }
}

public class BotParameters
{
    public int? RetryAfter { get; set; }
}

public class BotException(string what, Exception inner) : Exception(what, inner)
{
}
