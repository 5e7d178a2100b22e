using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>
/// Reads the outcomes of a contract file and adds those that every contract has, so that no file repeats them: the
/// unlisted codes and statuses, the failing connection, the time-out and the unreadable body.
/// </summary>
internal sealed class OutcomeReader
{
    private const int UnlistedCode = 0;
    private const int SuccessStatus = 200;

    private readonly ContractFields _fields;
    private readonly List<Outcome> _outcomes = [];
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ofThisFile = new(StringComparer.Ordinal);

    /// <summary>Advice for what no row lists: for codes at 0, for statuses at their class.</summary>
    private readonly Advice[] _unlisted = new Advice[6];

    public OutcomeReader(ContractFields fields) => _fields = fields;

    /// <summary>Starts with the outcomes of the contract that the file extends; its own replace their like.</summary>
    public void StartFrom(ErrorContract basis)
    {
        foreach (var outcome in basis.Outcomes)
        {
            if (outcome.Kind == OutcomeKind.Answer && !outcome.IsOther)
            {
                Put(outcome);
            }
            else if (outcome.IsInBody)
            {
                _unlisted[UnlistedCode] = outcome.Advice;
            }
            else if (outcome is { IsOther: true, Status: { } statuses })
            {
                for (var i = statuses.Min / 100; i <= statuses.Max / 100; i++)
                {
                    _unlisted[i] = outcome.Advice;
                }
            }
        }
    }

    /// <summary>Reads the field `outcomes`.</summary>
    public void Read(JsonMember member, bool hasBodyCode)
    {
        foreach (var item in _fields.Items(member))
        {
            var row = new Row(_fields, item);
            row.Check(_fields, item, hasBodyCode);
            Add(row);
        }
    }

    /// <summary>Reads the field `unlisted`: advice for what no row lists.</summary>
    public void ReadUnlisted(JsonMember member, bool hasBodyCode)
    {
        foreach (var field in _fields.Members(member.Value, member.Name))
        {
            switch (field.Name)
            {
                case "code" when !hasBodyCode:
                    _fields.Report(ContractErrorKind.MissingField, field.NameSpan, "bodyCode");
                    break;
                case "code":
                    _unlisted[UnlistedCode] = _fields.AdviceOf(field);
                    break;
                case "3xx" or "4xx" or "5xx":
                    _unlisted[field.Name[0] - '0'] = _fields.AdviceOf(field);
                    break;
                default:
                    _fields.ReportUnknown(field);
                    break;
            }
        }
    }

    /// <summary>All outcomes, those included that every contract has.</summary>
    public ImmutableArray<Outcome> Complete(bool hasBodyCode)
    {
        if (hasBodyCode)
        {
            var inBody = _outcomes.Where(outcome => outcome.IsInBody).ToList();
            Put(new Outcome
            {
                Index = _outcomes.Count,
                Id = "other-code",
                Status = Single(SuccessStatus),
                IsInBody = true,
                IsOther = true,
                Advice = _unlisted[UnlistedCode],
                Models = inBody.Any(outcome => outcome.Models.IsEmpty)
                    ? ImmutableArray<string>.Empty
                    : inBody.SelectMany(outcome => outcome.Models).Distinct().ToImmutableArray(),
            });
        }

        // One span for all statuses, or one for each class where their advice differs.
        if (_unlisted[3] == _unlisted[4] && _unlisted[4] == _unlisted[5])
        {
            PutOther("other", new StatusRange(300, 599), _unlisted[3]);
        }
        else
        {
            PutOther("other:3xx", new StatusRange(300, 399), _unlisted[3]);
            PutOther("other:4xx", new StatusRange(400, 499), _unlisted[4]);
            PutOther("other:5xx", new StatusRange(500, 599), _unlisted[5]);
        }

        Put(new Outcome
        {
            Index = _outcomes.Count,
            Id = "transport",
            Kind = OutcomeKind.TransportFailure,
            HasBody = false,
            Advice = Advice.Backoff,
        });
        Put(new Outcome
        {
            Index = _outcomes.Count,
            Id = "timeout",
            Kind = OutcomeKind.Timeout,
            HasBody = false,
            Advice = Advice.Backoff,
        });
        Put(new Outcome
        {
            Index = _outcomes.Count,
            Id = "unreadable",
            Kind = OutcomeKind.UnreadableBody,
            Status = Single(SuccessStatus),
        });
        return _outcomes.ToImmutableArray();
    }

    private static StatusRange Single(int status) => new(status, status);

    private void PutOther(string id, StatusRange statuses, Advice advice) => Put(new Outcome
    {
        Index = _outcomes.Count,
        Id = id,
        Status = statuses,
        IsOther = true,
        Advice = advice,
    });

    /// <summary>Adds one outcome for each code, or for each status with each of its titles or error codes.</summary>
    private void Add(Row row)
    {
        foreach (var code in row.Codes)
        {
            var model = row.Models.IsEmpty ? "code" : string.Join("+", row.Models);
            Add(row, model + ":" + code.Text, code.Span, SuccessStatus, code: code.Text);
        }

        foreach (var status in row.Statuses)
        {
            var number = ContractFields.StatusOf(status);
            foreach (var title in row.Titles)
            {
                Add(row, number + ":" + title.Text, title.Span, number, title: title.Text);
            }

            foreach (var error in row.Errors)
            {
                Add(row, number + ":" + error.Name, error.NameSpan, number, error: error);
            }

            if (row.Titles.Count == 0 && row.Errors.Count == 0)
            {
                Add(row, number.ToString(), status.Span, number);
            }
        }
    }

    private void Add(
        Row row,
        string id,
        TextSpan span,
        int status,
        string? code = null,
        string? title = null,
        JsonMember? error = null)
    {
        if (!_ofThisFile.Add(id))
        {
            _fields.Report(ContractErrorKind.DuplicateOutcome, span, id);
            return;
        }

        Put(new Outcome
        {
            Index = _indexOf.TryGetValue(id, out var index) ? index : _outcomes.Count,
            Id = id,
            Status = Single(status),
            Code = code,
            IsInBody = code is not null,
            Titles = title is null ? ImmutableArray<string>.Empty : row.OtherTitles.Insert(0, title),
            ErrorCodes = error is null ? ImmutableArray<string>.Empty : ImmutableArray.Create(error.Name),
            ErrorType = error?.Value.Text,
            HasBody = row.HasBody,
            Advice = row.Advice,
            AdviceWithRetryAfter = row.AdviceWithRetryAfter,
            MaySendRetryAfter = row.MaySendRetryAfter,
            RenewFields = row.RenewFields,
            IsPending = row.IsPending,
            ConcernsAccount = row.ConcernsAccount,
            Models = row.Models,
        });
    }

    private void Put(Outcome outcome)
    {
        if (outcome.Index < _outcomes.Count)
        {
            _outcomes[outcome.Index] = outcome;
            return;
        }

        _indexOf[outcome.Id] = outcome.Index;
        _outcomes.Add(outcome);
    }

    /// <summary>One object of the list: attributes that several outcomes share.</summary>
    private sealed class Row
    {
        private JsonMember? _advice;
        private JsonMember? _status;
        private JsonMember? _code;
        private JsonMember? _title;
        private JsonMember? _errors;
        private JsonMember? _alsoTitled;

        public Row(ContractFields fields, JsonValue value)
        {
            foreach (var member in fields.Members(value, "outcomes"))
            {
                Read(fields, member);
            }
        }

        public ImmutableArray<string> Models { get; private set; } = ImmutableArray<string>.Empty;

        public List<JsonValue> Codes { get; private set; } = [];

        public List<JsonValue> Statuses { get; private set; } = [];

        public List<JsonValue> Titles { get; private set; } = [];

        public ImmutableArray<string> OtherTitles { get; private set; } = ImmutableArray<string>.Empty;

        public List<JsonMember> Errors { get; private set; } = [];

        public Advice Advice { get; private set; }

        public Advice? AdviceWithRetryAfter { get; private set; }

        public bool MaySendRetryAfter { get; private set; }

        public ImmutableArray<string> RenewFields { get; private set; } = ImmutableArray<string>.Empty;

        public bool IsPending { get; private set; }

        public bool ConcernsAccount { get; private set; }

        public bool HasBody { get; private set; } = true;

        /// <summary>Reports the fields that do not go together.</summary>
        public void Check(ContractFields fields, JsonValue value, bool hasBodyCode)
        {
            if (value.Kind != JsonKind.Object)
            {
                return;
            }

            if (_advice is null)
            {
                fields.ReportMissing(value, "advice");
            }

            if ((_status ?? _code) is null)
            {
                fields.ReportMissing(value, "status");
            }

            if (_code is not null && !hasBodyCode)
            {
                fields.Report(ContractErrorKind.MissingField, _code.NameSpan, "bodyCode");
            }

            if (_code is not null && _status is not null)
            {
                fields.Report(ContractErrorKind.ConflictingFields, _code.NameSpan, "status", "code");
            }

            if (_errors is not null && (_title ?? _code) is { } other)
            {
                fields.Report(ContractErrorKind.ConflictingFields, _errors.NameSpan, other.Name, "errors");
            }

            if (_title is not null && _code is not null)
            {
                fields.Report(ContractErrorKind.ConflictingFields, _title.NameSpan, "code", "title");
            }

            // Other spellings need the one title that they spell.
            if (_alsoTitled is not null && _title is null)
            {
                fields.Report(ContractErrorKind.MissingField, _alsoTitled.NameSpan, "title");
            }
            else if (_alsoTitled is not null && Titles.Count > 1)
            {
                fields.Report(ContractErrorKind.ConflictingFields, _alsoTitled.NameSpan, "title", "alsoTitled");
            }
        }

        private void Read(ContractFields fields, JsonMember member)
        {
            switch (member.Name)
            {
                case "models":
                    Models = fields.Words(member);
                    break;
                case "status":
                    _status = member;
                    Statuses = fields.Statuses(member);
                    break;
                case "code":
                    _code = member;
                    Codes = fields.Codes(member);
                    break;
                case "title":
                    _title = member;
                    Titles = fields.Texts(member);
                    break;
                case "alsoTitled":
                    _alsoTitled = member;
                    OtherTitles = fields.Words(member);
                    break;
                case "errors":
                    _errors = member;
                    Errors = fields.Members(member.Value, member.Name).ToList();
                    Errors.ForEach(error => fields.Text(error));
                    break;
                case "advice":
                    _advice = member;
                    Advice = fields.AdviceOf(member);
                    break;
                case "adviceWithRetryAfter":
                    AdviceWithRetryAfter = fields.AdviceOf(member);
                    MaySendRetryAfter = true;
                    break;
                case "retryAfter":
                    MaySendRetryAfter |= fields.Flag(member);
                    break;
                case "renew":
                    RenewFields = fields.Words(member);
                    break;
                case "pending":
                    IsPending = fields.Flag(member);
                    break;
                case "account":
                    ConcernsAccount = fields.Flag(member);
                    break;
                case "body":
                    HasBody = fields.Flag(member);
                    break;
                default:
                    fields.ReportUnknown(member);
                    break;
            }
        }
    }
}
