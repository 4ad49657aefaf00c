namespace MailDns.Spf;

/// <summary>What kind of rule a record breaks; each has its own check.</summary>
internal enum SpfFaultKind
{
    Version,
    Syntax,
    UnknownMechanism,
    Address,
    Macro,
    DuplicateModifier,
}
