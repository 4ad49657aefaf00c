using MailDns.Bimi;
using MailDns.Blocklists;
using MailDns.Caa;
using MailDns.Dane;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dmarc;
using MailDns.Dnssec;
using MailDns.Messages;
using MailDns.MtaSts;
using MailDns.Mx;
using MailDns.ReverseDns;
using MailDns.SenderId;
using MailDns.Smtp;
using MailDns.Spf;
using MailDns.TlsRpt;

namespace MailDns.Sending;

/// <summary>
/// The areas, a row each: its checks, and how its part of a domain is read where Test-SendingDomain reads one. A new area is
/// its folder and a row here, and its public names: a member of <see cref="CheckArea"/>, and a property of
/// <see cref="SendingDomainStatus"/> where a part is read.
/// </summary>
internal static class Areas
{
    /// <summary>All areas, in the order of the catalogue.</summary>
    public static IReadOnlyList<Area> All { get; } = new[]
    {
        new Area(DnsChecks.All, ServerChecks.All),
        Area.One(part => SpfStatusReader.ReadAsync(part.Domain, part.Resolver, part.Token), SpfChecks.All, SpfChecks.Sending) with { Owner = string.Empty, IsOwn = record => record.Data is TxtData txt && txt.Text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) },
        Area.One(part => SenderIdStatusReader.ReadAsync(part.Domain, part.Resolver, part.Token), SenderIdChecks.All),
        Area.Many(async part => await DkimStatusReader.ReadAsync(part.Domain, SendingKeys.OptionsOf(part.Request, part.Providers, (await part.Parked.ConfigureAwait(false)).IsParked), part.Resolver, part.Token).ConfigureAwait(false), DkimChecks.All, DkimKeyChecks.All),
        Area.One(part => DomainKeysStatusReader.ReadAsync(part.Domain, part.Resolver, part.Token), DomainKeysChecks.All),
        Area.One(part => part.Dmarc, DmarcChecks.All, DmarcChecks.Sending) with { Owner = "_dmarc" },
        Area.One(part => BimiStatusReader.ReadAsync(part.Domain, BimiSelector.Default, part.Resolver, part.Request.Logo?.Invoke(part.Resolver), () => part.Dmarc, part.Token), BimiChecks.All, BimiLogoChecks.All, MarkCertificateChecks.All) with { Owner = "default._bimi" },
        Area.One(ReadMxAsync, MxChecks.All) with { Owner = string.Empty, IsOwn = record => record.Type == DnsRecordType.Mx },
        Area.Many(SendingHosts.ReadBounceAsync, BounceChecks.All),
        Area.Many(SendingHosts.ReadTrackingAsync, TrackingChecks.All),
        Area.Many(part => Task.WhenAll(part.Request.Addresses.Select(address => ReverseDnsStatusReader.ReadAsync(address, part.Domain, part.Resolver, part.Token))), ReverseDnsChecks.All),
        new Area(ProviderChecks.All),
        new Area(AlignmentChecks.All),
        Area.One(async part => await part.MtaSts.ConfigureAwait(false), MtaStsChecks.All) with { Owner = "_mta-sts" },
        Area.One(part => TlsRptStatusReader.ReadAsync(part.Domain, part.Resolver, part.Token), TlsRptChecks.All) with { Owner = "_smtp._tls" },
        Area.Many(async part => await part.Dane.ConfigureAwait(false), DaneChecks.All),
        Area.One(part => CaaStatusReader.ReadAsync(part.Domain, part.Resolver, part.Token), CaaChecks.All) with { Owner = string.Empty, IsOwn = record => record.Type == DnsRecordType.Caa },
        Area.Many(ReadMailHostsAsync, SmtpChecks.All),
        new Area(ReceiverChecks.All),
        new Area(MessageChecks.All),
        Area.Many(part => BlocklistStatusReader.ReadAllAsync(part.Domain, part.Request.Addresses, part.Request.Blocklists, part.Resolver, part.Token), BlocklistChecks.All),
        Area.One(part => DnssecStatusReader.ReadAsync(part.Domain, part.Resolver, part.Request.Now, part.Token), DnssecChecks.All),
    };

    private static async Task<MxStatus> ReadMxAsync(AreaReading part)
    {
        ParkedDomain parked = await part.Parked.ConfigureAwait(false);
        return await MxStatusReader.ReadAsync(part.Domain, part.Resolver, new MxReadOptions { IsParked = parked.IsParked, SendsBecause = parked.SendsBecause }, part.Token).ConfigureAwait(false);
    }

    // What the hosts show is held against what two other areas found.
    private static async Task<IReadOnlyList<SmtpTlsStatus>> ReadMailHostsAsync(AreaReading part)
    {
        if (part.Request.Smtp is not { } access) return Array.Empty<SmtpTlsStatus>();

        var request = new SmtpRequest(part.Domain) { MtaSts = await part.MtaSts.ConfigureAwait(false), Dane = await part.Dane.ConfigureAwait(false) };
        return await SmtpStatusReader.ReadAsync(request, access, part.Resolver, part.Token).ConfigureAwait(false);
    }
}

/// <summary>One area of a sending domain.</summary>
internal sealed record Area(params IReadOnlyList<CheckDefinition>[] CheckLists)
{
    public IEnumerable<CheckDefinition> Checks => CheckLists.SelectMany(list => list);

    public CheckArea Key => CheckLists[0][0].Area;

    /// <summary>Reads its part of a domain: one status, several or none.</summary>
    public Func<AreaReading, Task<IReadOnlyList<AreaStatus>>>? ReadAsync { get; init; }

    /// <summary>The labels before the domain where its own record is; empty for the domain itself, null where it has none.</summary>
    public string? Owner { get; init; }

    /// <summary>True for its own record among those of that name.</summary>
    public Func<DnsRecord, bool> IsOwn { get; init; } = _ => true;

    public static Area One<T>(Func<AreaReading, Task<T>> read, params IReadOnlyList<CheckDefinition>[] checks)
        where T : AreaStatus =>
        new(checks) { ReadAsync = async part => new[] { await read(part).ConfigureAwait(false) } };

    public static Area Many<T>(Func<AreaReading, Task<T>> read, params IReadOnlyList<CheckDefinition>[] checks)
        where T : IReadOnlyList<AreaStatus> =>
        new(checks) { ReadAsync = async part => await read(part).ConfigureAwait(false) };
}

/// <summary>What an area needs to read its part of a domain.</summary>
internal sealed class AreaReading
{
    private static readonly Area[] s_read = Areas.All.Where(area => area.ReadAsync is not null).ToArray();

    private static volatile bool s_isCompiled;

    public AreaReading(SendingDomainRequest request, IReadOnlyList<BoundProvider> providers, IDnsResolver resolver, CancellationToken token)
    {
        (Request, Providers, Resolver, Token) = (request, providers, resolver, token);
        Parked = ParkedDomain.ReadAsync(request, resolver, token);
        Dmarc = ReadDmarcAsync();
        MtaSts = MtaStsStatusReader.ReadAsync(request.Domain, resolver, request.Https?.Invoke(resolver), token);
        Dane = TlsaStatusReader.ReadAsync(request.Domain, Array.Empty<DomainName>(), TlsaRecordBuilder.SmtpPort, resolver, token);
    }

    public SendingDomainRequest Request { get; }

    public DomainName Domain => Request.Domain;

    /// <summary>The profiles of the platforms that are said to send.</summary>
    public IReadOnlyList<BoundProvider> Providers { get; }

    public IDnsResolver Resolver { get; }

    public CancellationToken Token { get; }

    /// <summary>Whether the domain sends no mail, and what says so.</summary>
    public Task<ParkedDomain> Parked { get; }

    /// <summary>DMARC, read once.</summary>
    public Task<DmarcStatus> Dmarc { get; }

    /// <summary>MTA-STS, read once.</summary>
    public Task<MtaStsStatus> MtaSts { get; }

    /// <summary>The TLSA records of the mail hosts, read once.</summary>
    public Task<IReadOnlyList<TlsaStatus>> Dane { get; }

    /// <summary>
    /// Reads the parts of all areas side by side. The first check of a session is mostly compilation, so each area has a thread of the pool then; later they
    /// would only wait for one another.
    /// </summary>
    /// <exception cref="SendingProviderValueException">A value does not fit the provider's profile.</exception>
    public async Task<SendingDomainParts> ReadAllAsync()
    {
        Task<IReadOnlyList<AreaStatus>>[] reading = s_isCompiled
            ? Array.ConvertAll(s_read, area => area.ReadAsync!(this))
            : Array.ConvertAll(s_read, area => Task.Run(() => area.ReadAsync!(this), Token));
        IReadOnlyList<AreaStatus>[] parts = await Task.WhenAll(reading).ConfigureAwait(false);
        s_isCompiled = true;
        return new SendingDomainParts(await Parked.ConfigureAwait(false), parts.SelectMany(part => part).ToArray());
    }

    private async Task<DmarcStatus> ReadDmarcAsync()
    {
        ParkedDomain parked = await Parked.ConfigureAwait(false);
        return await DmarcStatusReader.ReadAsync(Domain, Resolver, new DmarcStatusOptions { IsParked = parked.IsParked }, Token).ConfigureAwait(false);
    }
}

/// <summary>The parts of a sending domain as they were read.</summary>
internal sealed class SendingDomainParts(ParkedDomain parked, IReadOnlyList<AreaStatus> all)
{
    /// <summary>Whether the domain sends no mail, and what says so.</summary>
    public ParkedDomain Parked { get; } = parked;

    /// <summary>Every check of every part.</summary>
    public IEnumerable<CheckResult> Results => all.Where(part => part is not SmtpTlsStatus).SelectMany(part => part.Results).Concat(SmtpTlsStatus.Join(Many<SmtpTlsStatus>()));

    /// <summary>The part of that kind, of which there is one.</summary>
    public T One<T>()
        where T : AreaStatus => all.OfType<T>().First();

    /// <summary>The parts of a kind of which there may be several or none: keys, hosts, addresses.</summary>
    public T[] Many<T>()
        where T : AreaStatus => all.OfType<T>().ToArray();
}

/// <summary>Every check of MailDns, area by area.</summary>
internal static class CheckCatalog
{
    /// <summary>All checks in a stable order.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = Areas.All.SelectMany(area => area.Checks).ToArray();

    /// <summary>The check with that id, in any case; null where there is none.</summary>
    public static CheckDefinition? Find(string id) =>
        All.FirstOrDefault(check => string.Equals(check.Id, id, StringComparison.OrdinalIgnoreCase));
}
