using System;
using System.IO;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>A pasted record, quotes, line breaks and what has no width in a parameter: understood or refused, never encoded into nonsense.</summary>
public sealed class PastedValueTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    // {k} is a public key in base64; null: refused.
    [Theory]
    [InlineData("{k}", "v=DKIM1; k=rsa; p={k}")]
    [InlineData("p={k}", "v=DKIM1; k=rsa; p={k}")]
    [InlineData("v=DKIM1; k=rsa; p={k}", "v=DKIM1; k=rsa; p={k}")]
    [InlineData("v=DKIM1;k=rsa;p={k};", "v=DKIM1; k=rsa; p={k}")]
    [InlineData("\"v=DKIM1; k=rsa; \" \"p={k}\"", "v=DKIM1; k=rsa; p={k}")]
    [InlineData("s1._domainkey IN TXT \"v=DKIM1; k=rsa; p={k}\"", "v=DKIM1; k=rsa; p={k}")]
    [InlineData("-----BEGIN PUBLIC KEY-----\r\n{k}\r\n-----END PUBLIC KEY-----", "v=DKIM1; k=rsa; p={k}")]
    [InlineData("v=DKIM1; p=", null)]
    [InlineData("v=DMARC1; p=none", null)]
    [InlineData("v=DKIM1; k=rsa; p={k}; p={k}", null)]
    [InlineData("v=DKIM1; h=sha1; p={k}", null)]
    [InlineData("hello", null)]
    public void New_DkimRecord(string pasted, string? expected)
    {
        string key = string.Concat(File.ReadAllLines(Path.Combine(TestPaths.Root, "examples", "ak.public.pem")).Where(line => !line.StartsWith('-')));
        Check("New-DkimRecord contoso.com -Selector s1 -PublicKey $args[0] -WarningAction SilentlyContinue | ForEach-Object Value", pasted.Replace("{k}", key, StringComparison.Ordinal), expected?.Replace("{k}", key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mail.contoso.com", "mail.contoso.com")]
    [InlineData("MAIL.contoso.com. ", "mail.contoso.com")]
    [InlineData("*.contoso.com", "*.contoso.com")]
    [InlineData("mail.contoso.com\u200B", "mail.contoso.com")]
    [InlineData("b\u00FCcher.example", "xn--bcher-kva.example")]
    [InlineData("mx: mail.contoso.com", null)]
    [InlineData("version: STSv1", null)]
    [InlineData("mail.contoso.com\r\nmx: b.contoso.com", null)]
    [InlineData("mail.contoso.com, b.contoso.com", null)]
    [InlineData("10 mail.contoso.com", null)]
    [InlineData("https://mail.contoso.com", null)]
    [InlineData("\u201Cmail.contoso.com\u201D", null)]
    [InlineData("mail\u2013x.contoso.com", null)]
    [InlineData("192.0.2.1", null)]
    [InlineData("2001:db8::1", null)]
    public void New_MtaStsPolicy(string pasted, string? expected) => Check("New-MtaStsPolicy contoso.com -Mx $args[0] | ForEach-Object Mx", pasted, expected);

    [Theory]
    [InlineData("20260101T000000Z", "v=STSv1; id=20260101T000000Z")]
    [InlineData("id=20260101", null)]
    [InlineData("v=STSv1; id=20260101", null)]
    [InlineData("2026-01-01", null)]
    [InlineData("20260101\u200B", null)]
    public void New_MtaStsRecord(string pasted, string? expected) => Check("New-MtaStsRecord contoso.com -Id $args[0] | ForEach-Object { $_.Value.TrimEnd(';') }", pasted, expected);

    [Theory]
    [InlineData("Issue", "ca.example", "ca.example")]
    [InlineData("Issue", "ca.example\r\n", "ca.example")]
    [InlineData("Issue", "\"ca.example\"", "ca.example")]
    [InlineData("Issue", "\u201Cca.example\u201D", "ca.example")]
    [InlineData("Issue", "ca.example\u200B", "ca.example")]
    [InlineData("Issue", "ca.example; validationmethods=dns-01", "ca.example; validationmethods=dns-01")]
    [InlineData("Issue", ";", ";")]
    [InlineData("Issue", "0 issue \"ca.example\"", null)]
    [InlineData("Issue", "issue ca.example", null)]
    [InlineData("Issue", "contoso.com. CAA 0 issue \"ca.example\"", null)]
    [InlineData("Issue", "https://ca.example", null)]
    [InlineData("Issue", "ca.example, other.example", null)]
    [InlineData("Issue", "ca\u2013b.example", null)]
    [InlineData("IssueWild", "0 issuewild \"ca.example\"", null)]
    [InlineData("IssueVmc", "0 issuevmc \"ca.example\"", null)]
    [InlineData("Iodef", "a@contoso.com", "mailto:a@contoso.com")]
    [InlineData("Iodef", "\"mailto:a@contoso.com\"", "mailto:a@contoso.com")]
    [InlineData("Iodef", "mailto://a@contoso.com", null)]
    [InlineData("Iodef", "mailto:iodef=a@contoso.com,b@contoso.com", null)]
    [InlineData("Iodef", "0 iodef \"mailto:a@contoso.com\"", null)]
    [InlineData("Iodef", "mailto:a@", null)]
    [InlineData("Tag contactemail -Value", "a@contoso.com", "a@contoso.com")]
    [InlineData("Tag contactemail -Value", "\"a@contoso.com\"", "a@contoso.com")]
    [InlineData("Tag contactemail -Value", "0 contactemail \"a@contoso.com\"", null)]
    public void New_CaaRecord(string parameter, string pasted, string? expected) => Check("New-CaaRecord contoso.com -" + parameter + " $args[0] | ForEach-Object CaaValue", pasted, expected);

    [Theory]
    [InlineData("{h}", true)]
    [InlineData("{h}\r\n", true)]
    [InlineData("3 1 1 {h}", false)]
    [InlineData("_25._tcp.mx IN TLSA 3 1 1 {h}", false)]
    [InlineData("\"{h}\"", false)]
    [InlineData("{h}\u200B", false)]
    [InlineData("0x{h}", false)]
    [InlineData("sha256:{h}", false)]
    [InlineData("{h}a", false)]
    [InlineData("", false)]
    public void New_TlsaRecord(string pasted, bool isTaken)
    {
        string hash = string.Concat(Enumerable.Repeat("a1", 32));
        Check("New-TlsaRecord contoso.com -HostName mx -AssociationData $args[0] | ForEach-Object { [string]$_.CertificateAssociationData }", pasted.Replace("{h}", hash, StringComparison.Ordinal), isTaken ? hash.ToUpperInvariant() : null, ignoreCase: true);
    }

    [Theory]
    [InlineData("New-DmarcRecord contoso.com -AggregateReportUri", "rua=mailto:d@contoso.com", "v=DMARC1; p=none; rua=mailto:d@contoso.com")]
    [InlineData("New-DmarcRecord contoso.com -AggregateReportUri", "v=DMARC1; p=none; rua=mailto:d@contoso.com", null)]
    [InlineData("New-TlsRptRecord contoso.com -AggregateReportUri", "rua:mailto:d@contoso.com", "v=TLSRPTv1; rua=mailto:d@contoso.com")]
    [InlineData("New-SpfRecord contoso.com -Include", "v=spf1 include:spf.example -all", null)]
    [InlineData("New-SpfRecord contoso.com -Include", "include:spf.example.net", "v=spf1 include:spf.example.net -all")]
    [InlineData("New-SpfRecord contoso.com -Include", "\u201Cspf.example.net\u201D", "v=spf1 include:spf.example.net -all")]
    [InlineData("New-BimiRecord contoso.com -LogoUri", "l=https://contoso.com/a.svg", "v=BIMI1; l=https://contoso.com/a.svg")]
    [InlineData("New-BimiRecord contoso.com -LogoUri", "https://contoso.com/a.svg,https://contoso.com/b.svg", null)]
    public void Other_records(string command, string pasted, string? expected) => Check(command + " $args[0] -WarningAction SilentlyContinue | ForEach-Object Value", pasted, expected);

    private void Check(string script, string pasted, string? expected, bool ignoreCase = false)
    {
        EngineResult result = engine.Invoke(script, pasted);
        if (expected is null)
        {
            Assert.Empty(result.Output);
            Assert.NotEmpty(result.Errors);
            return;
        }

        Assert.Equal(expected, Assert.Single(result.EnsureClean().Output).BaseObject.ToString(), ignoreCase);
    }
}
