// From: yaobiao131/downkyicore
// A downloader's blocking request that tries itself again, at once, after whatever exception, and gives an empty text in the end.
using System.Text.Json;

public class VideoPages
{
    private static readonly HttpClient Http = new();

    public string Title(string id)
    {
        var text = Ask("https://api.example.org/view?id=" + id, null, 2);
        try
        {
            var page = JsonSerializer.Deserialize<VideoPage>(text);
            if (page != null)
            {
                Probe.Data(page.Title);
                return page.Title;
            }

            return null;
        }
        catch (Exception problem)
        {
            Console.WriteLine("Title() failed: {0}", problem);
            return null;
        }
    }

    private static string Ask(string url, string referrer, int left)
    {
        if (left <= 0)
        {
            return "";
        }

        try
        {
            var message = new HttpRequestMessage(HttpMethod.Get, url);
            if (referrer != null)
            {
                message.Headers.Referrer = new Uri(referrer);
            }

            var answer = Http.Send(message);
            answer.EnsureSuccessStatusCode();
            using var reader = new StreamReader(answer.Content.ReadAsStream());
            return reader.ReadToEnd();
        }
        catch (HttpRequestException problem)
        {
            Console.WriteLine("Ask() got no good answer: {0}", problem);
            return Ask(url, referrer, left - 1);
        }
        catch (Exception problem)
        {
            Console.WriteLine("Ask() failed otherwise: {0}", problem);
            return Ask(url, referrer, left - 1);
        }
    }
}

public class VideoPage
{
    public string Title { get; set; }
}
