using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using MailDns.Report;
using Xunit;

namespace MailDns.Core.Tests.Report;

/// <summary>The picture says of DKIM and SPF what is known, and of the rest that it is not known.</summary>
public class MailPathPictureTests
{
    // What DMARC counts; what DKIM itself said; whether it aligns: the box of DKIM, its icon, its small print.
    [Theory]
    [InlineData("DKIM", null, true, "Passes", "Pass", "taken for granted")]
    [InlineData("SPF and DKIM", null, true, "Passes", "Pass", "taken for granted")]
    [InlineData("SPF", false, true, "Does not pass", "Fail", "no usable key")]
    [InlineData("SPF", null, true, "Not known", "Unknown", "")]
    [InlineData("SPF", null, false, "Not known", "Unknown", "")]
    [InlineData("SPF", null, null, "Not known", "Unknown", "")]
    [InlineData(null, false, true, "Does not pass", "Fail", "no usable key")]
    [InlineData(null, false, false, "Does not pass", "Fail", "no usable key")]
    [InlineData(null, null, true, "Not known", "Unknown", "")]
    [InlineData(null, null, null, "Not known", "Unknown", "")]
    public void Dkim_is_drawn_as_it_is_known(string? path, bool? dkimPassed, bool? aligned, string words, string status, string why)
    {
        string[] box = Box(new ReportMailPath { Domain = "a.example", Path = path, Passed = path is null ? null : true, DkimPassed = dkimPassed, DkimAligned = aligned, DkimDomains = ["a.example"] }, "DKIM");

        Assert.Equal([status, words, why], box);
    }

    [Theory]
    [InlineData(true, "Aligned", "Pass")]
    [InlineData(false, "Not aligned", "Fail")]
    [InlineData(null, "Not known", "Unknown")]
    public void Alignment_is_a_box_of_its_own(bool? aligned, string words, string status)
    {
        ReportMailPath path = new() { Domain = "a.example", DkimAligned = aligned, DkimDomains = ["a.example"] };

        Assert.Equal([status, words], Box(path, "Alignment", last: true)[..2]);
    }

    [Fact]
    public void Without_a_signature_dkim_is_left_out() =>
        Assert.Equal(["NotApplicable", "Left out", string.Empty], Box(new ReportMailPath { Domain = "a.example", DkimAligned = false }, "DKIM"));

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public void No_policy_is_never_said_to_be_no_record(bool? passed) =>
        Assert.Equal("no policy known", Box(new ReportMailPath { Domain = "a.example", Passed = passed }, "DMARC")[2]);

    // Class of the box, its name and its small print.
    private static string[] Box(ReportMailPath path, string label, bool last = false)
    {
        using var text = new StringWriter();
        MailPathPicture.Write(new HtmlWriter(text), path, "p");
        string html = text.ToString();
        int start = html.IndexOf("<svg", StringComparison.Ordinal);
        XElement svg = XElement.Parse(html[start..(html.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
        XElement[] labels = [.. svg.Elements().Where(element => element.Name.LocalName == "text" && element.Value == label)];
        XElement found = last ? labels[^1] : labels[0];
        XElement[] texts = [.. found.ElementsAfterSelf().Where(element => element.Name.LocalName == "text").Take(2)];
        string look = found.ElementsBeforeSelf().Last(element => element.Attribute("class")?.Value.StartsWith("box", StringComparison.Ordinal) == true).Attribute("class")!.Value;
        return [look["box s-".Length..], texts[0].Value, texts[1].Value];
    }
}
