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

    // So much is looked at without reading more: few tags are longer.
    private const int Margin = 256;
    private char[] _in = texts.Input;

    // In this order in the text: what is ready and not yet given; a gap, where something was cut out; what passes and has to
    // move up to what is ready; and from the position on, what was not looked at.
    private int _given;
    private int _ready;
    private int _from;
    private int _position;
    private int _end;

    // Comes behind what is ready.
    private string _pending = string.Empty;
    private int _pendingAt;
    private bool _isEnded;
    private TagName? _leaf;
    private TagName? _root;
    private TagName _last = new(string.Empty);
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
            if (_given < _ready)
            {
                int length = Math.Min(count - done, _ready - _given);
                Array.Copy(_in, _given, buffer, index + done, length);
                _given += length;
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
        if (disposing) source.Dispose();

        base.Dispose(disposing);
    }

    /// <summary>Goes on to the next place where something is put in, or to where more has to be read.</summary>
    private void Decide()
    {
        Need(Margin);
        _given = _ready = _from = _position;
        do
        {
            DecideNext();
        }
        while (_pendingAt == _pending.Length && _end - _position >= Margin);
        MoveUp();
    }

    private void MoveUp()
    {
        int length = _position - _from;
        if (_ready < _from && length > 0) Array.Copy(_in, _from, _in, _ready, length);

        _ready += length;
        _from = _position;
    }

    /// <summary>Says what becomes of what is at the position: passes, is dropped, or is replaced.</summary>
    private void DecideNext()
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
                DecideText();
                break;
        }
    }

    // Blanks between tags are four tenths of what large receivers write.
    private void DecideText()
    {
        char[] text = _in;
        int end = _end;
        int at = _position;
        while (at < end && text[at] is ' ' or '\n' or '\r' or '\t')
            at++;

        if (at < end && text[at] == '<' && _leaf is null)
        {
            Drop(at - _position);
            return;
        }

        while (at < end && text[at] != '<' && text[at] != '&')
            at++;

        _position = at;
    }

    // Comments and declarations are dropped, CDATA is passed: each up to its end, which may be far.
    private void Skip()
    {
        int found = IndexOf(_skipUntil, _position, _end);
        int until = found >= 0 ? found + _skipUntil.Length : Math.Max(_position, _end - _skipUntil.Length + 1);
        bool isDone = found >= 0;
        if (!isDone && until == _position)
        {
            // As much as there is was read, or this would not be so near the end.
            until = _end;
            isDone = true;
        }

        if (_skipIsText)
            _position = until;
        else
            Drop(until - _position);

        if (isDone) _skipUntil = string.Empty;
    }

    private void DecideTag()
    {
        if (_end - _position < 2)
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
            _position += _leaf!.Text.Length + 3;
            _leaf = null;
            return;
        }

        Fit fit = EndTag(out int length, out TagName? name);
        if (fit == Fit.Yes && string.Equals(name!.Text, _leaf!.Text, StringComparison.Ordinal))
        {
            _leaf = null;
            _position += length;
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
        string leaf = _leaf!.Text;
        int at = _position + 2;
        if (at + leaf.Length >= _end || _in[_position + 1] != '/' || _in[at + leaf.Length] != '>') return false;

        for (int i = 0; i < leaf.Length; i++)
        {
            if (_in[at + i] != leaf[i]) return false;
        }

        return true;
    }

    private void DecideElement()
    {
        bool isEndTag = _in[_position + 1] == '/';
        if (isEndTag ? IsTag(_last.NextEnd, 2) : IsTag(_last.Next, 1))
        {
            _last = isEndTag ? _last.NextEnd! : _last.Next!;
            _leaf = isEndTag || !IsLeaf(_last) ? null : _last;
            _position += _last.Text.Length + (isEndTag ? 3 : 2);
            return;
        }

        Fit fit = isEndTag ? EndTag(out int length, out TagName? name) : StartTag(out length, out name);
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

        if (name!.IsSchema)
        {
            notes.Note("A schema element that does not belong there was passed over.");
            Drop(length);
            return;
        }

        if (!isEndTag)
        {
            _root ??= name;
            if (IsLeaf(name) && _in[_position + length - 2] != '/' && (length == name.Text.Length + 2 || !HasNamespace(length)))
                _leaf = name;

            _last.Next = name;
        }
        else
        {
            _last.NextEnd = name;
        }

        _last = name;
        _position += length;
    }

    // Reports say the same again and again: what came after the last tag before comes after it again.
    private bool IsTag(TagName? guess, int start)
    {
        if (guess is null || _root is null || _end - _position <= guess.Text.Length + start) return false;

        string name = guess.Text;
        int at = _position + start;
        for (int i = 0; i < name.Length; i++)
        {
            if (_in[at + i] != name[i]) return false;
        }

        return _in[at + name.Length] == '>';
    }

    private bool IsLeaf(TagName name) =>
        name.IsLeaf && (name.Prefix.Length == 0 || string.Equals(name.Prefix, _root!.Prefix, StringComparison.Ordinal));

    // The end of the text within a tag. Where it is the end tag of the whole, nothing is lost but its last characters.
    private void MendEnd(bool isEndTag)
    {
        var rest = new string(_in, _position, _end - _position);
        string? wanted = _root is null ? null : "</" + _root.Text + ">";
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
            _position = semicolon + 1;
            return;
        }

        notes.Note("A bare ampersand was read as text.");
        Replace("&amp;", 1);
    }

    // A number that XML cannot carry is none either: XmlReader is told to take any, and what it gives is escaped later.
    private static bool IsReference(string name)
    {
        if (name is "amp" or "lt" or "gt" or "quot" or "apos") return true;
        if (name.Length < 2 || name[0] != '#') return false;

        bool isHex = name[1] == 'x';
        int value = 0;
        for (int i = isHex ? 2 : 1; i < name.Length; i++)
        {
            int digit = Digit(name[i]);
            if (digit < 0 || (!isHex && digit > 9) || value > 0x10FFFF) return false;

            value = (value * (isHex ? 16 : 10)) + digit;
        }

        return value is > 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF) && (!isHex || name.Length > 2);
    }

    private static int Digit(char c) => c is >= '0' and <= '9' ? c - '0' : (c | 0x20) is >= 'a' and <= 'f' ? (c | 0x20) - 'a' + 10 : -1;

    private void Drop(int length)
    {
        MoveUp();
        _position += length;
        _from = _position;
    }

    private void Replace(string text, int length)
    {
        _pending = text;
        _pendingAt = 0;
        Drop(length);
    }

    private Fit EndTag(out int length, out TagName? name)
    {
        name = null;
        length = 0;
        if (_position + 1 >= _end || _in[_position + 1] != '/') return Fit.No;

        Fit fit = Name(_position + 2, out int at);
        if (fit != Fit.Yes) return fit;

        name = Pooled(_position + 2, at);
        at = Blanks(at);
        if (at >= _end) return Fit.Unfinished;

        length = at + 1 - _position;
        return _in[at] == '>' ? Fit.Yes : Fit.No;
    }

    private Fit StartTag(out int length, out TagName? name)
    {
        name = null;
        length = 0;
        Fit fit = Name(_position + 1, out int at);
        if (fit != Fit.Yes) return fit;

        name = Pooled(_position + 1, at);
        while (true)
        {
            int start = at;
            at = Blanks(at);
            if (at >= _end) return Fit.Unfinished;

            if (_in[at] == '/')
            {
                at++;
                if (!Reach(at)) return Fit.Unfinished;
            }

            if (_in[at] == '>')
            {
                length = at + 1 - _position;
                return Fit.Yes;
            }

            if (at == start || _in[at - 1] == '/') return Fit.No;

            fit = Attribute(ref at);
            if (fit != Fit.Yes) return fit;
        }
    }

    private Fit Attribute(ref int at)
    {
        Fit fit = Name(at, out at);
        if (fit != Fit.Yes) return fit;

        at = Blanks(at);
        if (at >= _end) return Fit.Unfinished;
        if (_in[at] != '=') return Fit.No;

        at = Blanks(at + 1);
        if (at >= _end) return Fit.Unfinished;

        char quote = _in[at];
        if (quote is not ('"' or '\'')) return Fit.No;

        at++;
        while (Reach(at) && _in[at] != quote)
        {
            if (_in[at] == '<' || at - _position > MaxTag) return Fit.No;

            at++;
        }

        if (at >= _end) return Fit.Unfinished;

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
            if (at - start > 1000) return Fit.No;
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
            at++;

        return at;
    }

    private bool HasNamespace(int length)
    {
        int found = IndexOf("xmlns", _position, _position + length);
        return found >= 0;
    }

    private TagName Pooled(int start, int end) => texts.Tags.Get(_in, start, end - start, TextHash.Of(_in, start, end - start));

    private bool StartsWith(string text)
    {
        if (_end - _position < text.Length) return false;

        for (int i = 0; i < text.Length; i++)
        {
            char c = _in[_position + i];
            if (c != text[i] && (c is < 'A' or > 'Z' || (c | 0x20) != text[i])) return false;
        }

        return true;
    }

    private int IndexOf(string text, int start, int end)
    {
        for (int i = start; i <= end - text.Length; i++)
        {
            int j = 0;
            while (j < text.Length && _in[i + j] == text[j])
                j++;

            if (j == text.Length) return i;
        }

        return -1;
    }

    private bool Need(int count)
    {
        while (_end - _position < count)
        {
            if (!Fill()) return false;
        }

        return true;
    }

    // True where there is a character at the place, which may move as more is read: places are kept relative by not moving them.
    private bool Reach(int at)
    {
        while (at >= _end)
        {
            if (!Extend()) return false;
        }

        return true;
    }

    // More characters behind those that are there, without moving them.
    private bool Extend()
    {
        if (_isEnded) return false;

        if (_end == _in.Length)
        {
            if (_in.Length - _position > MaxTag * 4) return false;

            Array.Resize(ref _in, _in.Length * 2);
        }

        return ReadMore();
    }

    // More characters, once all that is ready was given, in the place of what was.
    private bool Fill()
    {
        if (_isEnded) return false;

        if (_position > 0)
        {
            Array.Copy(_in, _position, _in, 0, _end - _position);
            _end -= _position;
            _given = _ready = _from = _position = 0;
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
            if ((uint)(c - ' ') < 0xD800 - ' ') continue;

            if (c < ' ' ? c is not ('\n' or '\t' or '\r') : IsForbidden(text, i, end))
                text[i] = c == 0 ? ' ' : '\uFFFD';
        }
    }

    private static bool IsForbidden(char[] text, int i, int end)
    {
        char c = text[i];
        if (c >= 0xFFFE) return true;
        if (char.IsHighSurrogate(c)) return i + 1 == end || !char.IsLowSurrogate(text[i + 1]);

        return char.IsLowSurrogate(c) && (i == 0 || !char.IsHighSurrogate(text[i - 1]));
    }
}

/// <summary>The name of a tag, and what is known of its element.</summary>
internal sealed class TagName
{
    // Elements that hold text alone, wherever they are; within one, whatever is not its end tag is text.
    // dkim and spf are absent: they are texts in policy_evaluated and not so in auth_results.
    private static readonly HashSet<string> s_leaves = new(StringComparer.Ordinal)
    {
        "org_name", "email", "extra_contact_info", "report_id", "begin", "end", "error", "generator", "version", "domain", "adkim", "aspf", "p", "sp", "np",
        "pct", "fo", "rf", "ri", "testing", "discovery_method", "source_ip", "count", "disposition", "type", "comment", "header_from", "envelope_from",
        "envelope_to", "selector", "result", "human_result", "scope",
    };

    public TagName(string text)
    {
        int colon = text.IndexOf(':');
        string local = text.Substring(colon + 1);
        Text = text;
        Prefix = colon < 0 ? string.Empty : text.Substring(0, colon);
        IsLeaf = s_leaves.Contains(local);
        IsSchema = local == "schema";
    }

    public string Text { get; }

    /// <summary>What stands before the colon; empty where there is none.</summary>
    public string Prefix { get; }

    public bool IsLeaf { get; }
    public bool IsSchema { get; }

    /// <summary>The start tag that came after this tag.</summary>
    public TagName? Next { get; set; }

    /// <summary>The end tag that came after this tag.</summary>
    public TagName? NextEnd { get; set; }
}
