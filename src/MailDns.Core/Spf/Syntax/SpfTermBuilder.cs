namespace MailDns.Spf;

/// <summary>Makes one term from a value as a person types it. Every error names the value.</summary>
internal static class SpfTermBuilder
{
    /// <summary>ip4 or ip6 from an address or network.</summary>
    /// <exception cref="RecordParseException">The value is none, or has host bits.</exception>
    public static string Network(SpfMechanism mechanism, string? value)
    {
        string name = mechanism == SpfMechanism.Ip4 ? "ip4" : "ip6";
        string bare = Bare(value, name + ":");
        SpfDirective term = Parse(name + ":" + bare, bare);
        AddressBits network = term.NetworkBits.Network(term.PrefixLength);
        if (!network.Equals(term.NetworkBits))
            throw Fault(bare, bare + " has host bits set; the network is " + network + "/" + term.PrefixLength, "RFC 7208 section 5.6");

        return term.Text;
    }

    /// <summary>a or mx from a name with or without prefix lengths; empty or "@" is the domain itself.</summary>
    /// <exception cref="RecordParseException">The value is no name.</exception>
    public static string Host(SpfMechanism mechanism, string? value)
    {
        string name = mechanism == SpfMechanism.A ? "a" : "mx";
        string bare = Bare(value, name + ":");
        int slash = HasMacros(bare) ? -1 : bare.IndexOf('/');
        string host = slash < 0 ? bare : bare.Substring(0, slash);
        string prefix = slash < 0 ? string.Empty : bare.Substring(slash);
        string text = host.Length == 0 || host == "@" ? name + prefix : name + ":" + DomainSpec(host, bare) + prefix;
        return Parse(text, bare).Text;
    }

    /// <summary>include or exists from a domain-spec.</summary>
    /// <exception cref="RecordParseException">The value is no domain.</exception>
    public static string Domain(SpfMechanism mechanism, string? value)
    {
        string name = mechanism == SpfMechanism.Include ? "include:" : "exists:";
        string bare = Bare(value, name);
        return Parse(name + DomainSpec(bare, bare), bare).Text;
    }

    /// <summary>The redirect modifier to a domain-spec.</summary>
    /// <exception cref="RecordParseException">The value is no domain.</exception>
    public static string Redirect(string value)
    {
        string bare = Bare(value, "redirect=");
        string text = "redirect=" + DomainSpec(bare, bare);
        ParseTerm(text, bare);
        return text;
    }

    // People type names in Unicode; the record holds A-labels (RFC 8616 section 4). Macros are taken as they are.
    private static string DomainSpec(string text, string value)
    {
        if (HasMacros(text))
        {
            // By the grammar any visible character may stand beside a macro; in the name of a host these are a paste's.
            int odd = IndexOfOdd(text);
            return odd < 0 ? text : throw Fault(value, PrintableText.Quote(value) + " has " + PrintableText.Quote(text.Substring(odd, 1)) + " in its domain", "RFC 7208 section 7.1, domain-spec");
        }

        return DomainName.TryParse(text, out DomainName? name, out string reason)
            ? name!.Text
            : throw Fault(value, PrintableText.Quote(value) + " is not a domain: " + reason.TrimEnd('.'), "RFC 7208 section 7.1, domain-spec");
    }

    // The value as it was meant where the quotes or the whole term were pasted with it.
    private static string Bare(string? value, string prefix)
    {
        string bare = PastedText.Clean(value ?? string.Empty);
        string unsigned = bare.TrimStart('+');
        return unsigned.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? unsigned.Substring(prefix.Length) : bare;
    }

    private static int IndexOfOdd(string text)
    {
        bool isMacro = false;
        for (int i = 0; i < text.Length; i++)
        {
            isMacro = text[i] == '{' || (isMacro && text[i] != '}');
            if (!isMacro && text[i] is ':' or '=' or ',' or ';' or '\'' or '"' or '\\' or '@' or '<' or '>') return i;
        }

        return -1;
    }

    private static bool HasMacros(string text) => text.IndexOf('%') >= 0;

    private static SpfDirective Parse(string text, string value) => (SpfDirective)ParseTerm(text, value);

    private static SpfTerm ParseTerm(string text, string value)
    {
        try
        {
            return SpfParser.ParseTerm(text);
        }
        catch (RecordParseException exception)
        {
            throw new RecordParseException(
                "The value " + PrintableText.Quote(value) + " makes no SPF term: " + exception.Message,
                text,
                exception.Offset,
                exception.Length,
                exception.Rule);
        }
    }

    private static RecordParseException Fault(string value, string message, string rule) => new(message + ".", value, 0, value.Length, rule);
}
