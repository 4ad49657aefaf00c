using System;

namespace MailDns.Formats;

/// <summary>A record or record set cannot be written in a format without loss or danger.</summary>
internal sealed class RecordExportException : Exception
{
    public RecordExportException(RecordExportFault fault, string message)
        : base(message) => Fault = fault;

    public RecordExportFault Fault { get; }

    public static RecordExportException OfType(ExportSet set, string target, string wayOut) =>
        new(RecordExportFault.Type, set.Place + ": " + target + " takes no " + set.TypeName + " records" + wayOut + ".");
}
