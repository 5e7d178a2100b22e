// A shop back end client with a result type: a problem document becomes the error side, and callers must match both sides.
using System.Net.Http.Json;

public class OrderGateway(HttpClient http)
{
    public async Task<string> Describe(int number, CancellationToken token) => await Find(number, token) switch
    {
        Result<Order>.Ok { Value: var order } => Text(order),
        Result<Order>.Failed { Problem: { Status: 404 } } => "no such order",
        Result<Order>.Failed { Problem: var problem } => "failed: " + problem.Title,
        _ => throw new InvalidOperationException(),
    };

    private static string Text(Order order)
    {
        Probe.Data(order.Customer);
        return order.Customer + " owes " + order.Total;
    }

    private async Task<Result<Order>> Find(int number, CancellationToken token)
    {
        using var response = await http.GetAsync($"https://shop.example.org/api/orders/{number}", token);
        if (response.IsSuccessStatusCode)
        {
            var order = await response.Content.ReadFromJsonAsync<Order>(token);
            return order is null ? Fail(response, null) : new Result<Order>.Ok(order);
        }

        var document = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await response.Content.ReadFromJsonAsync<Problem>(token)
            : null;
        return Fail(response, document);
    }

    private static Result<Order> Fail(HttpResponseMessage response, Problem document) =>
        new Result<Order>.Failed(document ?? new Problem(response.ReasonPhrase, (int)response.StatusCode, null));
}

public abstract record Result<T>
{
    public sealed record Ok(T Value) : Result<T>;

    public sealed record Failed(Problem Problem) : Result<T>;
}

public record Problem(string Title, int? Status, string Detail);

public record Order(int Number, string Customer, decimal Total);
