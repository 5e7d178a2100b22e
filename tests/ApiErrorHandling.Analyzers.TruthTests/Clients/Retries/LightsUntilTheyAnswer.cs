// A home panel that never gives up: whatever is not a success is asked for again at once, in an endless loop without any wait.
using System.Net.Http.Json;

public class LightPanel(HttpClient http)
{
    public async Task<bool> IsOn(int lamp)
    {
        while (true)
        {
            var answer = await http.GetAsync("https://api.example.org/lamps/" + lamp);
            if (!answer.IsSuccessStatusCode)
            {
                continue;
            }

            var state = await answer.Content.ReadFromJsonAsync<LampState>();
            Probe.Data(state.On);
            return state.On;
        }
    }

    public async Task Switch(int lamp, bool on)
    {
        while (!(await http.PutAsJsonAsync("https://api.example.org/lamps/" + lamp, new LampState { On = on })).IsSuccessStatusCode)
        {
        }
    }
}

public class LampState
{
    public bool On { get; set; }
}
