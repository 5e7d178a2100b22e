// A report tool that starts an export and polls its state; the poll looks at nothing but the body, the start only at 202.
// Body: {"id":"e1","state":"done","url":"https://files.example.org/e1.csv"}
using System.Net.Http.Json;

public class ExportJob(HttpClient http)
{
    public async Task<string> Run(string report)
    {
        var id = await Start(report);
        if (id == null)
        {
            return "not started";
        }

        for (var round = 0; round < 3; round++)
        {
            var answer = await http.GetAsync("https://reports.example.org/exports/" + id);
            var job = await answer.Content.ReadFromJsonAsync<Job>();
            if (job is { State: "done" })
            {
                Probe.Data(job.Url);
                return job.Url;
            }

            await Task.Delay(2000);
        }

        return "still running";
    }

    private async Task<string> Start(string report)
    {
        var answer = await http.PostAsJsonAsync("https://reports.example.org/exports", new { report });
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            return null;
        }

        var job = await answer.Content.ReadFromJsonAsync<Job>();
        Probe.Data(job?.Id);
        return job?.Id;
    }
}

public class Job
{
    public string Id { get; set; }
    public string State { get; set; }
    public string Url { get; set; }
}
