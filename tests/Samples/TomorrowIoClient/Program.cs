using TomorrowIoClient;

var location = args.Length > 0 ? args[0] : "42.3478,-71.0466";
var key = Environment.GetEnvironmentVariable("TOMORROW_API_KEY") ?? "";

using var http = new HttpClient();
var client = new TomorrowClient(http, key);

try
{
    Console.WriteLine($"now: {await client.GetTemperatureAsync(location)} °C");
    foreach (var line in await client.GetHoursAsync(location))
    {
        Console.WriteLine(line);
    }

    Console.WriteLine($"warmest day: {await client.GetWarmestDayAsync(location)}");
    Console.WriteLine($"last week: {await client.GetHistoryAsync(location, DateTimeOffset.UtcNow.AddDays(-7))} points");
    Console.WriteLine($"alerts: {string.Join(", ", await client.GetAlertsAsync(location))}");
    return 0;
}
catch (TomorrowException e)
{
    Console.Error.WriteLine($"{e.Message} (code {e.Code}, correlation id {e.CorrelationId})");
    return 1;
}
