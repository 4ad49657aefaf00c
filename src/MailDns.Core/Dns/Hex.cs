using System.Text;

namespace MailDns.Dns;

/// <summary>Hexadecimal digits as presentation formats use them.</summary>
internal static class Hex
{
    private const string Digits = "0123456789abcdef";

    /// <summary>Lower case, without separators.</summary>
    public static string Format(byte[] octets)
    {
        var text = new StringBuilder(octets.Length * 2);
        foreach (byte octet in octets)
            text.Append(Digits[octet >> 4]).Append(Digits[octet & 0xF]);

        return text.ToString();
    }

    public static bool TryParse(string text, out byte[]? octets)
    {
        octets = null;
        if (text.Length % 2 != 0) return false;

        var parsed = new byte[text.Length / 2];
        for (int i = 0; i < parsed.Length; i++)
        {
            int high = Value(text[2 * i]);
            int low = Value(text[(2 * i) + 1]);
            if (high < 0 || low < 0) return false;

            parsed[i] = (byte)((high << 4) | low);
        }

        octets = parsed;
        return true;
    }

    private static int Value(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
