using MailDns.Sending;

namespace MailDns;

/// <summary>A whole sending domain in one object: its parts, what is wrong, and a verdict in one line. Texts from DNS are escaped.</summary>
public sealed class SendingDomainStatus : IChecked
{
    private readonly SendingDomainParts _parts;
    private CheckResult[]? _comparison;
    private CheckResult[]? _findings;

    internal SendingDomainStatus(SendingDomainRequest request, SendingDomainParts parts, DmarcAlignment? alignment, IReadOnlyList<CheckResult> results)
    {
        _parts = parts;
        Domain = request.Domain.Text;
        Provider = request.Providers.Count == 0 ? null : string.Join(", ", request.Providers.Select(provider => provider.Name));
        Alignment = alignment;
        Results = results;
    }

    /// <summary>The domain.</summary>
    public string Domain { get; }

    /// <summary>True when nothing failed and nothing is unknown; warnings do not count.</summary>
    public bool Passed => ErrorCount == 0 && UnknownCount == 0;

    /// <summary>How many errors, warnings and unknowns, and the worst of them, in one line.</summary>
    public string Verdict => Domain + ": " + Describe();

    /// <summary>Findings of severity Error.</summary>
    public int ErrorCount => Count(CheckStatus.Fail);

    /// <summary>Findings of severity Warning.</summary>
    public int WarningCount => Count(CheckStatus.Warning);

    /// <summary>Findings of severity Information.</summary>
    public int InformationCount => Count(CheckStatus.Info);

    /// <summary>Checks that a failed lookup left open.</summary>
    public int UnknownCount => Count(CheckStatus.Unknown);

    /// <summary>Checks that passed.</summary>
    public int PassCount => Count(CheckStatus.Pass);

    /// <summary>The providers whose profiles the domain was compared with; null where none was named.</summary>
    public string? Provider { get; }

    /// <summary>SPF.</summary>
    public SpfStatus Spf => _parts.One<SpfStatus>();

    /// <summary>Sender ID (Historic).</summary>
    public SenderIdStatus SenderId => _parts.One<SenderIdStatus>();

    /// <summary>The DKIM keys, one a selector.</summary>
    public DkimStatus[] Dkim => _parts.Many<DkimStatus>();

    /// <summary>DomainKeys and ADSP (Historic).</summary>
    public DomainKeysStatus DomainKeys => _parts.One<DomainKeysStatus>();

    /// <summary>DMARC.</summary>
    public DmarcStatus Dmarc => _parts.One<DmarcStatus>();

    /// <summary>BIMI.</summary>
    public BimiStatus Bimi => _parts.One<BimiStatus>();

    /// <summary>The mail exchangers.</summary>
    public MxStatus Mx => _parts.One<MxStatus>();

    /// <summary>The names of the sending addresses, one an address; empty where none was given.</summary>
    public ReverseDnsStatus[] ReverseDns => _parts.Many<ReverseDnsStatus>();

    /// <summary>What block lists say of the sending addresses and the domain, one an address and list; empty where no list was named (-Blocklist).</summary>
    public BlocklistStatus[] Blocklists => _parts.Many<BlocklistStatus>();

    /// <summary>True where the domain is judged as one that sends no mail.</summary>
    public bool IsParked => _parts.Parked.IsParked;

    /// <summary>MTA-STS; the policy itself only with -IncludeHttps.</summary>
    public MtaStsStatus MtaSts => _parts.One<MtaStsStatus>();

    /// <summary>SMTP TLS reporting.</summary>
    public TlsRptStatus TlsRpt => _parts.One<TlsRptStatus>();

    /// <summary>DANE, one a mail server.</summary>
    public TlsaStatus[] Dane => _parts.Many<TlsaStatus>();

    /// <summary>The mail servers themselves, one an address; empty without -IncludeSmtp.</summary>
    public SmtpTlsStatus[] Smtp => _parts.Many<SmtpTlsStatus>();

    /// <summary>Certification authority authorisation.</summary>
    public CaaStatus Caa => _parts.One<CaaStatus>();

    /// <summary>Keys and signatures of the zone.</summary>
    public DnssecStatus Dnssec => _parts.One<DnssecStatus>();

    /// <summary>The tracking hosts; empty where neither a profile nor -TrackingHost names one.</summary>
    public TrackingStatus[] Tracking => _parts.Many<TrackingStatus>();

    /// <summary>The bounce hosts; empty where neither a profile nor -BounceHost names one.</summary>
    public BounceStatus[] Bounce => _parts.Many<BounceStatus>();

    /// <summary>The verdict of DMARC on mail sent this way; null where it is not known how mail is sent.</summary>
    public DmarcAlignment? Alignment { get; }

    /// <summary>What the provider's profile asks for, against DNS, met or not; empty where no provider was named.</summary>
    public CheckResult[] ProviderComparison =>
        _comparison ??= Results.Where(result => result.Area == CheckArea.Provider && result.Status != CheckStatus.NotApplicable).ToArray();

    /// <summary>What a person should read, the worst first: all but passed checks.</summary>
    public CheckResult[] Findings =>
        _findings ??= FailedLookups.Joined(Results.Where(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable)))
            .OrderBy(result => StatusOrder.Rank(result.Status))
            .ToArray();

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
