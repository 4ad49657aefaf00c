using MailDns.Bimi;
using MailDns.Caa;
using MailDns.Dane;
using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.MtaSts;
using MailDns.Mx;
using MailDns.SenderId;
using MailDns.Spf;
using MailDns.TlsRpt;

namespace MailDns.Sending;

/// <summary>
/// The parts of a sending domain, each read by its own protocol folder, side by side. A new part is a property, a task in
/// <see cref="ReadAsync"/> and a line in <see cref="Results"/>.
/// </summary>
internal sealed class SendingDomainParts
{
    private SendingDomainParts()
    {
    }

    /// <summary>Whether the domain sends no mail, and what says so.</summary>
    public ParkedDomain Parked { get; private set; } = null!;

    public SpfStatus Spf { get; private set; } = null!;

    public SenderIdStatus SenderId { get; private set; } = null!;

    /// <summary>One a selector.</summary>
    public IReadOnlyList<DkimStatus> Dkim { get; private set; } = null!;

    public DomainKeysStatus DomainKeys { get; private set; } = null!;

    public DmarcStatus Dmarc { get; private set; } = null!;

    public BimiStatus Bimi { get; private set; } = null!;

    public MxStatus Mx { get; private set; } = null!;

    /// <summary>One a sending address that was given.</summary>
    public IReadOnlyList<ReverseDnsStatus> Addresses { get; private set; } = null!;

    /// <summary>The checks of the names that were given for HELO.</summary>
    public IReadOnlyList<CheckResult> Helo { get; private set; } = null!;

    public MtaStsStatus MtaSts { get; private set; } = null!;

    public TlsRptStatus TlsRpt { get; private set; } = null!;

    /// <summary>One a mail server.</summary>
    public IReadOnlyList<TlsaStatus> Dane { get; private set; } = null!;

    public CaaStatus Caa { get; private set; } = null!;

    /// <summary>Tracking and bounce hosts; none where neither a profile nor the user names one.</summary>
    public SendingHosts Hosts { get; private set; } = null!;

    /// <summary>Every check of every part.</summary>
    public IEnumerable<CheckResult> Results => new[]
    {
        Spf.Results,
        SenderId.Results,
        Dkim.SelectMany(status => status.Results),
        DomainKeys.Results,
        Dmarc.Results,
        Bimi.Results,
        Mx.Results,
        Addresses.SelectMany(status => status.Results),
        Helo,
        MtaSts.Results,
        TlsRpt.Results,
        Dane.SelectMany(status => status.Results),
        Caa.Results,
        Hosts.Tracking.SelectMany(status => status.Results),
        Hosts.Bounce.SelectMany(status => status.Results),
    }.SelectMany(results => results);

    /// <summary>Reads all parts.</summary>
    /// <param name="request">What is to be checked.</param>
    /// <param name="providers">The profiles of the platforms that are said to send.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    /// <exception cref="SendingProviderValueException">A value does not fit the provider's profile.</exception>
    public static async Task<SendingDomainParts> ReadAsync(SendingDomainRequest request, IReadOnlyList<BoundProvider> providers, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DomainName domain = request.Domain;
        Task<ParkedDomain> parkedTask = ParkedDomain.ReadAsync(request, resolver, cancellationToken);
        Task<SpfStatus> spf = SpfStatusReader.ReadAsync(domain, resolver, cancellationToken);
        Task<SenderIdStatus> senderId = SenderIdStatusReader.ReadAsync(domain, resolver, cancellationToken);
        Task<DomainKeysStatus> domainKeys = DomainKeysStatusReader.ReadAsync(domain, resolver, cancellationToken);
        Task<BimiStatus> bimi = BimiStatusReader.ReadAsync(domain, BimiSelector.Default, resolver, request.Logo?.Invoke(resolver), cancellationToken);
        Task<ReverseDnsStatus[]> addresses = Task.WhenAll(request.Addresses.Select(address => ReverseDnsStatusReader.ReadAsync(address, domain, resolver, cancellationToken)));
        Task<IReadOnlyList<CheckResult>> helo = HeloRules.JudgeAsync(request, resolver, cancellationToken);
        Task<MtaStsStatus> mtaSts = MtaStsStatusReader.ReadAsync(domain, resolver, request.Https?.Invoke(resolver), cancellationToken);
        Task<TlsRptStatus> tlsRpt = TlsRptStatusReader.ReadAsync(domain, resolver, cancellationToken);
        Task<IReadOnlyList<TlsaStatus>> dane = TlsaStatusReader.ReadAsync(domain, Array.Empty<DomainName>(), TlsaRecordBuilder.SmtpPort, resolver, cancellationToken);
        Task<CaaStatus> caa = CaaStatusReader.ReadAsync(domain, resolver, cancellationToken);
        Task<SendingHosts> hosts = SendingHosts.ReadAsync(request, providers, resolver, cancellationToken);

        // These depend on whether the domain sends at all.
        ParkedDomain parked = await parkedTask.ConfigureAwait(false);
        Task<IReadOnlyList<DkimStatus>> dkim = DkimStatusReader.ReadAsync(domain, SendingKeys.OptionsOf(request, providers, parked.IsParked), resolver, cancellationToken);
        Task<DmarcStatus> dmarc = DmarcStatusReader.ReadAsync(domain, resolver, new DmarcStatusOptions { IsParked = parked.IsParked }, cancellationToken);
        Task<MxStatus> mx = MxStatusReader.ReadAsync(domain, resolver, new MxReadOptions { IsParked = parked.IsParked, SendsBecause = parked.SendsBecause }, cancellationToken);
        await Task.WhenAll(spf, senderId, dkim, domainKeys, dmarc, bimi, mx, addresses, helo, mtaSts, tlsRpt, dane, caa, hosts).ConfigureAwait(false);
        return new SendingDomainParts
        {
            Parked = parked,
            Spf = await spf.ConfigureAwait(false),
            SenderId = await senderId.ConfigureAwait(false),
            Dkim = await dkim.ConfigureAwait(false),
            DomainKeys = await domainKeys.ConfigureAwait(false),
            Dmarc = await dmarc.ConfigureAwait(false),
            Bimi = await bimi.ConfigureAwait(false),
            Mx = await mx.ConfigureAwait(false),
            Addresses = await addresses.ConfigureAwait(false),
            Helo = await helo.ConfigureAwait(false),
            MtaSts = await mtaSts.ConfigureAwait(false),
            TlsRpt = await tlsRpt.ConfigureAwait(false),
            Dane = await dane.ConfigureAwait(false),
            Caa = await caa.ConfigureAwait(false),
            Hosts = await hosts.ConfigureAwait(false),
        };
    }
}
