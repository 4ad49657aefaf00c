using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>Puts the paths together to one verdict.</summary>
internal sealed class AlignmentVerdict
{
    public AlignmentVerdict(AlignmentRequest request, DmarcDiscovery discovery, AlignmentPath spf, IReadOnlyList<AlignmentPath> dkim)
    {
        Request = request;
        Discovery = discovery;
        Spf = spf;
        Dkim = dkim;
        DkimPasses = Any(dkim.Select(path => path.Passes));
        Passed = Decide();
        Reason = Describe();
    }

    public AlignmentRequest Request { get; }

    public DmarcDiscovery Discovery { get; }

    public AlignmentPath Spf { get; }

    public IReadOnlyList<AlignmentPath> Dkim { get; }

    public bool? DkimPasses { get; }

    public bool? Passed { get; }

    public string Reason { get; }

    /// <summary>True where receivers apply DMARC; null where that is not known.</summary>
    public bool? Applies => Discovery.Selection.Outcome switch
    {
        DmarcOutcome.Missing => false,
        DmarcOutcome.Unknown => null,
        _ => Discovery.Policy.Effective is not null || Discovery.ExistenceFailure is not null,
    };

    public string? Path
    {
        get
        {
            if (Passed != true) return null;

            return (Spf.Passes, DkimPasses) switch
            {
                (true, true) => "SPF and DKIM",
                (true, _) => "SPF",
                _ => "DKIM",
            };
        }
    }

    /// <summary>What the paths that pass take for granted.</summary>
    public string[] Assumptions => new[] { Spf }.Concat(Dkim)
        .Where(path => path.Passes == true && path.Assumption is not null)
        .Select(path => path.Assumption!)
        .Distinct(StringComparer.Ordinal)
        .ToArray();

    /// <summary>What to do where no check has found anything.</summary>
    public string Recommendation => Applies == false ? DmarcChecks.Missing.Recommendation : string.Empty;

    /// <summary>True when one is, else unknown when one is, else false.</summary>
    public static bool? Any(IEnumerable<bool?> values)
    {
        bool? any = false;
        foreach (bool? value in values)
        {
            if (value == true) return true;

            any = value is null ? null : any;
        }

        return any;
    }

    // RFC 9989 section 5.3.5: one aligned pass is enough; without a record there is no DMARC result at all.
    private bool? Decide()
    {
        bool? path = Any(new[] { Spf.Passes, DkimPasses });
        return Applies == false || path == false ? false : Applies is null ? null : path;
    }

    private string Describe()
    {
        DmarcSelection selection = Discovery.Selection;
        string record = Applies switch
        {
            true => "The DMARC record at " + DmarcRecordBuilder.Label + "." + selection.Domain + " applies.",
            null => DmarcPlaceRules.Describe(selection.Failure!) + " Which DMARC record applies is not known.",
            _ => selection.Outcome == DmarcOutcome.Missing
                ? "No DMARC record applies to " + Request.From + ", so there is nothing to pass."
                : "The DMARC record of " + selection.Domain + " has no valid policy and no valid rua: receivers apply no DMARC.",
        };
        string dkim = Dkim.Count == 0 ? "No signing domain is given, so DKIM is left out." : string.Join(" ", Dkim.Select(path => path.Reason).Distinct(StringComparer.Ordinal));
        return record + " " + Spf.Reason + " " + dkim;
    }
}

/// <summary>One way to a DMARC pass: SPF, or one DKIM signature.</summary>
internal sealed class AlignmentPath(DomainName? domain, bool? aligned, bool? authenticates, string reason, string? assumption = null)
{
    /// <summary>The Authenticated Identifier; null where there is none.</summary>
    public DomainName? Domain { get; } = domain;

    /// <summary>Whether the identifier aligns with the From domain; null where a failed lookup leaves it open.</summary>
    public bool? Aligned { get; } = aligned;

    /// <summary>Whether the mechanism itself passes, as far as DNS tells; null where a failed lookup leaves it open.</summary>
    public bool? Authenticates { get; } = authenticates;

    /// <summary>Why, in one sentence or two.</summary>
    public string Reason { get; } = reason;

    /// <summary>What is taken for granted; null where nothing is.</summary>
    public string? Assumption { get; } = assumption;

    /// <summary>Whether this gives an aligned pass.</summary>
    public bool? Passes => Aligned == false || Authenticates == false ? false : Aligned is null || Authenticates is null ? null : true;
}
