using System;
using System.IO;
using System.Text.RegularExpressions;
using CsCheck;
using MailDns.Report;
using Xunit;

namespace MailDns.Core.Tests.Report;

public class HtmlWriterTests
{
    [Theory]
    [InlineData("a < b & \"c\" > 'd'", "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;")]
    [InlineData("\0\u001B\n\u007F\u009B", "\\u0000\\u001B\\u000A\\u007F\\u009B")]
    [InlineData("a\u202Eb\u200B\u2066\uFEFF\u2028", "a\\u202Eb\\u200B\\u2066\\uFEFF\\u2028")]
    [InlineData("Почта 邮件 \U0001F4E7", "Почта 邮件 \U0001F4E7")]
    [InlineData("\U000E0041", "\\uDB40\\uDC41")]
    public void Text_is_escaped_in_content_and_attributes(string text, string expected)
    {
        Assert.Equal("<p>" + expected + "</p>", Write(html => html.Element("p", text)));
        Assert.Equal("<p title=\"" + expected + "\"></p>", Write(html => html.Element("p", string.Empty, ("title", text))));
    }

    // An attribute of a test cannot hold half a pair: its text is UTF-8.
    [Fact]
    public void Half_a_surrogate_pair_is_shown() => Text_is_escaped_in_content_and_attributes("\uD800x\uDFFF\uFFFF", "\\uD800x\\uDFFF\\uFFFF");

    [Theory]
    [InlineData("p", "onclick", "x")]
    [InlineData("p", "ONLOAD", "x")]
    [InlineData("p", "style", "color: red")]
    [InlineData("img", "src", "x")]
    [InlineData("iframe", "srcdoc", "x")]
    [InlineData("p", "a b", "x")]
    [InlineData("p", "a=b", "x")]
    [InlineData("p", "", "x")]
    [InlineData("a", "href", "javascript:alert(1)")]
    [InlineData("a", "href", "http://example.net/")]
    [InlineData("a", "href", " https://example.net/")]
    [InlineData("script", "id", "x")]
    [InlineData("style", "id", "x")]
    [InlineData("p><script", "id", "x")]
    [InlineData("", "id", "x")]
    public void What_could_run_is_refused(string element, string attribute, string value) =>
        Assert.Throws<ArgumentException>(() => Write(html => html.Void(element, (attribute, value))));

    [Fact]
    public void An_attribute_without_value_is_left_out() => Assert.Equal("<p id=\"x\">", Write(html => html.Void("p", ("class", null), ("id", "x"))));

    [Fact]
    public void Elements_close_in_order() => Assert.Throws<InvalidOperationException>(() => Write(html =>
    {
        HtmlScope outer = html.Open("div");
        html.Open("p");
        outer.Dispose();
    }));

    [Fact]
    public void No_text_makes_markup() => Gen.String.Sample(text =>
        Regex.Count(Write(html => html.Element("p", text, ("title", text))), "[<>]", RegexOptions.None, TimeSpan.FromSeconds(5)) == 4);

    [Theory]
    [InlineData("RFC 7208 section 4.6.4", "https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4")]
    [InlineData("RFC 7208 sections 3.5 and 10.1.2", "https://www.rfc-editor.org/rfc/rfc7208")]
    [InlineData("RFC 1035 section 3.3; RFC 7208", "https://www.rfc-editor.org/rfc/rfc1035#section-3.3")]
    [InlineData("RFC 9989", "https://www.rfc-editor.org/rfc/rfc9989")]
    [InlineData("https://example.net/a?b=c", "https://example.net/a?b=c")]
    [InlineData("https://example.net/\" onclick=\"x", "https://example.net/%22")]
    [InlineData("The provider's profile; RFC 7208", null)]
    [InlineData("RFC ", null)]
    [InlineData("RFC 0", null)]
    [InlineData("RFC 99999999999", null)]
    [InlineData("http://example.net/", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("", null)]
    public void A_reference_leads_where_it_says(string reference, string? address) => Assert.Equal(address, ReferenceLink.Of(reference));

    private static string Write(Action<HtmlWriter> write)
    {
        using var text = new StringWriter();
        write(new HtmlWriter(text));
        return text.ToString();
    }
}
