// From: win-acme/win-acme
// A certificate tool that looks for the zone and then adds a record to it; each step has its own look at the status.
// Body: [{"id":7,"name":"example.com"}]
using System.Text;
using System.Text.Json;

public class DnsValidation(HttpClient client)
{
    private static readonly Uri Base = new("https://dns.example.org/v1/");

    public async Task<bool> Create(string domain, string text)
    {
        var response = await client.GetAsync(new Uri(Base, "zones"));
        if (!response.IsSuccessStatusCode)
        {
            Console.WriteLine("No list of zones, giving up.");
            return false;
        }

        var payload = await response.Content.ReadAsStringAsync();
        var zones = JsonSerializer.Deserialize<Zone[]>(payload, JsonSerializerOptions.Web);
        if (zones == null || zones.Length == 0)
        {
            Console.WriteLine("No zones in the answer.");
            return false;
        }

        var zone = zones[0];
        Probe.Data(zone.Id);
        payload = JsonSerializer.Serialize(new { Name = domain + ".", Type = "TXT", Content = text, Ttl = 300 });
        response = await client.PostAsync(new Uri(Base, $"zones/{zone.Id}/records"), new StringContent(payload, Encoding.UTF8, "application/json"));
        if (!response.IsSuccessStatusCode)
        {
            Console.WriteLine("The record was not made.");
            return false;
        }

        return true;
    }

    public async Task Delete(int zone, int record)
    {
        var response = await client.DeleteAsync(new Uri(Base, $"zones/{zone}/records/{record}"));
        if (!response.IsSuccessStatusCode)
        {
            Console.WriteLine("The record is still there.");
            return;
        }

        Console.WriteLine("The record is gone.");
    }
}

public class Zone
{
    public int Id { get; set; }
    public string Name { get; set; }
}
