using System;
using System.IO;
using System.Text.Json.Nodes;
using CsCheck;
using MailDns.Text;
using Xunit;

namespace MailDns.Core.Tests.Report;

public class JsonTextWriterTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("\"\\/", "\"\\\"\\\\/\"")]
    [InlineData("\0\b\t\n\u001F\u007F\u009B", "\"\\u0000\\u0008\\u0009\\u000A\\u001F\\u007F\\u009B\"")]
    [InlineData("\u2028\u2029\u202E\uFEFF", "\"\\u2028\\u2029\\u202E\\uFEFF\"")]
    [InlineData("</script>&", "\"\\u003C/script\\u003E\\u0026\"")]
    [InlineData("Почта \U0001F4E7", "\"Почта \U0001F4E7\"")]
    [InlineData(null, "null")]
    public void Strings_are_escaped(string? value, string expected) => Assert.Equal(expected, Write(json => json.Value(value)));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Strings_are_escaped("\uDCE7a\uD83D", "\"\uFFFDa\uFFFD\"");

    [Fact]
    public void Values_nest()
    {
        string text = Write(json => json.StartObject().Member("a", 1).Member("b", (bool?)null).Name("c").StartArray().StartObject().End().Value(true).StartArray().End().End().Member("d", ["x", "y"]).End());
        Assert.Equal("{\n  \"a\": 1,\n  \"b\": null,\n  \"c\": [\n    {},\n    true,\n    []\n  ],\n  \"d\": [\n    \"x\",\n    \"y\"\n  ]\n}", text);
    }

    [Fact]
    public void What_would_be_no_json_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => Write(json => json.Value("a").Value("b")));
        Assert.Throws<InvalidOperationException>(() => Write(json => json.StartObject().Value("a")));
        Assert.Throws<InvalidOperationException>(() => Write(json => json.StartArray().Name("a")));
        Assert.Throws<InvalidOperationException>(() => Write(json => json.StartObject().Name("a").Name("b")));
        Assert.Throws<InvalidOperationException>(() => Write(json => json.StartObject().Name("a").End()));
        Assert.Throws<InvalidOperationException>(() => Write(json => json.End()));
    }

    [Fact]
    public void Any_text_comes_back() => Gen.String.Sample(text =>
    {
        string back = (string)JsonNode.Parse(Write(json => json.Value(text)))!;
        return back.Length == text.Length && back.Replace('\uFFFD', '?') == Unpaired(text).Replace('\uFFFD', '?');
    });

    private static string Unpaired(string text) => System.Text.Encoding.Unicode.GetString(System.Text.Encoding.Unicode.GetBytes(text));

    private static string Write(Action<JsonTextWriter> write)
    {
        using var text = new StringWriter();
        write(new JsonTextWriter(text));
        return text.ToString();
    }
}
