using MailDns.Certificates;

namespace MailDns.Bimi;

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
            sheet.Report(MarkCertificateChecks.Chain.Saying("The certificate is issued by itself and leads to no root."));
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
            string reach = top == leaf ? "The file does not hold its issuer " + PrintableText.Quote(leaf.Issuer) : "The chain holds up to " + PrintableText.Quote(top.Subject);
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
