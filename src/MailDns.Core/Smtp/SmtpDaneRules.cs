using MailDns.Certificates;
using MailDns.Dane;

namespace MailDns.Smtp;

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
