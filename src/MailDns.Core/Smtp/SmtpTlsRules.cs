using MailDns.Certificates;

namespace MailDns.Smtp;

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
