namespace MailDns.Spf;

/// <summary>What the lenient parser made of a text: the terms that are right, and every fault.</summary>
internal sealed class SpfReading(SpfRecord record, IReadOnlyList<TextFault>? faults)
{
    /// <summary>The record of the terms that are right; the whole record where there is no fault.</summary>
    public SpfRecord Record { get; } = record;

    /// <summary>The faults in the order of the text.</summary>
    public IReadOnlyList<TextFault> Faults { get; } = faults ?? Array.Empty<TextFault>();

    public bool IsValid => Faults.Count == 0;
}
