using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Formats;

/// <summary>The converters, typed as a user types them, into the published parameter sets of DnsServer and Az.Dns.</summary>
public class ConverterCommandTests : IClassFixture<EngineFixture>
{
    private const string Address = "[MailDns.ARecord]::new('contoso.com', 'mx', '192.0.2.1', [timespan]::FromHours(1), 'Address')";
    private const string Srv = "[MailDns.SrvRecord]::new('contoso.com', '_submission._tcp', 0, 1, 587, 'mail.contoso.com', '1:0', 'Other')";
    private const string Ptr = "[MailDns.PtrRecord]::new('contoso.com', '9', 'mail.contoso.com', '1:0', 'Address')";
    private const string Address6 = "[MailDns.AaaaRecord]::new('contoso.com', 'mx', '2001:db8::1', [timespan]::FromHours(1), 'Address')";
    private const string Ns = "[MailDns.NsRecord]::new('contoso.com', 'em', 'ns1.example.net', [timespan]::FromHours(1), 'Delegation')";
    private const string Caa = "[MailDns.CaaRecord]::new('contoso.com', '@', 0, 'issue', 'ca.example', [timespan]::FromHours(1), 'Caa')";
    private const string Tlsa = "[MailDns.TlsaRecord]::new('contoso.com', '_25._tcp.mx', 3, 1, 1, ('ab' * 32), [timespan]::FromHours(1), 'Tlsa')";
    private const string AddAll = "ConvertTo-DnsServerParameter | ForEach-Object { $p = $_; Add-DnsServerResourceRecord @p }";
    private const string CreateAll = "ForEach-Object { $set = $_; $set.DnsRecords = @(foreach ($r in $set.DnsRecords) { New-AzDnsRecordConfig @r }); New-AzDnsRecordSet @set }";

    private readonly EngineFixture _engine;

    public ConverterCommandTests(EngineFixture engine)
    {
        _engine = engine;
    }

    [Theory]
    [InlineData(Sample.Txt, "TXT", "@ TXT v=spf1 include:spf.example.net -all 00:05:00")]
    [InlineData(Sample.Cname, "CNAME", "trk CNAME trk.example.net. 01:00:00")]
    [InlineData(Sample.Mx, "MX", "@ MX 10 mx.contoso.com. 01:00:00")]
    [InlineData(Ns, "NS", "em NS ns1.example.net. 01:00:00")]
    [InlineData(Address, "A", "mx A 192.0.2.1 01:00:00")]
    [InlineData(Address6, "AAAA", "mx AAAA 2001:db8::1 01:00:00")]
    [InlineData(Caa, "Unknown", "@ CAA 0005697373756563612e6578616d706c65 01:00:00")]
    [InlineData(Tlsa, "TLSA", "_25._tcp.mx TLSA DomainIssuedCertificate SubjectPublicKeyInfo Sha256Hash abababababababababababababababababababababababababababababababab 01:00:00")]
    public void Table_is_splatted_into_its_set(string record, string set, string stored)
    {
        _engine.UseDnsServer("contoso.com");

        _engine.Invoke($"{record} | {AddAll}").EnsureClean();

        Assert.Equal(set, _engine.Invoke("Get-StubCall").Property<string>("ParameterSetName"));
        string found = _engine.Invoke("Get-StubZone | ForEach-Object { \"$($_.HostName) $($_.RecordType) $($_.Data) $($_.TimeToLive)\" }").Single<string>();
        Assert.Equal(stored.Replace("CAA", found.Contains("TYPE257", StringComparison.Ordinal) ? "TYPE257" : "CAA", StringComparison.Ordinal), found);
    }

    [Theory]
    [InlineData("./contoso.zone")]
    [InlineData("C:\\\\zones\\\\contoso.com.dns")]
    public void A_path_in_the_place_of_a_text_is_told(string path)
    {
        EngineResult result = _engine.Invoke("ConvertFrom-DnsZone '" + path + "'");
        Assert.Empty(result.Output);
        Assert.Contains("is not the text of a zone. If it is a file, specify it with -Path.", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Mixed_set_goes_to_the_server_and_what_cannot_go_says_why()
    {
        _engine.UseDnsServer("contoso.com");

        EngineResult result = _engine.Invoke($"{Sample.Txt}, {Sample.LongTxt}, {Sample.Copy(Sample.Cname)}, {Sample.Mx} | {AddAll}");

        Assert.Equal(["RecordTooLong"], result.ErrorIds);
        Assert.Contains("New-DkimRecord -CnameTarget", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("TXT CNAME MX", _engine.Invoke("(Get-StubZone | ForEach-Object { $_.RecordType }) -join ' '").Single<string>());
    }

    [Theory]
    [InlineData("'x' * 254", "")]
    [InlineData("'x' * 255", "RecordTooLong")]
    [InlineData("'a\"b'", "RecordValueNotSupported")]
    [InlineData("\"a`nb\"", "RecordValueNotSupported")]
    [InlineData("''", "RecordValueNotSupported")]
    public void Text_fits_DnsServer_or_is_refused(string text, string errorId)
    {
        EngineResult result = _engine.Invoke($"[MailDns.TxtRecord]::new('contoso.com', '@', ({text}), [timespan]::FromHours(1), 'Other') | ConvertTo-DnsServerParameter");

        Assert.Equal(errorId, string.Join(' ', result.ErrorIds));
        Assert.Equal(errorId.Length == 0 ? 1 : 0, result.Output.Count);
    }

    [Fact]
    public void Records_of_a_name_and_type_are_one_Azure_set()
    {
        _engine.UseAzDns("contoso.com");
        string verification = "[MailDns.TxtRecord]::new('contoso.com', '@', 'ms=1', [timespan]::FromHours(1), 'Verification')";

        _engine.Invoke($"{Sample.Txt}, {Sample.LongTxt}, {verification}, {Sample.Cname}, {Sample.Mx}, {Ns}, {Caa}, {Address}, {Address6} | ConvertTo-AzDnsParameter -ResourceGroupName rg | {CreateAll}").EnsureClean();

        Assert.Equal(
            [
                "@ CAA 3600 ca.example", "@ MX 3600 [10,mx.contoso.com]", "@ TXT 300 v=spf1 include:spf.example.net -all|ms=1", "em NS 3600 ns1.example.net",
                "mx A 3600 192.0.2.1", "mx AAAA 3600 2001:db8::1", "sel._domainkey TXT 3600 " + _engine.Invoke($"({Sample.LongTxt}).Value").Single<string>(), "trk CNAME 3600 trk.example.net",
            ],
            _engine.Invoke("Get-StubAzZone | ForEach-Object { $d = if ($_.RecordType -eq 'CAA') { $_.Records[0].Value } else { $_.Records -join '|' }; \"$($_.Name) $($_.RecordType) $($_.Ttl) $d\" }")
                .Output.Select(item => item.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Tlsa, "RecordTypeNotSupported")]
    [InlineData("[MailDns.TxtRecord]::new('contoso.com', '@', ('x' * 4097), [timespan]::FromHours(1), 'Other')", "RecordTooLong")]
    [InlineData("[MailDns.TxtRecord]::new('contoso.com', '@', '', [timespan]::FromHours(1), 'Other')", "RecordValueNotSupported")]
    [InlineData("[MailDns.CnameRecord]::new('contoso.com', 'a', 'b.example.net', [timespan]::FromHours(1), 'Other'), [MailDns.CnameRecord]::new('contoso.com', 'a', 'c.example.net', [timespan]::FromHours(1), 'Other')", "RecordConflict")]
    public void What_Azure_does_not_take_is_an_error_and_the_rest_goes_on(string records, string errorId)
    {
        EngineResult result = _engine.Invoke($"{records}, {Sample.Cname} | ConvertTo-AzDnsParameter");

        Assert.Equal([errorId], result.ErrorIds);
        Assert.Equal("trk", _engine.Invoke($"({records}, {Sample.Cname} | ConvertTo-AzDnsParameter -ErrorAction SilentlyContinue).Name").Output[0].ToString());
    }

    [Fact]
    public void Lines_of_dnscmd_are_literals_to_PowerShell()
    {
        string text = _engine.Invoke($"{Sample.Txt}, {Sample.LongTxt}, {Sample.Cname}, {Sample.Mx}, {Address} | ConvertTo-DnsRecordText DnsCmd").Single<string>();

        ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);

        Assert.Empty(errors);
        CommandAst[] commands = [.. script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()];
        Assert.Equal(5, commands.Length);
        Assert.All(commands, command => Assert.All(command.CommandElements, element => Assert.True(element is StringConstantExpressionAst or ConstantExpressionAst, element.ToString())));
        Assert.Equal("@", ((StringConstantExpressionAst)commands[0].CommandElements[3]).Value);
        Assert.Equal(8, commands[1].CommandElements.Count);
    }

    [Theory]
    [InlineData("Zone")]
    [InlineData("NsUpdate")]
    [InlineData("Route53")]
    [InlineData("Cloudflare")]
    [InlineData("GoogleDns")]
    [InlineData("Terraform")]
    [InlineData("DnsControl")]
    [InlineData("OctoDns")]
    [InlineData("Csv")]
    public void Format_takes_live_and_deserialized_records_alike(string format)
    {
        string records = $"{Sample.Txt}, {Sample.LongTxt}, {Sample.Cname}, {Sample.Mx}";
        string expected = _engine.Invoke($"{records} | ConvertTo-DnsRecordText -Format {format} -WarningAction SilentlyContinue").Single<string>();

        Assert.Equal(expected, _engine.Invoke($"{Sample.Copy(records)} | ConvertTo-DnsRecordText -Format {format} -WarningAction SilentlyContinue").Single<string>());
        Assert.Contains("spf.example.net", expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Provider_without_Terraform_is_refused()
    {
        EngineResult result = _engine.Invoke($"{Sample.Txt} | ConvertTo-DnsRecordText -Format Zone -TerraformProvider Azure");

        Assert.Empty(result.Output);
        Assert.Equal(["InvalidValue"], result.ErrorIds);
    }

    [Fact]
    public void Route53_warns_of_the_apex() => Assert.Contains("TXT at contoso.com", Assert.Single(_engine.Invoke($"{Sample.Txt} | ConvertTo-DnsRecordText Route53").Warnings), StringComparison.Ordinal);

    [Fact]
    public void Something_else_than_a_record_is_refused() => Assert.Equal(["ParameterArgumentTransformationError"], _engine.Invoke("'x' | ConvertTo-DnsRecordText Zone").ErrorIds);

    [Fact]
    public void Zone_text_comes_back_as_records()
    {
        EngineResult result = _engine.Invoke($"{Sample.Txt}, {Sample.LongTxt}, {Sample.Cname}, {Sample.Mx}, {Ns}, {Caa}, {Tlsa}, {Address}, {Address6}, {Srv}, {Ptr} | ConvertTo-DnsRecordText Zone | ConvertFrom-DnsZone").EnsureClean();

        Assert.Equal(["TXT", "TXT", "CNAME", "MX", "NS", "CAA", "TLSA", "A", "AAAA", "SRV", "PTR"], result.Properties<string>("RecordType"));
        Assert.Equal(["Spf", "Dkim", "Other", "Mx", "Delegation", "Caa", "Tlsa", "Address", "Address", "Other", "Address"], result.Properties<string>("Purpose"));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Zone_file_is_read_by_path_and_by_its_lines()
    {
        string path = Path.Combine(TestPaths.Root, "examples", "zones", "example.com.zone");

        EngineResult byPath = _engine.Invoke("param($p) ConvertFrom-DnsZone -Path $p -Verbose", path).EnsureClean();
        EngineResult byLine = _engine.Invoke("param($p) Get-Content $p | ConvertFrom-DnsZone -ZoneName example.com", path).EnsureClean();

        Assert.Equal(byPath.Output.Select(item => item.ToString()), byLine.Output.Select(item => item.ToString()));
        Assert.All(byPath.Properties<string>("ZoneName"), zone => Assert.Equal("example.com", zone));
        Assert.Contains(byPath.Verbose, line => line.Contains("example.com SOA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'$INCLUDE other.zone' | ConvertFrom-DnsZone -ZoneName contoso.com", "InvalidZoneFile")]
    [InlineData("'$INCLUDE other' | ConvertFrom-DnsZone -ZoneName contoso.com", "InvalidZoneFile")]
    [InlineData("'trk CNAME x.' | ConvertFrom-DnsZone", "InvalidZoneFile")]
    [InlineData("'x' | ConvertFrom-DnsZone -ZoneName 'no name'", "InvalidDomain")]
    [InlineData("ConvertFrom-DnsZone -Path ./none.zone", "FileNotFound")]
    public void Fault_has_its_id(string command, string errorId)
    {
        EngineResult result = _engine.Invoke(command);

        Assert.Equal([errorId], result.ErrorIds);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Types_without_an_object_are_told()
    {
        EngineResult result = _engine.Invoke("'_sip._tcp HTTPS 1 .', '@ TXT x' | ConvertFrom-DnsZone -ZoneName contoso.com").EnsureClean();

        Assert.Single(result.Output);
        Assert.Contains("_sip._tcp.contoso.com TYPE65", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_beyond_ASCII_is_its_UTF_8_octets() =>
        Assert.Equal("caf\u00C3\u00A9", _engine.Invoke("'@ TXT \"caf' + [char]0xE9 + '\"' | ConvertFrom-DnsZone -ZoneName contoso.com").Property<string>("Value"));

    [Fact]
    public void Formats_complete()
    {
        EngineResult result = _engine.Invoke("[System.Management.Automation.CommandCompletion]::CompleteInput('ConvertTo-DnsRecordText -Format ', 32, $null).CompletionMatches").EnsureClean();

        Assert.Equal(["Cloudflare", "Csv", "DnsCmd", "DnsControl", "GoogleDns", "NsUpdate", "OctoDns", "Route53", "Terraform", "Zone"], result.Properties<string>("CompletionText").Order(StringComparer.Ordinal));
    }
}
