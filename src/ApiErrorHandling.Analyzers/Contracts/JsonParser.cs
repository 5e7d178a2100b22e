using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ApiErrorHandling.Analyzers.Contracts;

/// <summary>Why a text is not JSON.</summary>
internal enum JsonFaultKind
{
    /// <summary>Something stands where it must not.</summary>
    Unexpected,

    /// <summary>The text ends inside a value.</summary>
    UnexpectedEnd,

    /// <summary>The values are nested too deeply.</summary>
    TooDeep,
}

/// <summary>The first place where a text is not JSON.</summary>
internal sealed record JsonFault(JsonFaultKind Kind, TextSpan Span);

/// <summary>
/// Reads JSON with positions; comments and trailing commas are tolerated. Every failing step leaves its fault behind
/// and returns null: no input makes it throw.
/// </summary>
internal sealed class JsonParser
{
    /// <summary>How deeply values may be nested: the recursion's bound.</summary>
    public const int MaxDepth = 32;

    private static readonly char[] LineBreaks = ['\r', '\n'];

    private readonly string _text;
    private int _at;
    private int _depth;
    private JsonFault? _fault;

    private JsonParser(string text) => _text = text;

    private bool IsAtEnd => _at >= _text.Length;

    /// <summary>Reads the one value that a text consists of.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="fault">Why there is no value; null if there is one.</param>
    public static JsonValue? Parse(string text, out JsonFault? fault)
    {
        var parser = new JsonParser(text);
        var value = parser.Value();
        if (value is not null && parser.SkipBlank() && !parser.IsAtEnd)
        {
            parser.FailHere();
        }

        fault = parser._fault;
        return fault is null ? value : null;
    }

    private JsonValue? Value()
    {
        if (!SkipBlank())
        {
            return null;
        }

        if (IsAtEnd)
        {
            return FailHere();
        }

        switch (_text[_at])
        {
            case '{':
            case '[':
                return Nested();
            case '"':
                var start = _at;
                return String() is { } text
                    ? JsonValue.Scalar(JsonKind.String, TextSpan.FromBounds(start, _at), text)
                    : null;
            case '-' or (>= '0' and <= '9'):
                return Number();
            default:
                return Word("true", JsonKind.Boolean) ?? Word("false", JsonKind.Boolean) ?? Word("null", JsonKind.Null)
                    ?? FailHere();
        }
    }

    private JsonValue? Nested()
    {
        if (_depth == MaxDepth)
        {
            return Fail(JsonFaultKind.TooDeep, _at, _at + 1);
        }

        _depth++;
        var value = _text[_at] == '{' ? Object() : Array();
        _depth--;
        return value;
    }

    private JsonValue? Object()
    {
        var start = _at++;
        var members = ImmutableArray.CreateBuilder<JsonMember>();
        while (!Skip('}'))
        {
            if (_fault is not null || IsAtEnd || _text[_at] != '"')
            {
                return FailHere();
            }

            var nameStart = _at;
            if (String() is not { } name)
            {
                return null;
            }

            var nameSpan = TextSpan.FromBounds(nameStart, _at);
            if (!Skip(':'))
            {
                return FailHere();
            }

            if (Value() is not { } value)
            {
                return null;
            }

            members.Add(new JsonMember(name, nameSpan, value));
            if (!Skip(',') && !IsNext('}'))
            {
                return FailHere();
            }
        }

        return JsonValue.Object(TextSpan.FromBounds(start, _at), members.ToImmutable());
    }

    private JsonValue? Array()
    {
        var start = _at++;
        var items = ImmutableArray.CreateBuilder<JsonValue>();
        while (!Skip(']'))
        {
            if (Value() is not { } value)
            {
                return null;
            }

            items.Add(value);
            if (!Skip(',') && !IsNext(']'))
            {
                return FailHere();
            }
        }

        return JsonValue.Array(TextSpan.FromBounds(start, _at), items.ToImmutable());
    }

    private string? String()
    {
        var start = _at++;
        StringBuilder? unescaped = null;
        var runStart = _at;
        while (!IsAtEnd && _text[_at] is not '"' and >= ' ')
        {
            if (_text[_at] != '\\')
            {
                _at++;
                continue;
            }

            unescaped ??= new StringBuilder();
            unescaped.Append(_text, runStart, _at - runStart);
            if (Escape() is not { } character)
            {
                return null;
            }

            unescaped.Append(character);
            runStart = _at;
        }

        if (IsAtEnd)
        {
            Fail(JsonFaultKind.UnexpectedEnd, start, _at);
            return null;
        }

        if (_text[_at] != '"')
        {
            // A line break in a string: it was not closed on its line.
            Fail(JsonFaultKind.Unexpected, start, _at);
            return null;
        }

        var run = _text.Substring(runStart, _at - runStart);
        _at++;
        return unescaped is null ? run : unescaped.Append(run).ToString();
    }

    private char? Escape()
    {
        var start = _at++;
        char? character = IsAtEnd ? null : _text[_at++] switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Unicode(),
            _ => null,
        };
        if (character is null)
        {
            Fail(IsAtEnd ? JsonFaultKind.UnexpectedEnd : JsonFaultKind.Unexpected, start, _at);
        }

        return character;
    }

    private char? Unicode()
    {
        if (_at + 4 > _text.Length
            || !ushort.TryParse(
                _text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return null;
        }

        _at += 4;
        return (char)code;
    }

    private JsonValue? Number()
    {
        var start = _at;
        if (_text[_at] == '-')
        {
            _at++;
        }

        var leadingZero = !IsAtEnd && _text[_at] == '0';
        var digits = Digits();
        var isNumber = digits == 1 || (digits > 1 && !leadingZero);
        if (isNumber && !IsAtEnd && _text[_at] == '.')
        {
            _at++;
            isNumber = Digits() > 0;
        }

        if (isNumber && !IsAtEnd && _text[_at] is 'e' or 'E')
        {
            _at++;
            if (!IsAtEnd && _text[_at] is '+' or '-')
            {
                _at++;
            }

            isNumber = Digits() > 0;
        }

        return isNumber && !IsWordPart(_at)
            ? JsonValue.Scalar(JsonKind.Number, TextSpan.FromBounds(start, _at), _text.Substring(start, _at - start))
            : Fail(JsonFaultKind.Unexpected, start, _at);
    }

    private int Digits()
    {
        var start = _at;
        while (!IsAtEnd && _text[_at] is >= '0' and <= '9')
        {
            _at++;
        }

        return _at - start;
    }

    private JsonValue? Word(string word, JsonKind kind)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0 || IsWordPart(_at + word.Length))
        {
            return null;
        }

        _at += word.Length;
        return JsonValue.Scalar(kind, new TextSpan(_at - word.Length, word.Length), word);
    }

    private bool IsWordPart(int at) => at < _text.Length && (char.IsLetterOrDigit(_text[at]) || _text[at] == '_');

    private bool IsNext(char expected) => SkipBlank() && !IsAtEnd && _text[_at] == expected;

    private bool Skip(char expected)
    {
        if (!IsNext(expected))
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Skips white space and comments; false if a comment is faulty.</summary>
    private bool SkipBlank()
    {
        for (; !IsAtEnd; _at++)
        {
            if (_text[_at] == '/')
            {
                if (!SkipComment())
                {
                    return false;
                }
            }
            else if (_text[_at] is not (' ' or '\t' or '\r' or '\n'))
            {
                break;
            }
        }

        return _fault is null;
    }

    /// <summary>Skips a comment up to its last character.</summary>
    private bool SkipComment()
    {
        var start = _at;
        var isBlock = string.CompareOrdinal(_text, start, "/*", 0, 2) == 0;
        if (!isBlock && string.CompareOrdinal(_text, start, "//", 0, 2) != 0)
        {
            FailHere();
            return false;
        }

        var end = isBlock
            ? _text.IndexOf("*/", start + 2, StringComparison.Ordinal)
            : _text.IndexOfAny(LineBreaks, start + 2);
        if (end < 0 && isBlock)
        {
            Fail(JsonFaultKind.UnexpectedEnd, start, _text.Length);
            return false;
        }

        _at = end < 0 ? _text.Length - 1 : isBlock ? end + 1 : end;
        return true;
    }

    private JsonValue? FailHere()
    {
        if (IsAtEnd)
        {
            return Fail(JsonFaultKind.UnexpectedEnd, _text.Length, _text.Length);
        }

        var end = _at + 1;
        while (IsWordPart(_at) && IsWordPart(end))
        {
            end++;
        }

        return Fail(JsonFaultKind.Unexpected, _at, end);
    }

    /// <summary>Keeps the first fault: what follows comes of it.</summary>
    private JsonValue? Fail(JsonFaultKind kind, int start, int end)
    {
        _fault ??= new JsonFault(kind, TextSpan.FromBounds(start, end));
        return null;
    }
}
