using System.Globalization;

namespace MailDns.MailReports;

/// <summary>How much is read. Reports are compressed and come from strangers.</summary>
internal sealed record MailReportLimits
{
    private const long Megabyte = 1L << 20;

    /// <summary>Octets of one compressed attachment, archive or mail within another; default 64 MB.</summary>
    public long Compressed { get; init; } = 64 * Megabyte;

    /// <summary>Octets of one report once unpacked; default 1 GB.</summary>
    public long Report { get; init; } = 1024 * Megabyte;

    /// <summary>Octets of everything in one file once unpacked; default 2 GB.</summary>
    public long File { get; init; } = 2048 * Megabyte;

    /// <summary>How many times larger than packed the unpacked may be, above 16 MB; default 300.</summary>
    public int Ratio { get; init; } = 300;

    /// <summary>Up to here no ratio is asked.</summary>
    public long RatioFrom { get; init; } = 16 * Megabyte;

    /// <summary>Members of one archive; default 100.</summary>
    public int Members { get; init; } = 100;

    /// <summary>Archives in archives; default 3.</summary>
    public int Nesting { get; init; } = 3;

    /// <summary>Parts of one mail; default 1,000.</summary>
    public int Parts { get; init; } = 1000;

    /// <summary>Characters of one text; default 4,096.</summary>
    public int Text { get; init; } = 4096;

    public static string Size(long octets) => octets >= Megabyte
        ? (octets / Megabyte).ToString(CultureInfo.InvariantCulture) + " MB"
        : octets.ToString(CultureInfo.InvariantCulture) + " bytes";
}
