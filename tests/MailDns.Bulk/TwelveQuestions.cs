using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.Spf;
using MailDns.TestSupport.Corpus;

namespace MailDns.Bulk;

/// <summary>The twelve questions that every client of a comparison asks of a domain, and what they are asked for.</summary>
internal static class TwelveQuestions
{
    private static readonly IPAddress s_client = IPAddress.Parse(SendingCorpus.Client);

    /// <returns>"spf dmarc dkim" as the generator writes them.</returns>
    public static async Task<string> CheckAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        Task<SpfResult> spf = SpfEvaluator.CheckHostAsync(
            SpfQuery.ForMailFrom(s_client, "a@" + domain.Text, domain.Text),
            resolver,
            SpfLimits.Default,
            CancellationToken.None,
            cancellationToken);
        Task<DmarcDiscovery> dmarc = DmarcDiscovery.RunAsync(domain, new DmarcTreeWalker(resolver), resolver, suffixes: null, cancellationToken);
        Task<DnsResponse> key = resolver.QueryTxtAsync(domain.Prepend(SendingCorpus.Selector + "._domainkey"), cancellationToken);
        Task<DnsResponse> bimi = resolver.QueryTxtAsync(domain.Prepend("default._bimi"), cancellationToken);
        await Task.WhenAll(
            spf,
            dmarc,
            key,
            bimi,
            resolver.QueryAsync(domain, DnsRecordType.Mx, cancellationToken),
            resolver.QueryAsync(domain, DnsRecordType.A, cancellationToken),
            resolver.QueryAsync(domain, DnsRecordType.Aaaa, cancellationToken),
            resolver.QueryAsync(domain, DnsRecordType.Ns, cancellationToken),
            resolver.QueryTxtAsync(domain.Prepend("_mta-sts"), cancellationToken),
            resolver.QueryTxtAsync(domain.Prepend("_smtp._tls"), cancellationToken),
            resolver.QueryAsync(domain.Prepend("click"), DnsRecordType.Cname, cancellationToken),
            resolver.QueryAsync(domain.Prepend("bounce"), DnsRecordType.Cname, cancellationToken));
        if ((await bimi).Texts.FirstOrDefault(BimiParser.IsBimi) is { } logo)
            _ = BimiParser.Read(logo);
        return Verdict(await spf, await dmarc, await key);
    }

    /// <summary>What the generator says of a domain, in the same words.</summary>
    public static string Expected(CorpusDomain domain) =>
        domain.Spf + " " + domain.Dmarc + " " + (domain.Dkim is "rsa2048" ? "key" : "no key");

    private static string Verdict(SpfResult spf, DmarcDiscovery dmarc, DnsResponse key)
    {
        string policy = dmarc.Selection.Failure is not null ? "temperror"
            : dmarc.Selection.Record?.Policy?.ToString()?.ToLower(CultureInfo.InvariantCulture) ?? "none found";
        string usable = key.Texts.Count is 1 && DkimKeyParser.Read(key.Texts[0]) is { Faults.Count: 0, Record.Key: { Bits: >= 1024 } } ? "key" : "no key";
        return spf.Result.ToString().ToLower(CultureInfo.InvariantCulture) + " " + policy + " " + usable;
    }
}
