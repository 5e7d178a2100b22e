// A client with a handler below it that sends transient failures again up to three times with growing waits; its caller checks nothing.
using System.Net.Http.Json;

public class PatientHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        HttpResponseMessage answer = null;
        for (var round = 0; round < 3; round++)
        {
            answer = await base.SendAsync(request, cancel);
            if ((int)answer.StatusCode < 500 && answer.StatusCode != HttpStatusCode.RequestTimeout)
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromSeconds(1 << round), cancel);
        }

        return answer;
    }
}

public class StockClient
{
    private readonly HttpClient _http = new(new PatientHandler(new HttpClientHandler()));

    public async Task<int> Pieces(string article)
    {
        var answer = await _http.GetAsync("https://api.example.org/stock/" + article);
        var stock = await answer.Content.ReadFromJsonAsync<Stock>();
        Probe.Data(stock.Pieces);
        return stock.Pieces;
    }
}

public class Stock
{
    public int Pieces { get; set; }
}
