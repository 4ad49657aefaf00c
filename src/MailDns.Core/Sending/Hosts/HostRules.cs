using MailDns.ReverseDns;
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

/// <summary>
/// The names that a domain's SPF record reaches by include and redirect, level by level. What a nested record includes counts
/// too: a domain may collect its providers in a record of its own.
/// </summary>
internal sealed class SpfIncludeWalk(
    IReadOnlyList<string> records,
    IReadOnlyList<DomainName> names,
    IReadOnlyList<DomainName> ownNames,
    DnsResponse? failure)
{
    /// <summary>Most records that are read: an evaluation allows ten lookups (RFC 7208 section 4.6.4).</summary>
    private const int MaxRecords = 11;

    /// <summary>The SPF records at the domain itself.</summary>
    public IReadOnlyList<string> Records { get; } = records;

    /// <summary>Every name reached.</summary>
    public IReadOnlyList<DomainName> Names { get; } = names;

    /// <summary>The names in records at the domain or below it: what a platform includes itself is not the domain's doing.</summary>
    public IReadOnlyList<DomainName> OwnNames { get; } = ownNames;

    /// <summary>The first lookup that failed: names may be missing.</summary>
    public DnsResponse? Failure { get; } = failure;

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
            if (owner.IsSameOrBelow(domain)) ownNames.AddRange(found);

            foreach (DomainName name in found.Where(visited.Add))
            {
                names.Add(name);
                waiting.Enqueue(name);
            }
        }

        return new SpfIncludeWalk(own!, names, ownNames, failure);
    }
}

/// <summary>
/// The little of SPF that a provider's records are compared by. It reads records with faults too: what else is wrong with a
/// record is for the SPF checks to say.
/// </summary>
internal static class SpfText
{
    private const string Version = "v=spf1";

    /// <summary>The texts that are SPF records (RFC 7208 section 4.5).</summary>
    public static string[] Records(DnsResponse response) => response.Texts.Where(IsRecord).ToArray();

    /// <summary>"v=spf1", then a space or the end; the version is compared without case, as ABNF literals are.</summary>
    public static bool IsRecord(string text) =>
        text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && (text.Length == Version.Length || text[Version.Length] == ' ');

    /// <summary>
    /// The names that a record can pass mail by, in order: those it includes with the qualifier "+" (RFC 7208 section 5.2) before
    /// an "all", and where there is no "all" the one it redirects to (section 6.1). Names with macros are left out.
    /// </summary>
    public static IReadOnlyList<DomainName> Names(string record)
    {
        string[] terms = record.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        int all = Array.FindIndex(terms, IsAll);
        var names = new List<DomainName>();
        for (int i = 0; i < terms.Length; i++)
        {
            string? name = all < 0 || i < all ? After(terms[i], "include:") ?? After(terms[i], "+include:") : null;
            name ??= all < 0 ? After(terms[i], "redirect=") : null;
            if (name is not null && name.IndexOf('%') < 0 && DomainName.TryParseDns(name, out DomainName? parsed) && !parsed!.IsRoot)
                names.Add(parsed);
        }

        return names;
    }

    private static bool IsAll(string term) =>
        string.Equals(term[0] is '+' or '-' or '~' or '?' ? term.Substring(1) : term, "all", StringComparison.OrdinalIgnoreCase);

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text.Substring(prefix.Length) : null;
}

/// <summary>The names that mail servers say in HELO have to have an address (RFC 5321 sections 2.3.5 and 4.1.1.1).</summary>
internal static class HeloRules
{
    /// <summary>One result for each name; with none the check has nothing to look at.</summary>
    public static async Task<IReadOnlyList<CheckResult>> JudgeAsync(SendingDomainRequest request, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var sheet = new CheckSheet(request.Domain.Text);
        if (request.HeloNames.Count == 0)
            sheet.NotApplicable(ReverseDnsChecks.HeloUnresolved, "No HELO name is given (-HeloName).");

        DnsResponse[][] answers = await Task.WhenAll(request.HeloNames.Select(name => Task.WhenAll(
            resolver.QueryAsync(name, DnsRecordType.A, cancellationToken),
            resolver.QueryAsync(name, DnsRecordType.Aaaa, cancellationToken)))).ConfigureAwait(false);
        for (int i = 0; i < answers.Length; i++)
            Judge(request.HeloNames[i], answers[i], request, sheet);

        return sheet.Results;
    }

    private static void Judge(DomainName name, DnsResponse[] answers, SendingDomainRequest request, CheckSheet sheet)
    {
        if (answers.Any(answer => answer.Data<AddressData>().Any()))
        {
            sheet.Pass(ReverseDnsChecks.HeloUnresolved);
        }
        else if (answers.FirstOrDefault(answer => answer.IsFailure) is { } failure)
        {
            sheet.Unknown(ReverseDnsChecks.HeloUnresolved, failure);
        }
        else
        {
            sheet.Report(
                ReverseDnsChecks.HeloUnresolved.With(name, answers[0].Describe()),
                expected: null,
                actual: null,
                recommendation: null,
                Fix(name, answers, request));
        }
    }

    // Which server says the name is known only where there is one name and one address.
    private static ResourceRecord[] Fix(DomainName name, DnsResponse[] answers, SendingDomainRequest request) =>
        request.HeloNames.Count == 1 && request.Addresses.Count == 1 && name.IsSameOrBelow(request.Domain) && !answers.Any(answer => answer.IsAliased)
            ? new[] { AddressRecords.Create(name, request.Domain, request.Addresses[0]) }
            : System.Array.Empty<ResourceRecord>();
}
