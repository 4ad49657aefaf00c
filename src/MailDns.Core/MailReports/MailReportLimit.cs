namespace MailDns;

/// <summary>
/// How much of report files is read: they are compressed and come from strangers. As a hashtable, e.g.
/// <c>@{ ReportSize = 4GB; Ratio = 1000 }</c>.
/// </summary>
public sealed class MailReportLimit
{
    private const long Megabyte = 1L << 20;

    /// <summary>Bytes of one archive, attachment or mail within another; default 64 MB.</summary>
    public long CompressedSize { get; set; } = 64 * Megabyte;

    /// <summary>Bytes of one report once unpacked; default 1 GB.</summary>
    public long ReportSize { get; set; } = 1024 * Megabyte;

    /// <summary>Bytes of everything in one file once unpacked; default 2 GB.</summary>
    public long FileSize { get; set; } = 2048 * Megabyte;

    /// <summary>How many times larger than packed the unpacked may be, once it is larger than 16 MB; default 300.</summary>
    public int Ratio { get; set; } = 300;

    /// <summary>Members of one archive; default 100.</summary>
    public int Member { get; set; } = 100;

    /// <summary>Archives within archives; default 3.</summary>
    public int Nesting { get; set; } = 3;

    /// <summary>Parts of one mail; default 1,000.</summary>
    public int Part { get; set; } = 1000;

    /// <summary>Characters of one text in a report; default 4,096. What is longer is cut.</summary>
    public int TextLength { get; set; } = 4096;

    /// <summary>Up to here no ratio is asked.</summary>
    internal long RatioSize { get; init; } = 16 * Megabyte;

    internal static string Size(long octets) => octets >= Megabyte
        ? (octets / Megabyte).ToString(CultureInfo.InvariantCulture) + " MB"
        : octets.ToString(CultureInfo.InvariantCulture) + " bytes";
}
