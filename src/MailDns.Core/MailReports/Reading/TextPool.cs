namespace MailDns.MailReports;

/// <summary>
/// Makes one string of many equal texts, so that a million rows hold their few domains once. A table of fixed size: a text
/// that finds its place taken takes it.
/// </summary>
internal sealed class TextPool(Func<string, string> make)
{
    private const int Size = 4096;
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly string?[] _raw = new string?[Size];
    private readonly string[] _made = new string[Size];

    /// <summary>What the text becomes, e.g. escaped.</summary>
    public string Get(char[] buffer, int start, int length, ulong hash)
    {
        int slot = (int)((hash ^ (hash >> 32)) & (Size - 1));
        if (_raw[slot] is { } raw && Equal(raw, buffer, start, length))
        {
            return _made[slot];
        }

        var text = new string(buffer, start, length);
        _raw[slot] = text;
        return _made[slot] = make(text);
    }

    /// <summary>FNV-1a over the characters.</summary>
    public static ulong Hash(char[] buffer, int start, int length)
    {
        ulong hash = Offset;
        for (int i = start; i < start + length; i++)
        {
            hash = unchecked((hash ^ buffer[i]) * Prime);
        }

        return hash;
    }

    /// <summary>Joins a further hash; the order counts.</summary>
    public static ulong Join(ulong hash, ulong next) => unchecked(((hash ^ next) * Prime) ^ (hash >> 29));

    private static bool Equal(string text, char[] buffer, int start, int length)
    {
        if (text.Length != length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (text[i] != buffer[start + i])
            {
                return false;
            }
        }

        return true;
    }
}
