using ApiErrorHandling.Analyzers.Contracts;
using Microsoft.CodeAnalysis;

namespace ApiErrorHandling.Analyzers.Flow;

/// <summary>How data of a body is used.</summary>
internal enum UseKind
{
    /// <summary>A data member is read.</summary>
    Member,

    /// <summary>A data member is only compared with null or tested for emptiness.</summary>
    NullTest,

    /// <summary>The body, or what it was parsed into, is returned, stored or passed on without its status.</summary>
    HandOn,

    /// <summary>Something reads the body of which cannot be said what.</summary>
    Opaque,
}

/// <summary>A use of a body, with the outcomes that can reach it.</summary>
internal sealed class Use
{
    /// <summary>Makes a use.</summary>
    public Use(RequestSite request, IOperation at, UseKind kind, Value.Body body)
    {
        Request = request;
        At = at;
        Kind = kind;
        Body = body;
    }

    /// <summary>The request whose body it is.</summary>
    public RequestSite Request { get; }

    /// <summary>The operation that uses the body.</summary>
    public IOperation At { get; }

    /// <summary>How it is used.</summary>
    public UseKind Kind { get; }

    /// <summary>The body, or the part that is read.</summary>
    public Value.Body Body { get; }

    /// <summary>The outcomes that reach the use on paths where nothing unreadable looked at the outcome.</summary>
    public OutcomeSet Outcomes { get; private set; }

    /// <summary>Adds outcomes that reach the use.</summary>
    public void Reach(OutcomeSet outcomes) => Outcomes |= outcomes;
}
