// From: Acgnu/Meidoru-win
// A page for name records: a bad status gives null, the list is shown without its code, while a removal looks at its code first.
using System.Net.Http.Json;

public class DnsClient
{
    private const string Address = "https://cns.api.qcloud.com/v2/index.php";
    private static readonly HttpClient Http = new();

    public Task<RecordsAnswer> List(string domain) => Post<RecordsAnswer>("RecordList", new() { ["domain"] = domain });

    public Task<PlainAnswer> Remove(string domain, int id) =>
        Post<PlainAnswer>("RecordDelete", new() { ["domain"] = domain, ["recordId"] = id.ToString() });

    private static async Task<T> Post<T>(string action, Dictionary<string, string> form)
    {
        form["Action"] = action;
        form["Timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString();
        form["Nonce"] = Random.Shared.Next(100000, 999999).ToString();
        form["Signature"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(string.Join('&', form.Keys)));
        var response = await Http.PostAsync(Address, new FormUrlEncodedContent(form));
        if (!response.IsSuccessStatusCode)
        {
            return default;
        }

        return await response.Content.ReadFromJsonAsync<T>();
    }
}

public class DnsPage
{
    private readonly DnsClient _client = new();

    public List<string> Rows { get; } = new();
    public string Bubble { get; private set; }

    public async Task Load(string domain)
    {
        var answer = await _client.List(domain);
        if (answer != null)
        {
            foreach (var record in answer.data.records)
            {
                Probe.Data(record.name);
                Rows.Add(record.name + " " + record.value);
            }
        }
    }

    public async Task Remove(string domain, int id)
    {
        var answer = await _client.Remove(domain, id);
        if (answer.code != 0)
        {
            Bubble = answer.message;
            return;
        }

        Rows.RemoveAll(r => r.StartsWith(id.ToString()));
    }
}

public class PlainAnswer
{
    public int code { get; set; }
    public string message { get; set; }
}

public class RecordsAnswer
{
    public int code { get; set; }
    public RecordsPart data { get; set; }
}

public class RecordsPart
{
    public List<RecordRow> records { get; set; }
}

public class RecordRow
{
    public string name { get; set; }
    public string value { get; set; }
}
