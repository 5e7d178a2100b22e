// From: SubtitleEdit/subtitleedit
// A speech tool that makes each attempt anew and waits as long as asked, by seconds or by date, but never longer than half a minute.
using System.Text;
using System.Text.Json;

public class SpeechService(HttpClient http)
{
    private const int Attempts = 4;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task<(bool Done, string Error)> Speak(string text, string key, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "https://api.example.org/v1/speech");
            message.Content = new StringContent(JsonSerializer.Serialize(new { text }), Encoding.UTF8, "application/json");
            message.Headers.TryAddWithoutValidation("x-key", key);
            using var answer = await http.SendAsync(message, cancel);
            if (answer.IsSuccessStatusCode)
            {
                var sound = await answer.Content.ReadAsByteArrayAsync(cancel);
                Probe.Data(sound.Length);
                return (true, "");
            }

            var complaint = await answer.Content.ReadAsStringAsync(cancel);
            var again = answer.StatusCode == HttpStatusCode.TooManyRequests || (int)answer.StatusCode >= 500;
            if (again && attempt < Attempts)
            {
                await Task.Delay(Pause(answer, attempt), cancel);
                continue;
            }

            var error = answer.StatusCode == HttpStatusCode.TooManyRequests
                ? "still throttled after " + Attempts + " attempts"
                : "status " + (int)answer.StatusCode + ": " + complaint;
            return (false, error);
        }
    }

    private static TimeSpan Pause(HttpResponseMessage answer, int attempt)
    {
        var asked = answer.Headers.RetryAfter;
        if (asked?.Delta is { } seconds && seconds > TimeSpan.Zero)
        {
            return seconds <= Longest ? seconds : Longest;
        }

        if (asked?.Date is { } date)
        {
            var left = date - DateTimeOffset.UtcNow;
            if (left > TimeSpan.Zero)
            {
                return left <= Longest ? left : Longest;
            }
        }

        return TimeSpan.FromSeconds(Math.Pow(2, attempt));
    }
}
