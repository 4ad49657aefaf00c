using MailDns.SenderId;

namespace MailDns;

/// <summary>What a domain publishes for Sender ID (RFC 4406, Historic). Having nothing is as it should be.</summary>
public sealed class SenderIdStatus
{
    internal SenderIdStatus(DomainName domain, IReadOnlyList<SenderIdReading> readings, bool isValid, CheckSheet sheet)
    {
        Domain = domain.Text;
        Records = readings.Select(reading => PrintableText.Escape(reading.Record.Text)).ToArray();
        Record = Records.Length == 1 ? Records[0] : null;
        SenderId = readings.Select(reading => reading.Record).ToArray();
        Scopes = readings.SelectMany(reading => reading.Record.Scopes).Distinct().ToArray();
        IsValid = isValid;
        Results = sheet.Results;
        Findings = sheet.Findings;
    }

    /// <summary>The domain.</summary>
    public string Domain { get; }

    /// <summary>The record's text, escaped for display; null where there is not exactly one.</summary>
    public string? Record { get; }

    /// <summary>All texts that are, or were meant to be, Sender ID records, escaped for display.</summary>
    public string[] Records { get; }

    /// <summary>The records as their scopes and terms.</summary>
    public SenderIdRecord[] SenderId { get; }

    /// <summary>The scopes of all records, in lower case.</summary>
    public string[] Scopes { get; }

    /// <summary>True when there are records, all follow the grammar, and no scope repeats.</summary>
    public bool IsValid { get; }

    /// <summary>All that a person should know: every check but those passed or without anything to look at.</summary>
    public CheckResult[] Findings { get; }

    internal IReadOnlyList<CheckResult> Results { get; }

    /// <summary>The record's text, or how many there are.</summary>
    public override string ToString() => Record ?? Domain + ": " + Records.Length + " Sender ID records";
}
