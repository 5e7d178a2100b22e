using RestDashboard;

if (args.Length < 1)
{
    Console.Error.WriteLine("usage: RestDashboard SERVER [PROJECT]");
    return 2;
}

var project = args.Length > 1 ? args[1] : "main";
using var http = new HttpClient { BaseAddress = new Uri(args[0]), Timeout = TimeSpan.FromSeconds(30) };
http.DefaultRequestHeaders.UserAgent.ParseAdd("RestDashboard/1.0");

var dashboard = new Dashboard(http);
Console.WriteLine($"server {await dashboard.GetServerVersionAsync() ?? "is unreachable"}");
var totals = await dashboard.GetTotalsAsync(project);
Console.WriteLine($"{totals?.Builds} builds, {totals?.Hours:0.0} hours");
await dashboard.PrintBuildsAsync(project);
await dashboard.PrintQueueAsync();
Console.WriteLine($"coverage: {await dashboard.GetCoverageAsync(project):P1}");
Console.WriteLine($"owner: {await dashboard.GetOwnerAsync(project) ?? "nobody"}");
Console.WriteLine($"started build {await dashboard.StartBuildAsync(project)}");
return 0;
