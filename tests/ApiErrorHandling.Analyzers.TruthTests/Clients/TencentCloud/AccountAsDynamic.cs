// From: JoyMoe/QcloudSharp
// A sample that prints code and message of an account's answer and goes on to the name, all in one try with a handler for everything.
// Body: {"code":0,"message":"","userInfo":{"name":"someone","isOwner":1}}
using Newtonsoft.Json;

public class AccountSample
{
    private readonly HttpClient _http = new();

    public string Submit(string action, string region)
    {
        var query = new List<KeyValuePair<string, string>>
        {
            new("Action", action),
            new("Region", region),
            new("Timestamp", DateTimeOffset.Now.ToUnixTimeSeconds().ToString()),
            new("Nonce", new Random().Next().ToString()),
        };
        var address = "https://trade.api.qcloud.com/v2/index.php?" + string.Join("&", query.Select(p => p.Key + "=" + p.Value));
        return _http.GetStringAsync(address).Result;
    }

    public void Print()
    {
        var text = Submit("DescribeUserInfo", "gz");
        dynamic account = JsonConvert.DeserializeObject(text);
        try
        {
            Console.WriteLine(account.code);
            Console.WriteLine(account.message);
            string name = account.userInfo.name;
            Probe.Data(name);
            Console.WriteLine(name);
        }
        catch (Exception e)
        {
            Console.WriteLine(e.Message);
        }
    }
}
