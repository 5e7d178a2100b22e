using System.Collections.Immutable;
using System.Linq;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Recognition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ApiErrorHandling.Analyzers.Flow;

/// <content>Requests, responses and what their calls throw.</content>
internal sealed partial class Evaluator
{
    private Value Send(
        IOperation operation,
        Meaning.SendRequest send,
        Value client,
        Value address,
        Value message,
        ImmutableArray<Value> arguments,
        State state,
        GraphSolver? solver)
    {
        client = Concrete(client, state);
        message = Concrete(message, state);
        if (state.IsDead || solver is null)
        {
            return Value.Any;
        }

        var header = (client as Value.Client)?.Header;
        if (message is Value.Message sent)
        {
            address = sent.Address;
            header ??= sent.Header;
        }

        if (client is Value.Client { BaseAddress: var baseAddress })
        {
            address = Addresses.Combine(baseAddress, address);
        }

        // a body that is sent on is handed on
        foreach (var argument in arguments)
        {
            if (argument is Value.Composite)
            {
                HandOn(operation, argument, state);
            }

            Look(argument);
        }

        var text = Addresses.TextOf(address);
        if ((text is not null && IsOtherProtocol(text)) || IsOfOtherProtocol(operation))
        {
            return Value.Any;
        }

        var request = RequestAt(operation, text, header);
        SendAgain(operation, request, state);
        state.Send(request);
        if (!send.IsAsync)
        {
            _waitedFor.Add(request);
        }

        if (_context.Handlers.MayThrowFor(client as Value.Client, operation.Syntax))
        {
            LookedAt.Add(request);
            state.AssumeChecked(request);
        }

        var contract = request.Contract;
        var faults = ImmutableArray.CreateBuilder<Fault>();
        faults.Add(new Fault(
            new Value.Exception(
                send.Failure ?? _context.RequestFailure, IsExact: true, request, CarriesStatus: send.Failure is null, null),
            OfKind(contract, OutcomeKind.TransportFailure)));
        faults.Add(new Fault(
            new Value.Exception(send.Failure ?? _context.TimeOut, IsExact: true, request, CarriesStatus: false, null),
            OfKind(contract, OutcomeKind.Timeout)));
        if (send.ThrowsOnFailure)
        {
            faults.Add(StatusFault(request, send.Failure));
        }

        Value result;
        if (send.Yields is not { } form)
        {
            if (send.ThrowsOnFailure)
            {
                LookedAt.Add(request);
            }

            result = new Value.Response(request);
        }
        else
        {
            var body = new Value.Body { Request = request, Form = BodyForm.Content };
            LookAtBody(request, form);
            if (form == BodyForm.Parsed)
            {
                var target = Target(send.Target!, ArgumentsOf(operation));
                faults.AddRange(ParseFaults(request, target));
                NoteAnswer(request, target);
                result = body with
                {
                    Form = form, Target = target, Root = target, ReadAt = Here(operation), ParsedAt = Here(operation),
                };
            }
            else
            {
                result = body with { Form = form, ReadAt = Here(operation) };
            }
        }

        if (send.IsAsync)
        {
            return new Value.Task(result, faults.ToImmutable());
        }

        foreach (var fault in faults)
        {
            Throw(fault, state, solver);
        }

        return result;
    }

    private static bool IsOtherProtocol(string address) =>
        (address.StartsWith("ftp", System.StringComparison.OrdinalIgnoreCase) && address.IndexOf("://", System.StringComparison.Ordinal) is 3 or 4)
        || address.StartsWith("file://", System.StringComparison.OrdinalIgnoreCase);

    // By the type of the request, or by what its answer is taken for.
    private static bool IsOfOtherProtocol(IOperation send)
    {
        var answer = send.Parent is IAwaitOperation ? send.Parent : send;
        return WebRequestLibrary.IsOther((send as IInvocationOperation)?.Instance?.Type)
            || (answer.Parent is IConversionOperation { Type: var type } && WebRequestLibrary.IsOther(type));
    }

    /// <summary>A check of another project gets a response or body: it tells, or throws for a failure.</summary>
    private Value? CheckAnswer(
        Meaning.CheckAnswer check, IOperation operation, ImmutableArray<Value> operands, State state, GraphSolver? solver)
    {
        foreach (var operand in operands)
        {
            switch (Concrete(operand, state))
            {
                case Value.Response response when check.Tells:
                    Look(response);
                    return Wrap(Attributes.IsSuccess(response.Request), check.IsAsync);
                case Value.Response response when check.IsAsync:
                    Look(response);
                    return new Value.Task(response, ImmutableArray.Create(StatusFault(response.Request)));
                case Value.Response response:
                    return EnsureSuccess(operation, response, state, solver);
                case Value.Body body:
                    // which codes it knows is not seen
                    LookedAt.Add(body.Request);
                    state.AssumeChecked(body.Request);
                    return check.Tells ? Wrap(Value.Derived(Taint.Outcome(body.Request)), check.IsAsync) : Wrap(body, check.IsAsync);
            }
        }

        return null;
    }

    private static ImmutableArray<IArgumentOperation> ArgumentsOf(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => invocation.Arguments,
        IObjectCreationOperation creation => creation.Arguments,
        _ => ImmutableArray<IArgumentOperation>.Empty,
    };

    private RequestSite RequestAt(IOperation operation, string? address, string? header)
    {
        var at = Here(operation);
        var key = (at.Syntax, ReferenceEquals(at, operation) ? null : operation.Syntax, 0, (ErrorContract?)null);
        if (_requests.TryGetValue(key, out var known))
        {
            return known;
        }

        var binding = Bind(at, address, header);
        var possible = binding.Outcomes - binding.Contract.Redirects;
        var request = new RequestSite(_requests.Count + 1, at, binding.Contract, possible, address);
        _requests.Add(key, request);
        return request;
    }

    private ContractBinding Bind(IOperation operation, string? address, string? header)
    {
        if (_contractOfFile is { } chosen)
        {
            return _context.Contracts.MatchAddress(address ?? string.Empty) is { } match
                && ReferenceEquals(match.Contract, chosen)
                    ? match
                    : All(chosen);
        }

        return (address is null ? null : _context.Contracts.MatchAddress(address))
            ?? (header is null ? null : _context.Contracts.MatchHeader(header))
            ?? (_bindings.TryGetValue(operation.Syntax, out var late) ? late : _binding ?? All(_context.Contracts.Http));

        static ContractBinding All(ErrorContract contract) => new(contract, OutcomeSet.FirstOf(contract.Outcomes.Length));
    }

    // An answer's type can tell the contract of a request whose address says nothing.
    private void NoteAnswer(RequestSite request, ParseTarget target)
    {
        if (!ReferenceEquals(request.Contract, _context.Contracts.Http)
            || _contractOfFile is not null
            || target is not { Flavour: JsonFlavour.Typed, Type: { } type }
            || (!request.IsInput && _bindings.ContainsKey(request.Operation.Syntax)))
        {
            return;
        }

        if (_context.BindingOfAnswer(type) is { } binding)
        {
            BindLate(request, binding);
        }
    }

    private void BindLate(RequestSite request, ContractBinding binding)
    {
        if (request.IsInput)
        {
            InputBindings[request] = binding;
        }
        else if (!_bindings.ContainsKey(request.Operation.Syntax))
        {
            LateBindings[request.Operation.Syntax] = binding;
        }
    }

    private static OutcomeSet OfKind(ErrorContract contract, OutcomeKind kind)
    {
        var set = OutcomeSet.Empty;
        foreach (var outcome in contract.Outcomes)
        {
            if (outcome.Kind == kind)
            {
                set = set.With(outcome.Index);
            }
        }

        return set;
    }

    private Fault StatusFault(RequestSite request, ITypeSymbol? type = null) => new(
        new Value.Exception(type ?? _context.RequestFailure, IsExact: true, request, CarriesStatus: type is null, null),
        request.Contract.StatusFailures | StatusNoData(request.Contract));

    // 304 is no success for EnsureSuccessStatusCode either
    private static OutcomeSet StatusNoData(ErrorContract contract)
    {
        var set = OutcomeSet.Empty;
        foreach (var outcome in contract.Outcomes)
        {
            if (outcome is { Advice: Advice.NoData, Status: { Min: >= 300 } })
            {
                set = set.With(outcome.Index);
            }
        }

        return set;
    }

    private Value EnsureSuccess(IOperation operation, Value.Response response, State state, GraphSolver? solver)
    {
        LookedAt.Add(response.Request);
        Throw(StatusFault(response.Request), state, solver);
        return response;
    }

    private Value ReadResponse(IOperation operation, ResponsePart part, Value response, State state)
    {
        if (response is not Value.Response { Request: var request })
        {
            return Value.Derived(response.Taint);
        }

        if (response is Value.Response { IsCaught: true } && part is ResponsePart.Content or ResponsePart.Stream)
        {
            return Value.Derived(response.Taint, isNotNull: true);
        }

        if (part is ResponsePart.Content or ResponsePart.Stream or ResponsePart.Headers or ResponsePart.Message)
        {
            // what came with it is of interest by itself; a body that is parsed can still have a code
            LookAtBody(request, part == ResponsePart.Content ? BodyForm.Parsed : BodyForm.Content);
        }

        return part switch
        {
            ResponsePart.Status => Attributes.Status(request),
            ResponsePart.IsSuccess => Attributes.IsSuccess(request),
            ResponsePart.Content => new Value.Body { Request = request, Form = BodyForm.Content },
            ResponsePart.Stream => new Value.Body { Request = request, Form = BodyForm.Stream, ReadAt = Here(operation) },
            ResponsePart.Message => Value.Any,
            _ => new Value.ResponseDetail(request),
        };
    }

    private Value ReadBody(
        IOperation operation,
        Value.Body content,
        Meaning.ReadBody read,
        ImmutableArray<IArgumentOperation> arguments,
        State state,
        GraphSolver? solver)
    {
        LookAtBody(content.Request, read.Form);
        if (read.Form != BodyForm.Parsed)
        {
            return Wrap(content with { Form = read.Form, ReadAt = Here(operation) }, read.IsAsync);
        }

        return Parse(
            operation, content with { ReadAt = Here(operation) }, Target(read.Target!, arguments), read.IsAsync, state, solver);
    }

    private Value Create(IObjectCreationOperation creation, State state, GraphSolver? solver)
    {
        var parameters = creation.Constructor?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty;
        var values = new Value[parameters.Length];
        foreach (var argument in creation.Arguments)
        {
            var value = Evaluate(argument.Value, state, solver);
            if (argument.Parameter is { } parameter && parameter.Ordinal < values.Length)
            {
                values[parameter.Ordinal] = value;
            }
        }

        var arguments = values.Select(v => v ?? Value.Any).ToImmutableArray();
        if (creation.Constructor is not { } constructor || state.IsDead)
        {
            return Value.AnyObject;
        }

        Value result;
        if (_context.Libraries.Find(constructor) is { } meaning
            && Apply(meaning, creation, Value.Any, creation.Arguments, arguments, state, solver) is { } known)
        {
            result = known;
        }
        else if (IsException(creation.Type))
        {
            RequestSite? carried = null;
            Value.Exception? inner = null;
            var given = ImmutableSortedDictionary.CreateBuilder<string, Value>(System.StringComparer.Ordinal);
            for (var i = 0; i < arguments.Length; i++)
            {
                inner ??= arguments[i] as Value.Exception;
                carried ??= arguments[i].Taint.Entries.Select(e => e.Key).FirstOrDefault();
                if (!arguments[i].Equals(Value.Any) && arguments[i] is not Value.Exception)
                {
                    given[MemberOf(creation.Type, parameters[i])] = arguments[i];
                }
            }

            return new Value.Exception(creation.Type!, IsExact: true, carried, CarriesStatus: false, inner)
            {
                Members = given.ToImmutable(),
            };
        }
        else if (creation.Type is INamedTypeSymbol { IsGenericType: true } or INamedTypeSymbol { Name: "ArrayList" }
            && arguments.IsEmpty && _context.IsCollection(creation.Type))
        {
            result = new Value.Elements(ImmutableArray<Value>.Empty);
        }
        else if (Construct(creation, constructor, arguments, state, solver) is { } constructed)
        {
            result = constructed;
        }
        else if (state.IsDead)
        {
            return Value.AnyObject;
        }
        else
        {
            // what the constructor does with them is seen when the object is used
            var members = ImmutableSortedDictionary.CreateBuilder<string, Value>(System.StringComparer.Ordinal);
            for (var i = 0; i < arguments.Length; i++)
            {
                members[MemberOf(creation.Type, parameters[i])] = arguments[i];
            }

            RunCallbacks(arguments, state, solver);
            result = new Value.Composite(creation.Type, members.ToImmutable());
        }

        return creation.Initializer is { } initializer ? Initialise(result, initializer, state, solver) : result;
    }

    // Outside of graphs object initialisers are still in one piece.
    private Value Initialise(
        Value value, IObjectOrCollectionInitializerOperation initializer, State state, GraphSolver? solver)
    {
        foreach (var part in initializer.Initializers)
        {
            switch (part)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment:
                    var assigned = Evaluate(assignment.Value, state, solver);
                    value = (value, _context.Libraries.Find(property.Property)) switch
                    {
                        (Value.Client client, Meaning.AddressProperty) => client with { BaseAddress = assigned },
                        (Value.Message message, Meaning.AddressProperty) => message with { Address = assigned },
                        (_, Meaning.AddressPartProperty given) => Addresses.With(value, given.Part, assigned),
                        (Value.Composite composite, _) => new Value.Composite(
                            composite.Type, composite.Members.SetItem(property.Property.Name, assigned)),
                        _ => value,
                    };
                    break;
                case IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation inner } member
                    when _context.Libraries.Find(inner.Property) is Meaning.HeadersProperty && value is Value.Client owner:
                    foreach (var added in member.Initializer.Initializers.OfType<IInvocationOperation>())
                    {
                        if (added.Arguments.Length > 0
                            && added.Arguments[0].Value.ConstantValue.Value is string name
                            && _context.Contracts.MatchHeader(name) is not null)
                        {
                            value = owner with { Header = name };
                        }
                    }

                    break;
                case IInvocationOperation { Arguments.Length: 1 } add when value is Value.Elements elements:
                    var item = Evaluate(add.Arguments[0].Value, state, solver);
                    value = item is Value.Constant ? new Value.Elements(elements.Items.Add(item)) : Value.AnyObject;
                    break;
            }
        }

        return value;
    }

    // A positional record's parameter is its property.
    private static string MemberOf(ITypeSymbol? type, IParameterSymbol parameter) =>
        type?.GetMembers().FirstOrDefault(m => m is IPropertySymbol
            && string.Equals(m.Name, parameter.Name, System.StringComparison.OrdinalIgnoreCase))?.Name
        ?? AssignedIn(parameter) ?? parameter.Name;

    // `Retry = isTransient;`
    private static string? AssignedIn(IParameterSymbol parameter) =>
        parameter.ContainingSymbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ConstructorDeclarationSyntax constructor
            ? constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>()
                .Where(a => a.Right is IdentifierNameSyntax { Identifier.ValueText: var given } && given == parameter.Name)
                .Select(a => a.Left switch
                {
                    IdentifierNameSyntax name => name.Identifier.ValueText,
                    MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
                    _ => null,
                })
                .FirstOrDefault(name => name is not null)
            : null;

    private bool IsException(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, _context.ExceptionType))
            {
                return true;
            }
        }

        return false;
    }
}
