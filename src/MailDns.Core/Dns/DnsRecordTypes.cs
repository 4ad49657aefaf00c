namespace MailDns.Dns;

/// <summary>The names of DNS types as people write them, "TXT" or "TYPE65" (RFC 3597 section 5).</summary>
internal static class DnsRecordTypes
{
    // Looking an enumeration's name up is slow, and every question of a check is shown or sorted by it.
    private static readonly Dictionary<int, string> s_mnemonics =
        Enum.GetValues(typeof(DnsRecordType)).Cast<DnsRecordType>().Distinct().ToDictionary(type => (int)type, type => type.ToString().ToUpperInvariant());

    /// <summary>The type's mnemonic, upper case.</summary>
    public static string Mnemonic(DnsRecordType type) =>
        s_mnemonics.TryGetValue((int)type, out string? mnemonic)
            ? mnemonic
            : "TYPE" + ((int)type).ToString(CultureInfo.InvariantCulture);

    /// <summary>The type of a mnemonic or of TYPEnnn.</summary>
    public static bool TryParse(string text, out DnsRecordType type)
    {
        if (text.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(text.Substring(4), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            type = (DnsRecordType)number;
            return true;
        }

        // Enum.TryParse would take "1" and "A,Ns" too.
        type = default;
        foreach (char c in text)
        {
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            {
                return false;
            }
        }

        return Enum.TryParse(text, ignoreCase: true, out type);
    }
}
