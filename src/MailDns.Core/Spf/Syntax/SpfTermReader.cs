namespace MailDns.Spf;

/// <summary>
/// Reads one term between two spaces: directive / modifier (RFC 7208 section 12). Copies nothing; positions are those
/// of the whole text.
/// </summary>
internal struct SpfTermReader(string text, int start, int end)
{
    private const string TermRule = "RFC 7208 section 4.6.1, terms";
    private const string DomainRule = "RFC 7208 section 7.1, domain-spec";
    private const string MacroRule = "RFC 7208 section 7.1, macro-expand";
    private const string CidrRule = "RFC 7208 section 5.3, dual-cidr-length";

    private readonly string _text = text;
    private readonly int _start = start;
    private readonly int _end = end;

    /// <summary>What is wrong, where <see cref="Read"/> gave null.</summary>
    public TextFault? Fault { get; private set; } = null;

    /// <summary>The term; null where it breaks the grammar.</summary>
    public SpfTerm? Read()
    {
        if (_start == _end) return Fail(SpfChecks.Syntax, "A term is expected here.", _start, 0, TermRule);

        SpfQualifier? qualifier = ReadQualifier(_text[_start]);
        int nameStart = qualifier is null ? _start : _start + 1;
        int nameEnd = nameStart;
        while (nameEnd < _end && IsNameChar(_text[nameEnd]))
            nameEnd++;

        if (nameStart == _end || !IsAlpha(_text[nameStart]))
        {
            string found = nameStart == _end ? "nothing" : PrintableText.Quote(_text.Substring(nameStart, 1));
            return Fail(SpfChecks.Syntax, "The name of a mechanism or modifier is expected, found " + found, nameStart, nameStart == _end ? 0 : 1, TermRule);
        }

        if (nameEnd < _end && _text[nameEnd] == '=')
        {
            return qualifier is null
                ? ReadModifier(nameEnd)
                : Fail(SpfChecks.Syntax, "A modifier takes no qualifier", _start, 1, TermRule);
        }

        return ReadMechanism(qualifier ?? SpfQualifier.Pass, nameStart, nameEnd);
    }

    private static SpfQualifier? ReadQualifier(char c) => c switch
    {
        '+' => SpfQualifier.Pass,
        '-' => SpfQualifier.Fail,
        '~' => SpfQualifier.SoftFail,
        '?' => SpfQualifier.Neutral,
        _ => null,
    };

    private static bool IsAlpha(char c) => (uint)((c | 0x20) - 'a') <= 'z' - 'a';

    private static bool IsDigit(char c) => (uint)(c - '0') <= 9;

    private static bool IsNameChar(char c) => IsAlpha(c) || IsDigit(c) || c is '-' or '_' or '.';

    private static SpfMechanism? FindMechanism(string text, int start, int length) => length switch
    {
        1 when Matches(text, start, "a") => SpfMechanism.A,
        2 when Matches(text, start, "mx") => SpfMechanism.Mx,
        3 when Matches(text, start, "ip4") => SpfMechanism.Ip4,
        3 when Matches(text, start, "ip6") => SpfMechanism.Ip6,
        3 when Matches(text, start, "all") => SpfMechanism.All,
        3 when Matches(text, start, "ptr") => SpfMechanism.Ptr,
        6 when Matches(text, start, "exists") => SpfMechanism.Exists,
        7 when Matches(text, start, "include") => SpfMechanism.Include,
        _ => null,
    };

    // The names are ASCII and lower case.
    private static bool Matches(string text, int start, string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            char c = text[start + i];
            if (c != name[i] && (!IsAlpha(c) || (c | 0x20) != name[i])) return false;
        }

        return true;
    }

    private SpfTerm? ReadModifier(int equals)
    {
        int length = equals - _start;
        SpfModifierKind kind = SpfModifierKind.Unknown;
        if (length == 8 && Matches(_text, _start, "redirect"))
            kind = SpfModifierKind.Redirect;
        else if (length == 3 && Matches(_text, _start, "exp"))
            kind = SpfModifierKind.Exp;

        bool unknown = kind == SpfModifierKind.Unknown;
        MacroString? value = unknown ? ReadMacroString(equals + 1, _end, allowExplanationLetters: true, out _, out _, out _) : ReadDomainSpec(equals + 1, _end);
        if (value is null) return null;

        string? name = unknown ? _text.Substring(_start, length) : null;
        return new SpfModifier(_text, _start, _end - _start, kind, name, value);
    }

    private SpfTerm? ReadMechanism(SpfQualifier qualifier, int nameStart, int nameEnd)
    {
        SpfMechanism? mechanism = FindMechanism(_text, nameStart, nameEnd - nameStart);
        if (mechanism is null)
        {
            string name = PrintableText.Quote(_text.Substring(nameStart, nameEnd - nameStart));
            return Fail(SpfChecks.UnknownMechanism, name + " is not a mechanism of SPF", nameStart, nameEnd - nameStart, "RFC 7208 section 4.6.1, mechanism");
        }

        if (nameEnd < _end && _text[nameEnd] != ':' && _text[nameEnd] != '/')
            return Fail(SpfChecks.Syntax, "Unexpected " + PrintableText.Quote(_text.Substring(nameEnd, 1)) + " in " + QuoteTerm(), nameEnd, 1, TermRule);

        return mechanism.Value switch
        {
            SpfMechanism.All => ReadAll(qualifier, nameEnd),
            SpfMechanism.Ip4 or SpfMechanism.Ip6 => ReadNetwork(qualifier, mechanism.Value, nameEnd),
            _ => ReadWithDomain(qualifier, mechanism.Value, nameEnd),
        };
    }

    private SpfTerm? ReadAll(SpfQualifier qualifier, int position) =>
        position < _end
            ? Fail(SpfChecks.Syntax, "all takes no argument", position, _end - position, "RFC 7208 section 5.1, all")
            : New(qualifier, SpfMechanism.All, domainSpec: null, default, AddressBits.IPv4Length, AddressBits.IPv6Length);

    private SpfTerm? ReadNetwork(SpfQualifier qualifier, SpfMechanism mechanism, int position)
    {
        bool isIPv6 = mechanism == SpfMechanism.Ip6;
        string rule = isIPv6 ? "RFC 7208 section 5.6, ip6-network" : "RFC 7208 section 5.6, ip4-network";
        if (position == _end || _text[position] != ':')
            return Fail(SpfChecks.AddressSyntax, (isIPv6 ? "ip6" : "ip4") + " needs \":\" and an address", position, 0, rule);

        int start = position + 1;
        int slash = _text.IndexOf('/', start, _end - start);
        int addressEnd = slash < 0 ? _end : slash;
        bool valid = isIPv6
            ? AddressReader.TryReadIPv6(_text, start, addressEnd, out AddressBits network, out int badOffset)
            : AddressReader.TryReadIPv4(_text, start, addressEnd, out network, out badOffset);
        if (!valid) return FailAddress(isIPv6, start, addressEnd, badOffset, rule);

        int most = network.BitLength;
        int prefixLength = most;
        if (slash >= 0 && !ReadPrefixLength(slash + 1, _end, most, out prefixLength)) return null;

        return isIPv6
            ? New(qualifier, mechanism, domainSpec: null, network, AddressBits.IPv4Length, prefixLength)
            : New(qualifier, mechanism, domainSpec: null, network, prefixLength, AddressBits.IPv6Length);
    }

    private SpfTerm? FailAddress(bool isIPv6, int start, int end, int badOffset, string rule)
    {
        string what = PrintableText.Quote(_text.Substring(start, end - start));
        bool otherFamily = isIPv6
            ? AddressReader.TryReadIPv4(_text, start, end, out _, out _)
            : AddressReader.TryReadIPv6(_text, start, end, out _, out _);
        string message = what + " is not a valid IPv" + (isIPv6 ? "6" : "4") + " address"
            + (otherFamily ? "; use " + (isIPv6 ? "ip4:" : "ip6:") : string.Empty);
        int offset = otherFamily ? start : badOffset;
        return Fail(SpfChecks.AddressSyntax, message, offset, end - offset, rule);
    }

    private SpfTerm? ReadWithDomain(SpfQualifier qualifier, SpfMechanism mechanism, int position)
    {
        int ip4PrefixLength = AddressBits.IPv4Length;
        int ip6PrefixLength = AddressBits.IPv6Length;
        int domainEnd = _end;
        if (mechanism is SpfMechanism.A or SpfMechanism.Mx
            && !ReadDualPrefixLength(position, ref domainEnd, ref ip4PrefixLength, ref ip6PrefixLength))
        {
            return null;
        }

        MacroString? domainSpec = null;
        if (position < domainEnd)
        {
            if (_text[position] != ':') return FailAfterName(mechanism, position, domainEnd);

            domainSpec = ReadDomainSpec(position + 1, domainEnd);
            if (domainSpec is null) return null;
        }
        else if (mechanism is SpfMechanism.Include or SpfMechanism.Exists)
        {
            string name = mechanism == SpfMechanism.Include ? "include" : "exists";
            return Fail(SpfChecks.Syntax, name + " needs \":\" and a domain", position, 0, DomainRule);
        }

        return New(qualifier, mechanism, domainSpec, default, ip4PrefixLength, ip6PrefixLength);
    }

    private SpfTerm? FailAfterName(SpfMechanism mechanism, int position, int end)
    {
        bool takesPrefix = mechanism is SpfMechanism.A or SpfMechanism.Mx;
        string message = takesPrefix
            ? PrintableText.Quote(_text.Substring(position, end - position)) + " is not a prefix length"
            : mechanism.ToString().ToLowerInvariant() + " takes no prefix length";
        return Fail(takesPrefix ? SpfChecks.AddressSyntax : SpfChecks.Syntax, message, position, end - position, CidrRule);
    }

    // A domain-spec cannot end in "/" and digits, so the prefix lengths are read from the end.
    private bool ReadDualPrefixLength(int start, ref int domainEnd, ref int ip4PrefixLength, ref int ip6PrefixLength)
    {
        int digits = DigitsBefore(_end, start);
        if (digits - 1 < start || _text[digits - 1] != '/') return true;

        int ip4End = _end;
        if (digits - 2 >= start && _text[digits - 2] == '/')
        {
            if (!ReadPrefixLength(digits, _end, AddressBits.IPv6Length, out ip6PrefixLength)) return false;

            ip4End = digits - 2;
            domainEnd = ip4End;
            digits = DigitsBefore(ip4End, start);
            if (digits - 1 < start || _text[digits - 1] != '/' || digits == ip4End) return true;
        }

        domainEnd = digits - 1;
        return ReadPrefixLength(digits, ip4End, AddressBits.IPv4Length, out ip4PrefixLength);
    }

    private int DigitsBefore(int end, int start)
    {
        int position = end;
        while (position > start && IsDigit(_text[position - 1]))
            position--;

        return position;
    }

    private bool ReadPrefixLength(int start, int end, int most, out int value)
    {
        value = 0;
        bool valid = end > start && end - start <= 3 && (_text[start] != '0' || end - start == 1);
        for (int i = start; valid && i < end; i++)
        {
            valid = IsDigit(_text[i]);
            value = (value * 10) + (_text[i] - '0');
        }

        if (valid && value <= most) return true;

        string family = most == AddressBits.IPv4Length ? "IPv4" : "IPv6";
        string message = PrintableText.Quote(_text.Substring(start, end - start)) + " is not a valid " + family + " prefix length (0 to " + most + ", without a leading zero)";
        Fail(SpfChecks.AddressSyntax, message, start, end - start, CidrRule);
        return false;
    }

    private MacroString? ReadDomainSpec(int start, int end)
    {
        if (start == end)
        {
            Fail(SpfChecks.Syntax, "A domain is missing in " + QuoteTerm(), start, 0, DomainRule);
            return null;
        }

        MacroString? spec = ReadMacroString(start, end, allowExplanationLetters: false, out int lastMacroEnd, out int lastDot, out int dotBefore);
        if (spec is null || lastMacroEnd == end) return spec;

        // domain-end: "." toplabel [ "." ]
        int labelEnd = end;
        int dot = lastDot;
        if (dot == end - 1)
        {
            labelEnd = dot;
            dot = dotBefore;
        }

        if (dot < 0)
        {
            int from = lastMacroEnd < 0 ? start : lastMacroEnd;
            Fail(SpfChecks.Syntax, PrintableText.Quote(_text.Substring(start, end - start)) + " is not a domain with a dot and a top-level label", from, end - from, DomainRule);
            return null;
        }

        return IsTopLabel(dot + 1, labelEnd) ? spec : FailTopLabel(start, end, dot + 1, labelEnd);
    }

    private MacroString? FailTopLabel(int start, int end, int labelStart, int labelEnd)
    {
        string message;
        int slash = _text.IndexOf('/', labelStart, labelEnd - labelStart);
        if (slash >= 0)
        {
            message = slash + 1 < labelEnd && _text[slash + 1] == '/'
                ? PrintableText.Quote(_text.Substring(start, end - start)) + " is a URL; a domain name is expected"
                : "The domain of " + QuoteTerm() + " is followed by a path or prefix length";
            labelStart = slash;
        }
        else if (AddressReader.TryReadIPv4(_text, start, end, out _, out _))
        {
            message = PrintableText.Quote(_text.Substring(start, end - start)) + " is an address where a domain is expected; use ip4:";
        }
        else
        {
            message = PrintableText.Quote(_text.Substring(labelStart, labelEnd - labelStart)) + " is not a top-level label (letters, digits and inner hyphens, not digits alone)";
        }

        Fail(SpfChecks.Syntax, message, labelStart, labelEnd - labelStart, "RFC 7208 section 7.1, toplabel");
        return null;
    }

    // toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
    private bool IsTopLabel(int start, int end)
    {
        if (start >= end || _text[start] == '-' || _text[end - 1] == '-') return false;

        bool hasOther = false;
        for (int i = start; i < end; i++)
        {
            char c = _text[i];
            if (!IsDigit(c))
            {
                if (!IsAlpha(c) && c != '-') return false;

                hasOther = true;
            }
        }

        return hasOther;
    }

    // The dots are those after the last macro-expand; -1 where there is none.
    private MacroString? ReadMacroString(int start, int end, bool allowExplanationLetters, out int lastMacroEnd, out int lastDot, out int dotBefore)
    {
        lastMacroEnd = -1;
        lastDot = -1;
        dotBefore = -1;
        bool hasMacros = false;
        int i = start;
        while (i < end)
        {
            char c = _text[i];
            if (c == '%')
            {
                hasMacros |= i + 1 < end && _text[i + 1] == '{';
                i = ReadMacroExpand(i, end, allowExplanationLetters);
                if (i < 0) return null;

                lastMacroEnd = i;
                lastDot = -1;
                dotBefore = -1;
                continue;
            }

            if (c < 0x21 || c > 0x7E)
            {
                Fail(SpfChecks.Syntax, "The character " + PrintableText.Quote(_text.Substring(i, 1)) + " is not allowed (visible ASCII only)", i, 1, "RFC 7208 section 7.1, macro-literal");
                return null;
            }

            if (c == '.')
            {
                dotBefore = lastDot;
                lastDot = i;
            }

            i++;
        }

        return new MacroString(_text, start, end - start, lastMacroEnd >= 0, hasMacros);
    }

    // The position after the macro-expand at i; negative where it is none.
    private int ReadMacroExpand(int i, int end, bool allowExplanationLetters)
    {
        MacroFault fault = MacroSyntax.ReadExpand(_text, i, end, allowExplanationLetters, out int next);
        if (fault == MacroFault.None) return next;

        string message = MacroSyntax.Describe(fault, PrintableText.Quote(_text.Substring(i, System.Math.Min(end, next + 1) - i)));
        Fail(SpfChecks.MacroSyntax, message, i, System.Math.Min(end, next + 1) - i, MacroRule);
        return -1;
    }

    private readonly string QuoteTerm() => PrintableText.Quote(_text.Substring(_start, _end - _start));

    private readonly SpfDirective New(
        SpfQualifier qualifier,
        SpfMechanism mechanism,
        MacroString? domainSpec,
        AddressBits network,
        int ip4PrefixLength,
        int ip6PrefixLength) =>
        new(_text, _start, _end - _start, qualifier, mechanism, domainSpec, network, ip4PrefixLength, ip6PrefixLength);

    private SpfTerm? Fail(CheckDefinition check, string message, int offset, int length, string rule)
    {
        Fault = new TextFault(check, message + " (character " + (offset + 1) + ").", offset, length, rule) { Part = _text.Substring(_start, _end - _start) };
        return null;
    }
}

/// <summary>What the lenient parser made of a text: the terms that are right, and every fault.</summary>
internal sealed class SpfReading(SpfRecord record, IReadOnlyList<TextFault>? faults)
{
    /// <summary>The record of the terms that are right; the whole record where there is no fault.</summary>
    public SpfRecord Record { get; } = record;

    /// <summary>The faults in the order of the text.</summary>
    public IReadOnlyList<TextFault> Faults { get; } = faults ?? Array.Empty<TextFault>();

    public bool IsValid => Faults.Count == 0;
}
