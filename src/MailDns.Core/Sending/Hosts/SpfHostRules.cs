using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>
/// SPF of the hosts below a domain: without a record of its own a host that has an address can be forged as a sender (RFC
/// 7208 section 10.1.2), and a mail server's HELO name is checked too (section 2.3).
/// </summary>
internal sealed class SpfHostRules(DomainName domain, IDnsResolver resolver, CheckSheet sheet)
{
    /// <summary>Hosts that are looked at: a domain with hundreds of exchangers is not worth hundreds of lookups.</summary>
    private const int MaxHosts = 10;

    private readonly DomainName _domain = domain;
    private readonly IDnsResolver _resolver = resolver;
    private readonly CheckSheet _sheet = sheet;

    /// <summary>Judges the exchangers and www below the domain, and the HELO names given.</summary>
    public async Task ApplyAsync(IReadOnlyList<DomainName> heloNames, CancellationToken cancellationToken)
    {
        await ApplyHostsAsync(cancellationToken).ConfigureAwait(false);
        foreach (DomainName helo in heloNames)
            await ApplyHeloAsync(helo, cancellationToken).ConfigureAwait(false);

        if (heloNames.Count == 0) _sheet.NotApplicable(SpfChecks.HeloMissing, "No HELO name is given (-HeloName).");

        _sheet.CompletePass(new[] { SpfChecks.HeloMissing });
    }

    private async Task ApplyHostsAsync(CancellationToken cancellationToken)
    {
        DnsResponse exchangers = await _resolver.QueryAsync(_domain, DnsRecordType.Mx, cancellationToken).ConfigureAwait(false);
        if (exchangers.IsFailure)
        {
            _sheet.Unknown(SpfChecks.SubdomainGap, exchangers);
            return;
        }

        DomainName[] hosts = exchangers.Data<MxData>().Select(data => data.Exchange)
            .Concat(_domain.TryPrepend("www", out DomainName? www) ? new[] { www! } : Array.Empty<DomainName>())
            .Where(host => host.IsBelow(_domain))
            .Distinct()
            .Take(MaxHosts)
            .ToArray();
        HostGap[] gaps = await Task.WhenAll(hosts.Select(host => GapOfAsync(host, cancellationToken))).ConfigureAwait(false);
        DomainName[] open = hosts.Where((_, index) => gaps[index] == HostGap.Open).ToArray();
        if (open.Length > 0)
        {
            _sheet.Report(
                SpfChecks.SubdomainGap.With(string.Join(", ", open.Select(host => host.ToString()))),
                fix: open.Select(Fix).ToArray());
        }
        else if (gaps.Contains(HostGap.Unknown))
        {
            _sheet.Unknown(SpfChecks.SubdomainGap, "The lookup of a host below " + _domain + " failed: " + hosts[Array.IndexOf(gaps, HostGap.Unknown)] + ".");
        }
        else
        {
            _sheet.CompletePass(new[] { SpfChecks.SubdomainGap }, gaps.Contains(HostGap.Closed), "No host below " + _domain + " has an address.");
        }
    }

    // An exchanger may send, as itself; www does not.
    private ResourceRecord Fix(DomainName host) => new TxtRecord(
        host,
        _domain,
        host.Labels[0] == "www" ? "v=spf1 -all" : "v=spf1 a -all",
        TimeSpan.FromHours(1),
        RecordPurpose.Spf);

    private enum HostGap
    {
        /// <summary>There is no address, or it is behind an alias and its owner's to judge.</summary>
        NoHost,

        /// <summary>The host has an SPF record.</summary>
        Closed,

        /// <summary>The host has an address and no SPF record.</summary>
        Open,

        /// <summary>A lookup failed.</summary>
        Unknown,
    }

    private async Task<HostGap> GapOfAsync(DomainName host, CancellationToken cancellationToken)
    {
        // Most hosts are aliases or do not exist, which the first answer tells of all types.
        DnsResponse ip4 = await _resolver.QueryAsync(host, DnsRecordType.A, cancellationToken).ConfigureAwait(false);
        if (ip4.IsAliased || ip4.Status == DnsResponseStatus.NxDomain) return HostGap.NoHost;

        DnsResponse[] answers = await Task.WhenAll(
            Task.FromResult(ip4),
            _resolver.QueryAsync(host, DnsRecordType.Aaaa, cancellationToken),
            _resolver.QueryTxtAsync(host, cancellationToken)).ConfigureAwait(false);
        if (answers.Any(answer => answer.IsAliased)) return HostGap.NoHost;

        bool hasAddress = answers.Take(2).Any(answer => answer.Status == DnsResponseStatus.Success);
        if (answers[2].Texts.Any(SpfParser.IsSpfRecord)) return HostGap.Closed;

        return answers.Any(answer => answer.IsFailure) ? HostGap.Unknown : hasAddress ? HostGap.Open : HostGap.NoHost;
    }

    private async Task ApplyHeloAsync(DomainName helo, CancellationToken cancellationToken)
    {
        DnsResponse answer = await _resolver.QueryTxtAsync(helo, cancellationToken).ConfigureAwait(false);
        if (answer.IsFailure)
        {
            _sheet.Unknown(SpfChecks.HeloMissing, answer);
        }
        else if (!answer.Texts.Any(SpfParser.IsSpfRecord))
        {
            var fix = helo.IsSameOrBelow(_domain)
                ? new ResourceRecord[] { new TxtRecord(helo, _domain, "v=spf1 a -all", TimeSpan.FromHours(1), RecordPurpose.Spf) }
                : Array.Empty<ResourceRecord>();
            _sheet.Report(SpfChecks.HeloMissing.With(helo), fix: fix);
        }
    }
}
