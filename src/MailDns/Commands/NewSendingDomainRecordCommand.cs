using MailDns.Publishing;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Creates all records that a mail platform asks a sending domain to publish.</summary>
/// <remarks>
/// The records come from the profile of the platform. With -Server, -ZoneFile or -ExistingRecord they are merged into the
/// existing records, by the same rules as in Compare-SendingDomain: the include of the platform is added to the SPF record of the
/// domain, never as a second record; a DMARC policy in force is kept; a CNAME record at a name that has other records is refused;
/// if a lookup fails, the record is unknown. Without these parameters no network is used, and a warning lists records that may
/// exist already. A record that cannot be created correctly is left out, with an error or a warning that says why; the others are
/// returned. DMARC starts at p=none unless -Policy is specified (RFC 9989 section 5.1). Sender ID and DomainKeys policy records,
/// which no receiver uses today, are returned only with -IncludeLegacy.
/// </remarks>
/// <example>
/// <code>New-SendingDomainRecord contoso.com -Provider Altcraft -PublicKey (Get-Content ak.pem -Raw) -AggregateReportUri dmarc@contoso.com</code>
/// <para>The set for a domain that has no mail records yet.</para>
/// </example>
/// <example>
/// <code>New-SendingDomainRecord contoso.com -Provider Altcraft -PublicKey $publicKey -Rua dmarc@contoso.com -Server 10.0.0.53 -Verbose</code>
/// <para>Merged into the existing records; -Verbose shows the SPF lookups before and after.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "SendingDomainRecord", DefaultParameterSetName = ProviderSet)]
[OutputType(typeof(TxtRecord), typeof(CnameRecord), typeof(MxRecord), typeof(NsRecord), typeof(ARecord), typeof(AaaaRecord), typeof(SrvRecord))]
public sealed class NewSendingDomainRecordCommand : ProviderRecordCommand
{
    /// <summary>Also the Sender ID record and the DomainKeys policy, which no receiver reads any more.</summary>
    [Parameter]
    public SwitchParameter IncludeLegacy { get; set; }

    protected override void BeginProcessing()
    {
        LoadProvider();
        if (Server is not null || ZoneFile is not null) PrepareResolver();
    }

    protected override void ProcessRecord() => Build(IncludeLegacy, Merges, set => Merges ? Merge(set) : Alone(set));

    // Merging is on request: without a source a generator asks no network.
    private bool Merges => Server is not null || ZoneFile is not null || HasExistingRecord;

    private IReadOnlyList<ResourceRecord> Merge(SendingDomainRecordSet set)
    {
        PlanSource source = SourceOf(set.Records);
        var options = new RecordPlanOptions { Policy = Policy, FirstStringOnly = source.HasFirstStringOnly };
        IReadOnlyList<RecordChange> plan = Await(token => SendingDomainPlan.PlanAsync(set, source.Resolver, options, token));
        return SendingDomainPlan.Records(plan, set);
    }

    // Where the next command merges, nothing is lost.
    private IReadOnlyList<ResourceRecord> Alone(SendingDomainRecordSet set)
    {
        string[] kinds = set.Records.Select(record => record.Purpose).Where(purpose => purpose is RecordPurpose.Spf or RecordPurpose.Dmarc).Distinct().Select(purpose => purpose.ToString().ToUpperInvariant()).ToArray();
        if (kinds.Length > 0 && !this.PipesInto("Compare-SendingDomain", "Publish-SendingDomainRecord"))
        {
            WriteWarning("What is published for " + DomainName.Parse(Domain) + " now was not looked at. If it has " + (kinds.Length == 1 ? "an " + kinds[0] + " record" : "SPF and DMARC records") + " already, specify -Server, -ZoneFile or -ExistingRecord, or use Compare-SendingDomain, so that these are merged and none is published twice.");
        }

        return set.Records;
    }
}
