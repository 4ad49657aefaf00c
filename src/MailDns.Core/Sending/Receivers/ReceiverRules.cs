namespace MailDns.Sending;

/// <summary>Whether a domain meets what receivers ask for. What DNS cannot show is said, and never counts as met.</summary>
internal sealed class ReceiverRules(DomainName domain, SendingDomainParts parts, DmarcAlignment? alignment, bool selectorsKnown, IDnsResolver resolver, CheckSheet sheet)
{
    private readonly DomainName _domain = domain;
    private readonly SpfStatus _spf = parts.One<SpfStatus>();
    private readonly DmarcStatus _dmarc = parts.One<DmarcStatus>();
    private readonly DkimStatus[] _dkim = parts.Many<DkimStatus>();
    private readonly BounceStatus[] _bounce = parts.Many<BounceStatus>();
    private readonly ReverseDnsStatus[] _addresses = parts.Many<ReverseDnsStatus>();
    private readonly DmarcAlignment? _alignment = alignment;
    private readonly bool _selectorsKnown = selectorsKnown;
    private readonly IDnsResolver _resolver = resolver;
    private readonly CheckSheet _sheet = sheet;

    /// <summary>Judges and completes the checks of all receivers.</summary>
    public async Task ApplyAsync(IReadOnlyList<MailReceiver> receivers, CancellationToken cancellationToken)
    {
        foreach (ReceiverProfile profile in ReceiverChecks.Profiles.Where(profile => receivers.Contains(profile.Receiver)))
        {
            var verdicts = new List<ReceiverVerdict>();
            foreach (ReceiverRequirement requirement in profile.Requirements)
            {
                ReceiverVerdict verdict = await JudgeAsync(requirement, cancellationToken).ConfigureAwait(false);
                Report(profile, requirement.Check, verdict);
                verdicts.Add(verdict);
            }

            Summarise(profile, verdicts);
        }

        _sheet.CompleteNotApplicable(ReceiverChecks.All, "Needs -Receiver.");
    }

    private void Report(ReceiverProfile profile, CheckDefinition check, ReceiverVerdict verdict)
    {
        if (!verdict.IsShown)
            _sheet.Note(check, profile.Name + ": DNS cannot show this: " + verdict.Reason + ".");
        else if (verdict.IsMet is not { } isMet)
            _sheet.Unknown(check, profile.Name + ": unknown: " + verdict.Reason + ".", cause: verdict.Cause);
        else if (isMet)
            _sheet.Pass(check, profile.Name + ": " + verdict.Reason + ".");
        else
            _sheet.Report(check.With(verdict.Reason));
    }

    private void Summarise(ReceiverProfile profile, List<ReceiverVerdict> verdicts)
    {
        int shown = verdicts.Count(verdict => verdict.IsShown);
        int unknown = verdicts.Count(verdict => verdict is { IsShown: true, IsMet: null });
        string open = unknown == 0 ? string.Empty : ", " + unknown + " not known";
        _sheet.Note(
            profile.Summary,
            profile.Name + ": " + verdicts.Count(verdict => verdict.IsMet == true) + " of " + shown + " requirements that DNS shows are met" + open + "; "
            + (verdicts.Count - shown) + " more it cannot show.");
    }

    private async Task<ReceiverVerdict> JudgeAsync(ReceiverRequirement requirement, CancellationToken cancellationToken) => requirement.Need switch
    {
        ReceiverNeed.Spf => Spf(),
        ReceiverNeed.Dkim => Dkim(),
        ReceiverNeed.SpfOrDkim => Either(Spf(), Dkim()),
        ReceiverNeed.Dmarc => Dmarc(),
        ReceiverNeed.DmarcReports => DmarcReports(),
        ReceiverNeed.Alignment => Aligned(_alignment?.Passed),
        ReceiverNeed.DkimAlignment => DkimAligned(),
        ReceiverNeed.MailHost => await MailHostAsync(cancellationToken).ConfigureAwait(false),
        ReceiverNeed.ReverseDns => ReverseDns(),
        _ => ReceiverVerdict.NotShown(requirement.Check.Title),
    };

    // SPF is evaluated for the domain of the Return-Path (RFC 7208 section 2.4): the bounce host where there is one.
    private ReceiverVerdict Spf()
    {
        if (_bounce.Length == 0)
            return ByResults(_spf.IsValid == true, _spf.Results, "the SPF record of " + _domain + " is valid");

        BounceStatus? bad = _bounce.FirstOrDefault(bounce => bounce.IsValid != true || bounce.SpfRecord is null);
        return bad is null
            ? ReceiverVerdict.Met("the bounce host has a valid SPF record")
            : ByResults(isValid: false, bad.Results, "no SPF record at the bounce host " + bad.Fqdn);
    }

    private ReceiverVerdict Dkim()
    {
        DkimStatus? usable = _dkim.FirstOrDefault(status => status.IsValid == true && !status.IsRevoked && status.Record is not null);
        if (usable is not null) return ReceiverVerdict.Met("there is a usable key at selector " + usable.Selector);

        return _selectorsKnown
            ? ByResults(isValid: false, _dkim.SelectMany(status => status.Results), "no usable DKIM key")
            : ReceiverVerdict.Unknown("no key was found, and which selectors are in use is not known: specify -Selector or -Provider");
    }

    private static ReceiverVerdict Either(ReceiverVerdict one, ReceiverVerdict other) =>
        one.IsMet == true ? one
        : other.IsMet == true ? other
        : one.IsMet is null ? one
        : other.IsMet is null ? other
        : ReceiverVerdict.NotMet("neither SPF nor DKIM: " + one.Reason + "; " + other.Reason);

    private ReceiverVerdict Dmarc() => _dmarc switch
    {
        { Outcome: DmarcOutcome.Unknown } => ReceiverVerdict.Unknown("the lookup of the DMARC record failed", FailedLookups.CauseOf(_dmarc.Results)),
        { Outcome: DmarcOutcome.Found, EffectivePolicy: { } policy } => ReceiverVerdict.Met("a DMARC record applies, p=" + policy.ToString().ToLowerInvariant()),
        _ => ByResults(isValid: false, _dmarc.Results, "no DMARC record applies"),
    };

    private ReceiverVerdict DmarcReports()
    {
        ReceiverVerdict record = Dmarc();
        return record.IsMet != true ? record
            : _dmarc.ParsedRecord is { AggregateReportUri.Length: > 0 } ? ReceiverVerdict.Met("the DMARC record names an address for reports")
            : ReceiverVerdict.NotMet("the DMARC record has no rua");
    }

    private ReceiverVerdict Aligned(bool? isAligned) => _alignment is null
        ? ReceiverVerdict.NotShown("how mail is sent is not known: specify -Provider or -BounceHost")
        : ReceiverVerdict.Of(isAligned, _alignment.Reason.TrimEnd('.'));

    // A key below the domain signs with d= of the domain, which aligns with itself.
    private ReceiverVerdict DkimAligned()
    {
        ReceiverVerdict key = Dkim();
        return _alignment is { DkimDomain.Length: > 0 } ? Aligned(_alignment.DkimAligned)
            : key.IsMet == true ? ReceiverVerdict.Met("mail signed with d=" + _domain + " aligns with the From domain")
            : key;
    }

    private ReceiverVerdict ReverseDns() => _addresses.Length == 0
        ? ReceiverVerdict.NotShown("the sending addresses are not known: specify -IPAddress")
        : ByResults(
            _addresses.All(status => !status.Results.Any(result => result.Status is CheckStatus.Fail or CheckStatus.Unknown)),
            _addresses.SelectMany(status => status.Results),
            "the PTR of every sending address is forward-confirmed");

    private async Task<ReceiverVerdict> MailHostAsync(CancellationToken cancellationToken)
    {
        DnsRecordType[] types = { DnsRecordType.Mx, DnsRecordType.A, DnsRecordType.Aaaa };
        DnsResponse[] answers = await Task.WhenAll(types.Select(type => _resolver.QueryAsync(new DnsQuestion(_domain, type), cancellationToken))).ConfigureAwait(false);
        MxData[] exchanges = answers[0].Data<MxData>().ToArray();
        if (exchanges.Length > 0)
        {
            // RFC 7505: the null MX says that the domain takes no mail.
            return exchanges.All(exchange => exchange.Exchange.IsRoot)
                ? ReceiverVerdict.NotMet(_domain + " has a null MX, so it accepts no mail")
                : ReceiverVerdict.Met(_domain + " has MX records");
        }

        DnsResponse? failed = answers.FirstOrDefault(answer => answer.IsFailure);
        return failed is not null ? ReceiverVerdict.Unknown("the lookup of " + failed.Question + " failed: " + failed.Describe(), failed)
            : answers.Any(answer => answer.Status == DnsResponseStatus.Success) ? ReceiverVerdict.Met(_domain + " has an address record")
            : ReceiverVerdict.NotMet(_domain + " has neither MX nor address records");
    }

    // An error that was found outweighs a lookup that failed; without either the reason says what is missing.
    private static ReceiverVerdict ByResults(bool isValid, IEnumerable<CheckResult> results, string reason)
    {
        if (isValid) return ReceiverVerdict.Met(reason);

        CheckResult[] all = results.ToArray();
        CheckResult? failed = all.FirstOrDefault(result => result.Status == CheckStatus.Fail);
        CheckResult? unknown = all.FirstOrDefault(result => result.Status == CheckStatus.Unknown);
        return failed is not null ? ReceiverVerdict.NotMet(failed.Message.TrimEnd('.'))
            : unknown is not null ? ReceiverVerdict.Unknown(unknown.Message.TrimEnd('.'), unknown.Cause)
            : ReceiverVerdict.NotMet(reason);
    }
}

/// <summary>What a receiver asks for, in terms of what is looked at.</summary>
internal enum ReceiverNeed
{
    /// <summary>A valid SPF record for the domain that mail is sent from: the bounce host's where one is used.</summary>
    Spf,

    /// <summary>A usable DKIM key.</summary>
    Dkim,

    /// <summary>SPF or DKIM.</summary>
    SpfOrDkim,

    /// <summary>A DMARC record that applies, of any policy.</summary>
    Dmarc,

    /// <summary>A DMARC record with an address for aggregate reports.</summary>
    DmarcReports,

    /// <summary>SPF or DKIM that aligns with the From domain and passes.</summary>
    Alignment,

    /// <summary>DKIM that aligns with the From domain.</summary>
    DkimAlignment,

    /// <summary>An MX or address record, so that replies arrive.</summary>
    MailHost,

    /// <summary>Sending addresses with names that lead back to them; shown only where the addresses are told.</summary>
    ReverseDns,

    /// <summary>What DNS cannot show.</summary>
    NotInDns,
}

/// <summary>One thing that one receiver asks of senders.</summary>
internal sealed record ReceiverRequirement(MailReceiver Receiver, ReceiverNeed Need, CheckDefinition Check);

/// <summary>Whether a need is met: true, false, or null where it is not known; and why.</summary>
internal sealed class ReceiverVerdict
{
    private ReceiverVerdict(bool? isMet, bool isShown, string reason)
    {
        IsMet = isMet;
        IsShown = isShown;
        Reason = reason;
    }

    /// <summary>Null where a failed lookup leaves it open, or where it is not shown.</summary>
    public bool? IsMet { get; }

    /// <summary>False for what DNS, or what was told, does not show at all.</summary>
    public bool IsShown { get; }

    /// <summary>The facts, without a full stop.</summary>
    public string Reason { get; }

    /// <summary>The failed lookup that leaves it open; null where there is none.</summary>
    public DnsResponse? Cause { get; private init; }

    public static ReceiverVerdict Met(string reason) => new(isMet: true, isShown: true, reason);

    public static ReceiverVerdict NotMet(string reason) => new(isMet: false, isShown: true, reason);

    public static ReceiverVerdict Unknown(string reason, DnsResponse? cause = null) => new(isMet: null, isShown: true, reason) { Cause = cause };

    public static ReceiverVerdict NotShown(string reason) => new(isMet: null, isShown: false, reason);

    public static ReceiverVerdict Of(bool? isMet, string reason) => isMet switch
    {
        true => Met(reason),
        false => NotMet(reason),
        null => Unknown(reason),
    };
}
