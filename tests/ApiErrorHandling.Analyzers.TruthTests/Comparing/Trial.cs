using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.TruthTests.Running;

namespace ApiErrorHandling.Analyzers.TruthTests.Comparing;

/// <summary>One program analysed, run and compared.</summary>
internal sealed class Trial
{
    private Trial(ClientProgram program) => Program = program;

    public ClientProgram Program { get; }

    /// <summary>Why the program cannot be run; null if it was.</summary>
    public string? NotRun { get; private init; }

    public Tally Tally { get; private init; } = new();

    public Claims? Claims { get; private init; }

    public IReadOnlyList<Observation> Runs { get; private init; } = [];

    /// <summary>Analyses a program, runs it with every outcome, and compares.</summary>
    /// <param name="program">The program.</param>
    /// <param name="runner">Runs it.</param>
    /// <param name="catalog">The contracts.</param>
    /// <param name="bodies">Bodies of a success that it is known to expect; guessed if null.</param>
    /// <param name="depth">How many requests are answered with each outcome, one after the other.</param>
    public static Trial Of(ClientProgram program, Runner runner, ContractCatalog catalog, IReadOnlyList<string>? bodies = null, int depth = 3)
    {
        var claims = new Claims(program, catalog);
        var assembly = program.Build(claims.UsePlaces, out var watched, out var errors);
        if (assembly is null)
        {
            return new Trial(program) { NotRun = "does not compile: " + string.Join("; ", errors.Take(3)), Claims = claims };
        }

        // an address that says nothing may belong to whatever the engine takes it for by its answer
        var otherwise = claims.Contracts.Where(c => c.Id != "http").ToList() is [var only]
            ? new ContractBinding(only, claims.Requests.Where(r => r.Contract == only).Aggregate(OutcomeSet.Empty, (all, r) => all | r.Possible))
            : new ContractBinding(catalog.Http, OutcomeSet.FirstOf(catalog.Http.Outcomes.Length));
        var explorer = new Explorer(runner, catalog, otherwise) { MaxDepth = depth };
        var deeds = new Deeds(program.Places);
        var runs = new List<Observation>();
        bodies ??= SuccessBodies.Guess(program.Marked, program.Trees);
        var obstacles = new List<string>();
        foreach (var entry in EntryPoint.Of(assembly))
        {
            if (explorer.FindSuccess(entry, bodies) is var (success, body))
            {
                runs.AddRange(explorer.Explore(entry, success, body));
            }
            else if (explorer.Obstacle is { } obstacle)
            {
                obstacles.Add(entry + " " + obstacle);
            }
        }

        runs.ForEach(deeds.Add);
        deeds.AreIncomplete = explorer.IsCut;
        return runs.Count == 0
            ? new Trial(program) { NotRun = obstacles.Count == 0 ? "cannot be called" : string.Join("; ", obstacles.OrderBy(o => o.EndsWith("sends nothing", StringComparison.Ordinal))), Claims = claims }
            : new Trial(program) { Tally = new Comparison(program, claims, deeds, runs, watched).Compare(), Runs = runs, Claims = claims };
    }
}
