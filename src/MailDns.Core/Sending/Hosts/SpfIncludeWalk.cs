using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Sending;

/// <summary>
/// The names that a domain's SPF record reaches by include and redirect, level by level. What a nested record includes counts
/// too: a domain may collect its providers in a record of its own.
/// </summary>
internal sealed class SpfIncludeWalk
{
    /// <summary>Most records that are read: an evaluation allows ten lookups (RFC 7208 section 4.6.4).</summary>
    private const int MaxRecords = 11;

    private SpfIncludeWalk(IReadOnlyList<string> records, IReadOnlyList<DomainName> names, IReadOnlyList<DomainName> ownNames, DnsResponse? failure)
    {
        Records = records;
        Names = names;
        OwnNames = ownNames;
        Failure = failure;
    }

    /// <summary>The SPF records at the domain itself.</summary>
    public IReadOnlyList<string> Records { get; }

    /// <summary>Every name reached.</summary>
    public IReadOnlyList<DomainName> Names { get; }

    /// <summary>The names in records at the domain or below it: what a platform includes itself is not the domain's doing.</summary>
    public IReadOnlyList<DomainName> OwnNames { get; }

    /// <summary>The first lookup that failed: names may be missing.</summary>
    public DnsResponse? Failure { get; }

    public static async Task<SpfIncludeWalk> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var names = new List<DomainName>();
        var ownNames = new List<DomainName>();
        var visited = new HashSet<DomainName> { domain };
        var waiting = new Queue<DomainName>();
        waiting.Enqueue(domain);
        string[]? own = null;
        DnsResponse? failure = null;
        for (int read = 0; waiting.Count > 0 && read < MaxRecords; read++)
        {
            DomainName owner = waiting.Dequeue();
            DnsResponse response = await resolver.QueryTxtAsync(owner, cancellationToken).ConfigureAwait(false);
            failure ??= response.IsFailure ? response : null;
            string[] records = SpfText.Records(response);
            own ??= records;
            DomainName[] found = records.SelectMany(SpfText.Names).ToArray();
            if (owner.IsSameOrBelow(domain))
            {
                ownNames.AddRange(found);
            }

            foreach (DomainName name in found.Where(visited.Add))
            {
                names.Add(name);
                waiting.Enqueue(name);
            }
        }

        return new SpfIncludeWalk(own!, names, ownNames, failure);
    }
}
