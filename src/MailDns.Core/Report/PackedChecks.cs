using System.IO;
using System.IO.Compression;

namespace MailDns.Report;

/// <summary>
/// Keeps results as compressed octets until they are written. As objects those of 10,000 domains take most of a gigabyte; packed
/// some 15 MB. The report's order is by verdict, which is known at the end only, so that they cannot be written as they come.
/// </summary>
internal sealed class PackedChecks
{
    // Nine texts in ten come again at many domains. What comes a second time is kept and gets a number, within these bounds.
    private const int MostWords = 8192;
    private const int LongestWord = 1024;
    private const int MostCandidates = 1 << 16;

    private const int Null = 0;
    private const int Ascii = 1;
    private const int Utf16 = 2;
    private const int FirstWord = 3;

    // Less is not worth the start of a compression.
    private const int Small = 256;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _words = new();
    private readonly HashSet<int> _candidates = new();
    private readonly List<byte> _octets = new();
    private object? _opened;
    private ReportContent? _content;

    /// <summary>The content of the domain that was asked for last is kept: writers go through one domain after the other.</summary>
    public ReportContent Open(object domain, Func<ReportContent> load)
    {
        if (_content is null || !ReferenceEquals(_opened, domain))
        {
            _content = load();
            _opened = domain;
        }

        return _content;
    }

    /// <summary>Packs results, most of them of that domain.</summary>
    public byte[] Pack(string domain, IReadOnlyCollection<ReportCheck> checks)
    {
        _octets.Clear();
        foreach (ReportCheck check in checks)
            Write(domain, check);

        bool isSmall = _octets.Count < Small;
        using var packed = new MemoryStream();
        packed.WriteByte((byte)(isSmall ? 0 : 1));
        using (Stream? deflate = isSmall ? null : new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            (deflate ?? packed).Write(_octets.ToArray(), 0, _octets.Count);

        return packed.ToArray();
    }

    public IEnumerable<ReportCheck> Unpack(string domain, byte[] packed)
    {
        using var source = new MemoryStream(packed);
        bool isDeflated = source.ReadByte() == 1;
        using Stream? deflate = isDeflated ? new DeflateStream(source, CompressionMode.Decompress) : null;
        using var plain = new MemoryStream();
        (deflate ?? source).CopyTo(plain);
        plain.Position = 0;
        while (plain.Position < plain.Length)
            yield return ReadCheck(domain, plain);
    }

    private void Write(string domain, ReportCheck check)
    {
        _octets.Add((byte)check.Status);
        _octets.Add((byte)(check.IsImplied ? 1 : 0));
        WriteText(check.Domain == domain ? null : check.Domain);
        WriteText(check.Id);
        WriteText(check.Title);
        WriteText(check.Area);
        WriteText(check.Severity);
        WriteText(check.Reference);
        WriteText(check.Message);
        WriteText(check.Expected);
        WriteText(check.Actual);
        WriteText(check.Recommendation);
        WriteText(check.File);
        WriteNumber((uint)check.Line);
        WriteText(check.DaysLeft?.ToString(CultureInfo.InvariantCulture));
        WriteNumber((uint)check.NotJudged.Length);
        foreach (ReportCheck other in check.NotJudged)
            Write(domain, other);

        WriteNumber((uint)check.Records.Length);
        foreach (ReportRecord record in check.Records)
        {
            WriteText(record.ZoneName);
            WriteText(record.Name);
            WriteText(record.Fqdn);
            WriteText(record.Type);
            WriteText(record.Ttl.ToString(CultureInfo.InvariantCulture));
            WriteText(record.Purpose);
            WriteText(record.Value);
        }
    }

    private ReportCheck ReadCheck(string domain, Stream stream) => new()
    {
        Status = (CheckStatus)stream.ReadByte(),
        IsImplied = stream.ReadByte() == 1,
        Domain = ReadText(stream) ?? domain,
        Id = ReadText(stream)!,
        Title = ReadText(stream)!,
        Area = ReadText(stream)!,
        Severity = ReadText(stream)!,
        Reference = ReadText(stream)!,
        Message = ReadText(stream)!,
        Expected = ReadText(stream),
        Actual = ReadText(stream),
        Recommendation = ReadText(stream)!,
        File = ReadText(stream),
        Line = (int)ReadNumber(stream),
        DaysLeft = ReadText(stream) is { } days ? int.Parse(days, CultureInfo.InvariantCulture) : null,
        NotJudged = ReadList(stream, one => ReadCheck(domain, one)),
        Records = ReadList(stream, ReadRecord),
    };

    private ReportRecord ReadRecord(Stream stream) => new()
    {
        ZoneName = ReadText(stream)!,
        Name = ReadText(stream)!,
        Fqdn = ReadText(stream)!,
        Type = ReadText(stream)!,
        Ttl = long.Parse(ReadText(stream)!, CultureInfo.InvariantCulture),
        Purpose = ReadText(stream)!,
        Value = ReadText(stream)!,
    };

    private static T[] ReadList<T>(Stream stream, Func<Stream, T> read)
    {
        uint count = ReadNumber(stream);
        if (count == 0) return Array.Empty<T>();

        var items = new T[count];
        for (int i = 0; i < items.Length; i++)
            items[i] = read(stream);

        return items;
    }

    private void WriteText(string? text)
    {
        if (text is null)
        {
            WriteNumber(Null);
            return;
        }

        if (_numbers.TryGetValue(text, out int number) || TryNumber(text, out number))
        {
            WriteNumber((uint)number);
            return;
        }

        bool isAscii = true;
        foreach (char c in text)
            isAscii &= c < 0x80;

        WriteNumber(isAscii ? (uint)Ascii : Utf16);
        WriteNumber((uint)text.Length);
        foreach (char c in text)
        {
            _octets.Add((byte)c);

            // As it is: half of a surrogate pair stays what it is.
            if (!isAscii) _octets.Add((byte)(c >> 8));
        }
    }

    private bool TryNumber(string text, out int number)
    {
        number = FirstWord + _words.Count;
        if (_words.Count == MostWords || text.Length > LongestWord) return false;

        if (_candidates.Count == MostCandidates) _candidates.Clear();

        if (_candidates.Add(StringComparer.Ordinal.GetHashCode(text))) return false;

        _words.Add(text);
        _numbers.Add(text, number);
        return true;
    }

    private string? ReadText(Stream stream)
    {
        uint kind = ReadNumber(stream);
        if (kind == Null) return null;
        if (kind >= FirstWord) return _words[(int)kind - FirstWord];

        var text = new char[ReadNumber(stream)];
        for (int i = 0; i < text.Length; i++)
            text[i] = (char)(stream.ReadByte() | (kind == Utf16 ? stream.ReadByte() << 8 : 0));

        return new string(text);
    }

    // Seven bits an octet, the lowest first; the highest bit says that more follow.
    private void WriteNumber(uint number)
    {
        for (; number >= 0x80; number >>= 7)
            _octets.Add((byte)(number | 0x80));

        _octets.Add((byte)number);
    }

    private static uint ReadNumber(Stream stream)
    {
        uint number = 0;
        for (int shift = 0; ; shift += 7)
        {
            int octet = stream.ReadByte();
            number |= (uint)(octet & 0x7F) << shift;
            if (octet < 0x80) return number;
        }
    }
}
