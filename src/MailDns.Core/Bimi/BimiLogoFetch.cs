using MailDns.Https;

namespace MailDns.Bimi;

/// <summary>How the logo of a record and its mark certificate are fetched.</summary>
internal sealed class BimiLogoFetch(IHttpsFetcher fetcher, bool allowPrivateAddress, MarkCertificateTrust trust)
{
    private readonly IHttpsFetcher _fetcher = fetcher;
    private readonly bool _allowPrivateAddress = allowPrivateAddress;
    private readonly MarkCertificateTrust _trust = trust;

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
            : BimiLogoReader.FetchAsync(logo, _allowPrivateAddress, _fetcher, sheet, cancellationToken);
        PublishedLogo found = await published.ConfigureAwait(false);
        MarkCertificate? certificate = evidence is null
            ? null
            : await MarkCertificateFetch.ApplyAsync(evidence, _allowPrivateAddress, _fetcher, target, found, _trust, sheet, cancellationToken).ConfigureAwait(false);
        sheet.CompleteNotApplicable(BimiLogoChecks.All, "No BIMI record names a logo to fetch.");
        sheet.CompleteNotApplicable(MarkCertificateChecks.All, "No BIMI record names a mark certificate to fetch.");
        return certificate;
    }

    private static Uri? UsableOf(string? address) =>
        address is { Length: > 0 } && BimiUri.Problem(address) is null ? new Uri(address, UriKind.Absolute) : null;
}
