namespace MailDns.Spf;

/// <summary>The dotted forms of an address (RFC 7208 section 7.3, RFC 1035 section 3.5, RFC 3596 section 2.5).</summary>
internal static class ReverseName
{
    private const string HexDigits = "0123456789ABCDEF";

    /// <summary>"192.0.2.1", or the 32 nibbles of an IPv6 address with dots between, the first nibble first.</summary>
    public static string Dotted(AddressBits address)
    {
        if (!address.IsIPv6) return address.ToString();

        var text = new char[63];
        for (int i = 0; i < 32; i++)
        {
            ulong half = i < 16 ? address.High : address.Low;
            text[2 * i] = HexDigits[(int)((half >> (60 - (4 * (i & 15)))) & 0xF)];
            if (i < 31) text[(2 * i) + 1] = '.';
        }

        return new string(text);
    }

    /// <summary>The name of the address in in-addr.arpa or ip6.arpa.</summary>
    public static DomainName Of(AddressBits address)
    {
        string[] parts = Dotted(address).Split('.');
        System.Array.Reverse(parts);
        return DomainName.FromDns(string.Join(".", parts) + (address.IsIPv6 ? ".ip6.arpa" : ".in-addr.arpa"));
    }
}
