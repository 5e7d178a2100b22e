using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>Why a contract file cannot be used. Each kind has its sentence in the resources.</summary>
internal enum ContractErrorKind
{
    /// <summary>Not JSON: {0} stands where it must not.</summary>
    InvalidJson,

    /// <summary>Not JSON: the file ends too early.</summary>
    UnexpectedEnd,

    /// <summary>Nested deeper than {0} levels.</summary>
    TooDeep,

    /// <summary>The field {0} is missing.</summary>
    MissingField,

    /// <summary>There is no field {0}.</summary>
    UnknownField,

    /// <summary>The field {0} stands twice in one object.</summary>
    DuplicateField,

    /// <summary>The field {0} has another JSON type than {1}.</summary>
    WrongType,

    /// <summary>The field {0} cannot have the value {1}.</summary>
    BadValue,

    /// <summary>There is no advice {0}.</summary>
    UnknownAdvice,

    /// <summary>{0} is no HTTP status of a final answer.</summary>
    BadStatus,

    /// <summary>{0} is no pattern for hosts.</summary>
    BadHost,

    /// <summary>{0} is no pattern for paths.</summary>
    BadPath,

    /// <summary>No outcome belongs to the error model {0}.</summary>
    UnknownModel,

    /// <summary>The fields {0} and {1} exclude each other.</summary>
    ConflictingFields,

    /// <summary>Another file has the contract id {0} already.</summary>
    DuplicateContract,

    /// <summary>The outcome {0} (a code, or a status with its title or error code) is there already.</summary>
    DuplicateOutcome,

    /// <summary>{0} outcomes are more than {1}.</summary>
    TooManyOutcomes,

    /// <summary>No outcome of {0} is a success.</summary>
    NoSuccess,
}

/// <summary>One reason why a contract file cannot be used, with its place in the file.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="TextSpan">The place as characters.</param>
/// <param name="Span">The place as lines and columns.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Arguments">The names and numbers that go into the sentence.</param>
internal sealed record ContractError(
    string Path, TextSpan TextSpan, LinePositionSpan Span, ContractErrorKind Kind, ImmutableArray<string> Arguments)
{
    /// <summary>The sentence in the reader's language; can itself be an argument of a diagnostic.</summary>
    public LocalizableString Message => Resources.Format("ContractError_" + Kind, Arguments.ToArray());

    /// <summary>Where a diagnostic belongs.</summary>
    public Location Location => Location.Create(Path, TextSpan, Span);
}
