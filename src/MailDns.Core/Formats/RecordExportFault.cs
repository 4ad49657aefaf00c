namespace MailDns.Formats;

/// <summary>Why a record cannot be written in a format.</summary>
internal enum RecordExportFault
{
    /// <summary>The target knows no such type.</summary>
    Type,

    /// <summary>The value cannot be written so that the target reads the same value back.</summary>
    Value,

    /// <summary>The value is longer than the target takes.</summary>
    Length,

    /// <summary>Records that cannot stand together at a name.</summary>
    Conflict,
}
