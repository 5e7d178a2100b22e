// From: BililiveRecorder/BililiveRecorder
// A recorder that keeps a room's cover: any exception jumps back to the beginning three times without a wait, then it is only noted.
using Newtonsoft.Json.Linq;

public class RoomCover
{
    private const int Most = 3;

    private readonly HttpClient _downloads;

    public RoomCover(HttpClient downloads) => _downloads = downloads;

    public async Task Keep(int room)
    {
        var attempt = 0;
    again:
        try
        {
            var state = JObject.Parse(await _downloads.GetStringAsync("https://api.example.org/rooms/" + room));
            var cover = state["room_info"]?["cover"]?.ToObject<string>();
            if (string.IsNullOrWhiteSpace(cover))
            {
                Console.WriteLine("no cover");
                return;
            }

            Probe.Data(cover);
            using var picture = await _downloads.GetStreamAsync("https://api.example.org/pictures/" + room).ConfigureAwait(false);
            using var kept = new MemoryStream();
            await picture.CopyToAsync(kept).ConfigureAwait(false);
            Probe.Data(kept.Length);
        }
        catch (Exception problem)
        {
            if (attempt++ < Most)
            {
                Console.WriteLine("cover failed, attempt " + attempt + ": " + problem.Message);
                goto again;
            }

            Console.WriteLine("cover given up: " + problem.Message);
        }
    }
}
