using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Publishing;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>A template's records are used, its removals are not.</summary>
public class TemplatePlanTests
{
    private static readonly string s_key = Key();
    private static readonly string s_other = Key();

    // records, what the plan does with the first, a word of its reason or warning
    [Theory]
    [InlineData("{'type':'MX','host':'@','pointsTo':'mx.vendor.example','priority':10,'ttl':60}", false, "Conflict", "would replace it by its own rules")]
    [InlineData("{'type':'MX','host':'@','pointsTo':'mx.vendor.example','priority':10,'ttl':60}", true, "Add", "")]
    [InlineData("{'type':'MX','host':'send','pointsTo':'mx.vendor.example','priority':10,'ttl':60}", false, "Add", "")]
    [InlineData("{'type':'A','host':'@','pointsTo':'192.0.2.9','ttl':60}", false, "Conflict", "-Prune")]
    [InlineData("{'type':'CNAME','host':'selector1._domainkey','pointsTo':'k.vendor.example','ttl':60}", false, "Conflict", "leads to")]
    [InlineData("{'type':'TXT','host':'s._domainkey','data':'v=DKIM1; k=rsa; p=KEY','ttl':60}", false, "Conflict", "Another key")]
    [InlineData("{'type':'TXT','host':'@','data':'v=spf1 -all','ttl':60,'txtConflictMatchingMode':'Prefix','txtConflictMatchingPrefix':'v=spf1'}", false, "Conflict", "would lose senders")]
    [InlineData("{'type':'SPFM','host':'@','spfRules':'include:spf.vendor.example'}", false, "Replace", "v=spf1 include:spf.old.example include:spf.vendor.example -all")]
    [InlineData("{'type':'TXT','host':'_dmarc','data':'v=DMARC1; p=none; rua=mailto:r@vendor.example','ttl':60,'txtConflictMatchingMode':'All'}", false, "Replace", "p=reject; rua=mailto:d@contoso.com,mailto:r@vendor.example")]
    [InlineData("{'type':'TXT','host':'_dmarc','data':'v=DMARC1; p=none; rua=mailto:r@vendor.example','ttl':60,'txtConflictMatchingMode':'All'}", false, "Replace", "would replace")]
    [InlineData("{'type':'TXT','host':'_dmarc','data':'v=DMARC1; p=none; rua=mailto:r@vendor.example','ttl':60}", false, "Replace", "would publish a second DMARC record")]
    [InlineData("{'type':'TXT','host':'@','data':'vendor=1','ttl':60,'txtConflictMatchingMode':'All'}", false, "Add", "would remove")]
    public async Task What_the_template_would_take_away_stays(string record, bool prune, string action, string words)
    {
        DomainName domain = DomainName.Parse("contoso.com");
        SendingProvider template = DomainConnectProvider.Describe(DomainConnectSuite.Of("[" + record.Replace('\'', '"').Replace("KEY", s_key, StringComparison.Ordinal) + "]"));
        TableResolver zone = new TableResolver()
            .Txt("contoso.com", "v=spf1 include:spf.old.example -all", "MS=ms1")
            .Txt("spf.old.example", "v=spf1 -all").Txt("spf.vendor.example", "v=spf1 -all")
            .Mx("contoso.com", 0, "contoso-com.mail.protection.outlook.com")
            .Address("contoso.com", "203.0.113.7")
            .Txt("_dmarc.contoso.com", "v=DMARC1; p=reject; rua=mailto:d@contoso.com")
            .Txt("s._domainkey.contoso.com", "v=DKIM1; k=rsa; p=" + s_other)
            .Cname("selector1._domainkey.contoso.com", "old.example");
        SendingDomainRecordSet set = SendingDomainRecordBuilder.Build(domain, new SendingDomainRecordOptions { Provider = template, Zone = domain });
        var options = new RecordPlanOptions { Prune = prune };
        IReadOnlyList<RecordChange> plan = await SendingDomainPlan.PlanAsync(set, zone, options, CancellationToken.None);
        RecordChange change = plan[0];
        Assert.Equal(action, change.Action.ToString());
        Assert.Contains(words, change.Reason + " " + string.Join(' ', change.Warning) + " " + string.Join<ResourceRecord>(' ', change.After), StringComparison.Ordinal);
    }

    private static string Key()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}
