namespace MailDns.Formats;

/// <summary>Values for formats that have no escape for an octet: what is not printable ASCII has no certain meaning there.</summary>
internal static class PlainText
{
    /// <summary>The value, when all of it is printable ASCII and none of it is of <paramref name="refused"/>.</summary>
    /// <exception cref="RecordExportException">It is not.</exception>
    public static string Require(ExportSet set, string value, string target, string refused = "")
    {
        foreach (char c in value)
        {
            if (c is < ' ' or > '~' || refused.IndexOf(c) >= 0)
            {
                throw new RecordExportException(
                    RecordExportFault.Value,
                    set.Place + ": the value " + PrintableText.Quote(value) + " has the character " + PrintableText.Quote(c.ToString())
                    + ", which cannot be written safely for " + target + ". Format Zone and NsUpdate write any value.");
            }
        }

        return value;
    }
}
