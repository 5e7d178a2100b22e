namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>What to do about an outcome of a request.</summary>
internal enum Advice
{
    /// <summary>Nothing is known; such an outcome alone justifies no report.</summary>
    None,

    /// <summary>The data is there.</summary>
    Success,

    /// <summary>The request succeeded and there is no data to read.</summary>
    NoData,

    /// <summary>The same request will fail again.</summary>
    Never,

    /// <summary>Throttled or transient: wait, then try again.</summary>
    Backoff,

    /// <summary>A quota or balance is used up: nothing before the next day, month or payment.</summary>
    AfterReset,

    /// <summary>Another attempt is right with something renewed: credentials, nonce, entity version.</summary>
    Renew,

    /// <summary>Part of a batch was done: repeat what failed, never the whole.</summary>
    Partial,

    /// <summary>Look elsewhere.</summary>
    Redirect,
}
