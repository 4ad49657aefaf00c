namespace MailDns;

/// <summary>What a source sent in the periods that began on one day.</summary>
public sealed class DmarcSourceDay
{
    internal DmarcSourceDay(DateTime date, long messages, long passed, long dkimAligned)
    {
        Date = date;
        Messages = messages;
        Passed = passed;
        DkimAligned = dkimAligned;
    }

    /// <summary>The day in UTC on which the periods began. Reports say no more exactly when a message came.</summary>
    public DateTime Date { get; }

    /// <summary>Messages.</summary>
    public long Messages { get; }

    /// <summary>Messages that passed DMARC.</summary>
    public long Passed { get; }

    /// <summary>Messages that passed by DKIM.</summary>
    public long DkimAligned { get; }

    /// <summary>Day and counts.</summary>
    public override string ToString() => Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) + " " + Passed + "/" + Messages;
}
