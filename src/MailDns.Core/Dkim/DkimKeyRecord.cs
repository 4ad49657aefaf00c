using System.Text;

namespace MailDns.Dkim;

/// <summary>A DKIM key record (RFC 6376 section 3.6.1). <see cref="ToString"/> is its text in the usual order of tags.</summary>
internal sealed record DkimKeyRecord
{
    /// <summary>k= where it is absent.</summary>
    public const string Rsa = "rsa";

    /// <summary>k= of RFC 8463.</summary>
    public const string Ed25519 = "ed25519";

    /// <summary>v=, null where absent.</summary>
    public string? Version { get; init; }

    /// <summary>k= as written; null where absent, which means rsa.</summary>
    public string? KeyTypeTag { get; init; }

    /// <summary>h=: hash algorithms that may be used; null where absent, which means all.</summary>
    public IReadOnlyList<string>? HashAlgorithms { get; init; }

    /// <summary>s=: services that the key is for; null where absent, which means all ("*").</summary>
    public IReadOnlyList<string>? ServiceTypes { get; init; }

    /// <summary>t=: y testing, s strict identity.</summary>
    public IReadOnlyList<string> Flags { get; init; } = Array.Empty<string>();

    /// <summary>n= as written (qp-section); null where absent.</summary>
    public string? NoteTag { get; init; }

    /// <summary>p= as written, white space included; null where absent, empty where revoked.</summary>
    public string? KeyData { get; init; }

    /// <summary>g= of RFC 4871; null where absent.</summary>
    public string? Granularity { get; init; }

    /// <summary>Tags that the standard does not know, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Extensions { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>What the key data holds; null where it is absent, empty or no base64.</summary>
    public DkimPublicKey? Key { get; init; }

    /// <summary>The key type: rsa where k= is absent.</summary>
    public string KeyType => KeyTypeTag ?? Rsa;

    /// <summary>True for an empty p= (RFC 6376 section 3.6.1).</summary>
    public bool IsRevoked => KeyData is { } data && data.Length == 0;

    public bool IsTesting => HasFlag("y");

    public bool IsStrict => HasFlag("s");

    /// <summary>The note in plain text; null where absent.</summary>
    public string? Note
    {
        get
        {
            if (NoteTag is null) return null;

            QuotedPrintable.TryDecode(NoteTag, out string note, out _);
            return note;
        }
    }

    /// <summary>The record's text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, "v", Version);
        Append(text, "g", Granularity);
        Append(text, "h", Join(HashAlgorithms));
        Append(text, "k", KeyTypeTag);
        Append(text, "s", Join(ServiceTypes));
        Append(text, "t", Flags.Count == 0 ? null : Join(Flags));
        Append(text, "n", NoteTag);
        foreach (KeyValuePair<string, string> tag in Extensions)
            Append(text, tag.Key, tag.Value);

        Append(text, "p", KeyData);
        return text.ToString();
    }

    private static string? Join(IReadOnlyList<string>? items) => items is null ? null : string.Join(":", items);

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is not null)
            text.Append(text.Length == 0 ? string.Empty : "; ").Append(name).Append('=').Append(value);
    }

    private bool HasFlag(string flag)
    {
        foreach (string item in Flags)
        {
            if (string.Equals(item, flag, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}

/// <summary>A selector and the name that it makes (RFC 6376 section 3.1).</summary>
internal static class DkimSelector
{
    /// <summary>The label between selector and domain (RFC 6376 section 3.6.2.1).</summary>
    public const string Label = "_domainkey";

    /// <summary>The name where a new key goes; the selector has to be sub-domain *("." sub-domain).</summary>
    /// <exception cref="ArgumentException">The selector breaks the grammar.</exception>
    /// <exception cref="DomainNameException">The name is too long.</exception>
    public static DomainName NameOf(string selector, DomainName domain)
    {
        if (!DomainName.TryParseRelative(selector, out DomainName? name, out string reason))
            throw new ArgumentException("The selector " + PrintableText.Quote(selector) + " is not valid (RFC 6376 section 3.1): " + reason, nameof(selector));

        if (name!.Text.Contains('_'))
        {
            string bare = PrintableText.Quote(selector);
            throw new ArgumentException(
                "The selector " + bare + " contains an underscore, which no selector has (RFC 6376 section 3.1). Give the selector alone, without \"._domainkey\".",
                nameof(selector));
        }

        return domain.Prepend(name.Text + "." + Label);
    }

    /// <summary>The name of a selector that is looked up: what DNS can carry is asked for, underscores included.</summary>
    public static bool TryGetName(string selector, DomainName domain, out DomainName? name, out string reason)
    {
        name = null;
        if (!DomainName.TryParseRelative(selector, out DomainName? relative, out reason)) return false;
        if (domain.TryPrepend(relative!.Text + "." + Label, out name)) return true;

        reason = "its name is longer than 253 octets (RFC 1035 section 2.3.4).";
        return false;
    }
}
