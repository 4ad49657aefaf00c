namespace MailDns.Sending;

/// <summary>What mailbox providers publish for senders of much mail: the one place that declares it. Read in 2026.</summary>
internal static class ReceiverChecks
{
    private const string FixSpf = "Publish a valid SPF record for the domain of the Return-Path: see the SPF results.";
    private const string FixDkim = "Publish the DKIM key and sign all mail with it: see the DKIM results.";
    private const string FixDmarc = "Publish a DMARC record, p=none at the least: see the DMARC results.";
    private const string FixAlignment = "Send with a bounce domain or a DKIM domain that aligns with the From domain: see Test-DmarcAlignment.";
    private const string FixPtr = "Give every sending address a PTR record whose name resolves back to the address.";
    private const string FixUnsubscribe = "Add List-Unsubscribe and List-Unsubscribe-Post header fields (RFC 8058), and a link in the text.";

    // Mail.ru's own page asks for DKIM; that it refuses mail without alignment is told by others, who quote its answers.
    private const string MailRuCopy = "https://www.suped.com/knowledge/email-deliverability/technical/what-are-mailrus-dmarc-spf-and-dkim-alignment-requirements";

    /// <summary>The receivers, in the order of the enum.</summary>
    public static IReadOnlyList<ReceiverProfile> Profiles { get; } = new[] { Gmail(), Yahoo(), Microsoft(), Apple(), LaPoste(), Gmx(), Orange(), MailRu() };

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = Profiles.SelectMany(profile => profile.Checks).ToArray();

    private static ReceiverProfile Gmail() =>
        new ReceiverProfile(MailReceiver.Gmail, "Gmail", "5,000 or more messages a day", "https://support.google.com/a/answer/81126")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for Gmail", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for Gmail", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "DMARC for Gmail, of any policy", FixDmarc)
            .Requires("ALIGN", ReceiverNeed.Alignment, "The From domain aligns with SPF or DKIM for Gmail", FixAlignment)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have matching forward and reverse DNS", FixPtr)
            .AlsoAsks("TLS", "Mail is sent over TLS", "Let the sending server use STARTTLS.")
            .AlsoAsks("SPAM-RATE", "The spam rate in Postmaster Tools stays below 0.1 %, and never reaches 0.3 %", "Watch the rate in Google's Postmaster Tools.")
            .AlsoAsks("UNSUBSCRIBE", "Marketing mail has one-click unsubscribe", FixUnsubscribe)
            .AlsoAsks("FORMAT", "Messages follow RFC 5322 and do not pose as Gmail", "Check the header fields of a message as received.");

    private static ReceiverProfile Yahoo() =>
        new ReceiverProfile(MailReceiver.Yahoo, "Yahoo", "bulk senders, no number named", "https://senders.yahooinc.com/best-practices/")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for Yahoo", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for Yahoo, 1024 bits or more", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "DMARC for Yahoo, of any policy", FixDmarc)
            .Requires("ALIGN", ReceiverNeed.Alignment, "The From domain aligns with SPF or DKIM for Yahoo", FixAlignment)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have matching forward and reverse DNS", FixPtr)
            .AlsoAsks("SPAM-RATE", "The spam rate stays below 0.3 %", "Join the Complaint Feedback Loop.")
            .AlsoAsks("UNSUBSCRIBE", "Marketing mail has one-click unsubscribe, honoured within two days", FixUnsubscribe)
            .AlsoAsks("FORMAT", "Messages follow RFC 5321 and RFC 5322", "Check the header fields of a message as received.");

    private static ReceiverProfile Microsoft() =>
        new ReceiverProfile(MailReceiver.Microsoft, "Outlook.com", "more than 5,000 messages a day; else 550 5.7.515", "https://sendersupport.olc.protection.outlook.com/pm/policies")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for Outlook.com", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for Outlook.com", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "DMARC for Outlook.com, of any policy", FixDmarc)
            .Requires("ALIGN", ReceiverNeed.Alignment, "The From domain aligns with SPF or DKIM for Outlook.com", FixAlignment)
            .AlsoAsks("FROM", "From and Reply-To addresses are valid and can receive replies", "Use a mailbox that somebody reads.")
            .AlsoAsks("UNSUBSCRIBE", "Mail has a working way to unsubscribe", FixUnsubscribe)
            .AlsoAsks("HYGIENE", "Invalid addresses are removed, and recipients have agreed", "Act on bounces and complaints.");

    private static ReceiverProfile Apple() =>
        new ReceiverProfile(MailReceiver.Apple, "iCloud Mail", "bulk senders, no number named", "https://support.apple.com/102322")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for iCloud Mail", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for iCloud Mail", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "A DMARC policy for iCloud Mail", FixDmarc)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have reverse DNS with the sender's domain", FixPtr)
            .AlsoAsks("CONSENT", "Recipients have subscribed explicitly", "Send only to people who asked for it.")
            .AlsoAsks("UNSUBSCRIBE", "Mail has a link that unsubscribes at once", FixUnsubscribe)
            .AlsoAsks("FORMAT", "Messages follow RFC 5322, with one From name and address for the brand", "Check the header fields of a message as received.");

    private static ReceiverProfile LaPoste() =>
        new ReceiverProfile(
            MailReceiver.LaPoste,
            "laposte.net",
            "all senders",
            "https://postmaster.laposte.net/contents/quelles-sont-les-specifications-techniques-a-respecter-pour-emettre-des-emails-vers-laposte-net")
            .Requires("AUTH", ReceiverNeed.SpfOrDkim, "SPF or DKIM for laposte.net", FixSpf)
            .Requires("SPF", ReceiverNeed.Spf, "SPF for laposte.net: an invalid record is refused", FixSpf)
            .Advises("DKIM", ReceiverNeed.Dkim, "DKIM for laposte.net", FixDkim)
            .Requires("DMARC", ReceiverNeed.DmarcReports, "DMARC for laposte.net, with an address for reports (rua)", FixDmarc)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending servers have valid and consistent reverse DNS", FixPtr);

    private static ReceiverProfile Gmx() =>
        new ReceiverProfile(MailReceiver.Gmx, "GMX and WEB.DE", "all senders", "https://postmaster.web.de/en/requirements-and-recommendations")
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for GMX and WEB.DE", FixDkim)
            .Requires("DKIM-ALIGN", ReceiverNeed.DkimAlignment, "The DKIM domain aligns with the From domain for GMX and WEB.DE", FixAlignment)
            .Requires("REPLY", ReceiverNeed.MailHost, "The domain has MX or address records for GMX and WEB.DE", "Publish MX records, so that replies arrive.")
            .Advises("SPF", ReceiverNeed.Spf, "SPF for GMX and WEB.DE", FixSpf)
            .Advises("DMARC", ReceiverNeed.Dmarc, "DMARC for GMX and WEB.DE", FixDmarc)
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have reverse DNS of their own for GMX and WEB.DE", FixPtr)
            .AlsoAsks("UNSUBSCRIBE", "Bulk mail has one-click unsubscribe and recipients have agreed", FixUnsubscribe);

    private static ReceiverProfile Orange() =>
        new ReceiverProfile(MailReceiver.Orange, "Orange", "all senders", "https://postmaster.orange.fr")
            .Requires("SPF", ReceiverNeed.Spf, "SPF for Orange", FixSpf)
            .Requires("DKIM", ReceiverNeed.Dkim, "DKIM for Orange", FixDkim)
            .Requires("DMARC", ReceiverNeed.Dmarc, "DMARC for Orange", FixDmarc)
            .Requires("ALIGN", ReceiverNeed.Alignment, "DMARC passes for Orange: the From domain aligns with SPF or DKIM", FixAlignment)
            .Requires("HOST", ReceiverNeed.MailHost, "The domain has MX or address records for Orange", "Publish MX records, so that replies arrive.")
            .Requires("PTR", ReceiverNeed.ReverseDns, "Sending addresses have valid reverse DNS for Orange", FixPtr)
            .AlsoAsks("HELO", "The server greets with a valid, fully qualified name (HELO or EHLO)", "Let the server greet with a name that resolves to its address.")
            .AlsoAsks("BLOCKLIST", "The addresses and the domain are on no blocklist that Orange uses", "Look both up at Abusix, Spamhaus and Cloudmark.")
            .AlsoAsks("TLS", "Mail is sent over TLS, 1.2 or newer (recommended)", "Let the sending server use STARTTLS.")
            .AlsoAsks("LARGE", "Senders of more than 1,000 messages a day take part in Signal Spam and keep complaints low", "Join the feedback loop of Signal Spam.");

    private static ReceiverProfile MailRu() =>
        new ReceiverProfile(MailReceiver.MailRu, "Mail.ru", "bulk senders, no number named", "https://help.mail.ru/enmail-help/rules/general")
            .Requires("AUTH", ReceiverNeed.SpfOrDkim, "SPF or DKIM for Mail.ru", FixSpf, MailRuCopy)
            .Requires("ALIGN", ReceiverNeed.Alignment, "The From domain aligns with SPF or DKIM for Mail.ru", FixAlignment, MailRuCopy)
            .Advises("DKIM", ReceiverNeed.Dkim, "DKIM for Mail.ru, 1024 bits or more", FixDkim)
            .AlsoAsks("CONSENT", "Recipients have subscribed themselves, and their addresses were confirmed", "Send only to people who asked for it.")
            .AlsoAsks("UNSUBSCRIBE", "Every mail says how to unsubscribe, and doing so takes one click", FixUnsubscribe);
}

/// <summary>What one receiver asks of senders, with the page that says so.</summary>
internal sealed class ReceiverProfile
{
    private readonly List<ReceiverRequirement> _requirements = new();
    private readonly string _token;
    private readonly string _source;

    /// <param name="receiver">The receiver.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="scope">Whom its requirements bind.</param>
    /// <param name="source">The page that publishes them.</param>
    public ReceiverProfile(MailReceiver receiver, string name, string scope, string source)
    {
        Receiver = receiver;
        Name = name;
        Scope = scope;
        _token = "MBP-" + receiver.ToString().ToUpperInvariant() + "-";
        _source = source;
        Summary = new CheckDefinition(
            _token + "READY",
            CheckArea.Receiver,
            CheckSeverity.Information,
            CheckNeeds.Dns,
            title: "Requirements of " + name + " that DNS shows",
            finding: name + ": {k} of {n} requirements that DNS shows are met.",
            recommendation: "See the requirements one by one.",
            source);
    }

    public MailReceiver Receiver { get; }

    public string Name { get; }

    public string Scope { get; }

    /// <summary>How many requirements are met.</summary>
    public CheckDefinition Summary { get; }

    public IReadOnlyList<ReceiverRequirement> Requirements => _requirements;

    /// <summary>The checks, the summary first.</summary>
    public IEnumerable<CheckDefinition> Checks => new[] { Summary }.Concat(_requirements.Select(requirement => requirement.Check));

    /// <summary>Adds what mail is refused or filed as spam without.</summary>
    /// <param name="token">The end of the check's id.</param>
    /// <param name="need">What is looked at.</param>
    /// <param name="title">What is asked for, as a title.</param>
    /// <param name="recommendation">What to do.</param>
    /// <param name="source">The page that says so, where it is not the receiver's own.</param>
    public ReceiverProfile Requires(string token, ReceiverNeed need, string title, string recommendation, string? source = null) =>
        Add(token, need, CheckSeverity.Error, title, "Required by " + Name + " (" + Scope + "): {why}.", recommendation, source);

    /// <summary>Adds what the receiver advises.</summary>
    public ReceiverProfile Advises(string token, ReceiverNeed need, string title, string recommendation) =>
        Add(token, need, CheckSeverity.Warning, title, "Recommended by " + Name + ": {why}.", recommendation);

    /// <summary>Adds what the receiver asks for and DNS cannot show.</summary>
    public ReceiverProfile AlsoAsks(string token, string title, string recommendation) =>
        Add(token, ReceiverNeed.NotInDns, CheckSeverity.Information, title, "DNS cannot show this: " + title + ".", recommendation);

    private ReceiverProfile Add(string token, ReceiverNeed need, CheckSeverity severity, string title, string finding, string recommendation, string? source = null)
    {
        var check = new CheckDefinition(_token + token, CheckArea.Receiver, severity, CheckNeeds.Dns, title, finding, recommendation, source ?? _source);
        _requirements.Add(new ReceiverRequirement(Receiver, need, check));
        return this;
    }
}

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
