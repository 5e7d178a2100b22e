// A price feed that keeps one message and sends it in every round of a do loop; the second round cannot work, for a message is used up.
using System.Net.Http.Json;

public class PriceFeed(HttpClient http)
{
    public async Task<decimal> Price(string symbol)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.org/prices/" + symbol);
        var round = 0;
        HttpResponseMessage answer;
        do
        {
            answer = await http.SendAsync(message);
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(250 << round);
            }
            else
            {
                break;
            }
        }
        while (++round < 3);

        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException("no price: " + (int)answer.StatusCode);
        }

        var quote = await answer.Content.ReadFromJsonAsync<Quote>();
        Probe.Data(quote.Last);
        return quote.Last;
    }
}

public class Quote
{
    public decimal Last { get; set; }
}
