namespace MailDns.Dkim;

/// <summary>What a lenient reading of a key record made of its text: as much of the record as there is, and every fault.</summary>
internal sealed class DkimKeyReading(string text, DkimKeyRecord record, IReadOnlyList<TextFault> faults)
{
    /// <summary>The text as it was given.</summary>
    public string Text { get; } = text;

    public DkimKeyRecord Record { get; } = record;

    /// <summary>Faults of the grammar, in their order in the text.</summary>
    public IReadOnlyList<TextFault> Faults { get; } = faults;

    /// <summary>True for a text that is, or was meant to be, a key record: it has p=, or begins with a version of DKIM.</summary>
    public bool LooksLikeKey =>
        Record.KeyData is not null || (Record.Version?.StartsWith("DKIM", System.StringComparison.OrdinalIgnoreCase) ?? false);
}
