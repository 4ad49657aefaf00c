namespace MailDns.Formats;

/// <summary>A record or record set cannot be written in a format without loss or danger.</summary>
internal sealed class RecordExportException(RecordExportFault fault, string message) : Exception(message)
{
    public RecordExportFault Fault { get; } = fault;

    public static RecordExportException OfType(ExportSet set, string target, string wayOut) =>
        new(RecordExportFault.Type, set.Place + ": " + target + " takes no " + set.TypeName + " records" + wayOut + ".");
}

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
