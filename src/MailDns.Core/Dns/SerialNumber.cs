namespace MailDns.Dns;

/// <summary>Serial numbers of zones (RFC 1982): they wrap, so that newer is not always greater.</summary>
internal static class SerialNumber
{
    /// <summary>True where <paramref name="one"/> is newer than <paramref name="other"/> (RFC 1982 section 3.2).</summary>
    public static bool IsNewer(uint one, uint other) => unchecked((int)(one - other)) > 0;

    /// <summary>The newest of one or more.</summary>
    public static uint Newest(IEnumerable<uint> serials)
    {
        uint? newest = null;
        foreach (uint serial in serials)
            newest = newest is { } known && !IsNewer(serial, known) ? known : serial;

        return newest ?? 0;
    }
}
