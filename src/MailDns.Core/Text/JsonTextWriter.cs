using System.IO;

namespace MailDns.Text;

/// <summary>
/// Writes JSON (RFC 8259), indented by two spaces. Strings are safe inside HTML and JavaScript too: <c>&lt; &gt; &amp;</c>,
/// U+2028, U+2029, and every control or format character are escaped; half of a surrogate pair becomes U+FFFD.
/// </summary>
/// <exception cref="InvalidOperationException">A call would give a text that is no JSON.</exception>
internal sealed class JsonTextWriter(TextWriter output)
{
    private readonly TextWriter _output = output;
    private readonly Stack<char> _open = new();
    private bool _isFirst = true;
    private bool _hasName;

    public JsonTextWriter StartObject() => Start('{', '}');

    public JsonTextWriter StartArray() => Start('[', ']');

    /// <summary>Ends the object or array that was started last.</summary>
    public JsonTextWriter End()
    {
        if (_open.Count == 0 || _hasName) throw new InvalidOperationException("Nothing can end here.");

        char close = _open.Pop();
        if (!_isFirst) NewLine();

        _output.Write(close);
        _isFirst = false;
        return this;
    }

    /// <summary>The name of an object's next member.</summary>
    public JsonTextWriter Name(string name)
    {
        if (_open.Count == 0 || _open.Peek() != '}' || _hasName)
            throw new InvalidOperationException("A name can be in an object only, before a value.");

        Separate();
        WriteString(name);
        _output.Write(": ");
        _hasName = true;
        return this;
    }

    /// <summary>A string, or null.</summary>
    public JsonTextWriter Value(string? value)
    {
        BeforeValue();
        if (value is null)
            _output.Write("null");
        else
            WriteString(value);

        return this;
    }

    public JsonTextWriter Value(long value)
    {
        BeforeValue();
        _output.Write(value.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>True, false, or null.</summary>
    public JsonTextWriter Value(bool? value)
    {
        BeforeValue();
        _output.Write(value switch { true => "true", false => "false", _ => "null" });
        return this;
    }

    public JsonTextWriter Member(string name, string? value) => Name(name).Value(value);

    public JsonTextWriter Member(string name, long value) => Name(name).Value(value);

    public JsonTextWriter Member(string name, bool? value) => Name(name).Value(value);

    public JsonTextWriter Member(string name, IEnumerable<string> values)
    {
        Name(name).StartArray();
        foreach (string value in values)
            Value(value);

        return End();
    }

    private JsonTextWriter Start(char open, char close)
    {
        BeforeValue();
        _output.Write(open);
        _open.Push(close);
        _isFirst = true;
        return this;
    }

    private void BeforeValue()
    {
        if (_hasName)
            _hasName = false;
        else if (_open.Count == 0 ? _isFirst : _open.Peek() == ']')
            Separate();
        else
            throw new InvalidOperationException(_open.Count == 0 ? "The text contains a value already." : "A value in an object needs a name.");
    }

    private void Separate()
    {
        if (!_isFirst) _output.Write(',');

        _isFirst = false;
        if (_open.Count > 0) NewLine();
    }

    private void NewLine()
    {
        _output.Write('\n');
        for (int i = 0; i < _open.Count; i++)
            _output.Write("  ");
    }

    private void WriteString(string text)
    {
        _output.Write('"');
        int plain = 0;
        while (plain < text.Length && text[plain] is >= ' ' and <= '~' and not ('"' or '\\' or '<' or '>' or '&'))
            plain++;

        // Most texts need nothing, and go out whole.
        if (plain == text.Length)
            _output.Write(text);
        else
        {
            for (int i = 0; i < text.Length; i++)
                WriteCharacter(text, i);
        }

        _output.Write('"');
    }

    private void WriteCharacter(string text, int index)
    {
        char c = text[index];
        if (c is '"' or '\\')
        {
            _output.Write('\\');
            _output.Write(c);
        }
        else if (char.IsSurrogate(c))
        {
            _output.Write(IsPaired(text, index) ? c : '\uFFFD');
        }
        else if (NeedsEscape(c))
        {
            _output.Write("\\u");
            _output.Write(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }
        else
        {
            _output.Write(c);
        }
    }

    private static bool IsPaired(string text, int index) => char.IsHighSurrogate(text[index])
        ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
        : index > 0 && char.IsHighSurrogate(text[index - 1]);

    private static bool NeedsEscape(char c) => c is '<' or '>' or '&' || c < ' ' || (c > '~' && CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
