// From: btcpayserver/btcpayserver
// A hook sender that walks a list of waits as long as its result object says that another delivery makes sense.
// Body: {"number":"n1"}
using System.Net.Http.Json;

public class HookSender(HttpClient http)
{
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10)];

    public async Task<string> Deliver(string happening, bool automatic, CancellationToken cancel)
    {
        try
        {
            var result = await Once(happening, cancel);
            if (automatic && result.ShouldRetry)
            {
                foreach (var wait in Waits)
                {
                    await Task.Delay(wait, cancel);
                    result = await Once(happening, cancel);
                    if (!result.ShouldRetry)
                    {
                        return result.Receipt;
                    }
                }
            }

            return result.Receipt;
        }
        catch when (cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<Delivery> Once(string happening, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage { RequestUri = new Uri("https://api.example.org/hooks"), Method = HttpMethod.Post };
        message.Content = JsonContent.Create(new { happening });
        try
        {
            using var answer = await http.SendAsync(message, cancel);
            if (!answer.IsSuccessStatusCode)
            {
                return new Delivery(null, "HTTP " + (int)answer.StatusCode, true);
            }

            var receipt = await answer.Content.ReadFromJsonAsync<HookReceipt>(cancel);
            Probe.Data(receipt.Number);
            return new Delivery(receipt.Number, null, false);
        }
        catch (Exception problem) when (!cancel.IsCancellationRequested)
        {
            return new Delivery(null, problem.Message, true);
        }
    }
}

public record Delivery(string Receipt, string Error, bool ShouldRetry);

public class HookReceipt
{
    public string Number { get; set; }
}
