namespace MailDns.Bimi;

/// <summary>The SignedCertificateTimestampList of RFC 6962 section 3.3: a length of two octets, then entries with such a length each.</summary>
internal static class MarkCertificateTimestamps
{
    /// <summary>How many the list holds; 0 where there is none, or its lengths do not fit.</summary>
    public static int Count(byte[]? list)
    {
        if (list is null || list.Length < 2 || ReadLength(list, 0) != list.Length - 2)
        {
            return 0;
        }

        int count = 0;
        int position = 2;
        while (position < list.Length)
        {
            int length = position + 2 <= list.Length ? ReadLength(list, position) : 0;
            position += 2 + length;
            if (length == 0 || position > list.Length)
            {
                return 0;
            }

            count++;
        }

        return count;
    }

    private static int ReadLength(byte[] list, int position) => (list[position] << 8) | list[position + 1];
}
