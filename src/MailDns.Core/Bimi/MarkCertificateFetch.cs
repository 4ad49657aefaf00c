using MailDns.Https;

namespace MailDns.Bimi;

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
