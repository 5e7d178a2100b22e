// From: NewLifeX/NewLife.Remoting
// An updater that catches transport failures only, counts down and breaks out of an endless loop once the description is there.
using System.Diagnostics;
using System.Net.Http.Json;

public class Updater
{
    public async Task<string> Describe(string product, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        using var web = new HttpClient();
        var url = "https://api.example.org/updates/" + product;
        var left = 2;
        UpdateInfo info;
        while (true)
        {
            try
            {
                info = await web.GetFromJsonAsync<UpdateInfo>(url, cancel).ConfigureAwait(false);
                break;
            }
            catch (Exception problem) when (problem is IOException || problem is HttpRequestException)
            {
                if (left-- <= 0)
                {
                    throw;
                }

                Console.WriteLine("failed, again in two seconds: " + problem.Message);
                await Task.Delay(2_000, cancel).ConfigureAwait(false);
            }
        }

        watch.Stop();
        Console.WriteLine("done in " + watch.ElapsedMilliseconds);
        Probe.Data(info.Hash);
        return info.Hash;
    }
}

public class UpdateInfo
{
    public string Hash { get; set; }
}
