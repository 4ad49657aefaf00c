using System.IO;
using System.IO.Compression;
using MailDns.Https;

namespace MailDns.Bimi;

/// <summary>Judges the bytes of a logo.</summary>
internal static class BimiLogoReader
{
    /// <summary>
    /// Redirects that are followed, each to https only. The BIMI draft does not speak of them; by section 5.6 of
    /// draft-brotman-ietf-bimi-guidance receivers may follow none or a few, so each is also a finding.
    /// </summary>
    public const int MaxRedirects = 3;

    /// <summary>Judges; <paramref name="source"/> is the file or address, fit to be shown.</summary>
    public static BimiLogoResult Read(string source, byte[] content)
    {
        var sheet = new CheckSheet(source);
        SvgReading reading = SvgReader.Read(content);
        ApplyFile(reading, sheet);
        return new BimiLogoResult(source, reading, sheet);
    }

    /// <summary>Judges a logo that came from no server.</summary>
    public static void ApplyFile(SvgReading reading, CheckSheet sheet)
    {
        sheet.Pass(BimiLogoChecks.Unreachable, "The file was read.");
        sheet.NotApplicable(BimiLogoChecks.Redirect, "The file came from no server.");
        sheet.NotApplicable(BimiLogoChecks.MediaType, "The file came from no server.");
        SvgTinyPsRules.Apply(reading, sheet);
    }

    /// <summary>Fetches the logo of a record and adds what is to be said of it to the sheet.</summary>
    public static async Task<PublishedLogo> FetchAsync(Uri uri, bool allowPrivateAddress, IHttpsFetcher fetcher, CheckSheet sheet, CancellationToken cancellationToken)
    {
        var request = new HttpsRequest(uri) { MaxBytes = SvgReader.MaxBytes, MaxRedirects = MaxRedirects, AllowPrivateAddress = allowPrivateAddress };
        HttpsResponse response = await fetcher.FetchAsync(request, cancellationToken).ConfigureAwait(false);
        return Apply(PrintableText.Escape(uri.OriginalString), response, sheet);
    }

    /// <summary>Judges what was fetched. A failure on the way, or of the server, says nothing of the logo: Unknown.</summary>
    public static PublishedLogo Apply(string source, HttpsResponse response, CheckSheet sheet)
    {
        if (response.Status == HttpsStatus.Ok)
        {
            sheet.Pass(BimiLogoChecks.Unreachable);
            ApplyRedirects(BimiLogoChecks.Redirect, source, response, sheet);
            ApplyMediaType(source, response, sheet);
            SvgTinyPsRules.Apply(SvgReader.Read(response.Content), sheet);
            return PublishedLogo.Of(response.Content);
        }

        string message = source + " was not fetched: " + response.Detail + ".";
        if (!response.IsUnknown)
        {
            sheet.Report(BimiLogoChecks.Unreachable.Saying(message));
            sheet.CompleteNotApplicable(BimiLogoChecks.All, "There is no logo to judge.");
        }

        sheet.CompleteUnknown(BimiLogoChecks.All, message);
        return response.IsUnknown ? PublishedLogo.Unknown(message) : PublishedLogo.None(message);
    }

    /// <summary>Whether the file stands at another address than the record says.</summary>
    public static void ApplyRedirects(CheckDefinition check, string source, HttpsResponse response, CheckSheet sheet)
    {
        if (response.Redirects > 0)
            sheet.Report(check.Saying(source + " was reached over " + response.Redirects + (response.Redirects == 1 ? " redirect" : " redirects") + ": mailboxes may not follow."));
        else
            sheet.Pass(check);
    }

    // RFC 6170 section 4 has the second one for packed files; servers send the first with them too.
    private static void ApplyMediaType(string source, HttpsResponse response, CheckSheet sheet)
    {
        if (response.MediaType is not ("image/svg+xml" or "image/svg+xml+gzip"))
        {
            string type = response.MediaType is { Length: > 0 } found ? PrintableText.Quote(found) : "no media type";
            sheet.Report(BimiLogoChecks.MediaType.With(source, type), expected: "image/svg+xml");
        }
    }
}

/// <summary>Unpacks gzip from a stranger within a bound.</summary>
internal static class Gzip
{
    /// <summary>True for octets that begin like gzip (RFC 1952 section 2.3.1).</summary>
    public static bool IsPacked(byte[] content) => content.Length > 2 && content[0] == 0x1F && content[1] == 0x8B;

    /// <summary>Stops at the bound whatever the archive promises, so a gzip bomb costs one buffer.</summary>
    public static bool TryUnpack(byte[] content, int maxBytes, out byte[] unpacked, out string problem)
    {
        unpacked = content;
        problem = string.Empty;
        try
        {
            using var source = new GZipStream(new MemoryStream(content, writable: false), CompressionMode.Decompress);
            using var target = new MemoryStream();
            byte[] buffer = new byte[16384];
            int count;
            while ((count = source.Read(buffer, 0, buffer.Length)) > 0)
            {
                if (target.Length + count > maxBytes)
                {
                    problem = "It unpacks to more than " + maxBytes + " bytes, which are not read.";
                    return false;
                }

                target.Write(buffer, 0, count);
            }

            unpacked = target.ToArray();
            problem = unpacked.Length == 0 ? "It unpacks to nothing." : string.Empty;
            return unpacked.Length > 0;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            problem = "It begins like gzip, but does not unpack.";
            return false;
        }
    }
}
