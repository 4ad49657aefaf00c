using MailDns.Https;

namespace MailDns.Mx;

/// <summary>A domain and a resolver to an <see cref="MxStatus"/>.</summary>
internal sealed class MxStatusReader
{
    /// <summary>Exchangers that are looked up; no domain of people has more, and a hostile one may not have thousands asked for.</summary>
    private const int MaxExchanges = 20;

    private readonly DomainName _domain;
    private readonly IDnsResolver _resolver;
    private readonly MxReadOptions _options;
    private readonly CheckSheet _sheet;

    private MxStatusReader(DomainName domain, IDnsResolver resolver, MxReadOptions options)
    {
        _domain = domain;
        _resolver = resolver;
        _options = options;
        _sheet = new CheckSheet(domain.Text);
    }

    /// <summary>Reads the exchangers with their addresses and makes every check of <see cref="MxChecks.All"/>.</summary>
    public static Task<MxStatus> ReadAsync(DomainName domain, IDnsResolver resolver, MxReadOptions options, CancellationToken cancellationToken) =>
        new MxStatusReader(domain, resolver, options).ReadAsync(cancellationToken);

    /// <summary>True for the null MX of RFC 7505 section 3: preference 0, the root, alone.</summary>
    public static bool IsNullMx(DnsResponse answer)
    {
        MxData[] found = answer.Data<MxData>().ToArray();
        return found.Length == 1 && found[0].Exchange.IsRoot && found[0].Preference == MxRecordBuilder.NullPreference;
    }

    private async Task<MxStatus> ReadAsync(CancellationToken cancellationToken)
    {
        DnsResponse answer = await _resolver.QueryAsync(_domain, DnsRecordType.Mx, cancellationToken).ConfigureAwait(false);
        MxData[] found = answer.Data<MxData>().OrderBy(data => data.Preference).ThenBy(data => data.Exchange).ToArray();
        MxHost[] hosts = await Task.WhenAll(found.Select((data, index) => ReadHostAsync(data, index < MaxExchanges, cancellationToken))).ConfigureAwait(false);
        var status = new MxStatus(_domain.Text, hosts.Select(host => host.Describe()).ToArray());
        if (answer.IsFailure)
        {
            _sheet.CompleteUnknown(MxChecks.All, answer);
        }
        else if (found.Length == 0)
        {
            await JudgeNoneAsync(status, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            status.IsImplicit = false;
            status.IsNullMx = IsNullMx(answer);
            JudgeNull(found, status.IsNullMx);
            JudgeHosts(hosts.Where(host => !host.IsNull).ToArray());
        }

        _sheet.CompletePass(MxChecks.All);
        status.Judge(_sheet, isThere: found.Length > 0);
        return status;
    }

    private async Task<MxHost> ReadHostAsync(MxData data, bool lookUp, CancellationToken cancellationToken)
    {
        if (!lookUp || data.Exchange.IsRoot || MxHostName.IsAddress(data.Exchange))
            return new MxHost(data, Array.Empty<DnsResponse>());

        DnsResponse[] answers = await AskAddressesAsync(data.Exchange, cancellationToken).ConfigureAwait(false);
        return new MxHost(data, answers);
    }

    private Task<DnsResponse[]> AskAddressesAsync(DomainName name, CancellationToken cancellationToken) => Task.WhenAll(
        _resolver.QueryAsync(name, DnsRecordType.A, cancellationToken),
        _resolver.QueryAsync(name, DnsRecordType.Aaaa, cancellationToken));

    // Without MX the domain's own address takes its mail (RFC 5321 section 5.1).
    private async Task JudgeNoneAsync(MxStatus status, CancellationToken cancellationToken)
    {
        DnsResponse[] answers = await AskAddressesAsync(_domain, cancellationToken).ConfigureAwait(false);
        bool hasAddress = answers.Any(answer => answer.Data<AddressData>().Any());
        DnsResponse? failure = Array.Find(answers, answer => answer.IsFailure);
        status.IsImplicit = hasAddress ? true : failure is null ? false : null;
        string rest = hasAddress ? "; its mail goes to the address of the domain itself."
            : failure is null ? " and no address: nothing takes its mail."
            : ". " + failure.FailureText;
        ResourceRecord[] fix = _options.IsParked ? new ResourceRecord[] { NullRecord() } : Array.Empty<ResourceRecord>();
        _sheet.Report(MxChecks.Missing.With(_domain, rest), _options.IsParked ? "0 ." : null, actual: null, recommendation: null, fix);
        _sheet.CompleteNotApplicable(MxChecks.All, "There is no MX.");
    }

    private void JudgeNull(MxData[] found, bool isNull)
    {
        if (!found.Any(data => data.Exchange.IsRoot))
        {
            _sheet.CompleteNotApplicable(new[] { MxChecks.NullSyntax, MxChecks.NullSending }, "There is no null MX.");
            return;
        }

        if (!isNull) ReportNullSyntax(found);

        if (_options.IsParked || _options.SendsBecause is null)
            _sheet.NotApplicable(MxChecks.NullSending, _options.IsParked ? "The domain sends nothing." : "The domain is not known to send mail.");
        else if (found.All(data => data.Exchange.IsRoot))
            _sheet.Report(MxChecks.NullSending.With(_domain, _options.SendsBecause), expected: null, actual: "0 .");
    }

    // Beside exchangers nobody but the owner knows which of the two is meant; a parked domain means the null MX.
    private void ReportNullSyntax(MxData[] found)
    {
        string actual = string.Join(", ", found.Select(Show));
        string message = found.Any(data => !data.Exchange.IsRoot)
            ? "The null MX of " + _domain + " is beside exchangers: " + actual + "."
            : "The null MX of " + _domain + " has to be \"0 .\", and alone: " + actual + ".";
        bool isMeant = _options.IsParked || found.All(data => data.Exchange.IsRoot);
        ResourceRecord[] fix = isMeant ? new ResourceRecord[] { NullRecord() } : Array.Empty<ResourceRecord>();
        _sheet.Report(MxChecks.NullSyntax.Saying(message), isMeant ? "0 ." : null, actual, recommendation: null, fix);
    }

    private void JudgeHosts(MxHost[] hosts)
    {
        if (hosts.Length == 0)
        {
            _sheet.CompleteNotApplicable(MxChecks.OfExchangers, "A null MX names no exchanger.");
            return;
        }

        MxHost[] typed = hosts.Where(host => MxHostName.IsAddress(host.Name)).ToArray();
        if (typed.Length > 0) _sheet.Report(MxChecks.Address.With(_domain, Names(typed)), actual: Records(typed));

        MxHost[] aliases = hosts.Where(host => host.Alias is not null).ToArray();
        if (aliases.Length > 0)
        {
            _sheet.Report(
                MxChecks.Cname.With(string.Join("; ", aliases.Select(host => host.Name + " points to " + host.Alias))),
                string.Join(", ", aliases.Select(host => host.Data.Preference + " " + host.Alias)),
                Records(aliases),
                recommendation: null,
                aliases.All(CanName) && hosts.All(host => host.Alias is not null || DomainName.TryParse(host.Name.Text, out _, out _)) ? hosts.Select(Named).ToArray() : Array.Empty<ResourceRecord>());
        }

        // The MX of a domain is asked for from outside: private addresses are as good as none.
        MxHost[] dead = hosts.Where(host => host.HasNoAddress || host.IsHidden).ToArray();
        if (dead.Length > 0)
            _sheet.Report(MxChecks.Unresolved.With(string.Join("; ", dead.Select(DescribeDead))), actual: Records(dead));

        CompleteHosts(hosts, typed);
    }

    private static string DescribeDead(MxHost host) =>
        host.Name + ", " + (host.HasAddress ? string.Join(", ", host.Addresses.Take(3)) : host.Answers.Count == 0 ? "a name of the machine itself" : host.Answers[0].Describe());

    // What was not found is open where a lookup failed or was not made; an address found settles its own host.
    private void CompleteHosts(MxHost[] hosts, MxHost[] typed)
    {
        MxHost[] names = hosts.Except(typed).ToArray();
        if (names.Length == 0) _sheet.CompleteNotApplicable(MxChecks.OfExchangers, "The MX names no host.");

        if (names.FirstOrDefault(host => host.Failure is not null && !host.HasAddress)?.Failure is { } failure)
            _sheet.CompleteUnknown(new[] { MxChecks.Cname, MxChecks.Unresolved }, failure);

        if (names.Any(host => host.Answers.Count == 0))
        {
            _sheet.CompleteUnknown(new[] { MxChecks.Cname, MxChecks.Unresolved }, "Only the first " + MaxExchanges + " of " + hosts.Length + " exchangers were looked up.");
        }
    }

    // The alias's target may be no host name; then no record can name it.
    private static bool CanName(MxHost host) => host.HasAddress && DomainName.TryParse(host.Alias!.Text, out _, out _);

    // All of them: a set is published whole.
    private ResourceRecord Named(MxHost host) => new MxRecord(_domain, _domain, host.Data.Preference, host.Alias ?? host.Name, TimeSpan.FromHours(1), RecordPurpose.Mx);

    private MxRecord NullRecord() => MxRecordBuilder.CreateNull(_domain, _domain, TimeSpan.FromHours(1));

    private static string Names(IEnumerable<MxHost> hosts) => string.Join(", ", hosts.Select(host => host.Name.ToString()));

    private static string Records(IEnumerable<MxHost> hosts) => string.Join(", ", hosts.Select(host => Show(host.Data)));

    private static string Show(MxData data) => data.Preference + " " + (data.Exchange.IsRoot ? "." : data.Exchange.ToString());

}

/// <summary>One exchanger with the answers for its addresses.</summary>
internal sealed class MxHost(MxData data, IReadOnlyList<DnsResponse> answers)
{
    public MxData Data { get; } = data;

    public DomainName Name => Data.Exchange;

    /// <summary>A and AAAA; none where they were not asked for.</summary>
    public IReadOnlyList<DnsResponse> Answers { get; } = answers;

    public DnsResponse? Failure { get; } = answers.FirstOrDefault(answer => answer.IsFailure);

    /// <summary>Where the host leads as an alias; null for no alias.</summary>
    public DomainName? Alias { get; } = answers.Select(answer => AliasOf(answer, data.Exchange)).FirstOrDefault(alias => alias is not null);

    public string[] Addresses { get; } = answers.SelectMany(answer => answer.Data<AddressData>()).Select(address => address.ToString()!).ToArray();

    public bool IsNull => Name.IsRoot;

    /// <summary>
    /// True where all addresses are private, local or otherwise nobody's, or the name is of this machine alone (RFC 6761). An
    /// address for documentation is an example's, and has a check of its own.
    /// </summary>
    public bool IsHidden =>
        Name.Labels.Length > 0 && Name.Labels[Name.Labels.Length - 1] == "localhost"
        || (HasAddress && Failure is null && Answers.SelectMany(answer => answer.Data<AddressData>()).All(data => !IsReachable(data.Address)));

    private static bool IsReachable(System.Net.IPAddress address) => PublicAddress.IsPublic(address) || PublicAddress.IsDocumentation(address);

    public bool HasAddress => Addresses.Length > 0;

    /// <summary>True where both lookups were answered with nothing.</summary>
    public bool HasNoAddress => Answers.Count > 0 && Failure is null && !HasAddress;

    public MxExchange Describe() => new(Data, IsNull)
    {
        Addresses = Addresses,
        IsAlias = Alias is not null ? true : HasAddress || HasNoAddress ? false : null,
        AliasTarget = Alias?.ToString(),
        Failure = Failure?.Describe(),
    };

    // Aliases that run in a circle have no end; the first of them says enough.
    private static DomainName? AliasOf(DnsResponse answer, DomainName host)
    {
        if (answer.IsAliased) return answer.CanonicalName;

        DnsRecord? first = answer.Records.FirstOrDefault(record => record.Type == DnsRecordType.Cname && record.Owner.Equals(host));
        return (first?.Data as NameData)?.Target;
    }
}

/// <summary>Exchangers that are an address typed where a host name belongs.</summary>
internal static class MxHostName
{
    /// <summary>
    /// True for "192.0.2.1", "[192.0.2.1]", "2001:db8::1" and for an address that the zone's name was put behind. No top-level
    /// domain is all digits (RFC 1123 section 2.1), so four numbers in front are never a host's own labels by chance.
    /// </summary>
    public static bool IsAddress(DomainName host)
    {
        string[] labels = host.Labels;
        string first = labels.Length > 0 ? labels[0].TrimStart('[') : string.Empty;
        if (first.IndexOf(':') >= 0) return host.Text.IndexOf("//", StringComparison.Ordinal) < 0;

        return labels.Length >= 4 && IsOctet(first) && labels.Skip(1).Take(2).All(IsOctet) && IsOctet(labels[3].TrimEnd(']'));
    }

    private static bool IsOctet(string label) => label.Length is > 0 and <= 3 && label.All(c => c is >= '0' and <= '9') && int.Parse(label, System.Globalization.CultureInfo.InvariantCulture) <= 255;
}

/// <summary>What is known of a domain beside its MX.</summary>
internal sealed class MxReadOptions
{
    /// <summary>Nothing is known.</summary>
    public static MxReadOptions Default { get; } = new();

    /// <summary>Why the domain is known to send mail, as the end of a sentence; null where that is not known.</summary>
    public string? SendsBecause { get; init; }

    /// <summary>True for a domain that sends no mail: without MX it takes none either.</summary>
    public bool IsParked { get; init; }
}

/// <summary>The checks of mail exchangers (RFC 5321 section 5.1, RFC 7505): the one place that declares them.</summary>
internal static class MxChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Mx);

    public static readonly CheckDefinition Missing = s_rows.Warning("MX-MISSING", CheckNeeds.Dns, "The domain has an MX record", "{domain} has no MX record{rest}", "Publish MX records, so that replies and bounces arrive; for a domain that receives no mail publish a null MX (New-NullMxRecord).", "RFC 5321 section 5.1; RFC 7505 section 1");
    public static readonly CheckDefinition NullSending = s_rows.Error("MX-NULL-SENDING", CheckNeeds.Dns, "A domain that sends mail has no null MX", "{domain} has a null MX, but {why}.", "Publish MX records: receivers may refuse mail from a domain with a null MX, and bounces and replies are lost.", "RFC 7505 section 4.2");
    public static readonly CheckDefinition NullSyntax = s_rows.Error("MX-NULL-SYNTAX", CheckNeeds.Dns, "A null MX is the only MX and has preference 0", "The null MX is not the only MX record, or its preference is not 0: {fault}", "Keep either the null MX alone, as \"0 .\", or the exchangers.", "RFC 7505 section 3");
    public static readonly CheckDefinition Cname = s_rows.Error("MX-CNAME", CheckNeeds.Dns, "No exchanger is an alias", "MX exchangers are aliases (CNAME): {hosts}.", "Use the name that the alias points to.", "RFC 2181 section 10.3; RFC 5321 section 5.1");
    public static readonly CheckDefinition Address = s_rows.Error("MX-IP", CheckNeeds.Dns, "Exchangers are host names", "MX records of {domain} name addresses instead of hosts: {hosts}.", "Give the host a name with an address record, and use that name in the MX record.", "RFC 1035 section 3.3.9; RFC 5321 section 5.1");
    public static readonly CheckDefinition Unresolved = s_rows.Error("MX-UNRESOLVED", CheckNeeds.Dns, "Every exchanger has an address that the Internet can reach", "MX exchangers without an address that the Internet can reach: {hosts}.", "Publish a public address for the host, or remove it from the MX records: what is sent to it is lost.", "RFC 5321 section 5.1; RFC 6890");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that look at exchangers.</summary>
    public static IReadOnlyList<CheckDefinition> OfExchangers { get; } = new[] { Cname, Address, Unresolved };
}
