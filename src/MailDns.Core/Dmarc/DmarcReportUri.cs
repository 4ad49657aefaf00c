namespace MailDns;

/// <summary>A DMARC Reporting URI (RFC 9989 sections 4.6 and 4.8): one destination of rua or ruf. Texts are escaped for display.</summary>
public sealed class DmarcReportUri
{
    private readonly string? _address;

    internal DmarcReportUri(string raw, string uri, string? scheme, string? address, DomainName? host, string? reportSize, bool isValid)
    {
        Raw = raw;
        RawUri = uri;
        Scheme = scheme;
        _address = address;
        HostName = host;
        Host = host?.Text;
        ReportSize = reportSize;
        IsValid = isValid;
    }

    /// <summary>The URI without an obsolete size suffix.</summary>
    public string Uri => PrintableText.Escape(RawUri);

    /// <summary>The scheme in lower case, e.g. <c>mailto</c>; null where there is none.</summary>
    public string? Scheme { get; }

    /// <summary>The mailbox of a mailto: URI, percent-decoded; null for other schemes or where there is none.</summary>
    public string? Address => _address is null ? null : PrintableText.Escape(_address);

    /// <summary>The destination host (RFC 9990 section 4, step 1), in lower-case A-labels; null where there is none.</summary>
    public string? Host { get; }

    /// <summary>The obsolete size suffix without its "!", e.g. <c>10m</c> (RFC 9989 section 4.8, obs-dmarc-report-size).</summary>
    public string? ReportSize { get; }

    /// <summary>True for a URI that a reporter can use: RFC 3986 syntax, and for mailto: a mailbox.</summary>
    public bool IsValid { get; }

    /// <summary>The whole text as it stands in the record, not escaped.</summary>
    internal string Raw { get; }

    /// <summary>The URI without the size suffix, not escaped.</summary>
    internal string RawUri { get; }

    internal DomainName? HostName { get; }

    /// <summary>True for the one scheme that reporters must support (RFC 9989 section 4.7, rua).</summary>
    internal bool IsMailTo => Scheme == "mailto";

    /// <summary>The URI.</summary>
    public override string ToString() => Uri;
}
