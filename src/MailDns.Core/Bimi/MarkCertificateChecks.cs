namespace MailDns.Bimi;

/// <summary>The checks of a mark certificate (VMC, CMC): the one place that declares them.</summary>
internal static class MarkCertificateChecks
{
    public static readonly CheckDefinition Fetch = new(
        "BIMI-VMC-FETCH",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The mark certificate can be fetched over HTTPS",
        finding: "{address} was not fetched: {reason}.",
        recommendation: "Serve it with status 200 over valid TLS.",
        reference: "draft-fetch-validation-vmc-wchuang section 3.2");

    public static readonly CheckDefinition Redirect = new(
        "BIMI-VMC-REDIRECT",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The mark certificate is served without a redirect",
        finding: "{address} redirects: mailboxes may not follow.",
        recommendation: "Name the last address in the record, or serve the file at the first.",
        reference: "draft-brotman-ietf-bimi-guidance section 5.6");

    public static readonly CheckDefinition Pem = new(
        "BIMI-VMC-PEM",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The mark certificate is a PEM file",
        finding: "The file is no PEM with a mark certificate.",
        recommendation: "Serve the chain in PEM, as the issuer gave it.",
        reference: "draft-fetch-validation-vmc-wchuang section 3.3");

    public static readonly CheckDefinition PrivateKey = new(
        "BIMI-VMC-PRIVATE-KEY",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The file holds no private key",
        finding: "The file holds a PRIVATE key, which everybody can read.",
        recommendation: "Remove it at once and have the certificate issued anew with another key.",
        reference: "RFC 7468 section 10; draft-fetch-validation-vmc-wchuang section 3.3");

    public static readonly CheckDefinition Order = new(
        "BIMI-VMC-ORDER",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The chain stands in its order",
        finding: "The certificates are out of order, doubled, or several are mark certificates: mailboxes may refuse the file.",
        recommendation: "Put the mark certificate first, then each one's issuer.",
        reference: "draft-fetch-validation-vmc-wchuang section 3.3");

    public static readonly CheckDefinition Chain = new(
        "BIMI-VMC-CHAIN",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The mark certificate leads to a trusted root",
        finding: "The file does not lead to a trusted root or lacks an intermediate certificate.",
        recommendation: "Serve the full chain, the mark certificate first.",
        reference: "draft-fetch-validation-vmc-wchuang section 5.1; RFC 5280 section 6.1");

    public static readonly CheckDefinition Usage = new(
        "BIMI-VMC-EKU",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The certificate is one for BIMI",
        finding: "The extended key usage 1.3.6.1.5.5.7.3.31 is missing.",
        recommendation: "Get a mark certificate (VMC or CMC); this is one of another kind.",
        reference: "draft-fetch-validation-vmc-wchuang section 4.4");

    public static readonly CheckDefinition Expired = new(
        "BIMI-VMC-EXPIRED",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The mark certificate is in its time",
        finding: "The certificate expired, or does not hold yet.",
        recommendation: "Renew it and publish the new file.",
        reference: "draft-fetch-validation-vmc-wchuang section 5.1; RFC 5280 section 4.1.2.5");

    public static readonly CheckDefinition Expiring = new(
        "BIMI-VMC-EXPIRING",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The mark certificate holds for 30 days more",
        finding: "The certificate ends within 30 days.",
        recommendation: "Renew it: issuing a mark certificate takes weeks.",
        reference: "RFC 5280 section 4.1.2.5");

    public static readonly CheckDefinition Names = new(
        "BIMI-VMC-SAN",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The mark certificate names the domain",
        finding: "The certificate names neither {domain} nor {selector}._bimi.{domain}.",
        recommendation: "Have it issued for the domain or its Organizational Domain.",
        reference: "draft-fetch-validation-vmc-wchuang section 5.2");

    public static readonly CheckDefinition Logotype = new(
        "BIMI-VMC-LOGOTYPE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The mark certificate carries its logo",
        finding: "The logotype extension holds no packed SVG.",
        recommendation: "Ask the issuer for a mark certificate of the present profile.",
        reference: "draft-fetch-validation-vmc-wchuang sections 4.1 and 4.2; RFC 9399");

    public static readonly CheckDefinition Logo = new(
        "BIMI-VMC-LOGO",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The published logo is the one in the mark certificate",
        finding: "The SVG at l= differs from the one in the certificate.",
        recommendation: "Publish the identical file, or have the certificate issued for the new one.",
        reference: "draft-fetch-validation-vmc-wchuang section 5.3");

    public static readonly CheckDefinition MarkType = new(
        "BIMI-VMC-MARK-TYPE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The mark certificate names its mark type",
        finding: "The certificate has no known mark type: it is not known which mailboxes take it.",
        recommendation: "Ask the issuer for a mark certificate of the present profile.",
        reference: "Mark Certificate requirements section 7.1.4.2.2, subject:markType");

    public static readonly CheckDefinition Common = new(
        "BIMI-VMC-CMC",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Https,
        title: "The mark certificate is a VMC",
        finding: "The certificate is a CMC: not every mailbox that takes a VMC takes it.",
        recommendation: "Nothing, if that is enough; a VMC needs a registered trademark.",
        reference: "Mark Certificate requirements section 3.2.16; Apple root certificate program, VMC trust purpose");

    public static readonly CheckDefinition Transparency = new(
        "BIMI-VMC-SCT",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The mark certificate is logged",
        finding: "The certificate has no signed certificate timestamp.",
        recommendation: "Ask the issuer for a certificate that is logged.",
        reference: "draft-fetch-validation-vmc-wchuang section 4.6; RFC 6962 section 3.3");

    public static readonly CheckDefinition RevocationList = new(
        "BIMI-VMC-CRL",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The mark certificate names its revocation list",
        finding: "The certificate has no address of a revocation list.",
        recommendation: "Ask the issuer for a mark certificate of the present profile.",
        reference: "draft-fetch-validation-vmc-wchuang section 4.5");

    public static readonly CheckDefinition Revocation = new(
        "BIMI-VMC-REVOCATION",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Https,
        title: "The mark certificate is not revoked",
        finding: "Whether the certificate is revoked is not looked up.",
        recommendation: "Ask the issuer, or look at the revocation list.",
        reference: "draft-fetch-validation-vmc-wchuang section 5.1, step 3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Fetch,
        Redirect,
        Pem,
        PrivateKey,
        Order,
        Chain,
        Usage,
        Expired,
        Expiring,
        Names,
        Logotype,
        Logo,
        MarkType,
        Common,
        Transparency,
        RevocationList,
        Revocation,
    };
}
