using System.Security.Cryptography;
using MailDns.Certificates;

namespace MailDns.Bimi;

/// <summary>The rules of a mark certificate (draft-fetch-validation-vmc-wchuang). Nothing is fetched; revocation and the signatures of timestamps are not looked at, and the results say so.</summary>
internal static class MarkCertificateRules
{
    /// <summary>id-kp-BrandIndicatorforMessageIdentification.</summary>
    public const string Usage = "1.3.6.1.5.5.7.3.31";

    private const int WarnDays = 30;

    /// <summary>
    /// Judges the file and completes every check of it but those of the fetch. Gives the mark certificate, null where
    /// there is none.
    /// </summary>
    public static MarkCertificateReading Apply(byte[] file, MarkCertificateTarget? target, PublishedLogo published, MarkCertificateTrust trust, CheckSheet sheet)
    {
        // Whatever else is wrong with the file.
        if (HoldsPrivateKey(file)) sheet.Report(MarkCertificateChecks.PrivateKey);

        IReadOnlyList<CertificateData> chain;
        try
        {
            chain = trust.Reader.Read(file);
        }
        catch (FormatException exception)
        {
            return Refuse("The file cannot be read: " + exception.Message + ".", sheet);
        }

        CertificateData[] marks = chain.Where(IsMark).ToArray();
        CertificateData? leaf = marks.FirstOrDefault() ?? chain.FirstOrDefault(certificate => !certificate.IsAuthority);
        if (leaf is null)
        {
            return Refuse(chain.Count == 0 ? "The file contains no certificate in PEM." : "The file contains certificates of authorities only, and no mark certificate.", sheet);
        }

        var embedded = EmbeddedLogo.Read(leaf.Logotype);
        ApplyOrder(chain, leaf, marks.Length, sheet);
        MarkCertificateChainRules.Apply(chain, leaf, trust, sheet);
        ApplyUsage(chain, leaf, trust.Roots, sheet);
        ApplyTime(chain, leaf, trust.Time, sheet);
        ApplyNames(leaf, target, sheet);
        ApplyMarkType(leaf, sheet);
        ApplyLogo(embedded, published, sheet);
        ApplyProofs(leaf, sheet);
        sheet.CompletePass(MarkCertificateChecks.All.Where(check => check != MarkCertificateChecks.Fetch && check != MarkCertificateChecks.Redirect));
        return new MarkCertificateReading(new MarkCertificate(leaf), embedded.Content);
    }

    private static bool HoldsPrivateKey(byte[] file) =>
        CharacterStrings.FromOctets(file, 0, file.Length).IndexOf("PRIVATE KEY-----", StringComparison.Ordinal) >= 0;

    private static MarkCertificateReading Refuse(string message, CheckSheet sheet)
    {
        sheet.Report(MarkCertificateChecks.Pem.Saying(message));
        sheet.CompleteNotApplicable(
            MarkCertificateChecks.All.Where(check => check != MarkCertificateChecks.Fetch && check != MarkCertificateChecks.Redirect),
            "There is no mark certificate to judge.");
        return MarkCertificateReading.None;
    }

    private static bool IsMark(CertificateData certificate) =>
        !certificate.IsAuthority && (HasUsage(certificate) || certificate.Logotype is not null);

    private static bool HasUsage(CertificateData certificate) => certificate.ExtendedKeyUsages?.Contains(Usage, StringComparer.Ordinal) == true;

    private static void ApplyOrder(IReadOnlyList<CertificateData> chain, CertificateData leaf, int marks, CheckSheet sheet)
    {
        var faults = new List<string>();
        if (marks > 1) faults.Add("It contains " + marks + " mark certificates, not one.");

        if (chain.Select(certificate => Convert.ToBase64String(certificate.Encoded)).Distinct(StringComparer.Ordinal).Count() < chain.Count)
            faults.Add("A certificate is in it twice.");

        if (chain[0] != leaf)
        {
            faults.Add("The mark certificate is not the first.");
        }
        else
        {
            int wrong = Enumerable.Range(1, chain.Count - 1).FirstOrDefault(index => !chain[index - 1].IsIssuedBy(chain[index]));
            if (wrong > 0)
                faults.Add("Certificate " + (wrong + 1).ToString(CultureInfo.InvariantCulture) + " is not the issuer of the one before it.");
        }

        if (faults.Count > 0) sheet.Report(MarkCertificateChecks.Order.Saying(string.Join(" ", faults)));
    }

    // Section 4.4 asks it of the mark certificate and of its immediate issuer.
    private static void ApplyUsage(IReadOnlyList<CertificateData> chain, CertificateData leaf, IReadOnlyList<CertificateData> roots, CheckSheet sheet)
    {
        if (!HasUsage(leaf))
        {
            string found = leaf.ExtendedKeyUsages is { Length: > 0 } usages ? string.Join(", ", usages.Select(PrintableText.Escape)) : "none";
            sheet.Report(MarkCertificateChecks.Usage.Saying("The certificate has no extended key usage for BIMI: it is not a mark certificate."), expected: Usage, actual: found);
            return;
        }

        CertificateData? issuer = chain.Concat(roots).FirstOrDefault(other => other != leaf && leaf.IsIssuedBy(other));
        if (issuer is not null && !HasUsage(issuer) && !issuer.IsSelfIssued)
        {
            sheet.Report(MarkCertificateChecks.Usage.Saying("The issuer " + PrintableText.Quote(issuer.Subject) + " has no extended key usage for BIMI."), expected: Usage);
        }
    }

    private static void ApplyTime(IReadOnlyList<CertificateData> chain, CertificateData leaf, DateTime time, CheckSheet sheet)
    {
        string? problem = TimeProblem("The mark certificate", leaf, time)
            ?? chain.Where(certificate => certificate != leaf && certificate.IsAuthority)
                .Select(certificate => TimeProblem("The issuing certificate " + PrintableText.Quote(certificate.Subject), certificate, time))
                .FirstOrDefault(text => text is not null);
        int daysLeft = (int)Math.Floor((leaf.NotAfter - time).TotalDays);
        sheet.Found(MarkCertificateChecks.Expired, Day(leaf.NotAfter), daysLeft);
        sheet.Found(MarkCertificateChecks.Expiring, Day(leaf.NotAfter), daysLeft);
        if (problem is not null)
        {
            sheet.Report(MarkCertificateChecks.Expired.Saying(problem));
            sheet.NotApplicable(MarkCertificateChecks.Expiring, "It is not in its time now.");
        }
        else if (leaf.NotAfter - time < TimeSpan.FromDays(WarnDays))
        {
            sheet.Report(MarkCertificateChecks.Expiring.With(Day(leaf.NotAfter), WarnDays));
        }
    }

    private static string? TimeProblem(string what, CertificateData certificate, DateTime time) =>
        time > certificate.NotAfter ? what + " expired on " + Day(certificate.NotAfter) + "."
        : time < certificate.NotBefore ? what + " is valid from " + Day(certificate.NotBefore) + " only."
        : null;

    private static string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void ApplyNames(CertificateData leaf, MarkCertificateTarget? target, CheckSheet sheet)
    {
        if (target is null)
        {
            sheet.NotApplicable(MarkCertificateChecks.Names, "No domain was given to compare its names with.");
            return;
        }

        DomainName[] names = leaf.DnsNames.Select(name => DomainName.TryParseDns(name, out DomainName? parsed) ? parsed : null).OfType<DomainName>().ToArray();
        if (target.Names.Intersect(names).Any()) return;

        string found = names.Length == 0 ? "none" : string.Join(", ", names.Take(10).Select(name => name.ToString()));
        if (!target.IsOrganizationKnown && names.Any(name => target.Domain.IsBelow(Bare(name))))
        {
            sheet.Unknown(
                MarkCertificateChecks.Names,
                "The certificate names " + found + "; whether that is the Organizational Domain of " + target.Domain + " is not known.",
                "Ask Get-BimiStatus, which looks it up.");
            return;
        }

        sheet.Report(
            MarkCertificateChecks.Names.With(target.Domain, target.Organization is { } organization ? ", its Organizational Domain " + organization : string.Empty, target.Selector),
            expected: string.Join(" or ", target.Names.Select(name => name.ToString())),
            actual: found);
    }

    // The domain of selector._bimi.domain.
    private static DomainName Bare(DomainName name)
    {
        string marker = "." + BimiSelector.Label + ".";
        int place = name.Text.IndexOf(marker, StringComparison.Ordinal);
        return place >= 0 && DomainName.TryParseDns(name.Text.Substring(place + marker.Length), out DomainName? domain) ? domain! : name;
    }

    private static void ApplyMarkType(CertificateData leaf, CheckSheet sheet)
    {
        var certificate = new MarkCertificate(leaf);
        if (certificate.Kind == MarkCertificateKind.Unknown)
        {
            sheet.Report(
                MarkCertificateChecks.MarkType.Saying(certificate.MarkType is null ? "The certificate names no mark type." : "The certificate names the mark type " + certificate.MarkType + ", which is none that is known."),
                expected: "Registered Mark, Government Mark, Prior Use Mark or Modified Registered Mark",
                actual: certificate.MarkType);
            sheet.NotApplicable(MarkCertificateChecks.Common, "The mark type is not known.");
        }
        else if (certificate.Kind == MarkCertificateKind.Common)
        {
            sheet.Report(MarkCertificateChecks.Common.With(certificate.MarkType));
        }
    }

    private static void ApplyLogo(EmbeddedLogo embedded, PublishedLogo published, CheckSheet sheet)
    {
        if (embedded.Problem is { } problem) sheet.Report(MarkCertificateChecks.Logotype.Saying(problem));

        if (embedded.Content is null)
        {
            sheet.NotApplicable(MarkCertificateChecks.Logo, "The certificate has no logo to compare with.");
        }
        else if (published.Content is null && published.IsUnknown)
        {
            sheet.Unknown(MarkCertificateChecks.Logo, published.Reason, "Repeat when the logo can be fetched.");
        }
        else if (published.Content is null)
        {
            sheet.NotApplicable(MarkCertificateChecks.Logo, published.Reason);
        }
        else if (!embedded.Content.SequenceEqual(published.Content))
        {
            sheet.Report(
                MarkCertificateChecks.Logo.With(embedded.Content.Length, published.Content.Length));
        }
    }

    private static void ApplyProofs(CertificateData leaf, CheckSheet sheet)
    {
        int timestamps = MarkCertificateTimestamps.Count(leaf.TimestampList);
        if (timestamps == 0)
            sheet.Report(MarkCertificateChecks.Transparency.Saying(leaf.TimestampList is null ? "The certificate has no signed certificate timestamp." : "The list of signed certificate timestamps is empty or broken."));
        else
            sheet.Pass(MarkCertificateChecks.Transparency, "The certificate has " + timestamps + " signed certificate timestamp" + (timestamps == 1 ? string.Empty : "s") + ". Their signatures are not verified.");

        if (leaf.RevocationLists.Length == 0) sheet.Report(MarkCertificateChecks.RevocationList);

        string where = leaf.RevocationLists.Length == 0 ? "." : "; its revocation list is at " + PrintableText.Escape(leaf.RevocationLists[0]) + ".";
        sheet.Report(MarkCertificateChecks.Revocation.With(where));
    }
}

/// <summary>What was read of a mark certificate's file.</summary>
internal sealed class MarkCertificateReading(MarkCertificate? certificate, byte[]? logo)
{
    public static MarkCertificateReading None { get; } = new(certificate: null, logo: null);

    public MarkCertificate? Certificate { get; } = certificate;

    /// <summary>The logo in it, unpacked; null where there is none that can be read.</summary>
    public byte[]? Logo { get; } = logo;
}

/// <summary>The SignedCertificateTimestampList of RFC 6962 section 3.3: a length of two octets, then entries with such a length each.</summary>
internal static class MarkCertificateTimestamps
{
    /// <summary>How many the list holds; 0 where there is none, or its lengths do not fit.</summary>
    public static int Count(byte[]? list)
    {
        if (list is null || list.Length < 2 || ReadLength(list, 0) != list.Length - 2) return 0;

        int count = 0;
        int position = 2;
        while (position < list.Length)
        {
            int length = position + 2 <= list.Length ? ReadLength(list, position) : 0;
            position += 2 + length;
            if (length == 0 || position > list.Length) return 0;

            count++;
        }

        return count;
    }

    private static int ReadLength(byte[] list, int position) => (list[position] << 8) | list[position + 1];
}

/// <summary>
/// The logo within a mark certificate: a data: URI (RFC 2397) with the packed SVG in base64 (draft-fetch-validation-vmc-wchuang
/// sections 4.1 and 4.2, RFC 6170 section 4).
/// </summary>
internal sealed class EmbeddedLogo
{
    private const string Scheme = "data:";
    private const string Svg = "image/svg+xml";
    private const string PackedSvg = "image/svg+xml+gzip";

    private EmbeddedLogo(byte[]? content, string? problem)
    {
        Content = content;
        Problem = problem;
    }

    /// <summary>The SVG, unpacked; null where it could not be read.</summary>
    public byte[]? Content { get; }

    /// <summary>What breaks the draft, fit to be shown; null where nothing does. The content may be there all the same.</summary>
    public string? Problem { get; }

    /// <summary>Reads the first image; more than one is a fault.</summary>
    public static EmbeddedLogo Read(LogotypeData? logotype)
    {
        if (logotype is null) return Failed("The certificate has no logotype extension, and so no logo.");
        if (logotype.Problem is { } problem) return Failed("The logotype extension cannot be read: " + problem + ".");

        string? address = logotype.Images.SelectMany(image => image.Addresses).FirstOrDefault();
        if (address is null) return Failed("The logotype extension names no logo of the subject.");

        EmbeddedLogo logo = ReadAddress(logotype.Images.First(image => image.Addresses.Count > 0), address);
        return logo.Problem is null && logotype.Images.Count > 1
            ? new EmbeddedLogo(logo.Content, "The logotype extension has " + logotype.Images.Count + " images, not one.")
            : logo;
    }

    private static EmbeddedLogo ReadAddress(LogotypeImage image, string address)
    {
        int comma = address.IndexOf(',');
        if (!address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || comma < 0)
            return Failed("The logo is not embedded but at " + PrintableText.Quote(address.Length > 200 ? address.Substring(0, 200) : address) + ".");

        string[] head = address.Substring(Scheme.Length, comma - Scheme.Length).Split(';').Select(part => part.Trim()).ToArray();
        if (!string.Equals(head[head.Length - 1], "base64", StringComparison.OrdinalIgnoreCase) || !TryDecode(address.Substring(comma + 1), out byte[] octets))
            return Failed("The embedded logo is not in base64.");

        byte[] content = octets;
        bool packed = Gzip.IsPacked(octets);
        if (packed && !Gzip.TryUnpack(octets, SvgReader.MaxBytes, out content, out string problem))
            return Failed("The embedded logo cannot be read: " + problem);

        return new EmbeddedLogo(content, FindProblem(image, head[0], packed, octets, content));
    }

    private static string? FindProblem(LogotypeImage image, string mediaType, bool packed, byte[] octets, byte[] content)
    {
        string[] types = { mediaType, image.MediaType };
        string? foreign = types.FirstOrDefault(type => !IsSvg(type));
        if (foreign is not null)
            return "The embedded logo is declared as " + PrintableText.Quote(foreign) + ", not as " + PackedSvg + ".";

        if (!packed) return "The embedded logo is not packed with gzip.";

        return image.Hashes.Count > 0 && image.Hashes.Any(hash => Hash(hash.Key, octets) is { } packedHash && !packedHash.SequenceEqual(hash.Value) && !Hash(hash.Key, content)!.SequenceEqual(hash.Value))
            ? "The embedded logo is not the one whose hash the certificate has."
            : null;
    }

    // RFC 9399 section 4.1 hashes the object that the URI leads to; issuers have hashed the SVG itself, and readers take both.
    private static byte[]? Hash(string algorithm, byte[] octets)
    {
        switch (algorithm)
        {
            case "2.16.840.1.101.3.4.2.1":
                using (var sha256 = SHA256.Create())
                {
                    return sha256.ComputeHash(octets);
                }

            case "2.16.840.1.101.3.4.2.2":
                using (var sha384 = SHA384.Create())
                {
                    return sha384.ComputeHash(octets);
                }

            case "2.16.840.1.101.3.4.2.3":
                using (var sha512 = SHA512.Create())
                {
                    return sha512.ComputeHash(octets);
                }

            default:
                return null;
        }
    }

    private static bool IsSvg(string mediaType)
    {
        string type = mediaType.Split(';')[0].Trim();
        return string.Equals(type, Svg, StringComparison.OrdinalIgnoreCase) || string.Equals(type, PackedSvg, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryDecode(string text, out byte[] octets)
    {
        try
        {
            octets = Convert.FromBase64String(Uri.UnescapeDataString(text));
            return true;
        }
        catch (FormatException)
        {
            octets = Array.Empty<byte>();
            return false;
        }
    }

    private static EmbeddedLogo Failed(string problem) => new(content: null, problem);
}
