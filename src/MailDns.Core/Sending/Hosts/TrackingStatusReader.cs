using MailDns.Caa;
using MailDns.Https;

namespace MailDns.Sending;

/// <summary>Reads and judges a tracking host.</summary>
internal sealed class TrackingStatusReader(DomainName domain, DomainName host, ExpectedName? expected, IDnsResolver resolver, HttpsAccess? https)
{
    private readonly DomainName _domain = domain;
    private readonly CheckSheet _sheet = new(domain.Text);

    /// <summary>Reads the host.</summary>
    /// <param name="domain">The sending domain.</param>
    /// <param name="host">The tracking host's full name.</param>
    /// <param name="expected">Where it should lead; null where that is not known.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="https">How the host is asked for its certificate; null where it is not.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public static Task<TrackingStatus> ReadAsync(DomainName domain, DomainName host, ExpectedName? expected, IDnsResolver resolver, HttpsAccess? https, CancellationToken cancellationToken) =>
        new TrackingStatusReader(domain, host, expected, resolver, https).ReadAsync(cancellationToken);

    private async Task<TrackingStatus> ReadAsync(CancellationToken cancellationToken)
    {
        Task<AliasChain> chainTask = AliasChain.ReadAsync(host, resolver, cancellationToken);
        Task<DnsResponse[]> answerTask = Task.WhenAll(
            new[] { DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.Txt, DnsRecordType.Mx, DnsRecordType.Soa }
                .Select(type => resolver.QueryAsync(host, type, cancellationToken)));
        AliasChain chain = await chainTask.ConfigureAwait(false);
        DnsResponse[] answers = await answerTask.ConfigureAwait(false);
        DnsResponse[] addresses = { answers[0], answers[1] };

        if (!host.IsSameOrBelow(_domain)) _sheet.Report(TrackingChecks.Unaligned.With(host, _domain));

        bool isThere = chain.IsAlias || answers.Any(answer => answer.Status == DnsResponseStatus.Success);
        _sheet.CompletePass(new[] { TrackingChecks.Unaligned }, isThere, "There is no record at " + host + ".");
        await new TrackingTlsRules(host, resolver, https, _sheet).ApplyAsync(addresses, cancellationToken).ConfigureAwait(false);
        if (chain is { Failure: { } failure, IsAlias: false })
        {
            _sheet.CompleteUnknown(TrackingChecks.All.Concat(AliasRules.Definitions), failure);
        }
        else
        {
            await JudgeAsync(chain, addresses, cancellationToken).ConfigureAwait(false);
            AliasRules.Apply(_domain, chain, answers, expected, _sheet);
        }

        return Build(chain, addresses);
    }

    private async Task JudgeAsync(AliasChain chain, DnsResponse[] addresses, CancellationToken cancellationToken)
    {
        if (chain.IsAlias)
        {
            JudgeTarget(chain);
            JudgeEnd(chain, addresses);
            _sheet.CompletePass(new[] { TrackingChecks.Missing, TrackingChecks.NotCname });
            return;
        }

        DnsResponse? failure = addresses.FirstOrDefault(answer => answer.IsFailure);
        if (addresses.Any(answer => answer.Data<AddressData>().Any()))
        {
            await JudgeAddressesAsync(addresses, failure, cancellationToken).ConfigureAwait(false);
            _sheet.CompletePass(new[] { TrackingChecks.Missing });
        }
        else if (failure is not null)
        {
            _sheet.CompleteUnknown(new[] { TrackingChecks.Missing, TrackingChecks.NotCname, DnsChecks.CnameFlattened }, failure);
        }
        else
        {
            string missing = chain.HostExists ? "There is no CNAME at the tracking host " + host + "." : "The tracking host " + host + " does not exist.";
            _sheet.Report(TrackingChecks.Missing.Saying(missing), expected: expected?.Text, actual: null, recommendation: null, Fix());
        }

        _sheet.CompleteNotApplicable(new[] { TrackingChecks.Target, TrackingChecks.NotCname, DnsChecks.CnameFlattened }, host + " is not an alias.");
    }

    private void JudgeTarget(AliasChain chain)
    {
        if (expected is null)
        {
            _sheet.NotApplicable(TrackingChecks.Target, "No target was named to compare with.");
        }
        else if (AliasRules.IndexOf(chain, expected) >= 0)
        {
            _sheet.Pass(TrackingChecks.Target);
        }
        else if (chain.Failure is { } failure)
        {
            _sheet.Unknown(TrackingChecks.Target, failure);
        }
        else
        {
            _sheet.Report(
                TrackingChecks.Target.With(host, chain.Targets[0], expected),
                expected.Text,
                chain.Targets[0].ToString(),
                recommendation: null,
                Fix());
        }
    }

    private void JudgeEnd(AliasChain chain, DnsResponse[] addresses)
    {
        if (chain.IsLoop)
        {
            _sheet.NotApplicable(DnsChecks.CnameDangling, "The aliases end at a name that does not exist.");
            return;
        }

        DnsResponse? failure = addresses.FirstOrDefault(answer => answer.IsFailure);
        if (addresses.Any(answer => answer.Data<AddressData>().Any()))
        {
            _sheet.Pass(DnsChecks.CnameDangling);
        }
        else if (chain.Failure is not null || failure is not null)
        {
            _sheet.Unknown(DnsChecks.CnameDangling, (chain.Failure ?? failure)!);
        }
        else
        {
            _sheet.Report(
                DnsChecks.CnameDangling.Saying(host + " is an alias of " + chain.End + ", which has no address (" + addresses[0].Describe() + ")."),
                actual: chain.ToString());
        }
    }

    // Addresses that the target has too show that the alias was flattened or is served by a proxy.
    private async Task JudgeAddressesAsync(DnsResponse[] addresses, DnsResponse? failure, CancellationToken cancellationToken)
    {
        string[] own = Addresses(addresses);
        string shown = string.Join(", ", own);
        string[] theirs = Array.Empty<string>();
        if (expected?.Name is { } target)
        {
            DnsResponse[] found = await Task.WhenAll(
                resolver.QueryAsync(target, DnsRecordType.A, cancellationToken),
                resolver.QueryAsync(target, DnsRecordType.Aaaa, cancellationToken)).ConfigureAwait(false);
            theirs = Addresses(found);
            failure ??= found.FirstOrDefault(answer => answer.IsFailure);
        }

        if (own.Intersect(theirs, StringComparer.Ordinal).Any())
        {
            _sheet.Report(DnsChecks.CnameFlattened.Saying(host + " should be a CNAME but answers with the addresses of " + expected + ": " + shown + "."), expected!.Text, shown, recommendation: null, Fix());
            return;
        }

        _sheet.Report(TrackingChecks.NotCname.With(host, shown), expected?.Text, shown, recommendation: null, Fix());
        if (failure is not null) _sheet.Unknown(DnsChecks.CnameFlattened, failure);
    }

    private ResourceRecord[] Fix() =>
        expected?.Name is { } target && host.IsBelow(_domain) && !target.Equals(host)
            ? new ResourceRecord[] { new CnameRecord(host, _domain, target, TimeSpan.FromHours(1), RecordPurpose.Tracking) }
            : Array.Empty<ResourceRecord>();

    private TrackingStatus Build(AliasChain chain, DnsResponse[] addresses)
    {
        TrackingStatus status = Describe(chain, addresses);
        status.Judge(_sheet, isThere: true);
        status.IsValid = _sheet.Findings.Any(finding => finding.Id == TrackingChecks.Missing.Id && finding.Status == CheckStatus.Warning) ? false : status.IsValid;
        return status;
    }

    private TrackingStatus Describe(AliasChain chain, DnsResponse[] addresses) => new(_domain.Text, HostNames.Relative(host, _domain), host.Text)
    {
        Record = chain.IsAlias ? chain.Targets[0].ToString() : null,
        Records = chain.IsAlias ? new[] { chain.Targets[0].ToString() } : Array.Empty<string>(),
        Target = chain.IsAlias ? chain.End.ToString() : null,
        Chain = chain.Targets.Select(target => target.ToString()).ToArray(),
        ExpectedTarget = PrintableText.Escape(expected?.Text) is { Length: > 0 } text ? text : null,
        Addresses = Addresses(addresses),
    };

    private static string[] Addresses(IEnumerable<DnsResponse> answers) =>
        answers.SelectMany(answer => answer.Data<AddressData>()).Select(data => data.ToString()!).ToArray();
}

/// <summary>The checks of the tracking host: the one place that declares them.</summary>
internal static class TrackingChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Tracking);
    public static readonly CheckDefinition Missing = s_rows.Warning("TRACK-MISSING", CheckNeeds.Dns, "Tracking host exists", "No record was found at the tracking host: {fault}", "Create the CNAME that the provider asks for.", "The provider's profile");
    public static readonly CheckDefinition Target = s_rows.Error("TRACK-TARGET", CheckNeeds.Dns, "Tracking host points to the provider", "The tracking host {host} points to {got}, not to {want}.", "Point the CNAME to the provider's target.", "The provider's profile");
    public static readonly CheckDefinition NotCname = s_rows.Warning("TRACK-NOT-CNAME", CheckNeeds.Dns, "Tracking host is a CNAME", "{host} has addresses of its own instead of a CNAME: {addresses}.", "Replace the addresses by the CNAME: the provider changes its addresses without notice.", "The provider's profile");
    public static readonly CheckDefinition Unaligned = s_rows.Information("TRACK-UNALIGNED", CheckNeeds.Text, "Tracking host is below the sending domain", "The tracking host {host} is outside {domain}.", "Use a host below the domain, so that links carry the sender's own name.", "Advice of providers");
    public static readonly CheckDefinition Caa = s_rows.Warning("TRACK-CAA", CheckNeeds.Dns, "CAA allows an authority to issue for the tracking host", "CAA forbids a certificate for the tracking host: {fault}", "Ask the provider which authority it uses, and add issue with that authority's domain.", "RFC 8659 section 3");
    public static readonly CheckDefinition Tls = s_rows.Warning("TRACK-TLS", CheckNeeds.Https, "The tracking host has a valid certificate", "https://{host} has no certificate that is valid for it: {detail}.", "Ask the provider to set up TLS for the host; browsers warn of links through it.", "RFC 9110 section 4.3.4; practice of browsers");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>Makes the alias of a tracking host.</summary>
internal static class TrackingRecordBuilder
{
    /// <summary>The host where none is named.</summary>
    public const string DefaultHost = "trk";

    /// <exception cref="DomainNameException">The host is the domain itself or outside it, or a name is none.</exception>
    public static CnameRecord Build(DomainName domain, DomainName zone, string host, string target, TimeSpan timeToLive) =>
        new(HostNames.ResolveBelow(host, domain), zone, DomainName.Parse(target), timeToLive, RecordPurpose.Tracking);
}

/// <summary>Whether a tracking host has a certificate, and whether CAA lets anybody issue one.</summary>
internal sealed class TrackingTlsRules(DomainName host, IDnsResolver resolver, HttpsAccess? https, CheckSheet sheet)
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Judges a host of which the addresses are known.</summary>
    public async Task ApplyAsync(IReadOnlyList<DnsResponse> addresses, CancellationToken cancellationToken)
    {
        if (!addresses.Any(answer => answer.Data<AddressData>().Any()))
        {
            NoAddress(addresses.FirstOrDefault(answer => answer.IsFailure && answer.Status != DnsResponseStatus.AliasLoop));
            return;
        }

        CaaSet set = await CaaSet.FindAsync(host, resolver, cancellationToken).ConfigureAwait(false);
        CaaRules.ApplyPermission(TrackingChecks.Caa, set, CaaProperty.Issue, "for the tracking host " + host, sheet);
        if (https is null)
        {
            sheet.NotApplicable(TrackingChecks.Tls, "Needs -IncludeHttps.");
            return;
        }

        HttpsResponse response = await https.FetchAsync(new Uri("https://" + host.Text + "/", UriKind.Absolute), MaxBytes, cancellationToken).ConfigureAwait(false);
        Judge(response);
    }

    private void NoAddress(DnsResponse? failure)
    {
        if (https is null) sheet.NotApplicable(TrackingChecks.Tls, "Needs -IncludeHttps.");

        CheckDefinition[] checks = { TrackingChecks.Caa, TrackingChecks.Tls };
        if (failure is not null) sheet.CompleteUnknown(checks, failure);

        sheet.CompleteNotApplicable(checks, host + " has no address.");
    }

    // Whatever the host says of "/", it said it after a handshake with a valid certificate.
    private void Judge(HttpsResponse response)
    {
        sheet.Found(TrackingChecks.Tls, actual: null, response.CertificateDaysLeft);
        switch (response.Status)
        {
            case HttpsStatus.Ok or HttpsStatus.HttpError or HttpsStatus.Redirect or HttpsStatus.TooLarge or HttpsStatus.ProtocolError:
                sheet.Pass(TrackingChecks.Tls);
                break;
            case HttpsStatus.TlsFailed:
                sheet.Report(TrackingChecks.Tls.With(host, response.Detail));
                break;
            default:
                sheet.Unknown(TrackingChecks.Tls, "https://" + host + " was not reached: " + response.Detail + ".");
                break;
        }
    }
}
