using MailDns.SenderId;

namespace MailDns;

/// <summary>What a domain publishes for Sender ID (RFC 4406, Historic). Having nothing is as it should be.</summary>
public sealed class SenderIdStatus : AreaStatus
{
    internal SenderIdStatus(DomainName domain, IReadOnlyList<SenderIdReading> readings, bool? isValid, CheckSheet sheet)
        : base(domain.Text, domain.Text)
    {
        Records = readings.Select(reading => PrintableText.Escape(reading.Record.Source)).ToArray();
        Record = Records.Length == 1 ? Records[0] : null;
        SenderId = readings.Select(reading => reading.Record).ToArray();
        Scopes = readings.SelectMany(reading => reading.Record.Scopes).Distinct().ToArray();
        Judge(sheet, isThere: false);
        IsValid = isValid;
    }

    /// <summary>The record's text, escaped for display; null where there is not exactly one.</summary>
    public string? Record { get; }

    /// <summary>The records as their scopes and terms.</summary>
    public SenderIdRecord[] SenderId { get; }

    /// <summary>The scopes of all records, in lower case.</summary>
    public string[] Scopes { get; }

    /// <summary>The record's text, or how many there are.</summary>
    public override string ToString() => Record ?? Domain + ": " + Records.Length + " Sender ID records";
}
