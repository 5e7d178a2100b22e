using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>AEH1002 over code written the way clients of such APIs are.</summary>
public class HttpStatusIgnoredRealStyleTests
{
    [Theory]
    [InlineData("""
        using var response = await client.GetAsync(url);
        if (response is { IsSuccessStatusCode: true })
        {
            return await response.Content.ReadAsStringAsync();
        }

        return null;
        """)]
    [InlineData("""
        HttpResponseMessage response = null;
        try
        {
            response = await client.GetAsync(url);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
        finally
        {
            response?.Dispose();
        }
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response?.IsSuccessStatusCode != true) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        response.EnsureSuccessStatusCode();
        return text;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode != HttpStatusCode.OK)
        {
            logger.LogError("failed: {Body}", text);
            return null;
        }

        return JsonSerializer.Deserialize<Item>(text).Name;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        switch ((int)response.StatusCode)
        {
            case >= 200 and < 300:
                return await response.Content.ReadAsStringAsync();
            case 404:
                return null;
            case var status when status >= 500:
                throw new InvalidOperationException("later");
            default:
                throw new InvalidOperationException(response.ReasonPhrase);
        }
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        return response.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.Created => await response.Content.ReadAsStringAsync(),
            HttpStatusCode.NoContent => "",
            var status when (int)status >= 500 => throw new InvalidOperationException("server"),
            _ => null,
        };
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (Fine.Contains(response.StatusCode)) return await response.Content.ReadAsStringAsync();
        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        int status = (int)response.StatusCode;
        if (status is < 200 or > 299) throw new InvalidOperationException($"{status}");
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if ((int)response.StatusCode >= 400) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!response.StatusCode.Equals(HttpStatusCode.OK)) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!((int)response.StatusCode).ToString().StartsWith("2")) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var (ok, content) = (response.IsSuccessStatusCode, response.Content);
        if (!ok) return null;
        return await content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException(text);
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.IsSuccessStatusCode)
        {
            var item = await response.Content.ReadFromJsonAsync<Item>();
            return item?.Name;
        }
        else
        {
            var error = await response.Content.ReadAsStringAsync();
            throw new InvalidOperationException(error);
        }
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!response.IsSuccessStatusCode)
        {
            var problem = await response.Content.ReadFromJsonAsync<Problem>();
            logger.LogError("{Title}", problem.Title);
            return problem.Detail;
        }

        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            await Login(client);
            response = await client.GetAsync(url);
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        string result = null;
        var response = await client.GetAsync(url);
        if (response.IsSuccessStatusCode)
        {
            result = await response.Content.ReadAsStringAsync();
        }

        return result;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!response.IsSuccessStatusCode) goto failed;
        return await response.Content.ReadAsStringAsync();
        failed:
        return null;
        """)]
    [InlineData("""
        using var head = new HttpRequestMessage(HttpMethod.Head, url);
        using var response = await client.SendAsync(head);
        return response.Content.Headers.ContentLength?.ToString();
        """)]
    [InlineData("""
        using var response = await client.DeleteAsync(url);
        return response.IsSuccessStatusCode ? "deleted" : "failed";
        """)]
    [InlineData("""
        var response = await client.PutAsJsonAsync(url, new Item { Name = "x" });
        if (response.StatusCode == HttpStatusCode.NoContent) return "";
        if (!response.IsSuccessStatusCode) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        logger.LogInformation("{Status}: {Body}", response.StatusCode, await response.Content.ReadAsStringAsync());
        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        Console.WriteLine(await response.Content.ReadAsStringAsync());
        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var item = JsonConvert.DeserializeObject<Telling>(await response.Content.ReadAsStringAsync());
        if (item.Error != null) throw new InvalidOperationException(item.Error);
        return item.Name;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var item = await response.Content.ReadFromJsonAsync<Telling>();
        if (!item.Success) return null;
        return item.Name;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var json = JObject.Parse(await response.Content.ReadAsStringAsync());
        if (json["error"] != null) return null;
        return (string)json["name"];
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        dynamic json = JsonConvert.DeserializeObject(await response.Content.ReadAsStringAsync());
        if (json.status == "ok") return (string)json.name;
        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        if (document.RootElement.TryGetProperty("errors", out _)) return null;
        return document.RootElement.GetProperty("name").GetString();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        await Check(response);
        return await response.Content.ReadAsStringAsync();

        async Task Check(HttpResponseMessage message)
        {
            if (!message.IsSuccessStatusCode)
            {
                throw new InvalidOperationException(await message.Content.ReadAsStringAsync());
            }
        }
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        response.ThrowUnlessOk();
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await Retry(() => client.GetAsync(url));
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        for (var i = 0; ; i++)
        {
            var response = await client.GetAsync(url);
            if (response.IsSuccessStatusCode) return await response.Content.ReadAsStringAsync();
            if (i == 3 || (int)response.StatusCode < 500) throw new InvalidOperationException();
            await Task.Delay(TimeSpan.FromSeconds(1 << i));
        }
        """)]
    [InlineData("""
        HttpResponseMessage response = null;
        var attempts = 0;
        while (attempts++ < 3)
        {
            response = await {|AEH2001:client.GetAsync(url)|};
            if (response.IsSuccessStatusCode) break;
            await Task.Delay(1000);
        }

        if (response == null || !response.IsSuccessStatusCode) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var pages = new List<string>();
        var next = url;
        while (next != null)
        {
            using var response = await client.GetAsync(next);
            response.EnsureSuccessStatusCode();
            var page = await response.Content.ReadFromJsonAsync<Page>();
            pages.AddRange(page.Names);
            next = page.Next;
        }

        return string.Join(",", pages);
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var file = File.Create("x.zip");
        await response.Content.CopyToAsync(file);
        return "x.zip";
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var status = response.StatusCode;
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (status != HttpStatusCode.OK) return null;
        File.WriteAllBytes("x", bytes);
        return "x";
        """)]
    [InlineData("""
        bool failed;
        var response = await client.GetAsync(url);
        if (response.StatusCode == HttpStatusCode.OK) failed = false; else failed = true;
        var text = await response.Content.ReadAsStringAsync();
        if (failed) throw new InvalidOperationException(text);
        return text;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        string error = null;
        if (!response.IsSuccessStatusCode) error = await response.Content.ReadAsStringAsync();
        if (error != null) throw new InvalidOperationException(error);
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var first = await client.GetAsync(url);
        var second = await client.GetAsync(url + "/more");
        if (!first.IsSuccessStatusCode || !second.IsSuccessStatusCode) return null;
        cache["first"] = await first.Content.ReadAsStringAsync();
        cache["second"] = await second.Content.ReadAsStringAsync();
        return null;
        """)]
    [InlineData("""
        var responses = await Task.WhenAll(client.GetAsync(url), client.GetAsync(url + "/more"));
        foreach (var response in responses)
        {
            if (!response.IsSuccessStatusCode) continue;
            Console.WriteLine((await response.Content.ReadAsStringAsync()).Length);
        }

        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var statusOk = response.StatusCode == HttpStatusCode.OK;
        var typeOk = response.Content.Headers.ContentType?.MediaType == "application/json";
        if (!statusOk || !typeOk) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        return await client.GetAsync(url).ContinueWith(t => t.Result.IsSuccessStatusCode ? "ok" : "failed");
        """)]
    [InlineData("""
        var text = await client.GetStringAsync(url);
        var bytes = await client.GetByteArrayAsync(url);
        using var stream = await client.GetStreamAsync(url);
        var item = await client.GetFromJsonAsync<Item>(url);
        return text + bytes.Length + new StreamReader(stream).ReadToEnd() + item.Name;
        """)]
    [InlineData("""
        using var web = new WebClient();
        await client.GetStringAsync(url);
        return web.DownloadString(url);
        """)]
    [InlineData("""
        try
        {
            var response = await client.GetAsync(url);
            if (!response.IsSuccessStatusCode) throw new HttpRequestException(response.ReasonPhrase);
            return await response.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException e)
        {
            logger.LogError(e.Message);
            return "";
        }
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        Debug.Assert(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.StatusCode is not HttpStatusCode.OK and not HttpStatusCode.Accepted) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!Enum.IsDefined(typeof(Good), (int)response.StatusCode)) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!Handlers.TryGetValue(response.StatusCode, out var handler)) return null;
        return handler(await response.Content.ReadAsStringAsync());
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!response.IsSuccessStatusCode)
            return await response.Content.ReadAsStringAsync();
        return null;
        """)]
    [InlineData("""
        var cloud = await client.GetAsync("https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances");
        return await cloud.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var weather = await client.GetAsync("https://devapi.qweather.com/v7/weather/now?location=1");
        var json = JObject.Parse(await weather.Content.ReadAsStringAsync());
        if ((string)json["code"] != "200") return null;
        return (string)json["now"]["temp"];
        """)]
    [InlineData("""
        var response = await client.GetAsync("https://api.tomorrow.io/v4/weather/forecast?location=1");
        var json = JObject.Parse(await response.Content.ReadAsStringAsync());
        if (json["code"] != null) throw new InvalidOperationException((string)json["message"]);
        return (string)json["timelines"]["daily"][0]["time"];
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        try
        {
            response.EnsureSuccessStatusCode();
        }
        catch (Exception)
        {
            return null;
        }

        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        Task<HttpResponseMessage> task = client.GetAsync(url);
        await Task.WhenAny(task, Task.Delay(1000));
        var response = await task;
        if (!response.IsSuccessStatusCode) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync("https://devapi.qweather.com/v7/weather/now?location=1");
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (Array.IndexOf(new[] { HttpStatusCode.OK, HttpStatusCode.Created }, response.StatusCode) < 0) return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        return response.IsSuccessStatusCode switch
        {
            true => await response.Content.ReadAsStringAsync(),
            false => null,
        };
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text) switch
        {
            (HttpStatusCode.OK, _) => text,
            (HttpStatusCode.NotFound, _) => null,
            _ => throw new InvalidOperationException(),
        };
        """)]
    [InlineData("""
        HttpResponseMessage response = null;
        await Attempt(async () =>
        {
            response = await {|AEH2001:{|AEH3001:client.GetAsync(url)|}|};
            response.EnsureSuccessStatusCode();
        });
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? "ok" : "failed";
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.StatusCode == HttpStatusCode.NotModified) return cache[url];
        response.EnsureSuccessStatusCode();
        return cache[url] = await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var names = new Dictionary<int, string> { [200] = "fine" };
        if (names[(int)response.StatusCode] != "fine") return null;
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        return $"{(int)response.StatusCode}: {text}";
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var json = JToken.Parse(await response.Content.ReadAsStringAsync());
        if (json is JObject o && o.ContainsKey("error")) return null;
        return (string)json["name"];
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var data = await response.Content.ReadFromJsonAsync<Item>();
        if (!response.IsSuccessStatusCode || data is null) return null;
        return data.Name;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        string name = null;
        var text = await response.Content.ReadAsStringAsync();
        var item = JsonConvert.DeserializeObject<Item>(text);
        name = item?.Name;
        if (response.StatusCode == HttpStatusCode.OK) return name;
        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (!response.IsSuccessStatusCode) Environment.Exit(1);
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var status = response.StatusCode;
        if (!(status == HttpStatusCode.OK || status == HttpStatusCode.Created)) return status.ToString();
        return await response.Content.ReadAsStringAsync();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.Headers.TryGetValues("X-Error", out var errors)) return errors.First();
        return await response.Content.ReadAsStringAsync();
        """)]
    public Task Is_silent_on_right_code(string body) => Check(body);

    [Theory]
    [InlineData("""
        var first = await client.GetAsync(url);
        var second = await client.GetAsync(url + "/more");
        first.EnsureSuccessStatusCode();
        cache["first"] = await first.Content.ReadAsStringAsync();
        cache["second"] = await {|AEH1002:second.Content.ReadAsStringAsync()|};
        return null;
        """)]
    [InlineData("""
        var first = await client.GetAsync(url);
        var second = await client.GetAsync(url + "/more");
        second.EnsureSuccessStatusCode();
        cache["first"] = await {|AEH1002:first.Content.ReadAsStringAsync()|};
        cache["second"] = await second.Content.ReadAsStringAsync();
        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        response.EnsureSuccessStatusCode();
        response = await client.GetAsync(url + "/more");
        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            await Login(client);
            response = await client.GetAsync(url);
        }

        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        try
        {
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException e)
        {
            logger.LogError(e.Message);
        }

        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var item = await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|};
        Console.WriteLine(item.Name);
        response.EnsureSuccessStatusCode();
        return item.Name;
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        await using var file = File.Create("x.zip");
        await {|AEH1002:response.Content.CopyToAsync(file)|};
        return "x.zip";
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url);
        using var source = await {|AEH1002:response.Content.ReadAsStreamAsync()|};
        using var file = new FileStream("x", FileMode.Create);
        await source.CopyToAsync(file);
        return "x";
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url);
        using var stream = await {|AEH1002:response.Content.ReadAsStreamAsync()|};
        using var zip = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(zip);
        return reader.ReadToEnd();
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url);
        var document = XDocument.Parse(await {|AEH1002:response.Content.ReadAsStringAsync()|});
        return document.Root.Element("name").Value;
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url);
        using var stream = await {|AEH1002:response.Content.ReadAsStreamAsync()|};
        var serializer = new XmlSerializer(typeof(Item));
        return ((Item)serializer.Deserialize(stream)).Name;
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url);
        var html = await {|AEH1002:response.Content.ReadAsStringAsync()|};
        return Regex.Match(html, "<title>(.*)</title>").Groups[1].Value;
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url);
        var text = await {|AEH1002:response.Content.ReadAsStringAsync()|};
        return text.Split('\n')[0];
        """)]
    [InlineData("""
        using var response = await client.GetAsync(url);
        foreach (var line in (await {|AEH1002:response.Content.ReadAsStringAsync()|}).Split('\n')) Console.WriteLine(line);
        return null;
        """)]
    [InlineData("""
        using var message = new HttpRequestMessage { Method = HttpMethod.Get, RequestUri = new Uri(url) };
        message.Headers.Add("Accept", "application/json");
        using var response = client.Send(message);
        using var reader = new StreamReader({|AEH1002:response.Content.ReadAsStream()|});
        return reader.ReadToEnd();
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.StatusCode == HttpStatusCode.InternalServerError || response.StatusCode == HttpStatusCode.BadGateway)
        {
            return null;
        }

        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if ((int)response.StatusCode >= 500) throw new InvalidOperationException();
        var item = await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|};
        return item.Name;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response == null) return null;
        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.Content == null) return null;
        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var text = await {|AEH1002:response.Content.ReadAsStringAsync()|};
        if (string.IsNullOrEmpty(text)) return null;
        return text;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var items = JsonConvert.DeserializeObject<List<Item>>(await {|AEH1002:response.Content.ReadAsStringAsync()|});
        return items.First().Name;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var array = JArray.Parse(await {|AEH1002:response.Content.ReadAsStringAsync()|});
        foreach (var item in array) Console.WriteLine(item["name"]);
        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        using var document = JsonDocument.Parse(await {|AEH1002:response.Content.ReadAsStreamAsync()|});
        return document.RootElement.GetProperty("name").GetString();
        """)]
    [InlineData("""
        return await Task.Run(async () =>
        {
            var response = await client.GetAsync(url);
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        });
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        cache[url] = await {|AEH1002:response.Content.ReadAsStringAsync()|};
        return null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        last = await {|AEH1002:response.Content.ReadAsStringAsync()|};
        return null;
        """)]
    [InlineData("""
        var response = await client.PostAsync(url, new StringContent("{}"));
        var token = JsonConvert.DeserializeAnonymousType(
            await {|AEH1002:response.Content.ReadAsStringAsync()|}, new { access_token = "" });
        return token.access_token;
        """)]
    [InlineData("""
        var texts = new List<string>();
        foreach (var path in new[] { "a", "b" })
        {
            var response = await client.GetAsync(url + path);
            texts.Add(await {|AEH1002:response.Content.ReadAsStringAsync()|});
        }

        return texts[0];
        """)]
    [InlineData("""
        var response = await client.GetAsync("https://api.tomorrow.io/v4/weather/forecast?location=1");
        var json = JObject.Parse(await {|AEH1002:response.Content.ReadAsStringAsync()|});
        return (string)json["timelines"]["daily"][0]["time"];
        """)]
    [InlineData("""
        string text;
        using (var response = client.GetAsync(url).Result)
        using (var content = response.Content)
        {
            text = {|AEH1002:content.ReadAsStringAsync()|}.Result;
        }

        return text;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var ok = response.IsSuccessStatusCode;
        Console.WriteLine(ok);
        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.BadRequest)
        {
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }

        return null;
        """)]
    [InlineData("""
        try
        {
            var response = await client.GetAsync(url);
            return JObject.Parse(await {|AEH1002:response.Content.ReadAsStringAsync()|})["name"].ToString();
        }
        catch (JsonReaderException)
        {
            return null;
        }
        """)]
    [InlineData("""
        var text = await {|AEH1002:(await client.GetAsync(url)).Content.ReadAsStringAsync()|};
        return text.Length > 0 ? text : null;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var item = await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|};
        var name = item.Name;
        logger.LogInformation("status {Status}", response.StatusCode);
        return name;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        var item = await {|AEH1002:response.Content.ReadFromJsonAsync<Item>()|};
        if (item == null) throw new InvalidOperationException($"status {response.StatusCode}");
        return item.Name;
        """)]
    [InlineData("""
        var response = await client.GetAsync(url);
        if (response.StatusCode == HttpStatusCode.OK) logger.LogInformation("ok");
        else logger.LogError("failed");
        return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        """)]
    [InlineData("""
        for (var i = 0; i < 3; i++)
        {
            var response = await client.GetAsync(url);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(1000);
                continue;
            }

            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }

        return null;
        """)]
    public Task Reports_the_read(string body) => Check(body);

    [Theory]
    [InlineData("""
        async Task Proxy(HttpClient client, string url, Reply reply)
        {
            using var response = await client.GetAsync(url);
            reply.StatusCode = (int)response.StatusCode;
            await response.Content.CopyToAsync(reply.Body);
        }
        """)]
    [InlineData("""
        async Task<(HttpStatusCode, string)> Get(HttpClient client, string url)
        {
            var response = await client.GetAsync(url);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        """)]
    [InlineData("""
        async Task<Result> Get(HttpClient client, string url)
        {
            var response = await client.GetAsync(url);
            return new Result(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }

        record Result(bool Ok, string Text);
        """)]
    [InlineData("""
        async Task<Result> Get(HttpClient client, string url)
        {
            var response = await client.GetAsync(url);
            return new Result
            {
                Status = (int)response.StatusCode,
                Text = await response.Content.ReadAsStringAsync(),
            };
        }

        class Result { public int Status { get; set; } public string Text { get; set; } }
        """)]
    [InlineData("""
        async Task<Result> Get(HttpClient client, string url)
        {
            var response = await client.GetAsync(url);
            var result = new Result();
            result.Status = response.StatusCode;
            result.Text = await response.Content.ReadAsStringAsync();
            return result;
        }

        class Result { public HttpStatusCode Status { get; set; } public string Text { get; set; } }
        """)]
    [InlineData("""
        async Task<int> Get(HttpClient client, string url, Action<HttpStatusCode, string> done)
        {
            var response = await client.GetAsync(url);
            done(response.StatusCode, await response.Content.ReadAsStringAsync());
            return 0;
        }
        """)]
    [InlineData("""
        async Task<HttpResponseMessage> Get(HttpClient client, string url)
        {
            return await client.GetAsync(url).ConfigureAwait(false);
        }
        """)]
    [InlineData("""
        async Task<HttpContent> Get(HttpClient client, string url) => (await client.GetAsync(url)).Content;
        """)]
    [InlineData("""
        async Task<Telling> Get(HttpClient client, string url)
        {
            var response = await client.GetAsync(url);
            return await response.Content.ReadFromJsonAsync<Telling>();
        }
        """)]
    [InlineData("""
        bool TryGet(HttpClient client, string url, out string text)
        {
            var response = client.GetAsync(url).Result;
            text = response.IsSuccessStatusCode ? response.Content.ReadAsStringAsync().Result : null;
            return text != null;
        }
        """)]
    [InlineData("""
        bool TryGet(HttpClient client, string url, out HttpStatusCode status, out string text)
        {
            var response = client.GetAsync(url).Result;
            status = response.StatusCode;
            text = response.Content.ReadAsStringAsync().Result;
            return status == HttpStatusCode.OK;
        }
        """)]
    [InlineData("""
        async IAsyncEnumerable<string> Lines(HttpClient client, string url)
        {
            using var response = await client.GetAsync(url);
            response.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line) yield return line;
        }
        """)]
    [InlineData("""
        async Task<T> Get<T>(HttpClient client, string url)
        {
            using var response = await client.GetAsync(url);
            if (!response.IsSuccessStatusCode) return default;
            return JsonConvert.DeserializeObject<T>(await response.Content.ReadAsStringAsync());
        }
        """)]
    [InlineData("""
        async Task<string> Get(HttpClient client, string url)
        {
            using var response = await client.GetAsync(url);
            var body = await response.Content.ReadAsStringAsync();
            return Handle(response, body);
        }

        static string Handle(HttpResponseMessage response, string body) =>
            response.IsSuccessStatusCode ? body : throw new InvalidOperationException(body);
        """)]
    public Task Is_silent_where_status_and_body_stay_together(string members) => CheckMembers(members);

    [Theory]
    [InlineData("""
        async Task<T> Get<T>(HttpClient client, string url)
        {
            using var response = await client.GetAsync(url);
            return JsonConvert.DeserializeObject<T>(await {|AEH1002:response.Content.ReadAsStringAsync()|});
        }
        """)]
    [InlineData("""
        async Task<T> Get<T>(HttpClient client, string url)
        {
            using var response = await client.GetAsync(url);
            return await {|AEH1002:response.Content.ReadFromJsonAsync<T>()|};
        }
        """)]
    [InlineData("""
        async Task<Item> Get(HttpClient client, string url) =>
            await {|AEH1002:(await client.GetAsync(url)).Content.ReadFromJsonAsync<Item>()|};
        """)]
    [InlineData("""
        async IAsyncEnumerable<string> Lines(HttpClient client, string url)
        {
            using var response = await client.GetAsync(url);
            using var reader = new StreamReader(await {|AEH1002:response.Content.ReadAsStreamAsync()|});
            while (await reader.ReadLineAsync() is { } line) yield return line;
        }
        """)]
    [InlineData("""
        void Get(HttpClient client, string url, out string text)
        {
            var response = client.GetAsync(url).Result;
            text = {|AEH1002:response.Content.ReadAsStringAsync()|}.Result;
        }
        """)]
    [InlineData("""
        public Program(HttpClient client, string url)
        {
            var response = client.GetAsync(url).GetAwaiter().GetResult();
            last = {|AEH1002:response.Content.ReadAsStringAsync()|}.GetAwaiter().GetResult();
        }
        """)]
    [InlineData("""
        HttpClient client = new();
        string Text
        {
            get
            {
                var response = client.GetAsync("https://example.com").Result;
                return {|AEH1002:response.Content.ReadAsStringAsync()|}.Result;
            }
        }
        """)]
    [InlineData("""
        event EventHandler Clicked;

        void Start(HttpClient client)
        {
            Clicked += async (sender, e) =>
            {
                var response = await client.GetAsync("https://example.com");
                last = await {|AEH1002:response.Content.ReadAsStringAsync()|};
            };
        }
        """)]
    [InlineData("""
        async Task<Result> Get(HttpClient client, string url)
        {
            var response = await client.GetAsync(url);
            return new Result { Text = await {|AEH1002:response.Content.ReadAsStringAsync()|} };
        }

        class Result { public string Text { get; set; } }
        """)]
    [InlineData("""
        async Task<string[]> All(HttpClient client, string[] urls)
        {
            return await Task.WhenAll(urls.Select(async u =>
            {
                var response = await client.GetAsync(u);
                return await {|AEH1002:response.Content.ReadAsStringAsync()|};
            }));
        }
        """)]
    // many ways out through the `finally` of a using
    [InlineData("""
        async Task<Item> Fetch(bool isTest, bool isShort)
        {
            var host = isTest ? "test" : "live";
            var form = isShort ? "short" : "long";
            using var own = new HttpClient();
            var response = await own.GetAsync("https://" + host + ".example.com/" + form);
            var item = JsonSerializer.Deserialize<Item>(await {|AEH1002:response.Content.ReadAsStringAsync()|});
            if (item != null) return item;
            Console.WriteLine("nothing");
            return null;
        }
        """)]
    // a default flag says nothing of what is configured
    [InlineData("""
        async Task<string> Fetch(HttpClient client, Settings settings)
        {
            if (!settings.IsEnabled || Settings.Key == "") return null;
            var response = await client.GetAsync("x");
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }

        class Settings { public bool IsEnabled { get; set; } = false; public static string Key { get; set; } = ""; }
        """)]
    [InlineData("""
        int rounds = 0;
        public int Budget = 0;

        async Task<string> Fetch(HttpClient client)
        {
            if (rounds == 0 || Budget == 0) return null;
            var response = await client.GetAsync("x");
            return await {|AEH1002:response.Content.ReadAsStringAsync()|};
        }

        void Next() => rounds++;
        """)]
    public Task Reports_in_every_kind_of_member(string members) => CheckMembers(members);

    [Fact]
    public Task Reports_in_top_level_statements() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        """
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var response = await client.GetAsync(args[0]);
        File.WriteAllText("x", await {|AEH1002:response.Content.ReadAsStringAsync()|});
        """,
        new Setup { OutputKind = OutputKind.ConsoleApplication });

    private static Task Check(string body) => CheckMembers($$"""
        async Task<string> Run(HttpClient client, string url, ILogger logger)
        {
            {{body.ReplaceLineEndings("\n    ")}}
        }
        """);

    private static Task CheckMembers(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
        using System.Diagnostics;
        using System.IO.Compression;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Text.RegularExpressions;
        using System.Xml.Linq;
        using System.Xml.Serialization;
        using Microsoft.Extensions.Logging;
        using Newtonsoft.Json;
        using Newtonsoft.Json.Linq;
        using JsonSerializer = System.Text.Json.JsonSerializer;

        public class Item { public string Name { get; set; } }
        class Telling { public bool Success { get; set; } public string Error { get; set; } public string Name { get; set; } }
        class Problem { public string Title { get; set; } public string Detail { get; set; } }
        class Page { public List<string> Names { get; set; } public string Next { get; set; } }
        class Reply { public int StatusCode { get; set; } public Stream Body { get; } }
        enum Good { Ok = 200, Created = 201 }

        static class Guard
        {
            public static void ThrowUnlessOk(this HttpResponseMessage response)
            {
                if (!response.IsSuccessStatusCode) throw new InvalidOperationException();
            }
        }

        class Program
        {
            static readonly HashSet<HttpStatusCode> Fine = new() { HttpStatusCode.OK, HttpStatusCode.Created };
            static readonly Dictionary<HttpStatusCode, Func<string, string>> Handlers = new();
            readonly Dictionary<string, string> cache = new();
            string last;

            static async Task Attempt(Func<Task> action)
            {
                try { await action(); } catch (HttpRequestException) { await action(); }
            }

            static Task Login(HttpClient client) => Task.CompletedTask;

            static async Task<HttpResponseMessage> Retry(Func<Task<HttpResponseMessage>> send)
            {
                var response = await send();
                return response.EnsureSuccessStatusCode();
            }

            {{members.ReplaceLineEndings("\n    ")}}
        }

        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger { }
            public static class LoggerExtensions
            {
                public static void LogInformation(this ILogger logger, string message, params object[] args) { }
                public static void LogError(this ILogger logger, string message, params object[] args) { }
            }
        }
        """);
}
