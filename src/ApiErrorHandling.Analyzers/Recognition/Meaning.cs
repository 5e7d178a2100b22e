using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Recognition;

/// <summary>Which part of a call is meant: the instance, or an argument by the ordinal of its parameter.</summary>
/// <param name="Ordinal">-2 nothing, -1 the instance, else the parameter's ordinal.</param>
internal readonly record struct Operand(int Ordinal)
{
    /// <summary>No part.</summary>
    public static Operand None => new(-2);

    /// <summary>The instance that the member is called on.</summary>
    public static Operand Instance => new(-1);

    /// <summary>Whether there is such a part.</summary>
    public bool Exists => Ordinal != -2;
}

/// <summary>The form in which (a part of) a body is held.</summary>
internal enum BodyForm
{
    /// <summary>An <c>HttpContent</c>, not yet read.</summary>
    Content,

    /// <summary>A stream or reader.</summary>
    Stream,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A parsed document or object, or a part of one.</summary>
    Parsed,
}

/// <summary>How parsed JSON is held.</summary>
internal enum JsonFlavour
{
    /// <summary>A class, struct or record of the project.</summary>
    Typed,

    /// <summary>A dictionary by member name.</summary>
    Dictionary,

    /// <summary><c>System.Text.Json.JsonDocument</c> or <c>JsonElement</c>.</summary>
    Element,

    /// <summary><c>System.Text.Json.Nodes.JsonNode</c> and its heirs.</summary>
    Node,

    /// <summary>Newtonsoft's <c>JToken</c> and its heirs.</summary>
    Token,

    /// <summary>A <c>dynamic</c> document.</summary>
    Dynamic,

    /// <summary>Something of which the members cannot be told.</summary>
    Opaque,
}

/// <summary>How a serializer binds JSON names to members.</summary>
internal enum NameBinding
{
    /// <summary>Exactly (System.Text.Json's default).</summary>
    Exact,

    /// <summary>Camel case and without regard to case (System.Text.Json's web defaults).</summary>
    Web,

    /// <summary>Without regard to case (Newtonsoft's default).</summary>
    IgnoreCase,

    /// <summary>Options that cannot be read; every plausible name binds.</summary>
    Unknown,
}

/// <summary>What a parse makes of a body.</summary>
/// <param name="Flavour">How the result is held.</param>
/// <param name="Type">
/// The type parsed into; null where its members say nothing. A type parameter where only the caller knows the type.
/// </param>
/// <param name="Binding">How names bind, for <see cref="JsonFlavour.Typed"/>.</param>
/// <param name="ThrowsOnEmpty">Whether an empty body makes the parser throw (else the result is null).</param>
internal sealed record ParseTarget(JsonFlavour Flavour, ITypeSymbol? Type, NameBinding Binding, bool ThrowsOnEmpty);

/// <summary>The part of a response that a member gives.</summary>
internal enum ResponsePart
{
    /// <summary>The HTTP status.</summary>
    Status,

    /// <summary>Whether the status is 200 to 299.</summary>
    IsSuccess,

    /// <summary>The content.</summary>
    Content,

    /// <summary>The stream of the content.</summary>
    Stream,

    /// <summary>Headers of the response.</summary>
    Headers,

    /// <summary>The reason phrase: text for people that follows the status.</summary>
    Reason,

    /// <summary>The request it answers.</summary>
    Message,
}

/// <summary>A part of an address.</summary>
internal enum AddressPart
{
    /// <summary>The scheme.</summary>
    Scheme,

    /// <summary>The host.</summary>
    Host,

    /// <summary>The path.</summary>
    Path,

    /// <summary>The query.</summary>
    Query,
}

/// <summary>What a member lookup in parsed JSON does where the member is missing.</summary>
internal enum OnMissing
{
    /// <summary>It throws.</summary>
    Throw,

    /// <summary>It gives null.</summary>
    Null,

    /// <summary>It returns false and sets the out parameter.</summary>
    Try,
}

/// <summary>
/// What an operation means to the flow. A library's recogniser maps its members to these; the flow knows nothing else
/// of libraries.
/// </summary>
internal abstract record Meaning
{
    private Meaning()
    {
    }

    /// <summary>Sends a request.</summary>
    /// <param name="Client">The client.</param>
    /// <param name="Address">The address; none if the message has it.</param>
    /// <param name="Message">The request message; none if the call makes its own.</param>
    /// <param name="Method">The HTTP method, upper case; null if the message has it.</param>
    /// <param name="Yields">The form of the body it gives; null if it gives the response.</param>
    /// <param name="Target">What the body is parsed into, for <see cref="BodyForm.Parsed"/>.</param>
    /// <param name="ThrowsOnFailure">Whether it throws for statuses other than 2xx.</param>
    /// <param name="IsAsync">Whether the result and the exceptions come at the await.</param>
    internal sealed record SendRequest(
        Operand Client,
        Operand Address,
        Operand Message,
        string? Method,
        BodyForm? Yields,
        ParseTarget? Target,
        bool ThrowsOnFailure,
        bool IsAsync) : Meaning
    {
        /// <summary>What it throws where no answer comes, and for failing statuses; null: HttpRequestException.</summary>
        public ITypeSymbol? Failure { get; init; }
    }

    /// <summary>Looks at a response or body among its operands, in code that is not seen.</summary>
    /// <param name="Tells">Whether it tells success with a boolean; else it throws for a failure.</param>
    /// <param name="IsAsync">Whether that comes at the await.</param>
    internal sealed record CheckAnswer(bool Tells, bool IsAsync) : Meaning;

    /// <summary>Throws unless the status is 2xx; gives the response back.</summary>
    internal sealed record EnsureSuccess : Meaning;

    /// <summary>Gives a part of a response.</summary>
    /// <param name="Part">The part.</param>
    internal sealed record ReadResponse(ResponsePart Part) : Meaning;

    /// <summary>Reads the content.</summary>
    /// <param name="Source">The content.</param>
    /// <param name="Form">The form it gives.</param>
    /// <param name="Target">What it is parsed into, for <see cref="BodyForm.Parsed"/>.</param>
    /// <param name="IsAsync">Whether the result comes at the await.</param>
    internal sealed record ReadBody(Operand Source, BodyForm Form, ParseTarget? Target, bool IsAsync) : Meaning;

    /// <summary>Turns a body, if the operand is one, into another form of itself (a decompressor, a reader, a decoder).</summary>
    /// <param name="Source">The body.</param>
    /// <param name="Form">The new form.</param>
    /// <param name="IsAsync">Whether the result comes at the await.</param>
    internal sealed record Recast(Operand Source, BodyForm Form, bool IsAsync) : Meaning;

    /// <summary>Copies the body into another stream.</summary>
    /// <param name="Source">The body.</param>
    /// <param name="Destination">The stream that holds the body afterwards.</param>
    /// <param name="IsAsync">Whether it has to be awaited.</param>
    internal sealed record CopyBody(Operand Source, Operand Destination, bool IsAsync) : Meaning;

    /// <summary>Parses a body.</summary>
    /// <param name="Source">The text, bytes or stream.</param>
    /// <param name="Target">What it becomes.</param>
    /// <param name="IsAsync">Whether the result comes at the await.</param>
    internal sealed record Parse(Operand Source, ParseTarget Target, bool IsAsync) : Meaning;

    /// <summary>Looks up a member of parsed JSON by name, index or path.</summary>
    /// <param name="Source">The document or part.</param>
    /// <param name="Name">The operand with the name.</param>
    /// <param name="Missing">What happens without such a member.</param>
    /// <param name="Out">The out argument, for <see cref="OnMissing.Try"/>.</param>
    /// <param name="IsPath">Whether the name is a path of names with dots.</param>
    /// <param name="Target">The type the member is converted to; null if it stays JSON.</param>
    internal sealed record JsonMember(
        Operand Source,
        Operand Name,
        OnMissing Missing,
        Operand Out,
        bool IsPath,
        ITypeSymbol? Target) : Meaning;

    /// <summary>Converts parsed JSON to a value or object of the given type.</summary>
    /// <param name="Source">The document or part.</param>
    /// <param name="Target">The type; null for text.</param>
    /// <param name="Out">The out argument of a Try method, else none.</param>
    internal sealed record JsonConvert(Operand Source, ITypeSymbol? Target, Operand Out) : Meaning;

    /// <summary>Gives the operand itself (RootElement, ConfigureAwait, AsTask).</summary>
    /// <param name="Source">The operand.</param>
    internal sealed record Same(Operand Source) : Meaning;

    /// <summary>Waits for a task by blocking.</summary>
    /// <param name="WrapsExceptions">Whether exceptions come inside an AggregateException.</param>
    /// <param name="HasResult">Whether it gives the task's result.</param>
    internal sealed record BlockOn(bool WrapsExceptions, bool HasResult) : Meaning;

    /// <summary>Lets time pass.</summary>
    /// <param name="Time">How long; none if that is not said.</param>
    /// <param name="IsAsync">Whether it passes where the task that comes back is awaited.</param>
    internal sealed record Wait(Operand Time, bool IsAsync) : Meaning;

    /// <summary>Wraps a value in a completed task.</summary>
    /// <param name="Source">The value.</param>
    internal sealed record CompletedTask(Operand Source) : Meaning;

    /// <summary>Makes a task that has failed.</summary>
    /// <param name="Exception">What it throws.</param>
    internal sealed record FailedTask(Operand Exception) : Meaning;

    /// <summary>Makes a task that waits for all of some tasks.</summary>
    /// <param name="Tasks">The tasks.</param>
    internal sealed record AllOf(Operand Tasks) : Meaning;

    /// <summary>Writes its arguments where only people read them; no check and no use.</summary>
    internal sealed record Log : Meaning;

    /// <summary>Runs a delegate once and gives its result as a task.</summary>
    /// <param name="Delegate">The delegate.</param>
    /// <param name="Argument">What the delegate gets, or none.</param>
    internal sealed record RunDelegate(Operand Delegate, Operand Argument) : Meaning;

    /// <summary>A function of its operands alone, computed on constants.</summary>
    /// <param name="Function">Gets the operands (instance first), gives the result, or null if it cannot tell.</param>
    /// <param name="Out">The out argument, whose value is the second of a pair result.</param>
    internal sealed record Pure(PureFunction Function, Operand Out) : Meaning;

    /// <summary>Makes text from parts: a format string with arguments, or a concatenation.</summary>
    /// <param name="IsFormat">Whether the first text operand has the placeholders.</param>
    internal sealed record MakeText(bool IsFormat) : Meaning;

    /// <summary>Appends text to a builder.</summary>
    /// <param name="IsPlain">Whether its one argument is the text; else the text is not known.</param>
    internal sealed record AppendText(bool IsPlain) : Meaning;

    /// <summary>Makes text from text of which parts may be unknown.</summary>
    /// <param name="Function">
    /// Gets the instance and the arguments, unknown parts as holes; gives the text, or null if it cannot tell.
    /// </param>
    internal sealed record EditText(Func<ImmutableArray<string>, string?> Function) : Meaning;

    /// <summary>Makes an address of text, or of a base and a relative address.</summary>
    /// <param name="Text">The text, or the relative part.</param>
    /// <param name="Base">The base address, or none.</param>
    internal sealed record MakeAddress(Operand Text, Operand Base) : Meaning;

    /// <summary>Makes an address of parts; what is not given is as in `http://localhost/`.</summary>
    /// <param name="Scheme">The scheme, or none.</param>
    /// <param name="Host">The host, or none.</param>
    /// <param name="Path">The path, or none.</param>
    internal sealed record MakeAddressOfParts(Operand Scheme, Operand Host, Operand Path) : Meaning;

    /// <summary>Gives or sets a part of an address that is put together from parts.</summary>
    /// <param name="Part">The part.</param>
    internal sealed record AddressPartProperty(AddressPart Part) : Meaning;

    /// <summary>Makes an HTTP client.</summary>
    /// <param name="IsFactory">Whether a factory makes it.</param>
    /// <param name="Name">The operand with the name that the factory knows it by.</param>
    /// <param name="Handler">The operand with the message handler.</param>
    internal sealed record MakeClient(bool IsFactory, Operand Name, Operand Handler) : Meaning;

    /// <summary>Makes a request message.</summary>
    /// <param name="Method">The operand with the HTTP method.</param>
    /// <param name="Address">The operand with the address.</param>
    internal sealed record MakeMessage(Operand Method, Operand Address) : Meaning;

    /// <summary>A property that holds the address of a client or message.</summary>
    internal sealed record AddressProperty : Meaning;

    /// <summary>The request headers of a client or message.</summary>
    internal sealed record HeadersProperty : Meaning;

    /// <summary>The content of a message or response.</summary>
    internal sealed record MethodProperty : Meaning;

    /// <summary>Adds a request header.</summary>
    /// <param name="Name">The operand with the name.</param>
    internal sealed record AddHeader(Operand Name) : Meaning;

    /// <summary>The status that an exception carries.</summary>
    internal sealed record ExceptionStatus : Meaning;

    /// <summary>The response that an exception carries: null where there was no answer.</summary>
    internal sealed record ExceptionResponse : Meaning;

    /// <summary>Whether an exception comes of an answer, of a time-out or of the connection, by <c>WebExceptionStatus</c>.</summary>
    internal sealed record ExceptionReason : Meaning;

    /// <summary>Gives the exception that others were wrapped around.</summary>
    internal sealed record InnermostException : Meaning;

    /// <summary>Never returns.</summary>
    internal sealed record EndProgram : Meaning;

    /// <summary>Disposes or otherwise touches its instance without looking at any outcome.</summary>
    /// <param name="IsNotNull">Whether what it gives is never null.</param>
    internal sealed record Harmless(bool IsNotNull = false) : Meaning;
}

/// <summary>A function computed on constants.</summary>
/// <param name="operands">
/// The instance, if there is one, and the arguments; integral numbers and enums as <see cref="long"/>, other numbers as
/// <see cref="double"/>.
/// </param>
/// <returns>The result, or null if it cannot be told (boxed null is <see cref="PureResult.Null"/>).</returns>
internal delegate PureResult? PureFunction(ImmutableArray<object?> operands);

/// <summary>The result of a <see cref="PureFunction"/>.</summary>
/// <param name="Value">The value returned.</param>
/// <param name="OutValue">The value of the out argument, if there is one.</param>
internal sealed record PureResult(object? Value, object? OutValue = null)
{
    /// <summary>The result null.</summary>
    public static PureResult Null { get; } = new PureResult((object?)null);

    /// <summary>The function throws for these operands (a parse of what is no number).</summary>
    public static PureResult Throws { get; } = new PureResult((object?)null);
}
