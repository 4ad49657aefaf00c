using MailDns.Dns;

namespace MailDns.Dane;

/// <summary>What makes a TLSA record unusable for everyone (RFC 6698 section 2.1, RFC 7671 section 4).</summary>
internal static class TlsaProblem
{
    /// <summary>In words; null where there is nothing.</summary>
    public static string? Of(TlsaData data)
    {
        if (data.Usage > 3)
        {
            return "the certificate usage " + data.Usage + " is none of 0 to 3";
        }

        if (data.Selector > 1)
        {
            return "the selector " + data.Selector + " is neither 0 nor 1";
        }

        if (data.MatchingType > 2)
        {
            return "the matching type " + data.MatchingType + " is none of 0 to 2";
        }

        if (!Hex.TryParse(data.AssociationData, out byte[]? octets) || octets!.Length == 0)
        {
            return "the association data is not hexadecimal";
        }

        int wanted = data.MatchingType == 1 ? 32 : data.MatchingType == 2 ? 64 : 0;
        if (wanted > 0)
        {
            return octets.Length == wanted ? null : "matching type " + data.MatchingType + " takes " + wanted + " octets, and the data has " + octets.Length;
        }

        // Certificate and key are both sequences.
        return octets[0] == 0x30 ? null : "matching type 0 takes a whole certificate or public key, and the data begins as neither";
    }
}
