// From: zxbmmmmmmmmm/QWeatherApi
// A library of contracts, each of which makes a request and reads its answer: an empty answer throws, the code is left to others.
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

public abstract class Contract<TReply>
    where TReply : class
{
    public abstract HttpRequestMessage Make(string place, string token);

    public async Task<TReply> Read(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (bytes is null || bytes.Length == 0)
        {
            throw new DecoderFallbackException("nothing to read");
        }

        if (JsonSerializer.Deserialize(Encoding.UTF8.GetString(bytes), typeof(TReply)) is not TReply reply)
        {
            throw new JsonException("null was read");
        }

        return reply;
    }
}

public class IndicesContract : Contract<IndicesReply>
{
    public override HttpRequestMessage Make(string place, string token) =>
        new(HttpMethod.Get, "https://devapi.qweather.com/v7/indices/1d?type=1&location=" + place + "&key=" + token);
}

public class ContractRunner
{
    public async Task<string> FirstAdvice(string place, string token)
    {
        var contract = new IndicesContract();
        using var client = new HttpClient();
        using var response = await client.SendAsync(contract.Make(place, token));
        var reply = await contract.Read(response);
        var first = reply.Daily[0].Text;
        Probe.Data(first);
        return first;
    }
}

public class IndicesReply
{
    [JsonPropertyName("code")]
    public string Code { get; set; }

    [JsonPropertyName("daily")]
    public List<IndexOfDay> Daily { get; set; }
}

public class IndexOfDay
{
    [JsonPropertyName("text")]
    public string Text { get; set; }
}
