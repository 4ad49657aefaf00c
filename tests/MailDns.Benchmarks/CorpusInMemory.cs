using System.Linq;
using MailDns.Dns;
using MailDns.TestSupport.Corpus;

namespace MailDns.Benchmarks;

/// <summary>The generated domains without any server: their zone read as a zone file.</summary>
internal static class CorpusInMemory
{
    private const string Apex = ". 3600 IN SOA ns.invalid. hostmaster.invalid. 1 7200 3600 1209600 300\n";

    /// <summary>The first domains of the corpus and a resolver that knows them.</summary>
    public static (DomainName[] Domains, IDnsResolver Resolver) Create(int count)
    {
        SendingCorpus corpus = SendingCorpus.Generate(count);
        ZoneFile zone = ZoneFileParser.Parse(Apex + corpus.Zone.ToZoneText(), "corpus", DomainName.Root);
        return ([.. corpus.Domains.Select(domain => DomainName.FromDns(domain.Name))], new RememberingResolver(new ZoneFileResolver([zone])));
    }
}
