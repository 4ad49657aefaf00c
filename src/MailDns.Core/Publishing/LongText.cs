namespace MailDns.Publishing;

/// <summary>Texts that the cmdlets of Windows DNS Server cannot write: they take one string of at most 254 characters.</summary>
internal static class LongText
{
    /// <summary>The limit of -DescriptiveText, as its documentation gives it.</summary>
    public const int Limit = 254;

    /// <summary>The ways to publish such a text on Windows DNS, in the order to try them.</summary>
    public const string Ways =
        "Ways, in this order: (1) a CNAME to the platform's key, where it offers one (verified: an ordinary CNAME); "
        + "(2) -LongText DnsCmd, which runs dnscmd.exe with one argument a string (not verified against a real Windows DNS server); "
        + "(3) DNS Manager, which takes several lines (not verified); "
        + "(4) for a zone that allows dynamic updates with a key, -UpdateServer (verified against BIND); "
        + "(5) for a zone kept in a file, add the record to the file and reload the zone (not verified).";

    /// <summary>What the plan says where tags of a text that were not seen may go.</summary>
    public const string WarnOfOtherStrings =
        "Get-DnsServerResourceRecord gives the first string of a text only. If this one has more, their tags are lost: compare with -Server to see it whole.";

    public static bool IsLong(ResourceRecord record) => record is TxtRecord { Text.Length: > Limit };

    /// <summary>What is said of such a text where it is on its way to the cmdlets of Windows DNS Server.</summary>
    public static string Warn(ResourceRecord record) =>
        "The text of " + record.Fqdn + " has " + ((TxtRecord)record).Text.Length + " characters. Add-DnsServerResourceRecord takes 254 at most and may drop it silently; publish it with -LongText DnsCmd of Publish-SendingDomainRecord.";

    /// <summary>
    /// True for an SPF record that may be only the first string of one: nothing after "all" counts (RFC 7208 section 5.1), but
    /// without it mechanisms may follow.
    /// </summary>
    public static bool MayGoOn(string spf) => SpfParser.TryParse(spf, out SpfRecord? record, out _) && record!.All is null;

    /// <summary>
    /// True where what was read may be only the first string of what is wanted: Get-DnsServerResourceRecord gives no more of a
    /// record with several.
    /// </summary>
    public static bool MayBeFirstString(string present, string wanted) =>
        present.Length > 0 && present.Length <= CharacterStrings.MaxOctets && wanted.Length > present.Length
        && wanted.StartsWith(present, System.StringComparison.Ordinal);
}
