using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.MailReports;

/// <summary>Reports at the prompt: from files and folders, from objects and copies of them, shared out and added up.</summary>
public sealed class MailReportCommandTests : IClassFixture<EngineFixture>, IDisposable
{
    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-reports-").FullName;

    public MailReportCommandTests(EngineFixture engine)
    {
        _engine = engine;
        Write("a.xml.gz", Packed(Report("1", 40, 3)));
        Write("b [1].bin", Packed(Report("2", 7, 0)));
        Write("broken.xml", Encoding.UTF8.GetBytes("<feedback><report_metadata>"));
        Write("c.eml", Encoding.UTF8.GetBytes("From: r@receiver.example\r\nMIME-Version: 1.0\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(Zipped(Report("3", 5, 5))) + "\r\n"));
        File.Copy(Example("failure.eml"), Path.Combine(_folder, "failure.eml"));
        File.Copy(Example("receiver.example!example.com!1793750400!1793836799.json"), Path.Combine(_folder, "tls.json"));
        Directory.CreateDirectory(Path.Combine(_folder, "below"));
        Write("below/again.xml", Encoding.UTF8.GetBytes(Report("1", 40, 3)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What comes, and which errors.
    [Theory]
    [InlineData("Import-MailReport $folder", "Dmarc 1 43, Dmarc 2 7, Dmarc 3 10, Failure, Tls", 1)]
    [InlineData("Import-MailReport $folder -Recurse", "Dmarc 1 43, Dmarc 2 7, Dmarc 3 10, Failure, Tls", 1)]
    [InlineData("Import-MailReport \"$folder/*.gz\"", "Dmarc 1 43", 0)]
    [InlineData("Import-MailReport -LiteralPath \"$folder/b [1].bin\"", "Dmarc 2 7", 0)]
    [InlineData("Import-MailReport \"$folder/b [1].bin\"", "Dmarc 2 7", 0)]
    [InlineData("Import-MailReport \"$folder/b [2].bin\"", "", 1)]
    [InlineData("Get-ChildItem $folder -File | Import-MailReport", "Dmarc 1 43, Dmarc 2 7, Dmarc 3 10, Failure, Tls", 1)]
    [InlineData("\"$folder/a.xml.gz\", \"$folder/c.eml\" | Import-MailReport", "Dmarc 1 43, Dmarc 3 10", 0)]
    [InlineData("Import-MailReport $folder -Type Tls", "Tls", 1)]
    [InlineData("Import-MailReport $folder -Type Failure, Tls", "Failure, Tls", 1)]
    [InlineData("Import-MailReport $folder -Type Aggregate -Domain example.net", "", 1)]
    [InlineData("Import-MailReport $folder -Type Aggregate -Domain com", "", 1)]
    [InlineData("Import-MailReport $folder -Type Aggregate -Before 2026-01-01", "", 1)]
    [InlineData("Import-MailReport $folder -Type Aggregate -After 2026-01-01 -Before 2027-01-01", "Dmarc 1 43, Dmarc 2 7, Dmarc 3 10", 1)]
    [InlineData("Import-MailReport \"$folder/none.xml\"", "", 1)]
    [InlineData("Import-MailReport $folder/broken.xml, $folder/a.xml.gz", "Dmarc 1 43", 1)]
    [InlineData("Import-MailReport $folder/c.eml -Limit @{ Nesting = 0 }", "", 1)]
    public void Reports_come_out_of_whatever_they_are_in(string command, string expected, int errors)
    {
        EngineResult result = _engine.Invoke("param($folder) " + command + " | ForEach-Object { if ($_ -is [MailDns.DmarcReport]) { \"Dmarc $($_.ReportId) $($_.MessageCount)\" } else { $_.GetType().Name -replace '^Dmarc|Report$' } }", _folder);
        Assert.Equal(expected, string.Join(", ", result.Output.Select(item => item.ToString())));
        Assert.Equal(errors, result.Errors.Count);
        Assert.False(result.Terminated);
    }

    [Fact]
    public void What_is_broken_says_where()
    {
        EngineResult result = _engine.Invoke("param($folder) Import-MailReport $folder/broken.xml", _folder);
        Assert.Equal(["ReportInvalid"], result.ErrorIds);
        Assert.Contains("broken.xml: ", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    // From files, from objects, from copies, and in two halves that are added up.
    [Theory]
    [InlineData("Measure-DmarcReport $folder -ErrorAction SilentlyContinue")]
    [InlineData("Measure-DmarcReport $folder -Recurse -ErrorAction SilentlyContinue")]
    [InlineData("Import-MailReport $folder -ErrorAction SilentlyContinue | Measure-DmarcReport")]
    [InlineData("Get-ChildItem $folder -File | Measure-DmarcReport -ErrorAction SilentlyContinue")]
    [InlineData("Import-MailReport $folder -ErrorAction SilentlyContinue | Export-Clixml $folder/copy.clixml; Import-Clixml $folder/copy.clixml | Measure-DmarcReport")]
    [InlineData("$(Measure-DmarcReport \"$folder/*.gz\"; Measure-DmarcReport -LiteralPath \"$folder/b [1].bin\", $folder/c.eml) | Measure-DmarcReport")]
    [InlineData("Measure-DmarcReport \"$folder/*.gz\" | Export-Clixml $folder/part.clixml; $(Import-Clixml $folder/part.clixml; Measure-DmarcReport -LiteralPath \"$folder/b [1].bin\", $folder/c.eml) | Measure-DmarcReport")]
    [InlineData("Measure-DmarcReport $folder -OwnSource 192.0.2.0/24, sendgrid.net -ErrorAction SilentlyContinue")]
    public void Figures_are_the_same_however_they_come(string command)
    {
        EngineResult result = _engine.Invoke("param($folder) " + command, _folder).EnsureClean();
        Assert.Equal(60, result.Properties<long>("Messages").Sum());
        Assert.Equal(52, result.Properties<long>("Passed").Sum());
        Assert.All(result.Output, source => Assert.Equal("MailDns.DmarcSource", source.BaseObject.GetType().FullName));
    }

    [Fact]
    public void A_platform_is_named_as_everywhere()
    {
        EngineResult result = _engine.Invoke("param($folder) Measure-DmarcReport $folder -ErrorAction SilentlyContinue | Where-Object Class -eq ServiceUnaligned", _folder).EnsureClean();
        Assert.Equal(("sendgrid", 8L), (result.Property<string>("Provider"), result.Property<long>("Messages")));
        Assert.NotEmpty(result.Property<string>("Recommendation")!);
    }

    // Other kinds of reports pass by; what is no report is an error.
    [Theory]
    [InlineData("Import-MailReport $folder -Type Tls, Failure -ErrorAction SilentlyContinue | Measure-DmarcReport", "")]
    [InlineData("Import-MailReport $folder -Type Aggregate, Failure -ErrorAction SilentlyContinue | Measure-TlsReport", "")]
    [InlineData("Get-Date | Measure-DmarcReport", "UnsupportedInput")]
    [InlineData("Get-Date | Measure-TlsReport", "UnsupportedInput")]
    [InlineData("[pscustomobject]@{ Messages = 5 } | Measure-DmarcReport", "UnsupportedInput")]
    [InlineData("$null | Measure-DmarcReport", "")]
    public void What_is_not_theirs_is_not_counted(string command, string error)
    {
        EngineResult result = _engine.Invoke("param($folder) " + command, _folder);
        Assert.Empty(result.Output);
        Assert.Equal(error, string.Concat(result.ErrorIds));
    }

    [Fact]
    public void The_same_key_with_other_content_is_warned_about()
    {
        Write("other.xml", Encoding.UTF8.GetBytes(Report("1", 41, 3)));
        EngineResult result = _engine.Invoke("param($folder) Import-MailReport $folder -Type Aggregate -ErrorAction SilentlyContinue", _folder);
        Assert.Equal(60, result.Properties<long>("MessageCount").Sum());
        Assert.Contains("other content", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_report_counts_as_a_part_until_the_whole_one_comes()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Report("9", 30, 2));
        Write("cut/0.xml", whole[..(whole.Length - 30)]);
        EngineResult part = _engine.Invoke("param($folder) Measure-DmarcReport $folder/cut", _folder).EnsureClean();
        Assert.Equal(30, part.Properties<long>("Messages").Sum());
        Assert.Contains("is incomplete", Assert.Single(part.Warnings), StringComparison.Ordinal);
        Write("cut/1.xml", whole);
        EngineResult both = _engine.Invoke("param($folder) Measure-DmarcReport $folder/cut", _folder).EnsureClean();
        Assert.Equal(32, both.Properties<long>("Messages").Sum());
    }

    [Fact]
    public void People_are_shown_only_where_asked()
    {
        string Text(string more) => _engine.Invoke("param($folder) Import-MailReport $folder/failure.eml " + more + " | ConvertTo-Json -Depth 4", _folder).EnsureClean().Single<string>();
        Assert.DoesNotContain("alice", Text(string.Empty), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("alice", Text("-IncludePersonalData"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void TLS_sessions_are_added_up_from_files_and_copies()
    {
        EngineResult live = _engine.Invoke("param($folder) Measure-TlsReport $folder -ErrorAction SilentlyContinue", _folder).EnsureClean();
        EngineResult copied = _engine.Invoke("param($folder) Import-MailReport $folder -Type Tls -ErrorAction SilentlyContinue | Export-Clixml $folder/tls.clixml; Import-Clixml $folder/tls.clixml | Measure-TlsReport", _folder).EnsureClean();
        Assert.Equal((480L, 6L), (live.Property<long>("SuccessfulSessions"), live.Property<long>("FailedSessions")));
        Assert.Equal((480L, 6L), (copied.Property<long>("SuccessfulSessions"), copied.Property<long>("FailedSessions")));
    }

    private static string Example(string name) => Path.Combine(TestPaths.Root, "examples", "reports", name);

    private void Write(string name, byte[] content)
    {
        string file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    // Own mail that passes, and that of a platform which does not align.
    private static string Report(string id, int own, int platform)
    {
        long begin = 1_793_750_400 + (int.Parse(id, CultureInfo.InvariantCulture) * 86_400L);
        string Row(string source, int count, string verdict, string results) => count == 0 ? string.Empty : $"<record><row><source_ip>{source}</source_ip><count>{count}</count><policy_evaluated><disposition>none</disposition><dkim>{verdict}</dkim><spf>{verdict}</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from></identifiers><auth_results>{results}</auth_results></record>\n";
        return $"<?xml version=\"1.0\"?><feedback><report_metadata><org_name>receiver.example</org_name><report_id>{id}</report_id><date_range><begin>{begin}</begin><end>{begin + 86_399}</end></date_range></report_metadata><policy_published><domain>example.com</domain><p>none</p></policy_published>\n"
            + Row("192.0.2.1", own, "pass", "<dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim><spf><domain>example.com</domain><result>pass</result></spf>")
            + Row("198.51.100.9", platform, "fail", "<dkim><domain>sendgrid.net</domain><selector>smtpapi</selector><result>pass</result></dkim>")
            + "</feedback>";
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static byte[] Zipped(string text)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream member = archive.CreateEntry("report").Open();
            member.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
