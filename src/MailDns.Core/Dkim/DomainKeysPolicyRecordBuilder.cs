using System.Text;

namespace MailDns.Dkim;

/// <summary>Makes the DomainKeys policy record of _domainkey.(domain). Nobody reads it today.</summary>
internal static class DomainKeysPolicyRecordBuilder
{
    /// <summary>What has to be said with every such record.</summary>
    public const string Warning =
        "DomainKeys (RFC 4870) is Historic: no receiver reads this record. Publish it only where a platform insists; DMARC is what counts.";

    /// <summary>Makes the record; its text is "o=-;" where nothing else is asked for.</summary>
    /// <exception cref="ArgumentException">The note or the address cannot stand in the record.</exception>
    public static TxtRecord Build(
        DomainName domain,
        DomainName zone,
        DomainKeysPolicy policy,
        bool testing,
        string? note,
        string? reportAddress,
        TimeSpan timeToLive)
    {
        var record = new DomainKeysPolicyRecord
        {
            Outbound = policy,
            IsTesting = testing,
            Note = Value(note, "note"),
            ReportAddress = Value(Bare(reportAddress), "report address"),
        };
        if (record.ReportAddress is { } address && !DomainName.IsMailbox(address))
            throw new ArgumentException("The report address " + PrintableText.Quote(address) + " is not a mail address such as reports@contoso.com.", nameof(reportAddress));

        return new TxtRecord(domain.Prepend(DkimSelector.Label), zone, record.ToString(), timeToLive, RecordPurpose.DomainKeysPolicy);
    }

    // What was pasted with the address: the tag, the scheme, quotes and brackets.
    private static string? Bare(string? address)
    {
        if (string.IsNullOrWhiteSpace(address) || address!.Any(c => c < ' ' && !char.IsWhiteSpace(c))) return address;

        string text = PastedText.Plain(address!).Trim(' ', '<', '>', '"', '\'', ',', ';', '.');
        foreach (string prefix in new[] { "r=", "mailto:" })
            text = text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text.Substring(prefix.Length).Trim() : text;

        return text;
    }

    private static string? Value(string? text, string what)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        string trimmed = text!.Trim();
        foreach (char c in trimmed)
        {
            if (c is < ' ' or > '~' or ';')
                throw new ArgumentException("The " + what + " contains " + PrintableText.Quote(c.ToString()) + ", which cannot be in the record.");
        }

        return trimmed;
    }
}

/// <summary>A DomainKeys policy record (RFC 4870 section 3.6, Historic). <see cref="ToString"/> is its text.</summary>
internal sealed record DomainKeysPolicyRecord
{
    /// <summary>o=, null where absent, which means "~".</summary>
    public DomainKeysPolicy? Outbound { get; init; }

    /// <summary>t=y.</summary>
    public bool IsTesting { get; init; }

    /// <summary>n=, null where absent.</summary>
    public string? Note { get; init; }

    /// <summary>r=, where reports go; null where absent.</summary>
    public string? ReportAddress { get; init; }

    /// <summary>The text, every tag ended by a semicolon as in "o=-;".</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, "t", IsTesting ? "y" : null);
        Append(text, "o", Outbound switch
        {
            DomainKeysPolicy.SignsAll => "-",
            DomainKeysPolicy.SignsSome => "~",
            _ => null,
        });
        Append(text, "n", Note);
        Append(text, "r", ReportAddress);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is not null)
            text.Append(text.Length == 0 ? string.Empty : " ").Append(name).Append('=').Append(value).Append(';');
    }
}
