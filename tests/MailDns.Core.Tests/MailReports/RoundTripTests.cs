using System.IO.Compression;
using System.Text;
using CsCheck;
using MailDns.MailReports;
using Xunit;

namespace MailDns.Core.Tests.MailReports;

/// <summary>Whatever is written in either schema is read back the same; whatever is broken ends in bounds.</summary>
public class RoundTripTests
{
    private static readonly Gen<string> s_text = Gen.Char["abcXYZ 09.&<>\"'-@=|\u00e4\u20ac"].Array[1, 20].Select(static text => new string(text)).Select(static text => text.Trim()).Where(static text => text.Length > 0);
    private static readonly Gen<string> s_domain = Pick("example.com", "news.example.com", "a.b.example.com");
    private static readonly Gen<string> s_address = Gen.OneOf(
        Gen.Select(Gen.Byte, Gen.Byte, static (one, other) => $"192.{one}.2.{other}"),
        Gen.UShort.Select(static part => $"2001:db8::{Math.Max((ushort)1, part):x}"));

    private static readonly Gen<RowModel> s_row =
        from source in s_address
        from count in Gen.Long[0, 999_999]
        from flags in Gen.Int[0, 15]
        from disposition in Pick("none", "quarantine", "reject", "pass")
        from headerFrom in s_domain
        from comment in s_text
        from signatures in Gen.Select(s_domain, Pick("s1", "k2", "selector1"), Pick("pass", "fail", "temperror", "neutral"), static (d, s, r) => (d, (string?)s, r)).Array[0, 3]
        from spf in Pick("pass", "fail", "softfail", "temperror")
        select new RowModel
        {
            Source = source,
            Count = count,
            Dkim = (flags & 1) != 0,
            Spf = (flags & 2) != 0,
            Disposition = disposition,
            HeaderFrom = headerFrom,
            EnvelopeFrom = (flags & 4) != 0 ? headerFrom : null,
            Reason = (flags & 8) != 0 ? "local_policy" : null,
            Comment = (flags & 8) != 0 ? comment : null,
            Signatures = signatures,
            SpfResult = (headerFrom, spf),
        };

    private static readonly Gen<ReportModel> s_report =
        from organization in s_text
        from id in s_text
        from isNew in Gen.Bool
        from hasNamespace in Gen.Bool
        from policy in Pick("none", "quarantine", "reject")
        from subdomains in Pick(null!, "none", "reject")
        from rows in s_row.Array[1, 12]
        select new ReportModel { Organization = organization, ReportId = id, IsRfc9990 = isNew, HasNamespace = hasNamespace, Policy = policy, SubdomainPolicy = subdomains, Rows = rows };

    [Fact]
    public void Any_report_is_read_back_the_same()
    {
        s_report.Sample(static model =>
        {
            DmarcReport report = ReportRun.Of(model.Open()).Single;
            Assert.Equal(MailDns.Text.PrintableText.Escape(model.Organization), report.Organization);
            Assert.Equal(MailDns.Text.PrintableText.Escape(model.ReportId), report.ReportId);
            Assert.Equal(model.IsRfc9990 ? DmarcReportFormat.Rfc9990 : DmarcReportFormat.Rfc7489, report.Format);
            Assert.Equal(model.Policy, report.Policy.ToString(), ignoreCase: true);
            Assert.Equal(model.SubdomainPolicy ?? string.Empty, report.SubdomainPolicy?.ToString() ?? string.Empty, ignoreCase: true);
            Assert.True(report.IsComplete);
            Assert.Empty(report.Warnings);
            Assert.Equal(model.Rows.Count, report.RowCount);
            Assert.Equal(model.Rows.Sum(static row => row.Count), report.MessageCount);
            Assert.Equal(model.Rows.Where(static row => row.Dkim || row.Spf).Sum(static row => row.Count), report.PassedCount);
            Assert.Equal(model.Rows.Select(Text), report.Rows.Select(Text));
        }, iter: 400);
    }

    [Fact]
    public void Any_cut_report_gives_whole_rows_or_an_error()
    {
        Gen.Select(s_report, Gen.Double[0, 1]).Sample(static (model, share) =>
        {
            byte[] whole = Encoding.UTF8.GetBytes(model.Write());
            int length = (int)(whole.Length * share);
            ReportRun run = ReportRun.Of(whole[..length]);
            if (run.Reports.Count == 0)
            {
                Assert.Single(run.Errors);
                return;
            }

            // What is said to be whole has every row.
            Assert.True(!run.Single.IsComplete || run.Single.RowCount == model.Rows.Count);
            Assert.Equal(model.Rows.Take(run.Single.RowCount).Select(Text), run.Single.Rows.Select(Text));
        }, iter: 400);
    }

    [Fact]
    public void Any_octets_end_in_a_report_or_an_error()
    {
        Gen.Select(s_report, Gen.Int[0, 4000], Gen.Byte, Gen.Int[0, 3]).Array[1, 4].Select(static changes => (changes[0].Item1, changes)).Sample(static (model, changes) =>
        {
            byte[] octets = Encoding.UTF8.GetBytes(model.Write());
            foreach ((ReportModel _, int at, byte value, int kind) in changes)
            {
                if (at < octets.Length)
                {
                    octets = kind switch
                    {
                        0 => [.. octets[..at], value, .. octets[at..]],
                        1 => [.. octets[..at], .. octets[Math.Min(octets.Length, at + value)..]],
                        2 => [.. octets[..at], (byte)'<', .. octets[at..]],
                        _ => [.. octets[..at], .. octets[..at], .. octets[at..]],
                    };
                }
            }

            ReportRun run = ReportRun.Of(octets);
            Assert.True(run.Reports.Count > 0 || run.Errors.Count == 1);
        }, iter: 1500);
    }

    [Fact]
    public void Any_compressed_octets_end_in_a_report_or_an_error()
    {
        Gen.Select(s_report, Gen.Int[0, 2000], Gen.Byte, Gen.Bool).Sample(static (model, at, value, cuts) =>
        {
            byte[] octets = Packed(model.Write());
            octets = cuts ? octets[..Math.Min(at, octets.Length)] : at < octets.Length ? [.. octets[..at], value, .. octets[(at + 1)..]] : octets;
            ReportRun run = ReportRun.Of(octets);
            Assert.True(run.Reports.Count > 0 || run.Errors.Count == 1);
            Assert.All(run.Dmarc, report => Assert.True(!report.IsComplete || report.RowCount == model.Rows.Count || !cuts));
        }, iter: 600);
    }

    internal static byte[] Packed(string text) => Packed(Encoding.UTF8.GetBytes(text));

    internal static byte[] Packed(byte[] octets)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(octets);
        }

        return packed.ToArray();
    }

    private static Gen<string> Pick(params string[] words) => Gen.Int[0, words.Length - 1].Select(index => words[index]);

    private static string Text(RowModel row) =>
        $"{row.Source} {row.Count} {row.Dkim} {row.Spf} {row.Disposition} {row.HeaderFrom} {row.EnvelopeFrom} {row.Reason} {MailDns.Text.PrintableText.Escape(row.Comment)} "
        + string.Join(',', row.Signatures.Select(static signature => signature.Selector + "._domainkey." + signature.Domain + " " + signature.Result)) + " " + row.SpfResult?.Domain + " " + row.SpfResult?.Result;

    private static string Text(DmarcReportRow row) =>
        $"{row.SourceIP} {row.Count} {row.DkimAligned} {row.SpfAligned} {row.Disposition} {row.HeaderFrom} {row.EnvelopeFrom} {row.Reasons.FirstOrDefault()?.Type} {row.Reasons.FirstOrDefault()?.Comment} "
        + string.Join(',', row.Dkim.Select(static signature => signature.ToString())) + " " + row.Spf.FirstOrDefault()?.Domain + " " + row.Spf.FirstOrDefault()?.Result;
}
