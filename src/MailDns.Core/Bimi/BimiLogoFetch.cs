using MailDns.Https;

namespace MailDns.Bimi;

/// <summary>How the logo of a record and its mark certificate are fetched.</summary>
internal sealed class BimiLogoFetch(IHttpsFetcher fetcher, bool allowPrivateAddress, MarkCertificateTrust trust)
{
    /// <summary>The checks that need the fetch.</summary>
    public static IReadOnlyList<CheckDefinition> Checks { get; } = BimiLogoChecks.All.Concat(MarkCertificateChecks.All).ToArray();

    /// <summary>
    /// Adds every check of the logo and of the mark certificate to the sheet; without a usable address there is nothing to
    /// judge. Gives the certificate, null where there is none.
    /// </summary>
    public async Task<MarkCertificate?> ApplyAsync(BimiRecord? record, MarkCertificateTarget target, CheckSheet sheet, CancellationToken cancellationToken)
    {
        Uri? logo = UsableOf(record?.LogoUri);
        Uri? evidence = UsableOf(record?.EvidenceUri);
        Task<PublishedLogo> published = logo is null
            ? Task.FromResult(PublishedLogo.None("The record names no logo."))
            : BimiLogoReader.FetchAsync(logo, allowPrivateAddress, fetcher, sheet, cancellationToken);
        PublishedLogo found = await published.ConfigureAwait(false);
        MarkCertificate? certificate = evidence is null
            ? null
            : await MarkCertificateFetch.ApplyAsync(evidence, allowPrivateAddress, fetcher, target, found, trust, sheet, cancellationToken).ConfigureAwait(false);
        sheet.CompleteNotApplicable(BimiLogoChecks.All, "No BIMI record names a logo to fetch.");
        sheet.CompleteNotApplicable(MarkCertificateChecks.All, "No BIMI record names a mark certificate to fetch.");
        return certificate;
    }

    private static Uri? UsableOf(string? address) =>
        address is { Length: > 0 } && BimiUri.Problem(address) is null ? new Uri(address, UriKind.Absolute) : null;
}

/// <summary>Fetches a mark certificate and judges it (draft-fetch-validation-vmc-wchuang section 3).</summary>
internal static class MarkCertificateFetch
{
    /// <summary>Most octets that are read; a chain with its logo has some ten thousand.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Adds every check of the certificate to the sheet.</summary>
    public static async Task<MarkCertificate?> ApplyAsync(
        Uri uri,
        bool allowPrivateAddress,
        IHttpsFetcher fetcher,
        MarkCertificateTarget target,
        PublishedLogo published,
        MarkCertificateTrust trust,
        CheckSheet sheet,
        CancellationToken cancellationToken)
    {
        var request = new HttpsRequest(uri) { MaxBytes = MaxBytes, MaxRedirects = BimiLogoReader.MaxRedirects, AllowPrivateAddress = allowPrivateAddress };
        HttpsResponse response = await fetcher.FetchAsync(request, cancellationToken).ConfigureAwait(false);
        string source = PrintableText.Escape(uri.OriginalString);
        if (response.Status == HttpsStatus.Ok)
        {
            sheet.Pass(MarkCertificateChecks.Fetch);
            BimiLogoReader.ApplyRedirects(MarkCertificateChecks.Redirect, source, response, sheet);
            return MarkCertificateRules.Apply(response.Content, target, published, trust, sheet).Certificate;
        }

        string message = source + " was not fetched: " + response.Detail + ".";
        if (!response.IsUnknown)
        {
            sheet.Report(MarkCertificateChecks.Fetch.Saying(message));
            sheet.CompleteNotApplicable(MarkCertificateChecks.All, "There is no mark certificate to judge.");
        }

        foreach (CheckDefinition check in MarkCertificateChecks.All.Where(check => !sheet.Has(check)))
            sheet.Unknown(check, message, "Run the check again when the server answers.");

        return null;
    }
}

/// <summary>The logo that the one in a mark certificate is compared with.</summary>
internal sealed class PublishedLogo(byte[]? content, string reason, bool isUnknown)
{
    /// <summary>Its octets, unpacked; null where there are none.</summary>
    public byte[]? Content { get; } = content;

    /// <summary>Why there are none.</summary>
    public string Reason { get; } = reason;

    /// <summary>True where it is not known what is published.</summary>
    public bool IsUnknown { get; } = isUnknown;

    /// <summary>A logo as it was read, packed or not.</summary>
    public static PublishedLogo Of(byte[] content) =>
        !Gzip.IsPacked(content) ? new PublishedLogo(content, string.Empty, isUnknown: false)
        : Gzip.TryUnpack(content, SvgReader.MaxBytes, out byte[] unpacked, out string problem) ? new PublishedLogo(unpacked, string.Empty, isUnknown: false)
        : None("The logo cannot be read: " + problem);

    public static PublishedLogo None(string reason) => new(content: null, reason, isUnknown: false);

    public static PublishedLogo Unknown(string reason) => new(content: null, reason, isUnknown: true);
}
