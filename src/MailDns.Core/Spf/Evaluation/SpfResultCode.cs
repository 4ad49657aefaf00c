namespace MailDns;

/// <summary>The results of check_host() (RFC 7208 section 2.6).</summary>
public enum SpfResultCode
{
    /// <summary>No record, or no domain that could have one.</summary>
    None,

    /// <summary>The domain says nothing of the client.</summary>
    Neutral,

    /// <summary>The client is authorised.</summary>
    Pass,

    /// <summary>The client is not authorised.</summary>
    Fail,

    /// <summary>The client is probably not authorised.</summary>
    SoftFail,

    /// <summary>A lookup failed or time ran out; a later try may decide.</summary>
    TempError,

    /// <summary>The published records cannot be read or evaluated.</summary>
    PermError,
}
