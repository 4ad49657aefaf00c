using System.Security.Cryptography;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Publishing;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>Every shipped profile: made, laid over an empty zone and over a domain in use, checked, and found again.</summary>
public class ProviderRoundTripTests
{
    private static readonly DomainName s_domain = DomainName.Parse("contoso.com");
    private static readonly string s_key = Convert.ToBase64String(RSA.Create(2048).ExportSubjectPublicKeyInfo());
    private static readonly ProviderIndex s_index = new(ProviderFixture.Catalog);

    public static IEnumerable<object[]> Ids => ProviderFixture.Files.Select(file => new object[] { Path.GetFileNameWithoutExtension(file) });

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Over_an_empty_zone_it_is_complete_and_found(string id)
    {
        SendingProvider provider = ProviderFixture.Shipped(id);
        foreach (string[] groups in Choices(provider))
            await CheckAsync(provider, groups, Empty(), over: false);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Over_a_domain_in_use_it_takes_nothing_away(string id)
    {
        SendingProvider provider = ProviderFixture.Shipped(id);
        await CheckAsync(provider, [], InUse(), over: true);
    }

    private static async Task CheckAsync(SendingProvider provider, string[] groups, TableResolver zone, bool over)
    {
        KeyValuePair<string, string>[] values = Values(provider);

        // A profile for a subdomain of its own is used on one.
        DomainName domain = provider.Records.Any(record => record.Role == RecordPurpose.Bounce && record.Host == "{domain}") ? DomainName.Parse("news.contoso.com") : s_domain;
        SendingDomainRecordSet set = SendingDomainRecordBuilder.Build(
            domain,
            new SendingDomainRecordOptions { Provider = provider, Zone = s_domain, Values = values, Groups = groups, AggregateReportUri = ["dmarc@contoso.com"] });
        Assert.Empty(set.Errors);
        Assert.NotEmpty(set.Records);
        IReadOnlyList<RecordChange> plan = await RecordPlanner.PlanAsync(set.Records, zone, new RecordPlanOptions(), CancellationToken.None);
        Assert.DoesNotContain(plan, change => change.Action is RecordAction.Remove or RecordAction.Unknown);
        if (!over)
        {
            Assert.All(plan, change => Assert.Equal(RecordAction.Add, change.Action));
        }
        else
        {
            Assert.All(
                plan.Where(change => change.Action == RecordAction.Replace && change.Purpose == RecordPurpose.Spf && change.Fqdn == "contoso.com"),
                change => Assert.EndsWith(" -all", change.After[0].ToString(), StringComparison.Ordinal));
            Assert.All(
                plan.Where(change => change.Fqdn == "_dmarc.contoso.com" && change.RecordType == "TXT" && change.Action != RecordAction.Conflict),
                change => Assert.Contains("p=reject", change.After[0].ToString(), StringComparison.Ordinal));
        }

        ResourceRecord[] after = plan.Where(change => change.Action is not RecordAction.Conflict).SelectMany(change => change.After).ToArray();
        var resolver = new OverlayResolver(zone, after);
        IReadOnlyList<CheckResult> results = (await SendingDomainChecker.CheckAsync(
            new SendingDomainRequest(domain) { Providers = [provider], ProviderValues = values, ProviderGroups = groups }, resolver, CancellationToken.None)).Results;
        if (plan.All(change => change.Action != RecordAction.Conflict))
        {
            Assert.Empty(results.Where(result => result.Area == CheckArea.Provider || result.Id.StartsWith("SPF-PROVIDER", StringComparison.Ordinal)).Where(result => result.Status is CheckStatus.Fail or CheckStatus.Unknown).Select(result => result.Id + ": " + result.Message));
        }

        IReadOnlyList<SendingProviderMatch> found = (await ProviderFinder.FindAsync(domain, s_index, resolver, CancellationToken.None)).Matches;
        if (s_index.CanTell(provider, after))
        {
            Assert.Contains(found, match => match.Provider == provider.Id || provider.Underlying.Contains(match.Provider ?? string.Empty) || provider.Underlying.Contains(ProviderFixture.IdOf(match.Name)));
        }

        string[] known = [provider.Id, .. provider.Underlying, "microsoft365"];
        Assert.All(found.Where(match => match.Provider is not null), match => Assert.Contains(match.Provider, known));
    }

    // The default, and every group with those that it does not exclude.
    private static IEnumerable<string[]> Choices(SendingProvider provider) => new[] { Array.Empty<string>() }.Concat(provider.Groups.Select(group => new[] { group.Name }));

    private static KeyValuePair<string, string>[] Values(SendingProvider provider) => provider.Parameters
        .Where(parameter => parameter.Name is not ("policy" or "aggregateReportUri" or "logoUri"))
        .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Name switch
        {
            "publicKey" => s_key,
            "dkimValue" => "v=DKIM1; k=rsa; p=" + s_key,
            "sel1" => "sela",
            "sel2" => "selb",
            "sel3" => "selc",
            _ => parameter.Example,
        }))
        .ToArray();

    private static TableResolver Empty() => new TableResolver().Add("contoso.com", DnsRecordType.Soa, Soa()).Txt("old.fabrikam.com", "v=spf1 ip4:198.51.100.0/24 -all");

    private static TableResolver InUse() => Empty()
        .Txt("contoso.com", "v=spf1 include:old.fabrikam.com -all", "MS=ms12345678")
        .Mx("contoso.com", 0, "contoso-com.mail.protection.outlook.com")
        .Address("contoso.com", "203.0.113.7")
        .Txt("_dmarc.contoso.com", "v=DMARC1; p=reject; rua=mailto:dmarc@contoso.com")
        .Cname("selector1._domainkey.contoso.com", "selector1-contoso-com._domainkey.contoso.onmicrosoft.com");

    private static SoaData Soa() => new(DomainName.Parse("ns1.contoso.com"), DomainName.Parse("hostmaster.contoso.com"), 1, 3600, 600, 86400, 300);
}
