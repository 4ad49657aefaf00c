using MailDns.Certificates;

namespace MailDns.Bimi;

/// <summary>The checks of a mark certificate (VMC, CMC): the one place that declares them.</summary>
internal static class MarkCertificateChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Bimi);

    public static readonly CheckDefinition Fetch = s_rows.Error("BIMI-VMC-FETCH", CheckNeeds.Https, "The mark certificate can be fetched over HTTPS", "{fault}: the mark certificate was not fetched.", "Serve it with status 200 over valid TLS.", "draft-fetch-validation-vmc-wchuang section 3.2");
    public static readonly CheckDefinition Redirect = s_rows.Warning("BIMI-VMC-REDIRECT", CheckNeeds.Https, "The mark certificate is served without a redirect", "{fault}: the mark certificate is behind a redirect, which mailbox providers may not follow.", "Put the final address in the record, or serve the file at the first one.", "draft-brotman-ietf-bimi-guidance section 5.6");
    public static readonly CheckDefinition Pem = s_rows.Error("BIMI-VMC-PEM", CheckNeeds.Https, "The mark certificate is a PEM file", "The file is not PEM with a mark certificate: {fault}", "Serve the chain in PEM, as the issuer gave it.", "draft-fetch-validation-vmc-wchuang section 3.3");
    public static readonly CheckDefinition PrivateKey = s_rows.Error("BIMI-VMC-PRIVATE-KEY", CheckNeeds.Https, "The file contains no private key", "The file contains a PRIVATE key, which everybody can read. It is not shown here.", "Remove it at once, and have the certificate issued again with another key.", "RFC 7468 section 10; draft-fetch-validation-vmc-wchuang section 3.3");
    public static readonly CheckDefinition Order = s_rows.Warning("BIMI-VMC-ORDER", CheckNeeds.Https, "The certificate chain is in order", "The certificates are out of order or repeated, so mailbox providers may refuse the file: {fault}", "Put the mark certificate first, then each one's issuer.", "draft-fetch-validation-vmc-wchuang section 3.3");
    public static readonly CheckDefinition Chain = s_rows.Error("BIMI-VMC-CHAIN", CheckNeeds.Https, "The mark certificate chains to a trusted root", "The mark certificate does not chain to a trusted root: {fault}", "Serve the full chain, the mark certificate first.", "draft-fetch-validation-vmc-wchuang section 5.1; RFC 5280 section 6.1");
    public static readonly CheckDefinition Usage = s_rows.Error("BIMI-VMC-EKU", CheckNeeds.Https, "The certificate is a mark certificate", "The extended key usage 1.3.6.1.5.5.7.3.31 is missing: {fault}", "Get a mark certificate (VMC or CMC); this certificate is of another kind.", "draft-fetch-validation-vmc-wchuang section 4.4");
    public static readonly CheckDefinition Expired = s_rows.Error("BIMI-VMC-EXPIRED", CheckNeeds.Https, "The mark certificate is within its validity period", "The mark certificate has expired or is not yet valid: {fault}", "Renew it and publish the new file.", "draft-fetch-validation-vmc-wchuang section 5.1; RFC 5280 section 4.1.2.5");
    public static readonly CheckDefinition Expiring = s_rows.Warning("BIMI-VMC-EXPIRING", CheckNeeds.Https, "The mark certificate does not expire within 30 days", "The mark certificate expires on {date}, within {days} days.", "Renew it: issuing a mark certificate takes weeks.", "RFC 5280 section 4.1.2.5");
    public static readonly CheckDefinition Names = s_rows.Error("BIMI-VMC-SAN", CheckNeeds.Https, "The mark certificate names the domain", "The certificate does not name {domain}{organization} or its selector {selector}.", "Have it issued for the domain or its Organizational Domain.", "draft-fetch-validation-vmc-wchuang section 5.2");
    public static readonly CheckDefinition Logotype = s_rows.Error("BIMI-VMC-LOGOTYPE", CheckNeeds.Https, "The mark certificate contains its logo", "The logotype extension does not contain a compressed SVG: {fault}", "Ask the issuer for a mark certificate of the current profile.", "draft-fetch-validation-vmc-wchuang sections 4.1 and 4.2; RFC 9399");
    public static readonly CheckDefinition Logo = s_rows.Error("BIMI-VMC-LOGO", CheckNeeds.Https, "The published logo is the one in the mark certificate", "The logo in the certificate ({n} bytes) differs from the published one ({m} bytes, both uncompressed).", "Publish the identical file, or have the certificate issued for the new one.", "draft-fetch-validation-vmc-wchuang section 5.3");
    public static readonly CheckDefinition MarkType = s_rows.Warning("BIMI-VMC-MARK-TYPE", CheckNeeds.Https, "The mark certificate names its mark type", "The certificate has no known mark type, so which mailbox providers accept it is unknown: {fault}", "Ask the issuer for a mark certificate of the current profile.", "Mark Certificate requirements section 7.1.4.2.2, subject:markType");
    public static readonly CheckDefinition Common = s_rows.Information("BIMI-VMC-CMC", CheckNeeds.Https, "The mark certificate is a VMC", "The certificate is a CMC ({markType}): Gmail shows its logo without a verified check mark, and Apple Mail accepts only VMCs.", "Nothing to do if that is enough; a VMC needs a registered trademark.", "Mark Certificate requirements section 3.2.16; Apple root certificate program, VMC trust purpose");
    public static readonly CheckDefinition Transparency = s_rows.Error("BIMI-VMC-SCT", CheckNeeds.Https, "The mark certificate is logged", "The certificate has no usable signed certificate timestamp: {fault}", "Ask the issuer for a certificate that is logged.", "draft-fetch-validation-vmc-wchuang section 4.6; RFC 6962 section 3.3");
    public static readonly CheckDefinition RevocationList = s_rows.Error("BIMI-VMC-CRL", CheckNeeds.Https, "The mark certificate names its revocation list", "The certificate does not name a revocation list.", "Ask the issuer for a mark certificate of the current profile.", "draft-fetch-validation-vmc-wchuang section 4.5");
    public static readonly CheckDefinition Revocation = s_rows.Information("BIMI-VMC-REVOCATION", CheckNeeds.Https, "The mark certificate is not revoked", "Revocation of the certificate was not checked{where}", "Ask the issuer, or look at the revocation list.", "draft-fetch-validation-vmc-wchuang section 5.1, step 3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>Whether a mark certificate leads to a trusted root (draft-fetch-validation-vmc-wchuang section 5.1, steps 1 and 2).</summary>
internal static class MarkCertificateChainRules
{
    private const string GiveRoots =
        "Give the root certificates that mailboxes trust for marks (DigiCert, GlobalSign, SSL.com) with -RootCertificatePath, at Test-SendingDomain -BimiRootCertificatePath.";

    /// <summary>Without roots the chain is unknown, unless it is broken within the file.</summary>
    public static void Apply(IReadOnlyList<CertificateData> chain, CertificateData leaf, MarkCertificateTrust trust, CheckSheet sheet)
    {
        if (leaf.IsSelfIssued)
        {
            sheet.Report(MarkCertificateChecks.Chain.Saying("The certificate is self-signed and does not lead to a root."));
            return;
        }

        try
        {
            ApplyPath(chain, leaf, trust, sheet);
        }
        catch (FormatException exception)
        {
            sheet.Unknown(MarkCertificateChecks.Chain, "Whether the certificate leads to a trusted root was not found out: " + exception.Message + ".");
        }
    }

    private static void ApplyPath(IReadOnlyList<CertificateData> chain, CertificateData leaf, MarkCertificateTrust trust, CheckSheet sheet)
    {
        CertificateData[] others = chain.Where(certificate => certificate != leaf).ToArray();
        CertificateData top = TopOf(leaf, others);
        DateTime time = Within(leaf, trust.Time);
        if (trust.Roots.Count > 0)
        {
            ApplyRoots(leaf, others, top, trust, time, sheet);
        }
        else if (top != leaf && trust.Reader.FindPathProblem(leaf, others, new[] { top }, time) is { } problem)
        {
            sheet.Report(MarkCertificateChecks.Chain.Saying("The chain in the file is broken: " + problem + "."));
        }
        else
        {
            string reach = top == leaf ? "The file does not contain its issuer " + PrintableText.Quote(leaf.Issuer) : "The chain is complete up to " + PrintableText.Quote(top.Subject);
            sheet.Unknown(MarkCertificateChecks.Chain, reach + "; whether it leads to a root that mailboxes trust is not known, as no roots were given.", GiveRoots);
        }
    }

    private static void ApplyRoots(CertificateData leaf, CertificateData[] others, CertificateData top, MarkCertificateTrust trust, DateTime time, CheckSheet sheet)
    {
        if (trust.Reader.FindPathProblem(leaf, others, trust.Roots, time) is not { } problem) return;

        bool reachesRoot = top.IsSelfIssued || trust.Roots.Any(top.IsIssuedBy);
        bool isTrusted = trust.Roots.Any(root => top.IsIssuedBy(root) || string.Equals(top.Subject, root.Subject, StringComparison.Ordinal));
        string reason = !reachesRoot ? "the issuer " + PrintableText.Quote(top.Issuer) + " is neither in the file nor among the roots"
            : !isTrusted ? "it ends at " + PrintableText.Quote(top.Subject) + ", which is not among the roots"
            : problem;
        sheet.Report(MarkCertificateChecks.Chain.Saying("The certificate does not lead to a trusted root: " + reason + "."));
    }

    // The last one that the names lead to, never twice the same.
    private static CertificateData TopOf(CertificateData leaf, CertificateData[] others)
    {
        CertificateData top = leaf;
        var seen = new HashSet<CertificateData> { leaf };
        while (!top.IsSelfIssued && others.FirstOrDefault(other => top.IsIssuedBy(other) && !seen.Contains(other)) is { } issuer)
        {
            seen.Add(issuer);
            top = issuer;
        }

        return top;
    }

    // An expired certificate has its own check; the chain is that of the time when it held.
    private static DateTime Within(CertificateData leaf, DateTime time) =>
        time > leaf.NotAfter ? leaf.NotAfter : time < leaf.NotBefore ? leaf.NotBefore : time;
}

/// <summary>With what a mark certificate is judged: a reader, the roots that are trusted, and the time.</summary>
internal sealed class MarkCertificateTrust(ICertificateReader reader, IReadOnlyList<CertificateData> roots, DateTime time)
{
    public ICertificateReader Reader { get; } = reader;

    /// <summary>Empty where none were given: then no chain passes.</summary>
    public IReadOnlyList<CertificateData> Roots { get; } = roots;

    /// <summary>UTC.</summary>
    public DateTime Time { get; } = time;
}

/// <summary>For what a mark certificate has to hold.</summary>
internal sealed class MarkCertificateTarget(DomainName domain, string selector, DomainName? organization, bool isOrganizationKnown)
{
    /// <summary>The Author Domain.</summary>
    public DomainName Domain { get; } = domain;

    public string Selector { get; } = selector;

    /// <summary>The Organizational Domain; null where it is the domain itself or not known.</summary>
    public DomainName? Organization { get; } = organization;

    public bool IsOrganizationKnown { get; } = isOrganizationKnown;

    /// <summary>The names of which the certificate has to have one (draft-fetch-validation-vmc-wchuang section 5.2).</summary>
    public IEnumerable<DomainName> Names
    {
        get
        {
            foreach (DomainName? domain in new[] { Domain, Organization })
            {
                if (domain is not null) yield return domain;

                if (domain is not null && BimiSelector.TryGetName(Selector, domain, out DomainName? name))
                    yield return name!;
            }
        }
    }
}
