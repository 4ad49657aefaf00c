using System.Text;

namespace MailDns.Resolver;

/// <summary>
/// Gets the octets of a character-string back from the two texts that DnsClient makes of them, each of which alone has
/// lost something: the escaped text writes octets outside 0x20-0x7E as \DDD and a quote as \" but leaves backslashes as
/// they are, so that \200 may be one octet or four; the other text is decoded as UTF-8, so that octets that are none
/// become U+FFFD. Read side by side they tell every octet.
/// </summary>
internal static class TextOctets
{
    private const int GroupLength = 4;

    /// <summary>The octets as characters, one each.</summary>
    public static string Recover(string escaped, string decoded)
    {
        if (escaped.IndexOf('\\') < 0) return escaped;

        var octets = new StringBuilder(escaped.Length);
        int e = 0;
        int d = 0;
        while (e < escaped.Length && d < decoded.Length)
        {
            char c = decoded[d];
            if (c > 0x7F)
            {
                string run = HighRun(decoded, d);
                d += run.Length;
                AppendRun(octets, escaped, ref e, run, CountHighGroups(decoded, d));
                continue;
            }

            octets.Append(c);
            d++;
            e += c is < (char)0x20 or (char)0x7F ? GroupLength : c == '"' ? 2 : 1;
        }

        return octets.ToString();
    }

    /// <summary>Octets of a text of which only the escaped form is known: \DDD is an octet where it can only be one.</summary>
    public static string Unescape(string escaped)
    {
        if (escaped.IndexOf('\\') < 0) return escaped;

        var octets = new StringBuilder(escaped.Length);
        for (int i = 0; i < escaped.Length;)
        {
            int octet = ReadGroup(escaped, i);
            if (octet is >= 0 and <= 255 && octet is < 0x20 or > 0x7E)
            {
                octets.Append((char)octet);
                i += GroupLength;
            }
            else if (escaped[i] == '\\' && i + 1 < escaped.Length && escaped[i + 1] is '"' or '\\' or ';')
            {
                octets.Append(escaped[i + 1]);
                i += 2;
            }
            else
            {
                octets.Append(escaped[i++]);
            }
        }

        return octets.ToString();
    }

    private static string HighRun(string decoded, int start)
    {
        int end = start;
        while (end < decoded.Length && decoded[end] > 0x7F)
            end++;

        return decoded.Substring(start, end - start);
    }

    /// <summary>
    /// The decoder has joined or replaced octets, so the groups are counted: all in a row but those that are plain text
    /// after the run. Only where more such octets follow that plain text is the count too high, and the fewest octets
    /// that decode to the run are taken.
    /// </summary>
    private static void AppendRun(StringBuilder octets, string escaped, ref int index, string run, int plainGroups)
    {
        int most = CountHighGroups(escaped, index) - plainGroups;
        byte[] candidates = ReadGroups(escaped, index, most);
        int count = candidates.Length;
        if (Encoding.UTF8.GetString(candidates) != run)
        {
            count = candidates.Length == 0 ? 0 : 1;
            while (count < candidates.Length && Encoding.UTF8.GetString(candidates, 0, count) != run)
                count++;
        }

        for (int i = 0; i < count; i++)
            octets.Append((char)candidates[i]);

        index += count * GroupLength;
    }

    private static byte[] ReadGroups(string escaped, int index, int count)
    {
        var octets = new byte[count < 0 ? 0 : count];
        for (int i = 0; i < octets.Length; i++)
            octets[i] = (byte)ReadGroup(escaped, index + (i * GroupLength));

        return octets;
    }

    private static int CountHighGroups(string text, int index)
    {
        int count = 0;
        while (ReadGroup(text, index) is >= 0x80 and <= 0xFF)
        {
            count++;
            index += GroupLength;
        }

        return count;
    }

    /// <summary>The number of \DDD at an index, or -1.</summary>
    private static int ReadGroup(string text, int index) =>
        index + GroupLength <= text.Length && text[index] == '\\'
        && int.TryParse(text.Substring(index + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : -1;
}
