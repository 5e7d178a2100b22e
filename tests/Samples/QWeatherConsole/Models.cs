namespace QWeatherConsole;

public record City(string Name, string Id, string Lat, string Lon, string Country);

public record CityResponse(string Code, List<City> Location);

public record Day(string FxDate, string TempMin, string TempMax, string TextDay);

public record ForecastResponse(string Code, string UpdateTime, List<Day> Daily);

public record Hour(DateTimeOffset FxTime, string Temp, string Text);

public record HoursResponse(string Code, string UpdateTime, List<Hour> Hourly);

public record Warning(string Title, string Text);

public record WarningResponse(string Code, List<Warning> Warning);

public record LifeIndex(string Name, string Category, string Text);

public record IndicesResponse(string Code, List<LifeIndex> Daily);

// The newer endpoints have no body code: this one names the index, us-epa for example.
public record AirIndex(string Code, string AqiDisplay, string Category);

public record AirResponse(List<AirIndex> Indexes);

public record Alert(string Headline, string Severity);

public record AlertResponse(List<Alert> Alerts);

public record Problem(int Status, string Type, string Title, string Detail);

public record ProblemResponse(Problem Error);
