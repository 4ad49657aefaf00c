using MailDns.Caa;

namespace MailDns;

/// <summary>The CAA records that apply to a domain, and what is to be said of them. Texts from DNS are escaped.</summary>
public sealed class CaaStatus : AreaStatus
{
    internal CaaStatus(DomainName domain, CaaSet set, CheckSheet sheet)
        : base(domain.Text, set.Owner?.ToString())
    {
        Records = set.Records.Select(record => record.ToString()).ToArray();
        Issue = Values(set, CaaProperty.Issue);
        IssueWild = Values(set, CaaProperty.IssueWild);
        IssueMail = Values(set, CaaProperty.IssueMail);
        IssueVmc = Values(set, CaaProperty.IssueVmc);
        Iodef = Values(set, CaaProperty.Iodef);
        Judge(sheet, isThere: set.Records.Count > 0);
    }

    /// <summary>issue: who may issue for hosts. Empty: everybody, unless there is an entry ";".</summary>
    public string[] Issue { get; }

    /// <summary>issuewild: who may issue wildcards; empty: as issue says.</summary>
    public string[] IssueWild { get; }

    /// <summary>issuemail (RFC 9495): who may issue for S/MIME.</summary>
    public string[] IssueMail { get; }

    /// <summary>issuevmc: who may issue mark certificates for BIMI.</summary>
    public string[] IssueVmc { get; }

    /// <summary>iodef: where authorities report requests that they refused.</summary>
    public string[] Iodef { get; }

    /// <summary>Domain and records.</summary>
    public override string ToString() => Domain + ": " + (Records.Length == 0 ? "no CAA record" : string.Join(" | ", Records));

    private static string[] Values(CaaSet set, string tag) => set.Of(tag).Select(record => PrintableText.Escape(record.Value)).ToArray();
}
