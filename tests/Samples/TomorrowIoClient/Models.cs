namespace TomorrowIoClient;

public class RealtimeResponse
{
    public RealtimeData Data { get; set; } = new();
}

public class RealtimeData
{
    public DateTimeOffset Time { get; set; }

    public WeatherValues Values { get; set; } = new();
}

public class WeatherValues
{
    public double Temperature { get; set; }

    public double TemperatureMax { get; set; }
}

public class ForecastResponse
{
    public Timelines Timelines { get; set; } = new();
}

public class Timelines
{
    public List<Interval> Daily { get; set; } = [];
}

public class Interval
{
    public DateTimeOffset Time { get; set; }

    public WeatherValues Values { get; set; } = new();
}

public class HistoryResponse
{
    public HistoryData Data { get; set; } = new();
}

public class HistoryData
{
    public List<Interval> Timelines { get; set; } = [];
}

public class ErrorResponse
{
    public int Code { get; set; }

    public string Type { get; set; } = "";

    public string Message { get; set; } = "";
}

public class TomorrowException(string message, int code, string? correlationId) : Exception(message)
{
    public int Code { get; } = code;

    public string? CorrelationId { get; } = correlationId;
}
