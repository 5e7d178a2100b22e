using System.Net;
using System.Net.Http.Json;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace RestDashboard;

public record Totals(int Builds, double Hours);

public record Build(int Number, string Branch, DateTimeOffset Finished);

public record Owner(string Name, string Mail);

public class QueueItem
{
    [JsonProperty("build_number")]
    public int BuildNumber { get; set; }

    [JsonProperty("waiting_since")]
    public DateTimeOffset WaitingSince { get; set; }
}

public class Dashboard(HttpClient http)
{
    // Hands a body on without its status: whoever gets it cannot tell any more that the request failed.
    public async Task<Totals?> GetTotalsAsync(string project)
    {
        var response = await http.GetAsync($"api/projects/{project}/totals");
        return await response.Content.ReadFromJsonAsync<Totals>(); // expect AEH1002
    }

    public async Task PrintBuildsAsync(string project)
    {
        using var response = await http.GetAsync($"api/projects/{project}/builds?count=10");
        var builds = await response.Content.ReadFromJsonAsync<List<Build>>() ?? []; // expect AEH1002
        foreach (var build in builds.OrderByDescending(b => b.Finished))
        {
            Console.WriteLine($"#{build.Number} {build.Branch} {build.Finished:g}");
        }
    }

    public async Task PrintQueueAsync()
    {
        using var response = await http.GetAsync("api/queue");
        var json = await response.Content.ReadAsStringAsync(); // expect AEH1002
        var items = JsonConvert.DeserializeObject<List<QueueItem>>(json)!;
        Console.WriteLine($"{items.Count} waiting");
        foreach (var item in items)
        {
            Console.WriteLine($"#{item.BuildNumber} since {item.WaitingSince:t}");
        }
    }

    // A failing status throws nothing here: the catch is only for broken connections.
    public async Task<string?> GetServerVersionAsync()
    {
        try
        {
            var response = await http.GetAsync("api/server");
            var server = JObject.Parse(await response.Content.ReadAsStringAsync()); // expect AEH1002
            return (string?)server["version"];
        }
        catch (HttpRequestException e)
        {
            Console.Error.WriteLine(e.Message);
            return null;
        }
    }

    public async Task<double> GetCoverageAsync(string project)
    {
        using var response = await http.GetAsync($"api/projects/{project}/coverage");
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The coverage of {project}: {(int)response.StatusCode} {text}");
        }

        return JObject.Parse(text).Value<double>("lines") / 100;
    }

    // Only one of many failures is looked at.
    public async Task<string?> GetOwnerAsync(string project)
    {
        using var response = await http.GetAsync($"api/projects/{project}/owner");
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var owner = JsonConvert.DeserializeObject<Owner>(await response.Content.ReadAsStringAsync()); // expect AEH1002
        return $"{owner!.Name} <{owner.Mail}>";
    }

    public async Task<int> StartBuildAsync(string project)
    {
        using var content = new StringContent("""{"reason":"dashboard"}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync($"api/projects/{project}/builds", content);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
            case HttpStatusCode.Created:
                var build = await response.Content.ReadFromJsonAsync<Build>();
                return build!.Number;
            case HttpStatusCode.Conflict:
                Console.WriteLine("A build is running already.");
                return 0;
            default:
                throw new HttpRequestException($"Cannot build: {(int)response.StatusCode}", null, response.StatusCode);
        }
    }

    public Task<List<string>?> GetBranchesAsync(string project) =>
        http.GetFromJsonAsync<List<string>>($"api/projects/{project}/branches");
}
