namespace MailDns.Dns;

/// <summary>Times of zone files: seconds, or numbers with units as BIND writes them (1w2d3h4m5s, 1h30m).</summary>
internal static class ZoneTime
{
    public static bool TryParse(string text, out uint seconds)
    {
        seconds = 0;
        ulong total = 0;
        ulong number = 0;
        bool hasDigits = false;
        bool hasUnits = false;
        foreach (char c in text)
        {
            if (c is >= '0' and <= '9')
            {
                number = (number * 10) + (ulong)(c - '0');
                hasDigits = true;
            }
            else if (hasDigits && Factor(c) is var factor && factor > 0)
            {
                total += number * factor;
                number = 0;
                hasDigits = false;
                hasUnits = true;
            }
            else
            {
                return false;
            }

            if (number > uint.MaxValue || total > uint.MaxValue)
            {
                return false;
            }
        }

        // A number after units has no unit of its own: "1h30" says nothing certain.
        if (hasDigits == hasUnits || total + number > uint.MaxValue)
        {
            return false;
        }

        seconds = (uint)(total + number);
        return true;
    }

    private static ulong Factor(char unit) => unit switch
    {
        's' or 'S' => 1,
        'm' or 'M' => 60,
        'h' or 'H' => 3600,
        'd' or 'D' => 86400,
        'w' or 'W' => 604800,
        _ => 0,
    };
}
