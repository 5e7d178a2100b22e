using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>What counts as a check of the code in a body, and what does not: each form both ways.</summary>
public class WhatCountsTests
{
    /// <summary>Checks over a document, each with what it becomes if it excludes one failing code alone.</summary>
    public static TheoryData<string, string> Conversions { get; } = new()
    {
        { """if (root.GetProperty("code").GetString() != "200") return null;""", """if (root.GetProperty("code").GetString() == "404") return null;""" },
        { """if (root.GetProperty("code").ToString() != "200") return null;""", """if (root.GetProperty("code").ToString() == "404") return null;""" },
        { """if (int.Parse(root.GetProperty("code").GetString()) != 200) return null;""", """if (int.Parse(root.GetProperty("code").GetString()) == 404) return null;""" },
        { """if (!int.TryParse(root.GetProperty("code").GetString(), out var n) || n != 200) return null;""", """if (!int.TryParse(root.GetProperty("code").GetString(), out var n) || n == 404) return null;""" },
        { """if (Convert.ToInt32(root.GetProperty("code").GetString()) != 200) return null;""", """if (Convert.ToInt32(root.GetProperty("code").GetString()) == 404) return null;""" },
        { """if ((HttpStatusCode)int.Parse(root.GetProperty("code").GetString()) != HttpStatusCode.OK) return null;""", """if ((HttpStatusCode)int.Parse(root.GetProperty("code").GetString()) == HttpStatusCode.NotFound) return null;""" },
        { """if (!root.GetProperty("code").GetString().StartsWith("2")) return null;""", """if (root.GetProperty("code").GetString().StartsWith("5")) return null;""" },
        { """if (!root.TryGetProperty("code", out var code) || code.GetString() != "200") return null;""", """if (!root.TryGetProperty("code", out var code) || code.GetString() == "404") return null;""" },
        { """var isGood = root.GetProperty("code").GetString() == "200"; if (!isGood) return null;""", """var isGood = root.GetProperty("code").GetString() != "404"; if (!isGood) return null;""" },
        { """if (root.GetProperty("code").GetString() is not "200") return null;""", """if (root.GetProperty("code").GetString() is "404" or "429") return null;""" },
        { """switch (root.GetProperty("code").GetString()) { case "200": break; default: return null; }""", """switch (root.GetProperty("code").GetString()) { case "404": return null; }""" },
        { """_ = root.GetProperty("code").GetString() == "200" ? 1 : throw new Exception();""", """_ = root.GetProperty("code").GetString() != "404" ? 1 : throw new Exception();""" },
        { """if (!IsGood(json)) return null;""", """if (!Parses(json)) return null;""" },
        { """Guard(root);""", """Look(root);""" },
        { """_ = new Checked(root);""", """_ = new Logged(root);""" },
    };

    [Theory]
    [MemberData(nameof(Conversions))]
    public Task A_code_compared_by_value(string right, string wrong) => Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
        using System.Text.Json;

        class Checked
        {
            public Checked(JsonElement root)
            {
                if (root.GetProperty("code").GetString() != "200") throw new InvalidOperationException();
            }
        }

        class Logged
        {
            public Logged(JsonElement root) => Console.WriteLine(root.GetProperty("code").GetString());
        }

        class Program
        {
            const string Url = "https://devapi.qweather.com/v7/weather/now?location=1";
            readonly HttpClient client = new();

            async Task<string> Right()
            {
                var json = await client.GetStringAsync(Url);
                var root = JsonDocument.Parse(json).RootElement;
                {{right}}
                return root.GetProperty("now").GetProperty("temp").GetString();
            }

            async Task<string> Wrong()
            {
                var json = await client.GetStringAsync(Url);
                var root = JsonDocument.Parse(json).RootElement;
                {{wrong}}
                return {|AEH1001:root.GetProperty("now")|}.GetProperty("temp").GetString();
            }

            static bool IsGood(string json) => JsonDocument.Parse(json).RootElement.GetProperty("code").GetString() == "200";

            static bool Parses(string json)
            {
                JsonDocument.Parse(json);
                return true;
            }

            static void Guard(JsonElement root)
            {
                if (root.GetProperty("code").GetString() != "200") throw new InvalidOperationException();
            }

            static void Look(JsonElement root) => Console.WriteLine(root.GetProperty("code").GetString());
        }
        """);

    [Theory]
    [InlineData("""if (answer["code"].Value<int>() != 200) return null;""", """if (answer["code"].Value<int>() == 404) return null;""")]
    [InlineData("""if ((int)answer["code"] != 200) return null;""", """if ((int)answer["code"] == 404) return null;""")]
    [InlineData("""if ((string)answer["code"] != "200") return null;""", """if ((string)answer["code"] == "404") return null;""")]
    [InlineData("""if (answer["code"]?.ToString() != "200") return null;""", """if (answer["code"]?.ToString() == "404") return null;""")]
    public Task A_code_of_a_JObject(string right, string wrong) => Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
        using Newtonsoft.Json.Linq;

        class Program
        {
            const string Url = "https://devapi.qweather.com/v7/weather/now?location=1";
            readonly HttpClient client = new();

            async Task<string> Right()
            {
                var answer = JObject.Parse(await client.GetStringAsync(Url));
                {{right}}
                return answer["now"]["temp"].ToString();
            }

            async Task<string> Wrong()
            {
                var answer = JObject.Parse(await client.GetStringAsync(Url));
                {{wrong}}
                return {|AEH1001:answer["now"]|}["temp"].ToString();
            }
        }
        """);

    [Theory]
    [InlineData("""if (answer.Code.GetValueOrDefault() != 200) return null;""", """if (answer.Code.GetValueOrDefault() == 404) return null;""")]
    [InlineData("""if (answer is not { Code: 200 }) return null;""", """if (answer is { Code: 404 }) return null;""")]
    [InlineData("""if (answer.Code switch { 200 => false, _ => true }) return null;""", """if (answer.Code switch { 404 => true, _ => false }) return null;""")]
    [InlineData("""if ((Codes)answer.Code != Codes.Good) return null;""", """if ((Codes)answer.Code == Codes.Missing) return null;""")]
    // another member of that name is not the code: an icon, a station
    [InlineData("""if (answer.Code != 200) return null;""", """if (answer.Station.Code != 200) return null;""")]
    // a look at the data is no look at the code
    [InlineData("""if (answer.Code != 200 || answer.Now == null) return null;""", """if (answer.Station == null) return null;""")]
    public Task A_code_of_a_type(string right, string wrong)
    {
        var isNullTest = wrong.Contains("answer.Station == null", StringComparison.Ordinal);
        var isStation = wrong.Contains("answer.Station.Code", StringComparison.Ordinal);

        // the first use is reported
        var isFirst = isNullTest || isStation;
        wrong = isFirst ? wrong.Replace("answer.Station", "{|AEH1001:answer.Station|}") : wrong;
        return Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
            using System.Net.Http.Json;

            enum Codes { Good = 200, Missing = 404 }
            class Station { public int? Code { get; set; } }
            class Now { public string Temp { get; set; } }
            class Answer { public int? Code { get; set; } public Now Now { get; set; } public Station Station { get; set; } }

            class Program
            {
                const string Url = "https://devapi.qweather.com/v7/weather/now?location=1";
                readonly HttpClient client = new();

                async Task<string> Right()
                {
                    var answer = await client.GetFromJsonAsync<Answer>(Url);
                    {{right}}
                    return answer.Now.Temp;
                }

                async Task<string> Wrong()
                {
                    var answer = await client.GetFromJsonAsync<Answer>(Url);
                    {{wrong}}
                    return {{(isFirst ? "answer.Now" : "{|AEH1001:answer.Now|}")}}.Temp;
                }
            }
            """);
    }

    /// <summary>Ways that a body goes from the response to a document.</summary>
    [Theory]
    [InlineData("""var root = JsonDocument.Parse(await response.Content.ReadAsStreamAsync()).RootElement;""")]
    [InlineData("""using var zipped = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress); var root = JsonDocument.Parse(zipped).RootElement;""")]
    [InlineData("""using var zipped = new BrotliStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress); using var reader = new StreamReader(zipped); var root = JsonDocument.Parse(await reader.ReadToEndAsync()).RootElement;""")]
    [InlineData("""var bytes = await response.Content.ReadAsByteArrayAsync(); using var stream = new MemoryStream(bytes); var root = JsonDocument.Parse(stream).RootElement;""")]
    [InlineData("""var root = JsonDocument.Parse(response.Content.ReadAsStringAsync().Result).RootElement;""")]
    [InlineData("""var root = await response.Content.ReadAsStringAsync().ContinueWith(t => JsonDocument.Parse(t.Result).RootElement);""")]
    [InlineData("""var texts = await Task.WhenAll(response.Content.ReadAsStringAsync(), Task.FromResult("")); var root = JsonDocument.Parse(texts[0]).RootElement;""")]
    [InlineData("""var (json, length) = (await response.Content.ReadAsStringAsync(), 1); var root = JsonDocument.Parse(json).RootElement;""")]
    [InlineData("""Read(response, out var json); var root = JsonDocument.Parse(json).RootElement;""")]
    [InlineData("""var boxed = new Box<string> { Content = await response.Content.ReadAsStringAsync() }; var root = JsonDocument.Parse(boxed.Content).RootElement;""")]
    public Task A_body_travels(string way) => Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
        using System.IO.Compression;
        using System.Text.Json;

        class Box<T> { public T Content { get; set; } public bool IsFull => Content != null; }

        class Program
        {
            const string Url = "https://devapi.qweather.com/v7/weather/now?location=1";
            readonly HttpClient client = new();

            async Task<string> Right()
            {
                using var response = await client.GetAsync(Url);
                {{way}}
                if (root.GetProperty("code").GetString() != "200") return null;
                return root.GetProperty("now").GetProperty("temp").GetString();
            }

            async Task<string> Wrong()
            {
                using var response = await client.GetAsync(Url);
                response.EnsureSuccessStatusCode();
                {{way}}
                return {|AEH1001:root.GetProperty("now")|}.GetProperty("temp").GetString();
            }

            static void Read(HttpResponseMessage response, out string text) => text = response.Content.ReadAsStringAsync().Result;
        }
        """);
}
