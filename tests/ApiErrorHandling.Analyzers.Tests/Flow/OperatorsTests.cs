using System.Collections.Immutable;
using ApiErrorHandling.Analyzers.Contracts;
using ApiErrorHandling.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace ApiErrorHandling.Analyzers.Tests.Flow;

/// <summary>Operators over values, in three-valued logic, and the attributes of outcomes they work on.</summary>
public class OperatorsTests
{
    private static readonly RequestSite Http = Site("http");
    private static readonly RequestSite QWeather = Site("qweather");
    private static readonly RequestSite Tencent = Site("tencent-cloud");
    private static readonly RequestSite Tomorrow = Site("tomorrow-io");

    private static readonly Dictionary<string, Value> Values = new()
    {
        ["?"] = Value.Any,
        ["object"] = Value.AnyObject,
        ["null"] = Value.Null,
        ["true"] = Value.True,
        ["false"] = Value.False,
        ["other 300–599"] = new Value.Between(300, 599, ImmutableHashSet.Create(404L, 500L)),
        ["unlisted"] = new Value.Unlisted(ImmutableHashSet.Create("200", "404")),
        ["~TOO MANY REQUESTS"] = new Value.Wording("TOO MANY REQUESTS"),
    };

    [Theory]
    [InlineData("200 == 200", "true")]
    [InlineData("200 == 404", "false")]
    [InlineData("200 == '200'", "true")]
    [InlineData("'0200' == 200", "false")]
    [InlineData("'a' == 'A'", "false")]
    [InlineData("null == null", "true")]
    [InlineData("null == 0", "false")]
    [InlineData("object == null", "false")]
    [InlineData("? == null", "?")]
    [InlineData("? == 1", "?")]
    [InlineData("200 != '200'", "false")]
    [InlineData("200 != 404", "true")]
    [InlineData("null != '200'", "true")]
    [InlineData("other 300–599 == 404", "false")]
    [InlineData("other 300–599 == 200", "false")]
    [InlineData("other 300–599 == 600", "false")]
    [InlineData("other 300–599 == 418", "?")]
    [InlineData("other 300–599 == '418'", "?")]
    [InlineData("other 300–599 == '404'", "false")]
    [InlineData("other 300–599 == 'NotFound'", "?")]
    [InlineData("418 != other 300–599", "?")]
    [InlineData("404 != other 300–599", "true")]
    [InlineData("other 300–599 == null", "false")]
    [InlineData("unlisted == '200'", "false")]
    [InlineData("unlisted == 404", "false")]
    [InlineData("unlisted == '999'", "?")]
    [InlineData("unlisted != '200'", "true")]
    [InlineData("unlisted == null", "false")]
    [InlineData("~TOO MANY REQUESTS == 'Too Many Request'", "true")]
    [InlineData("~TOO MANY REQUESTS == 'too_many_requests'", "true")]
    [InlineData("~TOO MANY REQUESTS == 'TOO FAST'", "false")]
    [InlineData("~TOO MANY REQUESTS == ?", "?")]
    [InlineData("1 < 2", "true")]
    [InlineData("2 < 2", "false")]
    [InlineData("2 <= 2", "true")]
    [InlineData("3 <= 2", "false")]
    [InlineData("3 > 2", "true")]
    [InlineData("2 > 2", "false")]
    [InlineData("2 >= 2", "true")]
    [InlineData("1 >= 2", "false")]
    [InlineData("? < 2", "?")]
    [InlineData("null < 2", "false")]
    [InlineData("2 >= null", "false")]
    [InlineData("? > null", "false")]
    [InlineData("other 300–599 < 300", "false")]
    [InlineData("other 300–599 < 600", "true")]
    [InlineData("other 300–599 < 500", "?")]
    [InlineData("other 300–599 >= 300", "true")]
    [InlineData("other 300–599 > 599", "false")]
    [InlineData("other 300–599 <= 599", "true")]
    [InlineData("500 <= other 300–599", "?")]
    [InlineData("299 < other 300–599", "true")]
    [InlineData("unlisted < 300", "?")]
    [InlineData("true && true", "true")]
    [InlineData("true && false", "false")]
    [InlineData("? && false", "false")]
    [InlineData("false && ?", "false")]
    [InlineData("? && true", "?")]
    [InlineData("false || false", "false")]
    [InlineData("false || true", "true")]
    [InlineData("? || true", "true")]
    [InlineData("? || false", "?")]
    [InlineData("true ^ false", "true")]
    [InlineData("true ^ true", "false")]
    [InlineData("true ^ ?", "?")]
    [InlineData("404 / 100", "4")]
    [InlineData("404 / 0", "?")]
    [InlineData("404 % 100", "4")]
    [InlineData("? / 100", "?")]
    [InlineData("other 300–599 / 100", "3–5")]
    [InlineData("2 + 3", "5")]
    [InlineData("2 - 3", "-1")]
    [InlineData("2 * 3", "6")]
    [InlineData("6 & 3", "2")]
    [InlineData("6 | 1", "7")]
    [InlineData("1 << 4", "16")]
    [InlineData("16 >> 2", "4")]
    [InlineData("1 << ?", "?")]
    public void Binary(string expression, string expected)
    {
        var sign = new[] { "==", "!=", "<=", ">=", "<<", ">>", "&&", "||", "<", ">", "^", "/", "%", "+", "-", "*", "&", "|" }
            .First(s => expression.Contains(" " + s + " "));
        var operands = expression.Split(" " + sign + " ");
        var result = Operators.Binary(Kind(sign), Parse(operands[0]), Parse(operands[1]));

        Assert.Equal(expected, result.ToString());
    }

    [Theory]
    [InlineData("true", "false")]
    [InlineData("false", "true")]
    [InlineData("?", "?")]
    public void Not(string operand, string expected) =>
        Assert.Equal(expected, Operators.Unary(UnaryOperatorKind.Not, Parse(operand)).ToString());

    [Theory]
    [InlineData("null", "true")]
    [InlineData("0", "false")]
    [InlineData("object", "false")]
    [InlineData("unlisted", "false")]
    [InlineData("other 300–599", "false")]
    [InlineData("?", "?")]
    public void IsNull(string operand, string expected) =>
        Assert.Equal(expected, Operators.IsNull(Parse(operand)).ToString());

    [Theory]
    [InlineData("'200'", SpecialType.System_Int32, "200")]
    [InlineData("'x'", SpecialType.System_Int32, "?")]
    [InlineData("200", SpecialType.System_String, "\"200\"")]
    [InlineData("200", SpecialType.System_Int64, "200")]
    [InlineData("'1.5'", SpecialType.System_Double, "1.5")]
    [InlineData("null", SpecialType.System_Int32, "0")]
    [InlineData("null", SpecialType.System_String, "null")]
    [InlineData("unlisted", SpecialType.System_Int32, "other")]
    [InlineData("other 300–599", SpecialType.System_Int32, "300–599")]
    [InlineData("other 300–599", SpecialType.System_String, "?")]
    [InlineData("?", SpecialType.System_Int32, "?")]
    public void FromJson(string operand, SpecialType target, string expected)
    {
        var type = FlowProgram.Compile([]).GetSpecialType(target);
        Assert.Equal(expected, Operators.FromJson(Parse(operand), type).ToString());
    }

    [Fact]
    public void FromJson_knows_nullable_numbers_and_enums()
    {
        var compilation = FlowProgram.Compile(["enum Code { Good = 200 }"]);
        var number = compilation.GetSpecialType(SpecialType.System_Int32);
        var nullable = compilation.GetSpecialType(SpecialType.System_Nullable_T).Construct(number);
        var code = compilation.GetTypeByMetadataName("Code");

        Assert.Equal(Value.Null, Operators.FromJson(Value.Null, nullable));
        Assert.Equal("200", Operators.FromJson(new Value.Constant("200"), nullable).ToString());
        Assert.Equal("200", Operators.FromJson(new Value.Constant("good"), code).ToString());
        Assert.Equal("?", Operators.FromJson(new Value.Constant("bad"), code).ToString());
        Assert.Equal("200", Operators.FromJson(new Value.Constant(200L), null).ToString().Trim('"'));
    }

    [Theory]
    [InlineData("200", "200", "200")]
    [InlineData("200", "404", "?")]
    [InlineData("null", "null", "null")]
    [InlineData("?", "200", "?")]
    public void Join(string x, string y, string expected)
    {
        Assert.Equal(expected, Operators.Join(Parse(x), Parse(y)).ToString());
        Assert.Equal(expected, Operators.Join(Parse(y), Parse(x)).ToString());
    }

    [Fact]
    public void Join_keeps_what_both_sides_know()
    {
        Assert.False(Operators.Join(Parse("1"), Parse("2")).IsNull);
        Assert.Null(Operators.Join(Parse("1"), Value.Null).IsNull);
        var joined = Operators.Join(Attributes.Status(Http), Attributes.IsSuccess(Http));
        Assert.Equal([Http], joined.Taint.Requests(Aspect.Outcome));
        Assert.Equal(Attributes.Status(Http), Operators.Join(Attributes.Status(Http), Attributes.Status(Http)));
        Assert.Equal(
            [Http, QWeather],
            Operators.Join(Attributes.Status(Http), Attributes.Status(QWeather)).Taint.Requests(Aspect.Outcome));
    }

    [Theory]
    [InlineData(BinaryOperatorKind.GreaterThanOrEqual, 500, "5xx", "2xx 304 4xx unreadable", "other timeout transport")]
    [InlineData(BinaryOperatorKind.LessThan, 300, "ok", "failed", "timeout transport")]
    [InlineData(BinaryOperatorKind.Equals, 404, "404", "2xx 304 4xx-404 5xx other unreadable", "timeout transport")]
    [InlineData(BinaryOperatorKind.NotEquals, 200, "2xx-200 304 4xx 5xx other", "200 unreadable", "timeout transport")]
    [InlineData(BinaryOperatorKind.Equals, 418, "418", "2xx 304 4xx-418 5xx other unreadable", "timeout transport")]
    [InlineData(BinaryOperatorKind.Equals, 420, "", "2xx 304 4xx 5xx unreadable", "other timeout transport")]
    public void Status(BinaryOperatorKind kind, long status, string whenTrue, string whenFalse, string unknown)
    {
        var result = Operators.Binary(kind, Attributes.Status(Http), new Value.Constant(status));

        Assert.Equal((whenTrue, whenFalse, unknown), (Sort(result, true), Sort(result, false), Sort(result, null)));
    }

    [Fact]
    public void Status_divided()
    {
        var hundreds = Operators.Binary(BinaryOperatorKind.Divide, Attributes.Status(Http), new Value.Constant(100L));
        var isFour = Operators.AreEqual(hundreds, new Value.Constant(4L));

        Assert.Equal(("4xx", "2xx 304 5xx unreadable"), (Sort(isFour, true), Sort(isFour, false)));
    }

    [Fact]
    public void Status_of_an_exception_is_null_without_an_answer()
    {
        var isNull = Operators.IsNull(Attributes.StatusOfException(Http));

        Assert.Contains("timeout transport", Sort(isNull, true));
        Assert.DoesNotContain("4xx", Sort(isNull, true));
    }

    [Theory]
    [InlineData("200", "200")]
    [InlineData("402", "402")]
    [InlineData("999", "")]
    public void Code(string code, string whenTrue)
    {
        var text = Operators.AreEqual(Attributes.Code(QWeather), new Value.Constant(code));
        var number = Operators.AreEqual(Attributes.Code(QWeather), new Value.Constant(long.Parse(code)));

        Assert.Equal(whenTrue, Sort(text, true));
        Assert.Equal(whenTrue, Sort(number, true));
        Assert.Equal(code == "999", Sort(text, null).Contains("other-code"));
    }

    [Fact]
    public void Code_that_is_a_number()
    {
        var isZero = Operators.AreEqual(Attributes.Code(Tencent), new Value.Constant(0L));
        var number = Operators.FromJson(
            Attributes.Code(Tencent), FlowProgram.Compile([]).GetSpecialType(SpecialType.System_Int32));
        var isLarge = Operators.Binary(BinaryOperatorKind.GreaterThan, number, new Value.Constant(5000L));

        Assert.Equal("0", Sort(isZero, true));
        Assert.Equal("5100 5200 5300 5400 5500 6000 6100 6200", Sort(isLarge, true));
        Assert.Contains("other-code", Sort(isLarge, null));
    }

    [Fact]
    public void Titles_and_error_codes_are_null_in_bodies_that_are_no_errors()
    {
        Assert.Contains("codes", Sort(Operators.IsNull(Attributes.Title(QWeather)), true));
        Assert.DoesNotContain("TOO FAST", Sort(Operators.IsNull(Attributes.Title(QWeather)), true));
        var tooFast = Operators.AreEqual(Attributes.Title(QWeather), new Value.Constant("Too Fast"));
        Assert.DoesNotContain("401", Sort(tooFast, true) + Sort(tooFast, null));
        Assert.Equal("401", Sort(
            Operators.AreEqual(Attributes.ErrorCode(Tomorrow), new Value.Constant(401001L)), true));
        Assert.Contains("200", Sort(Operators.IsNull(Attributes.ErrorCode(Tomorrow)), true));
    }

    [Fact]
    public void Data_is_null_in_failing_bodies_that_tell()
    {
        // the success without a code, and two codes
        Assert.Equal("200 200 204", Sort(Operators.IsNull(Attributes.DataPart(QWeather, Value.AnyObject)), false)
            .Replace(" unreadable", ""));
        Assert.Same(Value.AnyObject, Attributes.DataPart(Http, Value.AnyObject));
        Assert.False(((Value.PerOutcome)Attributes.DataPart(QWeather, Value.AnyObject)).TellsOutcome);
    }

    [Fact]
    public void Lift_goes_outcome_by_outcome_only_within_one_request()
    {
        var same = Operators.AreEqual(Attributes.Status(Http), Attributes.Status(Http));
        var different = Operators.AreEqual(Attributes.Status(Http), Attributes.Status(QWeather));

        Assert.Equal("", Sort(same, false));
        Assert.Contains("404", "404 " + Sort(same, true));
        Assert.IsType<Value.Unknown>(different);
        Assert.Equal([Http, QWeather], different.Taint.Requests(Aspect.Outcome));
    }

    private static RequestSite Site(string id)
    {
        var contract = ContractCatalog.BuiltIn.Find(id)!;
        var possible = OutcomeSet.FirstOf(contract.Outcomes.Length) - contract.Redirects;
        return new RequestSite(id.Length, null!, contract, possible, null);
    }

    private static string Sort(Value value, bool? truth)
    {
        var varying = Assert.IsType<Value.PerOutcome>(value);
        var set = varying.Request.Possible.Indices()
            .Where(i => (varying.ByOutcome[i] is Value.Constant { Content: bool b } ? b : (bool?)null) == truth)
            .Aggregate(OutcomeSet.Empty, (s, i) => s.With(i));
        return OutcomeText.Of(set, varying.Request);
    }

    private static Value Parse(string text) => Values.TryGetValue(text, out var value)
        ? value
        : text[0] == '\'' ? new Value.Constant(text.Trim('\'')) : new Value.Constant(long.Parse(text));

    private static BinaryOperatorKind Kind(string sign) => sign switch
    {
        "==" => BinaryOperatorKind.Equals,
        "!=" => BinaryOperatorKind.NotEquals,
        "<" => BinaryOperatorKind.LessThan,
        "<=" => BinaryOperatorKind.LessThanOrEqual,
        ">" => BinaryOperatorKind.GreaterThan,
        ">=" => BinaryOperatorKind.GreaterThanOrEqual,
        "&&" => BinaryOperatorKind.ConditionalAnd,
        "||" => BinaryOperatorKind.ConditionalOr,
        "&" => BinaryOperatorKind.And,
        "|" => BinaryOperatorKind.Or,
        "^" => BinaryOperatorKind.ExclusiveOr,
        "/" => BinaryOperatorKind.Divide,
        "%" => BinaryOperatorKind.Remainder,
        "+" => BinaryOperatorKind.Add,
        "-" => BinaryOperatorKind.Subtract,
        "*" => BinaryOperatorKind.Multiply,
        "<<" => BinaryOperatorKind.LeftShift,
        _ => BinaryOperatorKind.RightShift,
    };
}
