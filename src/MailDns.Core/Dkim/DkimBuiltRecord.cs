using System.Collections.Generic;

namespace MailDns.Dkim;

/// <summary>A record that was made, and what has to be said of it.</summary>
internal sealed class DkimBuiltRecord
{
    public DkimBuiltRecord(ResourceRecord record, IReadOnlyList<string> warnings)
    {
        Record = record;
        Warnings = warnings;
    }

    public ResourceRecord Record { get; }

    /// <summary>Sentences for people.</summary>
    public IReadOnlyList<string> Warnings { get; }
}
