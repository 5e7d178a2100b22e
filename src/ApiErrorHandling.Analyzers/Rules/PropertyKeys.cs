namespace ApiErrorHandling.Analyzers.Rules;

/// <summary>The facts that a diagnostic carries to its fix, by key.</summary>
public static class PropertyKeys
{
    /// <summary>The id of the contract.</summary>
    public const string Contract = "contract";

    /// <summary>The name of the contract for people.</summary>
    public const string ContractName = "contractName";

    /// <summary>The ids of all outcomes that the report is about, separated by commas.</summary>
    public const string Outcomes = "outcomes";

    /// <summary>
    /// How parsed JSON is held: the name of a member of <see cref="Recognition.JsonFlavour"/>.
    /// </summary>
    public const string Flavour = "flavour";

    /// <summary>The documentation id of the type that a body is parsed into, without type arguments.</summary>
    public const string AnswerType = "answerType";

    /// <summary>
    /// The member that holds the code: the JSON name where there is no member yet or the answer has no members, else a
    /// member's name.
    /// </summary>
    public const string CodeMember = "codeMember";

    /// <summary>The C# type of that member, for typed answers.</summary>
    public const string CodeMemberType = "codeMemberType";

    /// <summary>The code that means success, as the contract writes it.</summary>
    public const string SuccessCode = "successCode";

    /// <summary>The JSON type of the code: the name of a member of <see cref="Contracts.CodeType"/>.</summary>
    public const string CodeType = "codeType";
}
