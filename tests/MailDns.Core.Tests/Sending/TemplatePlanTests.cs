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
    [InlineData("{'type':'CNAME','host':'selector1._domainkey','pointsTo':'k.vendor.example','ttl':60}", false, "Conflict", "points to")]
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

    [Theory]
    [InlineData("[{'type':'TXT','host':'s._domainkey','data':'v=DKIM1; k=rsa; p=%key%','ttl':60}]", "", null)]
    [InlineData("[{'type':'TXT','host':'s._domainkey','data':'k=rsa; p=%key%; t=s','ttl':60}]", "", null)]
    [InlineData("[{'type':'TXT','host':'%sel%._domainkey','data':'%value%','ttl':60}]", "sel=s", null)]
    [InlineData("[{'type':'TXT','host':'a._domainkey','data':'%one%','ttl':60},{'type':'TXT','host':'b._domainkey','data':'p=%two%','ttl':60}]", "two=OTHER", null)]
    [InlineData("[{'type':'TXT','host':'a._domainkey','data':'%one%','ttl':60},{'type':'TXT','host':'b._domainkey','data':'p=%two%','ttl':60}]", "", "several DKIM keys")]
    [InlineData("[{'type':'TXT','host':'s._domainkey','data':'p=%one%%two%','ttl':60}]", "", "%one%")]
    [InlineData("[{'type':'TXT','host':'@','data':'p=%key%','ttl':60}]", "", "%key%")]
    public void A_public_key_fills_the_one_variable_that_holds_a_key(string records, string values, string? problem)
    {
        DomainName domain = DomainName.Parse("contoso.com");
        string key = s_key;
        var options = new SendingDomainRecordOptions
        {
            Provider = DomainConnectProvider.Describe(DomainConnectSuite.Of(records.Replace('\'', '"'))),
            Zone = domain,
            PublicKey = key,
            Values = [.. values.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(value => value.Split('=')).Select(value => KeyValuePair.Create(value[0], value[1].Replace("OTHER", s_other, StringComparison.Ordinal)))],
        };
        if (problem is not null)
        {
            Assert.Contains(problem, Assert.Throws<SendingProviderValueException>(() => SendingDomainRecordBuilder.Build(domain, options)).Message, StringComparison.Ordinal);
            return;
        }

        SendingDomainRecordSet set = SendingDomainRecordBuilder.Build(domain, options);
        Assert.Contains("p=" + key, set.Records[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contoso.com", true)]
    [InlineData("mail.contoso.com", false)]
    public async Task A_template_for_a_name_below_the_zone_is_refused_for_the_zone(string name, bool isRefused)
    {
        SendingProvider template = DomainConnectProvider.Describe(DomainConnectSuite.Of("[{\"type\":\"CNAME\",\"host\":\"@\",\"pointsTo\":\"a.example.net\",\"ttl\":60}]", "\"hostRequired\":true,"));
        var zone = new AliasFollowingResolver(new ZoneFileResolver([ZoneFileParser.Parse("$ORIGIN contoso.com.\n$TTL 1h\n@ IN SOA ns hostmaster ( 1 4h 1h 2w 1h )\nmail IN CNAME a.example.net.\n", "contoso.com.zone", DomainName.Parse("contoso.com"))]));
        BoundProvider bound = BoundProvider.Of(template, DomainName.Parse(name), zone: null, [], [], []);
        if (isRefused)
            Assert.Contains("is for a name below a zone", (await Assert.ThrowsAsync<SendingProviderValueException>(() => bound.ChooseAsync(zone, CancellationToken.None))).Message, StringComparison.Ordinal);
        else
            Assert.Same(bound, await bound.ChooseAsync(zone, CancellationToken.None));
    }

    private static string Key()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }
}
