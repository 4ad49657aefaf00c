namespace MailDns.Dns;

/// <summary>
/// Cuts a master file into entries of words (RFC 1035 section 5.1): white space, comments, quotes, and parentheses that
/// carry an entry over line ends.
/// </summary>
internal sealed class ZoneFileLexer
{
    /// <summary>Longest line and longest entry, in characters: RDATA of 65535 octets, each written as \DDD, fits.</summary>
    public const int MaxEntryLength = 300_000;

    /// <summary>Most parentheses within each other. The standard has no use for more than one.</summary>
    public const int MaxNesting = 16;

    private const string Rule = "RFC 1035 section 5.1";

    private readonly string _file;
    private readonly string _text;
    private int _position;
    private int _line;
    private int _lineStart;
    private int _depth;
    private int _openLine;
    private int _openColumn;
    private int _openPosition;
    private List<ZoneToken> _entry = new();

    public ZoneFileLexer(string file, string text, int firstLine = 1)
    {
        _file = file;
        _text = text;
        _line = firstLine;

        // A byte order mark, read as a character or as its octets, is no part of the text.
        if (text.StartsWith("\uFEFF", System.StringComparison.Ordinal))
            _position = 1;
        else if (text.StartsWith("\u00EF\u00BB\u00BF", System.StringComparison.Ordinal))
            _position = 3;

        _lineStart = _position;
    }

    /// <summary>The words of the entry that was read last, as far as it could be read.</summary>
    public List<ZoneToken> Entry => _entry;

    private int Column => _position - _lineStart + 1;

    /// <summary>The words of the next entry that has any; null at the end.</summary>
    /// <exception cref="ZoneFileException">It cannot be cut into words; <see cref="Recover"/> goes on behind it.</exception>
    public List<ZoneToken>? ReadEntry()
    {
        var tokens = new List<ZoneToken>();
        _entry = tokens;
        bool indented = false;
        int entryStart = _position;
        while (_position < _text.Length)
        {
            if (_position - entryStart > MaxEntryLength)
                throw Error("the entry is longer than " + MaxEntryLength + " characters", "MailDns limit");

            char c = _text[_position];
            if (c == '\n')
            {
                NextLine();
                if (_depth == 0)
                {
                    if (tokens.Count > 0) return tokens;

                    indented = false;
                    entryStart = _position;
                }
            }
            else if (IsBlank(c))
            {
                indented |= tokens.Count == 0 && c != '\r';
                _position++;
            }
            else if (c == ';')
            {
                SkipComment();
            }
            else if (c == '(' || c == ')')
            {
                Nest(c);
            }
            else
            {
                tokens.Add(ReadWord(indented));
            }
        }

        if (_depth > 0)
            throw new ZoneFileException(_file, _openLine, _openColumn, "the closing parenthesis is missing", Rule);

        return tokens.Count > 0 ? tokens : null;
    }

    /// <summary>Goes on with the line below the one where the broken entry began: a parenthesis or a quotation mark that is missing takes no other line with it.</summary>
    public void Recover()
    {
        if (_depth > 0)
        {
            _depth = 0;
            _position = _openPosition;
            _line = _openLine;
        }

        SkipComment();
        if (_position < _text.Length) NextLine();
    }

    private static bool IsBlank(char c) => c == ' ' || c == '\t' || c == '\r' || c == '\f';

    private void NextLine()
    {
        _position++;
        _line++;
        _lineStart = _position;
    }

    private void SkipComment()
    {
        int end = _text.IndexOf('\n', _position);
        _position = end < 0 ? _text.Length : end;
    }

    private void Nest(char c)
    {
        if (c == '(')
        {
            if (_depth == 0)
            {
                _openLine = _line;
                _openColumn = Column;
                _openPosition = _position;
            }

            if (++_depth > MaxNesting)
                throw Error("more than " + MaxNesting + " parentheses within each other", "MailDns limit");
        }
        else if (--_depth < 0)
        {
            _depth = 0;
            throw Error("a closing parenthesis without an opening one", Rule);
        }

        _position++;
    }

    private ZoneToken ReadWord(bool indented)
    {
        int line = _line;
        int column = Column;
        bool quoted = _text[_position] == '"';
        int start = quoted ? ++_position : _position;
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c == '\\')
            {
                if (_position + 1 >= _text.Length || _text[_position + 1] == '\n' || _text[_position + 1] == '\r')
                    throw Error("a backslash with nothing after it", Rule);

                _position++;
            }
            else if (quoted ? c == '"' : IsBlank(c) || c is '\n' or ';' or '(' or ')' or '"')
            {
                break;
            }
            else if (c == '\n')
            {
                break;
            }

            _position++;
        }

        int end = _position;
        if (quoted)
        {
            if (end >= _text.Length || _text[end] != '"')
                throw new ZoneFileException(_file, line, column, "the closing quotation mark is missing", Rule);

            _position++;
        }

        if (end - start > MaxEntryLength)
            throw new ZoneFileException(_file, line, column, "the word is longer than " + MaxEntryLength + " characters", "MailDns limit");

        return new ZoneToken(_text.Substring(start, end - start), quoted, indented, line, column);
    }

    private ZoneFileException Error(string problem, string rule) => new(_file, _line, Column, problem, rule);
}
