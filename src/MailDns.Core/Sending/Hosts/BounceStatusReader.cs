using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>Reads and judges a bounce host: its aliases, and the SPF and MX that count for it through them.</summary>
internal sealed class BounceStatusReader
{
    private readonly DomainName _domain;
    private readonly DomainName _host;
    private readonly BounceExpectation _expected;
    private readonly BounceOrganization? _organization;
    private readonly IDnsResolver _resolver;
    private readonly CheckSheet _sheet;

    private BounceStatusReader(DomainName domain, DomainName host, BounceExpectation expected, BounceOrganization? organization, IDnsResolver resolver)
    {
        _domain = domain;
        _host = host;
        _expected = expected;
        _organization = organization;
        _resolver = resolver;
        _sheet = new CheckSheet(domain.Text);
    }

    /// <summary>Reads the host.</summary>
    /// <param name="domain">The From domain.</param>
    /// <param name="host">The bounce host's full name.</param>
    /// <param name="expected">What it should hold.</param>
    /// <param name="organization">Whether both have one Organizational Domain, for alignment; null where nobody asked.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public static Task<BounceStatus> ReadAsync(
        DomainName domain,
        DomainName host,
        BounceExpectation expected,
        BounceOrganization? organization,
        IDnsResolver resolver,
        CancellationToken cancellationToken) =>
        new BounceStatusReader(domain, host, expected, organization, resolver).ReadAsync(cancellationToken);

    private async Task<BounceStatus> ReadAsync(CancellationToken cancellationToken)
    {
        Task<AliasChain> chainTask = AliasChain.ReadAsync(_host, _resolver, cancellationToken);
        Task<DnsResponse> AskAsync(DnsRecordType type) => _resolver.QueryAsync(_host, type, cancellationToken);
        DnsResponse[] answers = await Task.WhenAll(
            AskAsync(DnsRecordType.Txt), AskAsync(DnsRecordType.Mx), AskAsync(DnsRecordType.A), AskAsync(DnsRecordType.Aaaa), AskAsync(DnsRecordType.Soa)).ConfigureAwait(false);
        AliasChain chain = await chainTask.ConfigureAwait(false);
        var data = new BounceAnswers(answers[0], answers[1], answers[2], answers[3]);

        JudgeApex(chain);
        JudgeAlignment();
        JudgeSpf(chain, data);
        JudgeMx(chain, data);
        if (chain is { Failure: { } failure, IsAlias: false })
        {
            _sheet.CompleteUnknown(BounceChecks.All.Concat(AliasRules.Definitions), failure);
        }
        else
        {
            JudgePresence(chain, data);
            await JudgeTargetAsync(chain, data, cancellationToken).ConfigureAwait(false);
            JudgeEnd(chain, data);
            AliasRules.Apply(_domain, chain, answers, _expected.Alias, _sheet);
        }

        return Build(chain, data);
    }

    private void JudgeApex(AliasChain chain)
    {
        if (_host.Equals(_domain) && (_expected.Alias is not null || chain.IsAlias))
            _sheet.Report(BounceChecks.CnameApex.With(_domain));
        else if (_host.Equals(_domain))
            _sheet.NotApplicable(BounceChecks.CnameApex, "The Return-Path is the domain itself, and no alias is asked for.");
        else
            _sheet.CompletePass(new[] { BounceChecks.CnameApex }, chain.IsAlias, _host + " is not an alias.");
    }

    private void JudgeAlignment()
    {
        if (_organization is not { HasPolicy: true })
            _sheet.NotApplicable(BounceChecks.Unaligned, _organization is null ? "The Organizational Domains were not asked for." : "No DMARC record applies, so nothing has to align.");
        else if (_organization.IsSame is not { } same)
            _sheet.Unknown(BounceChecks.Unaligned, _organization.Detail);
        else if (!same)
            _sheet.Report(BounceChecks.Unaligned.With(_organization.Detail));
        else
            _sheet.Pass(BounceChecks.Unaligned);
    }

    private void JudgeSpf(AliasChain chain, BounceAnswers data)
    {
        if (chain.IsLoop)
        {
            _sheet.NotApplicable(BounceChecks.NoSpf, "The aliases end at a name that does not exist.");
            return;
        }

        string[] records = SpfText.Records(data.Txt);
        if (data.IsEmpty)
            _sheet.NotApplicable(BounceChecks.NoSpf, "Nothing answers at " + chain.End + ".");
        else if (data.Txt.IsFailure)
            _sheet.Unknown(BounceChecks.NoSpf, data.Txt);
        else if (records.Length == 0)
            _sheet.Report(BounceChecks.NoSpf.Saying("The bounce host " + Through(chain) + " has no SPF record, so the result for MAIL FROM is none."), expected: "one SPF record", actual: "none");
        else if (records.Length > 1)
            _sheet.Report(BounceChecks.NoSpf.Saying("The bounce host " + Through(chain) + " has " + records.Length + " SPF records, so the result for MAIL FROM is permerror."), expected: "one SPF record", actual: records.Length + " SPF records");
        else
            _sheet.Pass(BounceChecks.NoSpf);
    }

    // RFC 5321 section 5.1: without MX the address records count; a null MX (RFC 7505) takes no mail.
    private void JudgeMx(AliasChain chain, BounceAnswers data)
    {
        if (chain.IsLoop)
            _sheet.NotApplicable(BounceChecks.NoMx, "The aliases end at a name that does not exist.");
        else if (data.IsEmpty)
            _sheet.NotApplicable(BounceChecks.NoMx, "Nothing answers at " + chain.End + ".");
        else if (data.Mx.IsFailure)
            _sheet.Unknown(BounceChecks.NoMx, data.Mx);
        else if (data.Exchanges.Length > 0)
            JudgeExchanges(chain, data);
        else if (data.HasAddress)
            _sheet.Pass(BounceChecks.NoMx);
        else if (data.AddressFailure is { } failure)
            _sheet.Unknown(BounceChecks.NoMx, failure);
        else
            _sheet.Report(BounceChecks.NoMx.Saying("The bounce host " + Through(chain) + " has neither MX nor address: bounces are lost, and receivers may refuse the sender."), actual: "none");
    }

    private void JudgeExchanges(AliasChain chain, BounceAnswers data)
    {
        if (data.Exchanges.All(exchange => exchange.Exchange.IsRoot))
            _sheet.Report(BounceChecks.NoMx.Saying("The bounce host " + Through(chain) + " has a null MX: it takes no mail (RFC 7505)."), actual: "null MX");
        else
            _sheet.Pass(BounceChecks.NoMx);
    }

    private void JudgePresence(AliasChain chain, BounceAnswers data)
    {
        if (chain.IsAlias || data.HasAny)
        {
            _sheet.Pass(BounceChecks.Missing);
        }
        else if (data.Failure is { } failure)
        {
            _sheet.Unknown(BounceChecks.Missing, failure);
        }
        else
        {
            string missing = chain.HostExists ? "There is no record at the bounce host " + _host + "." : "The bounce host " + _host + " does not exist.";
            _sheet.Report(BounceChecks.Missing.Saying(missing), _expected.Text, actual: null, recommendation: null, Fix());
        }
    }

    private async Task JudgeTargetAsync(AliasChain chain, BounceAnswers data, CancellationToken cancellationToken)
    {
        if (!_expected.IsKnown)
            _sheet.NotApplicable(BounceChecks.Target, "No target was named to compare with.");
        else if (_expected.Alias is { } alias)
            await JudgeAliasAsync(alias, chain, data, cancellationToken).ConfigureAwait(false);
        else
            JudgeOwnRecords(data);
    }

    private async Task JudgeAliasAsync(ExpectedName alias, AliasChain chain, BounceAnswers data, CancellationToken cancellationToken)
    {
        if (AliasRules.IndexOf(chain, alias) >= 0)
        {
            _sheet.Pass(BounceChecks.Target);
        }
        else if (_host.Equals(_domain))
        {
            _sheet.NotApplicable(BounceChecks.Target, "No CNAME can be at the domain itself.");
        }
        else if (chain.IsAlias && chain.Failure is { } failure)
        {
            _sheet.Unknown(BounceChecks.Target, failure);
        }
        else if (chain.IsAlias)
        {
            string message = "The bounce host " + _host + " points to " + chain.Targets[0] + ", not to " + alias + ".";
            _sheet.Report(BounceChecks.Target.Saying(message), alias.Text, chain.Targets[0].ToString(), recommendation: null, Fix());
        }
        else if (!data.HasAny)
        {
            _sheet.NotApplicable(BounceChecks.Target, _host + " is not an alias.");
        }
        else
        {
            await JudgeOwnInsteadOfAliasAsync(alias, data, cancellationToken).ConfigureAwait(false);
        }
    }

    // The same SPF and MX as the target's show that the alias was flattened; the copy grows old when the provider changes.
    private async Task JudgeOwnInsteadOfAliasAsync(ExpectedName alias, BounceAnswers data, CancellationToken cancellationToken)
    {
        DnsResponse? failure = null;
        if (alias.Name is { } target)
        {
            DnsResponse[] theirs = await Task.WhenAll(
                _resolver.QueryTxtAsync(target, cancellationToken),
                _resolver.QueryAsync(target, DnsRecordType.Mx, cancellationToken)).ConfigureAwait(false);
            failure = theirs.FirstOrDefault(answer => answer.IsFailure);
            string[] copy = SpfText.Records(data.Txt).Concat(Shown(data.Exchanges)).ToArray();
            string[] original = SpfText.Records(theirs[0]).Concat(Shown(theirs[1].Data<MxData>())).ToArray();
            if (failure is null && copy.Length > 0 && copy.OrderBy(item => item, StringComparer.Ordinal).SequenceEqual(original.OrderBy(item => item, StringComparer.Ordinal), StringComparer.Ordinal))
            {
                _sheet.Report(DnsChecks.CnameFlattened.Saying(_host + " should be a CNAME but answers with a copy of the records of " + alias + "."), alias.Text, actual: "no CNAME", recommendation: null, Fix());
                _sheet.NotApplicable(BounceChecks.Target, _host + " is flattened.");
                return;
            }
        }

        _sheet.Report(BounceChecks.Target.Saying("The bounce host " + _host + " has records of its own instead of a CNAME to " + alias + "."), alias.Text, actual: "no CNAME", recommendation: null, Fix());
        if (failure is not null) _sheet.Unknown(DnsChecks.CnameFlattened, failure);
    }

    private void JudgeOwnRecords(BounceAnswers data)
    {
        string want = _expected.Text!;
        string got = data.Exchanges.Length == 0 ? "no MX" : "MX " + string.Join(", ", Shown(data.Exchanges));
        bool all = _expected.Exchanges.All(expected => data.Exchanges.Any(found => expected.Matches(found.Exchange)));
        bool only = data.Exchanges.All(found => _expected.Exchanges.Any(expected => expected.Matches(found.Exchange)));
        if (data.Mx.IsFailure)
        {
            _sheet.Unknown(BounceChecks.Target, data.Mx);
            return;
        }

        if (!all || (_expected.Exclusive && !only))
        {
            string problem = all ? "has other MX records beside" : "does not have";
            _sheet.Report(BounceChecks.Target.Saying("The bounce host " + _host + " " + problem + " " + want + ": " + got + "."), want, got);
            return;
        }

        if (data.Txt.IsFailure && _expected.Includes.Count > 0)
        {
            _sheet.Unknown(BounceChecks.Target, data.Txt);
            return;
        }

        DomainName[] includes = SpfText.Records(data.Txt).SelectMany(SpfText.Names).ToArray();
        ExpectedName? missing = _expected.Includes.FirstOrDefault(expected => !includes.Any(expected.Matches));
        if (missing is not null)
        {
            _sheet.Report(BounceChecks.Target.Saying("The SPF record of the bounce host " + _host + " does not include " + missing + "."), "include:" + missing, PrintableText.Escape(SpfText.Records(data.Txt).FirstOrDefault()));
            return;
        }

        _sheet.Pass(BounceChecks.Target);
    }

    private void JudgeEnd(AliasChain chain, BounceAnswers data)
    {
        if (!chain.IsAlias)
        {
            _sheet.CompleteNotApplicable(new[] { DnsChecks.CnameFlattened, BounceChecks.DelegatesSpf }, _host + " is not an alias.");
            return;
        }

        if (chain.IsLoop)
        {
            _sheet.CompleteNotApplicable(new[] { DnsChecks.CnameDangling, BounceChecks.DelegatesSpf }, "The aliases end at a name that does not exist.");
            return;
        }

        _sheet.Report(BounceChecks.DelegatesSpf.With(_host, chain.End), actual: PrintableText.Escape(SpfText.Records(data.Txt).FirstOrDefault()) is { Length: > 0 } record ? record : null);
        if (data.HasAny)
            _sheet.Pass(DnsChecks.CnameDangling);
        else if ((chain.Failure ?? data.Failure) is { } failure)
            _sheet.Unknown(DnsChecks.CnameDangling, failure);
        else
            _sheet.Report(DnsChecks.CnameDangling.Saying(_host + " is an alias of " + chain.End + ", which has neither SPF, MX nor address (" + data.Mx.Describe() + ")."), actual: chain.ToString());
    }

    private string Through(AliasChain chain) => chain.IsAlias ? _host + " (through " + chain.End + ")" : _host.ToString();

    private ResourceRecord[] Fix() =>
        _expected.Alias?.Name is { } target && _host.IsBelow(_domain) && !target.Equals(_host)
            ? new ResourceRecord[] { new CnameRecord(_host, _domain, target, TimeSpan.FromHours(1), RecordPurpose.Bounce) }
            : Array.Empty<ResourceRecord>();

    private static IEnumerable<string> Shown(IEnumerable<MxData> exchanges) => exchanges.Select(exchange => exchange.ToString());

    private BounceStatus Build(AliasChain chain, BounceAnswers data)
    {
        BounceStatus status = Describe(chain, data);
        status.Judge(_sheet, isThere: true);
        return status;
    }

    private BounceStatus Describe(AliasChain chain, BounceAnswers data) => new(_domain.Text, HostNames.Relative(_host, _domain), _host.Text)
    {
        Record = chain.IsAlias ? chain.Targets[0].ToString() : null,
        Records = chain.IsAlias ? new[] { chain.Targets[0].ToString() } : Array.Empty<string>(),
        Target = chain.IsAlias ? chain.End.ToString() : null,
        Chain = chain.Targets.Select(target => target.ToString()).ToArray(),
        ExpectedTarget = _expected.Text is { } text ? PrintableText.Escape(text) : null,
        SpfRecord = SpfText.Records(data.Txt).FirstOrDefault() is { } spf ? PrintableText.Escape(spf) : null,
        MailExchanges = Shown(data.Exchanges).ToArray(),
    };
}

/// <summary>What counts for a bounce host, through its aliases where it has some.</summary>
internal sealed class BounceAnswers(DnsResponse txt, DnsResponse mx, DnsResponse a, DnsResponse aaaa)
{
    public DnsResponse Txt { get; } = txt;

    public DnsResponse Mx { get; } = mx;

    /// <summary>The MX records by preference.</summary>
    public MxData[] Exchanges { get; } = mx.Data<MxData>().OrderBy(data => data.Preference).ThenBy(data => data.Exchange).ToArray();

    public bool HasAddress { get; } = a.Data<AddressData>().Any() || aaaa.Data<AddressData>().Any();

    /// <summary>The address lookup that failed; null for none.</summary>
    public DnsResponse? AddressFailure { get; } = new[] { a, aaaa }.FirstOrDefault(answer => answer.IsFailure);

    /// <summary>A lookup that failed; null for none.</summary>
    public DnsResponse? Failure { get; } = new[] { txt, mx, a, aaaa }.FirstOrDefault(answer => answer.IsFailure);

    /// <summary>True where it is known that nothing is there.</summary>
    public bool IsEmpty => !HasAny && Failure is null;

    /// <summary>True where anything answers for mail: a text, an exchange, an address.</summary>
    public bool HasAny => Txt.Texts.Count > 0 || Exchanges.Length > 0 || HasAddress;
}

/// <summary>The checks of the Return-Path host: the one place that declares them.</summary>
internal static class BounceChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Bounce);

    public static readonly CheckDefinition Missing = s_rows.Error("BOUNCE-MISSING", CheckNeeds.Dns, "Bounce host exists", "No record was found at the bounce host: {fault}", "Create the records that the provider asks for at the bounce host.", "RFC 9989 section 4.4.2; the provider's profile");
    public static readonly CheckDefinition Target = s_rows.Error("BOUNCE-TARGET", CheckNeeds.Dns, "Bounce host points to the provider", "The bounce host does not contain what the provider asks for: {fault}", "Publish what the provider asks for at the bounce host.", "The provider's profile");
    public static readonly CheckDefinition NoSpf = s_rows.Error("BOUNCE-NO-SPF", CheckNeeds.Dns, "Bounce host has one SPF record", "The bounce host has no single SPF record: {fault}", "Where the host is an alias, the provider has to publish SPF at its target; else publish it at the host.", "RFC 7208 sections 2.4 and 4.5");
    public static readonly CheckDefinition NoMx = s_rows.Error("BOUNCE-NO-MX", CheckNeeds.Dns, "Bounce host receives mail", "The bounce host does not accept mail, so bounces are lost and receivers may refuse the sender: {fault}", "Where the host is an alias, the provider has to publish MX at its target; else publish it at the host.", "RFC 5321 sections 2.3.5 and 5.1");
    public static readonly CheckDefinition Unaligned = s_rows.Error("BOUNCE-UNALIGNED", CheckNeeds.Dns, "Bounce host can align with the From domain", "The bounce host cannot align: {why}", "Use a host below the From domain.", "RFC 9989 section 4.10.2");
    public static readonly CheckDefinition CnameApex = s_rows.Error("BOUNCE-CNAME-APEX", CheckNeeds.Text, "Bounce alias is below the From domain", "The bounce host is {domain} itself, where a CNAME is not possible.", "Use a host below the domain, e.g. bounce.", "RFC 1034 section 3.6.2");
    public static readonly CheckDefinition DelegatesSpf = s_rows.Information("BOUNCE-DELEGATES-SPF", CheckNeeds.Dns, "SPF of the bounce host is the domain's own", "{host} takes its SPF and MX from {target} (CNAME).", "Nothing to do if you trust the provider with it; the macro %{d} stays the host's own name.", "RFC 7208 section 4.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>What a bounce host should hold: an alias, or MX and SPF of its own. Empty where that is not known.</summary>
internal sealed class BounceExpectation(ExpectedName? alias = null, IReadOnlyList<ExpectedName>? exchanges = null, bool exclusive = false, IReadOnlyList<ExpectedName>? includes = null)
{
    /// <summary>Nothing is known of what should stand there.</summary>
    public static BounceExpectation None { get; } = new();

    /// <summary>Where the alias should lead.</summary>
    public ExpectedName? Alias { get; } = alias;

    /// <summary>The exchanges that should be there, where the host is no alias.</summary>
    public IReadOnlyList<ExpectedName> Exchanges { get; } = exchanges ?? Array.Empty<ExpectedName>();

    /// <summary>True where no other exchange may stand beside them.</summary>
    public bool Exclusive { get; } = exclusive;

    /// <summary>The names that the host's SPF record should include.</summary>
    public IReadOnlyList<ExpectedName> Includes { get; } = includes ?? Array.Empty<ExpectedName>();

    public bool IsKnown => Alias is not null || Exchanges.Count > 0;

    /// <summary>What is expected, in words; null where nothing is.</summary>
    public string? Text => Alias?.Text ?? (Exchanges.Count > 0 ? "MX " + string.Join(", ", Exchanges.Select(exchange => exchange.Text)) : null);

    /// <summary>An alias to that name.</summary>
    public static BounceExpectation AliasOf(DomainName target) => new(ExpectedName.Of(target));
}

/// <summary>Whether the From domain and the bounce host have one Organizational Domain (RFC 9989 section 4.10.2), by the DNS tree walk.</summary>
internal sealed class BounceOrganization
{
    private BounceOrganization(bool? same, string detail, bool hasPolicy)
    {
        IsSame = same;
        Detail = detail;
        HasPolicy = hasPolicy;
    }

    /// <summary>Null where a failed lookup leaves it open.</summary>
    public bool? IsSame { get; }

    /// <summary>The facts in one line: both domains, or the lookup that failed.</summary>
    public string Detail { get; }

    /// <summary>False where no DMARC record applies to the From domain: then nothing has to align.</summary>
    public bool HasPolicy { get; }

    /// <summary>Walks from both names.</summary>
    public static async Task<BounceOrganization> ReadAsync(DomainName domain, DomainName host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var walker = new DmarcTreeWalker(resolver);
        DmarcTreeWalk from = await walker.WalkAsync(domain, cancellationToken).ConfigureAwait(false);
        DmarcTreeWalk bounce = await walker.WalkAsync(host, cancellationToken).ConfigureAwait(false);
        return Of(from, bounce);
    }

    /// <summary>From walks that were made already.</summary>
    public static BounceOrganization Of(DmarcTreeWalk from, DmarcTreeWalk bounce)
    {
        bool hasPolicy = from.Failure is not null || from.Lookups.Any(lookup => lookup.Record is not null);
        bool? same = DmarcTreeWalk.HaveSameOrganizationalDomain(from, bounce);
        DnsResponse? failure = (from.Failure ?? bounce.Failure)?.Response;
        string detail = same is null && failure is not null
            ? failure.FailureText
            : bounce.Start + " has the Organizational Domain " + (bounce.OrganizationalDomain ?? bounce.Start) + ", the From domain has " + (from.OrganizationalDomain ?? from.Start) + ".";
        return new BounceOrganization(same, detail, hasPolicy);
    }
}

/// <summary>
/// Makes the alias of a bounce host. RFC 5321 section 2.3.5 allows a MAIL FROM domain that is an alias whose target has MX or
/// address records; SPF and MX of the host are then the target's.
/// </summary>
internal static class BounceRecordBuilder
{
    /// <summary>The host where none is named.</summary>
    public const string DefaultHost = "bounce";

    /// <exception cref="DomainNameException">The host is the domain itself or outside it, or a name is none.</exception>
    public static CnameRecord Build(DomainName domain, DomainName zone, string host, string target, TimeSpan timeToLive) =>
        new(HostNames.ResolveBelow(host, domain), zone, DomainName.Parse(target), timeToLive, RecordPurpose.Bounce);
}
