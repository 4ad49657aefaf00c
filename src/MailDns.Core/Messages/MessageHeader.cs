using System.Text;

namespace MailDns.Messages;

/// <summary>One header field: where it begins, its colon, and where it ends without its last CRLF.</summary>
internal readonly struct HeaderField(int start, int colon, int end, uint hash)
{
    public int Start { get; } = start;
    public int Colon { get; } = colon;
    public int End { get; } = end;

    /// <summary>A hash of the name in lower case, so that unequal names are told apart fast.</summary>
    public uint Hash { get; } = hash;
}

/// <summary>
/// The header section in its own octets, lines ended by CRLF, with the places of its fields from top to bottom. Lines that
/// are no field are in none: they are neither signed nor shown.
/// </summary>
internal sealed class MessageHeader
{
    private static readonly Encoding s_latin1 = Encoding.GetEncoding(28591);
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly List<HeaderField> _fields = new(64);
    private int[]? _above;
    private Dictionary<uint, int>? _lowest;

    /// <summary>The octets; only those of the fields count.</summary>
    public byte[] Octets { get; set; } = Array.Empty<byte>();

    public int Count => _fields.Count;

    public HeaderField this[int index] => _fields[index];

    public void Add(HeaderField field) => _fields.Add(field);

    /// <summary>The last field is longer: a folded line follows.</summary>
    public void Extend(int end)
    {
        HeaderField last = _fields[_fields.Count - 1];
        _fields[_fields.Count - 1] = new HeaderField(last.Start, last.Colon, end, last.Hash);
    }

    /// <summary>The places of the fields with that name (lower case), from top to bottom.</summary>
    public IEnumerable<int> Find(string name)
    {
        uint hash = HashOf(name);
        for (int i = 0; i < _fields.Count; i++)
        {
            if (_fields[i].Hash == hash && IsNamed(i, name)) yield return i;
        }
    }

    /// <summary>The topmost field with that name; -1 where there is none.</summary>
    public int First(string name)
    {
        foreach (int index in Find(name))
            return index;

        return -1;
    }

    public int CountOf(string name)
    {
        int count = 0;
        foreach (int index in Find(name))
            count++;

        return count;
    }

    /// <summary>The value of the topmost field with that name as people read it; null where there is none.</summary>
    public string? TextOf(string name) => First(name) is >= 0 and int index ? Text(index) : null;

    public bool IsNamed(int index, string name)
    {
        HeaderField field = _fields[index];
        int end = NameEnd(field);
        if (end - field.Start != name.Length) return false;

        for (int i = 0; i < name.Length; i++)
        {
            if (Lower(Octets[field.Start + i]) != name[i]) return false;
        }

        return true;
    }

    /// <summary>The octets after the colon, one character an octet, folding included: places in it are places in the field.</summary>
    public string RawValue(int index) =>
        s_latin1.GetString(Octets, _fields[index].Colon + 1, _fields[index].End - _fields[index].Colon - 1);

    /// <summary>The value unfolded, as UTF-8 where it is that (RFC 6532), else one character an octet.</summary>
    public string Text(int index)
    {
        HeaderField field = _fields[index];
        int start = field.Colon + 1;
        string text;
        try
        {
            text = s_utf8.GetString(Octets, start, field.End - start);
        }
        catch (DecoderFallbackException)
        {
            text = s_latin1.GetString(Octets, start, field.End - start);
        }

        return Unfold(text).Trim(' ', '\t');
    }

    /// <summary>The end of a name without white space before its colon (RFC 5322 section 4.5).</summary>
    public int NameEnd(HeaderField field)
    {
        int end = field.Colon;
        while (end > field.Start && Octets[end - 1] is (byte)' ' or (byte)'\t')
            end--;

        return end;
    }

    /// <summary>The lowest field with that name (any case); -1 where there is none.</summary>
    public int Lowest(string name)
    {
        Link();
        string lower = name.ToLowerInvariant();
        int index = _lowest!.TryGetValue(HashOf(lower), out int found) ? found : -1;
        while (index >= 0 && !IsNamed(index, lower))
            index = _above![index];

        return index;
    }

    /// <summary>The next field above with the same name; -1 where there is none.</summary>
    public int Above(int index)
    {
        Link();
        int above = _above![index];
        while (above >= 0 && !HasSameName(_fields[above], _fields[index]))
            above = _above[above];

        return above;
    }

    /// <summary>FNV-1a over the name in lower case.</summary>
    public static uint HashOf(byte[] octets, int start, int end)
    {
        uint hash = 2166136261;
        for (int i = start; i < end; i++)
            hash = (hash ^ Lower(octets[i])) * 16777619;

        return hash;
    }

    private bool HasSameName(HeaderField one, HeaderField other)
    {
        int length = NameEnd(one) - one.Start;
        if (length != NameEnd(other) - other.Start) return false;

        for (int i = 0; i < length; i++)
        {
            if (Lower(Octets[one.Start + i]) != Lower(Octets[other.Start + i])) return false;
        }

        return true;
    }

    private static uint HashOf(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
            hash = (hash ^ c) * 16777619;

        return hash;
    }

    private static string Unfold(string text)
    {
        if (text.IndexOf('\n') < 0) return text;

        return text.Replace("\r\n", string.Empty);
    }

    private static byte Lower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;

    // For each field the next one above of the same hash, made when a signature first asks.
    private void Link()
    {
        if (_above is not null) return;

        _lowest = new Dictionary<uint, int>();
        _above = new int[_fields.Count];
        for (int i = 0; i < _fields.Count; i++)
        {
            uint hash = _fields[i].Hash;
            _above[i] = _lowest.TryGetValue(hash, out int above) ? above : -1;
            _lowest[hash] = i;
        }
    }
}
