using MailDns.Spf;

namespace MailDns.MailReports;

/// <summary>
/// The addresses of reports, by the letter (RFC 791, RFC 4291 section 2.2): the platform's parser would take "1", "0x7f.1" and
/// "010.1.2.3" for addresses.
/// </summary>
internal static class ReportAddress
{
    /// <summary>Null where the text is not an address. Brackets and the word IPv6: are taken off; IPv4-mapped becomes IPv4.</summary>
    public static AddressBits? Read(string text)
    {
        int start = 0;
        int end = text.Length;
        if (end > 2 && text[0] == '[' && text[end - 1] == ']')
        {
            start++;
            end--;
        }

        if (end - start > 5 && string.Compare(text, start, "IPv6:", 0, 5, StringComparison.OrdinalIgnoreCase) == 0)
            start += 5;

        if (AddressReader.TryReadIPv4(text, start, end, out AddressBits address, out _)) return address;

        if (text.IndexOf(':', start, end - start) < 0 || !AddressReader.TryReadIPv6(text, start, end, out address, out _))
            return null;

        return address.High == 0 && address.Low >> 32 == 0xFFFF ? AddressBits.IPv4((uint)address.Low) : address;
    }
}

/// <summary>The address of a row as the report has it, escaped, and what it is.</summary>
internal sealed class ReportSource(string text)
{
    public static readonly ReportSource None = new(string.Empty);

    public string Text { get; } = text;

    /// <summary>Null where the text is not an address.</summary>
    public AddressBits? Address { get; } = ReportAddress.Read(text);
}

/// <summary>The times of reports: always UTC.</summary>
internal static class ReportTime
{
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Seconds since 1970, also with a fraction; null for anything else, and for milliseconds.</summary>
    public static DateTime? FromSeconds(string text)
    {
        int dot = text.IndexOf('.');
        string whole = dot < 0 ? text : text.Substring(0, dot);
        if (whole.Length is 0 or > 11 || !IsDigits(whole) || (dot >= 0 && !IsDigits(text.Substring(dot + 1))))
            return null;

        return s_epoch.AddSeconds(long.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>RFC 3339, as TLS reports have it; without an offset it is UTC. Null for anything else.</summary>
    public static DateTime? FromText(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
        && text.Length > 9 && text[4] == '-'
            ? time.UtcDateTime
            : null;

    /// <summary>Sets whether the period tells a day, and says why not.</summary>
    public static void Judge(MailReport report, DateTime now, ReportNotes notes)
    {
        string? fault = report.Begin is null || report.End is null ? "is missing or cannot be read"
            : report.Begin >= report.End ? "does not end after it begins"
            : report.End > now.AddDays(2) ? "is in the future"
            : report.End - report.Begin > TimeSpan.FromHours(25) ? "is longer than 25 hours"
            : null;
        report.HasUsablePeriod = fault is null;
        if (fault is not null) notes.Warn("The period of the report " + fault + ": its messages count, but on no day.");
    }

    private static bool IsDigits(string text)
    {
        foreach (char c in text)
        {
            if (c is < '0' or > '9') return false;
        }

        return true;
    }
}

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

/// <summary>What is to be said of a report, each thing once and with how often it was met.</summary>
internal sealed class ReportNotes
{
    // A hostile report could have a different fault in each of its million rows.
    private const int MaxTexts = 40;

    private readonly Dictionary<string, int> _warnings = new(System.StringComparer.Ordinal);
    private readonly Dictionary<string, int> _notes = new(System.StringComparer.Ordinal);

    public string[] Warnings => Texts(_warnings);

    public string[] Notes => Texts(_notes);

    /// <summary>Something that lowers the trust in the figures.</summary>
    public void Warn(string text) => Add(_warnings, text);

    /// <summary>A deviation that changes no figure.</summary>
    public void Note(string text) => Add(_notes, text);

    private static void Add(Dictionary<string, int> texts, string text)
    {
        if (texts.TryGetValue(text, out int count))
            texts[text] = count + 1;
        else if (texts.Count < MaxTexts)
            texts.Add(text, 1);
    }

    private static string[] Texts(Dictionary<string, int> texts) =>
        texts.Select(text => text.Value == 1 ? text.Key : text.Key.TrimEnd('.') + " (" + text.Value.ToString(CultureInfo.InvariantCulture) + " times).").ToArray();
}

/// <summary>Why something is not read as a report. The message is for people; texts of the report in it are escaped.</summary>
internal sealed class MailReportException : FormatException
{
    public MailReportException(string message)
        : base(message)
    {
    }

    public MailReportException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>True where a limit of the run was reached: what follows in the same file is not read either.</summary>
    public bool IsLimit { get; init; }

    /// <summary>True for content that is no report of any kind: in an archive or a mail such a member is passed over.</summary>
    public bool IsForeign { get; init; }
}
