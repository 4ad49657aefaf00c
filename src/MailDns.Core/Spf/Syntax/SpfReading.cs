namespace MailDns.Spf;

/// <summary>What the lenient parser made of a text: the terms that are right, and every fault.</summary>
internal sealed class SpfReading
{
    public SpfReading(SpfRecord record, IReadOnlyList<SpfFault>? faults)
    {
        Record = record;
        Faults = faults ?? Array.Empty<SpfFault>();
    }

    /// <summary>The record of the terms that are right; the whole record where there is no fault.</summary>
    public SpfRecord Record { get; }

    /// <summary>The faults in the order of the text.</summary>
    public IReadOnlyList<SpfFault> Faults { get; }

    public bool IsValid => Faults.Count == 0;
}
