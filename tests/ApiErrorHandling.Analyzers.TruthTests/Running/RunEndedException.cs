namespace ApiErrorHandling.Analyzers.TruthTests.Running;

/// <summary>Ends a program that would go on for ever.</summary>
public sealed class RunEndedException : Exception
{
    /// <summary>Makes the exception.</summary>
    public RunEndedException()
        : base("The program has sent as many requests, or waited as often, as it may.")
    {
    }
}
