using System.Collections;
using MailDns.Formats;

namespace MailDns.Publishing;

/// <summary>
/// Azure DNS, through the cmdlets of Az.Dns. A record set is written whole and at once, with everything in it that is not
/// ours; the Etag of the reading makes the service refuse when somebody has changed the set since.
/// </summary>
internal sealed class AzureDnsTarget : ModuleTarget
{
    private const string Get = "Get-AzDnsRecordSet";
    private const string New = "New-AzDnsRecordSet";
    private const string Set = "Set-AzDnsRecordSet";
    private const string Remove = "Remove-AzDnsRecordSet";
    private const string NewConfig = "New-AzDnsRecordConfig";
    private const string AddConfig = "Add-AzDnsRecordConfig";
    private const string RemoveConfig = "Remove-AzDnsRecordConfig";

    // Public cloud; the national clouds take 1024.
    private const int MaxText = 4096;
    private readonly string _resourceGroup;
    private readonly Dictionary<(DomainName Owner, DnsRecordType Type), PSObject> _read = new();

    public AzureDnsTarget(SessionCommand session, string resourceGroup) : base(session, Get)
    {
        _resourceGroup = resourceGroup;
        session.Require("the Az.Dns module", CommandTypes.Cmdlet | CommandTypes.Function, Get, New, Set, Remove, NewConfig, AddConfig, RemoveConfig);
    }

    public override string Description => "Azure DNS, resource group " + _resourceGroup;
    public override bool HasFirstStringOnly => false;
    private protected override bool KnowsEmptyZones => true;

    public override string? FindObstacle(RecordSetChange set)
    {
        if (RecordTypes.Find(set.Key.Type) is not { Make: not null } type || type.Fields.Any(field => field.Azure is null))
            return DnsRecordTypes.Mnemonic(set.Key.Type) + " records are not written to Azure DNS by this version.";

        return set.Items.SelectMany(item => item.After).OfType<TxtRecord>().Any(record => record.Text.Length is 0 or > MaxText)
            ? "Azure DNS takes texts of 1 to " + MaxText + " characters."
            : null;
    }

    public override IReadOnlyList<ResourceRecord> Read(RecordSetState key)
    {
        _read.Remove((key.Owner, key.Type));
        IReadOnlyList<PSObject> found = ReadSet(key, "RecordType");
        if (found.Count == 0) return Array.Empty<ResourceRecord>();

        PSObject set = found[0];
        _read[(key.Owner, key.Type)] = set;
        var reader = new ExistingZoneReader(key.Zone);
        if (!reader.TryAdd(set))
            throw new TargetException("The record set of " + key.Owner + " that " + Get + " gives cannot be read.");

        return reader.Zones.SelectMany(zone => zone.Records)
            .Select(record => RecordFactory.Make(record, key.Zone, RecordPurpose.Other)
                ?? throw new TargetException("The record set of " + key.Owner + " has a record that this module cannot read: " + record.Data + "."))
            .ToArray();
    }

    private protected override void Write(RecordSetChange set)
    {
        if (!_read.TryGetValue((set.Key.Owner, set.Key.Type), out PSObject? read))
        {
            Create(set);
            return;
        }

        // The object that was read when the plan was checked: its Etag is of that moment.
        foreach (ResourceRecord record in set.Removed)
            Run(RemoveConfig, Config(record, read));

        foreach (ResourceRecord record in set.Added)
            Run(AddConfig, Config(record, read));

        Run(set.Wanted.Count == 0 ? Remove : Set, Quiet(new Hashtable { ["RecordSet"] = read }));
    }

    // Without -Overwrite the service refuses when there is a set meanwhile.
    private void Create(RecordSetChange set)
    {
        object[] records = set.Added.SelectMany(record => Run(NewConfig, Config(record, recordSet: null))).Select(item => item.BaseObject).ToArray();
        Run(New, Quiet(
            Parameters(set.Key.Zone),
            ("Name", set.Key.Owner.RelativeTo(set.Key.Zone)),
            ("RecordType", DnsRecordTypes.Mnemonic(set.Key.Type)),
            ("Ttl", set.Added[0].Ttl),
            ("DnsRecords", records)));
    }

    // The service answers 404 for the set and for the zone; only the first means that nothing is there.
    private protected override bool IsNotThere(SessionCommandException exception)
    {
        string text = string.Join(" ", exception.Ids) + " " + exception.Message;
        bool isMissing = text.IndexOf("NotFound", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("does not exist", StringComparison.OrdinalIgnoreCase) >= 0;
        bool isAbove = text.IndexOf("ParentResourceNotFound", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("ResourceGroupNotFound", StringComparison.OrdinalIgnoreCase) >= 0;
        return isMissing && !isAbove;
    }

    private protected override bool IsChanged(SessionCommandException exception) =>
        (string.Join(" ", exception.Ids) + " " + exception.Message).IndexOf("PreconditionFailed", StringComparison.OrdinalIgnoreCase) >= 0;

    private protected override Hashtable Parameters(DomainName zone) => new() { ["ZoneName"] = zone.Text, ["ResourceGroupName"] = _resourceGroup, ["ErrorAction"] = ActionPreference.Continue };

    private static Hashtable Config(ResourceRecord record, PSObject? recordSet)
    {
        var values = new Hashtable { ["ErrorAction"] = ActionPreference.Continue, ["RecordSet"] = recordSet };
        foreach ((RecordField field, object value) in RecordText.Fields(record.DnsType, record.Data))
        {
            values[field.Azure!] = RecordText.IsNumber(value) ? value : RecordText.Show(value);
        }

        return values;
    }
}
