namespace MailDns.Dns;

/// <summary>Tells the kind of a TXT record by its version and its place.</summary>
internal static class TxtKinds
{
    private const string DomainKeyLabel = "_domainkey";

    // Characters of a text that are looked at for what it tries to be.
    private const int MostCompared = 512;

    // Characters in front of "v=spf1" that a slip of the hand leaves there.
    private const int MostJunk = 12;

    // The last piece of a key may be short; a word is shorter.
    private const int ShortestPiece = 12;

    /// <summary>
    /// The kind of <paramref name="text"/> at <paramref name="owner"/>. Judges no further than the version: a broken record of
    /// a kind is of that kind. At names that serve one protocol (RFC 8552) a text that tries to be a record of it is one too,
    /// and so is a piece of a key at a selector, where one record stands alone (RFC 6376 section 3.6.2.2).
    /// </summary>
    public static TxtKind Of(DomainName owner, string text)
    {
        TxtKind kind = OfVersion(owner, text);
        return kind == TxtKind.Other ? OfAttempt(owner, text) : kind;
    }

    /// <summary>True for a text that tries to be a record of the one protocol of its name and that receivers do not take for one.</summary>
    public static bool IsAttempt(DomainName owner, string text) => OfVersion(owner, text) == TxtKind.Other && OfAttempt(owner, text) != TxtKind.Other;

    /// <summary>
    /// The texts whose place a new record of the kind takes: those of that kind; where there is none, for SPF, those that were
    /// meant to be one. Publishing and planned records laid over a zone both follow it.
    /// </summary>
    public static bool[] Replaced(DomainName owner, IReadOnlyList<string> texts, TxtKind kind)
    {
        bool[] replaced = texts.Select(text => kind != TxtKind.Other && Of(owner, text) == kind).ToArray();
        return kind == TxtKind.Spf && !replaced.Contains(true)
            ? texts.Select(text => Of(owner, text) == TxtKind.Other && LooksLikeSpf(text)).ToArray()
            : replaced;
    }

    /// <summary>True for a text that was meant to be an SPF record, whether it is one or not.</summary>
    public static bool LooksLikeSpf(string text)
    {
        string compact = Compact(text.Length <= MostCompared ? PastedText.Clean(text) : text, keep: "=.");
        return compact.StartsWith("vspf1", StringComparison.Ordinal)
            || compact.StartsWith("v=spf", StringComparison.Ordinal) && !compact.StartsWith("v=spf2", StringComparison.Ordinal)
            || compact.StartsWith("spf1", StringComparison.Ordinal)
            || compact.StartsWith("v=sfp1", StringComparison.Ordinal)
            || (compact.IndexOf("v=spf1", StringComparison.Ordinal) is > 0 and <= MostJunk && compact.IndexOf("all", StringComparison.Ordinal) > 0);
    }

    private static TxtKind OfVersion(DomainName owner, string text)
    {
        if (HasVersion(text, "v=spf1")) return TxtKind.Spf;

        // spf2.0/scopes: the version ends at the slash.
        if (text.StartsWith("spf2.0", StringComparison.OrdinalIgnoreCase)) return TxtKind.SenderId;

        int domainKey = Array.IndexOf(owner.Labels, DomainKeyLabel);
        if (domainKey > 0 && IsKey(text)) return TxtKind.Dkim;
        if (domainKey == 0 && !IsTag(text, "v", value: null)) return TxtKind.DomainKeysPolicy;

        return OfTagList(text);
    }

    // What control panels and people make of a record: quotes and backslashes in it, a wrong version, a part of it alone.
    private static TxtKind OfAttempt(DomainName owner, string text)
    {
        string[] labels = owner.Labels;
        string compact = Compact(text, keep: "=:;").Replace("==", "=");
        if (Array.IndexOf(labels, DomainKeyLabel) > 0)
            return Has(compact, "v=dkim", "k=rsa", "k=ed25519", "p=mi") || IsBase64(text) ? TxtKind.Dkim : TxtKind.Other;

        if (At(labels, 0, "_dmarc") || (Array.IndexOf(labels, "_report") is > 0 and int report && At(labels, report + 1, "_dmarc")))
        {
            return Has(compact, "v=dmarc", "dmarc1", "p=none", "p=quarantine", "p=reject", "p:none", "p:quarantine", "p:reject") || compact.StartsWith("dmarc", StringComparison.Ordinal) ? TxtKind.Dmarc : TxtKind.Other;
        }

        if (At(labels, 1, "_bimi")) return Has(compact, "bimi", "l=http") ? TxtKind.Bimi : TxtKind.Other;
        if (At(labels, 0, "_mta-sts")) return Has(compact, "v=sts", "stsv1") ? TxtKind.MtaSts : TxtKind.Other;

        return At(labels, 0, "_smtp") && At(labels, 1, "_tls") && Has(compact, "tlsrpt", "rua=") ? TxtKind.TlsRpt : TxtKind.Other;
    }

    private static bool At(string[] labels, int index, string label) => index < labels.Length && string.Equals(labels[index], label, StringComparison.Ordinal);

    private static bool Has(string text, params string[] marks) => marks.Any(mark => text.IndexOf(mark, StringComparison.Ordinal) >= 0);

    // Letters, digits and what is kept, in lower case.
    private static string Compact(string text, string keep)
    {
        var builder = new System.Text.StringBuilder();
        for (int i = 0; i < text.Length && builder.Length < MostCompared; i++)
        {
            char c = text[i];
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9') || keep.IndexOf(c) >= 0)
                builder.Append(c);
            else if (c is >= 'A' and <= 'Z')
                builder.Append((char)(c | 0x20));
        }

        return builder.ToString();
    }

    // A piece of a key that a panel cut into several records; what follows a semicolon are tags.
    private static bool IsBase64(string text)
    {
        string first = text.Split(';')[0].Trim(' ', '\t', '"', '\'').TrimEnd('=');
        return first.Length >= ShortestPiece
            && first.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '/' or ' ');
    }

    private static TxtKind OfTagList(string text)
    {
        if (IsTag(text, "v", "DMARC1")) return TxtKind.Dmarc;
        if (IsTag(text, "v", "BIMI1")) return TxtKind.Bimi;
        if (IsTag(text, "v", "STSv1")) return TxtKind.MtaSts;

        return IsTag(text, "v", "TLSRPTv1") ? TxtKind.TlsRpt : TxtKind.Other;
    }

    // RFC 7208 section 4.5: the version section is "v=spf1" followed by a space or the end.
    private static bool HasVersion(string text, string version) =>
        text.StartsWith(version, StringComparison.OrdinalIgnoreCase) && (text.Length == version.Length || text[version.Length] == ' ');

    // A key needs no version: what stands at a selector is a key when it has p=, or says so.
    private static bool IsKey(string text)
    {
        foreach (string part in text.Split(';'))
        {
            if (IsTag(part, "p", value: null) || IsTag(part, "v", "DKIM1")) return true;
        }

        return false;
    }

    /// <summary>True when the text's first tag-spec is this one, white space around "=" allowed.</summary>
    private static bool IsTag(string text, string tag, string? value)
    {
        int end = text.IndexOf(';');
        string first = end < 0 ? text : text.Substring(0, end);
        int equals = first.IndexOf('=');
        return equals > 0
            && string.Equals(first.Substring(0, equals).Trim(), tag, StringComparison.OrdinalIgnoreCase)
            && (value is null || string.Equals(first.Substring(equals + 1).Trim(), value, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>What a TXT record says it is. A name has one record of each kind but <see cref="Other"/>; publishing one replaces the one of its kind.</summary>
internal enum TxtKind
{
    /// <summary>Anything else, such as proofs of ownership: many may stand at a name.</summary>
    Other,

    /// <summary>v=spf1 (RFC 7208 section 4.5).</summary>
    Spf,

    /// <summary>spf2.0 (RFC 4406 section 3.1).</summary>
    SenderId,

    /// <summary>v=DMARC1, a policy or a report authorisation (RFC 9989 section 4.7, RFC 9990 section 4).</summary>
    Dmarc,

    /// <summary>A key below _domainkey, with or without v=DKIM1 (RFC 6376 section 3.6.1).</summary>
    Dkim,

    /// <summary>The policy at _domainkey itself (RFC 4870 section 3.6).</summary>
    DomainKeysPolicy,

    /// <summary>v=BIMI1.</summary>
    Bimi,

    /// <summary>v=STSv1 (RFC 8461 section 3.1).</summary>
    MtaSts,

    /// <summary>v=TLSRPTv1 (RFC 8460 section 3).</summary>
    TlsRpt,
}
