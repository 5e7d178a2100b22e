using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>
/// How the code in a body is found, whatever parser and style: each right program checks it, each wrong one uses data
/// without a check.
/// </summary>
public class JsonRecognitionTests
{
    [Theory]
    [InlineData("""
        using var document = await JsonDocument.ParseAsync(await client.GetStreamAsync(Url));
        if (!document.RootElement.GetProperty("code").ValueEquals("200")) return null;
        return document.RootElement.GetProperty("now").GetProperty("temp").GetString();
        """)]
    [InlineData("""
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        return root.TryGetProperty("code", out var code) && code.GetString() == "200"
            && root.TryGetProperty("now", out var now)
                ? now.GetProperty("temp").GetString()
                : null;
        """)]
    [InlineData("""
        var root = JsonDocument.Parse(text).RootElement.Clone();
        var code = root.GetProperty("code").GetString();
        if (code != "200") throw new InvalidOperationException(code);
        foreach (var day in root.GetProperty("daily").EnumerateArray()) Console.WriteLine(day.GetProperty("temp"));
        return null;
        """)]
    [InlineData("""
        var root = JsonSerializer.Deserialize<JsonElement>(text);
        if (int.Parse(root.GetProperty("code").GetString()) != 200) return null;
        return root.GetProperty("now").GetProperty("temp").ToString();
        """)]
    [InlineData("""
        var root = await client.GetFromJsonAsync<JsonElement>(Url);
        if (root.GetProperty("code").ToString() is not "200") return null;
        return root.GetProperty("now").GetProperty("temp").GetRawText();
        """)]
    [InlineData("""
        var node = JsonNode.Parse(text)!;
        if ((string)node["code"] != "200") return null;
        return (string)node["now"]!["temp"];
        """)]
    [InlineData("""
        var node = JsonNode.Parse(text);
        if (node?["code"]?.GetValue<string>() == "200")
        {
            return node["now"]["temp"].ToString();
        }

        return null;
        """)]
    [InlineData("""
        var node = JsonNode.Parse(text).AsObject();
        if (!node.TryGetPropertyValue("code", out var code) || code.ToString() != "200") return null;
        return node["now"]["temp"].GetValue<string>();
        """)]
    [InlineData("""
        var node = JsonSerializer.Deserialize<JsonObject>(text);
        if (node["code"]?.ToString() is "200" or "204") return node["now"]?["temp"]?.ToString();
        return null;
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (!json.TryGetValue("code", out var code) || code.ToString() != "200") return null;
        return json["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (json.GetValue("code").Value<string>() != "200") return null;
        return json["now"].Value<string>("temp");
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if ((int)json["code"] != 200) return null;
        return json.SelectToken("now.temp").ToString();
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (json.SelectToken("$.code")?.ToObject<int>() != 200) return null;
        return json.SelectToken("$.now.temp").ToString();
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (((JValue)json["code"]).Value as string != "200") return null;
        return json["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (json.Property("code").Value.ToString() != "200") return null;
        return json["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var json = JToken.Parse(text);
        switch (json.Value<int>("code"))
        {
            case 200: return json["now"]["temp"].ToString();
            case 204: return "";
            default: throw new InvalidOperationException();
        }
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        var ok = json["code"] is { } code && code.ToString() == "200";
        return ok ? json["now"]["temp"].ToString() : null;
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (json["code"]?.Value<string>() is string code && code == "200") return json["now"]["temp"].ToString();
        return null;
        """)]
    [InlineData("""
        dynamic json = JsonConvert.DeserializeObject(text);
        if (json.code != "200") return null;
        return json.now.temp;
        """)]
    [InlineData("""
        dynamic json = JObject.Parse(text);
        if ((string)json.code == "200") return (string)json.now.temp;
        return null;
        """)]
    [InlineData("""
        dynamic json = JObject.Parse(text);
        string code = json.code;
        if (code.Equals("200")) return (string)json.now.temp;
        return null;
        """)]
    [InlineData("""
        dynamic json = JsonConvert.DeserializeObject<ExpandoObject>(text);
        if (json.code.ToString() != "200") return null;
        return json.now.temp;
        """)]
    [InlineData("""
        dynamic json = JsonConvert.DeserializeObject<dynamic>(text);
        if (Convert.ToInt32(json["code"]) != 200) return null;
        return json["now"]["temp"];
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeAnonymousType(text, new { code = "", now = new { temp = "" } });
        if (answer.code != "200") return null;
        return answer.now.temp;
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeObject<Dictionary<string, object>>(text);
        if (answer["code"].ToString() != "200") return null;
        return ((JObject)answer["now"])["temp"].ToString();
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text);
        if (!answer.TryGetValue("code", out var code) || code.GetString() != "200") return null;
        return answer["now"].GetProperty("temp").GetString();
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeObject<IDictionary<string, JToken>>(text);
        if (!answer.ContainsKey("code") || (string)answer["code"] != "200") return null;
        return (string)answer["now"]["temp"];
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Attributed>(text);
        if (answer.Result != "200") return null;
        return answer.Current.Temp;
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeObject<Named>(text);
        if (answer.ReturnCode != 200) return null;
        return answer.Current.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Positional>(text);
        return answer is { Result: "200" } ? answer.Current.Temp : null;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Positional>(text);
        if (answer is ("200", var current)) return current.Temp;
        return null;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Struct>(text);
        if (answer.code != 200) return null;
        return answer.now.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Weather>(text, new JsonSerializerOptions { PropertyNameCaseInsensitive = true });
        if (answer!.Code != "200") return null;
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var answer = (Weather)JsonSerializer.Deserialize(text, typeof(Weather), Web);
        if (answer.Code != "200") return null;
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeObject(text, typeof(Weather)) as Weather;
        if (answer?.Code != "200") return null;
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize(text, info);
        if (answer.Code != "200") return null;
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Loose>(text);
        if (answer.Rest["code"].GetString() != "200") return null;
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Coded>(text, Web);
        if (answer.Code != QWeatherCode.Ok) return null;
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeObject<Coded>(text);
        if (answer.Code is QWeatherCode.Ok) return answer.Now.Temp;
        return null;
        """)]
    [InlineData("""
        using var reader = new JsonTextReader(new StreamReader(await client.GetStreamAsync(Url)));
        var answer = new Newtonsoft.Json.JsonSerializer().Deserialize<Weather>(reader);
        if (answer.Code != "200") return null;
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var json = JObject.Load(new JsonTextReader(new StringReader(text)));
        if ((string)json["code"] != "200") return null;
        return (string)json["now"]["temp"];
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if ((string)json["code"] != "200") return null;
        var now = json["now"].ToObject<Now>();
        return now.Temp;
        """)]
    [InlineData("""
        var answer = JObject.Parse(text).ToObject<Weather>();
        if (answer.Code != "200") return null;
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var root = JsonDocument.Parse(text).RootElement;
        var answer = root.Deserialize<Weather>(Web);
        if (answer.Code != "200") return null;
        return answer.Now.Temp;
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if ((string)json["code"] != "200") return null;
        return string.Join(",", json["daily"].Select(d => (string)d["temp"]));
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if ((string)json["code"] != "200") return null;
        foreach (JObject day in (JArray)json["daily"]) Console.WriteLine(day["temp"]);
        return null;
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (json.Count == 0 || !"200".Equals(json["code"]?.ToString())) return null;
        return json["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (!JToken.DeepEquals(json["code"], "200")) return null;
        return json["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var xml = JsonConvert.DeserializeXNode(text, "root");
        return xml.Root.Element("now").Value;
        """)]
    [InlineData("""
        using var document = JsonDocument.Parse(text);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.NameEquals("code") && member.Value.GetString() != "200") return null;
        }

        return document.RootElement.GetProperty("now").GetProperty("temp").GetString();
        """)]
    [InlineData("""
        return First(Encoding.UTF8.GetBytes(text));

        static string First(byte[] bytes)
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String) return reader.GetString();
            }

            return null;
        }
        """)]
    [InlineData("""
        var root = JsonDocument.Parse(text).RootElement;
        if (root.ValueKind != JsonValueKind.Object) return null;
        if (root.GetProperty("code").GetString() != "200") return null;
        return root.GetProperty("now").GetProperty("temp").GetString();
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (!json.HasValues || json.Type != JTokenType.Object) return null;
        if ((string)json["code"] != "200") return null;
        return (string)json["now"]["temp"];
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text);
        if (answer.Count == 0 || !answer.Keys.Contains("code")) return null;
        if (answer.GetValueOrDefault("code").GetString() != "200") return null;
        return answer["now"].GetProperty("temp").GetString();
        """)]
    [InlineData("""
        if (JToken.Parse(text) is not JObject json) return null;
        if (json.Value<string>("code") != "200") return null;
        return (string)json["now"]["temp"];
        """)]
    [InlineData("""
        if (JsonNode.Parse(text) is JsonObject json && json["code"]?.GetValue<string>() == "200")
        {
            return json["now"]["temp"].GetValue<string>();
        }

        return null;
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (!json.Properties().Any(p => p.Name == "code" && (string)p.Value == "200")) return null;
        return (string)json["now"]["temp"];
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (!json.TryGetValue("Code", StringComparison.OrdinalIgnoreCase, out var code) || (int)code != 200) return null;
        return (string)json["now"]["temp"];
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (json["code"].Type == JTokenType.Integer ? (int)json["code"] != 200 : (string)json["code"] != "200") return null;
        return (string)json["now"]["temp"];
        """)]
    public Task Sees_the_check(string body) => Check(body);

    [Theory]
    [InlineData("""
        using var document = await JsonDocument.ParseAsync(await client.GetStreamAsync(Url));
        foreach (var day in {|AEH1001:document.RootElement.GetProperty("daily")|}.EnumerateArray()) Console.WriteLine(day);
        return null;
        """)]
    [InlineData("""
        var root = JsonDocument.Parse(text).RootElement;
        if ({|AEH1001:root.TryGetProperty("now", out var now)|}) return now.GetProperty("temp").GetString();
        return null;
        """)]
    [InlineData("""
        var root = await client.GetFromJsonAsync<JsonElement>(Url);
        return {|AEH1001:root.GetProperty("now")|}.GetProperty("temp").GetString();
        """)]
    [InlineData("""
        var days = {|AEH1001:JsonNode.Parse(text)["daily"]|}.AsArray();
        foreach (var day in days) Console.WriteLine((string)day["temp"]);
        return null;
        """)]
    [InlineData("""
        var node = JsonSerializer.Deserialize<JsonObject>(text);
        Console.WriteLine(node["code"]);
        return (string){|AEH1001:node["now"]|}["temp"];
        """)]
    [InlineData("""
        var now = {|AEH1001:JObject.Parse(text).Value<JObject>("now")|};
        return (string)now["temp"];
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        return (string){|AEH1001:json.SelectToken("daily[0].temp")|};
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        foreach (JObject day in (JArray){|AEH1001:json["daily"]|}) Console.WriteLine(day["temp"]);
        return null;
        """)]
    [InlineData("""
        dynamic json = JObject.Parse(text);
        string temp = {|AEH1001:json.now|}.temp;
        return temp;
        """)]
    [InlineData("""
        dynamic json = JsonConvert.DeserializeObject<ExpandoObject>(text);
        return {|AEH1001:json.now|}.temp;
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeAnonymousType(text, new { code = "", now = new { temp = "" } });
        return {|AEH1001:answer.now|}.temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text);
        return {|AEH1001:answer["now"]|}.GetProperty("temp").GetString();
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Attributed>(text);
        return {|AEH1001:answer.Current|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeObject<Named>(text);
        return {|AEH1001:answer.Current|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Positional>(text);
        return {|AEH1001:answer.Current|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Struct>(text);
        return {|AEH1001:answer.now|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Weather>(text, Web);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = (Weather)JsonSerializer.Deserialize(text, typeof(Weather), Web);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeObject(text, typeof(Weather)) as Weather;
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize(text, info);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeObject<Coded>(text);
        if (answer.Code == QWeatherCode.BadKey) return null;
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        using var reader = new JsonTextReader(new StreamReader(await client.GetStreamAsync(Url)));
        var answer = new Newtonsoft.Json.JsonSerializer().Deserialize<Weather>(reader);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var now = {|AEH1001:JObject.Parse(text)["now"]|}.ToObject<Now>();
        return now.Temp;
        """)]
    [InlineData("""
        var answer = JObject.Parse(text).ToObject<Weather>();
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonDocument.Parse(text).RootElement.Deserialize<Weather>(Web);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonConvert.DeserializeObject<Derived>(text);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Weather>(Encoding.UTF8.GetBytes(text), Web);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var bytes = Encoding.UTF8.GetBytes(text);
        var answer = JsonSerializer.Deserialize<Weather>(bytes.AsSpan(), Web);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        return {|AEH1001:document.RootElement.GetProperty("now")|}.GetProperty("temp").GetString();
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Weather>(text.Trim().Replace("\n", ""), Web);
        return {|AEH1001:answer.Now|}.Temp;
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if ({|AEH1001:json["now"]|} == null) return null;
        return (string)json["now"]["temp"];
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if ({|AEH1001:json.ContainsKey("now")|}) return (string)json["now"]["temp"];
        return null;
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if ((string){|AEH1001:json["now"]|}["code"] != "100") return null;
        return (string)json["now"]["temp"];
        """)]
    [InlineData("""
        var answer = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text);
        if ({|AEH1001:answer.TryGetValue("now", out var now)|}) return now.GetProperty("temp").GetString();
        return null;
        """)]
    [InlineData("""
        var root = JsonDocument.Parse(text).RootElement;
        if (root.ValueKind != JsonValueKind.Object) return null;
        return {|AEH1001:root.GetProperty("now")|}.GetProperty("temp").GetString();
        """)]
    [InlineData("""
        var json = JObject.Parse(text);
        if (json.Count == 0) return null;
        return (string){|AEH1001:json.Property("now")|}.Value["temp"];
        """)]
    public Task Sees_the_use(string body) => Check(body);

    private static Task Check(string body) => Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
        using System.Dynamic;
        using System.Net.Http.Json;
        using System.Runtime.Serialization;
        using System.Text;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using Newtonsoft.Json;
        using Newtonsoft.Json.Linq;
        using JsonSerializer = System.Text.Json.JsonSerializer;

        class Weather { public string Code { get; set; } public Now Now { get; set; } }
        class Now { public string Temp { get; set; } public string Code { get; set; } }
        class Derived : Weather { public string Source { get; set; } }
        enum QWeatherCode { Ok = 200, NoData = 204, BadKey = 401 }
        class Coded { public QWeatherCode Code { get; set; } public Now Now { get; set; } }
        struct Struct { public int code { get; set; } public Now now { get; set; } }
        record Positional([property: JsonPropertyName("code")] string Result, [property: JsonPropertyName("now")] Now Current);

        class Attributed
        {
            [JsonPropertyName("code")] public string Result { get; set; }
            [JsonPropertyName("now")] public Now Current { get; set; }
        }

        [DataContract]
        class Named
        {
            [JsonProperty("code")] public int ReturnCode { get; set; }
            [DataMember(Name = "now")] public Now Current { get; set; }
        }

        class Loose
        {
            public Now Now { get; set; }
            [System.Text.Json.Serialization.JsonExtensionData] public Dictionary<string, JsonElement> Rest { get; set; }
        }

        class Program
        {
            const string Url = "https://devapi.qweather.com/v7/weather/now?location=101010100";
            static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

            async Task<string> Run(HttpClient client, JsonTypeInfo<Weather> info)
            {
                {{(body.Contains("GetStreamAsync") || body.Contains("GetFromJson") ? "" : "var text = await client.GetStringAsync(Url);")}}
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """);
}
