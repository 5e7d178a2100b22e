using ApiErrorHandling.Analyzers.Benchmarks;
using ApiErrorHandling.Analyzers.Benchmarks.Inputs;
using ApiErrorHandling.Analyzers.Benchmarks.Measuring;

#if DEBUG
Console.Error.WriteLine("This is a debug build, its figures say little: run it with -c Release.");
#endif

if (Options.Parse(args, out var fault) is not { } options)
{
    Console.Error.WriteLine(fault);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

var references = await References.ResolveAsync();
IEnumerable<Input> inputs = options.Folders.IsEmpty
    ? [SyntheticLibrary.Create(withHttp: true), SyntheticLibrary.Create(withHttp: false)]
    : options.Folders.Select(Input.FromFolder);
var isTooDear = false;
foreach (var input in inputs)
{
    if (input.Files.IsEmpty)
    {
        Console.Error.WriteLine($"There is no C# source in {input.Name}.");
        return 2;
    }

    var comparison = Comparison.Measure(input, references, options.Runs);
    Table.Write(comparison, Console.Out);
    foreach (var excess in comparison.Exceeding(options))
    {
        Console.Error.WriteLine($"{input.Name}: {excess}");
        isTooDear = true;
    }
}

return isTooDear ? 1 : 0;
