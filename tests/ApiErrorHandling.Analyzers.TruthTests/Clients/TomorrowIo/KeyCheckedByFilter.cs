// A settings page that tries a key: exception filters tell a refused key from used-up tokens; other failures are thrown on.
using System.Net.Http.Json;

public class KeyPage(HttpClient http)
{
    public string State { get; private set; } = "not tried";

    public async Task<bool> Try(string key)
    {
        try
        {
            var answer = await http.GetFromJsonAsync<CloudAnswer>("https://api.tomorrow.io/v4/weather/realtime?location=london&apikey=" + key);
            Probe.Data(answer!.Data.Values.CloudCover);
            State = "works, clouds " + answer.Data.Values.CloudCover;
            return true;
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            State = "refused";
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.PaymentRequired)
        {
            State = "used up";
        }
        finally
        {
            Console.WriteLine(State);
        }

        return false;
    }
}

public class CloudAnswer
{
    public CloudData Data { get; set; }
}

public class CloudData
{
    public CloudValues Values { get; set; }
}

public class CloudValues
{
    public int CloudCover { get; set; }
}
