namespace MailDns.MailReports;

/// <summary>
/// Makes one object of many equal texts, so that a million rows hold their few domains once. A table of fixed size: a text
/// that finds its place taken takes it.
/// </summary>
/// <param name="size">Places, a power of two.</param>
/// <param name="make">What the text becomes, e.g. escaped.</param>
internal sealed class TextPool<T>(int size, Func<string, T> make)
    where T : class
{
    private readonly string?[] _raw = new string?[size];
    private readonly T[] _made = new T[size];

    public T Get(char[] buffer, int start, int length, ulong hash)
    {
        int slot = (int)((hash ^ (hash >> 32)) & (ulong)(size - 1));
        if (_raw[slot] is { } raw && Equal(raw, buffer, start, length)) return _made[slot];

        var text = new string(buffer, start, length);
        _raw[slot] = text;
        return _made[slot] = make(text);
    }

    private static bool Equal(string text, char[] buffer, int start, int length)
    {
        if (text.Length != length) return false;

        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != buffer[start + i]) return false;
        }

        return true;
    }
}

/// <summary>Numbers that tell texts and their order apart: FNV-1a.</summary>
internal static class TextHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(char[] buffer, int start, int length)
    {
        ulong hash = Offset;
        for (int i = start; i < start + length; i++)
            hash = unchecked((hash ^ buffer[i]) * Prime);

        return hash;
    }

    /// <summary>Joins a further hash; the order counts.</summary>
    public static ulong Join(ulong hash, ulong next) => unchecked(((hash ^ next) * Prime) ^ (hash >> 29));
}
