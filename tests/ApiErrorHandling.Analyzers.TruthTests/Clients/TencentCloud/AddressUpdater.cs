// From: leihongeng/LeiHong.Tools.DynamicDNS
// A dynamic address updater: it lists the records, removes the old one without a look at the answer, adds the new, and validates only that.
using System.Net.Http.Json;
using Newtonsoft.Json.Linq;

public class AddressUpdater(HttpClient http)
{
    public async Task<UpdateResult> Update(string domain, string name, string value)
    {
        var list = await http.GetFromJsonAsync<ZoneAnswer>(Build("RecordList", "domain=" + domain));
        if (list.Code != 0)
        {
            return new UpdateResult(false, list.Message);
        }

        if (!list.Data.Records.Any())
        {
            return new UpdateResult(false, "no records");
        }

        var old = list.Data.Records.FirstOrDefault(r => r.Name == name)?.Id;
        Probe.Data(list.Data.Records.Count);
        if (old.HasValue)
        {
            await Text(Build("RecordDelete", $"domain={domain}&recordId={old.Value}"));
        }

        var added = await Text(Build("RecordCreate", $"domain={domain}&subDomain={name}&recordType=A&value={value}"));
        return Validate(added);
    }

    private static string Build(string action, string rest) =>
        $"https://cns.api.qcloud.com/v2/index.php?Action={action}&Nonce={Random.Shared.Next(10000, 99999)}"
        + $"&Timestamp={DateTimeOffset.Now.ToUnixTimeSeconds()}&SecretId=id&{rest}&Signature=s";

    private async Task<string> Text(string address)
    {
        var response = await http.GetAsync(address);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    private static UpdateResult Validate(string text)
    {
        try
        {
            var json = JObject.Parse(text);
            if (json["code"].Value<int>() == 0)
            {
                return new UpdateResult(true, null);
            }

            return new UpdateResult(false, json["message"].Value<string>());
        }
        catch (Exception e)
        {
            return new UpdateResult(false, e.Message);
        }
    }
}

public record UpdateResult(bool IsSuccess, string Error);

public class ZoneAnswer
{
    public int Code { get; set; }
    public string Message { get; set; }
    public ZoneData Data { get; set; }
}

public class ZoneData
{
    public List<ZoneRecord> Records { get; set; }
}

public class ZoneRecord
{
    public int Id { get; set; }
    public string Name { get; set; }
}
