using System.Net;
using MailDns.Dane;
using MailDns.ReverseDns;

namespace MailDns.Smtp;

/// <summary>
/// Speaks to the mail hosts of a domain, or to hosts that were named, and judges what they show. A network that lets nobody
/// out to the port is one Unknown, not one a host.
/// </summary>
internal sealed class SmtpStatusReader(SmtpRequest request, SmtpAccess access, IDnsResolver resolver)
{
    /// <summary>Most addresses of one host that are connected to.</summary>
    public const int MostAddresses = 8;
    private readonly SmtpRequest _request = request;
    private readonly SmtpAccess _access = access;
    private readonly IDnsResolver _resolver = resolver;

    private DomainName Domain => _request.Domain;

    /// <summary>One status an address; one a host that has none, and one where nothing takes the domain's mail.</summary>
    public static Task<IReadOnlyList<SmtpTlsStatus>> ReadAsync(SmtpRequest request, SmtpAccess access, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new SmtpStatusReader(request, access, resolver).ReadAsync(cancellationToken);

    private async Task<IReadOnlyList<SmtpTlsStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        DnsResponse? mx = _request.Hosts.Count > 0 ? null : await _resolver.QueryAsync(Domain, DnsRecordType.Mx, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<DomainName> hosts = mx is null ? _request.Hosts : mx.IsFailure ? Array.Empty<DomainName>() : MailExchangers.Of(mx);
        if (hosts.Count == 0) return new[] { Nobody(mx!) };

        Task<IReadOnlyList<TlsaStatus>> dane = _request.Dane is { } read ? Task.FromResult(read) : TlsaStatusReader.ReadAsync(Domain, _request.Hosts, _request.Port, _resolver, cancellationToken);
        MailHost[][] found = await Task.WhenAll(hosts.Select(host => SeeAsync(host, mx, cancellationToken))).ConfigureAwait(false);
        MailHost[] all = found.SelectMany(addresses => addresses).ToArray();
        IReadOnlyList<TlsaStatus> records = await dane.ConfigureAwait(false);

        // Where one host was reached the port is open, and what another does is its own fault.
        bool isBlocked = all.Any(host => host.Seen is { IsBlocked: true }) && !all.Any(host => host.Seen is { IsReached: true });
        var statuses = new List<SmtpTlsStatus>();
        foreach (MailHost host in all)
        {
            host.Status.Dane = records.FirstOrDefault(status => status.HostName == host.Name.ToString());
            await JudgeAsync(host, isBlocked, all, cancellationToken).ConfigureAwait(false);
            if (_request.Dane is null && host.Status.Dane is { Records.Length: > 0 } published && host == Array.Find(all, other => other.Name.Equals(host.Name)))
            {
                // Whether senders use the records at all belongs to the answer; it is said once a host.
                host.Sheet.AddRange(published.Results);
            }

            host.Status.Judge(host.Sheet, isThere: host.Seen is { Failure: null });
            statuses.Add(host.Status);
        }

        return statuses;
    }

    private SmtpTlsStatus Nobody(DnsResponse mx)
    {
        var sheet = new CheckSheet(Domain.Text);
        if (mx.IsFailure)
            sheet.CompleteUnknown(SmtpChecks.All, mx);
        else
            sheet.CompleteNotApplicable(SmtpChecks.All, "The domain takes no mail.");

        var status = new SmtpTlsStatus(Domain.Text, string.Empty, _request.Port);
        status.Judge(sheet, isThere: false);
        return status;
    }

    // All addresses of a host are asked at the same time, as far as the bound on connections lets them.
    private async Task<MailHost[]> SeeAsync(DomainName host, DnsResponse? mx, CancellationToken cancellationToken)
    {
        DnsResponse[] answers = await Task.WhenAll(
            _resolver.QueryAsync(host, DnsRecordType.A, cancellationToken),
            _resolver.QueryAsync(host, DnsRecordType.Aaaa, cancellationToken)).ConfigureAwait(false);
        IPAddress[] addresses = answers.SelectMany(answer => answer.Data<AddressData>()).Select(data => data.Address).Distinct().ToArray();
        MxData? exchanger = mx?.Data<MxData>().FirstOrDefault(data => data.Exchange.Equals(host));
        if (addresses.Length == 0)
            return new[] { new MailHost(host, Status(host, exchanger)) { Answer = Array.Find(answers, answer => answer.IsFailure) ?? answers[0] } };

        return await Task.WhenAll(addresses.Take(MostAddresses).Select(async address =>
        {
            Task<SmtpObservation> seen = _access.ObserveAsync(host, address, _request.Port, cancellationToken);
            Task<ReverseDnsStatus> reverse = ReverseDnsStatusReader.ReadAsync(address, Domain, _resolver, cancellationToken);
            await Task.WhenAll(seen, reverse).ConfigureAwait(false);
            return new MailHost(host, Status(host, exchanger)) { Seen = await seen.ConfigureAwait(false), Reverse = await reverse.ConfigureAwait(false) };
        })).ConfigureAwait(false);
    }

    private SmtpTlsStatus Status(DomainName host, MxData? exchanger) => new(Domain.Text, host.ToString(), _request.Port) { Preference = exchanger?.Preference };

    private async Task JudgeAsync(MailHost host, bool isBlocked, MailHost[] all, CancellationToken cancellationToken)
    {
        if (host.Seen is not { } seen)
        {
            JudgeAbsent(host);
            return;
        }

        Describe(host.Status, seen, host.Reverse!);
        if (isBlocked)
            JudgeBlocked(host, all);
        else if (seen.Failure is { } failure)
            JudgeFailure(host, failure);
        else
            await JudgeSeenAsync(host, seen, cancellationToken).ConfigureAwait(false);
    }

    private void JudgeAbsent(MailHost host)
    {
        if (host.Answer!.IsFailure)
        {
            host.Sheet.CompleteUnknown(SmtpChecks.All, host.Answer);
            return;
        }

        host.Sheet.Report(SmtpChecks.Unreachable.With(host.Name, _request.Port, "it has no address (" + host.Answer.Describe() + ")"));
        host.Sheet.CompleteNotApplicable(SmtpChecks.All, "The host has no address.");
    }

    // The first result says it for all.
    private void JudgeBlocked(MailHost host, MailHost[] all)
    {
        MailHost[] blocked = Array.FindAll(all, other => other.Seen is { IsBlocked: true });
        if (host == blocked[0])
        {
            string[] shown = blocked.Select(other => other + ": " + other.Seen!.Failure!.Message).ToArray();
            string who = _request.Port == TlsaRecordBuilder.SmtpPort ? " Many office networks, providers and clouds block outgoing port 25: run it from a server that may send mail." : string.Empty;
            host.Sheet.CompleteUnknown(SmtpChecks.All, "No mail host could be reached on port " + _request.Port + " from this machine (" + FailedLookups.Named(shown) + ")." + who);
            return;
        }

        string reason = host.Seen is { IsBlocked: true } ? "No mail host could be reached on port " + _request.Port + "." : Sentence(host, host.Seen!.Failure!);
        host.Sheet.CompleteNotApplicable(SmtpChecks.All, reason);
    }

    private void JudgeFailure(MailHost host, SmtpException failure)
    {
        switch (failure.Kind)
        {
            case SmtpFailureKind.Unreachable when host.Seen!.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6:
                host.Sheet.Note(SmtpChecks.Unreachable, host + " was not looked at: this machine has no way to IPv6 addresses.");
                host.Sheet.CompleteNotApplicable(SmtpChecks.All, "The address was not reached.");
                break;
            case SmtpFailureKind.Refused or SmtpFailureKind.Unreachable or SmtpFailureKind.ConnectTimeout:
                host.Sheet.Report(SmtpChecks.Unreachable.With(host, _request.Port, failure.Message));
                host.Sheet.CompleteNotApplicable(SmtpChecks.All, "The address was not reached.");
                break;
            case SmtpFailureKind.NotSmtp:
            case SmtpFailureKind.Closed when host.Seen!.Greeting is not null:
                host.Sheet.Pass(SmtpChecks.Unreachable);
                host.Sheet.Report(SmtpChecks.Reply.With(host, failure.Message));
                host.Sheet.CompleteNotApplicable(SmtpChecks.All, "The host does not speak SMTP.");
                break;
            default:
                // It may be silent, refuse or close because it distrusts this machine's address.
                string more = failure.Kind == SmtpFailureKind.NotAllowed ? " Specify -AllowPrivateAddress to connect to it."
                    : failure.Kind == SmtpFailureKind.Silent ? string.Empty
                    : " It may refuse this machine's address only.";
                host.Sheet.CompleteUnknown(SmtpChecks.All, Sentence(host, failure) + more);
                break;
        }
    }

    private static string Sentence(MailHost host, SmtpException failure) => host + ": " + failure.Message + ".";

    private async Task JudgeSeenAsync(MailHost host, SmtpObservation seen, CancellationToken cancellationToken)
    {
        string shown = host.ToString();
        CheckSheet sheet = host.Sheet;
        SmtpTlsRules.ApplyTls(shown, seen, sheet);
        TlsaMatch? match = SmtpDaneRules.Apply(host.Name, Domain, shown, seen, host.Status, _access, sheet);
        bool isVouchedFor = match?.IsOfLeaf == true && host.Status.Dane!.IsAuthenticated;
        SmtpTlsRules.ApplyCertificate(host.Name, shown, seen, isVouchedFor, _access.Now, sheet);
        host.Status.MtaStsMatch = SmtpMtaStsRules.Apply(host.Name, shown, seen, _request.MtaSts, _access.Now, sheet);
        SmtpHostRules.ApplyReverse(shown, host.Reverse!, sheet);
        await SmtpHostRules.ApplyNameAsync(host.Name, shown, seen, _resolver, sheet, cancellationToken).ConfigureAwait(false);
        sheet.CompletePass(SmtpChecks.All);
    }

    private static void Describe(SmtpTlsStatus status, SmtpObservation seen, ReverseDnsStatus reverse)
    {
        status.Address = seen.Address.ToString();
        status.Reachable = seen.Failure?.Kind == SmtpFailureKind.NotAllowed ? null : seen.IsReached;
        status.Greeting = seen.Greeting is { } greeting ? PrintableText.Escape(greeting.Lines[0]) : null;
        status.HeloName = seen.Name is { } name ? PrintableText.Escape(name) : null;
        status.Extensions = seen.Ehlo?.Lines.Skip(1).Select(PrintableText.Escape).ToArray() ?? status.Extensions;
        status.StartTls = seen.StartTls;
        status.Protocol = seen.Handshake?.Protocol ?? seen.OldProtocol;
        status.Cipher = seen.Handshake?.Cipher;
        status.Certificate = seen.Chain is { } chain ? SmtpCertificate.Of(chain) : null;
        status.ReverseDns = seen.IsReached ? reverse : null;
    }

    /// <summary>One address of one host on the way to its status.</summary>
    private sealed class MailHost(DomainName name, SmtpTlsStatus status)
    {
        public DomainName Name { get; } = name;
        public SmtpTlsStatus Status { get; } = status;
        public CheckSheet Sheet { get; } = new(status.Domain);

        /// <summary>What it showed; null where the host has no address.</summary>
        public SmtpObservation? Seen { get; init; }

        public ReverseDnsStatus? Reverse { get; init; }

        /// <summary>The answer without an address.</summary>
        public DnsResponse? Answer { get; init; }

        public override string ToString() => Name + (Seen is null ? string.Empty : " [" + Seen.Address + "]");
    }
}

/// <summary>Which mail hosts are spoken to, and what is known of their domain already.</summary>
internal sealed class SmtpRequest(DomainName domain)
{
    public DomainName Domain { get; } = domain;

    /// <summary>Hosts that were named; none for the domain's exchangers.</summary>
    public IReadOnlyList<DomainName> Hosts { get; init; } = Array.Empty<DomainName>();

    public int Port { get; init; } = TlsaRecordBuilder.SmtpPort;

    /// <summary>The domain's MTA-STS; null where it is not looked at.</summary>
    public MtaStsStatus? MtaSts { get; init; }

    /// <summary>The TLSA records of the hosts; null where they are to be read.</summary>
    public IReadOnlyList<TlsaStatus>? Dane { get; init; }
}
