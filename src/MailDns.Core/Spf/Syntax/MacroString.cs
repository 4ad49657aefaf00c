using System.Text;
using MailDns.Spf;

namespace MailDns;

/// <summary>A macro-string or domain-spec (RFC 7208 section 7.1): literal text and macros that stand for facts of the message.</summary>
public sealed class MacroString : IEquatable<MacroString>
{
    private readonly string _source;
    private readonly int _start;
    private readonly int _length;
    private readonly bool _hasPercent;
    private string? _text;
    private MacroPart[]? _parts;

    internal MacroString(string source, int start, int length, bool hasPercent, bool hasMacros)
    {
        _source = source;
        _start = start;
        _length = length;
        _hasPercent = hasPercent;
        HasMacros = hasMacros;
    }

    /// <summary>The text as written.</summary>
    public string Text => _text ??= _source.Substring(_start, _length);

    /// <summary>True where the text depends on the message: it holds a <c>%{...}</c>.</summary>
    public bool HasMacros { get; }

    /// <summary>The text where it holds no <c>%{...}</c>, its %% %_ %- decoded; null otherwise.</summary>
    internal string? Literal
    {
        get
        {
            if (HasMacros) return null;

            return _hasPercent ? Concat(Parts) : Text;
        }
    }

    internal IReadOnlyList<MacroPart> Parts => _parts ??= MacroPart.Split(Text);

    /// <summary>As a domain name: literals in lower case, no trailing dot. The case of a macro letter means something and stays.</summary>
    internal string CanonicalDomain
    {
        get
        {
            string text = Text;
            int length = text.Length > 1 && text[text.Length - 1] == '.' ? text.Length - 1 : text.Length;
            if (!HasMacros) return text.Substring(0, length).ToLowerInvariant();

            char[] chars = text.ToCharArray(0, length);
            bool inMacro = false;
            for (int i = 0; i < chars.Length; i++)
            {
                inMacro = chars[i] == '{' ? i > 0 && chars[i - 1] == '%' : inMacro && chars[i] != '}';
                if (!inMacro) chars[i] = char.ToLowerInvariant(chars[i]);
            }

            return new string(chars);
        }
    }

    /// <summary>True where both are written alike, but for the case outside of macros.</summary>
    public bool Equals(MacroString? other) =>
        other is not null && string.Equals(CanonicalDomain, other.CanonicalDomain, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as MacroString);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(CanonicalDomain);

    /// <summary>The text as written.</summary>
    public override string ToString() => Text;

    /// <summary>True where a macro with that letter (lower case) occurs, in either case.</summary>
    internal bool Uses(char letter)
    {
        if (HasMacros)
        {
            foreach (MacroPart part in Parts)
            {
                if (part.IsMacro && part.Letter == letter) return true;
            }
        }

        return false;
    }

    private static string Concat(IReadOnlyList<MacroPart> parts)
    {
        var text = new StringBuilder();
        foreach (MacroPart part in parts)
            text.Append(part.Literal);

        return text.ToString();
    }
}
