using System;
using MailDns.Dns;
using MailDns.Text;

namespace MailDns.Dkim;

/// <summary>Makes the DomainKeys policy record of _domainkey.(domain). Nobody reads it today.</summary>
internal static class DomainKeysPolicyRecordBuilder
{
    /// <summary>What has to be said with every such record.</summary>
    public const string Warning =
        "DomainKeys (RFC 4870) is Historic: no receiver reads this record. Publish it only where a platform insists; DMARC is what counts.";

    /// <summary>Makes the record; its text is "o=-;" where nothing else is asked for.</summary>
    /// <exception cref="ArgumentException">The note or the address cannot stand in the record.</exception>
    public static TxtRecord Build(
        DomainName domain,
        DomainName zone,
        DomainKeysPolicy policy,
        bool testing,
        string? note,
        string? reportAddress,
        TimeSpan timeToLive)
    {
        var record = new DomainKeysPolicyRecord
        {
            Outbound = policy,
            IsTesting = testing,
            Note = Value(note, "note"),
            ReportAddress = Value(reportAddress, "report address"),
        };
        if (record.ReportAddress is { } address && address.IndexOf('@') <= 0)
        {
            throw new ArgumentException("The report address " + PrintableText.Quote(address) + " is no mail address.", nameof(reportAddress));
        }

        return new TxtRecord(domain.Prepend(DkimSelector.Label), zone, record.ToString(), timeToLive, RecordPurpose.DomainKeysPolicy);
    }

    private static string? Value(string? text, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        string trimmed = text!.Trim();
        foreach (char c in trimmed)
        {
            if (c is < ' ' or > '~' or ';')
            {
                throw new ArgumentException("The " + what + " holds " + PrintableText.Quote(c.ToString()) + ", which cannot stand in the record.");
            }
        }

        return trimmed;
    }
}
