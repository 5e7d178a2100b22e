// From: WinExp/QWeatherAPI
// A library whose result throws the code as an exception while it is built, and a console program that tells the codes apart by the message.
using Newtonsoft.Json.Linq;

public class ParsedCity
{
    public string Id { get; }

    public ParsedCity(string json)
    {
        var root = JObject.Parse(json);
        var code = root.Value<string>("code");
        if (code != "200")
        {
            throw new ArgumentException(code);
        }

        Id = (string)root["location"][0]["id"];
        Probe.Data(Id);
    }
}

public class ParsedNow
{
    public string Temp { get; }

    public ParsedNow(string json)
    {
        var root = JObject.Parse(json);
        var code = root.Value<string>("code");
        if (code != "200") { throw new ArgumentException(code); }
        Temp = root.SelectToken("now").Value<string>("temp");
        Probe.Data(Temp);
    }
}

public class ConsoleWeather
{
    public async Task Run(string key, string name)
    {
        try
        {
            var city = new ParsedCity(await Text($"https://geoapi.qweather.com/v2/city/lookup?location={name}&key={key}"));
            var now = new ParsedNow(await Text($"https://devapi.qweather.com/v7/weather/now?location={city.Id}&key={key}"));
            Console.WriteLine(name + " " + now.Temp);
        }
        catch (ArgumentException e)
        {
            switch (e.Message)
            {
                case "204":
                    Console.WriteLine("nothing known there");
                    break;
                case "401":
                    Console.WriteLine("the key is wrong");
                    break;
                case "404":
                    Console.WriteLine("no such place");
                    break;
                default:
                    Console.WriteLine("code " + e.Message);
                    break;
            }
        }
    }

    private static async Task<string> Text(string address)
    {
        using (var client = new HttpClient())
        {
            var response = await client.GetAsync(address.Trim());
            return await response.Content.ReadAsStringAsync();
        }
    }
}
