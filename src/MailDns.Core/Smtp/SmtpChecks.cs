using System.Net;
using MailDns.Certificates;
using MailDns.Dane;

namespace MailDns.Smtp;

/// <summary>The checks of the mail hosts themselves: the one place that declares them.</summary>
internal static class SmtpChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Smtp);

    public static readonly CheckDefinition Unreachable = s_rows.Warning("SMTP-UNREACHABLE", CheckNeeds.Smtp, "Every mail host answers", "{host} does not answer on port {port}: {why}.", "Start the SMTP service or open the port in the host's firewall; or remove the MX or the address record.", "RFC 5321 section 5.1");
    public static readonly CheckDefinition Reply = s_rows.Error("SMTP-REPLY", CheckNeeds.Smtp, "The mail host speaks SMTP", "{host} does not follow the SMTP protocol: {why}.", "Check which program listens on the port; it has to greet with 220 and answer EHLO with 250.", "RFC 5321 sections 4.2 and 4.3");
    public static readonly CheckDefinition StartTls = s_rows.Warning("SMTP-STARTTLS", CheckNeeds.Smtp, "The mail host offers STARTTLS", "{host} does not offer STARTTLS: mail to it is sent in the clear.", "Install a certificate on the mail server and turn on TLS for its port 25.", "RFC 3207 section 4; RFC 7435");
    public static readonly CheckDefinition Stripped = s_rows.Warning("SMTP-STARTTLS-STRIPPED", CheckNeeds.Smtp, "No firewall removes STARTTLS", "Something between this machine and {host} changes the SMTP conversation: {why}.", "Turn off SMTP inspection in the firewalls in between, on this side or on the host's.", "RFC 3207 section 6; RFC 8461 section 1");
    public static readonly CheckDefinition Refused = s_rows.Error("SMTP-STARTTLS-REFUSED", CheckNeeds.Smtp, "STARTTLS is accepted if it is offered", "{host} offers STARTTLS but refuses it: {reply}.", "Check the mail server's log; usually its certificate or private key cannot be read.", "RFC 3207 section 4");
    public static readonly CheckDefinition Handshake = s_rows.Error("SMTP-TLS-HANDSHAKE", CheckNeeds.Smtp, "TLS is established after STARTTLS", "{host} accepts STARTTLS, but TLS fails: {why}.", "Check the mail server's log, certificate, key and TLS versions; a firewall in between can also break TLS.", "RFC 3207 section 4.1");
    public static readonly CheckDefinition Version = s_rows.Error("SMTP-TLS-VERSION", CheckNeeds.Smtp, "The mail host supports TLS 1.2 or newer", "{host} supports nothing newer than {protocol}, which large senders refuse.", "Turn on TLS 1.2 and TLS 1.3 on the mail server.", "RFC 8996 sections 4 and 5; RFC 8461 section 4.1");
    public static readonly CheckDefinition Dates = s_rows.Warning("SMTP-CERT-EXPIRED", CheckNeeds.Smtp, "The certificate is within its validity period", "The certificate of {host} {why}.", "Renew the certificate, and restart the mail server if it does not load the new one automatically.", "RFC 5280 section 4.1.2.5");
    public static readonly CheckDefinition Expiring = s_rows.Warning("SMTP-CERT-EXPIRING", CheckNeeds.Smtp, "The certificate does not expire soon", "The certificate of {host} expires on {date}, in {days}.", "Renew it now, and find out why it was not renewed automatically.", "RFC 5280 section 4.1.2.5");
    public static readonly CheckDefinition Name = s_rows.Warning("SMTP-CERT-NAME", CheckNeeds.Smtp, "The certificate names the mail host", "The certificate of {host} does not name it: it is for {names}.", "Request a certificate with the host's name as a DNS name of its Subject Alternative Name.", "RFC 9525 section 6; RFC 8461 section 4.1");
    public static readonly CheckDefinition Chain = s_rows.Warning("SMTP-CERT-CHAIN", CheckNeeds.Smtp, "The certificate is from an authority that this machine trusts", "The certificate of {host} is not trusted here: {why}.", "Use a certificate of a public authority and send the intermediate certificates with it (fullchain.pem).", "RFC 5280 section 6; RFC 8461 section 4.1");
    public static readonly CheckDefinition MtaSts = s_rows.Error("SMTP-MTASTS", CheckNeeds.Smtp, "The mail host satisfies the MTA-STS policy", "{host} does not satisfy the MTA-STS policy of {domain}: {why}; {effect}", "Correct the mail host, or change the policy and then the id of its record.", "RFC 8461 sections 4.1 and 4.2");
    public static readonly CheckDefinition Dane = s_rows.Error("SMTP-DANE-MISMATCH", CheckNeeds.Smtp, "The certificate matches a TLSA record", "{host} has TLSA records, but {why}: senders that use DANE do not deliver to it.", "Publish the TLSA record of the certificate that the server uses, or install the certificate that its TLSA records match.", "RFC 7672 sections 2.2 and 3.1; RFC 7671 section 5");
    public static readonly CheckDefinition Stale = s_rows.Information("SMTP-DANE-STALE", CheckNeeds.Smtp, "Every TLSA record matches the certificate", "{n} of the TLSA records at {owner} do not match the certificate of {host}: {records}.", "Keep the record of the certificate that the server will use next; remove the record of a certificate that it no longer uses.", "RFC 7671 section 8.1");
    public static readonly CheckDefinition Helo = s_rows.Information("SMTP-HELO", CheckNeeds.Smtp, "The mail host's EHLO name resolves to it", "{host} calls itself {name} in its EHLO response, and that name {why}.", "Set the mail server's own name to one that resolves to its address.", "RFC 5321 sections 2.3.5 and 4.1.1.1");
    public static readonly CheckDefinition Ptr = s_rows.Information("SMTP-PTR", CheckNeeds.Smtp, "The mail host's address has a PTR name that resolves back to it", "The address of {host} has no PTR name that resolves back to it: {why}.", "Needed if the host also sends mail: request a PTR record with the host's name from the owner of the address.", "RFC 1912 section 2.1; RFC 8601 section 3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that look at a certificate.</summary>
    public static IReadOnlyList<CheckDefinition> OfCertificate { get; } = new[] { Dates, Expiring, Name, Chain };
}

/// <summary>What is wrong with STARTTLS, TLS and the certificate of one address that was reached.</summary>
internal static class SmtpTlsRules
{
    private const int DaysBefore = 14;
    private const int MostNames = 5;

    /// <summary>STARTTLS and the handshake.</summary>
    public static void ApplyTls(string host, SmtpObservation seen, CheckSheet sheet)
    {
        if (seen.Tampering is { } tampering)
            sheet.Report(SmtpChecks.Stripped.With(host, tampering), actual: seen.Ehlo is { } ehlo ? ehlo.ToString() : null);

        switch (seen.StartTls)
        {
            case StartTlsState.NotOffered:
                sheet.Report(SmtpChecks.StartTls.With(host), expected: "STARTTLS", actual: Offered(seen));
                sheet.CompleteNotApplicable(new[] { SmtpChecks.Refused, SmtpChecks.Handshake, SmtpChecks.Version }, "STARTTLS is not offered.");
                break;
            case StartTlsState.Refused:
                sheet.Report(SmtpChecks.Refused.With(host, seen.TlsFault), expected: "220", actual: seen.TlsFault);
                sheet.CompleteNotApplicable(new[] { SmtpChecks.Handshake, SmtpChecks.Version }, "STARTTLS is refused.");
                break;
            default:
                ApplyHandshake(host, seen, sheet);
                break;
        }

        sheet.CompletePass(new[] { SmtpChecks.StartTls, SmtpChecks.Stripped, SmtpChecks.Refused, SmtpChecks.Handshake, SmtpChecks.Version });
    }

    /// <summary>Dates, names and authority. A record of DANE that vouches for the server's own certificate leaves nothing of them to judge (RFC 7671 section 5.1).</summary>
    public static void ApplyCertificate(DomainName name, string host, SmtpObservation seen, bool isVouchedFor, DateTime now, CheckSheet sheet)
    {
        if (seen.Handshake is null)
        {
            sheet.CompleteNotApplicable(SmtpChecks.OfCertificate, "No certificate was seen.");
        }
        else if (seen.Chain is not { } chain)
        {
            sheet.Report(SmtpChecks.Chain.With(host, "it cannot be read"));
            sheet.CompleteNotApplicable(SmtpChecks.OfCertificate, "The certificate cannot be read.");
        }
        else if (isVouchedFor)
        {
            sheet.CompleteNotApplicable(SmtpChecks.OfCertificate, "A TLSA record names the server's own certificate, so that its names, dates and authority do not count (RFC 7671 section 5.1).");
        }
        else
        {
            ApplyDates(host, chain.Leaf, now, sheet);
            if (!chain.Names(name))
                sheet.Report(SmtpChecks.Name.With(host, NamesOf(chain.Leaf)), expected: name.ToString(), actual: NamesOf(chain.Leaf));

            if (chain.Problem is { } problem && IsOfChain(chain.Leaf, problem, now))
                sheet.Report(SmtpChecks.Chain.With(host, problem), actual: PrintableText.Escape(chain.Leaf.Issuer));

            sheet.CompletePass(SmtpChecks.OfCertificate);
        }
    }

    /// <summary>Why the certificate is not valid for the host as MTA-STS asks (RFC 8461 section 4.1), as the end of a sentence; null where it is.</summary>
    public static string? FaultOf(DomainName name, ShownChain chain, DateTime now) =>
        DateFault(chain.Leaf, now) is { } date ? "its certificate " + date
        : chain.Problem is { } problem ? "its certificate is not trusted: " + problem
        : !chain.Names(name) ? "its certificate is for " + NamesOf(chain.Leaf)
        : null;

    /// <summary>Why there is no TLS that counts, as the end of a sentence; null where there is.</summary>
    public static string? FaultOf(SmtpObservation seen) => seen.StartTls switch
    {
        StartTlsState.Succeeded => null,
        StartTlsState.NotOffered => "it does not offer STARTTLS",
        StartTlsState.Stripped => "the offer of STARTTLS does not arrive",
        StartTlsState.Refused => "it refuses STARTTLS",
        _ => seen.OldProtocol is { } old ? "it knows nothing newer than " + old : "TLS fails",
    };

    private static void ApplyHandshake(string host, SmtpObservation seen, CheckSheet sheet)
    {
        if (seen.OldProtocol is { } old)
        {
            sheet.Report(SmtpChecks.Version.With(host, old), expected: "TLS 1.2", actual: old);
            sheet.NotApplicable(SmtpChecks.Handshake, "The host knows old versions of TLS only.");
        }
        else if (seen.Handshake is null)
        {
            sheet.Report(SmtpChecks.Handshake.With(host, seen.TlsFault));
            sheet.NotApplicable(SmtpChecks.Version, "TLS fails.");
        }
        else if (IsOld(seen.Handshake.Protocol))
        {
            sheet.Report(SmtpChecks.Version.With(host, seen.Handshake.Protocol), expected: "TLS 1.2", actual: seen.Handshake.Protocol);
        }
    }

    private static bool IsOld(string protocol) => protocol is not ("TLS 1.2" or "TLS 1.3");

    private static string Offered(SmtpObservation seen) =>
        seen.Ehlo is { } ehlo ? PrintableText.Escape(string.Join(", ", ehlo.Lines.Skip(1).Take(10))) : "EHLO is not known";

    private static void ApplyDates(string host, CertificateData leaf, DateTime now, CheckSheet sheet)
    {
        string span = Day(leaf.NotBefore) + " to " + Day(leaf.NotAfter);
        if (DateFault(leaf, now) is { } fault)
        {
            sheet.Report(SmtpChecks.Dates.With(host, fault), actual: span);
            sheet.NotApplicable(SmtpChecks.Expiring, "The certificate is not within its dates.");
            return;
        }

        // Certificates of days are renewed in days.
        double before = Math.Min(DaysBefore, (leaf.NotAfter - leaf.NotBefore).TotalDays / 4);
        double left = (leaf.NotAfter - now).TotalDays;
        if (left < before)
        {
            string days = left < 1 ? "less than a day" : left < 2 ? "1 day" : (int)left + " days";
            sheet.Report(SmtpChecks.Expiring.With(host, Day(leaf.NotAfter), days), actual: span);
        }
    }

    private static string? DateFault(CertificateData leaf, DateTime now) =>
        now > leaf.NotAfter ? "expired on " + Day(leaf.NotAfter) : now < leaf.NotBefore ? "is not valid before " + Day(leaf.NotBefore) : null;

    // The end of the server's own certificate is told by its check.
    private static bool IsOfChain(CertificateData leaf, string problem, DateTime now) => DateFault(leaf, now) is null || problem != SmtpTrust.Dates;

    private static string NamesOf(CertificateData leaf) => leaf.DnsNames.Length == 0
        ? PrintableText.Quote(leaf.Subject) + ", without a DNS name"
        : PrintableText.Escape(string.Join(", ", leaf.DnsNames.Take(MostNames))) + (leaf.DnsNames.Length > MostNames ? " and " + (leaf.DnsNames.Length - MostNames) + " more" : string.Empty);

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Why a chain is not trusted, in words that both ends know.</summary>
internal static class SmtpTrust
{
    public const string Dates = "a certificate of the chain is not within its dates";
    public const string SelfSigned = "it is issued by itself";
    public const string UnknownRoot = "the authority at the end of the chain is not one that this machine trusts";
    public const string Incomplete = "the chain is incomplete: an intermediate certificate is not sent";
}

/// <summary>Whether a mail host is what it says: the name in its answer to EHLO, and the name of its address.</summary>
internal static class SmtpHostRules
{
    /// <summary>The name in the answer to EHLO has to be a host's that has the address (RFC 5321 section 4.1.1.1).</summary>
    public static async Task ApplyNameAsync(DomainName host, string shown, SmtpObservation seen, IDnsResolver resolver, CheckSheet sheet, CancellationToken cancellationToken)
    {
        if (seen.Ehlo is null)
        {
            sheet.NotApplicable(SmtpChecks.Helo, "The host does not answer EHLO.");
            return;
        }

        string name = PrintableText.Quote(seen.Name ?? string.Empty);
        if (seen.Name is null || !DomainName.TryParse(seen.Name, out DomainName? said, out _) || said!.LabelCount < 2)
        {
            bool isLiteral = seen.Name is { } text && text.StartsWith("[", StringComparison.Ordinal);
            sheet.Report(SmtpChecks.Helo.With(shown, name, isLiteral ? "is an address" : "is not a full host name"), expected: host.ToString(), actual: name);
            return;
        }

        if (said.Equals(host))
        {
            sheet.Pass(SmtpChecks.Helo);
            return;
        }

        DnsRecordType type = seen.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa;
        DnsResponse answer = await resolver.QueryAsync(said, type, cancellationToken).ConfigureAwait(false);
        IPAddress[] addresses = answer.Data<AddressData>().Select(data => data.Address).ToArray();
        if (addresses.Contains(seen.Address))
        {
            sheet.Pass(SmtpChecks.Helo);
        }
        else if (answer.IsFailure)
        {
            Leave(SmtpChecks.Helo, answer, answer.FailureText, sheet);
        }
        else
        {
            string why = addresses.Length == 0 ? "has no such address (" + answer.Describe() + ")" : "leads to " + string.Join(", ", addresses.Take(3).Select(address => address.ToString()));
            sheet.Report(SmtpChecks.Helo.With(shown, said, why), expected: seen.Address.ToString(), actual: addresses.Length == 0 ? null : string.Join(", ", addresses.Take(3).Select(address => address.ToString())));
        }
    }

    /// <summary>The name of the address, which counts where the host also sends.</summary>
    public static void ApplyReverse(string shown, ReverseDnsStatus reverse, CheckSheet sheet)
    {
        if (reverse.IsConfirmed is true)
        {
            sheet.Pass(SmtpChecks.Ptr);
        }
        else if (reverse.IsConfirmed is false)
        {
            string why = reverse.HostNames.Length == 0 ? "there is no PTR record at " + reverse.ReverseName : string.Join(", ", reverse.HostNames.Take(3)) + " does not have it";
            sheet.Report(SmtpChecks.Ptr.With(shown, why), expected: null, actual: reverse.HostNames.Length == 0 ? null : string.Join(", ", reverse.HostNames.Take(3)));
        }
        else
        {
            CheckResult open = reverse.Results.First(result => result.Status == CheckStatus.Unknown);
            Leave(SmtpChecks.Ptr, open.Cause, open.Message, sheet);
        }
    }

    // Names outside the zone files that were given are mostly another's.
    private static void Leave(CheckDefinition check, DnsResponse? cause, string message, CheckSheet sheet)
    {
        if (cause?.Status == DnsResponseStatus.OutOfZone)
            sheet.NotApplicable(check, message);
        else
            sheet.Unknown(check, message, cause: cause);
    }
}

/// <summary>Holds what a mail host shows against the domain's MTA-STS policy, as a sender does (RFC 8461 sections 4.1 and 4.2).</summary>
internal static class SmtpMtaStsRules
{
    /// <summary>Reports; gives whether senders that keep the policy deliver, null where there is none that counts.</summary>
    public static bool? Apply(DomainName name, string host, SmtpObservation seen, MtaStsStatus? status, DateTime now, CheckSheet sheet)
    {
        if (status?.Policy is not { IsUsable: true } policy)
        {
            NoPolicy(status, sheet);
            return null;
        }

        if (policy.Mode is null or MtaStsPolicyMode.None)
        {
            sheet.NotApplicable(SmtpChecks.MtaSts, "The policy's mode is none.");
            return null;
        }

        bool isNamed = policy.Mx.Any(pattern => NamePattern.Matches(pattern, name));
        string? fault = !isNamed ? "no mx of the policy names it"
            : SmtpTlsRules.FaultOf(seen) ?? (seen.Chain is { } chain ? SmtpTlsRules.FaultOf(name, chain, now) : "its certificate cannot be read");
        if (fault is null)
        {
            sheet.Pass(SmtpChecks.MtaSts);
            return true;
        }

        string effect = policy.Mode == MtaStsPolicyMode.Testing ? "senders report it, and under enforce would not deliver to it." : "senders do not deliver to it.";
        sheet.Report(
            SmtpChecks.MtaSts.With(host, status.Domain, fault, effect),
            expected: isNamed ? null : Lines(new MtaStsPolicy(policy.Domain, policy.Mode, policy.Mx.Concat(new[] { name.ToString() }).ToArray(), policy.MaxAge, policy.Faults)),
            actual: isNamed ? null : Lines(policy));
        return false;
    }

    private static void NoPolicy(MtaStsStatus? status, CheckSheet sheet)
    {
        CheckResult? open = status?.Results.FirstOrDefault(result => result.Definition.Needs == CheckNeeds.Https && result.Status is CheckStatus.Unknown or CheckStatus.NotApplicable);
        if (open?.Status == CheckStatus.Unknown)
            sheet.Unknown(SmtpChecks.MtaSts, open.Message, cause: open.Cause);
        else
            sheet.NotApplicable(SmtpChecks.MtaSts, open?.Message ?? "There is no MTA-STS policy.");
    }

    // One line, as all values of results are.
    private static string Lines(MtaStsPolicy policy) => string.Join("; ", policy.ToString().Split(new[] { "\r\n" }, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Holds what a mail host shows against its TLSA records.</summary>
internal static class SmtpDaneRules
{
    private const int MostShown = 3;

    private static readonly CheckDefinition[] s_checks = { SmtpChecks.Dane, SmtpChecks.Stale };

    /// <summary>Reports; gives the match, null where there is nothing to match.</summary>
    /// <param name="name">The host.</param>
    /// <param name="domain">The domain of the mail.</param>
    /// <param name="host">Host and address as they are shown.</param>
    /// <param name="seen">What it showed.</param>
    /// <param name="status">Takes what was found out, and has the records.</param>
    /// <param name="access">Follows signatures.</param>
    /// <param name="sheet">Takes the results.</param>
    public static TlsaMatch? Apply(DomainName name, DomainName domain, string host, SmtpObservation seen, SmtpTlsStatus status, SmtpAccess access, CheckSheet sheet)
    {
        TlsaStatus? dane = status.Dane;
        CheckResult? insecure = dane?.Results.FirstOrDefault(result => result.Definition == DaneChecks.Insecure);
        TlsaData[] usable = TlsaMatcher.Usable(dane?.Data ?? Array.Empty<TlsaData>());
        if (dane?.Failure is { } failure)
        {
            sheet.CompleteUnknown(s_checks, failure);
            return null;
        }

        if (usable.Length == 0)
        {
            sheet.CompleteNotApplicable(s_checks, dane is null || dane.Records.Length == 0 ? "The host has no TLSA records." : "The host has no TLSA record that SMTP uses.");
            return null;
        }

        string? fault = SmtpTlsRules.FaultOf(seen);
        TlsaMatch? match = seen.Chain is { } chain ? new TlsaMatcher(access.Certificates, new[] { name, domain }, access.Now).Match(usable, chain) : null;
        status.MatchingRecords = match?.Matching.Select(record => record.ToString()).ToArray() ?? Array.Empty<string>();
        status.DaneMatch = fault is null && match?.Matching.Count > 0;
        if (insecure?.Status == CheckStatus.Fail)
        {
            // Senders do not see the records; DANE-INSECURE says so.
            sheet.CompleteNotApplicable(s_checks, "DNSSEC does not secure the TLSA records, so senders do not use them. " + (status.DaneMatch == true ? "The certificate matches." : "The certificate does not match."));
            return match;
        }

        if (status.DaneMatch == false)
        {
            Report(name, domain, host, fault, match, seen.Chain, usable, status, sheet);
            sheet.NotApplicable(SmtpChecks.Stale, "No TLSA record matches.");
        }
        else if (match!.Others.Count > 0)
        {
            sheet.Report(
                SmtpChecks.Stale.With(match.Others.Count, dane!.RecordName, host, Shown(match.Others)),
                expected: null,
                actual: string.Join(" | ", match.Others.Take(MostShown).Select(other => TlsaRules.Shorten(other.Key))));
        }

        sheet.CompletePass(s_checks);
        return match;
    }

    /// <summary>The records that name what was shown: the server's own key, and where the published ones are of an authority, the one that issued it.</summary>
    public static TlsaRecordOptions[] OptionsFor(ShownChain chain, IReadOnlyList<TlsaData> published, int port)
    {
        bool hasAuthority = published.Any(record => record.Usage == (byte)TlsaCertificateUsage.TrustAnchorAssertion) && chain.Issuer is not null;
        bool hasLeaf = !hasAuthority || published.Any(record => record.Usage == (byte)TlsaCertificateUsage.DomainIssuedCertificate);
        var options = new List<TlsaRecordOptions>();
        if (hasLeaf)
            options.Add(new TlsaRecordOptions { Port = port, Certificate = TlsaCertificate.Read(chain.Leaf.Encoded) });

        if (hasAuthority)
        {
            options.Add(new TlsaRecordOptions { Port = port, Usage = TlsaCertificateUsage.TrustAnchorAssertion, Certificate = TlsaCertificate.Read(chain.Issuer!.Encoded) });
        }

        return options.ToArray();
    }

    private static void Report(DomainName name, DomainName domain, string host, string? fault, TlsaMatch? match, ShownChain? chain, TlsaData[] usable, SmtpTlsStatus status, CheckSheet sheet)
    {
        ResourceRecord[] fix = fault is null && chain is not null && name.IsSameOrBelow(domain)
            ? OptionsFor(chain, usable, status.Port).Select(options => (ResourceRecord)TlsaRecordBuilder.Create(name, domain, options, TimeSpan.FromHours(1))).ToArray()
            : Array.Empty<ResourceRecord>();
        string why = fault ?? (match is null ? "its certificate cannot be read" : Shown(match.Others));
        sheet.Report(
            SmtpChecks.Dane.With(host, why),
            expected: fix.Length == 0 ? null : string.Join(" | ", fix.Select(record => record.ToString())),
            actual: string.Join(" | ", usable.Take(MostShown).Select(TlsaRules.Shorten)),
            recommendation: null,
            fix);
    }

    private static string Shown(IReadOnlyList<KeyValuePair<TlsaData, string>> others) =>
        string.Join("; ", others.Take(MostShown).Select(other => TlsaRules.Shorten(other.Key) + " " + other.Value)) + (others.Count > MostShown ? " and " + (others.Count - MostShown) + " more" : string.Empty);
}
