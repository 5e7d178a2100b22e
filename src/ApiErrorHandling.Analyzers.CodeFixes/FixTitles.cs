namespace ApiErrorHandling.Analyzers.CodeFixes;

/// <summary>What light bulbs say, from the analyzers' resources.</summary>
internal static class FixTitles
{
    /// <summary>Call EnsureSuccessStatusCode.</summary>
    public static string EnsureSuccess => Get("Fix_EnsureSuccess");

    /// <summary>Return {0} when the status is a failure.</summary>
    public static string ReturnOnFailingStatus => Get("Fix_ReturnOnFailingStatus");

    /// <summary>Check {0} and throw.</summary>
    public static string CheckCodeAndThrow => Get("Fix_CheckCodeAndThrow");

    /// <summary>Check {0} and return {1}.</summary>
    public static string CheckCodeAndReturn => Get("Fix_CheckCodeAndReturn");

    /// <summary>Add {0} to {1}.</summary>
    public static string AddCodeMember => Get("Fix_AddCodeMember");

    /// <summary>Add {0} to {1} and check it.</summary>
    public static string AddCodeMemberAndCheck => Get("Fix_AddCodeMemberAndCheck");

    /// <summary>Add members for error codes.</summary>
    public static string AddCodeMembers => Get("Fix_AddCodeMembers");

    /// <summary>Retry only what passes by itself.</summary>
    public static string RetryWhatPasses => Get("Fix_RetryWhatPasses");

    /// <summary>Let failures that do not pass out of {0}.</summary>
    /// <param name="method">The name of a method.</param>
    public static string LetOutWhatDoesNotPass(string method) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Get("Fix_LetOutWhatDoesNotPass"), method);

    /// <summary>Limit the number of attempts.</summary>
    public static string LimitAttempts => Get("Fix_LimitAttempts");

    /// <summary>Wait before the next attempt.</summary>
    public static string WaitBeforeNext => Get("Fix_WaitBeforeNext");

    private static string Get(string name) => Resources.ResourceManager.GetString(name) ?? name;
}
