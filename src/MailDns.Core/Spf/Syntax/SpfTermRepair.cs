namespace MailDns.Spf;

/// <summary>What somebody meant by a term that is none, where that is beyond doubt: ipv4: for ip4:, include= for include:.</summary>
internal static class SpfTermRepair
{
    private static readonly string[] s_names = { "include", "redirect", "exists" };

    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ip"] = "ip",
        ["ipv4"] = "ip",
        ["ipv6"] = "ip",
        ["ip4"] = "ip",
        ["ip6"] = "ip",
        ["includes"] = "include",
        ["incl"] = "include",
        ["redir"] = "redirect",
        ["exist"] = "exists",
        ["include"] = "include",
        ["redirect"] = "redirect",
        ["exists"] = "exists",
        ["exp"] = "exp",
        ["a"] = "a",
        ["mx"] = "mx",
        ["ptr"] = "ptr",
        ["all"] = "all",
    };

    /// <summary>The right term; null where it is not clear what was meant.</summary>
    public static string? TryRepair(string term)
    {
        string bare = term.TrimEnd(';', ',', '"');
        int nameStart = bare.Length > 0 && bare[0] is '+' or '-' or '~' or '?' ? 1 : 0;
        string qualifier = bare.Substring(0, nameStart);
        string rest = bare.Substring(nameStart);
        string? repaired = RepairAddress(rest) ?? RepairName(rest);
        if (repaired is null)
        {
            return null;
        }

        bool isModifier = repaired.StartsWith("redirect=", StringComparison.Ordinal) || repaired.StartsWith("exp=", StringComparison.Ordinal);
        return Validate(isModifier ? repaired : qualifier + repaired);
    }

    /// <summary>True for a modifier that has the name of a mechanism: right by the grammar, and never what was meant.</summary>
    public static bool IsDisguisedMechanism(SpfModifier modifier) =>
        modifier.Kind == SpfModifierKind.Unknown && s_aliases.ContainsKey(modifier.Name);

    // An address alone.
    private static string? RepairAddress(string text)
    {
        if (text.Length == 0 || text.IndexOf('=') >= 0)
        {
            return null;
        }

        return Validate("ip4:" + text) ?? (text.IndexOf(':') > 0 || text.StartsWith("::", StringComparison.Ordinal) ? Validate("ip6:" + text) : null);
    }

    private static string? RepairName(string text)
    {
        int end = text.IndexOfAny(new[] { ':', '=' });
        string name = end < 0 ? text : text.Substring(0, end);
        if (!s_aliases.TryGetValue(name, out string? meant))
        {
            meant = end < 0 ? null : NearestName.Find(name, s_names);
        }

        if (meant is null)
        {
            return null;
        }

        string value = end < 0 ? string.Empty : text.Substring(end + 1).TrimStart(':', '=');
        return meant switch
        {
            "ip" => Validate("ip4:" + value) ?? Validate("ip6:" + value),
            "redirect" or "exp" => meant + "=" + value,
            "all" => value.Length == 0 ? "all" : null,
            _ => value.Length == 0 ? meant : meant + ":" + value,
        };
    }

    private static string? Validate(string term)
    {
        if (term.Length == 0 || term.IndexOf(' ') >= 0)
        {
            return null;
        }

        var reader = new SpfTermReader(term, 0, term.Length);
        return reader.Read() is null ? null : term;
    }
}
