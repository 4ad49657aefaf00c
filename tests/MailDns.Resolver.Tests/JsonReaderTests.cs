using System;
using System.Linq;
using System.Text;
using MailDns.Json;
using MailDns.Text;
using Xunit;

namespace MailDns.Resolver.Tests;

public class JsonReaderTests
{
    private static readonly IJsonTextReader s_reader = new NewtonsoftJsonReader();

    [Theory]
    [InlineData("\"a\"", JsonKind.String, "a")]
    [InlineData("\"\"", JsonKind.String, "")]
    [InlineData("\"\\u0041\\n\\\"\\\\\\/\"", JsonKind.String, "A\n\"\\/")]
    [InlineData("\"2026-11-24T10:00:00Z\"", JsonKind.String, "2026-11-24T10:00:00Z")]
    [InlineData("\"// no comment\"", JsonKind.String, "// no comment")]
    [InlineData("0", JsonKind.Number, "0")]
    [InlineData("-12", JsonKind.Number, "-12")]
    [InlineData("1.50", JsonKind.Number, "1.50")]
    [InlineData("1e+5", JsonKind.Number, "1e+5")]
    [InlineData("18446744073709551616", JsonKind.Number, "18446744073709551616")]
    [InlineData("true", JsonKind.Bool, "true")]
    [InlineData("false", JsonKind.Bool, "false")]
    [InlineData("null", JsonKind.Null, "null")]
    [InlineData("  7 \r\n", JsonKind.Number, "7")]
    public void A_scalar_is_read_as_it_is_written(string text, object kind, string expected)
    {
        JsonValue value = s_reader.Read(text, "a.json");
        Assert.Equal((JsonKind)kind, value.Kind);
        Assert.Equal(expected, value.Text);
        Assert.Equal(string.Empty, value.Path);
    }

    [Fact]
    public void Every_value_knows_its_place_and_path()
    {
        JsonValue root = s_reader.Read("{\n  \"a\": [ 1, \"x\" ,\r\n\t{\"b\":true} ],\n  \"c\" :\n null}", "a.json");
        Assert.Equal((1, 1), (root.Line, root.Column));
        Assert.Equal(new[] { "a", "c" }, root.Properties.Select(property => property.Name));
        Assert.Equal((2, 3), (root.Properties[0].Line, root.Properties[0].Column));
        JsonValue array = root.Find("a")!;
        Assert.Equal(("a", 2, 8), (array.Path, array.Line, array.Column));
        Assert.Equal(("a[0]", 2, 10), (array.Items[0].Path, array.Items[0].Line, array.Items[0].Column));
        Assert.Equal(("a[1]", 2, 13), (array.Items[1].Path, array.Items[1].Line, array.Items[1].Column));
        Assert.Equal(("a[2]", 3, 2), (array.Items[2].Path, array.Items[2].Line, array.Items[2].Column));
        JsonValue b = array.Items[2].Find("b")!;
        Assert.Equal(("a[2].b", 3, 7), (b.Path, b.Line, b.Column));
        Assert.Equal((4, 3), (root.Properties[1].Line, root.Properties[1].Column));
        Assert.Equal(("c", 5, 2), (root.Find("c")!.Path, root.Find("c")!.Line, root.Find("c")!.Column));
        Assert.Null(root.Find("A"));
    }

    [Fact]
    public void Empty_containers_are_read()
    {
        JsonValue root = s_reader.Read("{\"a\":[],\"b\":{}}", "a.json");
        Assert.Empty(root.Find("a")!.Items);
        Assert.Empty(root.Find("b")!.Properties);
    }

    [Theory]
    [InlineData("", 1, 1, "", "it is empty.")]
    [InlineData(" \n ", 2, 2, "", "it is empty.")]
    [InlineData("{", 1, 2, "", "middle of a value")]
    [InlineData("{\"a\"", 1, 5, "", "not JSON")]
    [InlineData("{\"a\":", 1, 6, "a", "middle of a value")]
    [InlineData("[1,\n2", 2, 2, "[2]", "middle of a value")]
    [InlineData("\"abc", 1, 5, "", "not JSON")]
    [InlineData("{} {}", 1, 4, "", "not JSON")]
    [InlineData("1 2", 1, 3, "", "not JSON")]
    [InlineData("{\"a\":1,}", 1, 8, "", "a comma is not allowed before the closing bracket")]
    [InlineData("[1,\n ]", 2, 2, "[1]", "a comma is not allowed before the closing bracket")]
    [InlineData("[,1]", 1, 3, "[0]", "a value is missing before the comma")]
    [InlineData("{,\"a\":1}", 1, 2, "", "not JSON")]
    [InlineData("[1,,2]", 1, 5, "[1]", "expected a JSON value")]
    [InlineData("{\"a\":,\"b\":1}", 1, 7, "a", "a value is missing before the comma")]
    [InlineData("{'a':1}", 1, 2, "", "in double quotes")]
    [InlineData("{a:1}", 1, 2, "", "in double quotes")]
    [InlineData("{\n \"a\": 'x'}", 2, 7, "a", "double quotes")]
    [InlineData("// x\n{}", 1, 1, "", "JSON has no comments")]
    [InlineData("{\n  /* x */ \"a\": 1}", 2, 3, "", "JSON has no comments")]
    [InlineData("{} // x", 1, 4, "", "JSON has no comments")]
    [InlineData("[010]", 1, 2, "[0]", "\"010\" is not JSON number")]
    [InlineData("[0x1F]", 1, 2, "[0]", "\"0x1F\" is not JSON number")]
    [InlineData("[1.]", 1, 2, "[0]", "\"1.\" is not JSON number")]
    [InlineData("[.5]", 1, 2, "[0]", "\".5\" is not JSON number")]
    [InlineData("[NaN]", 1, 2, "[0]", "\"NaN\" is not JSON number")]
    [InlineData("[-Infinity]", 1, 2, "[0]", "\"-Infinity\" is not JSON number")]
    [InlineData("[undefined]", 1, 2, "[0]", "expected a JSON value")]
    [InlineData("[new Date(1)]", 1, 2, "[0]", "expected a JSON value")]
    [InlineData("{\"a\":\"x\ty\"}", 1, 8, "a", "a control character in a string has to be escaped")]
    [InlineData("{\"a\":\"x\\'y\"}", 1, 8, "a", "\\' is not JSON escape")]
    [InlineData("{\"a\":\"x\\qy\"}", 1, 10, "a", "not JSON")]
    [InlineData("{\"a\u0001b\":1}", 1, 4, "a\u0001b", "a control character in a string has to be escaped")]
    [InlineData("{\"a\":\u00A01}", 1, 6, "a", "is not white space of JSON")]
    [InlineData("{\"a\":1,\n \"b\":2, \"a\":3}", 2, 9, "a", "the property \"a\" is given twice; the first is on line 1.")]
    [InlineData("{\"a\":[{\"b\":1,\"b\":1}]}", 1, 14, "a[0].b", "is given twice")]
    [InlineData("{\"a\":1 \"b\":2}", 1, 8, "a", "not JSON")]
    [InlineData("{\"a\":1]", 1, 8, "", "not JSON")]
    public void What_is_no_JSON_is_refused_with_its_place(string text, int line, int column, string path, string problem)
    {
        JsonTextException error = Assert.Throws<JsonTextException>(() => s_reader.Read(text, "dir/a.json"));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Equal((line, column, path), (error.Line, error.Column, error.Path));
        Assert.StartsWith("dir/a.json, line " + line + ", column " + column, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, c => c < ' ');
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(100_000, false)]
    public void Nesting_has_a_bound(int depth, bool fits)
    {
        string text = new string('[', depth) + new string(']', depth);
        if (fits)
        {
            Assert.Equal(JsonKind.Array, s_reader.Read(text, "a.json").Kind);
            return;
        }

        JsonTextException error = Assert.Throws<JsonTextException>(() => s_reader.Read(text, "a.json"));
        Assert.Contains("32", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_has_a_bound()
    {
        string fits = "\"" + new string('a', (1024 * 1024) - 2) + "\"";
        Assert.Equal((1024 * 1024) - 2, s_reader.Read(fits, "a.json").Text.Length);
        JsonTextException error = Assert.Throws<JsonTextException>(() => s_reader.Read(fits + " ", "a.json"));
        Assert.Contains("longer than 1048576 characters", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Type_names_are_only_text()
    {
        JsonValue root = s_reader.Read("{\"$type\":\"System.IO.FileInfo, mscorlib\",\"$ref\":\"1\"}", "a.json");
        Assert.Equal("System.IO.FileInfo, mscorlib", root.Find("$type")!.Text);
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_never_fails_otherwise()
    {
        var random = new Random(20261124);
        const string Alphabet = "{}[]\":,'/*\\ \n\tnulltrefasd01.eE+-x\u0000\u00A0N";
        for (int round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            int length = random.Next(0, 24);
            for (int i = 0; i < length; i++)
                text.Append(Alphabet[random.Next(Alphabet.Length)]);

            try
            {
                JsonValue value = s_reader.Read(text.ToString(), "a.json");
                using var reference = System.Text.Json.JsonDocument.Parse(text.ToString());
                Assert.Equal(reference.RootElement.ValueKind.ToString()[0] is 'T' or 'F' ? "Bool" : reference.RootElement.ValueKind.ToString(), value.Kind.ToString());
            }
            catch (JsonTextException error)
            {
                Assert.InRange(error.Line, 1, text.Length + 1);
                Assert.InRange(error.Column, 1, text.Length + 1);
                Assert.ThrowsAny<System.Text.Json.JsonException>(() => System.Text.Json.JsonDocument.Parse(text.ToString()));
            }
        }
    }
}
