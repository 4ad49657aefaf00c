using MailDns.Sending;

namespace MailDns;

/// <summary>A whole sending domain in one object: its parts, what is wrong, and a verdict in one line. Texts from DNS are escaped.</summary>
public sealed class SendingDomainStatus : IChecked
{
    internal SendingDomainStatus(SendingDomainReport report)
    {
        SendingDomainParts parts = report.Parts;
        Domain = report.Domain.Text;
        Provider = report.Request.Providers.Count == 0 ? null : string.Join(", ", report.Request.Providers.Select(provider => provider.Name));
        Spf = parts.Spf;
        SenderId = parts.SenderId;
        Dkim = parts.Dkim.ToArray();
        DomainKeys = parts.DomainKeys;
        Dmarc = parts.Dmarc;
        Bimi = parts.Bimi;
        Mx = parts.Mx;
        ReverseDns = parts.Addresses.ToArray();
        IsParked = parts.Parked.IsParked;
        MtaSts = parts.MtaSts;
        TlsRpt = parts.TlsRpt;
        Dane = parts.Dane.ToArray();
        Caa = parts.Caa;
        Tracking = parts.Hosts.Tracking.ToArray();
        Bounce = parts.Hosts.Bounce.ToArray();
        Alignment = report.Alignment;
        ProviderComparison = report.Results.Where(result => result.Area == CheckArea.Provider && result.Status != CheckStatus.NotApplicable).ToArray();
        Results = report.Results;
        Findings = FailedLookups.Joined(Results.Where(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable)))
            .OrderBy(result => StatusOrder.Rank(result.Status))
            .ToArray();
        ErrorCount = Count(CheckStatus.Fail);
        WarningCount = Count(CheckStatus.Warning);
        InformationCount = Count(CheckStatus.Info);
        UnknownCount = Count(CheckStatus.Unknown);
        PassCount = Count(CheckStatus.Pass);
        Passed = ErrorCount == 0 && UnknownCount == 0;
        Verdict = Domain + ": " + Describe();
    }

    /// <summary>The domain.</summary>
    public string Domain { get; }

    /// <summary>True when nothing failed and nothing is unknown; warnings do not count.</summary>
    public bool Passed { get; }

    /// <summary>How many errors, warnings and unknowns, and the worst of them, in one line.</summary>
    public string Verdict { get; }

    /// <summary>Findings of severity Error.</summary>
    public int ErrorCount { get; }

    /// <summary>Findings of severity Warning.</summary>
    public int WarningCount { get; }

    /// <summary>Findings of severity Information.</summary>
    public int InformationCount { get; }

    /// <summary>Checks that a failed lookup left open.</summary>
    public int UnknownCount { get; }

    /// <summary>Checks that passed.</summary>
    public int PassCount { get; }

    /// <summary>The providers whose profiles the domain was compared with; null where none was named.</summary>
    public string? Provider { get; }

    /// <summary>SPF.</summary>
    public SpfStatus Spf { get; }

    /// <summary>Sender ID (Historic).</summary>
    public SenderIdStatus SenderId { get; }

    /// <summary>The DKIM keys, one a selector.</summary>
    public DkimStatus[] Dkim { get; }

    /// <summary>DomainKeys and ADSP (Historic).</summary>
    public DomainKeysStatus DomainKeys { get; }

    /// <summary>DMARC.</summary>
    public DmarcStatus Dmarc { get; }

    /// <summary>BIMI.</summary>
    public BimiStatus Bimi { get; }

    /// <summary>The mail exchangers.</summary>
    public MxStatus Mx { get; }

    /// <summary>The names of the sending addresses, one an address; empty where none was given.</summary>
    public ReverseDnsStatus[] ReverseDns { get; }

    /// <summary>True where the domain is judged as one that sends no mail.</summary>
    public bool IsParked { get; }

    /// <summary>MTA-STS; the policy itself only with -IncludeHttps.</summary>
    public MtaStsStatus MtaSts { get; }

    /// <summary>SMTP TLS reporting.</summary>
    public TlsRptStatus TlsRpt { get; }

    /// <summary>DANE, one a mail server.</summary>
    public TlsaStatus[] Dane { get; }

    /// <summary>Certification authority authorisation.</summary>
    public CaaStatus Caa { get; }

    /// <summary>The tracking hosts; empty where neither a profile nor -TrackingHost names one.</summary>
    public TrackingStatus[] Tracking { get; }

    /// <summary>The bounce hosts; empty where neither a profile nor -BounceHost names one.</summary>
    public BounceStatus[] Bounce { get; }

    /// <summary>The verdict of DMARC on mail sent this way; null where it is not known how mail is sent.</summary>
    public DmarcAlignment? Alignment { get; }

    /// <summary>What the provider's profile asks for, against DNS, met or not; empty where no provider was named.</summary>
    public CheckResult[] ProviderComparison { get; }

    /// <summary>What a person should read, the worst first: all but passed checks.</summary>
    public CheckResult[] Findings { get; }

    /// <summary>Every check.</summary>
    internal IReadOnlyList<CheckResult> Results { get; }

    IReadOnlyList<CheckResult> IChecked.Results => Results;

    /// <summary>The verdict.</summary>
    public override string ToString() => Verdict;

    private int Count(CheckStatus status) => Results.Count(result => result.Status == status);

    private string Describe()
    {
        string counts = string.Join(", ", new[] { Counted(ErrorCount, "error"), Counted(WarningCount, "warning") }.Where(text => text.Length > 0));
        string unknown = UnknownCount == 0 ? string.Empty : Counted(UnknownCount, "check") + " unknown";
        string all = string.Join(", ", new[] { counts, unknown }.Where(text => text.Length > 0));
        CheckResult? worst = Findings.FirstOrDefault(finding => !finding.Passed);
        return worst is null ? "everything that was looked at passed." : all + ". " + worst.Message;
    }

    private static string Counted(int count, string noun) => count switch
    {
        0 => string.Empty,
        1 => "1 " + noun,
        _ => count.ToString(CultureInfo.InvariantCulture) + " " + noun + "s",
    };
}
