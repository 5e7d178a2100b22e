namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>The ids of all rules.</summary>
public static class RuleIds
{
    /// <summary>Body error code ignored.</summary>
    public const string BodyErrorCodeIgnored = "AEH1001";

    /// <summary>HTTP status ignored.</summary>
    public const string HttpStatusIgnored = "AEH1002";

    /// <summary>Body error code lost.</summary>
    public const string BodyErrorCodeLost = "AEH1003";

    /// <summary>Outcome never looked at.</summary>
    public const string OutcomeDropped = "AEH1010";

    /// <summary>Permanent error retried.</summary>
    public const string PermanentErrorRetried = "AEH2001";

    /// <summary>Used-up quota retried.</summary>
    public const string UsedUpQuotaRetried = "AEH2002";

    /// <summary>Unbounded retry.</summary>
    public const string UnboundedRetry = "AEH2003";

    /// <summary>Retry without a wait.</summary>
    public const string RetryWithoutWait = "AEH3001";

    /// <summary>A contract file that cannot be used.</summary>
    public const string InvalidContract = "AEH9001";

    /// <summary>An option that cannot be read.</summary>
    public const string InvalidOption = "AEH9002";
}
