using System.IO;

namespace MailDns.MailReports;

/// <summary>
/// Stands between the decoder and XmlReader, and mends on the way what reporters are known to get wrong, so that nothing
/// has to be read twice: characters that XML forbids, markup in texts (<c>&lt;email&gt;&lt;a@b&gt;&lt;/email&gt;</c>), bare
/// ampersands, a stray schema element, declarations in the wrong place, and an end tag that lost its end. A DTD is refused.
/// </summary>
internal sealed class XmlRepairReader(TextReader source, ReportTexts texts, ReportNotes notes) : TextReader
{
    /// <summary>Longest tag; what is longer is text.</summary>
    private const int MaxTag = 1 << 16;

    // Elements that hold text alone, wherever they are; within one, whatever is not its end tag is text.
    // dkim and spf are absent: they are texts in policy_evaluated and not so in auth_results.
    private static readonly HashSet<string> s_leaves = new(StringComparer.Ordinal)
    {
        "org_name", "email", "extra_contact_info", "report_id", "begin", "end", "error", "generator", "version", "domain", "adkim", "aspf", "p", "sp", "np",
        "pct", "fo", "rf", "ri", "testing", "discovery_method", "source_ip", "count", "disposition", "type", "comment", "header_from", "envelope_from",
        "envelope_to", "selector", "result", "human_result", "scope",
    };

    private char[] _in = new char[1 << 15];
    private int _position;
    private int _end;
    private int _passUntil;
    private string _pending = string.Empty;
    private int _pendingAt;
    private bool _isEnded;
    private string? _leaf;
    private string? _root;
    private string _skipUntil = string.Empty;
    private bool _skipIsText;

    private enum Fit
    {
        Yes,
        No,
        Unfinished,
    }

    /// <summary>True where the document type declaration of a web page or another was met.</summary>
    public bool HasDoctype { get; private set; }

    /// <summary>True where the end tag of the report was cut and was completed here.</summary>
    public bool IsEndMended { get; private set; }

    public override int Peek() => throw new NotSupportedException();

    public override int Read()
    {
        var one = new char[1];
        return Read(one, 0, 1) == 0 ? -1 : one[0];
    }

    public override int Read(char[] buffer, int index, int count)
    {
        // As much as there is room for: XmlReader is slow on crumbs.
        int done = 0;
        while (done < count)
        {
            if (_passUntil > _position)
            {
                int length = Math.Min(count - done, _passUntil - _position);
                Array.Copy(_in, _position, buffer, index + done, length);
                _position += length;
                done += length;
            }
            else if (_pendingAt < _pending.Length)
            {
                int length = Math.Min(count - done, _pending.Length - _pendingAt);
                _pending.CopyTo(_pendingAt, buffer, index + done, length);
                _pendingAt += length;
                done += length;
            }
            else if (_position == _end && (done > 0 || !Fill()))
            {
                break;
            }
            else
            {
                Decide();
            }
        }

        return done;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Says what becomes of what is at the position: passes, is dropped, or is replaced.</summary>
    private void Decide()
    {
        if (_skipUntil.Length > 0)
        {
            Skip();
            return;
        }

        switch (_in[_position])
        {
            case '<':
                DecideTag();
                break;
            case '&':
                DecideReference();
                break;
            default:
                int at = _position;
                while (at < _end && _in[at] != '<' && _in[at] != '&')
                {
                    at++;
                }

                _passUntil = at;
                break;
        }
    }

    // Comments and declarations are dropped, CDATA is passed: each up to its end, which may be far.
    private void Skip()
    {
        int found = IndexOf(_skipUntil, _position, _end);
        int until = found >= 0 ? found + _skipUntil.Length : Math.Max(_position, _end - _skipUntil.Length + 1);
        bool isDone = found >= 0;
        if (!isDone && until == _position)
        {
            if (Fill())
            {
                return;
            }

            until = _end;
            isDone = true;
        }

        if (_skipIsText)
        {
            _passUntil = until;
        }
        else
        {
            _position = until;
        }

        if (isDone)
        {
            _skipUntil = string.Empty;
        }
    }

    private void DecideTag()
    {
        if (!Need(9) && _end - _position < 2)
        {
            Drop(_end - _position);
            return;
        }

        char next = _in[_position + 1];
        if (next == '!' && StartsWith("<!--"))
        {
            StartSkip("-->", isText: false);
        }
        else if (next == '!' && StartsWith("<![CDATA["))
        {
            StartSkip("]]>", isText: true);
        }
        else if (_leaf is not null)
        {
            DecideInLeaf();
        }
        else if (next == '!' && StartsWith("<!doctype"))
        {
            HasDoctype = true;
            throw new MailReportException("It has a document type declaration (DTD), which no report has and which is never read.");
        }
        else if (next == '?')
        {
            StartSkip("?>", isText: false);
        }
        else
        {
            DecideElement();
        }
    }

    private void StartSkip(string until, bool isText)
    {
        _skipUntil = until;
        _skipIsText = isText;
    }

    private void DecideInLeaf()
    {
        if (IsLeafEnd())
        {
            _passUntil = _position + _leaf!.Length + 3;
            _leaf = null;
            return;
        }

        Fit fit = EndTag(out int length, out string name);
        if (fit == Fit.Yes && string.Equals(name, _leaf, StringComparison.Ordinal))
        {
            _leaf = null;
            _passUntil = _position + length;
            return;
        }

        if (fit == Fit.Unfinished && _isEnded)
        {
            Drop(_end - _position);
            return;
        }

        EscapeMarkup();
    }

    private bool IsLeafEnd()
    {
        string leaf = _leaf!;
        int at = _position + 2;
        if (at + leaf.Length >= _end || _in[_position + 1] != '/' || _in[at + leaf.Length] != '>')
        {
            return false;
        }

        for (int i = 0; i < leaf.Length; i++)
        {
            if (_in[at + i] != leaf[i])
            {
                return false;
            }
        }

        return true;
    }

    private void DecideElement()
    {
        bool isEndTag = _in[_position + 1] == '/';
        Fit fit = isEndTag ? EndTag(out int length, out string name) : StartTag(out length, out name);
        if (fit == Fit.No)
        {
            EscapeMarkup();
            return;
        }

        if (fit == Fit.Unfinished)
        {
            MendEnd(isEndTag);
            return;
        }

        string local = LocalName(name);
        if (local == "schema")
        {
            notes.Note("A schema element that does not belong there was passed over.");
            Drop(length);
            return;
        }

        _passUntil = _position + length;
        if (isEndTag)
        {
            return;
        }

        _root ??= name;
        bool isEmpty = _in[_position + length - 2] == '/';
        bool isForeign = name.Length != local.Length && !string.Equals(Prefix(name), Prefix(_root), StringComparison.Ordinal);
        if (!isEmpty && !isForeign && s_leaves.Contains(local) && (length == name.Length + 2 || !HasNamespace(length)))
        {
            _leaf = name;
        }
    }

    // The end of the text within a tag. Where it is the end tag of the whole, nothing is lost but its last characters.
    private void MendEnd(bool isEndTag)
    {
        var rest = new string(_in, _position, _end - _position);
        string? wanted = _root is null ? null : "</" + _root + ">";
        if (isEndTag && wanted is not null && rest.Length > 2 && wanted.StartsWith(rest.TrimEnd(), StringComparison.Ordinal))
        {
            IsEndMended = true;
            _pending = wanted;
            _pendingAt = 0;
        }

        Drop(_end - _position);
    }

    private void EscapeMarkup()
    {
        notes.Warn("Markup in a text was read as text.");
        Replace("&lt;", 1);
    }

    private void DecideReference()
    {
        Need(12);
        int semicolon = -1;
        for (int i = _position + 1; i < Math.Min(_end, _position + 12); i++)
        {
            if (_in[i] == ';')
            {
                semicolon = i;
                break;
            }
        }

        if (semicolon > 0 && IsReference(new string(_in, _position + 1, semicolon - _position - 1)))
        {
            _passUntil = semicolon + 1;
            return;
        }

        notes.Note("A bare ampersand was read as text.");
        Replace("&amp;", 1);
    }

    // A number that XML cannot carry is none either: XmlReader is told to take any, and what it gives is escaped later.
    private static bool IsReference(string name)
    {
        if (name is "amp" or "lt" or "gt" or "quot" or "apos")
        {
            return true;
        }

        if (name.Length < 2 || name[0] != '#')
        {
            return false;
        }

        bool isHex = name[1] == 'x';
        int value = 0;
        for (int i = isHex ? 2 : 1; i < name.Length; i++)
        {
            int digit = Digit(name[i]);
            if (digit < 0 || (!isHex && digit > 9) || value > 0x10FFFF)
            {
                return false;
            }

            value = (value * (isHex ? 16 : 10)) + digit;
        }

        return value is > 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF) && (!isHex || name.Length > 2);
    }

    private static int Digit(char c) => c is >= '0' and <= '9' ? c - '0' : (c | 0x20) is >= 'a' and <= 'f' ? (c | 0x20) - 'a' + 10 : -1;

    private void Drop(int length) => _position += length;

    private void Replace(string text, int length)
    {
        _pending = text;
        _pendingAt = 0;
        _position += length;
    }

    private Fit EndTag(out int length, out string name)
    {
        name = string.Empty;
        length = 0;
        if (_position + 1 >= _end || _in[_position + 1] != '/')
        {
            return Fit.No;
        }

        Fit fit = Name(_position + 2, out int at);
        if (fit != Fit.Yes)
        {
            return fit;
        }

        name = Pooled(_position + 2, at);
        at = Blanks(at);
        if (at >= _end)
        {
            return Fit.Unfinished;
        }

        length = at + 1 - _position;
        return _in[at] == '>' ? Fit.Yes : Fit.No;
    }

    private Fit StartTag(out int length, out string name)
    {
        name = string.Empty;
        length = 0;
        Fit fit = Name(_position + 1, out int at);
        if (fit != Fit.Yes)
        {
            return fit;
        }

        name = Pooled(_position + 1, at);
        while (true)
        {
            int start = at;
            at = Blanks(at);
            if (at >= _end)
            {
                return Fit.Unfinished;
            }

            if (_in[at] == '/')
            {
                at++;
                if (!Reach(at))
                {
                    return Fit.Unfinished;
                }
            }

            if (_in[at] == '>')
            {
                length = at + 1 - _position;
                return Fit.Yes;
            }

            if (at == start || _in[at - 1] == '/')
            {
                return Fit.No;
            }

            fit = Attribute(ref at);
            if (fit != Fit.Yes)
            {
                return fit;
            }
        }
    }

    private Fit Attribute(ref int at)
    {
        Fit fit = Name(at, out at);
        if (fit != Fit.Yes)
        {
            return fit;
        }

        at = Blanks(at);
        if (at >= _end)
        {
            return Fit.Unfinished;
        }

        if (_in[at] != '=')
        {
            return Fit.No;
        }

        at = Blanks(at + 1);
        if (at >= _end)
        {
            return Fit.Unfinished;
        }

        char quote = _in[at];
        if (quote is not ('"' or '\''))
        {
            return Fit.No;
        }

        at++;
        while (Reach(at) && _in[at] != quote)
        {
            if (_in[at] == '<' || at - _position > MaxTag)
            {
                return Fit.No;
            }

            at++;
        }

        if (at >= _end)
        {
            return Fit.Unfinished;
        }

        at++;
        return Reach(at) ? Fit.Yes : Fit.Unfinished;
    }

    // Name (XML 1.0 section 2.3), as far as reports go: ASCII, and any letter beyond.
    private Fit Name(int start, out int at)
    {
        at = start;
        while ((at < _end || Reach(at)) && IsNameCharacter(_in[at], at == start))
        {
            at++;
            if (at - start > 1000)
            {
                return Fit.No;
            }
        }

        return at >= _end ? Fit.Unfinished : at == start ? Fit.No : Fit.Yes;
    }

    private static bool IsNameCharacter(char c, bool isFirst) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_'
        || (!isFirst && c is (>= '0' and <= '9') or '-' or '.' or ':')
        || (c >= 0xC0 && char.IsLetter(c));

    private int Blanks(int at)
    {
        while ((at < _end || Reach(at)) && _in[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return at;
    }

    private bool HasNamespace(int length)
    {
        int found = IndexOf("xmlns", _position, _position + length);
        return found >= 0;
    }

    private string Pooled(int start, int end) => texts.Names.Get(_in, start, end - start, TextPool.Hash(_in, start, end - start));

    private static string LocalName(string name) => name.Substring(name.IndexOf(':') + 1);

    private static string Prefix(string name) => name.IndexOf(':') < 0 ? string.Empty : name.Substring(0, name.IndexOf(':'));

    private bool StartsWith(string text)
    {
        if (_end - _position < text.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            char c = _in[_position + i];
            if (c != text[i] && (c is < 'A' or > 'Z' || (c | 0x20) != text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private int IndexOf(string text, int start, int end)
    {
        for (int i = start; i <= end - text.Length; i++)
        {
            int j = 0;
            while (j < text.Length && _in[i + j] == text[j])
            {
                j++;
            }

            if (j == text.Length)
            {
                return i;
            }
        }

        return -1;
    }

    private bool Need(int count)
    {
        while (_end - _position < count)
        {
            if (!Fill())
            {
                return false;
            }
        }

        return true;
    }

    // True where there is a character at the place, which may move as more is read: places are kept relative by not moving them.
    private bool Reach(int at)
    {
        while (at >= _end)
        {
            if (!Extend())
            {
                return false;
            }
        }

        return true;
    }

    // More characters behind those that are there, without moving them.
    private bool Extend()
    {
        if (_isEnded)
        {
            return false;
        }

        if (_end == _in.Length)
        {
            if (_in.Length - _position > MaxTag * 4)
            {
                return false;
            }

            Array.Resize(ref _in, _in.Length * 2);
        }

        return ReadMore();
    }

    // More characters, after what is done was moved out.
    private bool Fill()
    {
        if (_isEnded)
        {
            return false;
        }

        if (_position > 0)
        {
            Array.Copy(_in, _position, _in, 0, _end - _position);
            _end -= _position;
            _position = 0;
            _passUntil = 0;
        }

        return _end == _in.Length ? Extend() : ReadMore();
    }

    private bool ReadMore()
    {
        int read = source.Read(_in, _end, _in.Length - _end);
        if (read <= 0)
        {
            _isEnded = true;
            return false;
        }

        Clean(_end, _end + read);
        _end += read;
        return true;
    }

    // Char (XML 1.0 section 2.2): what is none becomes the replacement character.
    private void Clean(int start, int end)
    {
        char[] text = _in;
        for (int i = start; i < end; i++)
        {
            char c = text[i];
            if (c < ' ' ? c is not ('\n' or '\t' or '\r') : c >= 0xD800 && IsForbidden(text, i, end))
            {
                text[i] = c == 0 ? ' ' : '\uFFFD';
            }
        }
    }

    private static bool IsForbidden(char[] text, int i, int end)
    {
        char c = text[i];
        if (c >= 0xFFFE)
        {
            return true;
        }

        if (char.IsHighSurrogate(c))
        {
            return i + 1 == end || !char.IsLowSurrogate(text[i + 1]);
        }

        return char.IsLowSurrogate(c) && (i == 0 || !char.IsHighSurrogate(text[i - 1]));
    }
}
