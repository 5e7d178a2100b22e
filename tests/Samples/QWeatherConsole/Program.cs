using QWeatherConsole;

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: QWeatherConsole CITY");
    return 2;
}

var city = await Weather.FindCityAsync(args[0]);
if (city is null)
{
    Console.Error.WriteLine($"No city called {args[0]}.");
    return 1;
}

Console.WriteLine($"{city.Name}, {city.Country}");
await Weather.PrintNowAsync(city.Id);
await Weather.PrintForecastAsync(city.Id);
await Weather.PrintHoursAsync(city.Id);
await Weather.PrintWarningsAsync(city.Id);
await Weather.PrintIndicesAsync(city.Id);
await Weather.PrintAirAsync(city.Lat, city.Lon);
await Weather.PrintAlertsAsync(city.Lat, city.Lon);
return 0;
