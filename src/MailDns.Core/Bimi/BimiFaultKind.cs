namespace MailDns.Bimi;

/// <summary>What is wrong with a part of a BIMI record.</summary>
internal enum BimiFaultKind
{
    Version,
    Junk,
    DuplicateTag,
    LocationMissing,
    NotHttps,
    NotSvg,
    RawComma,
    Avatar,
    LocalParts,
    UnknownTag,
}
