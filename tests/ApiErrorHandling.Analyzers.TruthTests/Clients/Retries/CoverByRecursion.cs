// From: GoldenPotato137/PotatoVN
// A game library that fetches a developer's picture: a transport failure calls the method again up to three times, all else gives null.
using System.Text.Json.Nodes;

public class DeveloperPictures
{
    private readonly HttpClient _http = new();

    public async Task<string> PictureOf(string developer, int round = 0)
    {
        try
        {
            var answer = await _http.GetAsync("https://api.example.org/persons?name=" + developer);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            var root = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
            if (root["image"] is not { } image)
            {
                await Task.Delay(500);
                return round < 3 ? await PictureOf(developer, round + 1) : null;
            }

            var address = image.GetValue<string>();
            Probe.Data(address);
            return address;
        }
        catch (HttpRequestException)
        {
            if (round < 3)
            {
                await Task.Delay(5000);
                return await PictureOf(developer, round + 1);
            }

            return null;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
