using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TencentCloudClient;

public sealed class Cvm(string secretId, string secretKey, string region) : IDisposable
{
    private const string Endpoint = "https://cvm.api.qcloud.com/v2/index.php";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose() => _http.Dispose();

    public async Task ListAsync()
    {
        var query = Sign("GET", "DescribeInstances", new() { ["limit"] = "20", ["offset"] = "0" });
        var json = await _http.GetStringAsync($"{Endpoint}?{query}");
        using var doc = JsonDocument.Parse(json);
        foreach (var vm in doc.RootElement.GetProperty("instanceSet").EnumerateArray()) // expect AEH1001
        {
            Console.WriteLine($"{vm.GetProperty("unInstanceId").GetString()} {vm.GetProperty("lanIp").GetString()}");
        }
    }

    public async Task<int> GetStateAsync(string id)
    {
        var query = Sign("GET", "DescribeInstances", new() { ["instanceIds.0"] = id });
        var root = JsonNode.Parse(await _http.GetStringAsync($"{Endpoint}?{query}"))!;
        var code = root["code"]!.GetValue<int>();
        if (code != 0)
        {
            throw new InvalidOperationException($"DescribeInstances: {code} {root["message"]}");
        }

        return root["instanceSet"]![0]!["status"]!.GetValue<int>();
    }

    public async Task<decimal> GetPriceAsync(string type)
    {
        var query = Sign("GET", "InquiryInstancePrice", new() { ["instanceType"] = type, ["period"] = "1" });
        var response = await _http.GetAsync($"{Endpoint}?{query}");
        var root = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Console.Error.WriteLine($"InquiryInstancePrice: code {root["code"]}, {root["message"]}");
        return root["price"]!.GetValue<decimal>() / 100; // expect AEH1001
    }

    public async Task<bool> RenameAsync(string id, string name)
    {
        var form = Sign("POST", "ModifyInstanceAttributes", new() { ["instanceId"] = id, ["instanceName"] = name });
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await _http.PostAsync(Endpoint, content);
        var answer = await response.Content.ReadFromJsonAsync<Answer>();
        return answer is { Code: 0 };
    }

    public async Task<string> CreateImageAsync(string id, string name)
    {
        var query = Sign("GET", "CreateImage", new() { ["instanceId"] = id, ["imageName"] = name });
        var answer = await _http.GetFromJsonAsync<ImageAnswer>($"{Endpoint}?{query}");
        return answer!.Code == 0
            ? answer.ImageId!
            : throw new InvalidOperationException($"CreateImage: {answer.Code} {answer.Message}");
    }

    public async Task RestartAsync(string[] ids)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            parameters[$"instanceIds.{i}"] = ids[i];
        }

        var query = Sign("GET", "RestartInstances", parameters);
        var answer = await _http.GetFromJsonAsync<RestartAnswer>($"{Endpoint}?{query}");
        if (answer!.Code is 4400 or 6200)
        {
            Console.Error.WriteLine("Too busy, try again later.");
            return;
        }

        Console.WriteLine($"{answer.Detail!.Count} machines are restarting."); // expect AEH1001
    }

    private string Sign(string method, string action, SortedDictionary<string, string> parameters)
    {
        parameters = new SortedDictionary<string, string>(parameters, StringComparer.Ordinal)
        {
            ["Action"] = action,
            ["Region"] = region,
            ["SecretId"] = secretId,
            ["Nonce"] = RandomNumberGenerator.GetInt32(1, int.MaxValue).ToString(CultureInfo.InvariantCulture),
            ["Timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        var text = string.Join('&', parameters.Select(p => $"{p.Key}={p.Value}"));
        var plain = Encoding.UTF8.GetBytes($"{method}{Endpoint["https://".Length..]}?{text}");
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(secretKey), plain);
        var query = string.Join('&', parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        return $"{query}&Signature={Uri.EscapeDataString(Convert.ToBase64String(hash))}";
    }

    private record Answer(int Code, string? Message);

    private record ImageAnswer(int Code, string? Message, [property: JsonPropertyName("imageId")] string? ImageId);

    private record RestartAnswer(int Code, string? Message, Dictionary<string, Answer>? Detail);
}
