namespace MailDns;

/// <summary>How DKIM, DMARC or ARC ended for a message, in the words of RFC 8601 section 2.7.</summary>
public enum AuthenticationResultCode
{
    /// <summary>There was nothing to verify: no signature, no policy, no chain.</summary>
    None,

    /// <summary>Verified.</summary>
    Pass,

    /// <summary>Verification failed.</summary>
    Fail,

    /// <summary>Not acceptable here, whatever verification would say.</summary>
    Policy,

    /// <summary>Could not be processed.</summary>
    Neutral,

    /// <summary>A lookup failed; a later try may decide.</summary>
    TempError,

    /// <summary>Cannot be verified, and no later try will change that.</summary>
    PermError,
}
