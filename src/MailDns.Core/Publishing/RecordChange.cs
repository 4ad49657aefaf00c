using MailDns.Publishing;

namespace MailDns;

/// <summary>
/// One item of a plan: what is done with one record of a zone, and why. It holds the whole record set that it was made
/// from, so that a zone that has changed meanwhile is noticed before anything is written.
/// </summary>
public sealed class RecordChange
{
    internal RecordChange(RecordAction action, RecordSetState set, RecordPurpose purpose, ResourceRecord[] before, ResourceRecord[] after, string reason, params string[] warnings)
    {
        Action = action;
        Owner = set.Owner;
        Zone = set.Zone;
        DnsType = set.Type;
        ZoneName = set.Zone.Text;
        Name = set.Owner.RelativeTo(set.Zone);
        Fqdn = set.Owner.Text;
        RecordType = DnsRecordTypes.Mnemonic(set.Type);
        Present = set.Records.ToArray();
        Purpose = purpose;
        Before = before;
        After = after;
        Reason = PrintableText.Escape(reason);
        Warning = warnings.Select(PrintableText.Escape).ToArray();
    }

    /// <summary>What is done.</summary>
    public RecordAction Action { get; }

    /// <summary>The zone that holds the record, without a trailing dot.</summary>
    public string ZoneName { get; }

    /// <summary>The owner relative to the zone; <c>@</c> at its apex.</summary>
    public string Name { get; }

    /// <summary>The owner's full name.</summary>
    public string Fqdn { get; }

    /// <summary>The type's mnemonic: TXT, CNAME, MX.</summary>
    public string RecordType { get; }

    /// <summary>What the record is for.</summary>
    public RecordPurpose Purpose { get; }

    /// <summary>The records that go, or that stay when nothing is written.</summary>
    public ResourceRecord[] Before { get; }

    /// <summary>The records that stand there afterwards in their place.</summary>
    public ResourceRecord[] After { get; }

    /// <summary>All records of the name and type when the plan was made, foreign ones included.</summary>
    public ResourceRecord[] Present { get; }

    /// <summary>Why, in one line.</summary>
    public string Reason { get; }

    /// <summary>What to know before it is published.</summary>
    public string[] Warning { get; private set; }

    /// <summary>True where publishing writes something: Add, Replace and Remove.</summary>
    public bool IsChange => Action is RecordAction.Add or RecordAction.Replace or RecordAction.Remove;

    /// <summary>
    /// True where a text to be written has more than 254 characters. Azure DNS, BIND and most others take it as it is; the
    /// cmdlets of Windows DNS Server do not.
    /// </summary>
    public bool IsLongText => IsChange && After.Any(LongText.IsLong);

    /// <summary>The wanted record that the item is about; null for records that only go.</summary>
    internal ResourceRecord? Wanted { get; init; }

    internal DomainName Owner { get; }
    internal DomainName Zone { get; }
    internal DnsRecordType DnsType { get; }

    /// <summary>The change in one line: <c>Replace TXT contoso.com: "v=spf1 mx -all" by "v=spf1 mx include:a.example -all"</c>.</summary>
    public override string ToString()
    {
        string head = Action + " " + RecordType + " " + PrintableText.Escape(Fqdn);
        return Action switch
        {
            RecordAction.Add => head + " " + (After.Length > 0 ? After[0].Ttl : 0) + ": " + Describe(After),
            RecordAction.Replace => head + ": " + Describe(Before) + " by " + Describe(After),
            RecordAction.Remove => head + ": " + Describe(Before),
            _ => head,
        };
    }

    /// <summary>Says one thing more before it is published.</summary>
    internal void Warn(string text) => Warning = Warning.Append(PrintableText.Escape(text)).ToArray();

    internal static string Describe(ResourceRecord[] records) =>
        string.Join(" and ", records.Select(record => record is TxtRecord ? "\"" + PrintableText.Escape(record.ToString()) + "\"" : PrintableText.Escape(record.ToString())));
}
