namespace MailDns.Dane;

/// <summary>
/// The checks of DANE for SMTP (RFC 7672): the one place that declares them. Whether a server's certificate matches its records
/// (RFC 7672 section 3.2) shows only to who connects to it, and is among the checks of the mail hosts themselves.
/// </summary>
internal static class DaneChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dane);

    public static readonly CheckDefinition Insecure = s_rows.Error("DANE-INSECURE", CheckNeeds.Dns, "TLSA records are validated by DNSSEC", "{host} has TLSA records, but {resolver}: senders do not use them.", "Sign the zones of the MX and of the host, or remove the TLSA records.", "RFC 7672 section 2.2");
    public static readonly CheckDefinition Usage = s_rows.Warning("DANE-USAGE", CheckNeeds.Dns, "TLSA records have a usage that SMTP supports", "TLSA usage {usage} at {owner} is not used for SMTP; use {right}.", "Publish 3 1 1, or 2 1 1.", "RFC 7672 section 3.1.3");
    public static readonly CheckDefinition Syntax = s_rows.Error("DANE-SYNTAX", CheckNeeds.Dns, "TLSA records are usable", "TLSA at {name} is unusable: {why}.", "Publish the record that New-TlsaRecord makes from the server's certificate.", "RFC 6698 section 2.1; RFC 7671 section 4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>What is wrong with the TLSA records of a host.</summary>
internal static class TlsaRules
{
    /// <summary>Reports, with the record for SMTP where a usage alone has to change.</summary>
    public static void Apply(DomainName owner, IReadOnlyList<TlsaData> records, DomainName domain, bool isSmtp, CheckSheet sheet)
    {
        string[] broken = records.Select(record => TlsaProblem.Of(record) is { } problem ? Shorten(record) + ": " + problem : null).OfType<string>().Take(3).ToArray();
        if (broken.Length > 0)
            sheet.Report(DaneChecks.Syntax.With(owner, string.Join("; ", broken)), actual: string.Join(" | ", records.Take(5).Select(Shorten)));

        TlsaData[] pkix = isSmtp ? records.Where(record => record.Usage < 2 && TlsaProblem.Of(record) is null).ToArray() : Array.Empty<TlsaData>();
        if (pkix.Length > 0)
        {
            // The whole set, as it is published.
            // PKIX-TA and PKIX-EE name the same certificate as DANE-TA and DANE-EE (RFC 6698 section 2.1.1).
            ResourceRecord[] fix = owner.IsBelow(domain) ? records.Where(record => TlsaProblem.Of(record) is null).Select(record => Fix(owner, domain, record)).ToArray() : Array.Empty<ResourceRecord>();
            sheet.Report(
                DaneChecks.Usage.With(pkix[0].Usage, owner, pkix[0].Usage + 2),
                expected: fix.Length == 0 ? null : Fix(owner, domain, pkix[0]).ToString(),
                actual: Shorten(pkix[0]),
                recommendation: null,
                fix);
        }

        if (!isSmtp) sheet.NotApplicable(DaneChecks.Usage, "The port is not that of SMTP.");
    }

    private static ResourceRecord Fix(DomainName owner, DomainName domain, TlsaData record) => new TlsaRecord(
        owner,
        domain,
        (TlsaCertificateUsage)(record.Usage | 2),
        (TlsaSelector)record.Selector,
        (TlsaMatchingType)record.MatchingType,
        record.AssociationData,
        TimeSpan.FromHours(1),
        RecordPurpose.Tlsa);

    /// <summary>A record as it is shown in a message.</summary>
    public static string Shorten(TlsaData record)
    {
        string text = record.ToString();
        return text.Length > 80 ? text.Substring(0, 77) + "..." : text;
    }
}
