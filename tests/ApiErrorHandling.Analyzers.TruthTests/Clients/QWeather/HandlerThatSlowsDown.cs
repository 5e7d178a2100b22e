// A fleet of weather stations behind a message handler that waits for a throttled status and sends again; a throttled code passes as data.
using System.Net.Http.Json;

public class SlowDownHandler : DelegatingHandler
{
    public SlowDownHandler()
        : base(new HttpClientHandler())
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
    {
        var response = await base.SendAsync(request, token);
        for (var attempt = 0; attempt < 3 && response.StatusCode == HttpStatusCode.TooManyRequests; attempt++)
        {
            response.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(4 << attempt), token);
            response = await base.SendAsync(request, token);
        }

        return response;
    }
}

public class StationFleet
{
    private readonly HttpClient _http = new(new SlowDownHandler());

    public async Task<string> Pressure(string station, string key)
    {
        using var response = await _http.GetAsync($"https://devapi.qweather.com/v7/weather/now?location={station}&key={key}");
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        var reply = await response.Content.ReadFromJsonAsync<PressureReply>();
        if (reply.Code == "401" || reply.Code == "402")
        {
            throw new UnauthorizedAccessException(reply.Code);
        }

        Probe.Data(reply.Now.Pressure);
        return reply.Now.Pressure;
    }
}

public class PressureReply
{
    public string Code { get; set; }
    public PressureNow Now { get; set; }
}

public class PressureNow
{
    public string Pressure { get; set; }
}
