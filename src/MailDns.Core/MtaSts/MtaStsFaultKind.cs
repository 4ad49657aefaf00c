namespace MailDns.MtaSts;

/// <summary>What is wrong with a part of an MTA-STS record or policy.</summary>
internal enum MtaStsFaultKind
{
    /// <summary>The grammar is broken.</summary>
    Syntax,

    /// <summary>The record's id is missing or none.</summary>
    Id,

    /// <summary>The policy's max_age is a number over the most that is allowed.</summary>
    MaxAge,
}
