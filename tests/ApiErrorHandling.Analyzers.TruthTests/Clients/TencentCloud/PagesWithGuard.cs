// A report over all disks, page by page: a guard throws an own exception for codes in the four thousands, and lets the others through.
using System.Net.Http.Json;

public class DiskReport
{
    private readonly HttpClient _http = new();

    public async Task<long> Total(string region)
    {
        long sum = 0;
        var offset = 0;
        while (true)
        {
            var page = await _http.GetFromJsonAsync<DiskPage>(
                $"https://cbs.api.qcloud.com/v2/index.php?Action=DescribeCbsStorages&Region={region}&offset={offset}&limit=2&Nonce={Random.Shared.Next()}&Timestamp={DateTimeOffset.UtcNow.ToUnixTimeSeconds()}&Signature=s");
            Guard(page);
            foreach (var disk in page.StorageSet)
            {
                Probe.Data(disk.StorageSize);
                sum += disk.StorageSize;
            }

            offset += page.StorageSet.Count;
            if (offset >= page.TotalCount)
            {
                return sum;
            }
        }
    }

    private static void Guard(DiskPage page)
    {
        if (page.Code is >= 4000 and < 5000)
        {
            throw new CloudRefusedException(page.Code, page.Message);
        }
    }
}

public class CloudRefusedException(int code, string message) : Exception($"{code} {message}");

public class DiskPage
{
    public int Code { get; set; }
    public string Message { get; set; }
    public int TotalCount { get; set; }
    public List<Disk> StorageSet { get; set; }
}

public class Disk
{
    public long StorageSize { get; set; }
}
