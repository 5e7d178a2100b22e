namespace ApiErrorHandling.Analyzers.Benchmarks.Inputs;

/// <summary>
/// A library made up by rule, the same every time: classes that keep things in memory and ask one another. With HTTP,
/// one in ten asks a web API instead, through a helper.
/// </summary>
internal static class SyntheticLibrary
{
    private const int Classes = 1_500;

    private static readonly string[] Nouns =
    [
        "Order", "Invoice", "Customer", "Shipment", "Product", "Payment", "Contract", "Account", "Supplier", "Ticket",
        "Report", "Session", "Vehicle", "Sensor", "Booking", "Message", "Document", "License", "Campaign", "Region",
    ];

    private static readonly string[] Verbs = ["Find", "Load", "Read", "Query", "Get", "Fetch", "Resolve"];

    /// <summary>Makes the library.</summary>
    /// <param name="withHttp">Whether one in ten classes sends requests.</param>
    public static Input Create(bool withHttp)
    {
        var files = Enumerable.Range(0, Classes).Select(i => File(i, withHttp));
        return withHttp
            ? new Input("synthetic library with HTTP", [.. files, ("Api.cs", HttpTemplates.Helper)])
            : new Input("synthetic library without HTTP", [.. files]);
    }

    private static (string Path, string Text) File(int index, bool withHttp)
    {
        var names = NamesOf(index, withHttp);
        var next = NamesOf((index + Classes - 1) % Classes, withHttp);
        var text = IsClient(index, withHttp)
            ? HttpTemplates.Client(names, index / 10)
            : PlainTemplate.Store(names, next, index);
        return ($"Area{index % 25:00}/{names.Type}.cs", text);
    }

    private static bool IsClient(int index, bool withHttp) => withHttp && index % 10 == 0;

    // About ten classes share the name of a method, as they do in real libraries.
    private static TypeNames NamesOf(int index, bool withHttp)
    {
        var noun = Nouns[(index + index / 10) % Nouns.Length];
        var kind = IsClient(index, withHttp) ? "Client" : "Store";
        var verb = Verbs[index / 3 % Verbs.Length];
        return new TypeNames($"{noun}{kind}{index:0000}", $"{noun}{index:0000}", $"{verb}{noun}Async");
    }
}
