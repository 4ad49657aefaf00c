namespace MailDns.Dmarc;

/// <summary>How an Author Domain stands to the domain of the record that applies (RFC 9989 section 4.10.1).</summary>
internal enum DmarcRelation
{
    /// <summary>The record is its own: p.</summary>
    Self,

    /// <summary>It is below and exists: sp, else p.</summary>
    ExistingSubdomain,

    /// <summary>It is below and does not exist (NXDOMAIN): np, else sp, else p.</summary>
    NonexistentSubdomain,
}
