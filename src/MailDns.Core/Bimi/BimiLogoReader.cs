using System;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Diagnostics;
using MailDns.Https;
using MailDns.Text;

namespace MailDns.Bimi;

/// <summary>Judges the bytes of a logo.</summary>
internal static class BimiLogoReader
{
    /// <summary>Redirects that are followed on the way to a logo; the BIMI draft does not speak of them.</summary>
    public const int MaxRedirects = 3;

    /// <summary>Judges; <paramref name="source"/> is the file or address, fit to be shown.</summary>
    public static BimiLogoResult Read(string source, byte[] content)
    {
        var sheet = new CheckSheet(source);
        SvgReading reading = SvgReader.Read(content);
        sheet.Pass(BimiLogoChecks.Unreachable, "The file was read.");
        SvgTinyPsRules.Apply(reading, sheet);
        return new BimiLogoResult(source, reading, sheet);
    }

    /// <summary>Fetches the logo of a record and adds what is to be said of it to the sheet.</summary>
    public static async Task FetchAsync(Uri uri, bool allowPrivateAddress, IHttpsFetcher fetcher, CheckSheet sheet, CancellationToken cancellationToken)
    {
        var request = new HttpsRequest(uri) { MaxBytes = SvgReader.MaxBytes, MaxRedirects = MaxRedirects, AllowPrivateAddress = allowPrivateAddress };
        HttpsResponse response = await fetcher.FetchAsync(request, cancellationToken).ConfigureAwait(false);
        Apply(PrintableText.Escape(uri.OriginalString), response, sheet);
    }

    /// <summary>Judges what was fetched. A failure on the way, or of the server, says nothing of the logo: Unknown.</summary>
    public static void Apply(string source, HttpsResponse response, CheckSheet sheet)
    {
        if (response.Status == HttpsStatus.Ok)
        {
            sheet.Pass(BimiLogoChecks.Unreachable);
            SvgTinyPsRules.Apply(SvgReader.Read(response.Content), sheet);
            return;
        }

        string message = source + " was not fetched: " + response.Detail + ".";
        if (!response.IsUnknown)
        {
            sheet.Fire(BimiLogoChecks.Unreachable, message);
            sheet.CompleteNotApplicable(BimiLogoChecks.All, "There is no logo to judge.");
        }

        sheet.CompleteUnknown(BimiLogoChecks.All, message);
    }
}
