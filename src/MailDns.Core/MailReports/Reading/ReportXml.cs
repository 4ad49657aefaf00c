using System.IO;
using System.Xml;

namespace MailDns.MailReports;

/// <summary>Steps through the XML of a report, or through JSON as the platform's reader shows it, and reads texts within bounds.</summary>
internal sealed class ReportXml(XmlReader reader, ReportTexts texts, ReportNotes notes) : IDisposable
{
    private readonly TextPool<string> _texts = texts.Texts;
    private readonly TextPool<string> _domains = texts.Domains;
    private readonly TextPool<string> _words = texts.Words;
    private readonly TextPool<ReportSource> _sources = texts.Sources;
    private readonly char[] _buffer = texts.Buffer;
    private int _start;
    private int _length;
    private ulong _hash;

    /// <summary>The name of the element that was reached, without its prefix.</summary>
    public string Name => reader.LocalName;

    public string Namespace => reader.NamespaceURI;
    public int Depth => reader.Depth;
    public bool IsEmpty => reader.IsEmptyElement;

    /// <summary>True for an element of JSON that stands for null.</summary>
    public bool IsNull => Is("null", reader.GetAttribute("type"));

    public bool IsArray => Is("array", reader.GetAttribute("type"));
    public bool IsObject => Is("object", reader.GetAttribute("type"));

    /// <summary>Joins what was read since it was last set; equal for equal texts in equal order.</summary>
    public ulong Content { get; set; }

    /// <summary>A reader of XML that knows nothing but the text: no DTD, no other file.</summary>
    public static XmlReader Open(TextReader text) => XmlReader.Create(text, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CheckCharacters = false,
        CloseInput = false,

        // Declarations were dropped; so a blank line before one, or a second report after the first, is no fault.
        ConformanceLevel = ConformanceLevel.Fragment,
    });

    public void Dispose() => reader.Dispose();

    /// <summary>Goes to the next element below the one at <paramref name="depth"/>; false at its end.</summary>
    public bool NextChild(int depth)
    {
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element) return true;
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth <= depth) return false;
        }

        throw new EndOfStreamException();
    }

    /// <summary>Goes to the next element at the top; false at the end of the text.</summary>
    public bool NextRoot()
    {
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element) return true;
        }

        return false;
    }

    /// <summary>Passes over the element with all that is in it.</summary>
    public void Skip()
    {
        if (reader.IsEmptyElement) return;

        int depth = reader.Depth;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth) return;
        }

        throw new EndOfStreamException();
    }

    /// <summary>The trimmed text of the element, escaped for display; empty for an empty one.</summary>
    public string Text()
    {
        ReadText();
        return Get(_texts, string.Empty);
    }

    /// <summary>The same, null where it is empty.</summary>
    public string? TextOrNull() => Text() is { Length: > 0 } text ? text : null;

    /// <summary>The text in lower case.</summary>
    public string Word()
    {
        ReadText();
        return Get(_words, string.Empty);
    }

    /// <summary>The domain in the text: lower case, A-labels, no final dot, no local part.</summary>
    public string Domain()
    {
        ReadText();
        return Get(_domains, string.Empty);
    }

    /// <summary>The address in the text.</summary>
    public ReportSource Source()
    {
        ReadText();
        return Get(_sources, ReportSource.None);
    }

    /// <summary>True for the word pass in any case.</summary>
    public bool IsPass(out bool isWord)
    {
        ReadText();
        isWord = Is("pass") || Is("fail");
        return Is("pass");
    }

    /// <summary>The text as it is, for numbers and addresses.</summary>
    public string Raw()
    {
        ReadText();
        return _length == 0 ? string.Empty : new string(_buffer, _start, _length);
    }

    /// <summary>A count of messages or sessions; -1 where the text is not one that can be added up.</summary>
    public long Count()
    {
        ReadText();
        return Count(_buffer, _start, _length);
    }

    // More digits than these are no count of messages, and a million of them must not overflow.
    public static long Count(char[] text, int start, int length)
    {
        if (length is 0 or > 12) return -1;

        long value = 0;
        for (int i = start; i < start + length; i++)
        {
            if (text[i] is < '0' or > '9') return -1;

            value = (value * 10) + (text[i] - '0');
        }

        return value;
    }

    /// <summary>True where the last text was empty.</summary>
    public bool WasEmpty => _length == 0;

    private static bool Is(string word, string? type) => string.Equals(type, word, StringComparison.Ordinal);

    private T Get<T>(TextPool<T> pool, T none) where T : class => _length == 0 ? none : pool.Get(_buffer, _start, _length, _hash);

    private bool Is(string word)
    {
        if (_length != word.Length) return false;

        for (int i = 0; i < _length; i++)
        {
            if ((_buffer[_start + i] | 0x20) != word[i]) return false;
        }

        return true;
    }

    private void ReadText()
    {
        _start = 0;
        _length = 0;
        if (!reader.IsEmptyElement) Collect();

        while (_length > 0 && char.IsWhiteSpace(_buffer[_start]))
        {
            _start++;
            _length--;
        }

        while (_length > 0 && char.IsWhiteSpace(_buffer[_start + _length - 1]))
            _length--;

        _hash = TextHash.Of(_buffer, _start, _length);
        Content = TextHash.Join(Content, _hash);
    }

    private void Collect()
    {
        int depth = reader.Depth;
        bool isCut = false;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.EndElement when reader.Depth == depth:
                    if (isCut)
                    {
                        notes.Warn("A text of more than " + (_buffer.Length - 1) + " characters was cut (-Limit TextLength).");
                        _length = _buffer.Length - 1;
                    }

                    return;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    int read;
                    while (_length < _buffer.Length && (read = reader.ReadValueChunk(_buffer, _length, _buffer.Length - _length)) > 0)
                        _length += read;

                    isCut |= _length == _buffer.Length;
                    break;
            }
        }

        throw new EndOfStreamException();
    }
}

/// <summary>The texts of a run: what many reports have in common is held once.</summary>
internal sealed class ReportTexts(int maxText)
{
    private const int Few = 4096;

    public char[] Buffer { get; } = new char[maxText + 1];

    /// <summary>The text that is looked at.</summary>
    public char[] Input { get; } = new char[1 << 15];

    public TextPool<string> Texts { get; } = new(Few, PrintableText.Escape);
    public TextPool<string> Domains { get; } = new(Few, ToDomain);
    public TextPool<string> Words { get; } = new(Few, static text => PrintableText.Escape(text.ToLowerInvariant()));

    /// <summary>Addresses, which are many where reports are large.</summary>
    public TextPool<ReportSource> Sources { get; } = new(Few * 4, static text => new ReportSource(PrintableText.Escape(text)));

    public TextPool<TagName> Tags { get; } = new(Few / 4, static name => new TagName(name));

    // RFC 5890: names are compared as A-labels. Where it is no name it stays as it is, escaped.
    private static string ToDomain(string text)
    {
        int at = text.LastIndexOf('@');
        string domain = text.Substring(at + 1).Trim('<', '>', ' ');
        bool isPlain = true;
        foreach (char c in domain)
            isPlain &= c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_';

        domain = domain.EndsWith(".", StringComparison.Ordinal) ? domain.Substring(0, domain.Length - 1) : domain;
        return isPlain ? domain
            : DomainName.TryParse(domain, out DomainName? name, out _) ? name!.Text
            : PrintableText.Escape(domain.ToLowerInvariant());
    }
}
