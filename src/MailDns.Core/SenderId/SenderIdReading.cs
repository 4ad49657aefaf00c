using System;
using System.Collections.Generic;

namespace MailDns.SenderId;

/// <summary>What the lenient parser made of a text that is, or was meant to be, a Sender ID record.</summary>
internal sealed class SenderIdReading
{
    public SenderIdReading(SenderIdRecord record, IReadOnlyList<RecordParseException>? faults)
    {
        Record = record;
        Faults = faults ?? Array.Empty<RecordParseException>();
    }

    public SenderIdRecord Record { get; }

    public IReadOnlyList<RecordParseException> Faults { get; }

    public bool IsValid => Faults.Count == 0;
}
