using ApiErrorHandling.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Rules;

/// <summary>AEH1001 over code written the way clients of such APIs are.</summary>
public class BodyErrorCodeIgnoredRealStyleTests
{
    [Theory]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        return w switch
        {
            { Code: "200", Now: var now } => now.Temp,
            { Code: "204" } => "none",
            _ => null,
        };
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w is not { Code: "200" }) throw new InvalidOperationException("no weather");
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var fine = new HashSet<string> { "200", "204" };
        if (!fine.Contains(w.Code)) return null;
        return w.Now?.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (Failures.Contains(w.Code)) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (!string.Equals(w.Code, "200", StringComparison.OrdinalIgnoreCase)) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if ("200".Equals(w.Code)) return w.Now.Temp;
        throw new InvalidOperationException(w.Code);
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (int.Parse(w.Code) / 100 != 2) throw new InvalidOperationException(w.Code);
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if ((HttpStatusCode)int.Parse(w.Code, CultureInfo.InvariantCulture) != HttpStatusCode.OK) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (!Enum.TryParse<HttpStatusCode>(w.Code, out var status) || status != HttpStatusCode.OK) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        bool ok = w?.Code == "200";
        Console.WriteLine(ok ? "fine" : "failed");
        if (!ok) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var now = w.Code == "200" ? w.Now : throw new InvalidOperationException(w.Code);
        return now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code is "200" or "204") return w.Now?.Temp;
        return null;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code != "200") goto failed;
        return w.Now.Temp;
        failed:
        return "failed";
        """)]
    [InlineData("""
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var w = await client.GetFromJsonAsync<Weather>(Url);
            if (w.Code == "429")
            {
                await Task.Delay(1000 << attempt);
                continue;
            }

            if (w.Code != "200") break;
            return w.Now.Temp;
        }

        return null;
        """)]
    [InlineData("""
        Weather w = null;
        {|AEH2003:{|AEH3001:do|}|}
        {
            w = await {|AEH2001:{|AEH2002:client.GetFromJsonAsync<Weather>(Url)|}|};
        }
        while (w.Code != "200");
        return w.Now.Temp;
        """)]
    [InlineData("""
        try
        {
            var w = await client.GetFromJsonAsync<Weather>(Url);
            if (w.Code != "200") throw new InvalidOperationException(w.Code);
            return w.Now.Temp;
        }
        catch (InvalidOperationException e) when (e.Message == "404")
        {
            return null;
        }
        finally
        {
            Console.WriteLine("done");
        }
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        return Fine(w) ? w.Now.Temp : null;

        static bool Fine(Weather weather) => weather.Code == "200";
        """)]
    [InlineData("""
        Func<Weather, bool> fine = x => x.Code == "200";
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (!fine(w)) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        w.ThrowIfFailed();
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<CheckedWeather>(Url);
        if (!w.IsSuccess) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<CheckedWeather>(Url);
        w.EnsureOk();
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<CheckedWeather>(Url);
        if (w.Code != "200") Throw(w.Code);
        return w.Now.Temp;
        """)]
    [InlineData("""
        var all = await Task.WhenAll(cities.Select(c => client.GetFromJsonAsync<Weather>(Url + "&location=" + c)));
        return all.Where(w => w.Code == "200").Select(w => w.Now.Temp).FirstOrDefault();
        """)]
    [InlineData("""
        var tasks = cities.Select(async c =>
        {
            var w = await client.GetFromJsonAsync<Weather>(Url + "&location=" + c);
            return w.Code == "200" ? w.Now.Temp : null;
        });
        return string.Join(", ", await Task.WhenAll(tasks));
        """)]
    [InlineData("""
        using var response = await client.GetAsync(Url);
        var w = await response.Content.ReadFromJsonAsync<Weather>();
        if (!response.IsSuccessStatusCode || w.Code != "200") return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        using var response = await client.GetAsync(Url);
        var w = JsonConvert.DeserializeObject<Weather>(await response.Content.ReadAsStringAsync());
        if (w == null) return null;
        if (w.Code != "200") return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code[0] != '2') return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (string.Compare(w.Code, "200", StringComparison.Ordinal) != 0) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var text = await client.GetStringAsync(Url);
        if (text.IndexOf("\"code\":\"200\"", StringComparison.Ordinal) < 0) return null;
        return JObject.Parse(text)["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var text = await client.GetStringAsync(Url);
        if (!Regex.IsMatch(text, "\"code\"\\s*:\\s*\"200\"")) return null;
        return JObject.Parse(text)["now"]["temp"].ToString();
        """)]
    [InlineData("""
        var text = await client.GetStringAsync(Url);
        return Regex.Match(text, "\"temp\":\"(.*?)\"").Groups[1].Value;
        """)]
    [InlineData("""
        var text = await client.GetStringAsync(Url);
        await File.WriteAllTextAsync("weather.json", text);
        return text;
        """)]
    [InlineData("""
        last = await client.GetFromJsonAsync<Weather>(Url);
        return "stored";
        """)]
    [InlineData("""
        lastCode = (await client.GetFromJsonAsync<Weather>(Url)).Code;
        return lastCode == "200" ? "fine" : "failed";
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        lastCode = w.Code;
        if (lastCode != "200") return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Envelope<Instance>>(Cloud);
        if (answer is { Code: 0, Data: { } instance }) return instance.Id;
        return null;
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Envelope<Instance>>(Cloud);
        if (answer.Code > 0) throw new InvalidOperationException($"({answer.Code}) {answer.Message}");
        return answer.Data.Id;
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Envelope<Instance>>(Cloud);
        if (answer.Code.GetValueOrDefault(-1) is not 0) return null;
        return answer.Data.Id;
        """)]
    [InlineData("""
        var response = await client.PostAsync(Cloud, new FormUrlEncodedContent(new Dictionary<string, string>()));
        dynamic answer = JsonConvert.DeserializeObject(await response.Content.ReadAsStringAsync());
        if ((int)answer.code != 0) throw new InvalidOperationException((string)answer.message);
        return (string)answer.data.id;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        switch (int.Parse(w.Code))
        {
            case 200:
                return w.Now.Temp;
            case 400 or 404:
                return "no such place";
            case var other when other >= 500:
                return "later";
            default:
                return null;
        }
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        string message = w.Code switch
        {
            "200" => w.Now.Text,
            "401" or "402" or "403" => "key",
            var code when code.StartsWith("5") => "server",
            _ => "unknown",
        };
        return message;
        """)]
    [InlineData("""
        Weather w;
        try
        {
            w = await client.GetFromJsonAsync<Weather>(Url);
        }
        catch (HttpRequestException)
        {
            w = null;
        }

        if (w == null || w.Code != "200") return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var success = false;
        if (w.Code == "200")
        {
            success = true;
        }

        if (!success) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        string error = null;
        if (w.Code != "200") error = "code " + w.Code;
        if (error != null) throw new InvalidOperationException(error);
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code.Equals("200"))
        {
            foreach (var day in w.Daily) Console.WriteLine(day.Text);
        }

        return null;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var code = Convert.ToInt32(w.Code);
        if (code < 200 || code >= 300) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        return JsonConvert.SerializeObject(w);
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var now = w.Now;
        if (w.Code != "200") return null;
        return now.Temp;
        """)]
    [InlineData("""
        var json = JObject.Parse(await client.GetStringAsync(Url));
        var code = json["code"];
        var now = json["now"];
        if (code.ToString() == "200") return now["temp"].ToString();
        return null;
        """)]
    [InlineData("""
        var json = JObject.Parse(await client.GetStringAsync(Url));
        string code = (string)json["code"], updated = (string)json["updateTime"];
        if (code != "200") return null;
        return updated;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var (code, now) = (w.Code, w.Now);
        if (code != "200") return null;
        return now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code == null || !w.Code.Trim().Equals("200", StringComparison.Ordinal)) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var first = await client.GetFromJsonAsync<Weather>(Url);
        var second = await client.GetFromJsonAsync<Weather>(Url + "&lang=en");
        if (first.Code != "200" || second.Code != "200") return null;
        return first.Now.Temp + second.Now.Text;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        ArgumentOutOfRangeException.ThrowIfNotEqual(w.Code, "200");
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        Debug.Assert(w.Code == "200");
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (Messages.TryGetValue(w.Code, out var message)) throw new InvalidOperationException(message);
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (Messages[w.Code] != "ok") return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var allowed = new bool[600];
        allowed[200] = true;
        if (!allowed[int.Parse(w.Code)]) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w is null or { Code: not "200" }) return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        return w is { Code: "200", Now.Temp: var temp } ? temp : null;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        return w is { Code: "200", Daily: [var first, ..] } ? first.Temp : null;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var now = w.Code switch { "200" => w.Now, _ => null };
        return now?.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        Func<string> temp = () => w.Now.Temp;
        if (w.Code != "200") return null;
        return temp();
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var r = new { w.Code, w.Now };
        if (r.Code != "200") return null;
        return r.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code != "200")
        {
            w = await client.GetFromJsonAsync<Weather>(Url + "&lang=en");
            if (w.Code != "200") return null;
        }

        return w.Now.Temp;
        """)]
    [InlineData("""
        await Parallel.ForEachAsync(cities, async (c, token) =>
        {
            var w = await client.GetFromJsonAsync<Weather>(Url + "&location=" + c, token);
            if (w.Code != "200") return;
            Console.WriteLine(w.Now.Temp);
        });
        return null;
        """)]
    [InlineData("""
        var list = new List<Weather>();
        foreach (var c in cities) list.Add(await client.GetFromJsonAsync<Weather>(Url + "&location=" + c));
        return list.All(w => w.Code == "200") ? list[0].Now.Temp : null;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code != "200") Environment.Exit(1);
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var text = w.Code == "200" ? w.Now.Temp : "";
        return text;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        lock (Messages)
        {
            if (w.Code != "200") return null;
        }

        return w.Now.Temp;
        """)]
    [InlineData("""
        using var response = await client.GetAsync(Url);
        try
        {
            response.EnsureSuccessStatusCode();
            var w = await response.Content.ReadFromJsonAsync<Weather>();
            if (!"200".Equals(w?.Code)) throw new InvalidDataException();
            return w.Now.Temp;
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException)
        {
            return e.Message;
        }
        """)]
    public Task Is_silent_on_right_code(string body) => Check(body);

    [Theory]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        foreach (var day in {|AEH1001:w.Daily|}) Console.WriteLine(day.Text);
        return null;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        return string.Join(", ", {|AEH1001:w.Daily|}.Select(d => d.Text));
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        return {|AEH1001:w.Daily|}.Count > 0 ? w.Daily[0].Text : null;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var now = {|AEH1001:w.Now|} ?? throw new InvalidOperationException();
        return now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w is { {|AEH1001:Now|}: { } now }) return now.Temp;
        return null;
        """)]
    [InlineData("""
        var first = await client.GetFromJsonAsync<Weather>(Url);
        var second = await client.GetFromJsonAsync<Weather>(Url + "&lang=en");
        if (first.Code != "200") return null;
        return first.Now.Temp + {|AEH1001:second.Now|}.Text;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code != "200") return null;
        w = await client.GetFromJsonAsync<Weather>(Url + "&lang=en");
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (city == "Beijing")
        {
            if (w.Code != "200") return null;
        }

        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code != "200" && w.Code != "402") return null;
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code != "200") Console.WriteLine("failed: " + w.Code);
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        Console.WriteLine($"code {w.Code}");
        Debug.WriteLine(w.Code);
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        using var response = await client.GetAsync(Url);
        response.EnsureSuccessStatusCode();
        var json = JObject.Parse(await response.Content.ReadAsStringAsync());
        return (string){|AEH1001:json["now"]|}["temp"];
        """)]
    [InlineData("""
        using var response = await client.GetAsync(Url);
        if (!response.IsSuccessStatusCode) return null;
        var w = await response.Content.ReadFromJsonAsync<Weather>();
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        using var response = await client.GetAsync(Url);
        var w = await {|AEH1002:response.Content.ReadFromJsonAsync<Weather>()|};
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        return await Task.Run(async () =>
        {
            var w = await client.GetFromJsonAsync<Weather>(Url);
            return {|AEH1001:w.Now|}.Temp;
        });
        """)]
    [InlineData("""
        var tasks = cities.Select(async c =>
        {
            var w = await client.GetFromJsonAsync<Weather>(Url + "&location=" + c);
            return {|AEH1001:w.Now|}.Temp;
        });
        return string.Join(", ", await Task.WhenAll(tasks));
        """)]
    [InlineData("""
        Clicked += async (sender, e) =>
        {
            var w = await client.GetFromJsonAsync<Weather>(Url);
            Console.WriteLine({|AEH1001:w.Now|}.Temp);
        };
        return null;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var hot = from d in {|AEH1001:w.Daily|} where d.Temp != "0" select d.Text;
        return hot.First();
        """)]
    [InlineData("""
        try
        {
            var w = await client.GetFromJsonAsync<Weather>(Url);
            return {|AEH1001:w.Now|}.Temp;
        }
        catch (Exception e)
        {
            Console.WriteLine(e.Message);
            return null;
        }
        """)]
    [InlineData("""
        foreach (var c in cities)
        {
            var w = await client.GetFromJsonAsync<Weather>(Url + "&location=" + c);
            if (w.Code == "404") continue;
            Console.WriteLine({|AEH1001:w.Now|}.Temp);
        }

        return null;
        """)]
    [InlineData("""
        using var stream = await client.GetStreamAsync(Url);
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress), Encoding.UTF8);
        var w = JsonConvert.DeserializeObject<Weather>(await reader.ReadToEndAsync());
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var bytes = await client.GetByteArrayAsync(Url);
        using var memory = new MemoryStream(bytes);
        using var brotli = new BrotliStream(memory, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await brotli.CopyToAsync(plain);
        var w = JsonConvert.DeserializeObject<Weather>(Encoding.UTF8.GetString(plain.ToArray()));
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Envelope<Instance>>(Cloud);
        return {|AEH1001:answer.Data|}.Id;
        """)]
    [InlineData("""
        var answer = await client.GetFromJsonAsync<Envelope<Instance>>(Cloud);
        if (answer.Code is 4000 or 4100) throw new InvalidOperationException(answer.Message);
        return {|AEH1001:answer.Data|}.Id;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if ({|AEH1001:w.Now|}.Code != "100") return null;
        return w.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<CheckedWeather>(Url);
        Console.WriteLine(w.Code);
        lastCode = {|AEH1001:w.Now|}.Temp;
        return null;
        """)]
    [InlineData("""
        var w = client.GetFromJsonAsync<Weather>(Url).Result;
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var w = client.GetFromJsonAsync<Weather>(Url).GetAwaiter().GetResult();
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w != null)
        {
            return {|AEH1001:w.Now|}.Temp;
        }

        return null;
        """)]
    [InlineData("""
        Weather w = null;
        try
        {
            w = await client.GetFromJsonAsync<Weather>(Url);
        }
        catch
        {
        }

        return w == null ? null : {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var now = {|AEH1001:w.Now|};
        return now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        string temp = {|AEH1001:w.Now|}.Temp;
        if (w.Code != "200") return null;
        return temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var rows = new List<string>();
        rows.AddRange({|AEH1001:w.Daily|}.Select(d => d.Temp));
        if (w.Code != "200") rows.Clear();
        return rows[0];
        """)]
    [InlineData("""
        var tries = 0;
        Weather w;
        {|AEH3001:do|}
        {
            w = await client.GetFromJsonAsync<Weather>(Url);
        }
        while (w.Code == "429" && ++tries < 3);
        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w.Code == "429")
        {
            await Task.Delay(1000);
            w = await client.GetFromJsonAsync<Weather>(Url);
        }

        return {|AEH1001:w.Now|}.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var r = new { w.Code, Now = {|AEH1001:w.Now|} };
        return r.Now.Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var days = {|AEH1001:w.Daily|};
        Console.WriteLine(days.Count);
        if (w.Code != "200") return null;
        return days[0].Temp;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        var now = {|AEH1001:w.Now|};
        if (now == null) return "no data";
        return now.Temp;
        """)]
    [InlineData("""
        await Parallel.ForEachAsync(cities, async (c, token) =>
        {
            var w = await client.GetFromJsonAsync<Weather>(Url + "&location=" + c, token);
            Console.WriteLine({|AEH1001:w.Now|}.Temp);
        });
        return null;
        """)]
    [InlineData("""
        var w = await client.GetFromJsonAsync<Weather>(Url);
        if (w is { Code: "200" or "402", {|AEH1001:Now|}: not null }) return w.Now.Temp;
        return null;
        """)]
    public Task Reports_the_first_use(string body) => Check(body);

    [Theory]
    [InlineData("""
        async Task<string> Get(HttpClient client) => {|AEH1001:(await client.GetFromJsonAsync<Weather>(Url)).Now|}.Temp;
        """)]
    [InlineData("""
        string temp;

        public Program(HttpClient client)
        {
            var w = client.GetFromJsonAsync<Weather>(Url).Result;
            temp = {|AEH1001:w.Now|}.Temp;
        }
        """)]
    [InlineData("""
        async IAsyncEnumerable<string> Days(HttpClient client)
        {
            var w = await client.GetFromJsonAsync<Weather>(Url);
            foreach (var day in {|AEH1001:w.Daily|}) yield return day.Text;
        }
        """)]
    [InlineData("""
        void Get(HttpClient client, out string temp)
        {
            var w = client.GetFromJsonAsync<Weather>(Url).Result;
            temp = {|AEH1001:w.Now|}.Temp;
        }
        """)]
    [InlineData("""
        HttpClient client = new();
        string Temp => {|AEH1001:client.GetFromJsonAsync<Weather>(Url).Result.Now|}.Temp;
        """)]
    [InlineData("""
        async Task<List<string>> All(HttpClient client)
        {
            var result = new List<string>();
            for (var page = 0; page < 3; page++)
            {
                var w = await client.GetFromJsonAsync<Weather>($"{Url}&page={page}");
                if ({|AEH1001:w.Daily|} == null || w.Daily.Count == 0) break;
                result.AddRange(w.Daily.Select(d => d.Temp));
            }

            return result;
        }
        """)]
    [InlineData("""
        Dictionary<string, string> cache = new();

        async Task<string> Get(HttpClient client, string city)
        {
            if (cache.TryGetValue(city, out var known)) return known;
            var w = await client.GetFromJsonAsync<Weather>(Url + "&location=" + city);
            return cache[city] = {|AEH1001:w.Now|}.Temp;
        }
        """)]
    public Task Reports_in_every_kind_of_member(string members) => CheckMembers(members);

    [Theory]
    [InlineData("""
        async Task<T> Get<T>(HttpClient client)
        {
            return await client.GetFromJsonAsync<T>(Url);
        }
        """)]
    [InlineData("""
        async Task<T> Get<T>(HttpClient client) where T : Weather
        {
            var answer = await client.GetFromJsonAsync<T>(Url);
            if (answer.Code != "200") throw new InvalidOperationException(answer.Code);
            Console.WriteLine(answer.Now.Temp);
            return answer;
        }
        """)]
    [InlineData("""
        async Task<(string Code, Weather Weather)> Get(HttpClient client)
        {
            var w = await client.GetFromJsonAsync<Weather>(Url);
            return (w.Code, w);
        }
        """)]
    [InlineData("""
        Task<Weather> Get(HttpClient client) => client.GetFromJsonAsync<Weather>(Url);
        """)]
    [InlineData("""
        bool TryGet(HttpClient client, out string temp)
        {
            var w = client.GetFromJsonAsync<Weather>(Url).Result;
            temp = null;
            if (w.Code != "200") return false;
            temp = w.Now.Temp;
            return true;
        }
        """)]
    [InlineData("""
        async IAsyncEnumerable<string> Days(HttpClient client)
        {
            var w = await client.GetFromJsonAsync<Weather>(Url);
            if (w.Code != "200") yield break;
            foreach (var day in w.Daily) yield return day.Text;
        }
        """)]
    [InlineData("""
        Dictionary<string, Weather> cache = new();

        async Task<Weather> Get(HttpClient client, string city)
        {
            if (cache.TryGetValue(city, out var known)) return known;
            return cache[city] = await client.GetFromJsonAsync<Weather>(Url + "&location=" + city);
        }
        """)]
    [InlineData("""
        Result Get(HttpClient client)
        {
            var w = client.GetFromJsonAsync<Weather>(Url).Result;
            return new Result(w.Code == "200", w.Now);
        }

        record Result(bool Ok, Now Now);
        """)]
    [InlineData("""
        Result Get(HttpClient client)
        {
            var w = client.GetFromJsonAsync<Weather>(Url).Result;
            return new Result { Code = w.Code, Now = w.Now };
        }

        class Result { public string Code { get; set; } public Now Now { get; set; } }
        """)]
    [InlineData("""
        (string, Now) Get(HttpClient client)
        {
            var w = client.GetFromJsonAsync<Weather>(Url).Result;
            return (w.Code, w.Now);
        }
        """)]
    public Task Is_silent_where_the_obligation_is_handed_on(string members) => CheckMembers(members);

    [Fact]
    public Task Reports_in_top_level_statements() => Verify.Analyzer<ApiErrorHandlingAnalyzer>(
        """
        using System.Net.Http.Json;

        using var client = new HttpClient();
        var w = await client.GetFromJsonAsync<Weather>("https://devapi.qweather.com/v7/weather/now?location=" + args[0]);
        Console.WriteLine({|AEH1001:w.Now|}.Temp);

        record Weather(string Code, Now Now);
        record Now(string Temp);
        """,
        new Setup { OutputKind = OutputKind.ConsoleApplication });

    private static Task Check(string body) => CheckMembers($$"""
        async Task<string> Run(HttpClient client, string city, string[] cities)
        {
            {{body.ReplaceLineEndings("\n    ")}}
        }
        """);

    private static Task CheckMembers(string members) => Verify.Analyzer<ApiErrorHandlingAnalyzer>($$"""
        using System.Diagnostics;
        using System.Diagnostics.CodeAnalysis;
        using System.Globalization;
        using System.IO.Compression;
        using System.Net.Http.Json;
        using System.Text;
        using System.Text.RegularExpressions;
        using Newtonsoft.Json;
        using Newtonsoft.Json.Linq;

        class Weather
        {
            public string Code { get; set; }
            public string UpdateTime { get; set; }
            public Now Now { get; set; }
            public List<Now> Daily { get; set; }
        }

        class CheckedWeather : Answer
        {
            public Now Now { get; set; }
        }

        class Answer
        {
            public string Code { get; set; }
            public bool IsSuccess => Code == "200";
            public void EnsureOk() { if (Code != "200") throw new InvalidOperationException(Code); }
        }

        class Now { public string Temp { get; set; } public string Text { get; set; } public string Code { get; set; } }
        class Envelope<T> { public int? Code { get; set; } public string Message { get; set; } public T Data { get; set; } }
        class Instance { public string Id { get; set; } }

        static class Guard
        {
            public static void ThrowIfFailed(this Weather weather)
            {
                if (weather.Code != "200") throw new InvalidOperationException(weather.Code);
            }
        }

        class Program
        {
            const string Url = "https://devapi.qweather.com/v7/weather/now?location=101010100";
            const string Cloud = "https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances";
            static readonly string[] Failures = { "204", "400", "401", "402", "403", "404", "429", "500" };
            static readonly Dictionary<string, string> Messages = new() { ["401"] = "key", ["402"] = "quota" };
            Weather last;
            string lastCode;
            event EventHandler Clicked;

            [DoesNotReturn]
            static void Throw(string code) => throw new InvalidOperationException(code);

            {{members.ReplaceLineEndings("\n    ")}}
        }
        """);
}
