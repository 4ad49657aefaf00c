using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>What the Tab key gives, asked of the engine itself.</summary>
public sealed class CompletionTests : IClassFixture<EngineFixture>
{
    // Free texts whose values nobody can know ahead, or that are of another kind than their name says.
    private static readonly HashSet<string> s_free = new(StringComparer.Ordinal)
    {
        "Get-BimiStatus Selector", "New-BimiRecord Selector", "Test-BimiLogo Selector", // of BIMI: "default"
        "New-DkimKey Selector", // a new key takes a new selector
        "New-MtaStsRecord Id",
    };

    private readonly EngineFixture _engine;

    public CompletionTests(EngineFixture engine) => _engine = engine;

    [Theory]
    [InlineData("Test-SendingDomain contoso.com -Provider altc", "altcraft")]
    [InlineData("Test-SendingDomain contoso.com -Provider Alt", "altcraft")]
    [InlineData("New-SendingDomainRecord contoso.com -Provider office", "microsoft365")]
    [InlineData("Get-SendingProvider tw", "sendgrid")]
    [InlineData("Compare-SendingDomain contoso.com -Provider 'mailj", "mailjet")]
    [InlineData("Get-TrackingStatus contoso.com -Provider sparkp", "sparkpost")]
    [InlineData("Get-SendingDomainStatus contoso.com -Provider resend -Selector ", "resend")]
    [InlineData("Test-DmarcAlignment contoso.com -Provider altcraft -Selector ", "ak")]
    [InlineData("Compare-SendingDomain contoso.com -Provider office365 -Selector sel", "selector1 selector2")]
    [InlineData("New-SendingDomainTest contoso.com -Provider microsoft365 -Selector ", "selector1 selector2")]
    [InlineData("Get-DkimStatus contoso.com sel", "selector1 selector2")]
    [InlineData("Get-DkimStatus contoso.com -Selector ak, k", "k1 k2 k3 kl kl2 key1 key2")]
    [InlineData("New-DkimRecord contoso.com -Selector goo", "google")]
    [InlineData("Test-DkimKey contoso.com -Selector mandr", "mandrill")]
    [InlineData("Get-SendingDomainCheck spf-l", "SPF-LOOKUPS SPF-LOOKUPS-NEAR SPF-LENGTH")]
    [InlineData("Get-SendingDomainCheck -Id DMARC-P-N", "DMARC-P-NONE DMARC-P-NOT-SECOND")]
    [InlineData("Get-SendingDomainCheck -Area D", "Dns Dkim DomainKeys Dmarc Dane Dnssec")]
    [InlineData("Get-SendingDomainCheck -Severity ", "Information Warning Error")]
    [InlineData("Test-SendingDomain contoso.com -Receiver Gm", "Gmail Gmx")]
    [InlineData("ConvertTo-DnsRecordText -Format D", "DnsCmd DnsControl")]
    [InlineData("Export-SendingDomainReport -Format J", "Json JUnit")]
    [InlineData("New-DmarcRecord contoso.com -P ", "None Quarantine Reject")]
    [InlineData("New-DmarcRecord contoso.com -Sp q", "Quarantine")]
    [InlineData("New-DmarcRecord contoso.com -Np r", "Reject")]
    [InlineData("New-DmarcRecord contoso.com -Adkim ", "Relaxed Strict")]
    [InlineData("New-SendingDomainRecord contoso.com -Policy r", "Reject")]
    [InlineData("New-SpfRecord contoso.com -All ", "Pass Fail SoftFail Neutral")]
    [InlineData("New-DkimRecord contoso.com -K E", "Ed25519")]
    [InlineData("New-DkimRecord contoso.com -Flag ", "y s")]
    [InlineData("New-DkimKey contoso.com -KeyType R", "Rsa")]
    [InlineData("New-SenderIdRecord contoso.com -Scope M", "Mfrom")]
    [InlineData("New-MtaStsPolicy contoso.com -Mode E", "Enforce")]
    [InlineData("New-TlsaRecord contoso.com -MatchingType S", "Sha256Hash Sha512Hash")]
    [InlineData("New-CaaRecord contoso.com -Tag issuew", "issuewild")]
    [InlineData("New-ParkedDomainRecord contoso.com -Exclude D", "Dkim Dmarc")]
    [InlineData("Publish-SendingDomainRecord -LongText ", "Refuse DnsCmd")]
    [InlineData("Publish-SendingDomainRecord -TsigAlgorithm hmac-sha5", "hmac-sha512")]
    public void A_value_completes(string line, string expected)
    {
        string[] found = [.. Complete(line).Select(value => value.Trim('\''))];

        Assert.Equal(expected.Split(' ').Order(StringComparer.OrdinalIgnoreCase), found.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Test-SendingDomain contoso.com -Provider zz")]
    [InlineData("Get-SendingDomainStatus contoso.com -Provider altcraft -Selector s")]
    [InlineData("Get-DkimStatus contoso.com -Selector zz")]
    [InlineData("New-DkimKey contoso.com -Selector s")]
    [InlineData("Get-SendingDomainCheck -Id ZZ")]
    [InlineData("Get-SendingDomainCheck -Area Zz")]
    [InlineData("Test-SendingDomain contoso.com -Receiver zz")]
    [InlineData("New-DmarcRecord contoso.com -P zz")]
    [InlineData("ConvertTo-DnsRecordText -Format zz")]
    [InlineData("New-CaaRecord contoso.com -Tag zz")]
    [InlineData("Publish-SendingDomainRecord -LongText zz")]
    public void What_does_not_fit_does_not_complete(string line) => Assert.Empty(Complete(line));

    [Theory]
    [InlineData("New-DmarcRecord", "P=Policy Sp=SubdomainPolicy Np=NonexistentSubdomainPolicy Rua=AggregateReportUri Ruf=FailureReportUri Adkim=DkimAlignment Aspf=SpfAlignment Fo=FailureOption T=Testing Psd=PublicSuffix")]
    [InlineData("New-DkimRecord", "K=KeyType P=PublicKey T=Flag")]
    [InlineData("New-SendingDomainRecord", "P=Policy Rua=AggregateReportUri")]
    [InlineData("Compare-SendingDomain", "P=Policy Rua=AggregateReportUri")]
    [InlineData("New-ParkedDomainRecord", "Rua=AggregateReportUri")]
    [InlineData("New-TlsRptRecord", "Rua=AggregateReportUri")]
    [InlineData("New-BimiRecord", "L=LogoUri A=EvidenceUri Avp=AvatarPreference")]
    [InlineData("Test-DmarcAlignment", "ReturnPath=BounceDomain MailFrom=BounceDomain IP=IPAddress")]
    public void Tags_of_the_records_are_aliases(string cmdlet, string expected)
    {
        var command = (CmdletInfo)_engine.Invoke("Get-Command " + cmdlet).Single().BaseObject;
        foreach (string[] pair in expected.Split(' ').Select(text => text.Split('=')))
            Assert.Contains(pair[0], command.Parameters[pair[1]].Aliases, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_parameter_of_a_known_set_completes()
    {
        string[] names = ["Provider", "Selector", "Id", "Format", "Policy", "Receiver", "Area", "Severity", "Tag", "Algorithm", "TsigAlgorithm", "LongText"];
        IEnumerable<string> mute =
            from cmdlet in ModuleCmdlets.All(_engine)
            from property in cmdlet.Type.GetProperties()
            where property.GetCustomAttributes<ParameterAttribute>().Any() && names.Contains(property.Name, StringComparer.Ordinal)
            let type = property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType
            where !(Nullable.GetUnderlyingType(type) ?? type).IsEnum
                && property.GetCustomAttribute<ArgumentCompleterAttribute>() is null && property.GetCustomAttribute<ValidateSetAttribute>() is null
            select cmdlet.Name + " " + property.Name;

        Assert.Equal(s_free.Order(StringComparer.Ordinal), mute.Order(StringComparer.Ordinal));
    }

    // A word that completes to nothing else is taken for the beginning of a file's name; those are not ours.
    private List<string> Complete(string line)
    {
        Runspace? before = Runspace.DefaultRunspace;
        using PowerShell shell = PowerShell.Create(_engine.Runspace);
        Runspace.DefaultRunspace = _engine.Runspace;
        try
        {
            return [.. CommandCompletion.CompleteInput(line, line.Length, options: null, shell).CompletionMatches
                .Where(match => match.ResultType == CompletionResultType.ParameterValue)
                .Select(match => match.CompletionText)];
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }
}
