namespace MailDns.Dmarc;

/// <summary>How a DMARC text breaks RFC 9989 section 4.8.</summary>
internal enum DmarcFaultKind
{
    /// <summary>The text does not begin with v=DMARC1: it is no DMARC record at all.</summary>
    Version,

    /// <summary>A part between semicolons is no tag=value.</summary>
    Junk,

    /// <summary>Nothing stands between two semicolons.</summary>
    EmptyPart,

    /// <summary>A tag without a value.</summary>
    EmptyValue,

    /// <summary>A character outside %x20-3A / %x3C-7E.</summary>
    CharacterSet,

    /// <summary>A tag stands twice.</summary>
    Duplicate,

    /// <summary>A known tag's name is not in lower case (RFC 6376 section 3.2).</summary>
    TagCase,

    /// <summary>The value is none of those that the tag takes.</summary>
    Value,

    /// <summary>A report address without a scheme.</summary>
    UriScheme,

    /// <summary>A "," or "!" or ";" that belongs to a URI is not percent-encoded.</summary>
    UriEncoding,

    /// <summary>A report address that is no URI, or a mailto: without an address.</summary>
    UriSyntax,
}
