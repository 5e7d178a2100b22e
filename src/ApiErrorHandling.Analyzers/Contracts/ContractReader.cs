using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>Reads one `*.errorcontract.json` file.</summary>
internal sealed class ContractReader
{
    private readonly ContractFields _fields;
    private readonly string _id;
    private readonly OutcomeReader _outcomes;
    private readonly List<JsonValue> _namedModels = [];
    private string? _name;
    private ImmutableArray<string> _hosts = ImmutableArray<string>.Empty;
    private ImmutableArray<string> _excludedHosts = ImmutableArray<string>.Empty;
    private ImmutableArray<ContractPath> _paths = ImmutableArray<ContractPath>.Empty;
    private ImmutableArray<string> _headers = ImmutableArray<string>.Empty;
    private ImmutableArray<ImmutableArray<string>> _answers = ImmutableArray<ImmutableArray<string>>.Empty;
    private ImmutableArray<string> _codePath = ImmutableArray<string>.Empty;
    private CodeType _codeType = CodeType.Either;
    private bool _absentCodeMeansSuccess;
    private ErrorBody _errorBody = new();
    private bool _bodyTellsFailure;
    private ImmutableArray<string> _softErrors = ImmutableArray<string>.Empty;
    private string? _correlationHeader;
    private ImmutableArray<string> _freshFields = ImmutableArray<string>.Empty;
    private bool _waitsMustGrow;

    private ContractReader(ContractFields fields, string id)
    {
        _fields = fields;
        _id = id;
        _outcomes = new OutcomeReader(fields);
    }

    private bool HasBodyCode => !_codePath.IsEmpty;

    /// <summary>Reads a contract.</summary>
    /// <param name="path">The path of the file, for errors.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="builtIn">The built-in contract that the file extends unless it says that it replaces it.</param>
    /// <param name="taken">Ids that other files of the project have.</param>
    /// <param name="errors">Takes what is wrong with the file.</param>
    /// <returns>The contract; null if anything is wrong.</returns>
    public static ErrorContract? Read(
        string path,
        SourceText text,
        Func<string, ErrorContract?> builtIn,
        ImmutableArray<string> taken,
        ImmutableArray<ContractError>.Builder errors)
    {
        var fields = new ContractFields(path, text, errors);
        if (JsonParser.Parse(text.ToString(), out var fault) is not { } root)
        {
            ReportFault(fields, text, fault!);
            return null;
        }

        var id = ReadId(fields, root, taken);
        var reader = new ContractReader(fields, id);
        var replaces = root.Find("replace") is { } replace && fields.Flag(replace);
        if (!replaces && builtIn(id) is { } basis)
        {
            reader.StartFrom(basis);
        }

        return reader.ReadContract(root);
    }

    private static void ReportFault(ContractFields fields, SourceText text, JsonFault fault)
    {
        switch (fault.Kind)
        {
            case JsonFaultKind.TooDeep:
                var limit = JsonParser.MaxDepth.ToString(CultureInfo.InvariantCulture);
                fields.Report(ContractErrorKind.TooDeep, fault.Span, limit);
                break;
            case JsonFaultKind.UnexpectedEnd:
                fields.Report(ContractErrorKind.UnexpectedEnd, fault.Span);
                break;
            default:
                fields.Report(ContractErrorKind.InvalidJson, fault.Span, text.ToString(fault.Span));
                break;
        }
    }

    private static string ReadId(ContractFields fields, JsonValue root, ImmutableArray<string> taken)
    {
        if (root.Find("id") is not { } member)
        {
            if (root.Kind == JsonKind.Object)
            {
                fields.ReportMissing(root, "id");
            }

            return string.Empty;
        }

        var id = fields.Text(member) ?? string.Empty;
        if (!id.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.'))
        {
            fields.ReportBadValue(member.Value, member.Name);
        }

        if (taken.Contains(id))
        {
            fields.Report(ContractErrorKind.DuplicateContract, member.Value.Span, id);
        }

        return id;
    }

    private void StartFrom(ErrorContract basis)
    {
        _name = basis.Name;
        _hosts = basis.Hosts;
        _excludedHosts = basis.ExcludedHosts;
        _paths = basis.Paths;
        _headers = basis.Headers;
        _answers = basis.AnswerSignatures;
        _errorBody = basis.ErrorBody;
        _bodyTellsFailure = basis.BodyTellsFailure;
        _softErrors = basis.SoftErrorMembers;
        _correlationHeader = basis.CorrelationHeader;
        _freshFields = basis.FreshFields;
        _waitsMustGrow = basis.WaitsMustGrow;
        _outcomes.StartFrom(basis);
        if (basis.BodyCode is { } bodyCode)
        {
            _codePath = bodyCode.Path;
            _codeType = bodyCode.Type;
            _absentCodeMeansSuccess = bodyCode.AbsentMeansSuccess;
        }
    }

    private ErrorContract? ReadContract(JsonValue root)
    {
        foreach (var member in _fields.Members(root, "contract"))
        {
            ReadMember(member);
        }

        // After all others: what rows may say depends on the body code, even on a faulty one.
        var hasBodyCode = HasBodyCode || root.Find("bodyCode") is not null;
        if (root.Find("outcomes") is { } rows)
        {
            _outcomes.Read(rows, hasBodyCode);
        }

        if (root.Find("unlisted") is { } unlisted)
        {
            _outcomes.ReadUnlisted(unlisted, hasBodyCode);
        }

        return _fields.HasErrors ? null : Build(root);
    }

    private void ReadMember(JsonMember member)
    {
        switch (member.Name)
        {
            case "id":
            case "replace":
            case "outcomes":
            case "unlisted":
                break;
            case "$schema":
                _fields.Text(member);
                break;
            case "name":
                _name = _fields.Text(member);
                break;
            case "hosts":
                _hosts = _hosts.AddRange(Hosts(member));
                break;
            case "excludedHosts":
                _excludedHosts = _excludedHosts.AddRange(Hosts(member));
                break;
            case "paths":
                // The file's own paths come before those that it extends: the first match wins.
                _paths = _paths.InsertRange(0, _fields.Items(member).SelectMany(ReadPath));
                break;
            case "headers":
                _headers = _headers.AddRange(_fields.Words(member));
                break;
            case "answers":
                var sets = _fields.Items(member).Select(item => _fields.Words(member with { Value = item }));
                _answers = _answers.AddRange(sets);
                break;
            case "bodyCode":
                ReadBodyCode(member);
                break;
            case "errorBody":
                ReadErrorBody(member);
                break;
            case "bodyTellsFailure":
                _bodyTellsFailure = _fields.Flag(member);
                break;
            case "softErrors":
                _softErrors = _softErrors.AddRange(_fields.Words(member));
                break;
            case "correlationHeader":
                _correlationHeader = _fields.Text(member);
                break;
            case "freshFields":
                _freshFields = _freshFields.AddRange(_fields.Words(member));
                break;
            case "waitsMustGrow":
                _waitsMustGrow = _fields.Flag(member);
                break;
            default:
                _fields.ReportUnknown(member);
                break;
        }
    }

    private ImmutableArray<string> Hosts(JsonMember member) =>
        _fields.Patterns(member, AddressPattern.IsHostPattern, ContractErrorKind.BadHost);

    private IEnumerable<ContractPath> ReadPath(JsonValue value)
    {
        ImmutableArray<string>? patterns = null;
        List<JsonValue> models = [];
        var isDistinctive = false;
        string? host = null;
        foreach (var member in _fields.Members(value, "paths"))
        {
            switch (member.Name)
            {
                case "pattern":
                    patterns = _fields.Patterns(member, AddressPattern.IsPathPattern, ContractErrorKind.BadPath);
                    break;
                case "models":
                    models = _fields.Texts(member);
                    _namedModels.AddRange(models);
                    break;
                case "distinctive":
                    isDistinctive = _fields.Flag(member);
                    break;
                case "host":
                    host = _fields.Text(member);
                    if (host is not null && !AddressPattern.IsHostPattern(host))
                    {
                        _fields.Report(ContractErrorKind.BadHost, member.Value.Span, host);
                    }

                    break;
                default:
                    _fields.ReportUnknown(member);
                    break;
            }
        }

        if (patterns is null && value.Kind == JsonKind.Object)
        {
            _fields.ReportMissing(value, "pattern");
        }

        return (patterns ?? ImmutableArray<string>.Empty).Select(pattern => new ContractPath
        {
            Pattern = pattern,
            Models = models.ConvertAll(model => model.Text).ToImmutableArray(),
            IsDistinctive = isDistinctive,
            Host = host,
        });
    }

    private void ReadBodyCode(JsonMember bodyCode)
    {
        JsonMember? path = null;
        foreach (var member in _fields.Members(bodyCode.Value, bodyCode.Name))
        {
            switch (member.Name)
            {
                case "path":
                    path = member;
                    _codePath = _fields.MemberPath(member);
                    break;
                case "type":
                    _codeType = ReadCodeType(member);
                    break;
                case "absentMeansSuccess":
                    _absentCodeMeansSuccess = _fields.Flag(member);
                    break;
                default:
                    _fields.ReportUnknown(member);
                    break;
            }
        }

        if (path is null && bodyCode.Value.Kind == JsonKind.Object)
        {
            _fields.ReportMissing(bodyCode.Value, "path");
        }
    }

    private CodeType ReadCodeType(JsonMember member)
    {
        switch (_fields.Text(member))
        {
            case "string":
                return CodeType.String;
            case "number":
                return CodeType.Number;
            case "either":
            case null:
                return CodeType.Either;
            default:
                _fields.ReportBadValue(member.Value, member.Name);
                return CodeType.Either;
        }
    }

    private void ReadErrorBody(JsonMember errorBody)
    {
        var status = _errorBody.Status;
        var code = _errorBody.Code;
        var title = _errorBody.Title;
        var type = _errorBody.Type;
        var wording = _errorBody.Wording;
        var details = _errorBody.Details;
        var telltales = _errorBody.Telltales;
        var hasCodeInWording = _errorBody.HasCodeInWording;
        foreach (var member in _fields.Members(errorBody.Value, errorBody.Name))
        {
            switch (member.Name)
            {
                case "status":
                    status = status.AddRange(_fields.MemberPaths(member));
                    break;
                case "code":
                    code = code.AddRange(_fields.MemberPaths(member));
                    break;
                case "title":
                    title = title.AddRange(_fields.MemberPaths(member));
                    break;
                case "type":
                    type = type.AddRange(_fields.MemberPaths(member));
                    break;
                case "wording":
                    wording = wording.AddRange(_fields.MemberPaths(member));
                    break;
                case "details":
                    details = details.AddRange(_fields.MemberPaths(member));
                    break;
                case "telltales":
                    telltales = telltales.AddRange(_fields.Words(member));
                    break;
                case "codeInWording":
                    hasCodeInWording = _fields.Flag(member);
                    break;
                default:
                    _fields.ReportUnknown(member);
                    break;
            }
        }

        _errorBody = new ErrorBody
        {
            Status = status,
            Code = code,
            Title = title,
            Type = type,
            Wording = wording,
            Details = details,
            Telltales = telltales,
            HasCodeInWording = hasCodeInWording,
        };
    }

    private ErrorContract? Build(JsonValue root)
    {
        var outcomes = _outcomes.Complete(HasBodyCode);
        CheckWhole(root, outcomes);
        return _fields.HasErrors
            ? null
            : new ErrorContract
            {
                Id = _id,
                Name = _name!,
                Hosts = _hosts,
                ExcludedHosts = _excludedHosts,
                Paths = _paths,
                Headers = _headers,
                AnswerSignatures = _answers,
                BodyCode = BuildBodyCode(outcomes),
                ErrorBody = _errorBody,
                BodyTellsFailure = _bodyTellsFailure,
                SoftErrorMembers = _softErrors,
                CorrelationHeader = _correlationHeader,
                FreshFields = _freshFields,
                WaitsMustGrow = _waitsMustGrow,
                Outcomes = outcomes,
            }.Seal();
    }

    private BodyCode? BuildBodyCode(ImmutableArray<Outcome> outcomes) => !HasBodyCode ? null : new BodyCode
    {
        Path = _codePath,
        Type = _codeType,
        AbsentMeansSuccess = _absentCodeMeansSuccess,
        SuccessValues = outcomes.Where(outcome => outcome.Code is not null && outcome.Advice == Advice.Success)
            .Select(outcome => outcome.Code!)
            .ToImmutableArray(),
    };

    private void CheckWhole(JsonValue root, ImmutableArray<Outcome> outcomes)
    {
        if (_name is null)
        {
            _fields.ReportMissing(root, "name");
        }

        var models = new HashSet<string>(outcomes.SelectMany(outcome => outcome.Models), StringComparer.Ordinal);
        foreach (var model in _namedModels)
        {
            if (!models.Contains(model.Text))
            {
                _fields.Report(ContractErrorKind.UnknownModel, model.Span, model.Text);
            }
        }

        if (root.Find("outcomes") is not { } rows)
        {
            if (outcomes.All(outcome => outcome.Kind != OutcomeKind.Answer || outcome.IsOther))
            {
                _fields.ReportMissing(root, "outcomes");
            }
        }
        else if (outcomes.Length > OutcomeSet.Capacity)
        {
            _fields.Report(
                ContractErrorKind.TooManyOutcomes,
                rows.NameSpan,
                outcomes.Length.ToString(CultureInfo.InvariantCulture),
                OutcomeSet.Capacity.ToString(CultureInfo.InvariantCulture));
        }
        else if (outcomes.All(outcome => outcome.Advice != Advice.Success))
        {
            _fields.Report(ContractErrorKind.NoSuccess, rows.NameSpan, _id);
        }
    }
}
