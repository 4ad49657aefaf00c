namespace MailDns.Spf;

/// <summary>What one step of an <see cref="SpfDecision"/> does to the addresses that reach it.</summary>
internal enum SpfStepKind
{
    /// <summary>Addresses of a known set get the step's verdict; others go on.</summary>
    Networks,

    /// <summary>Whether it matches depends on more than the address (macros, exists, ptr), or was not looked at; kept as a whole.</summary>
    Opaque,

    /// <summary>Addresses of a known set end in permerror.</summary>
    PermError,

    /// <summary>Addresses of a known set end in temperror: a lookup failed, so nothing is known of them.</summary>
    TempError,
}
