namespace MailDns;

/// <summary>What a DMARC record says of the place where it stands (RFC 9989 section 4.7, tag psd).</summary>
public enum DmarcPublicSuffix
{
    /// <summary>The default, "u": the tree walk decides.</summary>
    Unspecified,

    /// <summary>"y": the domain is a Public Suffix Domain.</summary>
    Yes,

    /// <summary>"n": the domain is the Organizational Domain of itself and of what is below it.</summary>
    No,
}
