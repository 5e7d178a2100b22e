// From: ubisoft/NGitLab
// A blocking forge client: a helper over a delegate sleeps twice as long each time, for reads only, after 408 and 5xx.
using System.Text.Json;

public class ForgeClient
{
    private readonly HttpClient _http = new();

    public string ProjectName(int id) => Call(HttpMethod.Get, "https://api.example.org/v4/projects/" + id);

    public string NewProject(string name) => Call(HttpMethod.Post, "https://api.example.org/v4/projects?name=" + name);

    private string Call(HttpMethod method, string url)
    {
        Func<string> attempt = () => Once(method, url);
        var text = Again(attempt, MayRepeat, TimeSpan.FromMilliseconds(200), 3);
        using var document = JsonDocument.Parse(text);
        var name = document.RootElement.GetProperty("name").GetString();
        Probe.Data(name);
        return name;
    }

    private string Once(HttpMethod method, string url)
    {
        using var message = new HttpRequestMessage(method, url);
        using var answer = _http.Send(message);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        var text = reader.ReadToEnd();
        if (!answer.IsSuccessStatusCode)
        {
            throw new ForgeException(answer.StatusCode, method);
        }

        return text;
    }

    private static bool MayRepeat(Exception problem)
    {
        if (problem is not ForgeException forge)
        {
            return false;
        }

        if (forge.Method != HttpMethod.Get && forge.Method != HttpMethod.Head)
        {
            return false;
        }

        return forge.Status >= HttpStatusCode.InternalServerError || forge.Status == HttpStatusCode.RequestTimeout;
    }

    private static T Again<T>(Func<T> action, Func<Exception, bool> may, TimeSpan wait, int times)
    {
        var left = times;
        while (true)
        {
            try
            {
                return action();
            }
            catch (Exception problem) when (left > 0 && may(problem))
            {
                Thread.Sleep(wait);
                wait = wait.Add(wait);
                left--;
            }
        }
    }
}

public class ForgeException(HttpStatusCode status, HttpMethod method) : Exception("The forge said " + (int)status)
{
    public HttpStatusCode Status { get; } = status;

    public HttpMethod Method { get; } = method;
}
