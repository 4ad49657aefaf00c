using System.IO;
using System.Text;

namespace MailDns.Report;

/// <summary>
/// Writes HTML that cannot hold a text unescaped: there is no way to write markup but by element and attribute names that
/// stand in our own code, and names are checked too. Event handlers, style attributes and addresses other than a place on
/// the page or https are refused, whoever asks for them.
/// </summary>
internal sealed class HtmlWriter(TextWriter output)
{
    private static readonly char[] s_escaped = { '&', '<', '>', '"', '\'' };

    private readonly TextWriter _output = output;
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element; what this gives closes it, and must be the innermost that is open.</summary>
    public HtmlScope Open(string element, params (string Name, string? Value)[] attributes)
    {
        WriteTag(element, attributes);
        _open.Push(element);
        return new HtmlScope(this, _open.Count);
    }

    /// <summary>An element that has no content: meta, input.</summary>
    public void Void(string element, params (string Name, string? Value)[] attributes) => WriteTag(element, attributes);

    /// <summary>An element with nothing but text.</summary>
    public void Element(string element, string text, params (string Name, string? Value)[] attributes)
    {
        WriteTag(element, attributes);
        Text(text);
        WriteEnd(element);
    }

    public void Text(string text)
    {
        string visible = VisibleText.Escape(text);

        // Most texts need nothing, and go out whole.
        if (visible.IndexOfAny(s_escaped) < 0)
        {
            _output.Write(visible);
            return;
        }

        foreach (char c in visible)
            WriteEscaped(c);
    }

    public void Doctype() => _output.Write("<!DOCTYPE html>\n");

    public void NewLine() => _output.Write('\n');

    /// <summary>Our own style sheet or script: the only text that is not escaped, and no text from outside can be one.</summary>
    public void Asset(ReportAsset asset)
    {
        _output.Write("<" + asset.Element + ">");
        _output.Write(asset.Text);
        _output.Write("</" + asset.Element + ">\n");
    }

    internal void Close(int depth)
    {
        if (depth != _open.Count) throw new InvalidOperationException("The element that closes is not the innermost.");

        WriteEnd(_open.Pop());
    }

    private void WriteEnd(string element)
    {
        _output.Write("</");
        _output.Write(element);
        _output.Write('>');
    }

    private void WriteTag(string element, (string Name, string? Value)[] attributes)
    {
        if (element.Length == 0 || element is "script" or "style" || !IsName(element))
            throw new ArgumentException("The element " + element + " cannot be written.", nameof(element));

        _output.Write('<');
        _output.Write(element);
        foreach ((string name, string? value) in attributes)
        {
            if (value is not null) WriteAttribute(name, value);
        }

        _output.Write('>');
    }

    private void WriteAttribute(string name, string value)
    {
        if (name.Length == 0 || !IsName(name) || name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || name is "style" or "src" or "srcset" or "srcdoc" or "action" or "formaction")
            throw new ArgumentException("The attribute " + name + " cannot be written.", nameof(name));

        if (name == "href" && !value.StartsWith("#", StringComparison.Ordinal) && !value.StartsWith("https://", StringComparison.Ordinal))
            throw new ArgumentException("An address has to be an anchor on the page or use https.", nameof(value));

        _output.Write(' ');
        _output.Write(name);
        _output.Write("=\"");
        Text(value);
        _output.Write('"');
    }

    private void WriteEscaped(char c)
    {
        switch (c)
        {
            case '&':
                _output.Write("&amp;");
                break;
            case '<':
                _output.Write("&lt;");
                break;
            case '>':
                _output.Write("&gt;");
                break;
            case '"':
                _output.Write("&quot;");
                break;
            case '\'':
                _output.Write("&#39;");
                break;
            default:
                _output.Write(c);
                break;
        }
    }

    // Of SVG's names some have capitals: viewBox, textLength.
    private static bool IsName(string text)
    {
        foreach (char c in text)
        {
            if (!IsNameCharacter(c)) return false;
        }

        return true;
    }

    private static bool IsNameCharacter(char c) => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/// <summary>Closes an element at the end of a using.</summary>
internal readonly struct HtmlScope(HtmlWriter writer, int depth) : IDisposable
{
    private readonly HtmlWriter _writer = writer;
    private readonly int _depth = depth;

    public void Dispose() => _writer.Close(_depth);
}

/// <summary>
/// Makes what the eye would not see visible: controls, the marks that turn the direction of text, zero-width characters and
/// halves of surrogate pairs become <c>\uXXXX</c>. Letters of every script stay. What MailDns itself read from DNS is
/// escaped already; titles, foreign objects and copies are not.
/// </summary>
internal static class VisibleText
{
    /// <summary>True where the character at the place, or the pair that starts there, can be shown as it is.</summary>
    public static bool IsVisible(string text, int index)
    {
        char c = text[index];
        if (c is >= ' ' and <= '~') return true;

        if (char.IsHighSurrogate(c))
            return index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) && IsVisible(CharUnicodeInfo.GetUnicodeCategory(text, index));

        if (char.IsLowSurrogate(c))
            return index > 0 && char.IsHighSurrogate(text[index - 1]) && IsVisible(text, index - 1);

        return c < 0xFFFE && IsVisible(CharUnicodeInfo.GetUnicodeCategory(c));
    }

    public static string Escape(string text)
    {
        int first = 0;
        while (first < text.Length && IsVisible(text, first))
            first++;

        if (first == text.Length) return text;

        var builder = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            if (IsVisible(text, i))
                builder.Append(text[i]);
            else
                builder.Append("\\u").Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
        }

        return builder.ToString();
    }

    // A format character outside the basic plane (a tag, say) is hidden too; its two halves are then shown.
    private static bool IsVisible(UnicodeCategory category) =>
        category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
