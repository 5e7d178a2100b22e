using ApiErrorHandling.Analyzers.Rules;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>AEH1002: which reads of bodies are reported, and which are right.</summary>
public class HttpStatusIgnoredTests
{
    [Theory]
    [InlineData("""
        var response = await client.GetAsync(url);
        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url).ConfigureAwait(false);
        var items = await {|AEH1002:response.Content.ReadFromJsonAsync<List<Item>>()|};
        foreach (var item in items) Console.WriteLine(item.Name);
        return "";
        """)]
    [InlineData("""
        var response = await client.PostAsJsonAsync(url, new { x = 1 });
        var text = await {|AEH1002:response.Content.ReadAsStringAsync()|};
        var item = JsonSerializer.Deserialize<Item>(text);
        return item.Name;
        """)]
    [InlineData("""
        var text = await {|AEH1002:(await client.GetAsync(url)).Content.ReadAsStringAsync()|};
        return JObject.Parse(text)["name"].ToString();
        """)]
    [InlineData("""
        var response = client.GetAsync(url).Result;
        return {|AEH1002:response.Content.ReadAsStringAsync()|}.Result;
        """)]
    [InlineData("""
        var response = client.GetAsync(url).GetAwaiter().GetResult();
        return {|AEH1002:response.Content.ReadAsStringAsync()|}.GetAwaiter().GetResult();
        """)]
    [InlineData("""
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        var response = await client.SendAsync(request);
        using var stream = await {|AEH1002:response.Content.ReadAsStreamAsync()|};
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var bytes = await {|AEH1002:response.Content.ReadAsByteArrayAsync()|};
        File.WriteAllBytes("x", bytes);
        return "";
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        Console.WriteLine(response.StatusCode);
        logger.LogInformation("status {Status}", (int)response.StatusCode);
        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!response.IsSuccessStatusCode)
        {
            Console.WriteLine("failed");
        }

        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        try
        {
            var response = await client.GetAsync(url);
            var item = await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|};
            return item.Name;
        }
        catch (Exception)
        {
            return null;
        }
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        dynamic data = JsonConvert.DeserializeObject(await {|AEH1002:response.Content.ReadAsStringAsync()|});
        return (string)data.name;
        """)]
    [InlineData("""
        Func<Task<string>> read = async () =>
        {
            var response = await client.GetAsync(url);
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        };
        return await Retry(read);
        """)]
    [InlineData("""
        return await Read();

        async Task<string> Read()
        {
            var response = await client.GetAsync(url);
            var item = await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|};
            return item.Name;
        }
        """)]
    public Task Reports_bodies_used_whatever_the_status(string body) => Check(body);

    [Theory]
    [InlineData("return await client.GetStringAsync(url);")]
    [InlineData("return (await client.GetFromJsonAsync<Item>(url)).Name;")]
    [InlineData("""
        var response = await client.GetAsync(url);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = (await client.GetAsync(url)).EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return await response.Content.ReadAsStringAsync();
        }

        var error = await response.Content.ReadFromJsonAsync<Item>();
        throw new InvalidOperationException(error.Name);
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        return (int)response.StatusCode / 100 == 2 ? await response.Content.ReadAsStringAsync() : null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
            case HttpStatusCode.Created:
                return await response.Content.ReadAsStringAsync();
            case HttpStatusCode.NotFound:
                return null;
            default:
                throw new InvalidOperationException();
        }
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        return response.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => await response.Content.ReadAsStringAsync(),
            HttpStatusCode.NotFound => null,
            _ => throw new InvalidOperationException(),
        };
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response is { IsSuccessStatusCode: true, Content: var content })
        {
            return await content.ReadAsStringAsync();
        }

        return null;
        """)]
    [InlineData("""
        bool ok = false;
        HttpResponseMessage response = null;
        try
        {
            response = await client.GetAsync(url);
            ok = response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
        }

        if (!ok) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(text);
        }

        return text;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!new[] { HttpStatusCode.OK, HttpStatusCode.Created }.Contains(response.StatusCode)) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!IsFine(response.StatusCode)) return null;
        return await response.Content.ReadAsStringAsync();

        bool IsFine(HttpStatusCode status) => (int)status is >= 200 and <= 299;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        Assert.Fine(response.StatusCode);
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!response.IsSuccessStatusCode) Fail("no");
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        for (var i = 0; i < 3; i++)
        {
            var response = await {|AEH2001:client.GetAsync(url)|};
            if (!response.IsSuccessStatusCode)
            {
                await Task.Delay(1000);
                continue;
            }

            return await response.Content.ReadAsStringAsync();
        }

        return null;
        """)]
    [InlineData("""
        HttpResponseMessage response;
        {|AEH2003:{|AEH3001:do|}|}
        {
            response = await {|AEH2001:client.GetAsync(url)|};
        }
        while (!response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        try
        {
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        finally
        {
            Console.WriteLine("done");
        }

        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        return response.StatusCode.ToString() == "OK" ? text : null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        logger.LogDebug(await response.Content.ReadAsStringAsync());
        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var error = await response.Content.ReadFromJsonAsync<Envelope>();
        if (error.Success) return error.Name;
        return null;
        """)]
    [InlineData("""
        Task<Item> task = client.GetFromJsonAsync<Item>(url);
        return await Later(client.GetStringAsync(url));

        Task<string> Later(Task<string> read) => read;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var json = JObject.Parse(await response.Content.ReadAsStringAsync());
        var name = json["name"];
        if (name == null) throw new InvalidOperationException((string)json["error"]);
        return (string)name;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!response.IsSuccessStatusCode)
        {
            dynamic error = JsonConvert.DeserializeObject<dynamic>(await response.Content.ReadAsStringAsync());
            Failures.Throw(url, error);
        }

        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        using var file = File.Create("x");
        await response.Content.CopyToAsync(file);
        return response.IsSuccessStatusCode ? "done" : null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Answer.Status = (int)response.StatusCode;
        return text;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Trace("{0} {1}", response.StatusCode, text);
        response.EnsureSuccessStatusCode();
        return "";
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        var matches = System.Text.RegularExpressions.Regex.Matches(text, "id=([0-9]+)");
        if (matches.Count == 0) throw new InvalidOperationException(text);
        return matches[0].Value;
        """)]
    [InlineData("""
        return (await Fetch()).StatusCode.ToString();

        async Task<HttpResponseMessage> Fetch()
        {
            var response = await client.GetAsync(url);
            File.WriteAllText("x", await response.Content.ReadAsStringAsync());
            return response;
        }
        """)]
    [InlineData("""
        try
        {
            using var stream = await client.GetStreamAsync(url);
            using var file = File.Create("x");
            await stream.CopyToAsync(file);
        }
        catch (HttpRequestException e)
        {
            Console.WriteLine(e.Message);
        }

        return "";
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        try
        {
            var error = (await response.Content.ReadFromJsonAsync<List<Item>>())[0].Name;
            return error;
        }
        catch
        {
            var envelope = await response.Content.ReadFromJsonAsync<Envelope>();
            if (!envelope.Success) throw new InvalidOperationException();
            return null;
        }
        """)]
    public Task Is_silent_where_the_status_decides(string body) => Check(body);

    private static Task Check(string body) => Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
        using System.Net.Http.Json;
        using System.Text.Json;
        using Microsoft.Extensions.Logging;
        using Newtonsoft.Json;
        using Newtonsoft.Json.Linq;
        using JsonSerializer = System.Text.Json.JsonSerializer;

        class Item { public string Name { get; set; } }
        class Envelope { public bool Success { get; set; } public string Name { get; set; } }
        static class Assert { public static void Fine(HttpStatusCode s) { if (s != HttpStatusCode.OK) throw new Exception(); } }

        static class Answer { public static int Status; }
        static class Failures { public static void Throw(string url, object error) => throw new InvalidOperationException(url + error); }

        class Program
        {
            Task<Item> Get(HttpClient client, string url) => client.GetFromJsonAsync<Item>(url);

            async Task<string> Run(HttpClient client, string url, ILogger logger)
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }

            static void Trace(string format, params object[] arguments) { }

            static void Fail(string why) => throw new InvalidOperationException(why);

            static Task<string> Retry(Func<Task<string>> action) => action();
        }

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }
            public static class LoggerExtensions
            {
                public static void LogInformation(this ILogger logger, string message, params object[] args) { }
                public static void LogDebug(this ILogger logger, string message, params object[] args) { }
            }
        }
        """);
}
